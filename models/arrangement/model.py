"""Three step networks: which drums are hit, how they are touched, and what the accompaniment plays.

Each is a recurrent network over the steps of a bar. What came a bar ago (drums) or at the same step of the pattern's
reference bar (accompaniment) is an input, so that repetition is a lookup and variation is what the network learns.
Every feature is an integer; `FIELDS` lists them in order with their number of values.
"""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True)
class Size:
    """Size of a network and what is dropped while it learns."""

    hidden: int = 144
    layers: int = 1
    width: int = 12  # of a field's embedding
    dropout: float = 0.1
    field_dropout: float = 0.0


class _Embedded(nn.Module):
    """All fields in one table, so that a step needs one lookup: ids [..., fields] -> [..., fields, width]."""

    def __init__(self, fields: list[tuple[str, int]], width: int):
        super().__init__()
        sizes = [size for _, size in fields]
        starts = [sum(sizes[:i]) for i in range(len(sizes))]
        self.register_buffer("starts", torch.tensor(starts))
        self.table = nn.Embedding(sum(sizes), width)
        self.out = len(fields) * width

    def forward(self, ids: Tensor) -> Tensor:
        return self.table(ids + self.starts)


class StepNetwork(nn.Module):
    """ids [B, fields + masks] int64 and optionally floats [B, n] -> logits [B, outputs] for this step."""

    def __init__(self, fields: list[tuple[str, int]], masks: int, floats: int, outputs: int, size: Size):
        super().__init__()
        self.fields = len(fields)
        self.masks = masks
        self.floats = floats
        self.hidden = size.hidden
        self.layers = size.layers
        self.embed = _Embedded(fields, size.width)
        self.register_buffer("bits", 2 ** torch.arange(9))
        self.inlet = nn.Linear(self.embed.out + masks * 9 + floats, size.hidden)
        between = size.dropout if size.layers > 1 else 0.0
        self.gru = nn.GRU(size.hidden, size.hidden, size.layers, batch_first=True, dropout=between)
        self.middle = nn.Linear(size.hidden * 2, size.hidden)
        self.outlet = nn.Linear(size.hidden, outputs)
        self.dropout = nn.Dropout(size.dropout)
        self.field_dropout = nn.Dropout(size.field_dropout)

    def inputs(self, ids: Tensor, floats: Tensor) -> Tensor:
        fields = self.embed(ids[..., : self.fields])
        if self.training:
            # A field is hidden for a whole sequence, so that no single one (the style, say) is leaned on alone.
            fields = fields * self.field_dropout(torch.ones_like(fields[:, :1, :, :1]))
        parts = [fields.flatten(-2)]
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
        h, state = self.gru(x.unsqueeze(1), torch.stack(cache))
        return self.outputs(x, h.squeeze(1)), state.unbind(0)

    @torch.jit.export
    def initial_cache(self, batch: int) -> List[Tensor]:
        return [torch.zeros(batch, self.hidden) for _ in range(self.layers)]


def network(kind: str, size: Size) -> StepNetwork:
    """An untrained network: `pattern` (512 logits, one a set of hits), `touch` (for each drum class 16 velocity logits,
    all classes first, then 33 offset logits a class) or `accompaniment` (event, length and velocity logits)."""
    if kind == "pattern":
        return StepNetwork(PATTERN_FIELDS, len(PATTERN_MASKS), 0, MASKS, size)
    if kind == "touch":
        outputs = 9 * (data.VELOCITY_BINS + data.OFFSET_BINS)
        return StepNetwork(TOUCH_FIELDS, len(TOUCH_MASKS), TOUCH_FLOATS, outputs, size)
    outputs = data.EVENTS + len(data.LENGTHS) + data.ACCOMPANIMENT_VELOCITIES
    return StepNetwork(EVENT_FIELDS, 0, 0, outputs, size)


def restored(kind: str, state: dict[str, Tensor]) -> StepNetwork:
    """The network of a state dict, whatever its size, ready for use."""
    layers = sum(name.startswith("gru.weight_hh") for name in state)
    hidden, width = state["gru.weight_hh_l0"].shape[1], state["embed.table.weight"].shape[1]
    result = network(kind, Size(hidden, layers, width))
    result.load_state_dict(state)
    return result.eval()
