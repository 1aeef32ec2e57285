"""The lyric line model: a small decoder-only transformer over whole words (English) or characters (Chinese).

It sees a song from its header on, each line from its end to its beginning, and with every token how many syllables
of the line remain. Embeddings are factored (width `narrow`, projected to `width`) and tied to the output. Positions
enter only as a penalty on distance (Press et al. 2021, ALiBi), so the context may grow without new parameters.
"""

from __future__ import annotations

import math
from typing import Dict, List, Tuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class Block(nn.Module):
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

    def forward(self, x: Tensor, bias: Tensor, past_k: Tensor, past_v: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
        batch, length, width = x.shape
        qkv = self.qkv(self.norm1(x)).view(batch, length, 3, self.heads, width // self.heads)
        q, k, v = qkv[:, :, 0].transpose(1, 2), qkv[:, :, 1].transpose(1, 2), qkv[:, :, 2].transpose(1, 2)
        if past_k.shape[2] > 0:
            k = torch.cat([past_k, k], dim=2)
            v = torch.cat([past_v, v], dim=2)
        weights = torch.softmax(torch.matmul(q, k.transpose(2, 3)) * (1.0 / math.sqrt(q.shape[3])) + bias, dim=-1)
        mixed = torch.matmul(weights, v).transpose(1, 2).reshape(batch, length, width)
        x = x + F.dropout(self.out(mixed), self.dropout, self.training)
        x = x + F.dropout(self.down(F.gelu(self.up(self.norm2(x)))), self.dropout, self.training)
        return x, k, v


class LineModel(nn.Module):
    """tokens and remaining are int64 [batch, length]; log-probabilities come out for the next token."""

    def __init__(self, vocabulary: int, width: int = 384, narrow: int = 100, layers: int = 5, heads: int = 6,
                 hidden: int = 1280, dropout: float = 0.1, remaining: int = 16):
        super().__init__()
        self.width, self.heads, self.layers = width, heads, layers
        self.dropout = dropout
        self.embed = nn.Embedding(vocabulary, narrow)
        self.widen = nn.Linear(narrow, width, bias=False)
        self.remaining = nn.Embedding(remaining, width)
        self.blocks = nn.ModuleList([Block(width, heads, hidden, dropout) for _ in range(layers)])
        self.norm = nn.LayerNorm(width)
        self.slim = nn.Linear(width, narrow, bias=False)
        self.bias = nn.Parameter(torch.zeros(vocabulary))
        self.register_buffer("slopes", torch.tensor([2.0 ** (-8.0 * (h + 0.5) / heads) for h in range(heads)])
                             .view(1, heads, 1, 1))
        for name, p in self.named_parameters():
            if p.dim() == 2 and "embed" not in name:
                nn.init.normal_(p, std=0.02 / (math.sqrt(2 * layers) if name.endswith(("out.weight", "down.weight")) else 1))
        nn.init.normal_(self.embed.weight, std=0.1)
        nn.init.normal_(self.widen.weight, std=0.1)
        nn.init.normal_(self.slim.weight, std=1.0 / math.sqrt(width))

    def run(self, tokens: Tensor, remaining: Tensor, cache: List[Tensor]) -> Tuple[Tensor, List[Tensor]]:
        length = tokens.shape[1]
        past = cache[0].shape[2]
        query = torch.arange(past, past + length, device=tokens.device).view(length, 1)
        key = torch.arange(past + length, device=tokens.device).view(1, past + length)
        distance = (query - key).to(torch.float32)
        # Distance matters up to a line and a half; beyond, heads attend by content alone.
        bias = -self.slopes * torch.clamp(distance, 0.0, 24.0) + torch.where(distance < 0, -1e9, 0.0)
        x = self.widen(self.embed(tokens)) + self.remaining(remaining)
        x = F.dropout(x, self.dropout, self.training)
        fresh: List[Tensor] = []
        for i, block in enumerate(self.blocks):
            x, k, v = block(x, bias, cache[2 * i], cache[2 * i + 1])
            fresh.append(k)
            fresh.append(v)
        return self.slim(self.norm(x)), fresh

    def forward(self, tokens: Tensor, remaining: Tensor) -> Tensor:
        hidden, _ = self.run(tokens, remaining, self.initial_cache(tokens.shape[0]))
        return F.linear(hidden, self.embed.weight, self.bias)

    @torch.jit.export
    def initial_cache(self, batch: int) -> List[Tensor]:
        cache: List[Tensor] = []
        for _ in range(2 * self.layers):
            cache.append(torch.zeros(batch, self.heads, 0, self.width // self.heads, device=self.slopes.device))
        return cache

    @torch.jit.export
    def step(self, tokens: Tensor, remaining: Tensor, cache: List[Tensor]) -> Tuple[Tensor, List[Tensor]]:
        """One or more tokens; natural log-probabilities [batch, length, vocabulary] of the token after each."""
        hidden, fresh = self.run(tokens, remaining, cache)
        return torch.log_softmax(F.linear(hidden, self.embed.weight, self.bias), dim=-1), fresh

    @torch.jit.export
    def vectors(self, tokens: Tensor) -> Tensor:
        """Unit-length embeddings [count, narrow] of tokens [count]: near words have a large dot product."""
        return F.normalize(self.embed(tokens), dim=-1)


def from_state(state: Dict[str, Tensor], dropout: float = 0.1) -> LineModel:
    """The model whose state dict this is; its sizes are read from the shapes of the tensors."""
    vocabulary, narrow = state["embed.weight"].shape
    model = LineModel(vocabulary, width=state["widen.weight"].shape[0], narrow=narrow,
                      layers=sum(k.endswith("qkv.weight") for k in state), heads=state["slopes"].shape[1],
                      hidden=state["blocks.0.up.weight"].shape[0], dropout=dropout,
                      remaining=state["remaining.weight"].shape[0])
    model.load_state_dict(state)
    return model
