"""Acoustic model: timed phones, pitch and loudness -> spectral envelope and band aperiodicity, 5 ms frames.

Non-autoregressive. A trunk of dilated gated convolutions runs at 10 ms; a light head at 5 ms keeps releases sharp.
"""

from __future__ import annotations

from typing import Tuple

import torch
from torch import Tensor, nn

from bands import BANDS, NOISE_BANDS
from phone_table import PHONES

# Order is part of the contract: weights of a singer's timbre refer to it.
SPEAKERS = ["kathleen", "slt", "rms", "alys", "yuki", "martin", "chen"]
CONTEXT = 5  # phones: two before, the current one, two after
# since_start, to_end, duration (log(1 + ms / 10) / 3), time from release / 50 ms clipped to +-1, after release,
# log2(F0 / 220 Hz), loudness in units of 10 dB
NUMERIC = 7


class Block(nn.Module):
    def __init__(self, width: int, dilation: int) -> None:
        super().__init__()
        self.conv = nn.Conv1d(width, 2 * width, 3, padding=dilation, dilation=dilation)
        self.mix = nn.Conv1d(width, width, 1)

    def forward(self, x: Tensor) -> Tensor:
        a, b = self.conv(x).chunk(2, dim=1)
        return x + self.mix(torch.tanh(a) * torch.sigmoid(b))


class AcousticModel(nn.Module):
    def __init__(self, width: int = 144, embed: int = 32, fine: int = 64) -> None:
        super().__init__()
        self.embed = nn.Embedding(len(PHONES), embed)
        self.numeric = nn.Linear(NUMERIC, 48)
        self.numeric2 = nn.Linear(48, 48)
        self.speaker = nn.Linear(len(SPEAKERS), 32, bias=False)
        inputs = CONTEXT * embed + 48 + 32
        self.enter = nn.Conv1d(inputs, width, 2, stride=2)
        self.blocks = nn.ModuleList([Block(width, d) for d in (1, 2, 4, 8, 1, 2)])
        self.split = nn.Conv1d(width, 2 * fine, 1)
        self.side = nn.Conv1d(inputs, fine, 3, padding=1)
        self.head = nn.Conv1d(fine, fine, 3, padding=1)
        self.out = nn.Conv1d(fine + 32, BANDS + NOISE_BANDS, 1)
        self.fine = fine
        self.bands = BANDS

    def forward(self, phones: Tensor, numeric: Tensor, speaker: Tensor) -> Tuple[Tensor, Tensor]:
        """phones int64 [n, frames, 5], numeric [n, frames, 7], speaker [n, 7] (weights that sum to 1); frames even.

        Returns the envelope [n, frames, 72] (natural log of amplitude) and the aperiodicity [n, frames, 5] (0 to 1).
        """
        n, frames = phones.shape[0], phones.shape[1]
        p = self.embed(phones).reshape(n, frames, -1)
        q = self.numeric2(torch.relu(self.numeric(numeric)))
        s = self.speaker(speaker).unsqueeze(1).expand(n, frames, 32)
        x = torch.cat([p, q, s], 2).transpose(1, 2)
        h = self.enter(x)
        for block in self.blocks:
            h = block(h)
        y = self.split(h).reshape(n, 2, self.fine, frames // 2).permute(0, 2, 3, 1).reshape(n, self.fine, frames)
        y = torch.relu(y + self.side(x))
        y = y + torch.relu(self.head(y))
        out = self.out(torch.cat([y, s.transpose(1, 2)], 1)).transpose(1, 2)
        return out[:, :, : self.bands], torch.sigmoid(out[:, :, self.bands :])
