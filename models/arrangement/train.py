"""Train one of the arrangement networks and export it: train.py --data DIR {pattern,touch,accompaniment}."""

from __future__ import annotations

import argparse
import pickle
import random
import sys
import time
from collections import defaultdict
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

import data
import features
import model

HERE = Path(__file__).resolve().parent
NETWORKS = {
    "pattern": model.pattern_network,
    "touch": model.touch_network,
    "accompaniment": model.accompaniment_network,
}


def _padded(parts: list[np.ndarray], length: int, fill: float) -> torch.Tensor:
    out = np.full((len(parts), length) + parts[0].shape[1:], fill, parts[0].dtype)
    for row, part in zip(out, parts):
        row[: len(part)] = part
    return torch.from_numpy(out)


class PatternSet:
    """Windows of up to four bars; targets are masks, -1 = padding."""

    def __init__(self, performances, split):
        self.items = []
        for p in performances:
            if p.split == split:
                # programmed grooves repeat one pattern: fewer windows of them
                for start in range(0, p.bars, 4 if p.human else 12):
                    self.items.append((p, start))
        self.random = random.Random(1)

    def batch(self, items, shuffle=True):
        rows, targets = [], []
        for p, start in items:
            if shuffle and p.bars > 4:
                start = min(start + self.random.randrange(4), p.bars - 1)
            count = min(4, p.bars - start)
            past = 0 if self.random.random() < 0.4 else min(2, start)
            r, t = features.pattern_rows(p, start, count, past)
            rows.append(r)
            targets.append(t)
        length = max(map(len, rows))
        return _padded(rows, length, 0), torch.zeros(0), _padded(targets, length, -1)

    def loss(self, logits, targets):
        return F.cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=-1)


class TouchSet(PatternSet):
    """Windows of four bars of human playing."""

    def __init__(self, performances, split):
        super().__init__([p for p in performances if p.human], split)

    def batch(self, items, shuffle=True):
        rows, floats, targets = [], [], []
        for p, start in items:
            if shuffle and p.bars > 4:
                start = min(start + self.random.randrange(4), p.bars - 1)
            r, f, t = features.touch_rows(p, start, min(4, p.bars - start))
            rows.append(r)
            floats.append(f)
            targets.append(t)
        length = max(map(len, rows))
        return _padded(rows, length, 0), _padded(floats, length, 0), _padded(targets, length, -1)

    def loss(self, logits, targets):
        v = 9 * data.VELOCITY_BINS
        velocity = logits[..., :v].reshape(-1, data.VELOCITY_BINS)
        offset = logits[..., v:].reshape(-1, data.OFFSET_BINS)
        return F.cross_entropy(velocity, targets[..., :9].flatten(), ignore_index=-1) + F.cross_entropy(
            offset, targets[..., 9:].flatten(), ignore_index=-1
        )


class EventSet:
    """Single bars with a reference bar of the same group, or none."""

    def __init__(self, bars, split):
        self.items = [b for b in bars if b.split == split]
        self.groups = defaultdict(list)
        for b in self.items:
            self.groups[b.group].append(b)
        self.random = random.Random(1)

    def batch(self, items, shuffle=True):
        rows, targets = [], []
        for bar in items:
            mates = self.groups[bar.group]
            reference = None
            if len(mates) > 1 and self.random.random() > 0.25:
                reference = self.random.choice(mates)
                while reference is bar:
                    reference = self.random.choice(mates)
            r, t = features.event_rows(bar, reference)
            rows.append(r)
            targets.append(t)
        return _padded(rows, 16, 0), torch.zeros(0), _padded(targets, 16, -1)

    def loss(self, logits, targets):
        event, length, velocity = torch.split(
            logits, [data.EVENTS, len(data.LENGTHS), data.ACCOMPANIMENT_VELOCITIES], -1
        )
        played = (targets[..., 1] >= 0).sum() / (targets[..., 0] >= 0).sum()
        total = F.cross_entropy(event.flatten(0, 1), targets[..., 0].flatten(), ignore_index=-1)
        shape = F.cross_entropy(length.flatten(0, 1), targets[..., 1].flatten(), ignore_index=-1)
        shape = shape + F.cross_entropy(velocity.flatten(0, 1), targets[..., 2].flatten(), ignore_index=-1)
        return total + 0.5 * played * shape


def load(folder: Path, kind: str, cache: Path | None = None):
    if cache and cache.exists():
        performances, bars = pickle.loads(cache.read_bytes())
        return bars if kind == "accompaniment" else performances
    return data.accompaniment(folder) if kind == "accompaniment" else data.drums(folder)


def datasets(kind: str, items):
    make = {"pattern": PatternSet, "touch": TouchSet, "accompaniment": EventSet}[kind]
    return make(items, "train"), make(items, "test")


def evaluate_loss(network, dataset, size: int, limit: int = 60) -> float:
    network.eval()
    total, count = 0.0, 0
    order = list(range(len(dataset.items)))
    random.Random(3).shuffle(order)
    with torch.no_grad():
        for at in range(0, min(len(order), limit * size), size):
            ids, floats, targets = dataset.batch([dataset.items[i] for i in order[at : at + size]], shuffle=False)
            total += float(dataset.loss(network(ids, floats), targets))
            count += 1
    network.train()
    return total / max(count, 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=sorted(NETWORKS))
    parser.add_argument("--data", type=Path, required=True, help="folder with groove-midi and mma-stdlib-renders")
    parser.add_argument("--cache", type=Path, help="pickle of the prepared data, to start faster")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--checkpoint", type=Path, required=True, help="state dict to write; continued when it exists")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    random.seed(args.seed)

    train, test = datasets(args.kind, load(args.data, args.kind, args.cache))
    network = NETWORKS[args.kind]()
    if args.checkpoint.exists():
        network.load_state_dict(torch.load(args.checkpoint))
    elif args.kind == "pattern":
        # Begin from how frequent each set of hits is, which spares the first hundreds of batches.
        counts = np.bincount(np.concatenate([p.mask for p, _ in train.items]), minlength=model.MASKS) + 1.0
        network.outlet.bias.data = torch.from_numpy(np.log(counts / counts.sum())).to(torch.float32)
    print(f"{args.kind}: {len(train.items)} items, {sum(p.numel() for p in network.parameters())} parameters", flush=True)
    size = {"accompaniment": 96, "pattern": 12, "touch": 10}[args.kind]
    peak = 3e-3
    optimiser = torch.optim.AdamW(network.parameters(), lr=peak, weight_decay=0.01)
    began, batches, running, reported = time.time(), 0, 0.0, time.time()
    order: list[int] = []
    best = float("inf")
    while True:
        done = (time.time() - began) / (args.minutes * 60)
        if done >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = peak * min(1.0, batches / 50) * 0.5 * (1 + np.cos(np.pi * done)) + 1e-5
        if len(order) < size:
            order = list(range(len(train.items)))
            random.shuffle(order)
        chosen = [train.items[order.pop()] for _ in range(size)]
        ids, floats, targets = train.batch(chosen)
        loss = train.loss(network(ids, floats), targets)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        batches += 1
        running = 0.98 * running + 0.02 * float(loss.detach()) if batches > 1 else float(loss.detach())
        if time.time() - reported > 45:
            reported = time.time()
            held_out = evaluate_loss(network, test, size, 16)
            print(f"  {done:4.0%} batch {batches} train {running:.4f} held out {held_out:.4f}", flush=True)
            if held_out < best:
                best = held_out
                torch.save(network.state_dict(), args.checkpoint)
    held_out = evaluate_loss(network, test, size)
    print(f"  end batch {batches} train {running:.4f} held out {held_out:.4f}", flush=True)
    if held_out < best * 1.02 or best == float("inf"):
        torch.save(network.state_dict(), args.checkpoint)


if __name__ == "__main__":
    sys.exit(main())
