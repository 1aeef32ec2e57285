"""Aligned recordings as the network sees them: features from timed phones, targets from the analysis."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from bands import BANDS, HOP_SECONDS, NOISE_BANDS, band_centres
from phone_table import INDEX, PHONES, TABLE

# Order is part of the contract: a singer's timbre gives a weight to each of these voices.
SPEAKERS = ["kathleen", "slt", "rms", "alys", "yuki", "martin", "chen", "awb"]
NARROW = ("slt", "rms", "awb")  # recorded at 16 kHz
CONTEXT = 5  # phones: two before, the current one, two after
# log(1 + ms / 10) / 3 since the start, to the end, and of the whole; time from the release / 200 ms clipped to +-1, after
# release 1; log2(F0 / 220 Hz); loudness in units of 10 dB
NUMERIC = 7

KIND = np.array([TABLE[p][0] for p in PHONES])
IS_VOWEL = np.isin(KIND, ["vowel", "diphthong"])
IS_SONORANT = np.isin(KIND, ["vowel", "diphthong", "glide", "liquid", "nasal"])
IS_VOICED = np.array([bool(TABLE[p][1]) for p in PHONES])
PAUSE = INDEX["pau"]
NOMINAL = -3.0  # log amplitude of a vowel's loudest bands at loudness 0
HELD_OUT = {
    "kathleen": lambda name, i: name >= "b0500",
    "slt": lambda name, i: name >= "b0500",
    "rms": lambda name, i: name >= "b0500",
    "awb": lambda name, i: name >= "b0500",
    "alys": lambda name, i: i % 25 == 24,
    "yuki": lambda name, i: i % 20 == 19,
    "martin": lambda name, i: i % 10 == 9,
    "chen": lambda name, i: i % 20 == 19,
}


def vowel_level(envelope: np.ndarray) -> np.ndarray:
    """Loudness of a frame: log of the root mean square over the bands below 4 kHz."""
    low = int((band_centres() < 4000).sum())
    return 0.5 * np.log(np.exp(2 * envelope[:, :low]).mean(1) + 1e-12)


class Utterance:
    __slots__ = ("speaker", "name", "phones", "start", "end", "burst", "envelope", "noise", "log_f0", "loudness", "mask")


def load(
    corpus: str, cache: Path, held_out: bool, drop_worst: float = 0.1, most: int | None = None
) -> list[Utterance]:
    """The first `most` (all) utterances of a corpus, held out or not, without the worst aligned ones for training."""
    store = np.load(cache / f"{corpus}.npz")
    align = dict(np.load(cache / f"{corpus}.align.npz"))
    ids = {n: i for i, n in enumerate(store["ids"])}
    offsets = store["offsets"]
    envelope_all, noise_all = store["envelope"], store["noise"]
    f0_all, strength_all = store["f0"], store["strength"]
    counts = np.concatenate([[0], np.cumsum(align["counts"])])
    limit = np.quantile(align["score"], drop_worst) if corpus in ("kathleen", "chen", "alys", "yuki") else -np.inf
    mask = (band_centres() < (7400 if corpus in NARROW else 18000)).astype(np.float32)
    out = []
    levels = []
    for k, name in enumerate(align["names"]):
        if HELD_OUT[corpus](str(name), k) != held_out or (align["score"][k] < limit and not held_out):
            continue
        if most is not None and len(out) >= most:
            break
        i = ids[name]
        a, b = offsets[i], offsets[i + 1]
        u = Utterance()
        s = slice(counts[k], counts[k + 1])
        u.speaker, u.name = SPEAKERS.index(corpus), str(name)
        u.phones, u.start, u.end, u.burst = (align[n][s] for n in ("phones", "start", "end", "burst"))
        if len(u.phones) < 2:
            continue
        b = a + u.end[-1]
        envelope = envelope_all[a:b].astype(np.float32)
        frame_phone = np.repeat(u.phones, u.end - u.start)
        power = np.exp(2 * np.minimum(envelope, 3.0))
        quiet = frame_phone == PAUSE
        if corpus in ("kathleen", "chen", "martin") and quiet.sum() > 20:
            floor = np.median(power[quiet], 0)
            power = np.maximum(power - 1.5 * floor, 0.02 * power)
        u.envelope = np.maximum(0.5 * np.log(power + 1e-12), -11.0).astype(np.float32)
        voiced = IS_VOICED[frame_phone]
        noise = noise_all[a:b].astype(np.float32)
        noise[~voiced] = 1.0
        sonorant = IS_SONORANT[frame_phone]
        noise[sonorant, 0] = np.minimum(noise[sonorant, 0], 0.25)
        noise[voiced, 0] = np.minimum(noise[voiced, 0], 0.6)
        u.noise = noise
        sure = (strength_all[a:b].astype(np.float32) > 0.6) & voiced
        if sure.sum() < 5:
            continue
        at = np.arange(b - a)
        u.log_f0 = np.interp(at, at[sure], np.log2(f0_all[a:b][sure] / 220.0)).astype(np.float32)
        level = vowel_level(u.envelope)
        knots, values = [], []
        for p, st, en in zip(u.phones, u.start, u.end):
            if IS_VOWEL[p] and en - st >= 4:
                width = (en - st) / max(1, round((en - st) / 30))
                edges = np.round(np.arange(st, en + 0.5, width)).astype(int)
                for x, y in zip(edges[:-1], edges[1:]):
                    knots.append(0.5 * (x + y))
                    values.append(np.quantile(level[x:y], 0.7))
        if not knots:
            continue
        u.loudness = np.interp(at, knots, values).astype(np.float32)
        levels.append(values)
        u.mask = mask
        out.append(u)
    if out:
        shift = float(np.median(np.concatenate(levels))) - NOMINAL
        for u in out:
            u.envelope -= shift
            u.loudness = (u.loudness - shift - NOMINAL) * (20 / np.log(10)) / 10
    return out


def phone_features(phones, start, end, burst) -> tuple[np.ndarray, np.ndarray]:
    """Context ids [frames, 5] and the five time features [frames, 5]; acoustic.cpp computes the same."""
    padded = np.concatenate([[PAUSE, PAUSE], phones, [PAUSE, PAUSE]])
    length = end - start
    which = np.repeat(np.arange(len(phones)), length)
    ids = np.stack([padded[which + k] for k in range(CONTEXT)], 1)
    frame = np.arange(len(which)) + start[0]
    since = (frame - start[which]) * HOP_SECONDS
    until = (end[which] - 1 - frame) * HOP_SECONDS
    total = length[which] * HOP_SECONDS
    has = burst[which] >= 0
    offset = (frame - burst[which]) * HOP_SECONDS
    scale = lambda v: np.log1p(v * 100) / 3
    numeric = np.stack([
        scale(since), scale(until), scale(total),
        np.where(has, np.clip(offset / 0.2, -1, 1), 0), np.where(has & (offset >= 0), 1.0, 0.0)], 1)
    return ids.astype(np.int64), numeric.astype(np.float32)


def example(u: Utterance):
    """ids [frames, 5], numeric [frames, 7], envelope and noise of a whole utterance as it was spoken."""
    ids, times = phone_features(u.phones, u.start, u.end, u.burst)
    numeric = np.concatenate([times, u.log_f0[:, None], u.loudness[:, None]], 1).astype(np.float32)
    assert numeric.shape[1] == NUMERIC and u.envelope.shape[1] == BANDS and u.noise.shape[1] == NOISE_BANDS
    return ids, numeric, u.envelope, u.noise
