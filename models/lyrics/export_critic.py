"""Make the product's critic from a checkpoint: lyrics-critic-<language>.pt and its entry in contract.json.

    python3 export_critic.py --language en
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import torch

from critic import Critic
from export import SOURCES

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "common"))
import contract  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", choices=["en", "zh"], required=True)
    args = parser.parse_args()
    language = args.language
    torch.set_num_threads(1)
    vocabulary = (HERE / f"vocabulary-{language}.txt").read_text("utf-8").rstrip("\n").split("\n")
    state = torch.load(HERE / f"checkpoint-critic-{language}.pt")
    model = Critic(len(vocabulary), narrow=state["model"]["embed.weight"].shape[1])
    model.load_state_dict(state["model"])
    model.eval()
    for parameter in model.parameters():
        parameter.requires_grad_(False)
    shape = ["batch", "length"]
    contract.export(torch.jit.script(model), HERE, {
        "id": f"lyrics-critic-{language}", "version": "1",
        "task": f"words that are out of place in lyrics, {'English' if language == 'en' else 'Chinese'}",
        "licence": "GPL-3.0-or-later", "training_data": SOURCES[language],
        "methods": {"doubt": {
            "inputs": [{"name": "tokens", "dtype": "int64", "shape": shape, "unit": f"line of vocabulary-{language}.txt; 0 pads",
                        "range": [0, len(vocabulary) - 1]}],
            "outputs": [{"name": "logit", "dtype": "float32", "shape": shape, "unit": "logit that the token is out of place"}]}},
        "assets": [f"vocabulary-{language}.txt"],
        "seed": 1,
    }, ("doubt", [torch.tensor([[2, 60, 61, 62, 2]])]))
    print(f"lyrics-critic-{language}: prefers the true line {state['accuracy']:.3f}")


if __name__ == "__main__":
    main()
