"""All texts of one language as flat arrays, from which the trainer cuts rows on any device without a loop over rows.

tokens, remaining   [n] token ids and syllables that remain, every text after the other, songs last
text_end            [texts] where each text ends in them
heads, head_offset  [m], [headers + 1] what stands before a row: a plain text's source, or one drawing of a song's header
text_head           [texts] first header of the text, text_heads how many drawings of it there are
row_start, row_text [rows] places where a row may begin: a line of a plain text, a section of a song
row_weight          [rows] chance of the row among the rows of its kind; row_song says which kind it is
held_*, plain_*     [rows, HELD_LENGTH + 1] whole rows of held-out songs and plain texts, padded with 0
vectors             [vocabulary, narrow] where English embeddings begin (empty in Chinese)
"""

from __future__ import annotations

import lzma
import random
from pathlib import Path

import numpy as np

import text

HEADERS = 20  # drawings of the header of each song: whether it has a title, which theme words in which order
HELD_LENGTH = 176
HELD_PLAIN = 128
TAIL = 12  # a row does not begin so near the end of a plain text
# The small sources are the nearest to what is sung, yet seen too often they would be known by heart.
SHARES = {"en": {"<plain>": 0.22, "<talk>": 0.27, "<prose>": 0.47, "<verse-old>": 0.04},
          "zh": {"<plain>": 0.3, "<prose>": 0.67, "<verse-old>": 0.03}}


def word_vectors(data: Path, vocabulary: list[str]) -> np.ndarray:
    names = lzma.open(data / "lexicons/en_word_vectors_100d.vocab.tsv.xz", "rt").read().split("\n")
    rows = np.frombuffer(lzma.open(data / "lexicons/en_word_vectors_100d.i8.xz").read(), dtype=np.int8).reshape(-1, 100)
    table = {}
    for i, line in enumerate(names):
        if line:
            word, scale = line.split("\t")
            table[word] = rows[i].astype(np.float32) * float(scale)
    out = np.random.default_rng(1).normal(0.0, 0.1, (len(vocabulary), 100)).astype(np.float32)
    for i, word in enumerate(vocabulary):
        found = table.get(word, table.get(word.replace("'s", "")))
        if found is not None:
            out[i] = found
    return out.astype(np.float16)


def padded(rows: list[list[tuple[int, int]]], length: int) -> tuple[np.ndarray, np.ndarray]:
    tokens, left = np.zeros((len(rows), length), np.int16), np.zeros((len(rows), length), np.uint8)
    for i, row in enumerate(rows):
        tokens[i, :len(row)] = [t for t, _ in row]
        left[i, :len(row)] = [r for _, r in row]
    return tokens, left


def encode(corpus: Path, data: Path, language: str, vocabulary: list[str],
           plain_share: float) -> dict[str, np.ndarray]:
    """`plain_share` of the plain texts is read."""
    encoder = text.Encoder(vocabulary, text.Syllables(data, language), language)
    rng = random.Random(1)
    pairs: list[tuple[int, int]] = []
    heads: list[int] = []
    head_offset, text_end, text_head, text_heads = [0], [], [], []
    row_start, row_text, row_weight = [], [], []
    held_plain: list[list[tuple[int, int]]] = []

    def add_head(ids: list[int]) -> None:
        heads.extend(ids)
        head_offset.append(len(heads))

    def end_text(first_head: int, count: int) -> None:
        text_end.append(len(pairs))
        text_head.append(first_head)
        text_heads.append(count)

    for source, documents in text.plain_texts(data, language, plain_share):
        add_head([encoder.id(source)])
        first_row = len(row_start)
        for document in documents:
            lines = encoder.plain(document)
            if not lines:
                continue
            if text.is_plain_held_out(document):
                row = [(encoder.id(source), 0)] + [pair for line in lines for pair in line]
                held_plain.append(row[:HELD_LENGTH + 1])
                continue
            for i, line in enumerate(lines):
                if i < max(1, len(lines) - TAIL):
                    row_start.append(len(pairs))
                    row_text.append(len(text_end))
                pairs.extend(line)
            end_text(len(head_offset) - 2, 1)
        count = len(row_start) - first_row
        row_weight += [SHARES[language][source] / count] * count
    plain_rows = len(row_start)

    songs = text.read_songs(corpus, language)
    held = [s for s in songs if text.is_held_out(s["title"], s["prompt"])]
    for song in songs:
        if text.is_held_out(song["title"], song["prompt"]):
            continue
        first = len(head_offset) - 1
        for _ in range(HEADERS):
            add_head([i for i, _ in encoder.header(song, rng)])
        sections = encoder.sections(song)
        for i, section in enumerate(sections):
            row_start.append(len(pairs))
            row_text.append(len(text_end))
            row_weight.append((2 / 3 if i == 0 else 0.0) + 1 / 3 / len(sections))
            pairs.extend(section)
        pairs.append((encoder.id("<nl>"), 0))
        end_text(first, HEADERS)

    rng.shuffle(held_plain)
    windows = [w for song in held for w in encoder.song(song, random.Random(3), HELD_LENGTH)]
    held_tokens, held_left = padded(windows, HELD_LENGTH + 1)
    plain_tokens, plain_left = padded(held_plain[:HELD_PLAIN], HELD_LENGTH + 1)
    no_loss = [t != "<nl>" and t.startswith("<") for t in vocabulary]
    return {
        "tokens": np.array([t for t, _ in pairs], np.int16), "remaining": np.array([r for _, r in pairs], np.uint8),
        "text_end": np.array(text_end, np.int32), "text_head": np.array(text_head, np.int32),
        "text_heads": np.array(text_heads, np.int16),
        "heads": np.array(heads, np.int16), "head_offset": np.array(head_offset, np.int32),
        "row_start": np.array(row_start, np.int32), "row_text": np.array(row_text, np.int32),
        "row_weight": np.array(row_weight, np.float32), "row_song": np.arange(len(row_start)) >= plain_rows,
        "held_tokens": held_tokens, "held_left": held_left, "plain_tokens": plain_tokens, "plain_left": plain_left,
        "no_loss": np.array(no_loss),
        "vectors": word_vectors(data, vocabulary) if language == "en" else np.zeros((0, 0), np.float16),
    }


def load(folder: Path | None, corpus: Path, data: Path | None, language: str, vocabulary: list[str],
         plain_share: float) -> dict[str, np.ndarray]:
    """The arrays that `folder` keeps, else made from `data`, and kept there when there is a folder."""
    kept = folder / f"lines-{language}.npz" if folder else None
    if kept and kept.exists():
        with np.load(kept) as arrays:
            return {name: arrays[name] for name in arrays.files}
    if data is None:
        raise SystemExit("--data DIR is needed where no encoded texts are kept.")
    arrays = encode(corpus, data, language, vocabulary, plain_share)
    if kept:
        folder.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(kept, **arrays)
    return arrays
