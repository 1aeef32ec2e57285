"""Make the product's line model from a checkpoint: lyrics-<language>.pt, its weights in half precision, and its entry in contract.json.

    python3 export.py --language en
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import torch

from model import from_state

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "common"))
import contract  # noqa: E402

SOURCES = {
    "en": ["Cantilena original songs (CC0)", "Tatoeba (CC BY 2.0 FR)", "Synthetic-Persona-Chat (CC BY 4.0)",
           "Self-dialogue Corpus (BSD 3-Clause)", "Standard Ebooks and Project Gutenberg prose and verse (public domain)",
           "GloVe 6B word vectors (PDDL), as the embeddings' start"],
    "zh": ["Cantilena original songs (CC0)", "Tatoeba (CC BY 2.0 FR)", "moztw/cc0-sentences (CC0)",
           "Chinese prose and verse of authors who died before 1956 (public domain)"],
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", choices=["en", "zh"], required=True)
    args = parser.parse_args()
    language = args.language
    torch.set_num_threads(1)
    vocabulary = (HERE / f"vocabulary-{language}.txt").read_text("utf-8").rstrip("\n").split("\n")
    state = torch.load(HERE / f"checkpoint-{language}.pt")
    model = from_state(state["model"])
    if model.embed.num_embeddings != len(vocabulary):
        raise SystemExit(f"The checkpoint has {model.embed.num_embeddings} words, vocabulary-{language}.txt {len(vocabulary)}.")
    model.eval()
    for parameter in model.parameters():
        parameter.requires_grad_(False)
    ids = {"dtype": "int64", "shape": ["batch", "length"]}
    contract.export(torch.jit.script(model), HERE, {
        "id": f"lyrics-{language}", "version": "1",
        "task": f"lines of lyrics, {'English words' if language == 'en' else 'Chinese characters'}, last to first",
        "licence": "GPL-3.0-or-later", "training_data": SOURCES[language],
        "methods": {"step": {
            "inputs": [{"name": "tokens", **ids, "unit": f"line of vocabulary-{language}.txt", "range": [0, len(vocabulary) - 1]},
                       {"name": "remaining", **ids, "unit": "syllables of the line after the token", "range": [0, 15]}],
            "outputs": [{"name": "logProbability", "dtype": "float32", "shape": ["batch", "length", len(vocabulary)],
                         "unit": "natural logarithm"}]}},
        "assets": [f"vocabulary-{language}.txt", f"words-{language}.txt", f"prototypes-{language}.txt", f"exchange-{language}.txt",
                   f"ngrams-{language}.bin", f"guard-{language}.bin", "blocked.txt"],
        "seed": 1,
    }, ("vectors", [torch.tensor([10, 60])]), half=True)
    print(f"lyrics-{language}: {state['seen'] / 1e6:.2f} M tokens seen, held-out perplexity {state['perplexity']:.1f}")


if __name__ == "__main__":
    main()
