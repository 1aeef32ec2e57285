"""The matcher: how near a request is to each song of the corpus, learnt from the ways in which a song is asked for.

    python3 matcher.py --language en|zh [--held]

Every song has a request and about ten subjects under which a person would look for it. A text is the sum of vectors for its
words, stems, pairs of stems and runs of four letters (Chinese: characters, pairs and threes), found by hash, and of the
vectors of its words in the word space, all weighted by what was learnt; of length 1. A song is the mean of its texts. Trained
so that each text finds the mean of its own song's other texts among 512 songs (a softmax over cosines: van den Oord et al.
2018, InfoNCE), now and then its words, too. Two or three minutes on one core; to be run when the corpus has changed.

Writes lyrics-match-LL.pt: `embed`, from hashes and word vectors of a request to its vector, and `means`, the songs' in the
order of prototypes-LL.txt. core/compose/lyrics_matcher.cpp makes the hashes in the same way.

--held leaves one subject of every 20th song out of the training and looks its song up by it, beside a bag of words (cosine of
words weighted by rarity with each song's texts).
"""

from __future__ import annotations

import argparse
import math
import random
import re
import sys
from collections import Counter
from pathlib import Path

import torch
from torch import Tensor, nn

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "common"))
import contract  # noqa: E402

HASHES = 1 << 15
WIDTH = 64
WORD = 100  # the word space's
BATCH = 512
EPOCHS = 60
TEXTS = 5  # of a song, in a step
DROPPED = {"en": 0.25, "zh": 0.15}  # of a text's hashes, so that no single one decides


def fnv(text: str) -> int:
    """FNV-1a, 32 bits, over UTF-8."""
    value = 2166136261
    for byte in text.encode():
        value = (value ^ byte) * 16777619 & 0xFFFFFFFF
    return value % HASHES


def words_of(text: str) -> list[str]:
    found = (w.strip("'") for w in re.findall(r"[a-z0-9']+", text.lower().replace("’", "'")))
    return [w for w in (re.sub(r"'s$", "", w) for w in found) if w]


def stem(word: str) -> str:
    return re.sub(r"(ing|ed|es|s)$", "", word) if len(word) > 4 else word


def hashes_of(text: str, language: str) -> list[int]:
    if language == "en":
        words = words_of(text)
        stems = [stem(w) for w in words]
        pieces = ["w" + w for w in words] + ["s" + s for s in stems] + [f"b{a} {b}" for a, b in zip(stems, stems[1:])]
        for word in words:
            if len(word) > 4:
                ended = f"<{word}>"
                pieces += ["c" + ended[i:i + 4] for i in range(len(ended) - 3)]
    else:
        c = [x for x in text.lower() if "\u4e00" <= x <= "\u9fff" or re.match("[a-z0-9]", x)]
        pieces = ["c" + x for x in c] + ["b" + x + y for x, y in zip(c, c[1:])] + ["t" + x + y + z for x, y, z in zip(c, c[1:], c[2:])]
    return [fnv(p) for p in pieces]


class Lexicon:
    """Rows of the word space for the words of a text; Chinese in the fewest known words."""

    def __init__(self, language: str):
        self.language = language
        self.row: dict[str, int] = {}
        rows = (HERE / "lexicon.txt").read_text("utf-8").rstrip("\n").split("\n")
        for number, line in enumerate(rows):
            code, word = line.split("\t")
            if code == language:
                self.row[word] = number
        self.count = len(rows)
        self.vectors = torch.jit.load(str(HERE / "lyrics-words.pt")).table(torch.arange(self.count))[0]

    def rows(self, text: str) -> list[int]:
        if self.language == "en":
            return [self.row[w] for w in words_of(text) if w in self.row]
        found: list[int] = []
        for run in re.findall("[\u4e00-\u9fff]+", text):
            best, back = [0.0] + [math.inf] * len(run), [0] * (len(run) + 1)
            for end in range(1, len(run) + 1):
                for begin in range(max(0, end - 6), end):
                    cost = best[begin] + (1 if run[begin:end] in self.row else 2 + end - begin)
                    if cost < best[end]:
                        best[end], back[end] = cost, begin
            end = len(run)
            while end > 0:
                if run[back[end]:end] in self.row:
                    found.append(self.row[run[back[end]:end]])
                end = back[end]
        return found


class Encoder(nn.Module):
    def __init__(self, lexicon: Lexicon):
        super().__init__()
        self.register_buffer("vectors", lexicon.vectors)
        self.pieces = nn.EmbeddingBag(HASHES, WIDTH, mode="sum")
        nn.init.normal_(self.pieces.weight, std=0.05)
        self.weight = nn.Embedding(HASHES, 1)
        self.word_weight = nn.Embedding(lexicon.count, 1)
        nn.init.zeros_(self.weight.weight)
        nn.init.zeros_(self.word_weight.weight)
        self.project = nn.Linear(WORD, WIDTH, bias=False)

    def forward(self, texts: list[tuple[list[int], list[int]]]) -> Tensor:
        """Texts as hashes and rows -> [texts, WIDTH] of length 1."""
        flat = torch.tensor([h for hashes, _ in texts for h in hashes], dtype=torch.long)
        starts = torch.tensor([0] + [len(hashes) for hashes, _ in texts][:-1]).cumsum(0)
        sums = self.pieces(flat, starts, per_sample_weights=nn.functional.softplus(self.weight(flat)[:, 0] + 1))
        rows = torch.tensor([r for _, rows in texts for r in rows], dtype=torch.long)
        owner = torch.tensor([i for i, (_, rows) in enumerate(texts) for _ in rows], dtype=torch.long)
        words = self.vectors[rows] * nn.functional.softplus(self.word_weight(rows) + 1)
        return nn.functional.normalize(sums + self.project(torch.zeros(len(texts), WORD).index_add(0, owner, words)), dim=1)


class Matcher(nn.Module):
    """What the program runs. table int8 [HASHES, WIDTH] with a scale a row, songs int8 [songs, WIDTH] with one a song."""

    def __init__(self, table: Tensor, scale: Tensor, word_weight: Tensor, project: Tensor, songs: Tensor, song_scale: Tensor):
        super().__init__()
        self.register_buffer("table", table)
        self.register_buffer("scale", scale)
        self.register_buffer("word_weight", word_weight)
        self.register_buffer("project", project)
        self.register_buffer("songs", songs)
        self.register_buffer("song_scale", song_scale)

    @torch.jit.export
    def embed(self, hashes: Tensor, rows: Tensor, vectors: Tensor) -> Tensor:
        """hashes [n], rows [m] and their vectors [m, 100] -> [WIDTH], of length 1 (of no text 0)."""
        text = (self.table[hashes].to(torch.float32) * self.scale[hashes].unsqueeze(-1)).sum(dim=0)
        text = text + torch.matmul(self.project, (vectors * self.word_weight[rows].unsqueeze(-1)).sum(dim=0))
        return text / torch.clamp(text.norm(), min=1e-6)

    @torch.jit.export
    def means(self) -> Tensor:
        """[songs, WIDTH]: the mean of each song's texts."""
        return self.songs.to(torch.float32) * self.song_scale.unsqueeze(-1)

    def forward(self, hashes: Tensor, rows: Tensor, vectors: Tensor) -> Tensor:
        return self.embed(hashes, rows, vectors)


def read_songs(language: str) -> list[dict]:
    songs: list[dict] = []
    for line in (HERE / f"prototypes-{language}.txt").read_text("utf-8").rstrip("\n").split("\n"):
        fields = line.split("\t")
        if fields[0] == "S":
            songs.append({"texts": [fields[8], fields[1]], "words": []})
        elif fields[0] == "L":
            songs[-1]["words"].append(fields[1])
    for line in (HERE / f"wordings-{language}.txt").read_text("utf-8").rstrip("\n").split("\n"):
        fields = line.split("\t")
        if fields[0] == "S":
            songs[int(fields[1])]["texts"] += [t for t in fields[3].split("|") if t]
    return songs


def train(texts, words, lexicon: Lexicon, language: str) -> Encoder:
    torch.manual_seed(1)
    rng = random.Random(1)
    encoder = Encoder(lexicon)
    sharp, sharp_words = nn.Parameter(torch.tensor(math.log(15.0))), nn.Parameter(torch.tensor(math.log(4.0)))
    adam = torch.optim.Adam([{"params": encoder.parameters(), "lr": 3e-3}, {"params": [sharp, sharp_words], "lr": 1e-2}])
    order = list(range(len(texts)))
    for epoch in range(EPOCHS):
        rng.shuffle(order)
        total = steps = 0.0
        for at in range(0, len(order) - BATCH + 1, BATCH):
            batch = order[at:at + BATCH]
            asked, others, owner = [], [], []
            for number, song in enumerate(batch):
                first, *rest = rng.sample(texts[song], min(len(texts[song]), TEXTS))
                kept = [h for h in first[0] if rng.random() > DROPPED[language]]
                asked.append((kept or first[0], first[1]))
                others += rest or [first]
                owner += [number] * (len(rest) or 1)
            owners = torch.tensor(owner)
            query = encoder(asked)
            means = torch.zeros(len(batch), WIDTH).index_add(0, owners, encoder(others)) / torch.bincount(owners, minlength=len(batch))[:, None]
            score = query @ means.T * sharp.exp()
            if rng.random() < 0.5:
                score = score + query @ encoder([words[song] for song in batch]).T * sharp_words.exp()
            goal = torch.arange(len(batch))
            loss = (nn.functional.cross_entropy(score, goal) + nn.functional.cross_entropy(score.T, goal)) / 2
            adam.zero_grad()
            loss.backward()
            adam.step()
            total, steps = total + float(loss), steps + 1
        if epoch % 10 == 9:
            print(f"epoch {epoch + 1}: loss {total / steps:.3f}", flush=True)
    return encoder.eval()


@torch.no_grad()
def means_of(encoder: Encoder, texts) -> Tensor:
    return torch.stack([encoder(own).mean(dim=0) for own in texts])


def quantised(rows: Tensor) -> tuple[Tensor, Tensor]:
    scale = rows.abs().amax(dim=1).clamp(min=1e-8) / 127
    return (rows / scale[:, None]).round().to(torch.int8), scale


def evaluate(language: str) -> None:
    lexicon = Lexicon(language)
    songs = read_songs(language)
    held = {}
    for number in range(0, len(songs), 20):
        if len(songs[number]["texts"]) > 6:
            held[number] = songs[number]["texts"].pop()
    coded = [[(hashes_of(t, language), lexicon.rows(t)) for t in song["texts"]] for song in songs]
    words = [(hashes_of(" ".join(song["words"]), language), lexicon.rows(" ".join(song["words"]))) for song in songs]
    encoder = train(coded, words, lexicon, language)
    means = means_of(encoder, coded)

    def bag(text: str) -> set[str]:
        return set(words_of(text)) if language == "en" else set(re.findall("[\u4e00-\u9fff]", text)) | {
            text[i:i + 2] for i in range(len(text) - 1)}
    bags = [set().union(*map(bag, song["texts"])) for song in songs]
    uses = Counter(w for b in bags for w in b)
    rarity = {w: math.log(len(songs) / n) for w, n in uses.items()}
    lengths = [math.sqrt(sum(rarity[w] ** 2 for w in b)) or 1.0 for b in bags]
    ranks: dict[str, list[int]] = {"matcher": [], "bag of words": []}
    for number, text in held.items():
        with torch.no_grad():
            near = (means @ encoder([(hashes_of(text, language), lexicon.rows(text))])[0]).tolist()
        asked = bag(text)
        counted = [sum(rarity[w] ** 2 for w in asked & b) / length for b, length in zip(bags, lengths)]
        for name, scores in (("matcher", near), ("bag of words", counted)):
            ranks[name].append(sum(s > scores[number] for s in scores))
    for name, found in ranks.items():
        print(f"{language} {name}: {len(found)} subjects, own song first {sum(r < 1 for r in found) / len(found):.2f}, among ten "
              f"{sum(r < 10 for r in found) / len(found):.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--language", choices=["en", "zh"], required=True)
    parser.add_argument("--held", action="store_true")
    args = parser.parse_args()
    language = args.language
    torch.set_num_threads(1)
    if args.held:
        evaluate(language)
        return
    lexicon = Lexicon(language)
    songs = read_songs(language)
    coded = [[(hashes_of(t, language), lexicon.rows(t)) for t in song["texts"]] for song in songs]
    words = [(hashes_of(" ".join(song["words"]), language), lexicon.rows(" ".join(song["words"]))) for song in songs]
    encoder = train(coded, words, lexicon, language)
    with torch.no_grad():
        table, scale = quantised(encoder.pieces.weight * nn.functional.softplus(encoder.weight.weight + 1))
        means, song_scale = quantised(means_of(encoder, coded))
        matcher = Matcher(table, scale, nn.functional.softplus(encoder.word_weight.weight[:, 0] + 1), encoder.project.weight.clone(),
                          means, song_scale)
    ids = {"dtype": "int64", "shape": ["n"]}
    contract.export(torch.jit.script(matcher), HERE, {
        "id": f"lyrics-match-{language}", "version": "1",
        "task": f"how near a request is to each song, {'English' if language == 'en' else 'Chinese'}",
        "licence": "GPL-3.0-or-later", "training_data": [f"models/lyrics/corpus ({language})", "lyrics-words"],
        "methods": {"embed": {
            "inputs": [{"name": "hashes", **ids, "unit": "FNV-1a of pieces of the request", "range": [0, HASHES - 1]},
                       {"name": "rows", "dtype": "int64", "shape": ["m"], "unit": "line of lexicon.txt", "range": [0, lexicon.count - 1]},
                       {"name": "vectors", "dtype": "float32", "shape": ["m", WORD], "unit": "of lyrics-words"}],
            "outputs": [{"name": "text", "dtype": "float32", "shape": [WIDTH], "unit": "of length 1"}]},
            "means": {"inputs": [], "outputs": [{"name": "songs", "dtype": "float32", "shape": [len(songs), WIDTH],
                                                 "unit": "the dot product with a text is how near it is"}]}},
        "assets": ["lexicon.txt"],
        "seed": 1,
    }, ("embed", [torch.tensor(hashes_of("rain" if language == "en" else "下雨", language)), torch.tensor([3]), lexicon.vectors[3:4]]), half=True)
    print(f"lyrics-match-{language}.pt: {len(songs)} songs, {(HERE / f'lyrics-match-{language}.pt').stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
