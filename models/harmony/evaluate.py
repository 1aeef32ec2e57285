"""Perplexity of the harmony model on held-out songs, beside Markov chains.

    python3 evaluate.py --data DIR
"""

from __future__ import annotations

import argparse
import math
from collections import Counter, defaultdict
from pathlib import Path

import torch

import model  # noqa: F401, I001  (puts the shared folder on the path)
import data

HERE = Path(__file__).resolve().parent


class Chain:
    """Order-n Markov chain over half-bar tokens, interpolated with the lower orders (Witten-Bell)."""

    def __init__(self, order: int, songs):
        self.order = order
        self.counts = [defaultdict(Counter) for _ in range(order + 1)]
        for song in songs:
            history = [data.NONE] * order
            for token in data.tokens(song):
                for n in range(order + 1):
                    self.counts[n][tuple(history[len(history) - n :])][token] += 1
                history = (history + [token])[-order:] if order else []

    def chance(self, history, token):
        p = 1 / data.TOKENS
        for n in range(self.order + 1):
            found = self.counts[n][tuple(history[len(history) - n :])]
            total = sum(found.values())
            if total:
                weight = total / (total + len(found))
                p = weight * found[token] / total + (1 - weight) * p
        return p


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    songs = data.load(arguments.data)
    train = [s for s in songs if not data.held_out(s)]
    test = [s for s in songs if data.held_out(s)]
    network = torch.jit.load(str(HERE / "harmony.pt")).eval()
    loss = changes = change_loss = count = 0
    with torch.no_grad():
        for song in test:
            features, targets = data.rows(song)
            logits = torch.log_softmax(network(torch.tensor([features]))[0], -1)
            for i, target in enumerate(targets):
                value = -logits[i, target].item()
                loss += value
                count += 1
                if target != data.HOLD:
                    changes += 1
                    change_loss += value
    print(f"{len(train)} songs trained on, {len(test)} held out, {count} half bars")
    print(f"model            {loss / count:.3f} nat a half bar, perplexity {math.exp(loss / count):.2f}; "
          f"where the chord changes {change_loss / changes:.3f}")
    for order in (1, 2, 3, 8):
        chain = Chain(order, train)
        loss = change_loss = 0.0
        for song in test:
            history = [data.NONE] * order
            for token in data.tokens(song):
                value = -math.log(chain.chance(history, token))
                loss += value
                if token != data.HOLD:
                    change_loss += value
                history = (history + [token])[-order:]
        print(f"Markov order {order}   {loss / count:.3f} nat a half bar, perplexity {math.exp(loss / count):.2f}; "
              f"where the chord changes {change_loss / changes:.3f}")


if __name__ == "__main__":
    main()
