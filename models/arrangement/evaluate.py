"""Held-out figures of the arrangement networks beside simple baselines: evaluate.py --data DIR [kind ...].

Drums are split by performance (groove-midi's own test split), accompaniment by style (data.HELD_OUT_STYLES).
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import torch

import data
import features

HERE = Path(__file__).resolve().parent


def _load(name: str):
    return torch.jit.load(str(HERE / f"{name}.pt")).eval()


def _rows(network, rows: np.ndarray, floats: np.ndarray | None = None) -> np.ndarray:
    """Log-probabilities are taken by the caller: logits [T, outputs] of one sequence, stepped as the program does."""
    ids = torch.from_numpy(rows).unsqueeze(0)
    with torch.no_grad():
        if floats is None:
            return network(ids)[0].numpy()
        return network(ids, torch.from_numpy(floats).unsqueeze(0))[0].numpy()


def _log_softmax(x: np.ndarray) -> np.ndarray:
    x = x - x.max(-1, keepdims=True)
    return x - np.log(np.exp(x).sum(-1, keepdims=True))


def pattern(items, limit: int) -> None:
    network = _load("drum-pattern-1")
    trained = [p for p in items if p.split != "test"]
    # Copying a random training groove of the style, a step at a time: the masks that grooves have at this position.
    copies: dict = defaultdict(Counter)
    marginal: Counter = Counter()
    same, changed = 1, 1
    for p in trained:
        for s, mask in enumerate(p.mask):
            copies[(p.style, p.steps, p.beats, s % p.bar)][int(mask)] += 1
            marginal[int(mask)] += 1
            if s >= p.bar:
                same, changed = (same + 1, changed) if mask == p.mask[s - p.bar] else (same, changed + 1)
    total = sum(marginal.values())
    keep = same / (same + changed)

    def copy_probability(p, s, mask):
        counts = copies[(p.style, p.steps, p.beats, s % p.bar)]
        prior = (marginal[mask] + 0.5) / (total + 256)
        return (counts[mask] + 20 * prior) / (sum(counts.values()) + 20)

    for human, label in ((True, "human performances of the test split"), (False, "programmed grooves of held-out styles")):
        own, copy, repeat, steps = 0.0, 0.0, 0.0, 0
        chosen = [p for p in items if p.split == "test" and p.human == human and p.bars >= 2]
        random.Random(1).shuffle(chosen)
        for p in chosen[:limit]:
            count = min(p.bars, 8)
            rows, targets = features.pattern_rows(p, 0, count, 0)
            logs = _log_softmax(_rows(network, rows))
            for s, mask in enumerate(targets):
                own -= logs[s, mask]
                q = copy_probability(p, s, int(mask))
                copy -= np.log(q)
                if s >= p.bar:
                    q = (keep if mask == p.mask[s - p.bar] else 0.0) + (1 - keep) * q
                repeat -= np.log(q)
                steps += 1
        print(f"drum pattern, {label}: nats a step")
        print(f"  network {own / steps:.3f}   random training groove of the style {copy / steps:.3f}   "
              f"the bar before, else a random groove {repeat / steps:.3f}   ({steps} steps)")  # fmt: skip


def _overlap(a: Counter, b: Counter) -> float:
    na, nb = sum(a.values()), sum(b.values())
    return sum(min(a[k] / na, b[k] / nb) for k in set(a) | set(b)) if na and nb else 0.0


def touch(items, limit: int) -> None:
    network = _load("drum-touch-1")
    generator = np.random.default_rng(1)
    v_size = 9 * data.VELOCITY_BINS
    test = [p for p in items if p.human and p.split == "test" and p.bars >= 2 and p.beats == 4]
    random.Random(1).shuffle(test)
    real, made, wooden, pooled = (defaultdict(Counter) for _ in range(4))
    everything = {"velocity": Counter(), "timing": Counter()}
    for p in items:
        if p.human and p.split != "test":
            hit = p.velocity > 0
            everything["velocity"].update((features.velocity_bin(p.velocity[hit]) // 2).tolist())
            everything["timing"].update((features.offset_bin(p.offset[hit]) // 2).tolist())
    own, count = 0.0, 0
    for p in test[:limit]:
        bars = min(p.bars, 8)
        rows, floats, targets = features.touch_rows(p, 0, bars)
        logs = _rows(network, rows, floats)
        hidden = network.initial_cache(1)
        last, steps = np.zeros(18, np.float32), []
        for s in range(len(rows)):
            inputs = np.zeros((1, 36), np.float32)
            inputs[0, :18] = last
            if s >= p.bar:
                inputs[0, 18:] = steps[s - p.bar]
            with torch.no_grad():
                logits, hidden = network.step(torch.from_numpy(rows[s : s + 1]), torch.from_numpy(inputs), hidden)
            logits = logits[0].numpy()
            here = np.zeros(18, np.float32)
            for d in range(9):
                if targets[s, d] < 0:
                    continue
                pv = np.exp(_log_softmax(logits[d * 16 : d * 16 + 16]))
                po = np.exp(_log_softmax(logits[v_size + d * 33 : v_size + d * 33 + 33]))
                v = generator.choice(16, p=pv / pv.sum())
                o = generator.choice(33, p=po / po.sum())
                here[d] = (v * 8 + generator.uniform(0, 8)) / 127
                here[9 + d] = (o - 16) / 96 * 6
                last[d], last[9 + d] = here[d], here[9 + d]
                place = s % p.bar * 4 // p.steps  # sixteenths, so that both grids meet
                for table, values in ((real, (targets[s, d], targets[s, 9 + d])), (made, (v, o)), (wooden, (12, 16))):
                    table[("velocity", place)][int(values[0]) // 2] += 1
                    table[("timing", place)][int(values[1]) // 2] += 1
                full = _log_softmax(logs[s, d * 16 : d * 16 + 16])
                own -= full[targets[s, d]] + _log_softmax(logs[s, v_size + d * 33 : v_size + d * 33 + 33])[targets[s, 9 + d]]
                count += 1
            steps.append(here)
    print(f"drum touch: {own / count:.3f} nats a hit ({count} hits); overlap with held-out performances, mean over positions")
    for kind in ("velocity", "timing"):
        places = [k for k in real if k[0] == kind and sum(real[k].values()) >= 30]
        weights = np.array([sum(real[k].values()) for k in places], float)
        line = {name: np.average([_overlap(real[k], table[k]) for k in places], weights=weights)
                for name, table in (("network", made), ("fixed velocity, on the grid", wooden))}  # fmt: skip
        line["any training hit"] = np.average([_overlap(real[k], everything[kind]) for k in places], weights=weights)
        print(f"  {kind}: " + "   ".join(f"{name} {value:.3f}" for name, value in line.items()))


def accompaniment(items, limit: int) -> None:
    network = _load("accompaniment-1")
    copies: dict = defaultdict(Counter)
    by_role: dict = defaultdict(Counter)
    agree = defaultdict(lambda: [1, 1])
    groups = defaultdict(list)
    for bar in items:
        groups[bar.group].append(bar)
    for bar in items:
        if bar.split == "test":
            continue
        for s, event in enumerate(bar.events):
            copies[(bar.role, bar.family, bar.steps, bar.beats, s)][int(event)] += 1
            by_role[(bar.role, s % bar.steps)][int(event)] += 1
    for mates in groups.values():
        if mates[0].split != "test" and len(mates) > 1:
            for s in range(len(mates[0].events)):
                agree[mates[0].role][int(mates[0].events[s] == mates[1].events[s])] += 1

    def copy_probability(bar, s, event):
        counts = copies[(bar.role, bar.family, bar.steps, bar.beats, s)]
        wide = by_role[(bar.role, s % bar.steps)]
        prior = (wide[event] + 0.5) / (sum(wide.values()) + 0.5 * data.EVENTS)
        return (counts[event] + 20 * prior) / (sum(counts.values()) + 20)

    print("accompaniment on held-out styles: nats a step")
    generator = random.Random(1)
    for role, name in enumerate(data.ROLES):
        test = [b for b in items if b.split == "test" and b.role == role and len(groups[b.group]) > 1]
        if len(test) < 50:
            continue
        generator.shuffle(test)
        sums = np.zeros(4)
        steps, pitched, inside = 0, 0, 0
        for bar in test[: limit * 10]:
            reference = generator.choice([b for b in groups[bar.group] if b is not bar])
            keep = agree[role][1] / sum(agree[role])
            with_rows, targets = features.event_rows(bar, reference)
            alone, _ = features.event_rows(bar, None)
            a = _log_softmax(_rows(network, with_rows)[:, : data.EVENTS])
            b = _log_softmax(_rows(network, alone)[:, : data.EVENTS])
            for s in range(len(targets)):
                event = int(targets[s, 0])
                q = copy_probability(bar, s, event)
                sums += [-a[s, event], -b[s, event], -np.log(q),
                         -np.log((keep if event == reference.events[s] else 0) + (1 - keep) * q)]  # fmt: skip
                steps += 1
        print(f"  {name}: network {sums[1] / steps:.3f}, random training pattern {sums[2] / steps:.3f};  "
              f"shown one bar of the pattern: network {sums[0] / steps:.3f}, copying that bar {sums[3] / steps:.3f}")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", default=["pattern", "touch", "accompaniment"])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=60, help="held-out items of a kind")
    args = parser.parse_args()
    torch.set_num_threads(1)
    for kind in args.kinds:
        items = data.accompaniment(args.data) if kind == "accompaniment" else data.drums(args.data)
        {"pattern": pattern, "touch": touch, "accompaniment": accompaniment}[kind](items, args.limit)


if __name__ == "__main__":
    main()
