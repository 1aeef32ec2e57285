"""Lengths of consonants from the aligned recordings, as a small table for the program (lengths.tsv).

usage: lengths.py --cache DIR [--out FILE]
log(seconds) of a consonant = its own mean + its place in the syllable + its neighbours + slope * log(room), where room is
the time from the start of the vowel before to the start of the vowel after it: in quick syllables consonants give way, but
less than vowels do. Fitted by ridge regression on Kathleen's training prompts (Mandarin initials: on Chen's syllables, their
own mean only), printed beside the mean of each phone on the held-out prompts.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from bands import HOP_SECONDS
from dataset import HELD_OUT, IS_VOWEL, KIND, PAUSE
from phone_table import PHONES, TABLE

HERE = Path(__file__).resolve().parent
# Where a consonant stands between two vowels or pauses.
PLACES = ("onset", "onset-cluster", "coda", "coda-cluster", "final")
NEXT = ("vowel", "sonorant", "noise", "pause")


def kind_of(phone: int) -> str:
    if phone == PAUSE:
        return "pause"
    if IS_VOWEL[phone]:
        return "vowel"
    return "sonorant" if KIND[phone] in ("glide", "liquid", "nasal") else "noise"


def tokens(corpus: str, cache: Path):
    """(held out, phone, place, next kind, log room, log seconds) of every consonant."""
    align = dict(np.load(cache / f"{corpus}.align.npz"))
    counts = np.concatenate([[0], np.cumsum(align["counts"])])
    worst = np.quantile(align["score"], 0.15)
    for k, name in enumerate(align["names"]):
        if align["score"][k] < worst:
            continue
        s = slice(counts[k], counts[k + 1])
        phones, start, end = align["phones"][s], align["start"][s], align["end"][s]
        vowels = [i for i, p in enumerate(phones) if IS_VOWEL[p] or p == PAUSE]
        for a, b in zip(vowels, vowels[1:]):
            inner = range(a + 1, b)
            if not len(inner) or phones[a] == PAUSE and phones[b] == PAUSE:
                continue
            # English gives a group to the vowel after it, but for its first consonant when there are two or more.
            final = phones[b] == PAUSE
            codas = len(inner) if final else (0 if phones[a] == PAUSE or len(inner) == 1 else 1)
            room = (end[b] if phones[b] != PAUSE else start[b]) - (start[a] if phones[a] != PAUSE else end[a])
            for j, i in enumerate(inner):
                seconds = (end[i] - start[i]) * HOP_SECONDS
                if j < codas:
                    place = "final" if final and j == codas - 1 else "coda-cluster" if codas > 1 else "coda"
                else:
                    place = "onset-cluster" if len(inner) - codas > 1 else "onset"
                following = kind_of(int(phones[i + 1]))
                yield (HELD_OUT[corpus](str(name), k), int(phones[i]), place, following, np.log(max(room * HOP_SECONDS, 0.05)),
                       np.log(max(seconds, HOP_SECONDS)))


def fit(rows, ridge: float = 8.0):
    """Weights: a mean for each phone, then places, next kinds, slope of the room."""
    count = len(PHONES)
    x = np.zeros((len(rows), count + len(PLACES) + len(NEXT) + 1))
    y = np.array([r[5] for r in rows])
    for n, (_, phone, place, following, room, _) in enumerate(rows):
        x[n, phone] = 1
        x[n, count + PLACES.index(place)] = 1
        x[n, count + len(PLACES) + NEXT.index(following)] = 1
        x[n, -1] = room - np.log(0.4)
    penalty = np.full(x.shape[1], ridge)
    penalty[:count] = 0.5
    w = np.linalg.solve(x.T @ x + np.diag(penalty), x.T @ y)
    return w, x @ w


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=HERE / "lengths.tsv")
    a = parser.parse_args()
    rows = list(tokens("kathleen", a.cache))
    training, held = [r for r in rows if not r[0]], [r for r in rows if r[0]]
    w, _ = fit(training)
    means = {p: np.mean([r[5] for r in training if r[1] == p]) for p in {r[1] for r in training}}
    count = len(PHONES)

    def guess(r) -> float:
        return (w[r[1]] + w[count + PLACES.index(r[2])] + w[count + len(PLACES) + NEXT.index(r[3])]
                + w[-1] * (r[4] - np.log(0.4)))

    error = lambda f: np.sqrt(np.mean([(f(r) - r[5]) ** 2 for r in held if r[1] in means]))
    print(f"{len(training)} consonants, {len(held)} held out; error of the log length: model {error(guess):.3f}, mean of each "
          f"phone {error(lambda r: means[r[1]]):.3f}, one mean {error(lambda r: np.mean(list(means.values()))):.3f}")
    print("slope of the room", round(w[-1], 3), {p: round(w[count + i], 3) for i, p in enumerate(PLACES)},
          {p: round(w[count + len(PLACES) + i], 3) for i, p in enumerate(NEXT)})
    # Readers dwell on consonants longer than singers do: the whole is scaled to the mean of the singing lengths of
    # phone_table.tsv, for a consonant between two vowels at a room of 0.4 s.
    known = [p for p in range(count) if sum(r[1] == p for r in training) >= 20]
    usual = w[count + PLACES.index("onset")] + w[count + len(PLACES) + NEXT.index("vowel")]
    scale = np.mean([np.log(TABLE[PHONES[p]][3] / 1000) for p in known]) - np.mean([w[p] + usual for p in known])
    w[known] += scale
    chen = [r for r in tokens("chen", a.cache) if not r[0] and r[2].startswith("onset")]
    lines = ["kind\tname\tvalue"]
    lines.append(f"slope\troom\t{w[-1]:.4f}")
    lines += [f"place\t{p}\t{w[count + i]:.4f}" for i, p in enumerate(PLACES)]
    lines += [f"next\t{p}\t{w[count + len(PLACES) + i]:.4f}" for i, p in enumerate(NEXT)]
    for p, name in enumerate(PHONES):
        if p in known:
            lines.append(f"phone\t{name}\t{w[p]:.4f}")
        elif sum(r[1] == p for r in chen) >= 10:
            # Of lone syllables, which are spoken slowly, the differences between phones count, not their mean.
            mean = np.mean([r[5] for r in chen])
            singing = np.mean([np.log(TABLE[PHONES[r[1]]][3] / 1000) for r in chen])
            lines.append(f"phone\t{name}\t{np.mean([r[5] for r in chen if r[1] == p]) - mean + singing - usual:.4f}")
    a.out.write_text("\n".join(lines) + "\n", "utf-8")
    print(a.out, len(lines), "rows")


if __name__ == "__main__":
    main()
