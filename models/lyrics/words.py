"""Word knowledge and the brief reader: one small model for both languages.

    python3 words.py --data DATA/text

English words have the public-domain GloVe vectors, centred. A Chinese word gets the mean of the vectors of the English
words it keeps company with in translated sentence pairs (Tatoeba) and of its WordNet translations, so that 海 lies
beside "sea" and both languages share one space. Valence, arousal and concreteness are linear in the vector, fitted
to rated English words; genre, tempo, point of view and mood of a prompt are linear in its words, fitted to the
prompts of the original songs. Writes lexicon.txt (`en<TAB>word` or `zh<TAB>word`, line = id) and lyrics-words.pt.
"""

from __future__ import annotations

import argparse
import lzma
import math
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from typing import Tuple

import text
from assets import FUNCTION_EN, FUNCTION_ZH, SegmenterZh

sys.path.insert(0, str(Path(__file__).parent.parent / "common"))
import contract  # noqa: E402

HERE = Path(__file__).parent
SIZE = 100
GUESS_LENGTH = 0.6


class Words(nn.Module):
    """vectors int8 [n, 100] with a scale a row; traits and the reader are linear maps."""

    def __init__(self, vectors: Tensor, scale: Tensor, traits: Tensor, reader: Tensor, own: Tensor):
        super().__init__()
        self.register_buffer("vectors", vectors)
        self.register_buffer("scale", scale)
        self.register_buffer("traits", traits)  # [101, 3]
        self.register_buffer("reader", reader)  # [101, 28]
        self.register_buffer("own", own)  # [n_own, 28]: the last row is zero
        self.register_buffer("own_row", torch.zeros(0, dtype=torch.int16))

    def rows(self, ids: Tensor) -> Tensor:
        return self.vectors[ids].to(torch.float32) * self.scale[ids].unsqueeze(-1)

    @torch.jit.export
    def table(self, ids: Tensor) -> Tuple[Tensor, Tensor]:
        """ids [n] -> vectors [n, 100] of length 1 (guessed ones shorter); valence -1..1, arousal -1..1, concreteness 0..1 [n, 3]."""
        v = self.rows(ids)
        t = torch.matmul(v, self.traits[:100]) + self.traits[100]
        low = torch.tensor([-1.0, -1.0, 0.0])
        return v, torch.max(torch.min(t, torch.ones(3)), low)

    @torch.jit.export
    def read(self, ids: Tensor) -> Tensor:
        """Content words of a prompt [n], n > 0 -> [28]: valence, arousal, 16 genres, 3 tempi, 7 points of view;
        the last three groups are unnormalised log-probabilities, in the order of text.py."""
        v = self.rows(ids).mean(dim=0)
        own = self.own[self.own_row[ids].to(torch.int64)].sum(dim=0)
        out = torch.matmul(v, self.reader[:100]) + self.reader[100] + own
        return torch.cat([torch.tanh(out[:2]), out[2:]])

    def forward(self, ids: Tensor) -> Tensor:
        return self.read(ids)


def glove(data: Path) -> tuple[list[str], np.ndarray]:
    names = lzma.open(data / "lexicons/en_word_vectors_100d.vocab.tsv.xz", "rt").read().rstrip("\n").split("\n")
    rows = np.frombuffer(lzma.open(data / "lexicons/en_word_vectors_100d.i8.xz").read(), np.int8).reshape(-1, SIZE)
    words, scales = zip(*(n.split("\t") for n in names))
    return list(words), rows.astype(np.float32) * np.array([float(s) for s in scales], np.float32)[:, None]


SUFFIX_ZH = set("子头儿们家里上下面边的了着过一不大小老人心气声时")


def chinese_vectors(data: Path, segmenter, english: dict[str, np.ndarray], wanted: set[str], songs):
    pair, left, right, count = Counter(), Counter(), Counter(), 0
    for record in text.read_jsonl(data / "chinese_sentences.jsonl.xz"):
        if "en" not in record:
            continue
        zh = {w for w in segmenter.cut("".join(c for c in record["lines"][0] if "\u4e00" <= c <= "\u9fff"))}
        en = {w.removesuffix("'s") for w in text.words_en(record["en"])}
        en = {w for w in en if w in english and w not in FUNCTION_EN and w not in text.STOP_EN}
        count += 1
        left.update(zh)
        right.update(en)
        pair.update((a, b) for a in zh for b in en)
    total: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(SIZE, np.float32))
    weight: Counter = Counter()
    for (a, b), n in pair.items():
        pmi = math.log(n * count / (left[a] * right[b]))
        if pmi > 1 and n >= 1:
            w = min(n, 12) * pmi * (n / (left[a] + 2)) 
            total[a] += w * english[b]
            weight[a] += w
    vectors = {a: v / np.linalg.norm(v) for a, v in total.items() if weight[a] > 0 and left[a] >= 2}
    # WordNet: a lemma's first synsets, the English lemmas in them.
    english_of: dict[str, list[str]] = {}
    with lzma.open(data / "lexicons/en_wordnet30.tsv.xz", "rt", encoding="utf-8") as file:
        for line in file:
            if line[0] != "#":
                key, lemmas, *_ = line.split("\t")
                english_of[key] = [l.lower() for l in lemmas.split("|")]
    wordnet: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(SIZE, np.float32))
    with lzma.open(data / "lexicons/zh_open_wordnet.tsv.xz", "rt", encoding="utf-8") as file:
        for line in file:
            if line[0] == "#":
                continue
            key, lemma = line.rstrip("\n").split("\t")
            for e in english_of.get(key, [])[:3]:
                if e in english:
                    wordnet[lemma] += english[e]
    for a, v in wordnet.items():
        if (n := np.linalg.norm(v)) > 1e-6:
            v = v / n
            share = min(1.0, left[a] / 15.0)
            vectors[a] = v if a not in vectors else share * vectors[a] + (1.2 - share) * v
    guessed: set[str] = set()
    # Company in the Chinese songs themselves: a word leans towards the other words of its section.
    for _ in range(2):
        lean: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(SIZE, np.float32))
        times: Counter = Counter()
        for song in songs:
            for section in song["sections"]:
                words = {w for line in section["lines"] for part in line.split() for w in segmenter.cut(part)}
                words = {w for w in words if w not in FUNCTION_ZH}
                known = [vectors[w] / np.linalg.norm(vectors[w]) for w in words if w in vectors]
                if len(known) < 3 or not words:
                    continue
                middle = np.mean(known, axis=0)
                for w in words:
                    lean[w] += middle
                    times[w] += 1
        for w, v in lean.items():
            v = v / (np.linalg.norm(v) + 1e-6)
            if w in vectors:
                vectors[w] = vectors[w] / np.linalg.norm(vectors[w]) + min(0.3, 0.05 * times[w]) * v
            else:
                vectors[w] = v
                guessed.add(w)
    # Unknown words: the mean of their parts, a guess.
    for w in wanted:
        if (w not in vectors or w in guessed) and len(w) > 1:
            pieces = [w[:i] for i in range(1, len(w))] + [w[i:] for i in range(1, len(w))]
            parts = [vectors[p] / np.linalg.norm(vectors[p]) for p in pieces
                     if p in vectors and p not in guessed and p not in SUFFIX_ZH]
            if parts:
                vectors[w] = np.mean(parts, axis=0)
                guessed.add(w)
    return vectors, guessed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(3)
    names, matrix = glove(args.data)
    matrix = matrix - matrix[:12000].mean(axis=0)
    # The first principal direction is frequency, not meaning.
    _, _, axes = np.linalg.svd(matrix[:6000] - matrix[:6000].mean(axis=0), full_matrices=False)
    matrix = matrix - (matrix @ axes[0])[:, None] * axes[0]
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    english = dict(zip(names, matrix))
    segmenter = SegmenterZh(args.data)
    songs = {l: text.read_songs(HERE / "corpus", l) for l in ("en", "zh")}
    rows = [r.split("\t")[0] for r in (HERE / "words-zh.txt").read_text("utf-8").splitlines()]
    wanted = set(rows)
    for song in songs["zh"]:
        for t in song["themes"] + song["mood"]["words"]:
            wanted.update(segmenter.cut(t))
            wanted.add(t)
        for part in re.split(r"\W+", song["prompt"]):
            wanted.update(segmenter.cut(part))
    chinese, guessed = chinese_vectors(args.data, segmenter, english, wanted, songs["zh"])
    tatoeba = Counter(w for r in text.read_jsonl(args.data / "chinese_sentences.jsonl.xz")
                      for w in segmenter.cut("".join(c for c in r["lines"][0] if "\u4e00" <= c <= "\u9fff")))
    wanted |= {w for w, n in tatoeba.items() if n >= 5 and len(w) > 1}
    zh_names = sorted(w for w in wanted if w in chinese and w and "\u4e00" <= w[0] <= "\u9fff")
    mean = np.mean([chinese[w] / np.linalg.norm(chinese[w]) for w in zh_names], axis=0)
    zh_matrix = np.array([chinese[w] / np.linalg.norm(chinese[w]) - 0.7 * mean for w in zh_names], np.float32)
    zh_matrix /= np.linalg.norm(zh_matrix, axis=1, keepdims=True)
    # A guess is good enough to read a prompt, not to choose a word by: shorter, it is near to nothing.
    zh_matrix *= np.array([GUESS_LENGTH if w in guessed else 1.0 for w in zh_names], np.float32)[:, None]

    entries = [f"en\t{w}" for w in names] + [f"zh\t{w}" for w in zh_names]
    (HERE / "lexicon.txt").write_text("\n".join(entries) + "\n", "utf-8")
    vectors = np.concatenate([matrix, zh_matrix])
    scale = np.abs(vectors).max(axis=1) / 127.0
    quantised = np.round(vectors / scale[:, None]).astype(np.int8)
    place = {e: i for i, e in enumerate(entries)}

    # Traits: ridge regression on the Glasgow Norms.
    X, Y = [], []
    with lzma.open(args.data / "lexicons/en_glasgow_norms.tsv.xz", "rt", encoding="utf-8") as file:
        for line in file:
            if line[0] == "#":
                continue
            word, valence, arousal, _, concrete, _ = line.rstrip("\n").split("\t")
            if word in english:
                X.append(np.append(english[word], 1.0))
                Y.append([(float(valence) - 5) / 4, (float(arousal) - 5) / 4, (float(concrete) - 1) / 6])
    X, Y = np.array(X), np.array(Y)
    order = np.random.default_rng(1).permutation(len(X))
    train, test = order[len(X) // 10:], order[:len(X) // 10]
    A = X[train].T @ X[train] + 1.0 * np.eye(SIZE + 1)
    traits = np.linalg.solve(A, X[train].T @ Y[train]).astype(np.float32)
    fit = X[test] @ traits
    print("traits, correlation on held-out words:",
          [round(float(np.corrcoef(fit[:, k], Y[test][:, k])[0, 1]), 2) for k in range(3)])
    spread = Y.std(axis=0) / (X @ traits).std(axis=0)  # regression shrinks; restore the spread
    centre = (X @ traits).mean(axis=0)
    traits *= spread
    traits[SIZE] += centre - centre * spread

    # Reader.
    def ids_of(prompt: str, language: str) -> list[int]:
        if language == "en":
            words = [w.removesuffix("'s") for w in text.words_en(prompt)]
        else:
            words = [w for part in re.findall("[\u4e00-\u9fff]+|[a-zA-Z&]+", prompt) for w in
                     (segmenter.cut(part) if "\u4e00" <= part[0] <= "\u9fff" else [part.lower()])]
        return [place[f"{language}\t{w}"] for w in words if f"{language}\t{w}" in place and w not in text.STOP_EN
                and w not in FUNCTION_ZH]

    data = []
    for language in ("en", "zh"):
        for s in songs[language]:
            ids = ids_of(s["prompt"], language)
            if ids:
                data.append((ids, s, text.is_held_out(s["title"], s["prompt"])))
    counts = Counter(i for ids, _, held in data if not held for i in set(ids))
    own_words = [i for i, n in counts.items() if n >= 3]
    own_row = np.full(len(entries), len(own_words), np.int16)
    for r, i in enumerate(own_words):
        own_row[i] = r
    V = torch.from_numpy(vectors)
    def features(ids):
        own = torch.zeros(len(own_words) + 1)
        for i in ids:
            own[own_row[i]] += 1
        own[-1] = 0
        return torch.cat([V[ids].mean(dim=0), torch.ones(1), own])
    F_ = torch.stack([features(ids) for ids, _, _ in data])
    T = torch.tensor([[s["mood"]["valence"], s["mood"]["arousal"]] for _, s, _ in data])
    G = torch.tensor([text.GENRES.index(s["genre"]) for _, s, _ in data])
    P = torch.tensor([text.TEMPI.index(s["tempo"]) for _, s, _ in data])
    W = torch.tensor([text.POVS.index(s["pov"]) for _, s, _ in data])
    held = torch.tensor([h for _, _, h in data])
    weight = torch.zeros(F_.shape[1], 28, requires_grad=True)
    optimizer = torch.optim.Adam([weight], lr=0.02)
    cross = nn.functional.cross_entropy
    for step in range(500):
        out = F_[~held] @ weight
        loss = (((torch.tanh(out[:, :2]) - T[~held]) ** 2).mean() * 4 + cross(out[:, 2:18], G[~held])
                + cross(out[:, 18:21], P[~held]) + cross(out[:, 21:], W[~held])
                + 3e-4 * (weight[:101] ** 2).sum() / 28 * 4 + 4e-3 * (weight[101:] ** 2).sum() / 28)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        out = F_[held] @ weight
        corr = [float(np.corrcoef(torch.tanh(out[:, k]), T[held][:, k])[0, 1]) for k in range(2)]
        print(f"reader on {int(held.sum())} held-out prompts: valence r {corr[0]:.2f}, arousal r {corr[1]:.2f}, genre "
              f"{float((out[:, 2:18].argmax(1) == G[held]).float().mean()):.2f} (commonest "
              f"{float((G[held] == torch.mode(G[~held]).values).float().mean()):.2f}), tempo "
              f"{float((out[:, 18:21].argmax(1) == P[held]).float().mean()):.2f}, point of view "
              f"{float((out[:, 21:].argmax(1) == W[held]).float().mean()):.2f}")
    weight = weight.detach()
    weight[-1] = 0
    model = Words(torch.from_numpy(quantised), torch.from_numpy(scale.astype(np.float32)), torch.from_numpy(traits),
                  weight[:101].clone(), weight[101:].clone())
    model.own_row = torch.from_numpy(own_row)
    scripted = torch.jit.script(model.eval())
    number = {"dtype": "int64", "unit": "line of lexicon.txt", "range": [0, len(entries) - 1]}
    contract.export(scripted, HERE, {
        "id": "lyrics-words", "version": "1", "task": "word vectors, word traits and reading a prompt, English and Mandarin",
        "licence": "GPL-3.0-or-later",
        "training_data": ["GloVe 6B (PDDL)", "Tatoeba sentence pairs (CC BY 2.0 FR)", "Chinese Open WordNet",
                          "WordNet 3.0", "Glasgow Norms (CC BY 4.0)", "Cantilena original songs (CC0)"],
        "methods": {
            "table": {"inputs": [{"name": "ids", "shape": ["n"], **number}],
                      "outputs": [{"name": "vectors", "dtype": "float32", "shape": ["n", 100], "unit": "length 1, or 0.6 for a guessed Chinese word"},
                                  {"name": "traits", "dtype": "float32", "shape": ["n", 3],
                                   "unit": "valence, arousal, concreteness", "range": [-1, 1]}]},
            "read": {"inputs": [{"name": "ids", "shape": ["n"], **number}],
                     "outputs": [{"name": "brief", "dtype": "float32", "shape": [28],
                                  "unit": "valence, arousal, 16 genres, 3 tempi, 7 points of view"}]}},
        "assets": ["lexicon.txt"], "seed": 3,
    }, ("read", [torch.tensor([place["en\train"], place["en\tgrandmother"]])]))
    # A look at the space.
    unit = vectors
    for probe in ("en\tgrandmother", "en\tsea", "zh\t夏天", "zh\t外婆", "zh\t海边", "zh\t分手", "en\tbreakup", "zh\t孤独"):
        if probe in place:
            near = np.argsort(-(unit @ unit[place[probe]]))[1:13]
            print(probe.split("\t")[1], "->", " ".join(entries[i].split("\t")[1] for i in near))
    t = np.clip(np.append(unit, np.ones((len(unit), 1)), axis=1) @ traits, -1, 1)
    for word in ("zh\t快乐", "zh\t孤独", "zh\t杯子", "zh\t自由", "en\tkettle", "en\tsad", "en\tfreedom"):
        if word in place:
            print(word.split("\t")[1], np.round(t[place[word]], 2))


if __name__ == "__main__":
    main()
