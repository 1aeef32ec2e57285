"""Analysis of the recordings: F0, spectral envelope free of F0, band aperiodicity; one .npz a corpus.

usage: prepare.py --data DIR --cache DIR CORPUS...
DIR holds the unpacked folders of the recordings (and flite-slt, flite-rms, flite-awb written by teacher.c).
The envelope follows CheapTrick (Morise 2015): a Hann window of three periods, a rectangular smoothing over 2/3 F0 and a
cepstral lifter; frames without a clear period get a window of 10 ms, so that bursts stay sharp.
Levels: a white noise of variance 1 reads 0 dB in every band.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import scipy.fft
import scipy.signal
import soundfile

from bands import BANDS, HOP_SECONDS, NOISE_BANDS, NOISE_EDGES, SAMPLE_RATE, band_matrix

# corpus: (folder, pattern, F0 floor, F0 ceiling, FFT size, keep every n-th file)
CORPORA = {
    "kathleen": ("kathleen-en-speech/audio", "*.opus", 90.0, 420.0, 1024, 1),
    "slt": ("flite-slt", "*.wav", 100.0, 350.0, 1024, 2),
    "rms": ("flite-rms", "*.wav", 55.0, 220.0, 1024, 1),
    "awb": ("flite-awb", "*.wav", 60.0, 260.0, 1024, 1),
    "alys": ("alys-ja-sung-gpl3/audio", "*.opus", 230.0, 500.0, 1024, 1),
    "yuki": ("yuki-ja-sung/audio", "*.opus", 300.0, 400.0, 1024, 1),
    "martin": ("martin-sung-vowels/audio", "*.flac", 65.0, 260.0, 2048, 1),
    "chen": ("cmn-syllables/audio", "*.mp3", 80.0, 420.0, 1024, 1),
}
VOICED_STRENGTH = 0.5
PLAIN_F0 = 300.0  # three periods are 10 ms


def read_audio(path: Path) -> tuple[np.ndarray, int]:
    """Mono float samples at 44.1 kHz, or at the file's own rate when that is 16 kHz."""
    x, rate = soundfile.read(path, dtype="float32", always_2d=True)
    x = x.mean(1)
    if rate == 48000:
        x, rate = scipy.signal.resample_poly(x, 147, 160).astype(np.float32), SAMPLE_RATE
    return x, rate


def frames_at(x: np.ndarray, centres: np.ndarray, size: int) -> np.ndarray:
    padded = np.pad(x, (size // 2, size))
    view = np.lib.stride_tricks.sliding_window_view(padded, size)
    return view[np.clip(centres, 0, len(x))]


def track_f0(x: np.ndarray, rate: int, low: float, high: float, hop: float = 0.01) -> tuple[np.ndarray, np.ndarray]:
    """F0 in Hz and periodicity (0 to 1) every `hop` seconds: normalised autocorrelation, best path through peaks."""
    factor = 4 if rate == SAMPLE_RATE else 2
    y = scipy.signal.decimate(x, factor, ftype="fir").astype(np.float32)
    sr = rate / factor
    size = int(round(sr * max(0.03, 3.0 / low)))
    fft = 1 << int(np.ceil(np.log2(2 * size)))
    count = int(len(x) / rate / hop) + 1
    centres = (np.arange(count) * hop * sr).astype(int)
    window = np.hanning(size).astype(np.float32)
    frame = frames_at(y, centres, size)
    frame = (frame - frame.mean(1, keepdims=True)) * window
    power = np.abs(scipy.fft.rfft(frame, fft)) ** 2
    power[:, : int(60 * fft / sr)] *= 0.1
    r = scipy.fft.irfft(power, fft)[:, :size]
    rw = scipy.fft.irfft(np.abs(scipy.fft.rfft(window, fft)) ** 2, fft)[:size]
    lo, hi = int(sr / high), min(int(sr / low) + 2, size - 2)
    floor = 1e-7 * size
    r = r[:, : hi + 2] / (r[:, :1] + floor) / (rw[: hi + 2] / rw[0])
    mid = r[:, lo : hi + 1]
    peaks = (mid > r[:, lo - 1 : hi]) & (mid >= r[:, lo + 1 : hi + 2])
    lags = np.arange(lo, hi + 1)
    # A small preference for short lags keeps octave errors down.
    score = np.where(peaks, mid - 0.06 * np.log2(lags / lo), -1.0)
    best = 6
    order = np.argpartition(-score, best, axis=1)[:, :best]
    cand_score = np.take_along_axis(score, order, 1)
    cand_lag = lags[order].astype(np.float64)
    a = np.take_along_axis(r, order + lo - 1, 1)
    b = np.take_along_axis(r, order + lo, 1)
    c = np.take_along_axis(r, order + lo + 1, 1)
    bend = a - 2 * b + c
    cand_lag += np.where(np.abs(bend) > 1e-6, np.clip(0.5 * (a - c) / np.where(np.abs(bend) > 1e-6, bend, 1), -0.5, 0.5), 0)
    pitch = np.log2(sr / cand_lag)
    total = cand_score[0].copy()
    back = np.zeros((count, best), np.int64)
    for t in range(1, count):
        move = total[:, None] - 2.0 * np.minimum(np.abs(pitch[t - 1][:, None] - pitch[t][None, :]), 1.0)
        back[t] = move.argmax(0)
        total = move[back[t], np.arange(best)] + cand_score[t]
    path = np.zeros(count, np.int64)
    path[-1] = total.argmax()
    for t in range(count - 1, 0, -1):
        path[t - 1] = back[t, path[t]]
    rows = np.arange(count)
    return (2.0 ** pitch[rows, path]).astype(np.float32), np.clip(b[rows, path], 0, 1).astype(np.float32)


def refine_f0(x: np.ndarray, rate: int, f0: np.ndarray, rounds: int = 2) -> np.ndarray:
    """F0 (Hz, every HOP_SECONDS) moved to where the first six partials are: their instantaneous frequency.

    After Morise's StoneMask in WORLD (2016). Frames whose partials disagree keep their F0.
    """
    factor = 4 if rate == SAMPLE_RATE else 2
    y = scipy.signal.decimate(x.astype(np.float64), factor, ftype="fir")
    sr = rate / factor
    f0 = f0.astype(np.float64).copy()
    for _ in range(rounds):
        for group in np.array_split(np.argsort(f0), max(1, len(f0) // 512)):
            half = int(np.ceil(1.5 * sr / f0[group].min()))
            t = np.arange(-half, half + 1) / sr
            centres = group * HOP_SECONDS * sr
            whole = np.round(centres).astype(int)
            view = np.lib.stride_tricks.sliding_window_view(np.pad(y, (half, half + 1)), 2 * half + 1)
            frame = view[np.clip(whole, 0, len(view) - 1)]
            inside = np.abs(t) < 1.5 / f0[group, None]
            angle = 2 * np.pi * t * f0[group, None] / 3
            window = (0.42 + 0.5 * np.cos(angle) + 0.08 * np.cos(2 * angle)) * inside
            slope = -(0.5 * np.sin(angle) + 0.16 * np.sin(2 * angle)) * (2 * np.pi * f0[group, None] / 3) * inside
            total, weight, spread = np.zeros(len(group)), np.full(len(group), 1e-12), np.zeros(len(group))
            for k in range(1, 7):
                heard = k * f0[group] < 0.45 * sr
                wave = frame * np.exp(-2j * np.pi * k * f0[group, None] * t)
                a, b = (wave * window).sum(1), (wave * slope).sum(1)
                moved = k * f0[group] - (b / np.where(np.abs(a) > 1e-12, a, 1)).imag / (2 * np.pi)
                loud = np.abs(a) * heard
                total += loud * moved / k
                spread += loud * np.abs(moved / k / f0[group] - 1)
                weight += loud
            agree = spread / weight < 0.06
            f0[group] = np.where(agree, total / weight, f0[group])
    return f0.astype(np.float32)


class Analysis:
    """Everything that depends on F0 only, by steps of 1/24 octave: window, smoothing and lifter as matrices."""

    def __init__(self, rate: int, fft: int, low: float, high: float) -> None:
        self.rate, self.fft = rate, fft
        self.floor = max(low, 3.0 * rate / (fft - 4))
        self.count = int(np.ceil(24 * np.log2(max(high, PLAIN_F0) / self.floor))) + 1
        self.pitch = self.floor * 2.0 ** (np.arange(self.count) / 24)
        self.weights = band_matrix(rate, fft)
        self.tables: dict[int, tuple[np.ndarray, np.ndarray, np.ndarray]] = {}

    def classes(self, f0: np.ndarray, voiced: np.ndarray) -> np.ndarray:
        pitch = np.where(voiced, f0, PLAIN_F0)
        return np.clip(np.round(24 * np.log2(pitch / self.floor)), 0, self.count - 1).astype(int)

    def table(self, k: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        if k in self.tables:
            return self.tables[k]
        pitch, rate, fft = self.pitch[k], self.rate, self.fft
        t = (np.arange(fft) - fft // 2) / rate
        window = np.cos(np.pi * t * pitch / 3) ** 2 * (np.abs(t) < 1.5 / pitch)
        bins = fft // 2 + 1
        # The window's null at 0 Hz leaves too little below F0: fold the spectrum around half of F0.
        fold = np.eye(bins)
        for i in range(int(np.ceil(pitch * fft / rate))):
            at = pitch * fft / rate - i
            j = int(at)
            fold[i, j] += 1 - (at - j)
            fold[i, j + 1] += at - j
        # Mean over +/- F0/3, by area, mirrored at both ends.
        half = pitch * fft / rate / 3
        smooth = np.zeros((bins, bins))
        reach = int(np.ceil(half + 0.5))
        for i in range(bins):
            for j in range(i - reach, i + reach + 1):
                area = min(j + 0.5, i + half) - max(j - 0.5, i - half)
                if area > 0:
                    m = abs(j)
                    m = 2 * (bins - 1) - m if m > bins - 1 else m
                    smooth[i, m] += area / (2 * half)
        q = np.arange(bins) / rate * pitch
        lifter = np.sinc(q) * (1.18 - 0.18 * np.cos(2 * np.pi * q))
        full = np.concatenate([lifter, lifter[-2:0:-1]])
        response = np.zeros((bins, bins))
        for i in range(bins):
            impulse = np.zeros(bins)
            impulse[i] = 1
            response[i] = scipy.fft.rfft(scipy.fft.irfft(impulse, fft) * full).real
        self.tables[k] = (
            window.astype(np.float32), np.ascontiguousarray((smooth @ fold).T).astype(np.float32),
            (0.5 * response @ self.weights).astype(np.float32))
        return self.tables[k]

    def __call__(self, x: np.ndarray, f0: np.ndarray, voiced: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Envelope [frames, BANDS] as natural log of amplitude, aperiodicity [frames, NOISE_BANDS]."""
        fft, rate = self.fft, self.rate
        centres = (np.arange(len(f0)) * HOP_SECONDS * rate).astype(int)
        kind = self.classes(f0, voiced)
        envelope = np.empty((len(f0), BANDS), np.float16)
        noise = np.ones((len(f0), NOISE_BANDS), np.float16)
        f = (np.arange(fft // 2 + 1) * rate / fft).astype(np.float32)
        bands = np.stack([(f >= a) & (f < min(b, rate / 2 * 0.95)) for a, b in zip(NOISE_EDGES, NOISE_EDGES[1:])], 1)
        bands = bands.astype(np.float32)
        padded = np.pad(x, (fft // 2, fft))
        view = np.lib.stride_tricks.sliding_window_view(padded, fft)
        for k in np.unique(kind):
            window, smooth, lifter = self.table(int(k))
            pick = np.flatnonzero(kind == k)
            frame = view[centres[pick]] * window
            frame -= window * (frame.sum(1, keepdims=True) / window.sum())
            spectrum = scipy.fft.rfft(frame, overwrite_x=True)
            power = (spectrum.real**2 + spectrum.imag**2) * np.float32(1 / (window**2).sum())
            envelope[pick] = np.log(np.maximum(power @ smooth, 0) + np.float32(1e-10)) @ lifter
            v = voiced[pick]
            if v.any():
                # Periodicity of a band: its autocorrelation at one period against that of the window (0.471).
                power = power[v]
                ripple = power * np.cos((2 * np.pi / f0[pick[v]]).astype(np.float32)[:, None] * f)
                noise[pick[v]] = np.clip(1 - (ripple @ bands) / (power @ bands + 1e-12) / 0.471, 0.001, 1)
        noise[:, bands.sum(0) < 5] = 1
        return envelope, noise


def run(corpus: str, data: Path, cache: Path) -> None:
    folder, pattern, low, high, fft, step = CORPORA[corpus]
    files = sorted((data / folder).glob(pattern))[::step]
    parts: dict[str, list[np.ndarray]] = {"envelope": [], "noise": [], "f0": [], "strength": []}
    lengths = []
    analysis = None
    for path in files:
        x, rate = read_audio(path)
        x = x + 1e-5 * np.random.default_rng(1).standard_normal(len(x)).astype(np.float32)
        coarse, strength = track_f0(x, rate, low, high)
        count = int(len(x) / rate / HOP_SECONDS)
        at = np.arange(count) * HOP_SECONDS / 0.01
        f0 = np.exp(np.interp(at, np.arange(len(coarse)), np.log(coarse))).astype(np.float32)
        strength = np.interp(at, np.arange(len(strength)), strength).astype(np.float32)
        if analysis is None:
            analysis = Analysis(rate, fft, low, high)
        envelope, noise = analysis(x, f0, strength > VOICED_STRENGTH)
        parts["envelope"].append(envelope)
        parts["noise"].append(noise)
        parts["f0"].append(f0)
        parts["strength"].append(strength.astype(np.float16))
        lengths.append(count)
    cache.mkdir(parents=True, exist_ok=True)
    np.savez(
        cache / f"{corpus}.npz",
        ids=np.array([p.stem for p in files]),
        offsets=np.concatenate([[0], np.cumsum(lengths)]),
        **{k: np.concatenate(v) for k, v in parts.items()},
    )
    print(corpus, len(files), "files", sum(lengths), "frames", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("corpora", nargs="*", default=list(CORPORA))
    arguments = parser.parse_args()
    for name in arguments.corpora:
        run(name, arguments.data, arguments.cache)
