"""What somebody feels about what they tell: the model lyrics-feelings, for both languages.

    python3 feelings.py

A request such as "my son came home from the army" gets a probability for each feeling of FEELINGS, linear in the
mean vector of its content words (lyrics-words), in its words themselves, small ones too ("still", "never"), and in pairs of words
that follow each other ("came home", "never once"), by a hash of BUCKETS. Trained on the requests of the
original songs, labelled by the words of their moods (corpus/feelings.txt), and on requests labelled by hand
(corpus/tellings-LL.txt). Prints figures on held-out songs beside the commonest feeling. Writes lyrics-feelings.pt.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from pathlib import Path

import torch
from torch import Tensor, nn

import text
from assets import FUNCTION_ZH

sys.path.insert(0, str(Path(__file__).parent.parent / "common"))
import contract  # noqa: E402

HERE = Path(__file__).parent
FEELINGS = "proud grateful funny grief memory sorry worry relief start angry love lonely wonder".split()
HALF = 0.35  # of a mood word that says the feeling half
TOLD = 10.0  # of a request labelled by hand beside one labelled by its song's mood
WIDE = 3.0  # the mean vector's share beside single words
BUCKETS = 32749  # of pairs; a prime
MIX = 48271
LEAST = 2  # requests that have a word, or a pair, which counts by itself
STEPS = 150
SEED = 5


class Feelings(nn.Module):
    def __init__(self, own_row: Tensor, weight: Tensor, own: Tensor, pairs: Tensor):
        super().__init__()
        self.register_buffer("own_row", own_row)  # [lexicon]: row of `own`
        self.register_buffer("weight", weight)  # [101, 13]
        self.register_buffer("own", own)  # [n_own + 1, 13]: the last row is zero
        self.register_buffer("pairs", pairs)  # [BUCKETS, 13], half precision
        self.mix = MIX

    @torch.jit.export
    def feel(self, ids: Tensor, vectors: Tensor) -> Tensor:
        """Known words of a request in their order [n], n > 0, and the vectors of its content words [m, 100] -> probabilities [13]."""
        each = torch.unique(ids)
        own = self.own[self.own_row[each].to(torch.int64)].sum(dim=0)
        buckets = torch.unique(torch.remainder(ids[:-1] * self.mix + ids[1:], self.pairs.shape[0]))
        two = self.pairs[buckets].to(torch.float32).sum(dim=0)
        mean = vectors.sum(dim=0) / max(1, vectors.shape[0])
        return torch.softmax(torch.matmul(mean, self.weight[:100]) + self.weight[100] + own + two, dim=0)

    def forward(self, ids: Tensor, vectors: Tensor) -> Tensor:
        return self.feel(ids, vectors)


def mood_shares() -> dict[str, Tensor]:
    """Mood word -> what it says of each feeling."""
    shares: dict[str, Tensor] = {}
    for row in (HERE / "corpus/feelings.txt").read_text("utf-8").splitlines():
        if not row or row[0] == "#":
            continue
        feeling, words = row.split("\t")
        for word in words.split():
            share = shares.setdefault(word.lstrip("~"), torch.zeros(len(FEELINGS)))
            share[FEELINGS.index(feeling)] = max(float(share[FEELINGS.index(feeling)]), HALF if word[0] == "~" else 1.0)
    return shares


def tellings(language: str) -> list[tuple[str, list[str]]]:
    """Requests labelled by hand: feelings, the first the stronger, a tab and the request."""
    path = HERE / f"corpus/tellings-{language}.txt"
    rows = [r.split("\t") for r in path.read_text("utf-8").splitlines() if r and r[0] != "#"] if path.exists() else []
    return [(request, feelings.split()) for feelings, request in rows]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    place = {e: i for i, e in enumerate((HERE / "lexicon.txt").read_text("utf-8").splitlines())}
    vectors = contract.load(HERE / "lyrics-words.pt").table(torch.arange(len(place)))[0]

    def split_zh(run: str) -> list[str]:
        """The fewest words, as WordSpace::split."""
        cost, back = [0.0] + [1e9] * len(run), [0] * (len(run) + 1)
        for i in range(len(run)):
            for j in range(i + 1, min(len(run), i + 4) + 1):
                piece = run[i:j]
                known = f"zh\t{piece}" in place
                if not known and j > i + 1:
                    continue
                price = cost[i] + (0.9 if piece in FUNCTION_ZH else 1.0 if known else 1.6)
                if price < cost[j] - 1e-9:
                    cost[j], back[j] = price, i
        words, j = [], len(run)
        while j:
            words.append(run[back[j]:j])
            j = back[j]
        return words[::-1]

    def ids_of(prompt: str, language: str) -> tuple[list[int], list[int]]:
        """The rows of all its words in their order, and of its content words."""
        if language == "en":
            words = [w.removesuffix("'s") for w in text.words_en(prompt)]
        else:
            words = [w for part in re.findall("[\u4e00-\u9fff]+|[a-zA-Z&]+", prompt) for w in
                     (split_zh(part) if "\u4e00" <= part[0] <= "\u9fff" else [part.lower()])]
        known = [w for w in words if f"{language}\t{w}" in place]
        rows_of = lambda these: [place[f"{language}\t{w}"] for w in these]
        return rows_of(known), rows_of(w for w in known if w not in text.STOP_EN and w not in FUNCTION_ZH)

    shares = mood_shares()
    # words and content words, target, weight, held out, by hand
    rows: list[tuple[tuple[list[int], list[int]], Tensor, float, bool, bool]] = []
    for language in ("en", "zh"):
        for song in text.read_songs(HERE / "corpus", language):
            target = torch.stack([shares.get(w, torch.zeros(len(FEELINGS))) for w in song["mood"]["words"]] or
                                 [torch.zeros(len(FEELINGS))]).sum(dim=0)
            if "reflects" in song:
                continue
            ids = ids_of(song["prompt"], language)
            if ids[0] and target.sum() >= 0.7:
                rows.append((ids, target / target.sum(), 1.0, text.is_held_out(song["title"], song["prompt"]), False))
        for request, feelings in tellings(language):
            target = torch.zeros(len(FEELINGS))
            for weight, feeling in zip((1.0, 0.4), feelings):
                target[FEELINGS.index(feeling)] = weight
            if (ids := ids_of(request, language))[0]:
                rows.append((ids, target / target.sum(), TOLD, text.is_held_out("", request), True))
    def pairs_of(ids: list[int]) -> set[int]:
        return {(a * MIX + b) % BUCKETS for a, b in zip(ids, ids[1:])}

    # Columns of the sparse features: words, then pairs.
    counts = Counter(i for ids, _, _, held, _ in rows if not held for i in set(ids[0]))
    own_words = [i for i, n in counts.items() if n >= LEAST]
    own_row = torch.full((len(place),), len(own_words), dtype=torch.int16)
    own_row[torch.tensor(own_words)] = torch.arange(len(own_words), dtype=torch.int16)
    column = {i: k for k, i in enumerate(own_words)}
    pair_counts = Counter(b for ids, _, _, held, _ in rows if not held for b in pairs_of(ids[0]))
    first_pair = len(own_words)

    def sparse(chosen: list) -> Tensor:
        places = [(r, c) for r, (ids, *_) in enumerate(chosen)
                  for c in [column[i] for i in set(ids[0]) if i in column]
                  + [first_pair + b for b in pairs_of(ids[0]) if pair_counts[b] >= LEAST]]
        at = torch.tensor(places).T
        return torch.sparse_coo_tensor(at, torch.ones(at.shape[1]), (len(chosen), first_pair + BUCKETS)).coalesce()

    def dense(chosen: list) -> Tensor:
        means = [WIDE * vectors[ids[1]].mean(dim=0) if ids[1] else torch.zeros(100) for ids, *_ in chosen]
        return torch.cat([torch.stack(means), torch.ones(len(chosen), 1)], dim=1)

    known, held_out = [r for r in rows if not r[3]], [r for r in rows if r[3]]
    wide, own = torch.zeros(101, len(FEELINGS), requires_grad=True), torch.zeros(first_pair + BUCKETS, len(FEELINGS), requires_grad=True)
    optimizer = torch.optim.Adam([wide, own], lr=0.03)
    D, S = dense(known), sparse(known)
    Y, W = torch.stack([r[1] for r in known]), torch.tensor([r[2] for r in known])
    for _ in range(STEPS):
        loss = -(Y * torch.log_softmax(D @ wide + torch.sparse.mm(S, own), 1)).sum(1)
        loss = (loss * W).sum() / W.sum() + 1e-4 * (wide ** 2).sum() + 1e-4 * (own ** 2).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    wide, own = wide.detach(), own.detach()
    usual = int(Y.sum(0).argmax())
    # Weight decay leaves the reader too little belief in itself (Guo et al. 2017, temperature scaling).
    by_hand = [r for r in held_out if r[4]]
    if by_hand:
        logits, said = dense(by_hand) @ wide + torch.sparse.mm(sparse(by_hand), own), torch.stack([r[1] for r in by_hand])
        sharp = min((0.05 * k for k in range(16, 61)), key=lambda s: -float((said * torch.log_softmax(s * logits, 1)).sum()))
        print(f"sharpened by {sharp:.2f}")
        wide, own = sharp * wide, sharp * own

    def report(name: str, chosen: list) -> None:
        if not chosen:
            return
        belief = torch.softmax(dense(chosen) @ wide + torch.sparse.mm(sparse(chosen), own), 1)
        guess = belief.topk(3, 1).indices
        target = torch.stack([r[1] for r in chosen])
        said = target >= 0.99 * target.max(1, keepdim=True).values
        first = said.gather(1, guess[:, :1]).float().mean()
        among = said.gather(1, guess).any(1).float().mean()
        print(f"{name}: {len(chosen)}; the first is right {float(first):.2f} (the commonest {float(said[:, usual].float().mean()):.2f}), "
              f"one of three {float(among):.2f}; believed in the first {float(belief.max(1).values.mean()):.2f}")

    report("held-out requests of songs, by mood", [r for r in held_out if not r[4]])
    report("held-out requests labelled by hand", [r for r in held_out if r[4]])
    wide[:100] *= WIDE
    words = torch.cat([own[:first_pair], torch.zeros(1, len(FEELINGS))])
    scripted = torch.jit.script(Feelings(own_row, wide, words, own[first_pair:].half()).eval())
    number = {"dtype": "int64", "unit": "line of lexicon.txt, in the request's order", "range": [0, len(place) - 1]}
    golden = torch.tensor([place["en\tarmy"], place["en\tgrandmother"]])
    contract.export(scripted, HERE, {
        "id": "lyrics-feelings", "version": "2", "task": "what somebody feels about what they tell, English and Mandarin",
        "licence": "GPL-3.0-or-later", "training_data": ["Cantilena original songs (CC0)", "requests written for the project (CC0)"],
        "methods": {"feel": {
            "inputs": [{"name": "ids", "shape": ["n"], **number},
                       {"name": "vectors", "dtype": "float32", "shape": ["m", 100], "unit": "of lyrics-words, content words"}],
            "outputs": [{"name": "feelings", "dtype": "float32", "shape": [len(FEELINGS)], "unit": "probability: " + ", ".join(FEELINGS)}]}},
        "assets": ["lexicon.txt"], "seed": SEED,
    }, ("feel", [golden, vectors[golden]]))


if __name__ == "__main__":
    main()
