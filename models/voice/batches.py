"""Training batches made on the device that trains: windows of packed takes, stretched, shifted and warped at random.

Everything is arithmetic on whole batches, so that a GPU is never waiting for Python.
"""

from __future__ import annotations

from typing import Dict, List, NamedTuple

import numpy as np
import torch
from torch import Tensor

from bands import BANDS, HOP_SECONDS, NOISE_BANDS, WARP_HZ, TOP_HZ, band_centres
from coding import FLOOR, NOISE_STEPS, STEP, UNIT, expand
from dataset import CONTEXT, IS_VOWEL, PAUSE, SPEAKERS
from memory import WIDTH
from model import AcousticModel

SEGMENTS = 64  # that a window may span
SPOKEN = ("kathleen", "slt", "rms", "awb", "chen")
EDGE = 16  # frames at both ends of a window that lack their surroundings and are not learned from


class Batch(NamedTuple):
    ids: Tensor  # int64 [n, frames, 5]
    numeric: Tensor  # [n, frames, 7]
    speaker: Tensor  # [n, 8]
    warp: Tensor  # [n, 1], ln ratio by which formants were moved
    base: Tensor  # [n, frames, 77], the settled memory
    target: Tensor  # [n, frames, 77]
    weight: Tensor  # [n, frames, 72], 1 where the target is known


class Corpus:
    """Packed takes of one voice on a device."""

    def __init__(self, store, name: str, device: torch.device) -> None:
        self.name = name
        self.place = SPEAKERS.index(name)
        self.hop = int(store[f"{name}.hop"])
        takes = store[f"{name}.takes"].astype(np.int64)
        segments = store[f"{name}.segments"].astype(np.int64)
        to = lambda x: torch.from_numpy(np.ascontiguousarray(x)).to(device)
        first_frame = np.concatenate([[0], np.cumsum(segments[:, 1])])[:-1]
        # Rows of the thinned arrays: takes begin on a row of their own.
        rows = (takes[:, 3] + self.hop - 1) // self.hop
        take_of = np.repeat(np.arange(len(takes)), takes[:, 2])
        take_frame = np.cumsum(takes[:, 3]) - takes[:, 3]
        self.row = to((np.cumsum(rows) - rows)[take_of])  # of each segment's take
        self.inside = to(first_frame - take_frame[take_of])  # first frame of each segment in its take
        self.last_row = to((np.cumsum(rows) - 1)[take_of])
        self.phone, self.length, self.release = (to(x) for x in segments.T)
        ends = np.cumsum(takes[:, 2])
        self.begin_segment, self.end_segment = to((ends - takes[:, 2])[take_of]), to(ends[take_of])
        held = takes[take_of, 1] == 1
        self.training = to(np.flatnonzero(~held))
        self.tests: List[int] = [int(e - n) for e, n, h in zip(ends, takes[:, 2], takes[:, 1]) if h]
        self.frames = {int(e - n): int(f) for e, n, f in zip(ends, takes[:, 2], takes[:, 3])}
        bands = int(store[f"{name}.bands"])
        code = expand(store[f"{name}.envelope"], bands).astype(np.uint8)
        code = np.pad(code, ((0, 0), (0, BANDS - bands)), mode="edge")
        self.known = (torch.arange(BANDS, device=device) < bands).float()
        self.code = to(np.concatenate([code, expand(store[f"{name}.noise"], NOISE_BANDS).astype(np.uint8)], 1))
        self.curves = to(expand(store[f"{name}.curves"], 2).astype(np.float32) / UNIT)
        self.memory = {k: store[f"{name}.memory.{k}"] for k in (
            "rows", "first", "length", "begin", "finish", "begin_steady", "finish_steady", "target")}
        self.memory["rows"] = expand(self.memory["rows"], WIDTH).astype(np.uint8)
        self.seconds = float(takes[takes[:, 1] == 0, 3].sum()) * HOP_SECONDS


class Maker:
    """Makes batches of one corpus; `model` gives the memories (in the order of `corpora`)."""

    def __init__(self, corpora: List[Corpus], model: AcousticModel, device: torch.device, seed: int) -> None:
        self.corpora, self.model, self.device = corpora, model, device
        self.random = torch.Generator(device=device)
        self.random.manual_seed(seed)
        self.is_vowel = torch.from_numpy(IS_VOWEL).to(device)
        self.scale = torch.tensor([STEP] * BANDS + [1 / NOISE_STEPS] * NOISE_BANDS, device=device)
        self.floor = torch.tensor([FLOOR] * BANDS + [0.0] * NOISE_BANDS, device=device)
        self.rough = (torch.arange(BANDS + NOISE_BANDS, device=device) < BANDS).float()
        self.centres = torch.from_numpy(band_centres().astype(np.float32)).to(device)

    def uniform(self, n: int, low: float, high: float) -> Tensor:
        return low + (high - low) * torch.rand(n, 1, generator=self.random, device=self.device)

    def chance(self, n: int, p: float) -> Tensor:
        return (torch.rand(n, 1, generator=self.random, device=self.device) < p).float()

    def stretch(self, phone: Tensor, length: Tensor, most: float) -> Dict[str, Tensor]:
        """New length of every segment [n, segments]; of stretched vowels the frames kept and the inner ones."""
        n = len(phone)
        draw = torch.rand(phone.shape, generator=self.random, device=self.device)
        factor = torch.exp(np.log(most) * torch.rand(phone.shape, generator=self.random, device=self.device))
        vowel = self.is_vowel[phone]
        middle = vowel & (length >= 10) & (draw < 0.5)
        keep = torch.clamp(length // 2 - 1, max=8)
        inner = torch.clamp(torch.round((length - 2 * keep) * factor).long(), min=2)
        plain = torch.clamp(torch.round(length * self.uniform(n, 0.8, 1.3)).long(), min=2)
        same = (phone == PAUSE) | (length < 3)
        new = torch.where(middle, 2 * keep + inner, torch.where(same, length, plain))
        return {"new": new, "keep": keep, "inner": inner, "middle": middle}

    @torch.no_grad()
    def windows(self, k: int, n: int, frames: int, start: Tensor | None = None) -> Batch:
        """n windows of corpora[k]; with `start` (segments) the unchanged takes from there on, for held-out figures."""
        c = self.corpora[k]
        training = start is None
        if start is None:
            pick = torch.randint(len(c.training), (n,), generator=self.random, device=self.device)
            start = c.training[pick]
            spare = 0
        else:
            spare = max(int((c.end_segment[start] - start).max()) - SEGMENTS, 0)
        end = c.end_segment[start].unsqueeze(1)
        index = start.unsqueeze(1) + torch.arange(SEGMENTS + spare, device=self.device)
        valid = index < end
        index = torch.minimum(index, end - 1)
        phone = torch.where(valid, c.phone[index], torch.full_like(index, PAUSE))
        length = torch.where(valid, c.length[index], torch.full_like(index, frames))
        if training:
            how = self.stretch(phone, length, 8.0)
            new = how["new"]
            # Not every window begins with a phone.
            lead = (self.uniform(n, 0.0, 1.0) * torch.clamp(new[:, :1], max=80)).long()
        else:
            new = length
            lead = torch.zeros_like(end)
        stop = torch.cumsum(new, 1) - lead
        t = torch.arange(frames, device=self.device).unsqueeze(0).expand(n, frames).contiguous()
        at = torch.clamp(torch.searchsorted(stop, t, right=True), max=index.shape[1] - 1)
        of = lambda x: x.gather(1, at)
        size, old = of(new), of(length).float()
        since = t - of(stop) + size
        j = since.float()
        release = torch.where(valid, c.release[index], torch.full_like(index, -1))
        if training:
            keep, inner = of(how["keep"]).float(), of(how["inner"]).float()
            slope = (old - 1) / torch.clamp(size - 1, min=1).float()
            slow = keep + (j - keep) * (old - 2 * keep - 1) / torch.clamp(inner - 1, min=1)
            moved = torch.where(j < keep, j, torch.where(j >= keep + inner, old - (size - j), slow))
            inside = torch.where(of(how["middle"]), moved, j * slope)
            released = torch.ceil(release.float() * (new - 1).float() / torch.clamp(length - 1, min=1).float()).long()
            release = torch.where(release >= 0, torch.minimum(released, new - 1), release)
        else:
            inside = j
        place = c.inside[index].gather(1, at).float() + torch.minimum(inside, old - 1)
        known = of(valid)

        row, last = c.row[index[:, :1]], c.last_row[index[:, :1]]
        low = torch.floor(place / c.hop)
        w = (place / c.hop - low).unsqueeze(2)
        a = torch.minimum(row + low.long(), last)
        b = torch.minimum(a + 1, last)
        lower = c.code[a].float()
        target = (lower + w * (c.code[b].float() - lower)) * self.scale + self.floor
        if training:
            # The steps of the codes must not be learned as a texture.
            dither = torch.rand(target.shape, generator=self.random, device=self.device) - 0.5
            target += dither * self.scale * self.rough
        curve = c.curves[a] + w * (c.curves[b] - c.curves[a])
        pitch, loudness = curve[:, :, 0], curve[:, :, 1]

        r = of(release)
        offset = (since - r).float() * HOP_SECONDS
        has = r >= 0
        log_time = lambda frame: torch.log1p(frame.float() * (100 * HOP_SECONDS)) / 3
        context = []
        for step in range(CONTEXT):
            near = index + step - CONTEXT // 2
            fits = (near >= c.begin_segment[index]) & (near < end) & valid
            ids = torch.where(fits, c.phone[torch.clamp(near, 0, len(c.phone) - 1)], torch.full_like(near, PAUSE))
            context.append(of(ids))
        ids = torch.stack(context, 2)

        warp = torch.zeros(n, 1, device=self.device)
        louder = torch.zeros(n, 1, device=self.device)
        if training:
            if c.name in SPOKEN:
                pitch = pitch + self.chance(n, 0.5) * self.uniform(n, -0.2, 1.0)
            # Singers hold a pitch that speakers let fall.
            mean = pitch.mean(1, keepdim=True)
            pitch = mean + (pitch - mean) * (1 - self.chance(n, 0.3) * self.uniform(n, 0.3, 1.0))
            louder = self.chance(n, 0.3) * self.uniform(n, -0.5, 0.5)
            warp = self.chance(n, 0.5) * self.uniform(n, -0.12, 0.12)
        numeric = torch.stack([
            log_time(since), log_time(size - 1 - since), log_time(size),
            torch.where(has, torch.clamp(offset / 0.2, -1, 1), torch.zeros_like(offset)),
            (has & (offset >= 0)).float(), pitch, loudness], 2)
        memory = self.model.memories[k](ids, numeric)
        weight = (known if training else known & (ids[:, :, 2] != PAUSE)).float()
        bands = c.known.expand(n, BANDS)
        if training:
            inner_frames = (t >= EDGE) & (t < frames - EDGE)
            weight = weight * inner_frames.float()
            memory, target = self.move(memory, warp), self.move(target, warp)
            bands = self.move(torch.cat([bands, bands.new_zeros(n, NOISE_BANDS)], 1).unsqueeze(1), warp)[:, 0, :BANDS]
            bands = (bands > 0.99).float()
        # As a change of loudness moves the memory, so it moves what was recorded.
        settled = self.model.settle(memory, ids, numeric)
        gain = louder.unsqueeze(2) * (10 / 8.686) * (
            self.model.level + self.model.slope * self.model.is_sonorant[ids[:, :, 2]].unsqueeze(2))
        numeric[:, :, 6] += louder
        speaker = torch.zeros(n, len(SPEAKERS), device=self.device)
        speaker[:, c.place] = 1.0
        known_bands = weight.unsqueeze(2) * bands.unsqueeze(1)
        return Batch(ids, numeric, speaker, warp, settled + gain, target + gain, known_bands)

    def move(self, x: Tensor, warp: Tensor) -> Tensor:
        """Formants of x [n, frames, 77] moved by the factor exp(warp); aperiodicity stays."""
        wanted = self.centres.unsqueeze(0) * torch.exp(-warp)
        place = torch.log1p(wanted / WARP_HZ) * ((BANDS - 1) / float(np.log1p(TOP_HZ / WARP_HZ)))
        place = torch.clamp(place, 0, BANDS - 1.001)
        low = torch.floor(place)
        w = (place - low).unsqueeze(1)
        a = low.long().unsqueeze(1).expand(x.shape[0], x.shape[1], BANDS)
        moved = x.gather(2, a) * (1 - w) + x.gather(2, a + 1) * w
        return torch.cat([moved, x[:, :, BANDS:]], 2)

    def mixed(self, share: List[float], n: int, frames: int) -> Batch:
        """n windows of all corpora by their shares, in random order."""
        counts = [int(round(s * n)) for s in share]
        parts = [self.windows(k, count, frames) for k, count in enumerate(counts) if count > 0]
        order = torch.randperm(sum(counts), generator=self.random, device=self.device)
        return Batch(*[torch.cat(x)[order] for x in zip(*parts)])
