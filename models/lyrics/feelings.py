"""What somebody feels about what they tell: the model lyrics-feelings, for both languages.

    python3 feelings.py --data DATA/text

A request such as "my son came home from the army" gets a probability for each feeling of FEELINGS, linear in the
mean vector of its content words (lyrics-words) and in its words themselves, small ones too ("still", "never"). Trained on the requests of the
original songs, labelled by the words of their moods (corpus/feelings.txt), and on requests labelled by hand
(corpus/tellings.txt). Prints figures on held-out songs beside the commonest feeling. Writes lyrics-feelings.pt.
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
from assets import FUNCTION_ZH, SegmenterZh

sys.path.insert(0, str(Path(__file__).parent.parent / "common"))
import contract  # noqa: E402

HERE = Path(__file__).parent
FEELINGS = "proud grateful funny grief memory sorry worry relief start angry love lonely wonder".split()
HALF = 0.35  # of a mood word that says the feeling half
TOLD = 10.0  # of a request labelled by hand beside one labelled by its song's mood
WIDE = 3.0  # the mean vector's share beside single words
SEED = 5


class Feelings(nn.Module):
    def __init__(self, own_row: Tensor, weight: Tensor, own: Tensor):
        super().__init__()
        self.register_buffer("own_row", own_row)  # [lexicon]: row of `own`
        self.register_buffer("weight", weight)  # [101, 13]
        self.register_buffer("own", own)  # [n_own + 1, 13]: the last row is zero

    @torch.jit.export
    def feel(self, ids: Tensor, vectors: Tensor) -> Tensor:
        """Words of a request [n], n > 0, each once, and the vectors of its content words [m, 100] -> probabilities [13]."""
        own = self.own[self.own_row[ids].to(torch.int64)].sum(dim=0)
        mean = vectors.sum(dim=0) / max(1, vectors.shape[0])
        return torch.softmax(torch.matmul(mean, self.weight[:100]) + self.weight[100] + own, dim=0)

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
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    place = {e: i for i, e in enumerate((HERE / "lexicon.txt").read_text("utf-8").splitlines())}
    vectors = contract.load(HERE / "lyrics-words.pt").table(torch.arange(len(place)))[0]
    segmenter = SegmenterZh(args.data)

    def ids_of(prompt: str, language: str) -> tuple[list[int], list[int]]:
        """The rows of all its words, each once, and of its content words."""
        if language == "en":
            words = [w.removesuffix("'s") for w in text.words_en(prompt)]
        else:
            words = [w for part in re.findall("[\u4e00-\u9fff]+|[a-zA-Z&]+", prompt) for w in
                     (segmenter.cut(part) if "\u4e00" <= part[0] <= "\u9fff" else [part.lower()])]
        known = [w for w in words if f"{language}\t{w}" in place]
        rows_of = lambda these: [place[f"{language}\t{w}"] for w in these]
        return sorted(set(rows_of(known))), rows_of(w for w in known if w not in text.STOP_EN and w not in FUNCTION_ZH)

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
    counts = Counter(i for ids, _, _, held, _ in rows if not held for i in ids[0])
    own_words = [i for i, n in counts.items() if n >= 2]
    own_row = torch.full((len(place),), len(own_words), dtype=torch.int16)
    own_row[torch.tensor(own_words)] = torch.arange(len(own_words), dtype=torch.int16)

    def features(ids: tuple[list[int], list[int]]) -> Tensor:
        own = torch.zeros(len(own_words) + 1)
        own.index_add_(0, own_row[ids[0]].to(torch.int64), torch.ones(len(ids[0])))
        own[-1] = 0
        mean = vectors[ids[1]].mean(dim=0) if ids[1] else torch.zeros(100)
        return torch.cat([WIDE * mean, torch.ones(1), own])

    X = torch.stack([features(r[0]) for r in rows])
    Y = torch.stack([r[1] for r in rows])
    W = torch.tensor([r[2] for r in rows])
    held, hand = torch.tensor([r[3] for r in rows]), torch.tensor([r[4] for r in rows])
    weight = torch.zeros(X.shape[1], len(FEELINGS), requires_grad=True)
    optimizer = torch.optim.Adam([weight], lr=0.03)
    for _ in range(150):
        loss = -(Y[~held] * torch.log_softmax(X[~held] @ weight, 1)).sum(1)
        loss = ((loss * W[~held]).sum() / W[~held].sum() + 1e-4 * (weight[:100] ** 2).sum()
                + 3e-4 * (weight[101:] ** 2).sum())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    weight = weight.detach()
    weight[-1] = 0

    def report(name: str, chosen: Tensor) -> None:
        if not bool(chosen.any()):
            return
        guess = (X[chosen] @ weight).topk(3, 1).indices
        usual = int(Y[~held].sum(0).argmax())
        said = Y[chosen] >= 0.99 * Y[chosen].max(1, keepdim=True).values
        first = said.gather(1, guess[:, :1]).float().mean()
        among = said.gather(1, guess).any(1).float().mean()
        print(f"{name}: {int(chosen.sum())}; the first is right {float(first):.2f} (the commonest {float(said[:, usual].float().mean()):.2f}), "
              f"one of three {float(among):.2f}")

    report("held-out requests of songs, by mood", held & ~hand)
    report("held-out requests labelled by hand", held & hand)
    weight[:100] *= WIDE
    scripted = torch.jit.script(Feelings(own_row, weight[:101].clone(), weight[101:].clone()).eval())
    number = {"dtype": "int64", "unit": "line of lexicon.txt", "range": [0, len(place) - 1]}
    golden = torch.tensor([place["en\tarmy"], place["en\tgrandmother"]])
    contract.export(scripted, HERE, {
        "id": "lyrics-feelings", "version": "1", "task": "what somebody feels about what they tell, English and Mandarin",
        "licence": "GPL-3.0-or-later", "training_data": ["Cantilena original songs (CC0)", "requests written for the project (CC0)"],
        "methods": {"feel": {
            "inputs": [{"name": "ids", "shape": ["n"], **number},
                       {"name": "vectors", "dtype": "float32", "shape": ["m", 100], "unit": "of lyrics-words, content words"}],
            "outputs": [{"name": "feelings", "dtype": "float32", "shape": [len(FEELINGS)], "unit": "probability: " + ", ".join(FEELINGS)}]}},
        "assets": ["lexicon.txt"], "seed": SEED,
    }, ("feel", [golden, vectors[golden]]))


if __name__ == "__main__":
    main()
