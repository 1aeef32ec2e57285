"""Feature rows of the three networks. The program builds the same rows; keep the two in step (golden inputs check it)."""

from __future__ import annotations

import numpy as np

import data
from model import EVENT_FIELDS, PATTERN_FIELDS, PATTERN_MASKS, TOUCH_FIELDS, TOUCH_MASKS


def _place(p: data.Performance, start: int, count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    steps = np.arange(start * p.bar, (start + count) * p.bar)
    return steps, (steps // p.steps) % p.beats, steps % p.steps


def _shifted(mask: np.ndarray, by: int, steps: np.ndarray, first: int) -> np.ndarray:
    """mask[steps - by], 0 before the step `first`, where the network's memory begins, and after the end."""
    source = steps - by
    valid = (source >= first) & (source < len(mask))
    return np.where(valid, mask[np.clip(source, 0, len(mask) - 1)], 0)


def pattern_rows(p: data.Performance, start: int, count: int, past: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows [steps, fields + masks] and targets of `count` bars from `start`; `past` bars before them are known."""
    steps, beat, step = _place(p, start, count)
    bars = steps // p.bar
    fill_next = np.append(p.fill[1:], 0)
    first = (start - past) * p.bar
    known = np.minimum(bars - (start - past), 2)
    columns = [np.full_like(steps, p.style), np.full_like(steps, data.tempo_bucket(p.bpm)),
               np.full_like(steps, p.steps - 3), np.full_like(steps, p.beats - 3), p.density[bars], p.loudness[bars],
               beat, step, bars % 8, p.fill[bars], fill_next[bars], known]  # fmt: skip
    for by in (1, 2, p.steps, p.bar, p.bar - 1, 2 * p.bar):
        columns.append(_shifted(p.mask, by, steps, first))
    rows = np.stack(columns, 1)
    assert rows.shape[1] == len(PATTERN_FIELDS) + len(PATTERN_MASKS)
    return rows, p.mask[steps]


def touch_rows(p: data.Performance, start: int, count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows, floats and targets [steps, 18] (velocity bin, offset bin; -1 = no hit) of a window with no known past."""
    steps, beat, step = _place(p, start, count)
    bars = steps // p.bar
    first = start * p.bar
    columns = [np.full_like(steps, p.style), np.full_like(steps, data.tempo_bucket(p.bpm)),
               np.full_like(steps, p.steps - 3), np.full_like(steps, p.beats - 3), p.density[bars], p.loudness[bars],
               beat, step, p.fill[bars]]  # fmt: skip
    for by in (0, 1, 2, -1, -2, p.bar):
        columns.append(_shifted(p.mask, by, steps, first))
    rows = np.stack(columns, 1)
    assert rows.shape[1] == len(TOUCH_FIELDS) + len(TOUCH_MASKS)
    floats = np.zeros((len(steps), 36), np.float32)
    last_velocity, last_offset = np.zeros(9, np.float32), np.zeros(9, np.float32)
    for i, s in enumerate(steps):
        floats[i, :9], floats[i, 9:18] = last_velocity, last_offset
        if s - p.bar >= first:
            floats[i, 18:27] = p.velocity[s - p.bar] / 127
            floats[i, 27:] = p.offset[s - p.bar] * 6
        hit = p.velocity[s] > 0
        last_velocity = np.where(hit, p.velocity[s] / 127, last_velocity).astype(np.float32)
        last_offset = np.where(hit, p.offset[s] * 6, last_offset).astype(np.float32)
    hit = p.velocity[steps] > 0
    velocity = np.where(hit, velocity_bin(p.velocity[steps]), -1)
    offset = np.where(hit, offset_bin(p.offset[steps]), -1)
    return rows, floats, np.concatenate([velocity, offset], 1)


def velocity_bin(velocity: np.ndarray) -> np.ndarray:
    return np.clip(velocity, 0, 127) * data.VELOCITY_BINS // 128


def offset_bin(offset: np.ndarray) -> np.ndarray:
    return np.clip(np.round(offset * 96) + data.OFFSET_BINS // 2, 0, data.OFFSET_BINS - 1).astype(np.int64)


def event_rows(bar: data.Bar, reference: data.Bar | None) -> tuple[np.ndarray, np.ndarray]:
    """Rows [steps, fields] of one bar and targets [steps, 3] (event, length or -1, velocity or -1)."""
    n = bar.steps * bar.beats
    none = data.EVENTS
    rows = np.zeros((n, len(EVENT_FIELDS)), np.int64)
    rows[:, 0], rows[:, 1], rows[:, 2] = bar.role, bar.family, bar.section
    rows[:, 3], rows[:, 4], rows[:, 5] = bar.steps - 3, bar.beats - 3, bar.density
    change_at = next((s for s in range(1, n) if bar.roots[s] != bar.roots[0] or bar.qualities[s] != bar.qualities[0]), n)
    last_pitch, last_at = None, -1
    base = data._BASE[bar.role]
    for s in range(n):
        before = s < change_at
        root = int(bar.roots[s])
        ahead = change_at if before else n
        follows = int(bar.roots[change_at]) if before and change_at < n else bar.next_root
        rows[s, 6] = bar.qualities[s]
        rows[s, 7] = bar.qualities[change_at] if before and change_at < n else 8
        same = follows == root and not (before and change_at < n)
        rows[s, 8] = 12 if same else (follows - root) % 12
        rows[s, 9] = min(ahead - s, 8)
        rows[s, 10] = min(s - (0 if before else change_at), 3)
        rows[s, 11], rows[s, 12] = s // bar.steps, s % bar.steps
        rows[s, 13] = none if reference is None else reference.events[s]
        rows[s, 14] = none if reference is None or s + 1 >= n else reference.events[s + 1]
        rows[s, 15] = none if s == 0 else bar.events[s - 1]
        anchor = base + (root - base) % 12
        if last_at < 0:
            rows[s, 16] = none
        elif last_pitch is None:
            rows[s, 16] = data.EVENT_CHORD
        else:
            rows[s, 16] = data.EVENT_NOTE + min(max(last_pitch - anchor, data.LOWEST), data.HIGHEST) - data.LOWEST
        played = reference is not None and reference.events[s] > 0
        rows[s, 17] = reference.lengths[s] if played else 10
        rows[s, 18] = reference.velocities[s] if played else 8
        rows[s, 19] = 8 if last_at < 0 else min(s - last_at, 7)
        event = int(bar.events[s])
        if event == data.EVENT_CHORD:
            last_pitch, last_at = None, s
        elif event >= data.EVENT_NOTE:
            last_pitch, last_at = anchor + event - data.EVENT_NOTE + data.LOWEST, s
    played = bar.events > 0
    targets = np.stack([bar.events, np.where(played, bar.lengths, -1), np.where(played, bar.velocities, -1)], 1)
    return rows, targets
