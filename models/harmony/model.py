"""Harmony model: the next chord, a half bar at a time, from section, position and the chords before."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from common.feature_gru import FeatureGru  # noqa: E402

import data  # noqa: E402


def build() -> FeatureGru:
    return FeatureGru(data.SIZES, data.TOKENS, embedding=20, hidden=192, layers=2, dropout=0.35)
