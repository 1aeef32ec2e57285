"""Packs analysed and aligned recordings into one small file for training, with the memories of their voices.

usage: pack.py --cache DIR --out FILE.npz VOICE...
Sung takes change slowly and keep every second frame, as does the teacher slt, which only adds words; of rms, which has
more than it needs, every second take is kept. Long pauses are cut.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from coding import FLOOR, NOISE_STEPS, STEP, UNIT, squeeze
from dataset import PAUSE, SPEAKERS, load
from export import memories

LONGEST_PAUSE = 30  # frames
SLOW = ("alys", "yuki")
TAKES = {"rms": 2, "awb": 2}  # every n-th is kept
TESTS = {"kathleen": 40, "chen": 40}  # held-out takes; 16 of the others


def pieces(corpus: str, cache: Path, most: int | None = None) -> list[dict[str, np.ndarray]]:
    """Takes as segments (phone, frames, frame of release or -1) and frames (envelope, noise, log2 F0, loudness)."""
    out = []
    for held_out in (False, True):
        takes = load(corpus, cache, held_out, 0.15, TESTS.get(corpus, 16) if held_out else most)
        for u in takes if held_out else takes[:: TAKES.get(corpus, 1)]:
            keep = np.ones(len(u.envelope), bool)
            length = u.end - u.start
            for k in np.flatnonzero((u.phones == PAUSE) & (length > LONGEST_PAUSE)):
                # The half next to speech stays: the middle of a pause goes, or its outer end at the take's ends.
                s, e = int(u.start[k]), int(u.end[k])
                head = 0 if k == 0 else (LONGEST_PAUSE if k == len(length) - 1 else LONGEST_PAUSE // 2)
                keep[s + head : e - (LONGEST_PAUSE - head)] = False
                length[k] = LONGEST_PAUSE
            out.append({
                "speaker": u.speaker, "held_out": held_out, "phones": u.phones, "length": length,
                "release": np.where(u.burst >= 0, u.burst - u.start, -1), "envelope": u.envelope[keep],
                "noise": u.noise[keep], "pitch": u.log_f0[keep], "loudness": u.loudness[keep],
                "known": u.mask > 0})
    return out


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--takes", type=int, help="only the first so many of each, for a learning curve")
    parser.add_argument("voices", nargs="+", choices=SPEAKERS)
    a = parser.parse_args()
    store: dict[str, np.ndarray] = {"voices": np.array(a.voices)}
    for corpus, memory in memories(a.cache, a.voices).items():
        takes = pieces(corpus, a.cache, a.takes)
        join = lambda name: np.concatenate([t[name] for t in takes])
        hop = 2 if corpus in SLOW else 1
        thin = lambda name: np.concatenate([t[name][::hop] for t in takes])
        # Teachers of 16 kHz tell nothing of the bands above.
        bands = int(takes[0]["known"].sum())
        curves = np.stack([thin("pitch"), thin("loudness")], 1)
        arrays = {
            "hop": np.int64(hop),
            "bands": np.int64(bands),
            "takes": np.array([[t["speaker"], t["held_out"], len(t["phones"]), len(t["envelope"])] for t in takes]),
            "segments": np.stack([join("phones"), join("length"), join("release")], 1).astype(np.int16),
            "envelope": squeeze(np.clip(np.round((thin("envelope")[:, :bands] - FLOOR) / STEP), 0, 255)),
            "noise": squeeze(np.round(thin("noise") * NOISE_STEPS)),
            "curves": squeeze(np.round(np.clip(curves, -10, 10) * UNIT)),
        }
        store.update({f"{corpus}.{k}": v for k, v in arrays.items()})
        memory["rows"] = squeeze(memory["rows"])
        store.update({f"{corpus}.memory.{k}": v for k, v in memory.items()})
        print(corpus, len(takes), "takes,", sum(len(t["envelope"]) for t in takes), "frames", flush=True)
    np.savez_compressed(a.out, **store)
    print(a.out, a.out.stat().st_size)


if __name__ == "__main__":
    main()
