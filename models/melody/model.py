"""Melody models: when the next note comes (rhythm), and which note it is (pitch)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Dict, List, Tuple

import torch
from torch import Tensor, nn

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from common.feature_transformer import FeatureTransformer  # noqa: E402

import data  # noqa: E402
import features as columns  # noqa: E402

RHYTHM_OUTPUTS = len(data.GAPS) + 1   # gap classes, then one logit: the next note continues the syllable
WINDOW = 256


class RhythmModel(nn.Module):
    """logit(gap) = gap[class] + place[metre, position of the next onset] + copy[k] for each reference k it equals.

    References are the gaps at the same place of earlier bars and lines and the time that is left: what is learnt of
    repeating a rhythm holds for all rhythms, which little data needs.
    """

    REFERENCES = ["gap1", "gap2", "lag1", "lag2", "lag4", "lag8", "lag16", "verse1", "verse2", "verse4"]

    def __init__(self, width: int = 160, layers: int = 4, heads: int = 8, groups: int = 2, hidden: int = 448,
                 embedding: int = 12, dropout: float = 0.25, hide: float = 0.1):
        super().__init__()
        gaps = len(data.GAPS)
        self.gaps = gaps
        self.references = len(self.REFERENCES) + 1
        self.core = FeatureTransformer(columns.RHYTHM_COLUMNS, gaps + 16 + self.references + 1, width, layers, heads,
                                       groups, hidden, embedding, WINDOW, dropout, hide)
        names = columns.RHYTHM_NAMES
        self.position_column, self.metre_column = names.index("position"), names.index("metre")
        self.time_column = names.index("time")
        self.register_buffer("reference_columns", torch.tensor([names.index(n) for n in self.REFERENCES]))
        landing = torch.zeros(3, 16, gaps, dtype=torch.int64)   # position of the next onset
        for metre in range(3):
            for position in range(16):
                for k, gap in enumerate(data.GAPS):
                    landing[metre, position, k] = (position + gap) % data.BAR[metre]
        self.register_buffer("landing", landing)
        self.register_buffer("time_class", torch.tensor([data.gap_class(t) for t in range(65)]))
        self.register_buffer("classes", torch.arange(gaps))

    def combine(self, raw: Tensor, features: Tensor) -> Tensor:
        gaps = self.gaps
        metre = features[..., self.metre_column].clamp(0, 2)
        position = features[..., self.position_column].clamp(0, 15)
        time = self.time_class[features[..., self.time_column].clamp(0, 64)]
        references = torch.cat([torch.index_select(features, -1, self.reference_columns), time.unsqueeze(-1)], dim=-1)
        equal = (references.unsqueeze(-1) == self.classes).to(raw.dtype)            # [..., references, gaps]
        copy = raw[..., gaps + 16 : gaps + 16 + self.references].unsqueeze(-2)
        logits = raw[..., :gaps] + torch.gather(raw[..., gaps : gaps + 16], -1, self.landing[metre, position])
        logits = logits + torch.matmul(copy, equal).squeeze(-2)
        return torch.cat([logits, raw[..., gaps + 16 + self.references :]], dim=-1)

    def forward(self, features: Tensor) -> Tensor:
        return self.combine(self.core(features), features)

    @torch.jit.export
    def initial_cache(self, batch: int) -> List[Tensor]:
        return self.core.initial_cache(batch)

    @torch.jit.export
    def step(self, features: Tensor, cache: List[Tensor]) -> Tuple[Tensor, List[Tensor]]:
        """features [batch, F] int64 (or [batch, time, F], to hear a tune at once) -> logits [batch, gap classes and
        melisma] (or [batch, time, ...]), cache."""
        rows = features if features.dim() == 3 else features.unsqueeze(1)
        raw, fresh = self.core.run(rows, cache)
        logits = self.combine(raw, rows)
        return logits if features.dim() == 3 else logits.squeeze(1), fresh


class PitchModel(nn.Module):
    """A transformer whose head speaks several languages at once: degree, interval, place in the chord, repetition.

    logit(p) = degree[p] + interval[p - previous] + chord[p - root] + next chord[p - its root]
             + place[metrical level, quality, p - root] + copy[k, p - r_k] for each reference note r_k within a tone:
    what is learnt of a leap, of a chord's third or of a repeated phrase in one place holds in all others, which little
    data needs.
    """

    REFERENCES = ["pitch2", "pitch3", "pitch4", "lag1", "lag2", "lag4", "lag8", "lag16", "after8", "par", "par_held",
                  "par_after", "end1", "end2"]

    def __init__(self, width: int = 256, layers: int = 6, heads: int = 8, groups: int = 2, hidden: int = 640,
                 embedding: int = 16, dropout: float = 0.3, hide: float = 0.1):
        super().__init__()
        pitches = data.PITCHES
        self.pitches = pitches
        self.references = len(self.REFERENCES)
        self.core = FeatureTransformer(columns.PITCH_COLUMNS, 3 * pitches + 24 + 5 * self.references, width, layers,
                                       heads, groups, hidden, embedding, WINDOW, dropout, hide)
        names = columns.PITCH_NAMES
        self.chord_column, self.next_column = names.index("chord"), names.index("next_chord")
        self.level_column, self.previous_column = names.index("level"), names.index("pitch1")
        self.register_buffer("reference_columns", torch.tensor([names.index(n) for n in self.REFERENCES]))
        qualities = len(data.QUALITIES)
        relation = torch.full((data.NO_CHORD + 1, pitches), qualities * 12, dtype=torch.int64)
        root = torch.full((data.NO_CHORD + 1, pitches), 12, dtype=torch.int64)   # semitones above the root
        for chord in range(data.CHORDS):
            for p in range(pitches):
                root[chord, p] = (p + data.LOWEST - chord % 12) % 12
                relation[chord, p] = chord // 12 * 12 + root[chord, p]
        self.register_buffer("relation", relation)
        self.register_buffer("root", root)
        self.place = nn.Embedding(5, qualities * 12 + 1)
        nn.init.zeros_(self.place.weight)
        # Row q: the 2 P interval logits that become the P pitch logits after pitch q.
        shift = torch.zeros(pitches + 1, pitches, dtype=torch.int64)
        # Row q: which of the five copy logits (-2 .. +2) a pitch takes from a reference q; 5: none.
        near = torch.full((pitches + 1, pitches), 5, dtype=torch.int64)
        for q in range(pitches + 1):
            for p in range(pitches):
                shift[q, p] = p - q + pitches if q < pitches else 2 * pitches - 1
                if q < pitches and abs(p - q) <= 2:
                    near[q, p] = p - q + 2
        self.register_buffer("shift", shift)
        self.register_buffer("near", near)

    def combine(self, raw: Tensor, features: Tensor) -> Tensor:
        pitches = self.pitches
        chord = features[..., self.chord_column].clamp(0, self.relation.shape[0] - 1)
        following = features[..., self.next_column].clamp(0, self.relation.shape[0] - 1)
        level = features[..., self.level_column].clamp(0, 4)
        previous = features[..., self.previous_column].clamp(0, pitches)
        logits = raw[..., :pitches] + torch.gather(raw[..., pitches : 3 * pitches], -1, self.shift[previous])
        logits = logits + torch.gather(self.place(level).to(raw.dtype), -1, self.relation[chord])
        none = torch.zeros_like(raw[..., :1])
        over = torch.cat([raw[..., 3 * pitches : 3 * pitches + 12], none], dim=-1)
        ahead = torch.cat([raw[..., 3 * pitches + 12 : 3 * pitches + 24], none], dim=-1)
        logits = logits + torch.gather(over, -1, self.root[chord]) + torch.gather(ahead, -1, self.root[following])
        shape = list(raw.shape[:-1]) + [self.references, 5]
        copies = raw[..., 3 * pitches + 24 :].reshape(shape)
        copies = torch.cat([copies, torch.zeros_like(copies[..., :1])], dim=-1)
        references = torch.index_select(features, -1, self.reference_columns).clamp(0, pitches)
        return logits + torch.gather(copies, -1, self.near[references]).sum(-2)

    def forward(self, features: Tensor) -> Tensor:
        return self.combine(self.core(features), features)

    @torch.jit.export
    def initial_cache(self, batch: int) -> List[Tensor]:
        return self.core.initial_cache(batch)

    @torch.jit.export
    def step(self, features: Tensor, cache: List[Tensor]) -> Tuple[Tensor, List[Tensor]]:
        """features [batch, F] int64 (or [batch, time, F], to hear a tune at once) -> logits over pitches [batch, P]
        (or [batch, time, P]), cache."""
        rows = features if features.dim() == 3 else features.unsqueeze(1)
        raw, fresh = self.core.run(rows, cache)
        logits = self.combine(raw, rows)
        return logits if features.dim() == 3 else logits.squeeze(1), fresh


def build(kind: str, settings: Dict[str, Any]) -> nn.Module:
    return RhythmModel(**settings) if kind == "rhythm" else PitchModel(**settings)
