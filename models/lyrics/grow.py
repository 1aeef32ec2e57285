"""Make a bigger checkpoint out of a trained line model, which says the same as before until it is trained on.

    python3 grow.py --language en --data DATA/text --layers 11 --vocabulary 12000

Every block is followed by copies of itself whose output weights are zero (function-preserving growth, Chen et al. 2016,
"Net2Net"), so the new blocks begin as identity with features to build on. New words are appended to the vocabulary, so that
old ids stay; their English embeddings begin at the place where a least-squares map from the word vectors puts them. Reads
lyrics-<language>.pt and lyrics-critic-<language>.pt, writes checkpoint-<language>.pt for train.py --resume and
checkpoint-critic-<language>.pt, with the same new words, for train_critic.py --resume.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

import text
from model import LineModel
from train import load_vectors

HERE = Path(__file__).parent


def more_words(vocabulary: list[str], data: Path, language: str, size: int) -> list[str]:
    songs = [s for s in text.read_songs(HERE / "corpus", language) if not text.is_held_out(s["title"], s["prompt"])]
    known = set(vocabulary)
    wanted = text.build_vocabulary(songs, list(text.plain_texts(data, language, 1.0)), language, 3 * size)
    return vocabulary + [w for w in wanted if w not in known][:size - len(vocabulary)]


def grow_blocks(state: dict[str, torch.Tensor], old: int, new: int) -> dict[str, torch.Tensor]:
    out = {k: v for k, v in state.items() if not k.startswith("blocks.")}
    at = 0
    for i in range(old):
        copies = (i + 1) * new // old - i * new // old
        for c in range(copies):
            for key, value in state.items():
                if key.startswith(f"blocks.{i}."):
                    name = key.split(".", 2)[2]
                    silent = c > 0 and name in ("out.weight", "down.weight", "down.bias")
                    out[f"blocks.{at}.{name}"] = torch.zeros_like(value) if silent else value.clone()
            at += 1
    return out


def grow_words(state: dict[str, torch.Tensor], words: list[str], data: Path, language: str) -> None:
    old = state["embed.weight"]
    count, narrow = old.shape
    fresh = torch.randn(len(words) - count, narrow) * 0.3 * old.std() + old[count // 2:].mean(dim=0)
    if language == "en":
        vectors = load_vectors(data, words, narrow)
        mapping = torch.linalg.lstsq(vectors[:count], old).solution
        fresh = vectors[count:] @ mapping
    state["embed.weight"] = torch.cat([old, fresh])
    state["bias"] = torch.cat([state["bias"], torch.full((len(words) - count,), float(state["bias"][-500:].mean()))])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", choices=["en", "zh"], required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--layers", type=int, required=True)
    parser.add_argument("--vocabulary", type=int, required=True)
    args = parser.parse_args()
    torch.manual_seed(1)
    vocabulary_path = HERE / f"vocabulary-{args.language}.txt"
    vocabulary = vocabulary_path.read_text("utf-8").rstrip("\n").split("\n")
    state = {k: v.float() for k, v in torch.jit.load(str(HERE / f"lyrics-{args.language}.pt")).state_dict().items()}
    layers = sum(k.endswith("qkv.weight") for k in state)
    words = more_words(vocabulary, args.data, args.language, args.vocabulary)
    grown = grow_blocks(state, layers, args.layers)
    grow_words(grown, words, args.data, args.language)
    model = LineModel(len(words), narrow=grown["embed.weight"].shape[1], layers=args.layers)
    model.load_state_dict(grown)
    vocabulary_path.write_text("\n".join(words) + "\n", "utf-8")
    torch.save({"model": model.state_dict(), "seen": 0, "perplexity": float("inf"), "language": args.language},
               HERE / f"checkpoint-{args.language}.pt")
    critic = {k: v.float() for k, v in torch.jit.load(str(HERE / f"lyrics-critic-{args.language}.pt")).state_dict().items()}
    # The critic's embeddings began as the line model's, so the new words' places there are theirs here too.
    critic["embed.weight"] = torch.cat([critic["embed.weight"], grown["embed.weight"][len(vocabulary):]])
    torch.save({"model": critic, "accuracy": 0.0, "step": 0}, HERE / f"checkpoint-critic-{args.language}.pt")
    print(f"{layers} -> {args.layers} layers, {len(vocabulary)} -> {len(words)} words, "
          f"{sum(p.numel() for p in model.parameters()) / 1e6:.2f} M parameters")


if __name__ == "__main__":
    main()
