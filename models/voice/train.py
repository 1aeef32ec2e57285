"""Training of the network that corrects the exemplar memory, on a GPU where there is one.

usage: train.py --data FILE.npz --out NAME --share kathleen=0.5,rms=0.2,... --judge kathleen [--minutes M]
                [--adversarial A] [--resume ARCHIVE.pt [--voices-only]]
FILE.npz comes from pack.py. First a regression on the analysed recordings; in the last part, with --adversarial, a
discriminator on patches of the envelope works against over-smoothing. Writes NAME.pt for export.py: two running means
of the weights in half precision, `best` (least held-out error) and `last`. --resume goes on from an exported archive;
voices that are new to it start from the mean of the others, and --voices-only trains nothing but the voices' vectors.
"""

from __future__ import annotations

import argparse
import contextlib
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from bands import BANDS
from batches import Batch, Corpus, Maker
from dataset import IS_VOWEL, NARROW, PAUSE, SPEAKERS
from export import resume
from model import AcousticModel
from phone_table import PHONES

FRAMES = 384
REFINING = 0.6
AHEAD = 8  # batches made at once


class Discriminator(nn.Module):
    """Scores patches of an envelope [n, frames, 72], given the phones and the memory that the network began from."""

    def __init__(self, width: int = 32) -> None:
        super().__init__()
        kernel = [((3, 5), (1, 2)), ((5, 5), (2, 2)), ((5, 3), (2, 2)), ((3, 3), (1, 1))]
        sizes = [2, width, 2 * width, 4 * width, 4 * width]
        self.layers = nn.ModuleList([
            nn.Conv2d(a, b, k, stride=s, padding=(k[0] // 2, k[1] // 2))
            for a, b, (k, s) in zip(sizes, sizes[1:], kernel)])
        self.last = nn.Conv2d(sizes[-1], 1, 3, padding=1)
        self.phone = nn.Embedding(len(PHONES), sizes[-1])
        nn.init.normal_(self.phone.weight, std=0.05)

    def forward(self, x: Tensor, base: Tensor, phones: Tensor) -> tuple[Tensor, list[Tensor]]:
        h = torch.stack([x, base], 1) * 0.3 + 1.5
        inner = []
        for layer in self.layers:
            h = F.leaky_relu(layer(h), 0.2)
            inner.append(h)
        named = self.phone(phones[:, :: 4][:, : h.shape[2]]).transpose(1, 2)
        return self.last(h)[:, 0] + (named.unsqueeze(3) * h).mean(1), inner


def frame_weight(ids: Tensor, vowel: Tensor) -> Tensor:
    """Consonants count double: words depend on them and they fill a third of the time. Pauses count little."""
    return 2.0 - vowel[ids[:, :, 2]] - 1.75 * (ids[:, :, 2] == PAUSE).float()


def losses(out: Tensor, batch: Batch, vowel: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Mean absolute errors of the envelope, of its change in 10 ms, of its slope across bands, and of aperiodicity."""
    level, target = out[:, :, :BANDS], batch.target[:, :, :BANDS]
    w = frame_weight(batch.ids, vowel).unsqueeze(2) * batch.weight
    sure = w.sum() + 1e-6
    difference = level - target
    error = (difference.abs() * w).sum() / sure
    delta = ((difference[:, 2:] - difference[:, :-2]).abs() * w[:, 1:-1]).sum() / sure
    slope = ((difference[:, :, 2:] - difference[:, :, :-2]).abs() * w[:, :, 1:-1]).sum() / sure
    # The band above 8 kHz of aperiodicity is known where the envelope is.
    wa = torch.stack([w[:, :, 0]] * 4 + [w[:, :, 60]], 2)
    noise = ((out[:, :, BANDS:] - batch.target[:, :, BANDS:]).abs() * wa).sum() / (wa.sum() + 1e-6)
    return error, delta, slope, noise


@torch.no_grad()
def held_out(model: AcousticModel, maker: Maker) -> dict[str, tuple[float, float, float]]:
    """By voice, over the frames of speech: mean absolute error in dB of the memory alone and of the network, and the
    network's contrast between near bands as a share of the recordings' (1 is as sharp as they are)."""
    model.eval()
    result = {}
    for k, c in enumerate(maker.corpora):
        frames = max(c.frames[first] for first in c.tests) // 2 * 2
        b = maker.windows(k, len(c.tests), frames, torch.tensor(c.tests, device=maker.device))
        out = b.base + model.correct(b.ids, b.numeric, b.speaker, b.base, b.warp)
        error = [((x - b.target).abs()[:, :, :BANDS] * b.weight).sum() / b.weight.sum() for x in (b.base, out)]
        slope = [((x[:, :, 2:BANDS] - x[:, :, : BANDS - 2]).abs() * b.weight[:, :, 1:-1]).sum()
                 for x in (out, b.target)]
        result[c.name] = (*[round(8.686 * float(x), 2) for x in error], round(float(slope[0] / slope[1]), 2))
    model.train()
    return result


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", required=True, help="path without ending")
    parser.add_argument("--share", required=True, help="voice=part of a batch, ...")
    parser.add_argument("--judge", default="kathleen", help="voice whose held-out error picks the best weights")
    parser.add_argument("--minutes", type=float, default=8)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--batch", type=int, default=48)
    parser.add_argument("--dropout", type=float, default=0.15)
    parser.add_argument("--adversarial", type=float, default=0.0)
    parser.add_argument("--resume", type=Path)
    parser.add_argument("--voices-only", action="store_true")
    parser.add_argument("--refining", type=float, default=REFINING, help="share of the time after which the critic joins")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--report", type=float, default=20, help="seconds between two lines of figures")
    a = parser.parse_args()
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    if device.type == "cpu":
        torch.set_num_threads(1)
    torch.backends.cudnn.benchmark = True
    begin = time.time()
    torch.manual_seed(a.seed)
    store = np.load(a.data)
    share = {k: float(v) for k, v in (part.split("=") for part in a.share.split(","))}
    corpora = [Corpus(store, name, device) for name in share]
    model = AcousticModel({c.name: c.memory for c in corpora}, dropout=a.dropout).to(device)
    if a.resume:
        resume(model, a.resume)
    if a.voices_only:
        model.requires_grad_(False)
        model.speaker.requires_grad_(True)
    maker = Maker(corpora, model, device, a.seed)
    vowel = torch.from_numpy(IS_VOWEL.astype(np.float32)).to(device)
    wide = torch.tensor([float(s not in NARROW) for s in SPEAKERS], device=device)
    parts = [v / sum(share.values()) for v in share.values()]
    print(device, torch.__version__, {c.name: (round(c.seconds / 60, 1), len(c.tests)) for c in corpora}, "parameters",
          sum(p.numel() for p in model.parameters()), flush=True)

    trained = [p for p in model.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(trained, a.rate, betas=(0.9, 0.98), weight_decay=0.02)
    critic = Discriminator().to(device) if a.adversarial > 0 else None
    critic_optimiser = torch.optim.Adam(critic.parameters(), 3e-4, betas=(0.5, 0.9)) if critic else None
    average = {k: v.detach().clone() for k, v in model.named_parameters()}
    shadow = AcousticModel({c.name: c.memory for c in corpora}).to(device)
    spoken = torch.zeros(len(PHONES), dtype=torch.bool, device=device)
    mixed = lambda: torch.autocast("cuda", torch.bfloat16) if device.type == "cuda" else contextlib.nullcontext()

    saved: dict[str, dict] = {}

    def judge() -> dict[str, tuple[float, float, float]]:
        """Figures of the running mean; keeps it, and as the best where it is."""
        shadow.load_state_dict(average, strict=False)
        figures = held_out(shadow, maker)
        kept = {k: v.half().cpu() for k, v in average.items()}
        saved["last"] = {"model": kept, "step": step, "figures": figures, "spoken": spoken.cpu()}
        if "best" not in saved or figures[a.judge][1] < saved["best"]["figures"][a.judge][1]:
            saved["best"] = saved["last"]
        part = Path(f"{a.out}.part")
        torch.save(saved, part)
        part.replace(f"{a.out}.pt")
        return figures

    step, log, last = 0, [], begin
    made: list[Batch] = []
    while True:
        progress = (time.time() - begin) / 60 / a.minutes
        if progress >= 1:
            break
        warm = min(1.0, (step + 1) / 300)
        rate = a.rate * warm * (0.5 * (1 + np.cos(np.pi * progress)) * 0.97 + 0.03)
        for group in optimiser.param_groups:
            group["lr"] = rate
        if not made:
            many = maker.mixed(parts, a.batch * AHEAD, FRAMES)
            made = [Batch(*x) for x in zip(*[part.split(a.batch) for part in many])]
            spoken[many.ids[:, :, 2].reshape(-1)] = True
        batch = made.pop()
        refine = critic is not None and progress > a.refining
        with mixed():
            change = model.correct(batch.ids, batch.numeric, batch.speaker, batch.base, batch.warp)
        out = batch.base + change.float()
        error, delta, slope, noise = losses(out, batch, vowel)
        loss = error + 0.5 * delta + 0.25 * slope + 0.5 * noise
        texture = torch.zeros((), device=device)
        if refine:
            # The 16 kHz teachers lack the top bands and are smoothed themselves: natural voices only.
            natural = (batch.speaker @ wide).reshape(-1, 1, 1) * batch.weight
            name = batch.ids[:, :, 2]
            base = batch.base[:, :, :BANDS] * natural
            real, fake = batch.target[:, :, :BANDS] * natural, out[:, :, :BANDS] * natural
            with mixed():
                score_real, _ = critic(real, base, name)
                score_fake, _ = critic(fake.detach(), base, name)
            critic_loss = ((score_real.float() - 1) ** 2).mean() + (score_fake.float() ** 2).mean()
            critic_optimiser.zero_grad(set_to_none=True)
            critic_loss.backward()
            critic_optimiser.step()
            critic.requires_grad_(False)
            with mixed():
                score, inner_fake = critic(fake, base, name)
                with torch.no_grad():
                    _, inner_real = critic(real, base, name)
            critic.requires_grad_(True)
            texture = ((score.float() - 1) ** 2).mean()
            likeness = sum((x.float() - y.float()).abs().mean() / (y.float().abs().mean() + 1e-3)
                           for x, y in zip(inner_fake, inner_real)) / len(inner_real)
            # The critic learns alone for a moment before it is believed.
            believed = min(1.0, max(0.0, (progress - a.refining - 0.01) / 0.03))
            loss = loss + a.adversarial * believed * (texture + likeness)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(trained, 1.0)
        optimiser.step()
        if step % 50 == 0:
            log = log[-9:] + [[float(x) for x in (error, delta, slope, noise, texture)]]
        step += 1
        decay = min(0.9995 if device.type == "cuda" else 0.998, step / (step + 20))
        with torch.no_grad():
            torch._foreach_mul_(list(average.values()), decay)
            torch._foreach_add_(list(average.values()), [p.detach() for p in model.parameters()], alpha=1 - decay)
        if time.time() - last > a.report:
            figures = judge()
            last = time.time()
            print(f"step {step} s {last - begin:.0f} train {np.mean(log, 0).round(3)} held out dB: memory, network, "
                  f"contrast {figures}", flush=True)
    print(f"step {step} s {time.time() - begin:.0f} end {judge()} best {saved['best']['step']}", flush=True)


if __name__ == "__main__":
    main()
