"""Train and export the harmony model.

    python3 train.py --data DIR [--epochs N] [--minutes M]

DIR holds the unpacked `mcgill-billboard-chords` and `openewld-pd` folders. One thread; a few minutes.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import torch

import model  # noqa: I001  (puts the shared folder on the path)
import data

from common import contract

HERE = Path(__file__).resolve().parent
WINDOW = 160
SEED = 20240601


def batches(songs, generator, size):
    """Song tensors of similar length, cut to windows, in random order."""
    pieces = []
    for features, targets, weight in songs:
        start = 0
        while start < len(targets):
            pieces.append((features[start : start + WINDOW], targets[start : start + WINDOW], weight))
            start += WINDOW
    pieces.sort(key=lambda piece: len(piece[1]))
    groups = [pieces[i : i + size] for i in range(0, len(pieces), size)]
    for index in torch.randperm(len(groups), generator=generator).tolist():
        group = groups[index]
        longest = max(len(piece[1]) for piece in group)
        x = torch.zeros(len(group), longest, len(data.SIZES), dtype=torch.int64)
        y = torch.full((len(group), longest), -100, dtype=torch.int64)
        w = torch.zeros(len(group), longest)
        for row, (features, targets, weight) in enumerate(group):
            x[row, : len(targets)] = features
            y[row, : len(targets)] = targets
            w[row, : len(targets)] = weight
        yield x, y, w


def prepare(songs):
    result = []
    for song in songs:
        features, targets = data.rows(song)
        result.append((torch.tensor(features), torch.tensor(targets), song.weight))
    return result


def loss_of(network, songs):
    network.eval()
    total, count = 0.0, 0
    with torch.no_grad():
        for features, targets, _ in songs:
            logits = network(features.unsqueeze(0))[0]
            total += torch.nn.functional.cross_entropy(logits, targets, reduction="sum").item()
            count += len(targets)
    return total / count


def export(network):
    (HERE / "chords.txt").write_text("\n".join(data.names()) + "\n", "utf-8")
    features = [{"name": name, "values": size} for name, size in data.FEATURES]
    entry = {
        "id": "harmony",
        "version": "1",
        "task": "harmony: next chord of a half bar",
        "licence": "GPL-3.0-or-later",
        "training_data": ["mcgill-billboard-chords (CC0 1.0)", "openewld-pd (MIT, public-domain works)"],
        "seed": SEED,
        "assets": ["chords.txt"],
        "features": features,
        "methods": {
            "step": {
                "inputs": [{"name": "features", "dtype": "int64", "shape": ["batch", len(features)],
                            "unit": "category", "range": "see features; out of range is clamped"}],
                "outputs": [{"name": "logits", "dtype": "float32", "shape": ["batch", data.TOKENS],
                             "unit": "nat", "range": "unbounded; line numbers of chords.txt"}],
            }
        },
    }
    scripted = torch.jit.script(network.eval())
    golden = torch.tensor([[size // 2 for size in data.SIZES], [0] * len(data.SIZES)])
    return contract.export(scripted, HERE, entry, ("step", [golden]))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=40)
    parser.add_argument("--minutes", type=float, default=8)
    parser.add_argument("--checkpoint", type=Path, default=Path("harmony-checkpoint.pt"))
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint at half the rate")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    songs = data.load(arguments.data)
    train = prepare(s for s in songs if not data.held_out(s))
    test = prepare(s for s in songs if data.held_out(s))
    network = model.build()
    print(f"{len(train)} songs to train on, {len(test)} held out, "
          f"{sum(p.numel() for p in network.parameters())} parameters", flush=True)
    rate, best = 2e-3, float("inf")
    if arguments.resume:
        network.load_state_dict(torch.load(arguments.checkpoint))
        rate, best = 1e-3, loss_of(network, test)
    optimiser = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=0.02)
    generator = torch.Generator().manual_seed(SEED)
    started = time.monotonic()
    for epoch in range(arguments.epochs):
        network.train()
        progress = max(epoch / arguments.epochs, (time.monotonic() - started) / 60 / arguments.minutes)
        for group in optimiser.param_groups:
            group["lr"] = rate * max(0.05, min(1.0, 1.2 - progress))
        for x, y, w in batches(train, generator, 16):
            logits = network(x)
            losses = torch.nn.functional.cross_entropy(
                logits.flatten(0, 1), y.flatten(), ignore_index=-100, reduction="none", label_smoothing=0.02)
            loss = (losses * w.flatten()).sum() / w.sum()
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
        value = loss_of(network, test)
        minutes = (time.monotonic() - started) / 60
        print(f"epoch {epoch + 1}: held-out {value:.4f} nat a half bar, {minutes:.1f} min", flush=True)
        if value < best:
            best = value
            torch.save(network.state_dict(), arguments.checkpoint)
        if minutes > arguments.minutes:
            break
    network.load_state_dict(torch.load(arguments.checkpoint))
    print("exported", export(network))


if __name__ == "__main__":
    main()
