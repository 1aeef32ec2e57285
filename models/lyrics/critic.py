"""The lyric critic: which words of a line do not belong where they stand?

A small bidirectional encoder reads some lines in reading order and gives for every token the logit that it was put there
in place of another (replaced token detection, Clark et al. 2020, "ELECTRA"). It sees both sides of a word, which the line
model, writing from the end to the beginning, does not when it chooses. Embeddings are the line model's, factored.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class Layer(nn.Module):
    def __init__(self, width: int, heads: int, hidden: int, dropout: float):
        super().__init__()
        self.heads = heads
        self.norm1 = nn.LayerNorm(width)
        self.norm2 = nn.LayerNorm(width)
        self.qkv = nn.Linear(width, 3 * width, bias=False)
        self.out = nn.Linear(width, width, bias=False)
        self.up = nn.Linear(width, hidden)
        self.down = nn.Linear(hidden, width)
        self.dropout = dropout

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        batch, length, width = x.shape
        qkv = self.qkv(self.norm1(x)).view(batch, length, 3, self.heads, width // self.heads)
        q, k, v = qkv[:, :, 0].transpose(1, 2), qkv[:, :, 1].transpose(1, 2), qkv[:, :, 2].transpose(1, 2)
        weights = torch.softmax(torch.matmul(q, k.transpose(2, 3)) * (1.0 / math.sqrt(q.shape[3])) + bias, dim=-1)
        mixed = torch.matmul(weights, v).transpose(1, 2).reshape(batch, length, width)
        x = x + F.dropout(self.out(mixed), self.dropout, self.training)
        return x + F.dropout(self.down(F.gelu(self.up(self.norm2(x)))), self.dropout, self.training)


class Critic(nn.Module):
    """tokens int64 [batch, length], 0 where a row is padded; logits float32 [batch, length] come out."""

    def __init__(self, vocabulary: int, width: int = 160, narrow: int = 100, layers: int = 3, heads: int = 4,
                 hidden: int = 480, dropout: float = 0.05):
        super().__init__()
        self.heads = heads
        self.embed = nn.Embedding(vocabulary, narrow)
        self.widen = nn.Linear(narrow, width, bias=False)
        self.blocks = nn.ModuleList([Layer(width, heads, hidden, dropout) for _ in range(layers)])
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, width)
        self.logit = nn.Linear(width, 1)
        # What stands k places to the left or right, by head: learnt up to 16 places, the same beyond.
        self.place = nn.Parameter(torch.zeros(heads, 33))
        for name, p in self.named_parameters():
            if p.dim() == 2 and "embed" not in name and name != "place":
                nn.init.normal_(p, std=0.03)
        nn.init.normal_(self.embed.weight, std=0.1)
        nn.init.normal_(self.widen.weight, std=0.1)
        with torch.no_grad():
            steps = torch.arange(-16, 17, dtype=torch.float32).abs()
            for h in range(heads):
                self.place[h] = -steps * (2.0 ** (-2.0 * h))

    def forward(self, tokens: Tensor) -> Tensor:
        length = tokens.shape[1]
        at = torch.arange(length)
        offset = torch.clamp(at.view(1, length) - at.view(length, 1), -16, 16) + 16
        bias = self.place[:, offset].unsqueeze(0) + torch.where(tokens == 0, -1e9, 0.0).view(-1, 1, 1, length)
        x = self.widen(self.embed(tokens))
        for block in self.blocks:
            x = block(x, bias)
        return self.logit(F.gelu(self.head(self.norm(x)))).squeeze(-1)

    @torch.jit.export
    def doubt(self, tokens: Tensor) -> Tensor:
        """Logit [batch, length] that a token is out of place."""
        return self.forward(tokens)
