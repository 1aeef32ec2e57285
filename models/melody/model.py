"""Melody models: when the next note comes (rhythm), and which note it is (pitch)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import List, Tuple

import torch
from torch import Tensor, nn

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from common.feature_gru import FeatureGru  # noqa: E402

import data  # noqa: E402

RHYTHM_OUTPUTS = len(data.GAPS) + 1   # gap classes, then one logit: the next note continues the syllable


def rhythm() -> FeatureGru:
    return FeatureGru(data.RHYTHM_SIZES, RHYTHM_OUTPUTS, embedding=12, hidden=128, layers=1, dropout=0.2)


class PitchModel(nn.Module):
    """FeatureGru whose head speaks three languages at once: absolute degree, interval, and place in the chord.

    logit(p) = degree[p] + interval[p - previous] + chord[metrical level, quality, p - root]: what is learnt of a
    leap or of a chord's third in one place holds in all others, which little data needs.
    """

    def __init__(self, hidden: int = 208, dropout: float = 0.25):
        super().__init__()
        pitches = data.PITCHES
        self.pitches = pitches
        self.core = FeatureGru(data.PITCH_SIZES, pitches + 2 * pitches, embedding=14, hidden=hidden, layers=1,
                               dropout=dropout)
        names = [name for name, _ in data.PITCH_FEATURES]
        self.chord_column = names.index("chord")
        self.level_column = names.index("level")
        self.previous_column = names.index("pitch1")
        relation = torch.full((data.NO_CHORD + 1, pitches), len(data.QUALITIES) * 12, dtype=torch.int64)
        for chord in range(data.CHORDS):
            for p in range(pitches):
                relation[chord, p] = chord // 12 * 12 + (p + data.LOWEST - chord % 12) % 12
        self.register_buffer("relation", relation)
        self.places = len(data.QUALITIES) * 12 + 1
        self.place = nn.Embedding(5, self.places)
        nn.init.zeros_(self.place.weight)
        # Row q: the 2 P interval logits that become the P pitch logits after pitch q.
        shift = torch.zeros(pitches + 1, pitches, dtype=torch.int64)
        for q in range(pitches + 1):
            for p in range(pitches):
                shift[q, p] = p - q + pitches if q < pitches else 2 * pitches - 1
        self.register_buffer("shift", shift)

    def combine(self, raw: Tensor, features: Tensor) -> Tensor:
        chord = features[..., self.chord_column].clamp(0, self.relation.shape[0] - 1)
        level = features[..., self.level_column].clamp(0, 4)
        previous = features[..., self.previous_column].clamp(0, self.pitches)
        absolute = raw[..., : self.pitches]
        interval = torch.gather(raw[..., self.pitches :], -1, self.shift[previous])
        return absolute + interval + torch.gather(self.place(level), -1, self.relation[chord])

    def forward(self, features: Tensor) -> Tensor:
        return self.combine(self.core(features), features)

    @torch.jit.export
    def initial_cache(self, batch: int) -> List[Tensor]:
        return self.core.initial_cache(batch)

    @torch.jit.export
    def step(self, features: Tensor, cache: List[Tensor]) -> Tuple[Tensor, List[Tensor]]:
        """features [batch, F] int64 -> logits over pitches [batch, P], cache."""
        raw, state = self.core.step(features, cache)
        return self.combine(raw, features), state


def pitch() -> PitchModel:
    return PitchModel()
