"""Make the archives of tst_model: a decoder whose weights are kept in half precision, and the same one in float32.

    python3 make.py
"""

from __future__ import annotations

import sys
from pathlib import Path

import torch

HERE = Path(__file__).parent
MODELS = HERE.parents[3] / "models"
sys.path[:0] = [str(MODELS / "common"), str(MODELS / "lyrics")]
import contract  # noqa: E402
from model import LineModel  # noqa: E402


def main() -> None:
    torch.manual_seed(1)
    model = LineModel(12, width=8, narrow=4, layers=1, heads=2, hidden=8).eval()
    for tensor in [*model.parameters(), *model.buffers()]:
        tensor.requires_grad_(False)
        tensor.data = tensor.data.half().float()
    tensor = {"dtype": "int64", "shape": ["batch", "length"], "range": [0, 11], "unit": "number"}
    for name, half in (("half", True), ("wide", False)):
        contract.export(torch.jit.script(model), HERE, {
            "id": name, "version": "1", "task": "test", "licence": "GPL-3.0-or-later", "training_data": ["none"], "seed": 1,
            "methods": {"step": {"inputs": [{"name": "tokens", **tensor}, {"name": "remaining", **tensor}],
                                 "outputs": [{"name": "logProbability", "dtype": "float32", "shape": ["batch", "length", 12]}]}},
        }, ("step", [torch.tensor([[1, 2, 3]]), torch.tensor([[2, 1, 0]])]), half=half)


if __name__ == "__main__":
    main()
