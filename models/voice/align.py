"""Phone boundaries for every corpus: a three-state HMM a phone, trained by Viterbi on the corpus itself.

usage: align.py --data DIR --cache DIR CORPUS...
Starts from the labels that come with each corpus (automatic phone times, vowel onsets, or none) and keeps each
boundary within a tolerance of them. flite's times are exact and are only copied. Mandarin syllables, which come without
times, have the onsets of their voicing set by the level below 1 kHz afterwards: the HMM alone puts them 15 to 60 ms
late. Writes CORPUS.align.npz.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
import scipy.fft
import scipy.linalg

from bands import HOP_SECONDS, band_centres
from dataset import NARROW
from phone_table import INDEX, PHONES, STOPS, TABLE, VOWELS, kana_onset, kana_phones, pinyin_phones

STATES = 3
LONGEST_SYLLABLE = 1.2  # s; longer takes say a word around a syllable of neutral tone
Segment = tuple[str, float, float]


def rows(path: Path) -> list[dict[str, str]]:
    with open(path, encoding="utf-8") as handle:
        return list(csv.DictReader(handle, delimiter="\t"))


def english_labels(path: Path, header: bool) -> dict[str, list[Segment]]:
    out: dict[str, list[Segment]] = defaultdict(list)
    for i, line in enumerate(path.read_text("utf-8").splitlines()):
        if header and i == 0:
            continue
        name, start, end, phone = line.split("\t")
        out[name].append((phone, float(start), float(end)))
    return out


def kana_labels(path: Path, seconds: dict[str, float]) -> dict[str, list[Segment]]:
    groups: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows(path):
        groups[row["id"]].append(row)
    out = {}
    for name, moras in groups.items():
        segments: list[Segment] = []
        cursor = 0.0
        usable = True
        final = None
        for row in moras:
            # "2" marks a second take; "a b" the closure of b after a, which ends a chain.
            parts = row["mora"].removesuffix(" 2").split()
            mora = "".join(parts)
            closing = kana_onset("".join(parts[1:])) if len(parts) > 1 and parts[0] in "aiueon" else None
            if parts[-1] == "h":
                phones = ["br"]
            elif closing and segments:
                at = float(row["onset_s"])
                kind, s, _ = segments[-1]
                segments[-1] = (kind, s, at)
                final = at
                for p in closing:
                    segments.append((p, final, final + 0.001 * TABLE[p][3]))
                    final = segments[-1][2]
                break
            else:
                phones = kana_phones(mora) or []
            if not phones:
                usable = False
                break
            onset = float(row["onset_s"])
            lead = [0.001 * TABLE[p][3] for p in phones[:-1]]
            room = max(onset - cursor, 0.02)
            scale = min(1.0, 0.6 * room / sum(lead)) if lead else 1.0
            begin = onset - scale * sum(lead)
            if row["prev"] == "-" or not segments:
                if segments:
                    # The sound before dies away somewhere between.
                    kind, s, _ = segments[-1]
                    fade = s + max(0.5 * (begin - s), 0.02)
                    segments[-1] = (kind, s, fade)
                    segments.append(("pau", fade, begin))
                else:
                    segments.append(("pau", 0.0, begin))
            else:
                kind, s, _ = segments[-1]
                segments[-1] = (kind, s, begin)
                if row["prev"] == "n" and kind not in ("j_N", "n", "m"):
                    # A moraic nasal sung between two moras has no row of its own.
                    middle = s + 0.55 * (begin - s)
                    segments[-1:] = [(kind, s, middle), ("j_N", middle, begin)]
            at = begin
            for p, d in zip(phones[:-1], lead):
                segments.append((p, at, at + scale * d))
                at += scale * d
            segments.append((phones[-1], onset, onset + 0.3))
            cursor = onset
        if not usable or len(segments) < 2:
            continue
        end = seconds[name]
        kind, s, _ = segments[-1]
        stop = final or min(s + 0.6, end - 0.1)
        if stop <= s:
            continue
        segments[-1] = (kind, s, stop)
        segments.append(("pau", stop, end))
        out[name] = segments
    return out


def pinyin_labels(path: Path, envelopes: dict[str, np.ndarray]) -> dict[str, list[Segment]]:
    out = {}
    for row in rows(path):
        name = Path(row["file"]).stem
        if row["pinyin"].startswith("_") or name not in envelopes:
            continue
        phones = pinyin_phones(row["pinyin"])
        level = envelopes[name][:, :60].max(1)
        loud = np.flatnonzero(level > np.percentile(level, 5) + 0.35 * (level.max() - np.percentile(level, 5)))
        if len(loud) < 20:
            continue
        start, end = loud[0] * HOP_SECONDS, (loud[-1] + 1) * HOP_SECONDS
        if end - start > LONGEST_SYLLABLE:
            continue
        weights = np.array([3.0 * TABLE[p][3] if p in VOWELS else TABLE[p][3] for p in phones], float)
        edges = start + np.concatenate([[0], np.cumsum(weights) / weights.sum()]) * (end - start)
        segments = [("pau", 0.0, start)]
        segments += [(p, a, b) for p, a, b in zip(phones, edges[:-1], edges[1:])]
        segments.append(("pau", end, len(level) * HOP_SECONDS))
        out[name] = segments
    return out


def vowel_labels(path: Path, envelopes: dict[str, np.ndarray]) -> dict[str, list[Segment]]:
    vowels = {"a": "aa", "e": "j_e", "i": "iy", "o": "j_o", "ou": "uw", "u": "c_v"}
    out = {}
    for row in rows(path):
        name = Path(row["file"]).stem
        if name not in envelopes or row["vowel"] not in vowels:
            continue
        level = envelopes[name][:, :60].max(1)
        loud = np.flatnonzero(level > level.max() - 2.5)
        start, end = loud[0] * HOP_SECONDS, (loud[-1] + 1) * HOP_SECONDS
        out[name] = [("pau", 0.0, start), (vowels[row["vowel"]], start, end),
                     ("pau", end, len(level) * HOP_SECONDS)]
    return out


def features(envelope: np.ndarray, noise: np.ndarray, strength: np.ndarray) -> np.ndarray:
    low = int((band_centres() < 7400).sum())
    cep = scipy.fft.dct(np.maximum(envelope[:, :low], -9.0), axis=1, norm="ortho")[:, :14]
    padded = np.pad(cep, ((4, 4), (0, 0)), mode="edge")
    delta = padded[7:-1] - padded[1:-7]
    return np.concatenate([cep, delta, 3 * strength[:, None], 2 * noise[:, :3]], 1).astype(np.float64)


class Hmm:
    """One full-covariance Gaussian a state."""

    def __init__(self, dim: int) -> None:
        count = len(PHONES) * STATES
        self.mean = np.zeros((count, dim))
        self.root = np.zeros((count, dim, dim))
        self.constant = np.full(count, -1e9)

    def fit(self, x: np.ndarray, state: np.ndarray) -> None:
        spread = np.cov(x[state >= 0].T)
        order = np.argsort(state, kind="stable")
        sorted_state = state[order]
        for s in range(len(self.constant)):
            a, b = np.searchsorted(sorted_state, [s, s + 1])
            if b - a < 3:
                continue
            part = x[order[a:b]]
            self.mean[s] = part.mean(0)
            n = len(part)
            cov = np.cov(part.T) * n / (n + 60) + spread * 0.3 * 60 / (n + 60) + 1e-3 * np.eye(x.shape[1])
            chol = np.linalg.cholesky(cov)
            self.root[s] = scipy.linalg.solve_triangular(chol, np.eye(len(cov)), lower=True).T
            self.constant[s] = -np.log(np.diag(chol)).sum()

    def score(self, x: np.ndarray, states: np.ndarray) -> np.ndarray:
        unique, inverse = np.unique(states, return_inverse=True)
        out = np.empty((len(x), len(unique)))
        for i, s in enumerate(unique):
            z = (x - self.mean[s]) @ self.root[s]
            out[:, i] = self.constant[s] - 0.5 * np.einsum("ij,ij->i", z, z)
        return out[:, inverse]


def viterbi(score: np.ndarray, first: np.ndarray, last: np.ndarray) -> tuple[np.ndarray, float]:
    """Best left-to-right path; state j is allowed in frames first[j] to last[j]."""
    frames, count = score.shape
    t = np.arange(frames)[:, None]
    score = np.where((t < first[None, :]) | (t > last[None, :]), -1e7, score)
    total = np.full(count, -1e12)
    total[0] = score[0, 0]
    moved = np.zeros((frames, count), bool)
    for i in range(1, frames):
        step = np.concatenate([[-1e12], total[:-1]])
        moved[i] = step > total
        total = np.maximum(step, total) + score[i]
    path = np.empty(frames, np.int64)
    j = count - 1
    for i in range(frames - 1, -1, -1):
        path[i] = j
        if moved[i, j]:
            j -= 1
    return path, float(total[-1] / frames)


def find_burst(envelope: np.ndarray, start: int, end: int, phone: str) -> int:
    """Frame of the release inside a stop: the steepest rise above 1.5 kHz."""
    usual = max(start, end - int(round(TABLE[phone][2] / 1000 / HOP_SECONDS)))
    if end - start < 4:
        return usual
    level = envelope[max(start - 2, 0) : end + 1, 20:58].mean(1)
    rise = level[2:] - level[:-2]
    shift = max(start - 2, 0)
    candidates = np.arange(len(rise)) + shift + 1
    prior = -0.02 * np.abs(candidates - usual)
    return int(np.clip(candidates[(rise + prior).argmax()], start, end - 1))


def voicing_onset(envelope: np.ndarray, boundary: int) -> int:
    """The frame near `boundary` at which the level below 1 kHz has risen half way (in dB), or `boundary`."""
    before, after = 20, 16
    if boundary < before or boundary + after > len(envelope):
        return boundary
    low = band_centres() < 1000
    part = envelope[boundary - before : boundary + after][:, low].astype(np.float64)
    level = 0.5 * np.log(np.exp(2 * part).mean(1))
    half = 0.5 * (level[:8].min() + level[-6:].mean())
    below = np.flatnonzero(level[:before + after // 2] < half)
    return boundary - before + int(below[-1]) + 1 if len(below) else boundary


def settle_onsets(segments: list[Segment], envelope: np.ndarray) -> list[Segment]:
    """Moves the start of voiced sounds after voiceless ones to where voicing begins. A stop keeps its length and goes
    along; what is before it gives way."""
    frames = [[p, int(round(s / HOP_SECONDS)), int(round(e / HOP_SECONDS))] for p, s, e in segments]
    for i in range(1, len(frames) - 1):
        phone, start, end = frames[i]
        if TABLE[phone][1] or phone == "pau" or not TABLE[frames[i + 1][0]][1]:
            continue
        onset = voicing_onset(envelope, end)
        if phone in STOPS:
            start = max(min(start, onset - (end - start)), frames[i - 1][1] + 1)
        start = min(start, onset - 2)
        if start <= frames[i - 1][1] or onset >= frames[i + 1][2] - 2:
            continue
        frames[i - 1][2] = frames[i][1] = start
        frames[i][2] = frames[i + 1][1] = onset
    return [(p, s * HOP_SECONDS, e * HOP_SECONDS) for p, s, e in frames]


def align(corpus: str, data: Path, cache: Path, iterations: int) -> None:
    store = np.load(cache / f"{corpus}.npz")
    ids, offsets = list(store["ids"]), store["offsets"]
    envelope = store["envelope"].astype(np.float32)
    spans = {n: (int(offsets[i]), int(offsets[i + 1])) for i, n in enumerate(ids)}
    pieces = {n: envelope[a:b] for n, (a, b) in spans.items()}
    exact = corpus in NARROW
    tolerance = 0.0
    if exact:
        labels = english_labels(data / f"flite-{corpus}" / "phones.tsv", False)
    elif corpus == "kathleen":
        labels, tolerance = english_labels(data / "kathleen-en-speech" / "phones.tsv", True), 0.12
    elif corpus in ("alys", "yuki"):
        folder = data / ("alys-ja-sung-gpl3" if corpus == "alys" else "yuki-ja-sung")
        labels = kana_labels(folder / "moras.tsv", {n: (b - a) * HOP_SECONDS for n, (a, b) in spans.items()})
        tolerance = 0.5
    elif corpus == "chen":
        labels, tolerance = pinyin_labels(data / "cmn-syllables" / "index.tsv", pieces), 0.4
    else:
        labels = vowel_labels(data / "martin-sung-vowels" / "index.tsv", pieces)
        exact = True
    # A label file may hold takes that this corpus leaves out.
    labels = {n: s for n, s in labels.items() if n in spans}

    x = features(envelope, store["noise"].astype(np.float32), store["strength"].astype(np.float32))
    state = np.full(len(x), -1, np.int64)
    plan = {}
    for name, segments in labels.items():
        a, b = spans[name]
        for phone, s, e in segments:
            s_i, e_i = int(round(s / HOP_SECONDS)), int(round(e / HOP_SECONDS))
            s_i, e_i = min(max(s_i, 0), b - a), min(max(e_i, 0), b - a)
            if e_i > s_i:
                third = np.arange(e_i - s_i) * STATES // (e_i - s_i)
                state[a + s_i : a + e_i] = INDEX[phone] * STATES + third
        chain = np.concatenate([INDEX[p] * STATES + np.arange(STATES) for p, _, _ in segments])
        first = np.repeat([s - tolerance for _, s, _ in segments], STATES) / HOP_SECONDS
        last = np.repeat([e + tolerance for _, _, e in segments], STATES) / HOP_SECONDS
        first[:STATES], last[-STATES:] = -1, 1e9
        # The vowel onsets of the sung chains are hand-set: keep closer to them than to the consonants.
        if corpus in ("alys", "yuki"):
            for i, (p, s, _) in enumerate(segments):
                if p in VOWELS and i > 0:
                    first[i * STATES] = max(first[i * STATES], (s - 0.05) / HOP_SECONDS)
                    last[i * STATES - 1] = min(last[i * STATES - 1], (s + 0.05) / HOP_SECONDS)
        plan[name] = (chain, first, last)
    costs = {n: 0.0 for n in plan}
    if not exact:
        model = Hmm(x.shape[1])
        for k in range(iterations):
            model.fit(x, state)
            failed = []
            for name, (chain, first, last) in plan.items():
                a, b = spans[name]
                if b - a < len(chain) + 2:
                    failed.append(name)
                    continue
                path, cost = viterbi(model.score(x[a:b], chain), first, last)
                state[a:b] = chain[path]
                costs[name] = cost
                plan[name] = (chain, first, last)
                if k == iterations - 1:
                    starts = [int(np.searchsorted(path, i * STATES)) for i in range(len(chain) // STATES)]
                    ends = starts[1:] + [b - a]
                    labels[name] = [
                        (seg[0], s * HOP_SECONDS, e * HOP_SECONDS)
                        for seg, s, e in zip(labels[name], starts, ends)
                    ]
            for name in failed:
                plan.pop(name), labels.pop(name), costs.pop(name)
            print(corpus, "pass", k, "mean score", round(float(np.mean(list(costs.values()))), 3), flush=True)

    names, lengths, phones, start, end, burst, score = [], [], [], [], [], [], []
    for name, segments in labels.items():
        if corpus == "chen":
            segments = settle_onsets(segments, pieces[name])
        frames = spans[name][1] - spans[name][0]
        count = 0
        cursor = 0
        for phone, s, e in segments:
            e_i = min(int(round(e / HOP_SECONDS)), frames)
            if e_i <= cursor:
                continue
            phones.append(INDEX[phone])
            start.append(cursor)
            end.append(e_i)
            burst.append(find_burst(pieces[name], cursor, e_i, phone) if phone in STOPS else -1)
            cursor = e_i
            count += 1
        names.append(name)
        lengths.append(count)
        score.append(costs[name])
    np.savez(
        cache / f"{corpus}.align.npz",
        names=np.array(names), counts=np.array(lengths), phones=np.array(phones), start=np.array(start),
        end=np.array(end), burst=np.array(burst), score=np.array(score),
    )
    print(corpus, len(names), "aligned,", len(phones), "phones", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--iterations", type=int, default=6)
    parser.add_argument("corpora", nargs="+")
    arguments = parser.parse_args()
    for corpus in arguments.corpora:
        align(corpus, arguments.data, arguments.cache, arguments.iterations)
