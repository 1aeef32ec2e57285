"""Trains the vocoder's refiner by copy synthesis and exports it.

usage: train_refiner.py --takes FILE --out DIR [--minutes M] [--seed N] [--batch N] [--export]
The loss is the spectral energy distance of Gritsenko et al. (2020): the distance of spectrograms to the recording, less half
the distance of two syntheses that differ by their noise alone. Without the second term noise would lose to a buzz, because a
steady sound is nearer to any noise than another noise is.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from bands import NOISE_BANDS, SAMPLE_RATE
from vocoder import SHARES, Refiner, Vocoder, per_sample, plain_shares, sample_of_frame

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "common"))
from contract import export  # noqa: E402

FRAMES = 120
EDGE = 882  # samples at both ends of a window that lack what rings into them
SIZES = (512, 1024, 2048)
TESTS = 48  # takes kept for the figures


class Takes:
    """Windows of takes in memory."""

    def __init__(self, path: Path, seed: int) -> None:
        store = np.load(path)
        self.data = {k: store[k] for k in ("sound", "pulses", "phase", "envelope", "noise", "f0")}
        self.frames, self.samples, self.narrow = store["frames"], store["samples"], store["narrow"]
        self.first_frame = np.cumsum(self.frames) - self.frames
        self.first_sample = np.cumsum(self.samples) - self.samples
        rng = np.random.default_rng(seed)
        order = rng.permutation(np.flatnonzero(self.frames > FRAMES + 6))
        self.tests, self.training = order[:TESTS], order[TESTS:]
        self.chance = self.frames[self.training] / self.frames[self.training].sum()
        self.rng = rng

    def windows(self, takes: np.ndarray, starts: np.ndarray | None = None) -> dict[str, Tensor]:
        out: dict[str, list] = {k: [] for k in self.data}
        length = 441 * FRAMES // 2 + 441
        for i, k in enumerate(takes):
            spare = (self.frames[k] - FRAMES - 4) // 2
            start = 2 + 2 * (int(self.rng.integers(max(spare, 1))) if starts is None else int(starts[i]))
            a = self.first_frame[k] + start
            s = self.first_sample[k] + sample_of_frame(start) - 221
            for name, array in self.data.items():
                at, n = (s, length) if name in ("sound", "pulses", "phase") else (a, FRAMES)
                out[name].append(array[at : at + n].astype(np.float32))
        done = {k: torch.from_numpy(np.stack(v)) for k, v in out.items()}
        done["narrow"] = torch.from_numpy(self.narrow[takes])
        return done


class Distance:
    """Spectrograms at three sizes, and how far two lie apart."""

    def __init__(self) -> None:
        self.windows = {n: torch.hann_window(n) for n in SIZES}

    def spectrograms(self, x: Tensor) -> list[Tensor]:
        x = x[:, EDGE:-EDGE]
        out = []
        for n, w in self.windows.items():
            s = torch.stft(x, n, n // 4, window=w, center=False, return_complex=True) / w.sum()
            out.append(torch.sqrt(s.real**2 + s.imag**2 + 1e-10))
        return out

    def __call__(self, a: list[Tensor], b: list[Tensor], natural: list[Tensor], narrow: Tensor) -> Tensor:
        """Mean of spectral convergence and log difference; above 7.4 kHz narrow recordings say nothing."""
        total = torch.zeros(len(narrow))
        for x, y, z in zip(a, b, natural):
            bins = x.shape[1]
            hz = torch.arange(bins) * (SAMPLE_RATE / 2 / (bins - 1))
            known = torch.where(narrow.unsqueeze(1), (hz < 7400).float(), (hz < 16000).float()).unsqueeze(2)
            apart = torch.sqrt(((x - y) ** 2 * known).sum((1, 2)) + 1e-9) / torch.sqrt((z**2 * known).sum((1, 2)) + 1e-7)
            logs = (torch.log(x + 1e-4) - torch.log(y + 1e-4)).abs() * known
            total = total + apart + logs.sum((1, 2)) / (known.sum((1, 2)) * x.shape[2])
        return total / len(a)


def synthesise(vocoder: Vocoder, batch: dict[str, Tensor], spectra: Tensor, refined, generator=None) -> Tensor:
    envelope, shares, depth = refined
    voiced = batch["noise"][:, :, 0] < 0.5
    a, b = vocoder.filters(envelope, shares, voiced)
    samples = batch["phase"].shape[1]
    noise = vocoder.noise(batch["phase"], per_sample(depth, samples), generator)
    return vocoder.overlap(spectra * a + vocoder.spectra(noise, FRAMES) * b)


def plain(batch: dict[str, Tensor]):
    noise = batch["noise"]
    return batch["envelope"], plain_shares(noise), 0.6 * (1 - noise[:, :, 0])


def figures(model: Refiner | None, vocoder: Vocoder, takes: Takes, distance: Distance) -> tuple[float, float]:
    """Held-out distance to the recordings, and the energy distance."""
    near = energy = 0.0
    generator = torch.Generator().manual_seed(5)
    starts = np.linspace(0, 1, len(takes.tests)) * (takes.frames[takes.tests] - FRAMES - 6) / 2
    with torch.no_grad():
        for part in range(0, len(takes.tests), 8):
            batch = takes.windows(takes.tests[part : part + 8], starts[part : part + 8])
            spectra = vocoder.spectra(batch["pulses"], FRAMES)
            refined = model(batch["envelope"], batch["noise"], batch["f0"]) if model else plain(batch)
            one, two = (distance.spectrograms(synthesise(vocoder, batch, spectra, refined, generator)) for _ in range(2))
            x = distance.spectrograms(batch["sound"])
            d = distance(x, one, x, batch["narrow"])
            near += float(d.sum())
            energy += float((d + distance(x, two, x, batch["narrow"]) - distance(one, two, x, batch["narrow"])).sum())
    return near / len(takes.tests), energy / len(takes.tests)


def varied(batch: dict[str, Tensor], rng: torch.Generator) -> tuple[Tensor, Tensor, Tensor]:
    """What the network is given in training: at any level, a third of the time blurred as a model's envelopes are."""
    envelope, noise = batch["envelope"], batch["noise"]
    n = len(envelope)
    blur = (torch.rand(n, 1, 1, generator=rng) < 0.33).float() * torch.rand(n, 1, 1, generator=rng)
    smooth = torch.nn.functional.avg_pool2d(envelope.unsqueeze(1), (5, 3), 1, (2, 1), count_include_pad=False)[:, 0]
    envelope = envelope + blur * (smooth - envelope) + 0.05 * torch.randn(envelope.shape, generator=rng)
    return envelope, noise, batch["f0"]


def write(model: Refiner, out: Path, seed: int) -> None:
    frames = 6
    envelope = -4 - torch.arange(72) / 24 + torch.cos(torch.arange(72) / 5)
    envelope = envelope.expand(1, frames, 72) + 0.2 * torch.arange(frames)[None, :, None]
    noise = torch.tensor([0.02, 0.1, 0.3, 0.5, 0.8]).expand(1, frames, NOISE_BANDS).clone()
    noise[:, 4:] = 1.0
    f0 = torch.linspace(210, 240, frames)[None]
    names = ("kathleen-en-speech", "flite 2.2 voices slt, rms and awb", "alys-ja-sung", "yuki-ja-sung", "martin-sung-vowels")
    sources = ("github.com/rhasspy/dataset-voice-kathleen", "Debian package flite1-dev",
               "github.com/oxygen-dioxide/ALYS-DB-001-JA", "github.com/kgs233/UTAU-Yuki", "github.com/vocobox/human-voice-dataset")
    licences = ("CC0-1.0", "MIT-CMU", "GPL-3.0", "public domain", "MIT")
    entry = {
        "id": "vocoder", "version": "1", "task": "spectral envelope, aperiodicity and F0 to the vocoder's filters",
        "licence": "GPL-3.0-only",
        "training_data": [{"name": n, "source": s, "licence": c} for n, s, c in zip(names, sources, licences)],
        "seed": seed,
        "methods": {"forward": {
            "inputs": [
                {"name": "envelope", "dtype": "float32", "shape": ["n", "frames", 72], "unit": "ln amplitude", "range": [-30, 8]},
                {"name": "aperiodicity", "dtype": "float32", "shape": ["n", "frames", 5], "unit": "share of power",
                 "range": [0, 1]},
                {"name": "f0", "dtype": "float32", "shape": ["n", "frames"], "unit": "Hz", "range": [20, 4000]},
            ],
            "outputs": [
                {"name": "envelope", "dtype": "float32", "shape": ["n", "frames", 72], "unit": "ln amplitude", "range": [-31, 9]},
                {"name": "shares", "dtype": "float32", "shape": ["n", "frames", SHARES], "unit": "share of power",
                 "range": [0, 1]},
                {"name": "swell", "dtype": "float32", "shape": ["n", "frames"], "unit": "depth", "range": [0, 1]},
            ]}},
    }
    path = export(torch.jit.script(model.eval()), out, entry, ("forward", [envelope.contiguous(), noise, f0]), half=True)
    print(path, path.stat().st_size)


def main() -> None:
    sys.stdout.reconfigure(line_buffering=True)
    parser = argparse.ArgumentParser()
    parser.add_argument("--takes", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="folder of the checkpoint, and of the archive with --export")
    parser.add_argument("--checkpoint", type=Path)
    parser.add_argument("--minutes", type=float, default=100)
    parser.add_argument("--batch", type=int, default=10)
    parser.add_argument("--rate", type=float, default=6e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--export", action="store_true")
    a = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(a.seed)
    model = Refiner()
    if a.checkpoint:
        model.load_state_dict(torch.load(a.checkpoint))
    if a.export:
        write(model, a.out, a.seed)
        return
    takes, vocoder, distance = Takes(a.takes, a.seed), Vocoder(), Distance()
    rng = torch.Generator().manual_seed(a.seed)
    optimiser = torch.optim.Adam(model.parameters(), a.rate, betas=(0.9, 0.98))
    mean = {k: v.clone() for k, v in model.state_dict().items()}
    print("plain: distance %.4f, energy %.4f" % figures(None, vocoder, takes, distance))
    begin, shown, step, running = time.time(), 0.0, 0, 0.0
    while True:
        done = (time.time() - begin) / 60 / a.minutes
        if done >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = a.rate * min(1, (step + 1) / 200) * (0.5 + 0.5 * math.cos(math.pi * done))
        batch = takes.windows(takes.rng.choice(takes.training, a.batch, p=takes.chance))
        refined = model(*varied(batch, rng))
        spectra = vocoder.spectra(batch["pulses"], FRAMES)
        x = distance.spectrograms(batch["sound"])
        # One filter, two draws of the noise.
        envelope, shares, depth = refined
        filters = vocoder.filters(envelope, shares, batch["noise"][:, :, 0] < 0.5)
        deep = per_sample(depth, batch["phase"].shape[1])
        one, two = (distance.spectrograms(vocoder.overlap(
            spectra * filters[0] + vocoder.spectra(vocoder.noise(batch["phase"], deep), FRAMES) * filters[1]))
            for _ in range(2))
        narrow = batch["narrow"]
        loss = (distance(x, one, x, narrow) + distance(x, two, x, narrow) - distance(one, two, x, narrow)).mean()
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        step += 1
        running += float(loss)
        keep = min(0.999, step / (step + 50))
        with torch.no_grad():
            for k, v in model.state_dict().items():
                mean[k].mul_(keep).add_(v, alpha=1 - keep) if v.is_floating_point() else mean[k].copy_(v)
        if time.time() - shown > 300:
            shown = time.time()
            held = {k: v.clone() for k, v in model.state_dict().items()}
            model.load_state_dict(mean)
            near, energy = figures(model, vocoder, takes, distance)
            torch.save(model.state_dict(), a.out / "refiner.pt")
            model.load_state_dict(held)
            print(f"{step} steps, {(time.time() - begin) / 60:.1f} min: training {running / step:.4f}, "
                  f"held out: distance {near:.4f}, energy {energy:.4f}")
    model.load_state_dict(mean)
    print("end: distance %.4f, energy %.4f" % figures(model, vocoder, takes, distance))
    torch.save(model.state_dict(), a.out / "refiner.pt")


if __name__ == "__main__":
    main()
