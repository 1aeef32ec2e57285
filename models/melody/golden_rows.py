"""Rows of made-up songs, which the program's tests compare with its own.

    python3 golden_rows.py ../../tests/core/compose/melody_rows.json

The tunes are drawn at random, with lines that come again, so that every column has something to tell.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

import numpy as np

import judge
import data
import features


def tune(seed: int, metre: int, mode: int, source: str) -> data.Song:
    rng = random.Random(seed)
    bar = data.BAR[metre]
    song = data.Song(f"made up {seed}", source, "", metre, mode, rng.randrange(6), [], [])
    kept: list[tuple[list[int], list[int], list[bool], int]] = []
    start, rhymes = 0, ["ee", "ow", "ee", "ow", "", "ai", "ai", "ee"] * 2
    for line in range(14):
        if line in (2, 5, 6, 8, 9, 11, 12):      # an earlier line's rhythm, a little changed, with some of its pitches
            gaps, pitches, joined, upbeat = kept[rng.choice([0, 1])]
            gaps, pitches = list(gaps), [p + rng.choice([0, 0, 0, 2]) for p in pitches]
            if line != 2:
                gaps[-1] = rng.choice([2, 4])
        else:
            count = rng.randint(3, 6)
            gaps = [rng.choice([1, 2, 2, 3, 4, 6]) for _ in range(count - 1)]
            pitches = [rng.randint(-5, 12) for _ in range(count)]
            joined = [rng.random() < 0.4 for _ in range(count - 1)] + [False]
            upbeat = rng.choice([0, 0, 2, -4])
        kept.append((gaps, pitches, joined, upbeat))
        onset = max(start + upbeat, song.notes[-1].onset + 1) if song.notes else start + abs(upbeat)
        for i, pitch in enumerate(pitches):
            song.syllables.append(data.Syllable("", rng.randrange(3), joined[i], line, rng.randrange(4)))
            song.notes.append(data.Note(onset, 1, pitch, len(song.syllables) - 1, True))
            onset += gaps[i] if i < len(gaps) else 0
        start += (onset - start + bar) // bar * bar
    for note, following in zip(song.notes, song.notes[1:] + [data.Note(start, 1, 0, 0, True)]):
        note.length = max(1, min(6, following.onset - note.onset - rng.choice([0, 0, 1])))
    song.chords = [(at, rng.choice([0, 5, 7, 21, 14, 31])) for at in range(0, start, bar // 2)
                   if at % bar == 0 or rng.random() < 0.3]
    song.chords = [c for i, c in enumerate(song.chords) if i == 0 or c[1] != song.chords[i - 1][1]]
    song.rhymes = rhymes
    return song


def with_melismas(song: data.Song) -> data.Song:
    """Long notes in two."""
    notes = []
    for note in song.notes:
        if note.length >= 4 and note.onset % 3 != 1:
            notes.append(data.Note(note.onset, 2, note.pitch, note.syllable, True))
            notes.append(data.Note(note.onset + 2, note.length - 2, note.pitch - 2, note.syllable, False))
        else:
            notes.append(note)
    return data.Song(song.name, song.source, song.group, song.metre, song.mode, song.density, notes, song.syllables,
                     song.chords, song.weight, song.rhymes)


def described(song: data.Song) -> dict:
    return {
        "metre": song.metre, "mode": song.mode, "source": features.source_class(song), "density": song.density,
        "chords": song.chords, "registers": features.registers(song), "rhymes": features._Lines(song).rhyme,
        "syllables": [[s.line, s.stress, int(s.joined), s.vowel] for s in song.syllables],
        "notes": [[n.onset, n.length, n.pitch, n.syllable, int(n.starts)] for n in song.notes],
    }


def main():
    songs = []
    weights = json.loads((judge.HERE / "judge.json").read_text("utf-8"))
    for seed, metre, mode, source in ((1, 0, 0, "openewld-pd"), (2, 1, 1, "open-hymnal")):
        song = tune(seed, metre, mode, source)
        plain, sung = described(song), with_melismas(song)
        notes = [note for block in judge.verses(sung) for note in block]
        values = judge.measures(notes, sung.bar, np.array(weights["pairs"]))
        songs.append({"judge": {"bar": sung.bar, "notes": [[int(v) for v in note] for note in notes],
                                "measures": [round(v, 6) for v in values],
                                "score": round(judge.score(values, weights), 6)},
                      "rhythm": {**plain, "rows": features.rhythm_rows(song)[0]},
                      "pitch": {**described(sung), "rows": features.pitch_rows(sung)[0]}})
    text = json.dumps(songs, separators=(",", ":")).replace("],[", "],\n[")
    Path(sys.argv[1]).write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
