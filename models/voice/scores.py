"""Scores that voices are measured on: held-out speech with its phones, sung on ten melodies in six keys.

No model was trained, and no setting chosen, with these melodies.
"""

from __future__ import annotations

import numpy as np

from bands import HOP_SECONDS
from dataset import IS_VOWEL, PAUSE
from phone_table import PHONES

SCALE = [0, 2, 4, 5, 7, 9, 11]
KEYS = [0, 2, 3, 5, 7, 9]  # pitch classes of the tonics: C, D, E flat, F, G, A
SPAN = 14  # semitones from the lowest to the highest note of a melody, at most


def melody(number: int) -> list[int]:
    """Twelve notes in semitones above the tonic, a walk on the major scale within a ninth."""
    rng = np.random.default_rng(100 + number)
    place, notes = 2, []
    for _ in range(12):
        notes.append(12 * (place // 7) + SCALE[place % 7])
        place = int(np.clip(place + rng.choice([-3, -2, -1, -1, 0, 1, 1, 2, 3]), 0, 8))
    return notes


def tonic_of(number: int, lowest: int, highest: int) -> int:
    """The tonic of score `number` for a voice that sings from `lowest` to `highest`."""
    pitch = KEYS[number % len(KEYS)]
    middle = (lowest + highest - SPAN) / 2
    return min((p for p in range(lowest - 6, highest) if p % 12 == pitch), key=lambda p: abs(p - middle))


def score_of(u, key: float, sung: bool, number: int = 0):
    """Timed phones and curves: as spoken, or with a note for every vowel on a steady melody."""
    rng, tune = np.random.default_rng(number), melody(number % 10)
    phones, edges, f0, loud, notes = [], [0.0], [], [], []
    step = 0
    for k, (p, s, e) in enumerate(zip(u.phones, u.start, u.end)):
        natural = (e - s) * HOP_SECONDS
        if not sung:
            length = natural
        elif IS_VOWEL[p]:
            length = max(float(rng.choice([0.25, 0.4, 0.6])), natural)
        elif p == PAUSE:
            length = min(natural, 0.2)
        else:
            length = min(max(natural, 0.03), 0.13)
        count = max(int(round(length / HOP_SECONDS)), 1)
        if sung:
            hz = 440 * 2 ** ((key + tune[step % len(tune)] - 69) / 12)
            if IS_VOWEL[p]:
                notes.append((k, hz))
                step += 1
            f0 += [hz] * count
            loud += [0.0] * count
        else:
            f0 += list(220 * 2 ** u.log_f0[s:e])
            loud += list(u.loudness[s:e] * 10)
        phones.append(PHONES[p])
        edges.append(edges[-1] + count * HOP_SECONDS)
    f0 = np.array(f0[: int(round(edges[-1] / HOP_SECONDS))])
    if sung:
        # A glide of 60 ms between notes, so that no pitch jumps.
        wide = np.pad(np.log(f0), 6, mode="edge")
        f0 = np.exp(np.convolve(wide, np.ones(13) / 13, "valid"))
    return phones, np.array(edges), f0, np.array(loud), notes
