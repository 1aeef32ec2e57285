"""Training of the network that corrects the exemplar memory.

usage: train.py --cache DIR --out CHECKPOINT [--start CHECKPOINT] [--minutes M] [--voices kathleen,rms]
Regression on the analysed recordings; --adversarial adds a discriminator on patches of the envelope against
over-smoothing. The voices need their memories (memory.py).
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from dataset import IS_VOWEL, SPEAKERS, Utterance, example, load
from export import memories
from model import AcousticModel

SHARE = {"kathleen": 0.6, "rms": 0.4, "chen": 0.5}
FRAMES = 400


class Discriminator(nn.Module):
    """Scores patches of envelope given the model's own inputs are unknown: texture only."""

    def __init__(self, width: int = 24) -> None:
        super().__init__()
        self.layers = nn.ModuleList([
            nn.Conv2d(1, width, (3, 5), stride=(1, 2), padding=(1, 2)),
            nn.Conv2d(width, 2 * width, (5, 3), stride=(2, 2), padding=(2, 1)),
            nn.Conv2d(2 * width, 2 * width, (5, 3), stride=(2, 2), padding=(2, 1)),
        ])
        self.last = nn.Conv2d(2 * width, 1, 3, padding=1)

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, list[torch.Tensor]]:
        h = x.unsqueeze(1)
        inner = []
        for layer in self.layers:
            h = F.leaky_relu(layer(h), 0.2)
            inner.append(h)
        return self.last(h), inner


def batch_of(pools, corpora, share, rng, size, frames):
    ids, numeric, envelope, noise, speaker, mask = [], [], [], [], [], []
    for _ in range(size):
        pool = pools[corpora[rng.choice(len(corpora), p=share)]]
        u: Utterance = pool[rng.integers(len(pool))]
        i, n, e, a = example(u, rng)
        length = len(i)
        start = int(rng.integers(0, max(1, length - frames + 1)))
        valid = np.ones(frames, np.float32)
        if length < frames:
            valid[length:] = 0
            pad = frames - length
            i = np.pad(i, ((0, pad), (0, 0)), mode="edge")
            n, e, a = (np.pad(x, ((0, pad), (0, 0)), mode="edge") for x in (n, e, a))
            start = 0
        s = slice(start, start + frames)
        ids.append(i[s]), numeric.append(n[s]), envelope.append(e[s]), noise.append(a[s])
        speaker.append(np.eye(len(SPEAKERS), dtype=np.float32)[u.speaker])
        mask.append(valid[:, None] * u.mask[None, :])
    return tuple(torch.from_numpy(np.stack(x)) for x in (ids, numeric, envelope, noise, speaker, mask))


def frame_weight(ids: torch.Tensor) -> torch.Tensor:
    """Consonants count double: words depend on them and they fill a third of the time."""
    vowel = torch.from_numpy(IS_VOWEL.astype(np.float32))[ids[:, :, 2]]
    quiet = (ids[:, :, 2] == 0).float()
    return 2.0 - vowel - 1.5 * quiet


def losses(model, batch):
    ids, numeric, envelope, noise, speaker, mask = batch
    out, ap = model(ids, numeric, speaker)
    w = frame_weight(ids).unsqueeze(2) * mask
    error = ((out - envelope).abs() * w).sum() / w.sum()
    d_out, d_env = out[:, 2:] - out[:, :-2], envelope[:, 2:] - envelope[:, :-2]
    delta = ((d_out - d_env).abs() * w[:, 1:-1]).sum() / w.sum()
    wa = (frame_weight(ids) * mask[:, :, 0]).unsqueeze(2).expand_as(ap).clone()
    wa[:, :, 4] = wa[:, :, 4] * mask[:, :, 60]
    ap_error = ((ap - noise).abs() * wa).sum() / wa.sum()
    return out, error, delta, ap_error


@torch.no_grad()
def held_out_error(model, pools, corpora, limit=12) -> dict[str, float]:
    """Mean absolute error in dB over speech frames, by corpus."""
    model.eval()
    result = {}
    for corpus in corpora:
        total = count = 0.0
        for u in pools[corpus][:limit]:
            ids, numeric, envelope, _ = example(u, None)
            n = len(ids) // 2 * 2
            speaker = torch.eye(len(SPEAKERS))[u.speaker][None]
            out, _ = model(torch.from_numpy(ids[None, :n]), torch.from_numpy(numeric[None, :n]), speaker)
            keep = (ids[:n, 2] != 0)[:, None] * u.mask[None, :]
            total += float((np.abs(out[0].numpy() - envelope[:n]) * keep).sum())
            count += float(keep.sum())
        result[corpus] = round(8.686 * total / max(count, 1), 2)
    model.train()
    return result


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--rate", type=float, default=1.5e-3)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--adversarial", type=float, default=0.0)
    parser.add_argument("--voices", default="kathleen,rms")
    a = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(a.seed)
    rng = np.random.default_rng(a.seed)
    corpora = a.voices.split(",")
    pools = {c: load(c, a.cache, False) for c in corpora}
    tests = {c: load(c, a.cache, True) for c in corpora}
    print({c: (len(pools[c]), len(tests[c])) for c in corpora}, flush=True)
    share = np.array([SHARE[c] for c in corpora])
    share /= share.sum()
    packed = memories(a.cache, corpora)
    model = AcousticModel(packed)
    if a.start:
        model.load_state_dict(torch.load(a.start)["model"], strict=False)
    print("parameters", sum(p.numel() for p in model.parameters()), flush=True)
    optimiser = torch.optim.Adam(model.parameters(), a.rate, betas=(0.9, 0.99))
    critic = Discriminator() if a.adversarial > 0 else None
    critic_optimiser = torch.optim.Adam(critic.parameters(), 4e-4, betas=(0.5, 0.9)) if critic else None
    average = {k: v.clone() for k, v in model.state_dict().items() if not k.startswith("memories")}
    begin = last = time.time()
    step = 0
    log = []

    def save() -> None:
        torch.save({"model": average, "step": step}, a.out)
        shadow = AcousticModel(packed)
        shadow.load_state_dict(average, strict=False)
        print("step", step, "min", round((time.time() - begin) / 60, 1), "train", np.mean(log[-200:], 0).round(4),
              "held out dB", held_out_error(shadow, tests, corpora), flush=True)

    while True:
        progress = (time.time() - begin) / 60 / a.minutes
        if progress >= 1:
            break
        rate = a.rate * min(1.0, (step + 1) / 200) * (0.5 * (1 + np.cos(np.pi * progress)) * 0.97 + 0.03)
        for group in optimiser.param_groups:
            group["lr"] = rate
        batch = batch_of(pools, corpora, share, rng, a.batch, FRAMES)
        out, error, delta, ap_error = losses(model, batch)
        loss = error + 0.5 * delta + 0.5 * ap_error
        texture = torch.zeros(())
        if critic:
            # The 16 kHz teacher lacks the top bands and is smoothed itself: natural voices only.
            teacher = SPEAKERS.index("rms")
            natural = [k for k in range(len(batch[4])) if int(batch[4][k].argmax()) != teacher]
            if natural:
                real, fake = batch[2][natural] * batch[5][natural], out[natural] * batch[5][natural]
                score_real, _ = critic(real)
                score_fake, _ = critic(fake.detach())
                critic_loss = ((score_real - 1) ** 2).mean() + (score_fake**2).mean()
                critic_optimiser.zero_grad()
                critic_loss.backward()
                critic_optimiser.step()
                score, inner_fake = critic(fake)
                with torch.no_grad():
                    _, inner_real = critic(real)
                texture = ((score - 1) ** 2).mean()
                if step > 100:
                    loss = loss + a.adversarial * texture
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        log.append([float(error), float(delta), float(ap_error), float(texture)])
        step += 1
        decay = min(0.998, step / (step + 20))
        with torch.no_grad():
            state = model.state_dict()
            for k in average:
                v = state[k]
                average[k].mul_(decay).add_(v, alpha=1 - decay) if v.is_floating_point() else average[k].copy_(v)
        if time.time() - last > 120:
            last = time.time()
            save()
    save()


if __name__ == "__main__":
    main()
