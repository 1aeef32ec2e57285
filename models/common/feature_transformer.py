"""A decoder transformer over rows of categorical features, shared by the harmony and melody models.

Every step is described by F small integers (place in the bar, the note before, the chord ...), as for `FeatureGru`.
Columns of one vocabulary (all pitches, all gaps) share an embedding table, so that a pitch means the same in each of
them; the concatenated embeddings are projected to the model's width. Order enters through a learnt bias on bucketed
distance (Raffel et al. 2020) and a window bounds both the attention and the cache, so a long song keeps its speed.
Few heads hold keys and values (Ainslie et al. 2023): the cache of 16 candidates stays small.
"""

from __future__ import annotations

import math
from typing import List, Tuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F

BUCKETS = 32
CHUNK = 16   # steps that the cache keeps apart before it joins them to the older ones


def distance_buckets(window: int) -> Tensor:
    """Bucket of each distance 0 .. window - 1: exact up to 15, then logarithmic."""
    exact = BUCKETS // 2
    found = []
    for distance in range(window):
        if distance < exact:
            found.append(distance)
        else:
            share = math.log(distance / exact) / math.log(max(window, exact + 1) / exact)
            found.append(min(BUCKETS - 1, exact + int(share * (BUCKETS - exact))))
    return torch.tensor(found, dtype=torch.int64)


class Block(nn.Module):
    """Pre-norm attention with grouped keys and values, then a gated feed-forward layer."""

    def __init__(self, width: int, heads: int, groups: int, hidden: int, dropout: float):
        super().__init__()
        self.heads, self.groups, self.size = heads, groups, width // heads
        self.norm1 = nn.LayerNorm(width)
        self.norm2 = nn.LayerNorm(width)
        self.query = nn.Linear(width, width, bias=False)
        self.key_value = nn.Linear(width, 2 * groups * self.size, bias=False)
        self.out = nn.Linear(width, width, bias=False)
        self.up = nn.Linear(width, 2 * hidden)
        self.down = nn.Linear(hidden, width)
        self.distance = nn.Parameter(torch.zeros(heads, BUCKETS))
        self.dropout = dropout

    def forward(self, x: Tensor, near: Tensor, mask: Tensor, old_k: Tensor, old_v: Tensor, past_k: Tensor, past_v: Tensor
                ) -> Tuple[Tensor, Tensor, Tensor]:
        """x [batch, length, width]; near [length, total, BUCKETS] names the bucket of each distance; mask [length, total];
        old and past [batch, groups, time, size]; total = old + past + length. Returns x and the keys and values of past and x."""
        batch, length, width = x.shape
        share = self.heads // self.groups
        y = self.norm1(x)
        q = self.query(y).view(batch, length, self.groups, share, self.size).permute(0, 2, 3, 1, 4)
        q = q.reshape(batch, self.groups, share * length, self.size)
        kv = self.key_value(y).view(batch, length, 2, self.groups, self.size).permute(2, 0, 3, 1, 4)
        k = torch.cat([past_k, kv[0]], dim=2)
        v = torch.cat([past_v, kv[1]], dim=2)
        old = old_k.shape[2]
        # A product, because an index with many equal values has a slow gradient.
        bias = torch.matmul(near, self.distance.t()).permute(2, 0, 1) + mask
        bias = bias.reshape(1, self.groups, share * length, old + k.shape[2])
        scores = torch.matmul(q, k.transpose(2, 3))
        if old > 0:
            scores = torch.cat([torch.matmul(q, old_k.transpose(2, 3)), scores], dim=3)
        weights = torch.softmax(scores * (1.0 / math.sqrt(self.size)) + bias, dim=-1)
        weights = F.dropout(weights, 0.5 * self.dropout, self.training)
        mixed = torch.matmul(weights[..., old:], v)
        if old > 0:
            mixed = mixed + torch.matmul(weights[..., :old], old_v)
        mixed = mixed.view(batch, self.groups, share, length, self.size)
        mixed = mixed.permute(0, 3, 1, 2, 4).reshape(batch, length, width)
        x = x + F.dropout(self.out(mixed), self.dropout, self.training)
        gate, value = self.up(self.norm2(x)).chunk(2, dim=-1)
        x = x + F.dropout(self.down(F.dropout(F.silu(gate) * value, self.dropout, self.training)),
                          self.dropout, self.training)
        return x, k, v


class FeatureTransformer(nn.Module):
    """Logits for the next choice from categorical features.

    columns  (name, number of values, vocabulary) of each feature; a value outside its range is clamped; columns of one
             vocabulary share embeddings.
    outputs  number of logits.
    window   steps that a step can look back on, itself included.
    hide     chance in training that a column is hidden, for a whole row of the batch and again for a single step.
    """

    def __init__(self, columns: List[Tuple[str, int, str]], outputs: int, width: int, layers: int, heads: int,
                 groups: int, hidden: int, embedding: int, window: int, dropout: float, hide: float):
        super().__init__()
        self.layers, self.groups, self.size, self.window = layers, groups, width // heads, window
        self.dropout, self.hide, self.chunk, self.near = dropout, hide, CHUNK, BUCKETS
        largest = {}
        for _, size, vocabulary in columns:
            largest[vocabulary] = max(size, largest.get(vocabulary, 0))
        start, total = {}, 0
        for vocabulary, size in largest.items():
            start[vocabulary] = total
            total += size
        self.register_buffer("offsets", torch.tensor([start[vocabulary] for _, _, vocabulary in columns]))
        self.register_buffer("limits", torch.tensor([size - 1 for _, size, _ in columns]))
        self.register_buffer("buckets", distance_buckets(window))
        self.table = nn.Embedding(total, embedding)
        self.project = nn.Linear(len(columns) * embedding, width)
        self.blocks = nn.ModuleList([Block(width, heads, groups, hidden, dropout) for _ in range(layers)])
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(2 * width, outputs)
        for name, parameter in self.named_parameters():
            if parameter.dim() == 2 and "table" not in name and "distance" not in name:
                deep = math.sqrt(2 * layers) if name.endswith(("out.weight", "down.weight")) else 1.0
                nn.init.normal_(parameter, std=0.8 / math.sqrt(parameter.shape[1]) / deep)
        nn.init.normal_(self.table.weight, std=0.5)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def rows(self, features: Tensor) -> Tensor:
        clamped = torch.minimum(features.clamp(min=0), self.limits)
        embedded = self.table(clamped + self.offsets)
        if self.training and self.hide > 0:
            batch, length, columns = features.shape
            seen = (torch.rand(batch, 1, columns, device=features.device) >= self.hide)
            seen = seen & (torch.rand(batch, length, columns, device=features.device) >= 0.5 * self.hide)
            embedded = embedded * seen.unsqueeze(-1).to(embedded.dtype)
        return F.dropout(self.project(embedded.flatten(-2)), 0.5 * self.dropout, self.training).to(embedded.dtype)

    def run(self, features: Tensor, cache: List[Tensor]) -> Tuple[Tensor, List[Tensor]]:
        length = features.shape[1]
        old = cache[0].shape[2]
        past = old + cache[2].shape[2]
        query = torch.arange(past, past + length, device=features.device).view(length, 1)
        key = torch.arange(past + length, device=features.device).view(1, past + length)
        distance = query - key
        seen = (distance >= 0) & (distance < self.window)
        first = self.rows(features)
        near = F.one_hot(self.buckets[distance.clamp(0, self.window - 1)], self.near).to(first.dtype)
        x = first
        mask = torch.zeros(length, past + length, dtype=first.dtype, device=features.device)
        mask = mask.masked_fill(~seen, -1e4)
        fresh: List[Tensor] = []
        for i, block in enumerate(self.blocks):
            old_k, old_v = cache[4 * i], cache[4 * i + 1]
            x, k, v = block(x, near, mask, old_k, old_v, cache[4 * i + 2], cache[4 * i + 3])
            if length == 1 and k.shape[2] >= self.chunk:   # seldom, so that a step copies little
                old_k, old_v = torch.cat([old_k, k], dim=2), torch.cat([old_v, v], dim=2)
                drop = max(0, old_k.shape[2] - self.window + 1)
                old_k, old_v = old_k[:, :, drop:].contiguous(), old_v[:, :, drop:].contiguous()
                k, v = k[:, :, :0], v[:, :, :0]
            fresh += [old_k, old_v, k, v]
        logits = self.head(F.dropout(torch.cat([self.norm(x), first], dim=-1), self.dropout, self.training))
        return logits.to(first.dtype), fresh

    def forward(self, features: Tensor) -> Tensor:
        """features [batch, time, F] int64 -> logits [batch, time, outputs]; teacher forcing."""
        return self.run(features, self.initial_cache(features.shape[0]))[0]

    @torch.jit.export
    def initial_cache(self, batch: int) -> List[Tensor]:
        cache: List[Tensor] = []
        for _ in range(4 * self.layers):
            cache.append(torch.zeros(batch, self.groups, 0, self.size, device=self.table.weight.device))
        return cache

    @torch.jit.export
    def step(self, features: Tensor, cache: List[Tensor]) -> Tuple[Tensor, List[Tensor]]:
        """features [batch, F] int64, cache (of each layer keys and values of old steps, then of the newest) ->
        logits [batch, outputs], cache."""
        logits, fresh = self.run(features.unsqueeze(1), cache)
        return logits.squeeze(1), fresh
