"""Export trained state dicts as TorchScript archives with their contracts: export.py --checkpoints DIR [--seed N]."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import List, Tuple

import torch
from torch import Tensor, nn

import data
import model

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "common"))
import contract  # noqa: E402

GROOVE = "Groove MIDI Dataset 1.0.0 (CC BY 4.0)"
MMA = "MMA 21.09 standard grooves, rendered over generic chord charts (GPL-2.0-or-later)"


class IdsOnly(nn.Module):
    """A step network without real-valued inputs."""

    def __init__(self, inner: model.StepNetwork):
        super().__init__()
        self.inner = inner

    def forward(self, ids: Tensor) -> Tensor:
        return self.inner(ids, torch.zeros(0))

    @torch.jit.export
    def step(self, ids: Tensor, cache: List[Tensor]) -> Tuple[Tensor, List[Tensor]]:
        return self.inner.step(ids, torch.zeros(0), cache)

    @torch.jit.export
    def initial_cache(self, batch: int) -> List[Tensor]:
        return self.inner.initial_cache(batch)


def _ids(fields, masks) -> dict:
    names = [f"{name} 0..{size - 1}" for name, size in fields] + [f"hits {m} 0..511" for m in masks]
    return {"name": "ids", "dtype": "int64", "shape": ["batch", len(names)], "unit": "; ".join(names), "range": [0, 511]}


def _entry(name: str, task: str, sources: list[str], inputs: list[dict], output: dict, seed: int, assets: list[str]):
    return {
        "id": name,
        "version": "1",
        "task": task,
        "licence": "GPL-3.0-or-later" if MMA in sources else "CC-BY-4.0",
        "training_data": sources,
        "methods": {"step": {"inputs": inputs, "outputs": [output]}},
        "assets": assets,
        "seed": seed,
    }


def _sample(fields, masks: int) -> torch.Tensor:
    """Two rows that use every field."""
    rows = [[(7 * i + 3 * r + 1) % size for i, (_, size) in enumerate(fields)] for r in range(2)]
    return torch.tensor([row + [(37 * (i + 1) + 11 * r) % 512 for i in range(masks)] for r, row in enumerate(rows)])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoints", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=["pattern", "touch", "accompaniment"], action="append")
    args = parser.parse_args()
    kinds = args.only or ["pattern", "touch", "accompaniment"]
    torch.set_num_threads(1)
    (HERE / "drum_styles.txt").write_text("\n".join(data.DRUM_STYLES + [f"programmed-{f}" for f in data.FAMILIES]) + "\n")
    (HERE / "families.txt").write_text("\n".join(data.FAMILIES) + "\n")

    def logits(size: int, meaning: str) -> dict:
        return {"name": "logits", "dtype": "float32", "shape": ["batch", size], "unit": meaning, "range": None}

    def trained(kind: str) -> model.StepNetwork:
        return model.restored(kind, torch.load(args.checkpoints / f"{kind}.pth"))

    if "pattern" in kinds:
        pattern = trained("pattern")
        contract.export(
            torch.jit.script(IdsOnly(pattern)), HERE,
            _entry("drum-pattern-1", "drum hits of the next step", [GROOVE, MMA],
                   [_ids(model.PATTERN_FIELDS, model.PATTERN_MASKS)],
                   logits(model.MASKS, "one a set of hits, bit k: " + ", ".join(data.DRUM_CLASSES)), args.seed,
                   ["drum_styles.txt"]),
            ("step", [_sample(model.PATTERN_FIELDS, len(model.PATTERN_MASKS))]),
        )  # fmt: skip
    if "touch" in kinds:
        touch = trained("touch")
        floats = (torch.arange(2 * model.TOUCH_FLOATS) % 10).reshape(2, -1).to(torch.float32) / 10
        contract.export(
            torch.jit.script(touch), HERE,
            _entry("drum-touch-1", "velocity and timing of this step's drum hits", [GROOVE],
                   [_ids(model.TOUCH_FIELDS, model.TOUCH_MASKS),
                    {"name": "floats", "dtype": "float32", "shape": ["batch", model.TOUCH_FLOATS],
                     "unit": "last velocity / 127 and offset in beats * 6 of each class, then of this step a bar ago",
                     "range": [-1.5, 1.5]}],
                   logits(9 * (data.VELOCITY_BINS + data.OFFSET_BINS),
                          "16 velocity bins of 8 for each class, then 33 offset bins of 1/96 beat for each class"),
                   args.seed, ["drum_styles.txt"]),
            ("step", [_sample(model.TOUCH_FIELDS, len(model.TOUCH_MASKS)), floats]),
        )  # fmt: skip
    if "accompaniment" in kinds:
        accompaniment = trained("accompaniment")
        contract.export(
            torch.jit.script(IdsOnly(accompaniment)), HERE,
            _entry("accompaniment-1", "accompaniment event of the next step, relative to the chord", [MMA],
                   [_ids(model.EVENT_FIELDS, [])],
                   logits(data.EVENTS + len(data.LENGTHS) + data.ACCOMPANIMENT_VELOCITIES,
                          "event: none, chord, root-12..root+36 semitones; length bin; velocity bin of 16"), args.seed,
                   ["families.txt"]),
            ("step", [_sample(model.EVENT_FIELDS, 0)]),
        )  # fmt: skip


if __name__ == "__main__":
    main()
