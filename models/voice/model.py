"""Acoustic model: timed phones, pitch and loudness -> spectral envelope and band aperiodicity, 5 ms frames.

Non-autoregressive. An exemplar memory (memory.py) gives the typical recorded transition for every pair of phones,
fitted to the wanted durations; a network of dilated gated convolutions at 10 ms, with a light head at 5 ms, corrects it
for context, pitch, loudness and voice.
"""

from __future__ import annotations

from typing import Dict, List, Tuple

import numpy as np
import torch
from torch import Tensor, nn

from bands import BANDS, NOISE_BANDS, band_centres
from memory import IS_STOP, ROW_FLOOR, ROW_STEP, WIDTH
from dataset import CONTEXT, IS_SONORANT, NARROW, NUMERIC, SPEAKERS
from phone_table import PHONES


class Memory(nn.Module):
    """Rows of one voice and the rule that reads them; everything in it is counted, not trained by gradient."""

    def __init__(self, packed: Dict[str, np.ndarray]) -> None:
        super().__init__()
        for name in ("rows", "first", "length", "begin", "finish", "begin_steady", "finish_steady", "target"):
            self.register_buffer(name, torch.from_numpy(packed[name]))
        self.register_buffer("step", torch.from_numpy(ROW_STEP))
        self.register_buffer("floor", torch.from_numpy(ROW_FLOOR))
        self.register_buffer("is_stop", torch.from_numpy(IS_STOP.astype(np.float32)))

    def forward(self, phones: Tensor, numeric: Tensor) -> Tensor:
        before, current, after = phones[:, :, 1], phones[:, :, 2], phones[:, :, 3]
        begin = self.begin[current, before]
        finish = self.finish[current, after]
        hl = self.length[begin].float()
        hr = self.length[finish].float()
        since = torch.expm1(3 * numeric[:, :, 0]) * 2
        until = torch.expm1(3 * numeric[:, :, 1]) * 2
        total = since + until + 1
        natural = hl + hr
        # Frames from the start in the recording's own time; long sounds wait in the middle.
        squeezed = (since + 0.5) / total * natural - 0.5
        held = torch.where(until < hr, natural - 1 - until, torch.minimum(since, hl - 0.5))
        place = torch.where(total <= natural, squeezed, held)
        # Stops: closure and release keep their own scales.
        from_release = numeric[:, :, 3] * 40
        released = numeric[:, :, 4]
        closure = torch.clamp(since - from_release, min=1.0)
        tail = torch.clamp(from_release + until + 1, min=1.0)
        in_closure = (since + 0.5) / closure * hl - 0.5
        in_tail = hl + torch.minimum((from_release + 0.5) / tail * hr - 0.5, hr - 1)
        stop = self.is_stop[current]
        stop_place = torch.where(released > 0.5, torch.maximum(in_tail, hl), torch.minimum(in_closure, hl - 1))
        place = torch.where(stop > 0.5, stop_place, place)
        left = torch.minimum(torch.clamp(place, min=0.0), hl - 1)
        right = torch.minimum(torch.clamp(place - hl, min=0.0), hr - 1)
        left = torch.maximum(left, self.begin_steady[current, before] * (hl - 1))
        right = right * (1 - self.finish_steady[current, after])
        reach = torch.clamp(0.25 * torch.minimum(hl, hr), min=1.0)
        mix = torch.clamp((place - hl + 0.5) / (2 * reach) + 0.5, 0.0, 1.0)
        mix = torch.where(stop > 0.5, released, mix).unsqueeze(2)
        out = (1 - mix) * self.read(begin, left) + mix * self.read(finish, right)
        # Sustained sounds settle on the mean of long tokens, which is clearer than any single short one.
        settled = torch.clamp((torch.minimum(since - 0.6 * hl, until - 0.6 * hr)) / 16, 0.0, 1.0) * (1 - stop)
        settled = 0.7 * settled.unsqueeze(2)
        return (1 - settled) * out + settled * self.target[current]

    def read(self, row: Tensor, place: Tensor) -> Tensor:
        low = torch.floor(place)
        w = (place - low).unsqueeze(2)
        last = self.length[row] - 1
        at = torch.minimum(low.long(), last)
        first = self.first[row]
        lower = self.rows[first + at].float()
        upper = self.rows[first + torch.minimum(at + 1, last)].float()
        return (lower + w * (upper - lower)) * self.step + self.floor


class Block(nn.Module):
    def __init__(self, width: int, dilation: int, dropout: float) -> None:
        super().__init__()
        self.conv = nn.Conv1d(width, 2 * width, 3, padding=dilation, dilation=dilation)
        self.mix = nn.Conv1d(width, width, 1)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor) -> Tensor:
        a, b = self.conv(self.drop(x)).chunk(2, dim=1)
        return x + self.mix(torch.tanh(a) * torch.sigmoid(b))


class AcousticModel(nn.Module):
    """`width` channels of the trunk at 10 ms, `fine` channels of the head at 5 ms; 3.3 million parameters as it is."""

    def __init__(
        self, memories: Dict[str, Dict[str, np.ndarray]], width: int = 224, embed: int = 48, fine: int = 128,
        dropout: float = 0.0,
    ) -> None:
        super().__init__()
        self.memories = nn.ModuleList([Memory(m) for m in memories.values()])
        self.places: List[int] = [SPEAKERS.index(name) for name in memories]
        self.embed = nn.Embedding(len(PHONES), embed)
        nn.init.normal_(self.embed.weight, std=0.4)
        self.numeric = nn.Linear(NUMERIC, 48)
        self.numeric2 = nn.Linear(48, 48)
        self.speaker = nn.Linear(len(SPEAKERS), 24, bias=False)
        # Formants are moved in training; the network is told by how much and hears 0 afterwards.
        self.warp = nn.Linear(1, 24, bias=False)
        self.template = nn.Linear(WIDTH, 96)
        inputs = CONTEXT * embed + 48 + 24 + 96
        self.enter = nn.Conv1d(inputs, width, 2, stride=2)
        # 56 frames of 5 ms to each side; with the other layers 63, within the 64 that the program gives.
        self.blocks = nn.ModuleList([Block(width, d, dropout) for d in (1, 2, 4, 7, 1, 2, 4, 7)])
        self.split = nn.Conv1d(width, 2 * fine, 1)
        self.side = nn.Conv1d(inputs, fine, 3, padding=1)
        self.drop = nn.Dropout(dropout)
        self.out = nn.Conv1d(fine, 2 * WIDTH, 3, padding=1)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)
        self.register_buffer("is_sonorant", torch.from_numpy(IS_SONORANT.astype(np.float32)))
        place = torch.arange(WIDTH, dtype=torch.float32)
        self.register_buffer("level", (place < BANDS).float())
        self.register_buffer("slope", torch.clamp(place / 24, 0.0, 1.0) * 0.35 * (place < BANDS).float())
        hz = torch.from_numpy(band_centres())
        self.register_buffer("narrow", torch.tensor([float(name in NARROW) for name in SPEAKERS]))
        self.register_buffer("top", ((place < BANDS) & (torch.cat([hz, hz.new_zeros(NOISE_BANDS)]) > 7000)).float())
        self.register_buffer("edge", torch.nonzero((hz > 5600) & (hz <= 7000)).squeeze(1))
        # How much of the network's correction is used: a mean error flattens detail that the memory has.
        self.register_buffer("trust", torch.ones(1))
        self.fine = fine
        self.bands = BANDS
        self.width = WIDTH

    def remember(self, phones: Tensor, numeric: Tensor, speaker: Tensor) -> Tensor:
        """What the memories of the wanted voices give together, settled: [n, frames, 77]."""
        total = torch.zeros(1, device=numeric.device)
        out = torch.zeros(1, device=numeric.device)
        for k, memory in enumerate(self.memories):
            weight = speaker[:, self.places[k]].reshape(-1, 1, 1) + 1e-6
            out = out + weight * memory(phones, numeric)
            total = total + weight
        return self.settle(out / total, phones, numeric)

    def settle(self, out: Tensor, phones: Tensor, numeric: Tensor) -> Tensor:
        """Smooths the joins of a memory's rows and brings them to the wanted loudness."""
        # Joins between two sounding phones come from different recordings: smooth over 45 ms around them.
        wide = torch.nn.functional.avg_pool1d(out.transpose(1, 2), 9, 1, 4, count_include_pad=False).transpose(1, 2)
        since = torch.expm1(3 * numeric[:, :, 0]) * 2
        until = torch.expm1(3 * numeric[:, :, 1]) * 2
        sounding = self.is_sonorant[phones]
        near = torch.maximum(
            sounding[:, :, 1] * torch.clamp(1 - since / 5, min=0.0), sounding[:, :, 3] * torch.clamp(1 - (until + 1) / 5, min=0.0))
        near = (near * sounding[:, :, 2]).unsqueeze(2)
        out = (1 - near) * out + near * wide
        # A louder voice has more of its power high up: 0.35 dB a dB above 2 kHz.
        loud = numeric[:, :, 6:7] * (10 / 8.686)
        return out + loud * (self.level + self.slope * sounding[:, :, 2:3])

    def forward(self, phones: Tensor, numeric: Tensor, speaker: Tensor) -> Tuple[Tensor, Tensor]:
        """phones int64 [n, frames, 5], numeric [n, frames, 7], speaker [n, 8] (weights that sum to 1); frames even.

        Returns the envelope [n, frames, 72] (natural log of amplitude) and the aperiodicity [n, frames, 5] (0 to 1).
        """
        base = self.remember(phones, numeric, speaker)
        out = base
        if float(self.trust) > 0:
            warp = torch.zeros(phones.shape[0], 1, device=numeric.device)
            change = self.correct(phones, numeric, speaker, base, warp)
            # Nobody taught the network what is above 7 kHz in voices recorded at 16 kHz; it goes as the bands below go.
            below = change[:, :, self.edge].mean(2, keepdim=True)
            narrow = (speaker @ self.narrow).reshape(-1, 1, 1)
            change = change + narrow * self.top * (below - change)
            out = base + self.trust * change
        return out[:, :, : self.bands], torch.clamp(out[:, :, self.bands :], 0.0, 1.0)

    def correct(self, phones: Tensor, numeric: Tensor, speaker: Tensor, base: Tensor, warp: Tensor) -> Tensor:
        """What to add to `base`, the settled memory [n, frames, 77]. warp [n, 1]: ln of the factor on all formants."""
        n, frames = phones.shape[0], phones.shape[1]
        p = self.embed(phones).reshape(n, frames, -1)
        q = self.numeric2(torch.relu(self.numeric(numeric)))
        s = (self.speaker(speaker) + self.warp(10 * warp)).unsqueeze(1).expand(n, frames, 24)
        scaled = base * 0.25 + 1.5
        x = torch.cat([p, q, s, torch.relu(self.template(scaled))], 2).transpose(1, 2)
        h = self.enter(x)
        for block in self.blocks:
            h = block(h)
        y = self.split(h).reshape(n, 2, self.fine, frames // 2).permute(0, 2, 3, 1).reshape(n, self.fine, frames)
        # A part that is added, and a share by which the memory's own detail is kept or dropped.
        add, keep = self.out(self.drop(torch.relu(y + self.side(x)))).transpose(1, 2).split(self.width, 2)
        return add + torch.tanh(keep) * scaled
