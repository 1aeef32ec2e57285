"""Train and export the two melody models.

    python3 train.py --data DIR --prepare DIR2              # songs to arrays, once: rhythm.npz and pitch.npz
    python3 train.py --prepared DIR2 --model rhythm|pitch [--set NAME] [--minutes M] [--checkpoint FILE]
    python3 train.py --export FILE ...                      # checkpoints to the archives beside this file

DIR holds the unpacked song books, carols, hymnal, OpenEWLD, Lieder and Mutopia sample (see CARD.md). A GPU is used
where there is one: three minutes a model; without one, an hour or two on one thread. The averaged weights that are best
on held-out songs are kept.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch

import model  # noqa: I001  (puts the shared folder on the path)
import data
import features

from common import contract, fit

HERE = Path(__file__).resolve().parent
SEED = 20240602
TRAINING_DATA = [
    "openewld-pd (MIT, public-domain works)", "songs-from-the-public-domain (public domain)",
    "christmas-carols-public-domain (public domain)", "open-hymnal (public domain)",
    "openscore-lieder (CC0 1.0)", "mutopia-pd-sample (public domain)",
]
# Sizes and regularisation that were compared; "base" is what ships.
SETS = {
    "pitch": {
        "base": ({"dropout": 0.4, "hide": 0.2}, {}),
        "light": ({"dropout": 0.3, "hide": 0.1}, {}),
        "heavy": ({"dropout": 0.5, "hide": 0.3}, {"decay": 0.3}),
        "heavier": ({"dropout": 0.6, "hide": 0.4}, {"decay": 0.3}),
        "hide": ({"dropout": 0.3, "hide": 0.4}, {}),
        "mixed": ({"dropout": 0.4, "hide": 0.2}, {"stage": 0.85, "extra": 0.5}),
        "plain": ({"dropout": 0.4, "hide": 0.2}, {"extra": 0.0}),
        "wide": ({"width": 320, "layers": 4, "hidden": 768, "dropout": 0.45, "hide": 0.25}, {}),
        "deep": ({"width": 208, "layers": 9, "hidden": 528, "dropout": 0.4, "hide": 0.2}, {}),
        "slow": ({"dropout": 0.4, "hide": 0.2}, {"rate": 4e-4}),
        "fast": ({"dropout": 0.4, "hide": 0.2}, {"rate": 2e-3}),
        "smooth": ({"dropout": 0.45, "hide": 0.25}, {"smoothing": 0.05}),
    },
    "rhythm": {
        "base": ({"dropout": 0.35, "hide": 0.15}, {}),
        "heavy": ({"dropout": 0.45, "hide": 0.25}, {"decay": 0.2}),
        "heavier": ({"dropout": 0.5, "hide": 0.35}, {"decay": 0.3}),
        "small": ({"width": 128, "layers": 4, "hidden": 384, "dropout": 0.3, "hide": 0.2}, {}),
        "mixed": ({"dropout": 0.4, "hide": 0.2}, {"stage": 0.85, "extra": 0.5}),
        "plain": ({"dropout": 0.4, "hide": 0.2}, {"extra": 0.0}),
        "slow": ({"dropout": 0.4, "hide": 0.2}, {"rate": 4e-4}),
    },
}


def masks(kind: str) -> list[tuple[int, int, float]]:
    """Columns that a person may leave open: column, value that says so, chance of hiding it in training."""
    names = features.RHYTHM_NAMES if kind == "rhythm" else features.PITCH_NAMES
    result = [(names.index("source"), len(data.SOURCES), 0.2)]
    if kind == "pitch":
        result.append((names.index("register"), 0, 0.5))
    return result


def prepare(songs: list[data.Song], kind: str, path: Path) -> None:
    """The arrays that common/fit.py reads."""
    rows, targets, second, start = [], [], [], [0]
    for song in songs:
        found = features.rhythm_rows(song) if kind == "rhythm" else features.pitch_rows(song)
        rows += found[0]
        targets += found[1]
        if kind == "rhythm":
            second += found[2]
        start.append(len(targets))
    held = np.array([data.held_out(s) for s in songs])
    arrays = {
        "rows": np.ascontiguousarray(np.array(rows, np.uint8).T), "targets": np.array(targets, np.int16),
        "start": np.array(start[:-1], np.int32), "length": np.diff(np.array(start)).astype(np.int32),
        "weight": np.array([s.weight for s in songs], np.float32), "held": held,
        "extra": np.array([s.extra for s in songs]),
        "judged": held & np.array(["double" not in s.name for s in songs]),
    }
    if kind == "rhythm":
        arrays["second"] = np.array(second, np.int16)
    np.savez_compressed(path, **arrays)


def export(path: Path) -> Path:
    saved = torch.load(path, map_location="cpu")
    kind = saved["kind"]
    network = model.build(kind, saved["shape"])
    network.load_state_dict({n: v.float() if v.is_floating_point() else v for n, v in saved["state"].items()})
    columns = features.RHYTHM_COLUMNS if kind == "rhythm" else features.PITCH_COLUMNS
    outputs = model.RHYTHM_OUTPUTS if kind == "rhythm" else data.PITCHES
    meaning = ("gap classes " + " ".join(map(str, data.GAPS)) + " sixteenths to the next onset; last: melisma"
               if kind == "rhythm" else f"semitones from the base tonic, {data.LOWEST} to {data.HIGHEST}")
    entry = {
        "id": f"melody-{kind}",
        "version": "2",
        "task": "melody: " + ("time to the next note" if kind == "rhythm" else "pitch of the next note"),
        "licence": "GPL-3.0-or-later",
        "training_data": TRAINING_DATA,
        "seed": SEED,
        "assets": ["judge.json"] if kind == "pitch" else [],   # see judge.py; read beside the pitch model
        "features": [{"name": name, "values": size} for name, size, _ in columns],
        "methods": {"step": {
            "inputs": [{"name": "features", "dtype": "int64", "shape": ["batch", len(columns)], "unit": "category",
                        "range": "see features; out of range is clamped; [batch, time, columns] hears several steps"}],
            "outputs": [{"name": "logits", "dtype": "float32", "shape": ["batch", outputs], "unit": "nat",
                         "range": meaning}],
        }},
    }
    golden = torch.tensor([[size // 2 for _, size, _ in columns], [0] * len(columns)])
    return contract.export(torch.jit.script(network.eval()), HERE, entry, ("step", [golden]), half=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path)
    parser.add_argument("--prepare", type=Path)
    parser.add_argument("--prepared", type=Path)
    parser.add_argument("--model", choices=["rhythm", "pitch"])
    parser.add_argument("--set", default="base")
    parser.add_argument("--minutes", type=float, default=3)
    parser.add_argument("--steps", type=int, default=0, help="train by steps instead of by the clock")
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--checkpoint", type=Path)
    parser.add_argument("--export", type=Path, nargs="+")
    arguments = parser.parse_args()
    torch.manual_seed(SEED)
    if arguments.prepare:
        songs = data.load(arguments.data, arguments.cache)
        for kind in ("rhythm", "pitch"):
            prepare(songs, kind, arguments.prepare / f"{kind}.npz")
    if arguments.prepared:
        kind = arguments.model
        shape, settings = SETS[kind][arguments.set]
        fit.fit(model.build(kind, shape), arguments.prepared / f"{kind}.npz", settings, masks(kind), arguments.minutes,
                arguments.checkpoint or Path(f"melody-{kind}-{arguments.set}.pt"),
                {"kind": kind, "shape": shape, "set": arguments.set}, SEED, arguments.steps)
    for path in arguments.export or []:
        print("exported", export(path))


if __name__ == "__main__":
    main()
