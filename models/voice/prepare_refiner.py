"""Takes that teach the vocoder's refiner: sound, its analysis, and the pulses of the program's source; one .npz.

usage: prepare_refiner.py --data DIR --out FILE [--seed N]
Takes of every voice and register whose licence suits one file of weights (cmn-syllables is share-alike and stays out). Half
of the sung ones are also played faster, which brings notes up to E5 that nobody recorded; held-out takes (dataset.py) and
the songs of sung-ja-short are left out.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import scipy.signal

from bands import HOP_SECONDS, SAMPLE_RATE
from dataset import HELD_OUT, NARROW
from prepare import CORPORA, VOICED_STRENGTH, Analysis, read_audio, refine_f0, track_f0
from vocoder import pulses_of

# Minutes of each voice, and the share of its takes that is played at another speed.
MINUTES = {"kathleen": 8.0, "slt": 4.0, "rms": 5.0, "awb": 4.0, "alys": 9.0, "yuki": 5.0, "martin": 2.0}
FASTER = {"alys": 0.5, "yuki": 0.5, "martin": 0.3, "kathleen": 0.25, "slt": 0.25, "rms": 0.2, "awb": 0.2}
PEAK = 0.3
SPEEDS = {"alys": (1.1, 1.55), "yuki": (1.1, 1.9), "martin": (0.85, 1.6)}


def analysed(x: np.ndarray, rate: int, low: float, high: float, tables: dict) -> dict[str, np.ndarray]:
    """What the vocoder is given of a sound, and the sound itself at SAMPLE_RATE."""
    x = PEAK * x / (np.abs(x).max() + 1e-9) + 1e-5 * np.random.default_rng(1).standard_normal(len(x)).astype(np.float32)
    coarse, strength = track_f0(x, rate, low, high)
    count = int(len(x) / rate / HOP_SECONDS)
    at = np.arange(count) * HOP_SECONDS / 0.01
    f0 = np.exp(np.interp(at, np.arange(len(coarse)), np.log(coarse))).astype(np.float32)
    voiced = np.interp(at, np.arange(len(strength)), strength) > VOICED_STRENGTH
    f0 = np.where(voiced, refine_f0(x, rate, f0), f0).astype(np.float32)
    key = rate, low < 100 and rate == SAMPLE_RATE
    if key not in tables:
        tables[key] = Analysis(rate, 2048 if key[1] else 1024, 55, 900)
    envelope, noise = tables[key](x, f0, voiced)
    if rate != SAMPLE_RATE:
        # The same power in fewer samples: what is white noise of variance 1 at one rate is louder a hertz at the other.
        envelope = envelope + 0.5 * np.log(SAMPLE_RATE / rate)
        x = scipy.signal.resample_poly(x, 441, rate // 100).astype(np.float32)
    pulses, phase = pulses_of(f0)
    n = min(len(x), len(pulses))
    return {"sound": x[:n].astype(np.float16), "envelope": envelope.astype(np.float16), "noise": noise, "f0": f0,
            "pulses": pulses[:n].astype(np.float16), "phase": phase[:n].astype(np.float16)}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    a = parser.parse_args()
    rng = np.random.default_rng(a.seed)
    parts: dict[str, list[np.ndarray]] = {}
    frames, samples, narrow, tables = [], [], [], {}
    for name, minutes in MINUTES.items():
        folder, pattern, low, high, _, _ = CORPORA[name]
        files = sorted((a.data / folder).glob(pattern))
        files = [f for i, f in enumerate(files) if not HELD_OUT[name](f.stem, i)]
        seconds = 0.0
        for k in rng.permutation(len(files)):
            x, rate = read_audio(files[k])
            x = x[: 12 * rate]
            factor = 1.0
            if rng.random() < FASTER[name]:
                factor = float(rng.uniform(*SPEEDS.get(name, (0.85, 1.25))))
                step = int(round(100 * factor))
                x = scipy.signal.resample_poly(x, 100, step).astype(np.float32)
                factor = step / 100
            if len(x) < 0.8 * rate:
                x = np.pad(x, (0, int(0.8 * rate) - len(x) + 1))
            take = analysed(x, rate, max(low * factor, 55), min(high * factor, 900), tables)
            for key, value in take.items():
                parts.setdefault(key, []).append(value)
            frames.append(len(take["f0"]))
            samples.append(len(take["sound"]))
            narrow.append(name in NARROW)
            seconds += len(take["f0"]) * HOP_SECONDS
            if seconds > 60 * minutes:
                break
        print(f"{name}: {seconds / 60:.1f} minutes", flush=True)
    np.savez(a.out, frames=np.array(frames), samples=np.array(samples), narrow=np.array(narrow),
             **{k: np.concatenate(v) for k, v in parts.items()})


if __name__ == "__main__":
    main()
