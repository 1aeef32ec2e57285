"""Texts of both languages as sequences of lines for the lyric line models.

A sequence is a list of (token, remaining) pairs: a header (source, genre, mood, point of view, tempo, title and
theme words) and then lines. Each line begins with a marker token (the section's kind for the first line of a
section, `<nl>` for the others) and runs backwards, from its last word to its first. `remaining` is the number of
syllables still to come in the line after the token, so the marker carries the line's whole count; it is 0 in the
header. English tokens are whole words in lower case and the comma, Chinese tokens are characters and the pause (a
space, written `_`).
"""

from __future__ import annotations

import hashlib
import json
import lzma
import random
import re
from collections import Counter
from pathlib import Path

SPECIAL = ["<pad>", "<unk>", "<nl>", "<sep>", "<song>", "<prose>", "<talk>", "<plain>", "<verse-old>"]
KINDS = ["verse", "prechorus", "chorus", "bridge", "outro", "intro", "hook"]
GENRES = ["pop", "rock", "folk", "country", "r&b", "indie", "ballad", "dance", "hip-hop", "jazz", "lullaby",
          "musical", "gospel-soul", "electronic", "singer-songwriter", "children"]
POVS = ["I", "you", "we", "she", "he", "they", "story"]
TEMPI = ["slow", "mid", "fast"]
CONTROL = ([f"<{k}>" for k in KINDS] + [f"<genre:{g}>" for g in GENRES] + [f"<pov:{p}>" for p in POVS]
           + [f"<tempo:{t}>" for t in TEMPI] + [f"<valence:{v}>" for v in "-0+"] + [f"<arousal:{v}>" for v in "-0+"])
MAX_REMAINING = 15

STOP_EN = set("""a an the and or but if of to in on at for from with by about into over under i me my mine you your yours
he him his she her hers it its we us our they them their this that these those is are was were be been being am do does
did have has had will would can could should may might must not no so as than then too very just song songs write make
me something want need please who what when where why how some any all one up down out off back there here sing music
lyrics like about i'm it's don't""".split())
STOP_ZH = "的了着在和与及是有一首个写我想要歌曲关于给为把被很还也都就到里上下中不用"


def is_held_out(title: str, prompt: str) -> bool:
    """One original song in ten, by a hash of what it is, never trains."""
    return hashlib.sha256(f"{title}|{prompt}".encode()).digest()[0] < 26


def is_plain_held_out(lines: list[list[str]]) -> bool:
    """One plain text in ninety, by a hash of its first line, only measures the training."""
    return hashlib.sha256(" ".join(lines[0]).encode()).digest()[0] < 3


def read_jsonl(path: Path):
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def read_songs(corpus: Path, language: str) -> list[dict]:
    songs = [s for path in sorted(corpus.glob(f"{language}_*.jsonl")) for s in read_jsonl(path)]
    if not songs:
        raise SystemExit(f"No {language}_*.jsonl in {corpus}.")
    return songs


_EN = re.compile(r"[a-z0-9]+(?:'[a-z]+)*'?|'(?:em|til|cause|round|bout)\b|,")


def words_en(line: str) -> list[str]:
    line = line.lower().replace("’", "'").replace("—", ",").replace(" - ", " , ").replace(";", ",").replace(":", ",")
    tokens = _EN.findall(line)
    while tokens and tokens[-1] == ",":
        tokens.pop()
    while tokens and tokens[0] == ",":
        tokens.pop(0)
    return tokens


def chars_zh(line: str) -> list[str]:
    out: list[str] = []
    for c in line:
        if "\u4e00" <= c <= "\u9fff":
            out.append(c)
        elif c in " \u3000，、" and out and out[-1] != "_":
            out.append("_")
        elif c.isalnum():
            out.append(c.lower())
    while out and out[-1] == "_":
        out.pop()
    return out


class Syllables:
    """English syllable counts from the CMU dictionary, else by vowel groups; Chinese: one a character."""

    def __init__(self, data: Path, language: str):
        self.language = language
        self.table: dict[str, int] = {",": 0, "_": 0}
        if language == "en":
            with lzma.open(data / "lexicons/en_cmudict.tsv.xz", "rt", encoding="utf-8") as file:
                for line in file:
                    if line[0] != "#":
                        word, _, count, *_ = line.rstrip("\n").split("\t")
                        self.table.setdefault(word, int(count))

    def count(self, token: str) -> int:
        known = self.table.get(token)
        if known is not None:
            return known
        if self.language == "zh":
            return 1
        base = token[:-2] if token.endswith("'s") else token
        if base in self.table:
            return self.table[base] + (token.endswith("'s") and base[-1] in "sxz")
        groups = len(re.findall(r"[aeiouy]+", base))
        if base.endswith("e") and not base.endswith("le") and groups > 1:
            groups -= 1
        return max(1, groups)


def tokens_of(line: str, language: str) -> list[str]:
    return words_en(line) if language == "en" else chars_zh(line)


def key_words(text: str, language: str) -> list[str]:
    if language == "en":
        return [w for w in words_en(text) if w not in STOP_EN and w != ","]
    return [w for w in re.split(f"[{STOP_ZH}\\W]+", text) if w and "\u4e00" <= w[0] <= "\u9fff"]


def clauses_en(text: str) -> list[list[str]]:
    lines = []
    for sentence in re.split(r"[.!?;:\"()]+|--+|—", text):
        words = words_en(sentence)
        if len(words) > 13:
            start = 0
            for i, w in enumerate(words + [","]):
                if w == "," and i - start >= 4 or i == len(words):
                    piece = words[start:i]
                    if 3 <= len(piece) <= 13:
                        lines.append(piece)
                    start = i + 1
        elif len(words) >= 2:
            lines.append(words)
    return lines


def clauses_zh(text: str) -> list[list[str]]:
    return [c for part in re.split(r"[，。！？；：、…“”「」\n,.!?]+", text) if 3 <= len(c := chars_zh(part)) <= 13]


def plain_texts(data: Path, language: str, limit: float = 1.0):
    """(source token, weight, documents); a document is a list of lines, a line a list of tokens."""
    files = {"en": [("english_modern", "<plain>"), ("english_dialogue", "<talk>"), ("english_prose", "<prose>"),
                    ("english_verse_more", "<verse-old>")],
             "zh": [("chinese_sentences", "<plain>"), ("chinese_prose", "<prose>"), ("chinese_modern", "<verse-old>")]}
    split = clauses_en if language == "en" else clauses_zh
    for name, source in files[language]:
        documents, loose = [], []
        for index, work in enumerate(read_jsonl(data / f"{name}.jsonl.xz")):
            if work.get("pd_tier") == "C" or work.get("archaic", 0) > 0.3 or "Gitanjali" in work.get("source", ""):
                continue
            if index % 1000 >= limit * 1000:
                continue
            lines = [c for line in work["lines"] for c in split(line)]
            if len(work["lines"]) == 1:
                loose.extend(lines)
            elif lines:
                documents.append(lines)
        random.Random(5).shuffle(loose)
        documents += [loose[i:i + 24] for i in range(0, len(loose), 24)]
        yield source, documents


def build_vocabulary(songs: list[dict], plain, language: str, size: int) -> list[str]:
    """Every word of the training songs, then the commonest of the plain texts."""
    own, other = Counter(), Counter()
    for song in songs:
        for section in song["sections"]:
            for line in section["lines"]:
                own.update(tokens_of(line, language))
        for text in [song["title"], song["prompt"], *song["themes"]]:
            for t in tokens_of(text, language):
                own[t] += 0.5
    for source, documents in plain:
        weight = {"<plain>": 3.0, "<talk>": 1.0, "<prose>": 1.0, "<verse-old>": 1.0}[source]
        for lines in documents:
            for line in lines:
                for t in line:
                    other[t] += weight
    words = sorted(own, key=lambda w: (-own[w], w))
    rest = [w for w in sorted(other, key=lambda w: (-other[w], w)) if w not in own]
    return SPECIAL + CONTROL + words + rest[:max(0, size - len(words) - len(SPECIAL) - len(CONTROL))]


def bucket(value: float) -> str:
    return "-" if value < -0.25 else "+" if value > 0.25 else "0"


class Encoder:
    def __init__(self, vocabulary: list[str], syllables: Syllables, language: str):
        self.ids = {t: i for i, t in enumerate(vocabulary)}
        self.syllables, self.language = syllables, language
        self.unk = self.ids["<unk>"]

    def id(self, token: str) -> int:
        return self.ids.get(token, self.unk)

    def line(self, marker: str, tokens: list[str]) -> list[tuple[int, int]]:
        counts = [self.syllables.count(t) for t in tokens]
        left = sum(counts)
        out = [(self.id(marker), min(left, MAX_REMAINING))]
        for t, c in zip(reversed(tokens), reversed(counts)):
            left -= c
            out.append((self.id(t), min(max(left, 0), MAX_REMAINING)))
        return out

    def header(self, song: dict, rng: random.Random) -> list[tuple[int, int]]:
        mood = song["mood"]
        head = ["<song>", f"<genre:{song['genre']}>", f"<pov:{song['pov']}>", f"<tempo:{song['tempo']}>",
                f"<valence:{bucket(mood['valence'])}>", f"<arousal:{bucket(mood['arousal'])}>"]
        if rng.random() < 0.9:
            head += tokens_of(song["title"], self.language)[:8]
        head.append("<sep>")
        themes = list(dict.fromkeys(song["themes"] + key_words(song["prompt"], self.language)))
        rng.shuffle(themes)
        for theme in themes[:rng.randint(2, 7)]:
            head += tokens_of(theme, self.language)[:4]
            if self.language == "zh":
                head.append("<sep>")
        if self.language == "en":
            head.append("<sep>")
        return [(self.id(t), 0) for t in head]

    def sections(self, song: dict) -> list[list[tuple[int, int]]]:
        return [[pair for i, line in enumerate(section["lines"])
                 for pair in self.line(f"<{section['kind']}>" if i == 0 else "<nl>", tokens_of(line, self.language))]
                for section in song["sections"]]

    def song(self, song: dict, rng: random.Random, length: int) -> list[list[tuple[int, int]]]:
        """Windows of whole sections, each behind a header, up to length + 1 pairs a window."""
        sections = self.sections(song)
        windows, start = [], 0
        while start < len(sections):
            window = self.header(song, rng)
            end = start
            while end < len(sections) and (end == start or len(window) + len(sections[end]) < length):
                window = window + sections[end]
                end += 1
            window.append((self.id("<nl>"), 0))
            windows.append(window[:length + 1])
            start = end
        return windows

    def plain(self, lines: list[list[str]]) -> list[list[tuple[int, int]]]:
        """The lines of a plain text without those that have many unknown words."""
        encoded = [self.line("<nl>", line) for line in lines]
        return [line for line in encoded if sum(i == self.unk for i, _ in line) * 6 <= len(line)]
