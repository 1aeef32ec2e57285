"""Prepared training data in one compact file, and batches of it that are gathered where the network is trained.

The feature rows themselves come from features.py, computed once over whole performances; a batch cuts windows out of
them and hides what lies before a window's memory.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor

import data
import features

SPLITS = ["train", "validation", "test"]
WINDOW_BARS = 4
_LAGGED = [12, 13, 14, 15, 16, 17]  # columns of pattern rows that look back, see model.PATTERN_MASKS
_TOUCH_LAGGED = [10, 11, 14]  # columns of touch rows that look back


def save(path: Path, performances: list[data.Performance], bars: list[data.Bar]) -> None:
    heads = [(p.style, p.beats, p.steps, p.human, SPLITS.index(p.split), len(p.mask)) for p in performances]
    order = sorted(range(len(bars)), key=lambda i: bars[i].group)
    rows = np.zeros((len(bars), 16, 20), np.uint8)
    targets = np.full((len(bars), 16, 3), -1, np.int8)
    groups = {group: i for i, group in enumerate(sorted({b.group for b in bars}))}
    for place, i in enumerate(order):
        r, t = features.event_rows(bars[i], None)
        rows[place, : len(r)], targets[place, : len(t)] = r, t
    human = [p for p in performances if p.human]  # touch is learned from people only
    np.savez_compressed(
        path,
        heads=np.array(heads, np.int32),
        bpm=np.array([p.bpm for p in performances], np.float32),
        mask=np.concatenate([p.mask for p in performances]).astype(np.int16),
        bar=np.concatenate([np.stack([p.fill, p.density, p.loudness], 1) for p in performances]).astype(np.int8),
        velocity=np.concatenate([p.velocity for p in human]).astype(np.int8),
        offset=np.concatenate([p.offset for p in human]).astype(np.float32),
        rows=rows,
        targets=targets,
        group=np.array([groups[bars[i].group] for i in order], np.int32),
        split=np.array([SPLITS.index(bars[i].split) for i in order], np.int8),
    )


def performances(file) -> list[data.Performance]:
    result, step, bar, touched = [], 0, 0, 0
    for (style, beats, steps, human, split, n), bpm in zip(file["heads"].tolist(), file["bpm"].tolist()):
        count = n // (beats * steps)
        velocity, offset = np.zeros((n, 9), np.int64), np.zeros((n, 9), np.float32)
        if human:
            velocity[:] = file["velocity"][touched : touched + n]
            offset[:] = file["offset"][touched : touched + n]
            touched += n
        fill, density, loudness = file["bar"][bar : bar + count].astype(np.int64).T
        result.append(
            data.Performance(style, bpm, beats, steps, bool(human), SPLITS[split], velocity, offset,
                             file["mask"][step : step + n].astype(np.int64), fill, density, loudness)
        )  # fmt: skip
        step, bar = step + n, bar + count
    return result


class PatternSet:
    """Windows of up to four bars; targets are masks, -1 = padding."""

    def __init__(self, items: list[data.Performance], device: torch.device):
        rows, targets, windows, first = [], [], [], 0
        for p in items:
            r, t = self._rows(p)
            rows.append(r)
            targets.append(t)
            # programmed grooves repeat one pattern: fewer windows of them
            stride = 4 if p.human else 12
            for start in range(0, p.bars, stride):
                windows.append((first, start, p.bars, p.bar, p.steps, stride))
            first += len(p.mask)
        self.device = device
        self.rows = torch.from_numpy(np.concatenate(rows)).to(device, torch.int16)
        self.targets = torch.from_numpy(np.concatenate(targets)).to(device, torch.int16)
        self.windows = torch.tensor(windows).to(device)

    def _rows(self, p: data.Performance) -> tuple[np.ndarray, np.ndarray]:
        return features.pattern_rows(p, 0, p.bars, 0)

    def __len__(self) -> int:
        return len(self.windows)

    def _window(self, chosen: Tensor, random: torch.Generator, shuffle: bool):
        """Start bars [B] and, for each of the window's steps, its row [B, T] and whether it is inside [B, T]."""
        first, start, bars, bar, steps, stride = self.windows[chosen].T
        if shuffle:
            moved = start + (torch.rand(len(chosen), generator=random, device=self.device) * stride).long()
            start = torch.minimum(moved, bars - 1)
        t = torch.arange(WINDOW_BARS * 16, device=self.device)
        inside = t < (torch.minimum(bars - start, torch.full_like(bars, WINDOW_BARS)) * bar).unsqueeze(1)
        at = ((first + start * bar).unsqueeze(1) + t) * inside
        return start, t, at, inside, bar, steps

    def batch(self, chosen: Tensor, random: torch.Generator, shuffle: bool = True):
        start, t, at, inside, bar, steps = self._window(chosen, random, shuffle)
        rows = self.rows[at].long()
        alone = torch.rand(len(chosen), generator=random, device=self.device) < 0.4
        past = torch.where(alone, torch.zeros_like(start), start.clamp(max=2))
        rows[..., 11] = (t // bar.unsqueeze(1) + past.unsqueeze(1)).clamp(max=2)
        known = t + (past * bar).unsqueeze(1)  # steps since the memory began
        lags = torch.stack([torch.ones_like(bar), torch.full_like(bar, 2), steps, bar, bar - 1, 2 * bar], 1)
        rows[..., _LAGGED] *= known.unsqueeze(2) >= lags.unsqueeze(1)
        targets = self.targets[at].long().masked_fill(~inside, -1)
        return rows, torch.zeros(0, device=self.device), targets


class TouchSet(PatternSet):
    """Windows of up to four bars of human playing; targets [B, T, 18] are velocity and offset bins, -1 = no hit."""

    def __init__(self, items: list[data.Performance], device: torch.device):
        self._floats: list[np.ndarray] = []
        super().__init__([p for p in items if p.human], device)
        self.floats = torch.from_numpy(np.concatenate(self._floats)).to(device)
        del self._floats

    def _rows(self, p: data.Performance) -> tuple[np.ndarray, np.ndarray]:
        rows, floats, targets = features.touch_rows(p, 0, p.bars)
        self._floats.append(floats)
        return rows, targets

    def batch(self, chosen: Tensor, random: torch.Generator, shuffle: bool = True):
        start, t, at, inside, bar, steps = self._window(chosen, random, shuffle)
        rows = self.rows[at].long()
        lags = torch.stack([torch.ones_like(bar), torch.full_like(bar, 2), bar], 1)
        rows[..., _TOUCH_LAGGED] *= t.unsqueeze(1) >= lags.unsqueeze(1)
        targets = self.targets[at].long().masked_fill(~inside.unsqueeze(2), -1)
        hit = (targets[..., :9] >= 0).long()
        touched = (hit.cumsum(1) - hit > 0).float()
        a_bar_ago = (t >= bar.unsqueeze(1)).float().unsqueeze(2).expand(-1, -1, 18)
        floats = self.floats[at] * torch.cat([touched, touched, a_bar_ago], 2)
        return rows, floats, targets


class EventSet:
    """Single bars with a reference bar of the same group, or none; targets [B, 16, 3] event, length, velocity."""

    def __init__(self, rows: np.ndarray, targets: np.ndarray, group: np.ndarray, device: torch.device):
        self.device = device
        self.rows = torch.from_numpy(rows).to(device)
        self.targets = torch.from_numpy(targets).to(device)
        _, first, inverse, count = np.unique(group, return_index=True, return_inverse=True, return_counts=True)
        self.first = torch.from_numpy(first[inverse]).to(device)
        self.count = torch.from_numpy(count[inverse]).to(device)

    def __len__(self) -> int:
        return len(self.rows)

    def batch(self, chosen: Tensor, random: torch.Generator, shuffle: bool = True):
        first, count = self.first[chosen], self.count[chosen]
        draws = torch.rand(2, len(chosen), generator=random, device=self.device)
        mate = first + (chosen - first + 1 + (draws[0] * (count - 1)).long()) % count
        shown = ((count > 1) & (draws[1] > 0.25)).unsqueeze(1)
        rows, targets = self.rows[chosen].long(), self.targets[chosen].long()
        reference = self.targets[mate].long()
        event = torch.where(shown & (reference[..., 0] >= 0), reference[..., 0], data.EVENTS)
        rows[..., 13] = event
        rows[..., 14] = torch.cat([event[:, 1:], torch.full_like(event[:, :1], data.EVENTS)], 1)
        played = shown & (reference[..., 1] >= 0)
        rows[..., 17] = torch.where(played, reference[..., 1], len(data.LENGTHS))
        rows[..., 18] = torch.where(played, reference[..., 2], data.ACCOMPANIMENT_VELOCITIES)
        return rows, torch.zeros(0, device=self.device), targets


def dataset(kind: str, file, splits: tuple[str, ...], device: torch.device):
    if kind == "accompaniment":
        chosen = np.isin(file["split"], [SPLITS.index(s) for s in splits])
        return EventSet(file["rows"][chosen], file["targets"][chosen], file["group"][chosen], device)
    items = [p for p in performances(file) if p.split in splits]
    return (TouchSet if kind == "touch" else PatternSet)(items, device)
