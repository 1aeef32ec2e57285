"""Chords under the tunes, a bar a pair of halves, for the harmony model: one JSON list a line.

    python3 chords.py --data DIR [--cache FILE]

Each line: name, metre, mode, weight, [[first half, second half], ...]. Lead sheets and held-out songs are left out.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import data


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path)
    arguments = parser.parse_args()
    for song in data.load(arguments.data, arguments.cache):
        if song.source == "openewld-pd" or not song.chords or "double" in song.name or data.held_out(song):
            continue
        bars = (song.notes[-1].onset + song.bar) // song.bar
        cells = [[data.chord_at(song, bar * song.bar + half * song.bar // 2)[0] for half in (0, 1)]
                 for bar in range(bars)]
        # Silence has the token after "hold" in the harmony model's list.
        cells = [[c if c < data.CHORDS else data.CHORDS + 1 for c in cell] for cell in cells]
        print(json.dumps([song.name, song.metre, song.mode, min(song.weight, 0.3), cells]))


if __name__ == "__main__":
    main()
