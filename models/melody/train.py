"""Train and export the two melody models.

    python3 train.py --data DIR --model rhythm|pitch [--minutes M] [--epochs N] [--cache FILE]

DIR holds the unpacked song books, carols, hymnal, OpenEWLD and Lieder (see CARD.md). One thread. The best epoch
on held-out songs is exported; --resume goes on from the checkpoint.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import torch
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

import model  # noqa: I001  (puts the shared folder on the path)
import data

from common import contract

HERE = Path(__file__).resolve().parent
WINDOW = 128
SEED = 20240602
SOURCES = [
    "openewld-pd (MIT, public-domain works)", "songs-from-the-public-domain (public domain)",
    "christmas-carols-public-domain (public domain)", "open-hymnal (public domain)",
    "openscore-lieder, English songs (CC0 1.0)",
]


def prepare(songs, kind):
    """(rows, targets, melisma targets or None, weight) for every song."""
    result = []
    for song in songs:
        if kind == "rhythm":
            features, gaps, melisma = data.rhythm_rows(song)
            # The gap after a line's last note is given (the time left), so it teaches nothing.
            result.append((torch.tensor(features), torch.tensor(gaps), torch.tensor(melisma), song.weight))
        else:
            features, targets = data.pitch_rows(song)
            result.append((torch.tensor(features), torch.tensor(targets), None, song.weight))
    return result


def batches(songs, generator, size):
    pieces = []
    for features, targets, melisma, weight in songs:
        for start in range(0, len(targets), WINDOW):
            end = start + WINDOW
            pieces.append((features[start:end], targets[start:end], melisma[start:end] if melisma is not None else None,
                           weight))
    pieces.sort(key=lambda piece: len(piece[1]))
    groups = [pieces[i : i + size] for i in range(0, len(pieces), size)]
    for index in torch.randperm(len(groups), generator=generator).tolist():
        group = groups[index]
        longest = len(group[-1][1])
        x = torch.zeros(len(group), longest, group[0][0].shape[1], dtype=torch.int64)
        y = torch.full((len(group), longest), -100, dtype=torch.int64)
        m = torch.full((len(group), longest), -100, dtype=torch.int64)
        w = torch.zeros(len(group), longest)
        for row, (features, targets, melisma, weight) in enumerate(group):
            x[row, : len(targets)] = features
            y[row, : len(targets)] = targets
            if melisma is not None:
                m[row, : len(targets)] = melisma
            w[row, : len(targets)] = weight * (targets >= 0)
        yield x, y, m, w


def losses(logits, y, m):
    """Per-note losses [batch, time]: choice of class, and of melisma where there is one."""
    classes = logits.shape[-1] - (1 if m is not None else 0)
    main = cross_entropy(logits[..., :classes].flatten(0, -2), y.flatten(), ignore_index=-100, reduction="none")
    main = main.view(y.shape)
    if m is None:
        return main, torch.zeros_like(main)
    known = (m >= 0).float()
    second = binary_cross_entropy_with_logits(logits[..., -1], m.clamp(min=0).float(), reduction="none") * known
    return main, second


def evaluate(network, songs, kind):
    network.eval()
    total = torch.zeros(2)
    count = 0
    with torch.no_grad():
        for features, targets, melisma, _ in songs:
            m = melisma.unsqueeze(0) if melisma is not None else None
            a, b = losses(network(features.unsqueeze(0)), targets.unsqueeze(0), m)
            total += torch.stack([a.sum(), b.sum()])
            count += int((targets >= 0).sum())
    return (total / count).tolist()


def export(network, kind):
    columns = data.RHYTHM_FEATURES if kind == "rhythm" else data.PITCH_FEATURES
    outputs = model.RHYTHM_OUTPUTS if kind == "rhythm" else data.PITCHES
    meaning = ("gap classes " + " ".join(map(str, data.GAPS)) + " sixteenths to the next onset; last: melisma"
               if kind == "rhythm" else f"semitones from the base tonic, {data.LOWEST} to {data.HIGHEST}")
    entry = {
        "id": f"melody-{kind}",
        "version": "1",
        "task": "melody: " + ("time to the next note" if kind == "rhythm" else "pitch of the next note"),
        "licence": "GPL-3.0-or-later",
        "training_data": SOURCES,
        "seed": SEED,
        "features": [{"name": name, "values": size} for name, size in columns],
        "methods": {"step": {
            "inputs": [{"name": "features", "dtype": "int64", "shape": ["batch", len(columns)], "unit": "category",
                        "range": "see features; out of range is clamped"}],
            "outputs": [{"name": "logits", "dtype": "float32", "shape": ["batch", outputs], "unit": "nat",
                         "range": meaning}],
        }},
    }
    sizes = [size for _, size in columns]
    golden = torch.tensor([[size // 2 for size in sizes], [0] * len(sizes)])
    return contract.export(torch.jit.script(network.eval()), HERE, entry, ("step", [golden]))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", choices=["rhythm", "pitch"], required=True)
    parser.add_argument("--minutes", type=float, default=12)
    parser.add_argument("--epochs", type=int, default=16)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--checkpoint", type=Path)
    parser.add_argument("--resume", action="store_true")
    arguments = parser.parse_args()
    checkpoint = arguments.checkpoint or Path(f"melody-{arguments.model}-checkpoint.pt")
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    songs = data.load(arguments.data, arguments.cache)
    train = prepare([s for s in songs if not data.held_out(s)], arguments.model)
    test = prepare([s for s in songs if data.held_out(s) and "double" not in s.name], arguments.model)
    network = model.rhythm() if arguments.model == "rhythm" else model.pitch()
    best = float("inf")
    if arguments.resume and checkpoint.exists():
        network.load_state_dict(torch.load(checkpoint))
        best = sum(evaluate(network, test, arguments.model))
    print(f"{len(train)} songs to train on, {len(test)} held out, "
          f"{sum(p.numel() for p in network.parameters())} parameters", flush=True)
    rate = 2.5e-3 if not arguments.resume else 1.2e-3
    optimiser = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=0.02)
    generator = torch.Generator().manual_seed(SEED)
    started = time.monotonic()
    for epoch in range(arguments.epochs):
        network.train()
        for x, y, m, w in batches(train, generator, 24):
            progress = max(epoch / arguments.epochs, (time.monotonic() - started) / 60 / arguments.minutes)
            for group in optimiser.param_groups:
                group["lr"] = rate * max(0.05, min(1.0, 1.15 - progress))
            logits = network(x)
            a, b = losses(logits, y, m if arguments.model == "rhythm" else None)
            loss = ((a + b) * w).sum() / w.sum()
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
        value = evaluate(network, test, arguments.model)
        minutes = (time.monotonic() - started) / 60
        print(f"epoch {epoch + 1}: held-out {value[0]:.4f} + {value[1]:.4f} nat a note, {minutes:.1f} min", flush=True)
        if sum(value) < best:
            best = sum(value)
            torch.save(network.state_dict(), checkpoint)
        if minutes > arguments.minutes:
            break
    network.load_state_dict(torch.load(checkpoint))
    print("exported", export(network, arguments.model))


if __name__ == "__main__":
    main()
