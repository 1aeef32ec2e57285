"""Three step networks: which drums are hit, how they are touched, and what the accompaniment plays.

Each is a recurrent network over the steps of a bar. What came a bar ago (drums) or at the same step of the pattern's
reference bar (accompaniment) is an input, so that repetition is a lookup and variation is what the network learns.
Every feature is an integer; `FIELDS` lists them in order with their number of values.
"""

from __future__ import annotations

from typing import List, Tuple

import torch
from torch import Tensor, nn

import data

MASKS = 512  # a step's hits as nine bits, bit k = data.DRUM_CLASSES[k]
STYLES = len(data.DRUM_STYLES) + len(data.FAMILIES)

PATTERN_FIELDS = [("style", STYLES), ("tempo", 7), ("steps", 2), ("beats", 2), ("density", 5), ("loudness", 5),
                  ("beat", 4), ("step", 4), ("bar", 8), ("fill", 2), ("fill_next", 2), ("has_past", 3)]  # fmt: skip
PATTERN_MASKS = ["1 step ago", "2 steps ago", "1 beat ago", "1 bar ago", "1 bar ago, next step", "2 bars ago"]

TOUCH_FIELDS = [("style", STYLES), ("tempo", 7), ("steps", 2), ("beats", 2), ("density", 5), ("loudness", 5),
                ("beat", 4), ("step", 4), ("fill", 2)]  # fmt: skip
TOUCH_MASKS = ["now", "1 step ago", "2 steps ago", "1 step ahead", "2 steps ahead", "1 bar ago"]
TOUCH_FLOATS = 36  # last velocity / 127 and offset * 6 of each class, then the same of this step a bar ago; 0 = none

EVENT_FIELDS = [("role", len(data.ROLES)), ("family", len(data.FAMILIES)), ("section", len(data.SECTIONS)),
                ("steps", 2), ("beats", 2), ("density", 4), ("quality", len(data.QUALITIES)), ("next_quality", 9),
                ("next_root", 13), ("until_change", 9), ("since_change", 4), ("beat", 4), ("step", 4),
                ("reference", data.EVENTS + 1), ("reference_next", data.EVENTS + 1), ("previous", data.EVENTS + 1),
                ("last_note", data.EVENTS + 1), ("reference_length", 11), ("reference_velocity", 9),
                ("since_note", 9)]  # fmt: skip


class _Embedded(nn.Module):
    """All fields in one table, so that a step needs one lookup: ids [..., fields] -> [..., fields * width]."""

    def __init__(self, fields: list[tuple[str, int]], width: int):
        super().__init__()
        sizes = [size for _, size in fields]
        starts = [sum(sizes[:i]) for i in range(len(sizes))]
        self.register_buffer("starts", torch.tensor(starts))
        self.table = nn.Embedding(sum(sizes), width)
        self.out = len(fields) * width

    def forward(self, ids: Tensor) -> Tensor:
        return self.table(ids + self.starts).flatten(-2)


class StepNetwork(nn.Module):
    """ids [B, fields + masks] int64 and optionally floats [B, n] -> logits [B, outputs] for this step."""

    def __init__(self, fields: list[tuple[str, int]], masks: int, floats: int, outputs: int, hidden: int, width: int):
        super().__init__()
        self.fields = len(fields)
        self.masks = masks
        self.floats = floats
        self.hidden = hidden
        self.embed = _Embedded(fields, width)
        self.register_buffer("bits", 2 ** torch.arange(9))
        self.inlet = nn.Linear(self.embed.out + masks * 9 + floats, hidden)
        self.gru = nn.GRU(hidden, hidden, batch_first=True)
        self.middle = nn.Linear(hidden * 2, hidden)
        self.outlet = nn.Linear(hidden, outputs)
        self.dropout = nn.Dropout(0.1)

    def inputs(self, ids: Tensor, floats: Tensor) -> Tensor:
        parts = [self.embed(ids[..., : self.fields])]
        if self.masks > 0:
            masks = ids[..., self.fields :].unsqueeze(-1)
            parts.append((torch.bitwise_and(masks, self.bits) > 0).flatten(-2).to(torch.float32))
        if self.floats > 0:
            parts.append(floats)
        return torch.relu(self.inlet(torch.cat(parts, -1)))

    def outputs(self, x: Tensor, h: Tensor) -> Tensor:
        return self.outlet(torch.relu(self.middle(torch.cat([x, h], -1))))

    def forward(self, ids: Tensor, floats: Tensor) -> Tensor:
        """Teacher forcing: ids [B, T, fields + masks] -> logits [B, T, outputs]."""
        x = self.dropout(self.inputs(ids, floats))
        h, _ = self.gru(x)
        return self.outputs(x, self.dropout(h))

    @torch.jit.export
    def step(self, ids: Tensor, floats: Tensor, cache: List[Tensor]) -> Tuple[Tensor, List[Tensor]]:
        x = self.inputs(ids, floats)
        h, state = self.gru(x.unsqueeze(1), cache[0].unsqueeze(0))
        return self.outputs(x, h.squeeze(1)), [state.squeeze(0)]

    @torch.jit.export
    def initial_cache(self, batch: int) -> List[Tensor]:
        return [torch.zeros(batch, self.hidden)]


def pattern_network() -> StepNetwork:
    """Which drums are hit: 512 logits, one a mask."""
    return StepNetwork(PATTERN_FIELDS, len(PATTERN_MASKS), 0, MASKS, 144, 12)


def touch_network() -> StepNetwork:
    """How hits are played: for each class 16 velocity logits (all classes first), then 33 offset logits a class."""
    outputs = 9 * (data.VELOCITY_BINS + data.OFFSET_BINS)
    return StepNetwork(TOUCH_FIELDS, len(TOUCH_MASKS), TOUCH_FLOATS, outputs, 128, 12)


def accompaniment_network() -> StepNetwork:
    """Event logits, then length logits, then velocity logits."""
    outputs = data.EVENTS + len(data.LENGTHS) + data.ACCOMPANIMENT_VELOCITIES
    return StepNetwork(EVENT_FIELDS, 0, 0, outputs, 144, 12)
