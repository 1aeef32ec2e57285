"""Held-out perplexity of the line models beside an interpolated Kneser-Ney 5-gram on the same tokens.

    python3 evaluate.py --data DATA/text [--language en|zh] [--prompts N]

Both see the original songs that are not held out and the clean plain texts, and the same vocabulary. The line model
passes over about a million tokens in its short training; `--plain 0.15` gives the n-gram about as many different ones,
`--plain 1` gives it everything. Both are measured on the words of the original songs that are held out, one song in ten. The n-gram reads each line in
the same direction, last word first, and mixes an n-gram of the songs with one of all texts, by the weight that is best
on the held-out songs themselves, which is in its favour. The exact counts of decoding (syllables, rhyme, distinct
pairs, copied runs) are printed by tests/benchmarks/lyrics_report.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
from collections import defaultdict
from pathlib import Path

import torch

import text

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "common"))
import contract  # noqa: E402

ORDER = 5


class KneserNey:
    """Interpolated Kneser-Ney with one discount an order (Chen and Goodman 1998)."""

    def __init__(self, order: int):
        self.order = order
        self.counts = [defaultdict(int) for _ in range(order + 1)]

    def add(self, line: list[int]) -> None:
        padded = [-1] * (self.order - 1) + line
        for i in range(self.order - 1, len(padded)):
            self.counts[self.order][tuple(padded[i - self.order + 1:i + 1])] += 1

    def finish(self, vocabulary: int) -> None:
        self.vocabulary = vocabulary
        # Lower orders count the distinct words to the left.
        for n in range(self.order - 1, 0, -1):
            for gram in self.counts[n + 1]:
                self.counts[n][gram[1:]] += 1
        self.total = [defaultdict(int) for _ in range(self.order + 1)]
        self.types = [defaultdict(int) for _ in range(self.order + 1)]
        self.discount = [0.0] * (self.order + 1)
        for n in range(1, self.order + 1):
            ones = twos = 0
            for gram, count in self.counts[n].items():
                self.total[n][gram[:-1]] += count
                self.types[n][gram[:-1]] += 1
                ones += count == 1
                twos += count == 2
            self.discount[n] = ones / (ones + 2 * twos) if ones else 0.5

    def probability(self, history: tuple[int, ...], word: int) -> float:
        p = 1.0 / self.vocabulary
        for n in range(1, self.order + 1):
            h = history[len(history) - n + 1:] if n > 1 else ()
            total = self.total[n].get(h, 0)
            if total == 0:
                continue
            d = self.discount[n]
            p = max(self.counts[n].get(h + (word,), 0) - d, 0) / total + d * self.types[n][h] / total * p
        return p


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--language", choices=["en", "zh"])
    parser.add_argument("--plain", type=float, default=0.15, help="share of the plain texts for the n-gram")
    parser.add_argument("--prompts", type=int, metavar="N", help="only print N prompts of held-out songs, for lyrics_report --prompts")
    args = parser.parse_args()
    torch.set_num_threads(1)
    if args.prompts:
        for language in [args.language] if args.language else ["en", "zh"]:
            held = [s["prompt"] for s in text.read_songs(HERE / "corpus", language) if text.is_held_out(s["title"], s["prompt"])]
            random.Random(11).shuffle(held)
            print("\n".join(held[:args.prompts]))
        return
    for language in [args.language] if args.language else ["en", "zh"]:
        evaluate(language, args.data, args.plain)


def evaluate(language: str, data: Path, share: float) -> None:
    vocabulary = (HERE / f"vocabulary-{language}.txt").read_text("utf-8").rstrip("\n").split("\n")
    ids = {t: i for i, t in enumerate(vocabulary)}
    unknown, newline = ids["<unk>"], ids["<nl>"]
    songs = text.read_songs(HERE / "corpus", language)
    train = [s for s in songs if not text.is_held_out(s["title"], s["prompt"])]
    held = [s for s in songs if text.is_held_out(s["title"], s["prompt"])]

    def coded(tokens: list[str]) -> list[int]:
        return [ids.get(t, unknown) for t in reversed(tokens)] + [newline]

    def lines_of(song: dict) -> list[list[int]]:
        return [coded(text.tokens_of(line, language)) for section in song["sections"] for line in section["lines"]]

    own, everything = KneserNey(ORDER), KneserNey(ORDER)
    words = 0
    for song in train:
        for line in lines_of(song):
            own.add(line)
            everything.add(line)
            words += len(line)
    for _, documents in text.plain_texts(data, language, share):
        for lines in documents:
            for line in lines:
                everything.add(coded(line))
                words += len(line)
    own.finish(len(vocabulary))
    everything.finish(len(vocabulary))

    # The model, on windows of whole sections behind their header. Unknown words count for neither.
    model = contract.load(HERE / f"lyrics-{language}.pt")
    encoder = text.Encoder(vocabulary, text.Syllables(data, language), language)
    markers = {ids[f"<{k}>"] for k in text.KINDS} | {newline}
    total = count = 0.0
    with torch.no_grad():
        for song in held:
            for window in encoder.song(song, random.Random(3), 256):
                tokens = torch.tensor([[t for t, _ in window]])
                left = torch.tensor([[r for _, r in window]])
                logp, _ = model.step(tokens[:, :-1], left[:, :-1], model.initial_cache(1))
                first = next(i for i, (_, r) in enumerate(window) if r > 0)
                for i in range(first, len(window) - 1):
                    target = window[i + 1][0]
                    if target == unknown:
                        continue
                    # The mark of a section ends a line like a line break; the kind itself is not to be guessed.
                    if target in markers:
                        target = newline
                    total -= float(logp[0, i, target])
                    count += 1
    best, best_weight = 1e9, 0.0
    for weight in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        loss = n = 0.0
        for song in held:
            for line in lines_of(song):
                history = [-1] * (ORDER - 1)
                for w in line:
                    if w != unknown:
                        h = tuple(history[-(ORDER - 1):])
                        loss -= math.log(weight * own.probability(h, w) + (1 - weight) * everything.probability(h, w))
                        n += 1
                    history.append(w)
        if loss / n < best:
            best, best_weight = loss / n, weight
    print(f"{language}: {len(held)} held-out songs, {int(count)} tokens; 5-grams of {words / 1e6:.1f} M tokens: perplexity "
          f"{math.exp(best):.1f} (songs weigh {best_weight}); line model: {math.exp(total / count):.1f}", flush=True)


if __name__ == "__main__":
    main()
