"""A recurrent network over rows of categorical features, shared by the harmony and melody models.

Every step is described by F small integers (section kind, position in the bar, previous token ...). One
embedding table serves all of them; the concatenated embeddings feed a GRU, and a linear head gives logits.
Rows are int64 tensors, so that the program needs no other input type.
"""

from __future__ import annotations

from typing import List, Tuple

import torch
from torch import Tensor, nn


class FeatureGru(nn.Module):
    """Logits for the next choice from categorical features.

    sizes    number of values of each feature; a value outside its range is clamped.
    outputs  number of logits.
    """

    def __init__(self, sizes: List[int], outputs: int, embedding: int, hidden: int, layers: int, dropout: float):
        super().__init__()
        self.hidden = hidden
        self.layers = layers
        offsets = [0]
        for size in sizes[:-1]:
            offsets.append(offsets[-1] + size)
        self.register_buffer("offsets", torch.tensor(offsets, dtype=torch.int64))
        self.register_buffer("limits", torch.tensor([size - 1 for size in sizes], dtype=torch.int64))
        self.table = nn.Embedding(sum(sizes), embedding)
        nn.init.normal_(self.table.weight, std=0.3)
        self.project = nn.Linear(len(sizes) * embedding, hidden)
        self.rnn = nn.GRU(hidden, hidden, layers, batch_first=True, dropout=dropout if layers > 1 else 0.0)
        self.drop = nn.Dropout(dropout)
        self.head = nn.Linear(hidden * 2, outputs)

    def rows(self, features: Tensor) -> Tensor:
        clamped = torch.minimum(features.clamp(min=0), self.limits)
        embedded = self.table(clamped + self.offsets).flatten(-2)
        return torch.relu(self.project(self.drop(embedded)))

    def forward(self, features: Tensor) -> Tensor:
        """features [batch, time, F] int64 -> logits [batch, time, outputs]; teacher forcing."""
        x = self.rows(features)
        y, _ = self.rnn(x)
        return self.head(self.drop(torch.cat([y, x], dim=-1)))

    @torch.jit.export
    def initial_cache(self, batch: int) -> List[Tensor]:
        return [torch.zeros(batch, self.layers, self.hidden)]

    @torch.jit.export
    def step(self, features: Tensor, cache: List[Tensor]) -> Tuple[Tensor, List[Tensor]]:
        """features [batch, F] int64, cache [state: batch, layers, hidden] -> logits [batch, outputs], cache."""
        x = self.rows(features).unsqueeze(1)
        y, state = self.rnn(x, cache[0].transpose(0, 1).contiguous())
        logits = self.head(torch.cat([y, x], dim=-1)).squeeze(1)
        return logits, [state.transpose(0, 1).contiguous()]
