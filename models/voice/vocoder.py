"""The program's vocoder (core/voice/vocoder.cpp) with gradients, and the network that refines what it is given.

A source of band-limited pulses and of noise that swells around the closing of the glottis goes through the minimum-phase
filter of an envelope, frame by frame. The refiner learns how an analysed envelope, which is free of F0, and shares of noise must
be bent so that partials and noise come out as they were recorded.
"""

from __future__ import annotations

import math
from typing import Tuple

import numpy as np
import scipy.signal
import torch
from torch import Tensor, nn

from bands import BANDS, HOP_SECONDS, NOISE_BANDS, SAMPLE_RATE, TOP_HZ, WARP_HZ, band_centres

HOP = HOP_SECONDS * SAMPLE_RATE  # 220.5 samples
FFT = 2048
BINS = FFT // 2 + 1
LEAD = 160
TAPER_IN, TAPER_OUT = 96, 400
PULSE_HALF, PULSE_STEPS, PULSE_CUTOFF = 12, 256, 0.92
SWELL = 0.6
BREATH_LOW_HZ = 700.0
HIGH_PASS_HZ = 60.0
NOISE_CENTRES = (500.0, 1750.0, 3750.0, 6500.0, 11000.0)
# Places of the refined shares of noise on the envelope's axis.
SHARES = 18
SHARE_STEP = 4


def sample_of_frame(frame: int) -> int:
    return int(math.floor(frame * HOP + 0.5))


def pulses_of(f0: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
    """The train of pulses and the phase of the period (0 to 1) at every sample; as excite() of vocoder.cpp."""
    length = sample_of_frame(len(f0))
    place = np.arange(length) / HOP
    pitch = np.interp(place, np.arange(len(f0)), np.clip(f0, 20.0, 4000.0).astype(np.float64))
    step = pitch / SAMPLE_RATE
    total = np.cumsum(step)
    phase = total - np.floor(total)
    fall = np.flatnonzero(np.floor(total) > np.floor(np.concatenate([[0.0], total[:-1]])))
    out = np.zeros(length + 2 * PULSE_HALF)
    time = fall + (1.0 - (total[fall] - step[fall] - np.floor(total[fall] - step[fall]))) / step[fall]
    whole = np.floor(time).astype(int)
    fraction = np.round((time - whole) * PULSE_STEPS) / PULSE_STEPS
    for i in range(2 * PULSE_HALF):
        x = i - (PULSE_HALF - 1) - fraction
        window = 0.42 + 0.5 * np.cos(np.pi * x / PULSE_HALF) + 0.08 * np.cos(2 * np.pi * x / PULSE_HALF)
        value = PULSE_CUTOFF * np.sinc(PULSE_CUTOFF * x) * np.where(np.abs(x) >= PULSE_HALF, 0.0, window)
        n = whole - (PULSE_HALF - 1) + i
        keep = (n >= 0) & (n < length)
        np.add.at(out, n[keep], (value / np.sqrt(step[fall]))[keep])
    return out[:length].astype(np.float32), phase.astype(np.float32)


def _interpolation(places: np.ndarray, count: int) -> Tuple[Tensor, Tensor]:
    """Lower index and fraction of places on an axis of `count` points."""
    places = np.clip(places, 0, count - 1 - 1e-6)
    low = np.floor(places)
    return torch.from_numpy(low.astype(np.int64)), torch.from_numpy((places - low).astype(np.float32))


class Vocoder(nn.Module):
    """Sound from frames [n, frames, ...] and sources cut so that frame 0 is centred at sample 221 of them."""

    def __init__(self) -> None:
        super().__init__()
        hz = np.arange(BINS) * SAMPLE_RATE / FFT
        place = np.log1p(hz / WARP_HZ) * (BANDS - 1) / np.log1p(TOP_HZ / WARP_HZ)
        low, fraction = _interpolation(place, BANDS)
        self.register_buffer("low", low)
        self.register_buffer("fraction", fraction)
        self.register_buffer("extra", torch.from_numpy(np.where(hz > TOP_HZ, -(hz - TOP_HZ) / 500, 0).astype(np.float32)))
        self.register_buffer("low_cut", torch.from_numpy(np.minimum(1, (hz / BREATH_LOW_HZ) ** 2).astype(np.float32)))
        low, fraction = _interpolation((place - (SHARE_STEP - 1) / 2) / SHARE_STEP, SHARES)
        self.register_buffer("share_low", low)
        self.register_buffer("share_fraction", fraction)
        # The high-pass of the whole sound, frame by frame here.
        b, a = scipy.signal.butter(2, HIGH_PASS_HZ, "highpass", fs=SAMPLE_RATE)
        _, rumble = scipy.signal.freqz(b, a, worN=2 * np.pi * hz / SAMPLE_RATE)
        self.register_buffer("high_pass", torch.from_numpy(rumble.astype(np.complex64)))
        fold = torch.zeros(FFT)
        fold[0] = fold[FFT // 2] = 1
        fold[1 : FFT // 2] = 2
        self.register_buffer("fold", fold)
        taper = torch.ones(FFT)
        taper[:TAPER_IN] = torch.arange(TAPER_IN) / TAPER_IN
        taper[FFT - TAPER_OUT :] = torch.arange(TAPER_OUT).flip(0) / TAPER_OUT
        self.register_buffer("taper", taper)
        # Raised cosines of even and odd frames; an even frame reaches 220 samples back and 221 on, an odd one the reverse.
        windows = []
        for back, on in ((220, 221), (221, 220)):
            x = torch.cat([torch.arange(back) / back, 1 - torch.arange(on) / on])
            windows.append(0.5 - 0.5 * torch.cos(math.pi * x))
        self.register_buffer("windows", torch.stack(windows))

    def response(self, envelope: Tensor) -> Tensor:
        log = envelope[..., self.low] * (1 - self.fraction) + envelope[..., self.low + 1] * self.fraction + self.extra
        cepstrum = torch.fft.irfft(torch.clamp(log, min=-20.0).to(torch.complex64), n=FFT)
        return torch.exp(torch.fft.rfft(cepstrum * self.fold))

    def filters(self, envelope: Tensor, share: Tensor, voiced: Tensor) -> Tuple[Tensor, Tensor]:
        """The responses [n, frames, bins] for pulses and for noise."""
        share = share[..., self.share_low] * (1 - self.share_fraction) + share[..., self.share_low + 1] * self.share_fraction
        response = self.response(envelope) * self.high_pass
        noisy = torch.sqrt(share + 1e-6) * torch.where(voiced.unsqueeze(2), self.low_cut, torch.ones_like(self.low_cut))
        return response * torch.sqrt(1 - share + 1e-6), response * noisy

    def spectra(self, source: Tensor, frames: int) -> Tensor:
        """Spectra of the windowed segments of a source [n, 441 * frames / 2 + 441]."""
        n = source.shape[0]
        segments = source.new_zeros(n, frames, FFT)
        even = source[:, 1:].unfold(1, 441, 441)[:, : frames // 2]  # frame 0 starts 220 samples before its centre at 221
        odd = source[:, 221:].unfold(1, 441, 441)[:, : frames // 2]
        segments[:, 0::2, LEAD : LEAD + 441] = even * self.windows[0]
        segments[:, 1::2, LEAD : LEAD + 441] = odd * self.windows[1]
        return torch.fft.rfft(segments)

    def overlap(self, spectrum: Tensor) -> Tensor:
        """Adds filtered segments up, on the samples of the source."""
        y = torch.fft.irfft(spectrum, n=FFT) * self.taper
        n, frames = y.shape[0], y.shape[1]
        out = y.new_zeros(n, 441 * (frames // 2 + 6))
        for parity, start in ((0, 1), (1, 221)):
            part = nn.functional.pad(y[:, parity::2], (0, 441 * 5 - FFT)).reshape(n, frames // 2, 5, 441)
            total = y.new_zeros(n, frames // 2 + 4, 441)
            for k in range(5):
                total[:, k : k + frames // 2] = total[:, k : k + frames // 2] + part[:, :, k]
            total = total.reshape(n, -1)
            out[:, start : start + total.shape[1]] = out[:, start : start + total.shape[1]] + total
        return out[:, LEAD : LEAD + 441 * (frames // 2) + 441]

    def noise(self, phase: Tensor, depth: Tensor, generator: torch.Generator | None = None) -> Tensor:
        """Noise that swells with the phase of the period; both [n, samples]."""
        noise = torch.randn(phase.shape, generator=generator, device=phase.device)
        return noise * (1 + depth * torch.cos(2 * math.pi * phase)) / torch.sqrt(1 + 0.5 * depth * depth)


def per_sample(x: Tensor, samples: int) -> Tensor:
    """A curve over frames [n, frames] at every sample, by straight lines; frame 0 is at sample 221."""
    at = torch.clamp((torch.arange(samples) - 220.5) / HOP, 0, x.shape[1] - 1.001)
    low = at.long()
    w = at - low
    return x[:, low] * (1 - w) + x[:, low + 1] * w


def plain_shares(noise: Tensor) -> Tensor:
    """The five shares of noise at the SHARES places, as the unrefined vocoder reads them: [..., 18]."""
    hz = band_centres()
    hz = np.interp((SHARE_STEP - 1) / 2 + SHARE_STEP * np.arange(SHARES), np.arange(BANDS), hz)
    place = np.interp(hz, NOISE_CENTRES, np.arange(NOISE_BANDS))
    low, w = _interpolation(place, NOISE_BANDS)
    return torch.clamp(noise[..., low] * (1 - w) + noise[..., low + 1] * w, 0.0, 1.0)


class Block(nn.Module):
    def __init__(self, width: int, dilation: int) -> None:
        super().__init__()
        self.conv = nn.Conv1d(width, 2 * width, 3, padding=dilation, dilation=dilation)
        self.out = nn.Conv1d(width, width, 1)

    def forward(self, x: Tensor) -> Tensor:
        a, b = self.conv(x).chunk(2, 1)
        return x + self.out(torch.tanh(a) * torch.sigmoid(b))


class Refiner(nn.Module):
    """Envelope, aperiodicity and F0 -> what the vocoder's filters should be. 5 ms frames; sees 75 ms to each side."""

    def __init__(self, width: int = 128) -> None:
        super().__init__()
        centres = band_centres()
        self.register_buffer("low_bands", torch.from_numpy(centres[:36].astype(np.float32)))
        low, w = _interpolation(
            np.interp(np.interp((SHARE_STEP - 1) / 2 + SHARE_STEP * np.arange(SHARES), np.arange(BANDS), centres),
                      NOISE_CENTRES, np.arange(NOISE_BANDS)), NOISE_BANDS)
        self.register_buffer("share_low", low)
        self.register_buffer("share_fraction", w)
        self.enter = nn.Conv1d(BANDS + NOISE_BANDS + 4 + 36, width, 3, padding=1)
        self.blocks = nn.ModuleList([Block(width, d) for d in (1, 2, 4, 6)])
        self.out = nn.Conv1d(width, BANDS + SHARES + 1, 1)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)
        self.swell = SWELL

    def forward(self, envelope: Tensor, noise: Tensor, f0: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
        """envelope [n, frames, 72] (ln amplitude), noise [n, frames, 5] (shares), f0 [n, frames] (Hz).

        Returns the envelope refined, the shares of noise [n, frames, 18], and the depth [n, frames] to which noise swells
        with the glottal cycle.
        """
        voiced = (noise[:, :, 0] < 0.5).float()
        level = torch.clamp(envelope, min=-11.0).mean(2, keepdim=True)
        change = level - torch.nn.functional.avg_pool1d(
            level.transpose(1, 2), 5, 1, 2, count_include_pad=False).transpose(1, 2)
        octave = torch.log2(torch.clamp(f0, 50.0, 1100.0) / 220.0)
        # Where the low bands lie between partials.
        comb = torch.cos(2 * math.pi * self.low_bands / torch.clamp(f0, 50.0, 1100.0).unsqueeze(2)) * voiced.unsqueeze(2)
        x = torch.cat([
            0.5 * torch.clamp(envelope - level, -8.0, 8.0), 2 * noise - 1, change, octave.unsqueeze(2),
            voiced.unsqueeze(2), (octave * octave).unsqueeze(2), comb], 2)
        h = self.enter(x.transpose(1, 2))
        for block in self.blocks:
            h = block(h)
        bend, share, swell = self.out(torch.relu(h)).transpose(1, 2).split([72, 18, 1], 2)
        plain = noise[:, :, self.share_low] * (1 - self.share_fraction) + noise[:, :, self.share_low + 1] * self.share_fraction
        plain = torch.clamp(plain, 0.002, 0.998)
        moved = torch.sigmoid(torch.log(plain / (1 - plain)) + 2 * torch.tanh(share))
        # Voiceless frames have no pulses.
        v = voiced.unsqueeze(2)
        shares = v * moved + (1 - v) * torch.clamp(plain, min=0.998)
        depth = self.swell * (1 - noise[:, :, 0]) * torch.exp(torch.clamp(swell[:, :, 0], -1.5, 0.4))
        return envelope + torch.tanh(bend), shares, depth
