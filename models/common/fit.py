"""Training of the feature models on arrays of whole songs, with or without a GPU.

A prepared file (numpy .npz) holds the songs of one model end to end:
    rows      [F, notes] uint8, the feature columns (a column at a time compresses well)
    targets   [notes] int16, class to predict, -100 for none
    second    [notes] int16, 0 or 1 for a second yes-or-no output, -100 for none (optional)
    start     [songs] int32, length [songs] int32, weight [songs] float32
    held      [songs] bool, held out; extra [songs] bool, of the first stage only; judged [songs] bool, held out and
              part of the reported figure
"""

from __future__ import annotations

import math
import time
from contextlib import nullcontext
from pathlib import Path
from typing import Any, Callable

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

DEFAULTS: dict[str, Any] = {
    "rate": 1.0e-3, "decay": 0.1, "batch": 48, "length": 192, "smoothing": 0.02, "second": 0.5, "average": 0.996,
    "warmup": 200, "stage": 0.5, "extra": 1.0,
}


class Songs:
    """A prepared file on a device, and batches of crops from it."""

    def __init__(self, path: Path, device: torch.device, masks: list[tuple[int, int, float]]):
        arrays = np.load(path)
        self.rows = torch.from_numpy(np.ascontiguousarray(arrays["rows"].T)).to(device)
        self.targets = torch.from_numpy(arrays["targets"].astype(np.int64)).to(device)
        self.has_second = "second" in arrays
        second = arrays["second"] if self.has_second else np.full(len(arrays["targets"]), -100)
        self.second = torch.from_numpy(second.astype(np.int64)).to(device)
        self.start = torch.from_numpy(arrays["start"].astype(np.int64)).to(device)
        self.length = torch.from_numpy(arrays["length"].astype(np.int64)).to(device)
        self.weight = torch.from_numpy(arrays["weight"].astype(np.float32)).to(device)
        self.extra = torch.from_numpy(arrays["extra"]).to(device)
        self.train = torch.nonzero(torch.from_numpy(~arrays["held"]).to(device)).flatten()
        self.judged = torch.nonzero(torch.from_numpy(arrays["judged"]).to(device)).flatten()
        self.masks = masks
        self.device = device

    def gather(self, songs: Tensor, offset: Tensor, length: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Rows [batch, length, F], targets and second targets [batch, length] (-100 past the end), weights."""
        place = offset.unsqueeze(1) + torch.arange(length, device=self.device)
        inside = place < self.length[songs].unsqueeze(1)
        index = self.start[songs].unsqueeze(1) + torch.minimum(place, self.length[songs].unsqueeze(1) - 1)
        x = self.rows[index].long()
        y = self.targets[index].masked_fill(~inside, -100)
        z = self.second[index].masked_fill(~inside, -100)
        return x, y, z, self.weight[songs].unsqueeze(1) * (y >= 0)

    def batch(self, chances: Tensor, size: int, length: int, generator: torch.Generator):
        songs = self.train[torch.multinomial(chances, size, replacement=True, generator=generator)]
        room = (self.length[songs] - length).clamp(min=0)
        offset = (torch.rand(size, device=self.device, generator=generator) * (room + 1)).long()
        x, y, z, w = self.gather(songs, offset, length)
        for column, value, chance in self.masks:
            hidden = torch.rand(size, 1, device=self.device, generator=generator) < chance
            x[..., column] = torch.where(hidden, torch.full_like(x[..., column], value), x[..., column])
        return x, y, z, w


def losses(logits: Tensor, y: Tensor, z: Tensor, second: bool, smoothing: float) -> tuple[Tensor, Tensor]:
    """Losses of each step [batch, time] in nat: of the class, and of the second output (the last logit)."""
    logits = logits.float()
    classes = logits.shape[-1] - int(second)
    main = cross_entropy(logits[..., :classes].flatten(0, 1), y.flatten(), ignore_index=-100, reduction="none",
                         label_smoothing=smoothing).view(y.shape)
    if not second:
        return main, torch.zeros_like(main)
    other = binary_cross_entropy_with_logits(logits[..., -1], z.clamp(min=0).float(), reduction="none") * (z >= 0)
    return main, other


def held_out_loss(network: nn.Module, songs: Songs, precision: Callable) -> tuple[float, float]:
    """Mean nats a step of the judged songs, attributes that a person would have to give hidden."""
    network.eval()
    order = songs.judged[torch.argsort(songs.length[songs.judged])]
    total = torch.zeros(2, dtype=torch.float64, device=songs.device)
    count = 0
    size = 8 if songs.device.type == "cpu" else 32
    with torch.no_grad():
        for first in range(0, len(order), size):
            group = order[first : first + size]
            x, y, z, _ = songs.gather(group, torch.zeros_like(group), int(songs.length[group].max()))
            for column, value, chance in songs.masks:
                if chance >= 0.5:
                    x[..., column] = value
            with precision():
                logits = network(x)
            a, b = losses(logits, y, z, songs.has_second, 0.0)
            total += torch.stack([a.sum(), b.sum()])
            count += int((y >= 0).sum())
    network.train()
    first, second = (total / max(1, count)).tolist()
    return first, second


def fit(network: nn.Module, path: Path, settings: dict[str, Any], masks: list[tuple[int, int, float]], minutes: float,
        checkpoint: Path, about: dict[str, Any], seed: int, steps: int = 0) -> float:
    """Trains by the clock and keeps the averaged weights that are best on the held-out songs.

    The rate rises, holds and falls with the share of `minutes` (or of `steps`, if given and sooner) that has passed; the extra
    songs leave after the share `stage`. `checkpoint` gets {"state" (half precision), "settings", "held", ...about}.
    """
    with_gpu = torch.cuda.is_available()
    device = torch.device("cuda" if with_gpu else "cpu")
    if not with_gpu:
        torch.set_num_threads(1)
    chosen = {**DEFAULTS, **settings}
    torch.manual_seed(seed)
    generator = torch.Generator(device=device).manual_seed(seed)
    songs = Songs(path, device, masks)
    network = network.to(device).train()
    average = {name: value.detach().clone() for name, value in network.state_dict().items()}
    precision = (lambda: torch.autocast("cuda", dtype=torch.bfloat16)) if with_gpu else nullcontext
    matrices = [p for n, p in network.named_parameters() if p.dim() >= 2 and "distance" not in n]
    rest = [p for n, p in network.named_parameters() if p.dim() < 2 or "distance" in n]
    optimiser = torch.optim.AdamW([{"params": matrices, "weight_decay": chosen["decay"]},
                                   {"params": rest, "weight_decay": 0.0}], lr=chosen["rate"], betas=(0.9, 0.98))
    extra = songs.extra[songs.train]
    crops = (songs.length[songs.train].float() / chosen["length"]).clamp(min=1.0)
    early = crops * torch.where(extra, torch.full_like(crops, chosen["extra"]), torch.ones_like(crops))
    late = crops * (~extra).float()
    if float(late.sum()) == 0:
        late = early
    print(f"{len(songs.train)} songs to train on, {len(songs.judged)} held out, "
          f"{sum(p.numel() for p in network.parameters())} parameters, {device}", flush=True)
    best, step, running, seen = float("inf"), 0, 0.0, 0
    started = last = time.monotonic()
    while True:
        elapsed = (time.monotonic() - started) / 60
        progress = max(elapsed / minutes, step / steps if steps else 0.0)
        if progress >= 1:
            break
        scale = min(1.0, (step + 1) / chosen["warmup"])
        scale *= 1.0 if progress < 0.4 else 0.5 * (1 + math.cos(math.pi * (progress - 0.4) / 0.6)) * 0.98 + 0.02
        for group in optimiser.param_groups:
            group["lr"] = chosen["rate"] * scale
        chances = early if progress < chosen["stage"] else late
        x, y, z, w = songs.batch(chances, chosen["batch"], chosen["length"], generator)
        with precision():
            logits = network(x)
        a, b = losses(logits, y, z, songs.has_second, chosen["smoothing"])
        loss = ((a + chosen["second"] * b) * w).sum() / w.sum()
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        step += 1
        keep = min(chosen["average"], (step + 1) / (step + 10))
        with torch.no_grad():
            live = [v for v in network.state_dict().values() if v.is_floating_point()]
            kept = [v for v in average.values() if v.is_floating_point()]
            torch._foreach_mul_(kept, keep)
            torch._foreach_add_(kept, live, alpha=1 - keep)
        running, seen = running + loss.detach(), seen + 1
        ends = (steps and step >= steps) or (time.monotonic() - started) / 60 > minutes - 0.02
        if time.monotonic() - last > 20 or ends or (with_gpu and step % 150 == 0):
            last = time.monotonic()
            mine = {name: value.detach().clone() for name, value in network.state_dict().items()}
            network.load_state_dict(average)
            value = held_out_loss(network, songs, precision)
            if value[0] < best:
                best = value[0]
                state = {n: (v.half() if v.is_floating_point() else v).cpu() for n, v in average.items()}
                unfinished = checkpoint.with_suffix(".part")
                torch.save({"state": state, "settings": settings, "held": value, "step": step, **about}, unfinished)
                unfinished.replace(checkpoint)
            network.load_state_dict(mine)
            print(f"step {step}, {(last - started) / 60:.1f} min: train {float(running) / seen:.4f}, "
                  f"held-out {value[0]:.4f} + {value[1]:.4f} nat, best {best:.4f}", flush=True)
            running, seen = 0.0, 0
    return best
