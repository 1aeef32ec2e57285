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

from bands import BANDS, NOISE_BANDS
from memory import IS_STOP, LONGEST, WIDTH
from dataset import CONTEXT, IS_SONORANT, IS_VOWEL, NUMERIC, SPEAKERS
from phone_table import PHONES


class Memory(nn.Module):
    """Rows of one voice and the rule that reads them; everything in it is counted, not trained by gradient."""

    def __init__(self, packed: Dict[str, np.ndarray]) -> None:
        super().__init__()
        # Half precision keeps the archive small; rows are read as float.
        self.register_buffer("rows", torch.from_numpy(packed["rows"]).half().reshape(-1, WIDTH))
        for name in ("length", "begin", "finish", "begin_steady", "finish_steady", "target"):
            self.register_buffer(name, torch.from_numpy(packed[name]))
        self.register_buffer("is_stop", torch.from_numpy(IS_STOP.astype(np.float32)))
        self.register_buffer("is_vowel", torch.from_numpy(IS_VOWEL.astype(np.float32)))
        self.longest = LONGEST
        self.bands = BANDS

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
        at = row * self.longest + low.long()
        high = torch.minimum(low + 1, torch.full_like(low, float(self.longest - 1))).long() + row * self.longest
        return (1 - w) * self.rows[at].float() + w * self.rows[high].float()


class Block(nn.Module):
    def __init__(self, width: int, dilation: int) -> None:
        super().__init__()
        self.conv = nn.Conv1d(width, 2 * width, 3, padding=dilation, dilation=dilation)
        self.mix = nn.Conv1d(width, width, 1)

    def forward(self, x: Tensor) -> Tensor:
        a, b = self.conv(x).chunk(2, dim=1)
        return x + self.mix(torch.tanh(a) * torch.sigmoid(b))


class AcousticModel(nn.Module):
    def __init__(self, memories: Dict[str, Dict[str, np.ndarray]], width: int = 112, embed: int = 24, fine: int = 64) -> None:
        super().__init__()
        self.memories = nn.ModuleList([Memory(m) for m in memories.values()])
        self.places: List[int] = [SPEAKERS.index(name) for name in memories]
        self.embed = nn.Embedding(len(PHONES), embed)
        self.numeric = nn.Linear(NUMERIC, 32)
        self.numeric2 = nn.Linear(32, 32)
        self.speaker = nn.Linear(len(SPEAKERS), 16, bias=False)
        self.template = nn.Linear(WIDTH, 48)
        inputs = CONTEXT * embed + 32 + 16 + 48
        self.enter = nn.Conv1d(inputs, width, 2, stride=2)
        self.blocks = nn.ModuleList([Block(width, d) for d in (1, 2, 4, 1, 2)])
        self.split = nn.Conv1d(width, 2 * fine, 1)
        self.side = nn.Conv1d(inputs, fine, 3, padding=1)
        self.out = nn.Conv1d(fine, WIDTH, 3, padding=1)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)
        self.register_buffer("is_sonorant", torch.from_numpy(IS_SONORANT.astype(np.float32)))
        place = torch.arange(WIDTH, dtype=torch.float32)
        self.register_buffer("level", (place < BANDS).float())
        self.register_buffer("slope", torch.clamp(place / 24, 0.0, 1.0) * 0.35 * (place < BANDS).float())
        # How much of the network's correction is used: a mean error flattens detail that the memory has.
        self.register_buffer("trust", torch.ones(1))
        self.fine = fine
        self.bands = BANDS

    def remember(self, phones: Tensor, numeric: Tensor, speaker: Tensor) -> Tensor:
        total = torch.zeros(1)
        out = torch.zeros(1)
        for k, memory in enumerate(self.memories):
            weight = speaker[:, self.places[k]].reshape(-1, 1, 1) + 1e-6
            out = out + weight * memory(phones, numeric)
            total = total + weight
        out = out / total
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
        """phones int64 [n, frames, 5], numeric [n, frames, 7], speaker [n, 7] (weights that sum to 1); frames even.

        Returns the envelope [n, frames, 72] (natural log of amplitude) and the aperiodicity [n, frames, 5] (0 to 1).
        """
        base = self.remember(phones, numeric, speaker)
        out = base
        if float(self.trust) > 0:
            out = base + self.trust * self.correct(phones, numeric, speaker, base)
        return out[:, :, : self.bands], torch.clamp(out[:, :, self.bands :], 0.0, 1.0)

    def correct(self, phones: Tensor, numeric: Tensor, speaker: Tensor, base: Tensor) -> Tensor:
        n, frames = phones.shape[0], phones.shape[1]
        p = self.embed(phones).reshape(n, frames, -1)
        q = self.numeric2(torch.relu(self.numeric(numeric)))
        s = self.speaker(speaker).unsqueeze(1).expand(n, frames, 16)
        x = torch.cat([p, q, s, torch.relu(self.template(base * 0.25 + 1.5))], 2).transpose(1, 2)
        h = self.enter(x)
        for block in self.blocks:
            h = block(h)
        y = self.split(h).reshape(n, 2, self.fine, frames // 2).permute(0, 2, 3, 1).reshape(n, self.fine, frames)
        return self.out(torch.relu(y + self.side(x))).transpose(1, 2)
