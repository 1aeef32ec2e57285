"""Train a lyric line model, on a GPU or on one thread.

    python3 train.py --language en --data DATA/text --minutes 8 [--encoded DIR] [--resume]

The texts are encoded once (`encoded.py`; `--encoded` keeps the arrays, so that the training itself needs no data) and
lie on the device. Rows of LENGTH tokens are cut from them; a row never runs over the end of its text. The first third of
the training is prose and dialogue with few songs, then the songs' share grows, and the last third has their full share.
A moving average of the weights is measured on held-out songs, and the best one is kept, in checkpoint-<language>.pt
(ignored by git); export.py makes the product's files. It ends after `--tokens` or `--minutes`, whichever is first.
"""

from __future__ import annotations

import argparse
import copy
import math
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

import encoded
import text
from model import LineModel, from_state

HERE = Path(__file__).parent
LENGTH = 256
TOKENS = {"en": 60.0, "zh": 45.0}  # millions: after more passes over the songs they are known by heart


class TiedLoss(torch.autograd.Function):
    """Mean cross entropy of `hidden` [n, narrow] against the tied output layer. Gradients are made chunk by chunk on
    the way forward, so that the n x vocabulary table never leaves the cache: twice as fast on one core."""

    @staticmethod
    def forward(ctx, hidden, weight, bias, targets):
        total = 0.0
        d_hidden = torch.empty_like(hidden)
        d_weight, d_bias = torch.zeros_like(weight), torch.zeros_like(bias)
        count = hidden.shape[0]
        for start in range(0, count, 128):
            h, t = hidden[start:start + 128], targets[start:start + 128]
            logits = torch.addmm(bias, h, weight.t())
            top = logits.max(dim=1, keepdim=True).values
            logits.sub_(top)
            picked = logits.gather(1, t.unsqueeze(1)).sum()
            mass = logits.exp_().sum(dim=1, keepdim=True)
            total += float(mass.log().sum() - picked)
            logits.mul_(1.0 / (mass * count))
            logits[torch.arange(h.shape[0]), t] -= 1.0 / count
            torch.mm(logits, weight, out=d_hidden[start:start + 128])
            d_weight.addmm_(logits.t(), h)
            d_bias.add_(logits.sum(dim=0))
        ctx.save_for_backward(d_hidden, d_weight, d_bias)
        return torch.tensor(total / count)

    @staticmethod
    def backward(ctx, grad):
        d_hidden, d_weight, d_bias = ctx.saved_tensors
        return d_hidden * grad, d_weight * grad, d_bias * grad, None


class Rows:
    """Batches of rows, cut from the encoded texts on the device."""

    def __init__(self, arrays: dict[str, np.ndarray], device: torch.device, seed: int):
        self.device = device
        self.generator = torch.Generator(device=device).manual_seed(seed)
        self.tokens, self.remaining, self.heads = (self.put(arrays[k]) for k in ("tokens", "remaining", "heads"))
        self.no_loss = self.put(arrays["no_loss"])
        self.text_end, self.text_head, self.text_heads, self.head_offset, self.row_start, self.row_text = (
            self.put(arrays[k]).long()
            for k in ("text_end", "text_head", "text_heads", "head_offset", "row_start", "row_text"))
        # Rows of songs come last.
        self.plain_rows = int((~arrays["row_song"]).sum())
        weight = arrays["row_weight"].astype(np.float64)
        self.plain_sum = self.put(np.cumsum(weight[:self.plain_rows]) / weight[:self.plain_rows].sum())
        self.song_sum = self.put(np.cumsum(weight[self.plain_rows:]) / weight[self.plain_rows:].sum())
        self.held = {name: self.learnable(*(self.put(arrays[f"{name}_{part}"]).long() for part in ("tokens", "left")))
                     for name in ("held", "plain")}

    def put(self, array: np.ndarray) -> torch.Tensor:
        return torch.from_numpy(array).to(self.device)

    def random(self, count: int) -> torch.Tensor:
        return torch.rand(count, device=self.device, generator=self.generator, dtype=torch.float64)

    def learnable(self, tokens: torch.Tensor, left: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Inputs and targets of padded rows; what stands before the first line is given, not learnt."""
        length = tokens.shape[1]
        place = torch.arange(length, device=self.device)
        header = torch.where(left > 0, place, length).min(dim=1, keepdim=True).values
        targets = torch.where((place <= header) | self.no_loss[tokens], -100, tokens)
        return tokens[:, :-1], left[:, :-1], targets[:, 1:]

    def batch(self, size: int, song_share: float) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """tokens, remaining, targets [size, LENGTH]; -100 where nothing is to be learnt."""
        chance = self.random(size)
        song = torch.searchsorted(self.song_sum, chance).clamp_(max=len(self.song_sum) - 1) + self.plain_rows
        plain = torch.searchsorted(self.plain_sum, chance).clamp_(max=self.plain_rows - 1)
        row = torch.where(self.random(size) < song_share, song, plain)
        of = self.row_text[row]
        head = self.text_head[of] + (self.random(size) * self.text_heads[of]).long()
        head_start = self.head_offset[head].unsqueeze(1)
        head_length = self.head_offset[head + 1].unsqueeze(1) - head_start
        place = torch.arange(LENGTH + 1, device=self.device).unsqueeze(0)
        at = self.row_start[row].unsqueeze(1) + place - head_length
        in_head = place < head_length
        in_text = ~in_head & (at < self.text_end[of].unsqueeze(1))
        at = at.clamp(0, len(self.tokens) - 1)
        given = self.heads[(head_start + place).clamp(max=len(self.heads) - 1)].long()
        tokens = torch.where(in_head, given, torch.where(in_text, self.tokens[at].long(), 0))
        left = torch.where(in_text, self.remaining[at].long(), 0)
        return self.learnable(tokens, left)


def loss_of(model: LineModel, tokens: torch.Tensor, left: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    hidden, _ = model.run(tokens, left, model.initial_cache(tokens.shape[0]))
    if hidden.is_cuda:
        logits = F.linear(hidden, model.embed.weight, model.bias)
        return F.cross_entropy(logits.flatten(0, 1), targets.flatten())
    wanted = targets >= 0
    return TiedLoss.apply(hidden[wanted], model.embed.weight, model.bias, targets[wanted])


@torch.no_grad()
def perplexity(model: LineModel, rows: tuple[torch.Tensor, torch.Tensor, torch.Tensor]) -> float:
    total, count = 0.0, 0
    size = 64 if rows[0].is_cuda else 8
    for tokens, left, targets in zip(*(part.split(size) for part in rows)):
        total += float(F.cross_entropy(model(tokens, left).flatten(0, 1), targets.flatten(), reduction="sum"))
        count += int((targets >= 0).sum())
    return math.exp(total / count)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--language", choices=["en", "zh"], required=True)
    parser.add_argument("--data", type=Path, help="not needed when --encoded has the arrays")
    parser.add_argument("--encoded", type=Path, help="folder that keeps the encoded texts")
    parser.add_argument("--minutes", type=float, default=8, help="on a GPU by the clock, else of processor time")
    parser.add_argument("--tokens", type=float, help="millions to learn from at most")
    parser.add_argument("--vocabulary", type=int, help="size, when there is no vocabulary yet")
    parser.add_argument("--width", type=int, default=384)
    parser.add_argument("--layers", type=int, default=5)
    parser.add_argument("--heads", type=int, default=6)
    parser.add_argument("--hidden", type=int, default=1280)
    parser.add_argument("--batch", type=int, help="rows; 64 on a GPU, else 8")
    parser.add_argument("--rate", type=float, default=1.5e-3)
    parser.add_argument("--songs", type=float, nargs=2, default=[0.05, 0.45], metavar=("FIRST", "THEN"),
                        help="share of the rows that are songs in the first third and in the last")
    parser.add_argument("--dropout", type=float, default=0.2)
    parser.add_argument("--plain", type=float, default=1.0, help="share of the plain texts that is encoded")
    parser.add_argument("--report", type=float, help="seconds between two measurements; 20 on a GPU, else 1200")
    parser.add_argument("--resume", action="store_true")
    args = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(1)
    language = args.language
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    on_gpu = device.type == "cuda"
    batch = args.batch or (64 if on_gpu else 8)
    interval = args.report or (20 if on_gpu else 1200)
    most_tokens = (args.tokens or TOKENS[language]) * 1e6
    # A shared processor must not cut the training short; a GPU's time passes for everyone.
    clock = time.time if on_gpu else time.process_time
    began = clock()

    vocabulary_path = HERE / f"vocabulary-{language}.txt"
    if vocabulary_path.exists():
        vocabulary = vocabulary_path.read_text("utf-8").rstrip("\n").split("\n")
    else:
        vocabulary = text.build_vocabulary(text.read_songs(HERE / "corpus", language),
                                           list(text.plain_texts(args.data, language, args.plain)), language,
                                           args.vocabulary or (12000 if language == "en" else 4000))
        vocabulary_path.write_text("\n".join(vocabulary) + "\n", "utf-8")
    arrays = encoded.load(args.encoded, HERE / "corpus", args.data, language, vocabulary, args.plain)
    rows = Rows(arrays, device, 2 if args.resume else 1)
    print(f"{language}: {len(vocabulary)} words, {len(rows.tokens) / 1e6:.2f} M tokens, {device}", flush=True)

    checkpoint = HERE / f"checkpoint-{language}.pt"
    seen_before, best = 0, math.inf
    if args.resume:
        state = torch.load(checkpoint, map_location="cpu")
        model = from_state(state["model"], args.dropout)
        seen_before, best = state["seen"], state["perplexity"]
    else:
        model = LineModel(len(vocabulary), args.width, 100 if language == "en" else 128, args.layers, args.heads,
                          args.hidden, args.dropout)
        if language == "en":
            model.embed.weight.data.copy_(torch.from_numpy(arrays["vectors"]).float())
    model.to(device).train()
    average = copy.deepcopy(model).eval()
    print(f"{sum(p.numel() for p in model.parameters()) / 1e6:.2f} M parameters", flush=True)
    decay = [p for p in model.parameters() if p.dim() == 2]
    rest = [p for p in model.parameters() if p.dim() != 2]
    optimizer = torch.optim.AdamW([{"params": decay, "weight_decay": 0.05}, {"params": rest, "weight_decay": 0.0}],
                                  lr=args.rate, betas=(0.9, 0.98), foreach=True)

    seen = torch.zeros((), dtype=torch.int64, device=device)
    mean_loss = torch.zeros((), device=device)
    step = losses = 0
    progress = 0.0
    last_report = time.time()

    def report() -> None:
        nonlocal best
        songs, plain = (perplexity(average, rows.held[name]) for name in ("held", "plain"))
        print(f"{clock() - began:5.0f} s step {step} {int(seen) / 1e6:.2f} M tokens, songs {song_share:.2f}, "
              f"train loss {float(mean_loss) / max(1, losses):.3f}, held-out perplexity: songs {songs:.2f}, "
              f"plain texts {plain:.2f}{' *' if songs < best else ''}", flush=True)
        if songs < best:
            best = songs
            # Written beside and moved, so that there is a whole checkpoint at every moment.
            fresh = checkpoint.with_suffix(".new")
            torch.save({"model": {k: v.cpu() for k, v in average.state_dict().items()}, "perplexity": songs,
                        "seen": seen_before + int(seen), "language": language}, fresh)
            fresh.replace(checkpoint)

    while progress < 1.0:
        if step % 10 == 0:
            progress = max((clock() - began) / (args.minutes * 60), int(seen) / most_tokens)
        first, then = args.songs
        growing = first + (then - first) * 0.6 * (3 * progress - 1)
        song_share = first if progress < 1 / 3 else then if progress > 2 / 3 else growing
        fall = max(0.0, 2 * min(progress, 1.0) - 1)
        rate = args.rate * min(1.0, (step + 1) / 100) * (0.03 + 0.97 * 0.5 * (1 + math.cos(math.pi * fall)))
        for group in optimizer.param_groups:
            group["lr"] = rate
        tokens, left, targets = rows.batch(batch, song_share)
        with torch.autocast(device.type, torch.bfloat16, enabled=on_gpu):
            loss = loss_of(model, tokens, left, targets)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        step += 1
        seen += (targets >= 0).sum()
        mean_loss += loss.detach()
        losses += 1
        with torch.no_grad():
            keep = min(0.998, (1 + step) / (10 + step))
            torch._foreach_mul_(list(average.parameters()), keep)
            torch._foreach_add_(list(average.parameters()), list(model.parameters()), alpha=1 - keep)
        if time.time() - last_report > interval:
            report()
            mean_loss.zero_()
            losses = 0
            last_report = time.time()
    report()


if __name__ == "__main__":
    main()
