"""Train a lyric line model on one thread.

    python3 train.py --language en --data DATA/text --minutes 30 [--resume] [--quick]

Plain prose, dialogue and the original songs share each batch, the songs a larger part of it in the second half. The state
with the lowest held-out perplexity is kept, the weights of the last steps averaged. Writes checkpoint-<language>.pt (ignored by git); export.py makes the product's files.
"""

from __future__ import annotations

import argparse
import lzma
import math
import random
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

import text
from model import LineModel

HERE = Path(__file__).parent
LENGTH = 176


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


def load_vectors(data: Path, vocabulary: list[str], narrow: int) -> torch.Tensor | None:
    names = lzma.open(data / "lexicons/en_word_vectors_100d.vocab.tsv.xz", "rt").read().split("\n")
    rows = np.frombuffer(lzma.open(data / "lexicons/en_word_vectors_100d.i8.xz").read(), dtype=np.int8).reshape(-1, 100)
    table = {}
    for i, line in enumerate(names):
        if line:
            word, scale = line.split("\t")
            table[word] = rows[i].astype(np.float32) * float(scale)
    out, found = torch.randn(len(vocabulary), narrow) * 0.1, 0
    for i, word in enumerate(vocabulary):
        key = word if word in table else word.replace("'s", "") if word.replace("'s", "") in table else None
        if key is not None:
            out[i, :100] = torch.from_numpy(table[key])
            found += 1
    print(f"word vectors for {found} of {len(vocabulary)} tokens")
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", choices=["en", "zh"], required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=30, help="of processor time")
    parser.add_argument("--vocabulary", type=int, default=0)
    parser.add_argument("--layers", type=int, default=3, help="without --resume; grow.py adds layers to a trained model")
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--songs", type=float, nargs=2, default=[0.25, 0.45], metavar=("FIRST", "THEN"),
                        help="share of the original songs in the first half of the time and in the second")
    parser.add_argument("--dropout", type=float, default=0.15)
    parser.add_argument("--plain", type=float, default=1.0, help="share of the plain texts that is read")
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--quick", action="store_true", help="a small share of the plain texts")
    args = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(1)
    rng = random.Random(1 if not args.resume else 2)
    language = args.language

    songs = text.read_songs(HERE / "corpus", language)
    train = [s for s in songs if not text.is_held_out(s["title"], s["prompt"])]
    held = [s for s in songs if text.is_held_out(s["title"], s["prompt"])]
    plain = list(text.plain_texts(args.data, language, 0.1 if args.quick else args.plain))
    vocabulary_path = HERE / f"vocabulary-{language}.txt"
    if vocabulary_path.exists():
        vocabulary = vocabulary_path.read_text("utf-8").rstrip("\n").split("\n")
    else:
        size = args.vocabulary or (9000 if language == "en" else 3600)
        vocabulary = text.build_vocabulary(songs, plain, language, size)
        vocabulary_path.write_text("\n".join(vocabulary) + "\n", "utf-8")
    encoder = text.Encoder(vocabulary, text.Syllables(args.data, language), language)
    print(f"{len(train)} songs to train, {len(held)} held out, {len(vocabulary)} tokens")

    checkpoint = HERE / f"checkpoint-{language}.pt"
    state = torch.load(checkpoint) if args.resume else None
    layers = sum(k.endswith("qkv.weight") for k in state["model"]) if state else args.layers
    model = LineModel(len(vocabulary), narrow=100 if language == "en" else 128, layers=layers, dropout=args.dropout)
    seen = 0
    if state:
        model.load_state_dict(state["model"])
        seen = state["seen"]
    elif language == "en":
        model.embed.weight.data.copy_(load_vectors(args.data, vocabulary, 100))
    print(f"{sum(p.numel() for p in model.parameters()) / 1e6:.2f} M parameters")
    decay = [p for p in model.parameters() if p.dim() == 2]
    rest = [p for p in model.parameters() if p.dim() != 2]
    optimizer = torch.optim.AdamW([{"params": decay, "weight_decay": 0.02}, {"params": rest, "weight_decay": 0.0}],
                                  lr=args.rate, betas=(0.9, 0.98))
    sources = [(s, d) for s, d in plain]
    shares = {"en": {"<plain>": 0.35, "<talk>": 0.2, "<prose>": 0.4, "<verse-old>": 0.05},
              "zh": {"<plain>": 0.4, "<prose>": 0.5, "<verse-old>": 0.1}}[language]
    no_loss = torch.zeros(len(vocabulary), dtype=torch.bool)
    for i, t in enumerate(vocabulary):
        no_loss[i] = t == "<unk>" or t == "<pad>" or (t.startswith("<") and t not in ("<nl>",))

    def batch_of(song_share: float):
        rows = []
        for _ in range(args.batch):
            if rng.random() < song_share:
                rows.append(encoder.song(rng.choice(train), rng, LENGTH)[0])
            else:
                source, documents = rng.choices(sources, [shares[s] for s, _ in sources])[0]
                rows.append(encoder.plain(source, rng.choice(documents), rng, LENGTH))
        return collate([row for row in rows if any(left > 0 for _, left in row)])

    def collate(rows):
        longest = max(len(r) for r in rows)
        tokens = torch.zeros(len(rows), longest, dtype=torch.long)
        left = torch.zeros(len(rows), longest, dtype=torch.long)
        for i, row in enumerate(rows):
            tokens[i, :len(row)] = torch.tensor([t for t, _ in row])
            left[i, :len(row)] = torch.tensor([r for _, r in row])
        targets = tokens[:, 1:].clone()
        # The header (everything before the first line marker) is given, not learnt.
        for i, row in enumerate(rows):
            first = next(j for j, (_, r) in enumerate(row) if r > 0)
            targets[i, :first] = 0
        targets[no_loss[targets]] = -100
        return tokens[:, :-1], left[:, :-1], targets

    held_rows = [w for s in held for w in encoder.song(s, random.Random(3), LENGTH, whole=True)]

    def evaluate() -> float:
        model.eval()
        total = count = 0.0
        with torch.no_grad():
            for i in range(0, len(held_rows), 16):
                tokens, left, targets = collate(held_rows[i:i + 16])
                loss = F.cross_entropy(model(tokens, left).flatten(0, 1), targets.flatten(), reduction="sum")
                total += float(loss)
                count += int((targets >= 0).sum())
        model.train()
        return math.exp(total / count)

    # The songs are few and soon known by heart: what is kept is the state that knows the held-out ones best.
    best = evaluate() if args.resume else math.inf
    print(f"held-out perplexity at the start {best:.1f}", flush=True)
    last_report = last_save = time.time()
    began = time.process_time()
    limit = args.minutes * 60
    average, averaged = None, 0
    step, losses = 0, []
    model.train()

    def save(note: str) -> None:
        weights = model.state_dict()
        if average is not None and averaged > 3:
            weights = {k: (v / averaged).to(model.state_dict()[k].dtype) for k, v in average.items()}
        current = {k: v.clone() for k, v in model.state_dict().items()}
        model.load_state_dict(weights)
        perplexity = evaluate()
        nonlocal best
        if perplexity < best:
            best = perplexity
            torch.save({"model": model.state_dict(), "seen": seen, "perplexity": perplexity, "language": language}, checkpoint)
        model.load_state_dict(current)
        print(f"{note} step {step} seen {seen / 1e6:.2f} M held-out perplexity {perplexity:.1f}", flush=True)

    # The time counts that this process had a core to itself, so that a busy machine does not cut the training short.
    while (elapsed := time.process_time() - began) < limit:
        progress = elapsed / limit
        song_share = args.songs[progress >= 0.5]
        rate = args.rate * min(1.0, (step + 1) / 80) * (0.05 + 0.95 * 0.5 * (1 + math.cos(math.pi * progress)))
        for group in optimizer.param_groups:
            group["lr"] = rate
        tokens, left, targets = batch_of(song_share)
        hidden, _ = model.run(tokens, left, model.initial_cache(tokens.shape[0]))
        wanted = targets >= 0
        loss = TiedLoss.apply(hidden[wanted], model.embed.weight, model.bias, targets[wanted])
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        step += 1
        seen += int((targets >= 0).sum())
        losses.append(float(loss))
        if progress > 0.85 and step % 20 == 0:
            state = model.state_dict()
            average = {k: v.double() + (average[k] if average else 0) for k, v in state.items()}
            averaged += 1
        if time.time() - last_report > 30:
            print(f"{elapsed:5.0f} s step {step} {seen / 1e6:.2f} M tokens, {seen and step and (seen) / max(1, elapsed):.0f}/s "
                  f"loss {sum(losses[-100:]) / len(losses[-100:]):.3f}", flush=True)
            last_report = time.time()
        if time.time() - last_save > 1200:
            save("saved")
            last_save = time.time()
    save("final")


if __name__ == "__main__":
    main()
