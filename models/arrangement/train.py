"""Train one of the arrangement networks: train.py {pattern,touch,accompaniment} --data DIR --checkpoint FILE.

Trains the size and regularisation of `CHOSEN` on the training and validation splits; on a GPU where there is one, else
on one CPU thread. `--search` first trains every entry of `TRIALS` on the training split alone, and takes the one with
the lowest loss on the validation split, stopped where that was lowest. The test split decides nothing; its loss is printed.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

import arrays
import data
import model
from model import Size


@dataclass(frozen=True)
class Settings:
    """How one network is trained; `steps` is the length of the schedule, `stop` the step it ends at."""

    size: Size = field(default_factory=Size)
    batch: int = 128
    steps: int = 3000
    stop: int | None = None
    rate: float = 3e-3
    decay: float = 0.01
    smear: float = 0.0  # touch: standard deviation, in bins, of the target around the bin that was played
    compared: bool = False  # tried to know what size would give, but too slow a step to be chosen


# What the search found; the plain command trains this.
CHOSEN = {
    "pattern": Settings(Size(160, 2, 16, 0.3, 0.05), steps=1992, stop=1122, decay=0.1),
    "touch": Settings(Size(208, 1, 16, 0.3, 0.05), steps=2500, stop=2028, decay=0.1, smear=0.6),
    "accompaniment": Settings(Size(144, 2, 16, 0.3, 0.1), batch=512, steps=4000, stop=500, decay=0.1),
}

# In the order in which they are tried: where time runs out, the last ones are left out.
TRIALS = {
    "pattern": [
        Settings(Size(144, 1, 12, 0.1), steps=3000),
        Settings(Size(240, 1, 16, 0.3, 0.05), steps=3000, decay=0.1),
        Settings(Size(160, 2, 16, 0.3, 0.05), steps=3000, decay=0.1),
        Settings(Size(240, 1, 16, 0.5, 0.1), steps=4000, decay=0.1),
        Settings(Size(144, 1, 12, 0.3, 0.1), steps=4000, decay=0.1),
        Settings(Size(288, 1, 16, 0.4, 0.1), steps=3000, decay=0.1, compared=True),
        Settings(Size(240, 1, 16, 0.4, 0.05), steps=1500, decay=0.1, rate=2e-3),
        Settings(Size(240, 1, 16, 0.5, 0.2), steps=4000, decay=0.3),
        Settings(Size(160, 2, 16, 0.5, 0.1), steps=4000, decay=0.3),
        Settings(Size(192, 1, 24, 0.4, 0.1), steps=4000, decay=0.3),
        Settings(Size(240, 1, 16, 0.5, 0.1), steps=6000, decay=0.3, rate=2e-3),
    ],
    "touch": [
        Settings(Size(128, 1, 12, 0.1), steps=2000),
        Settings(Size(208, 1, 16, 0.3, 0.05), steps=2500, decay=0.1),
        Settings(Size(208, 1, 16, 0.3, 0.05), steps=2500, decay=0.1, smear=0.6),
        Settings(Size(144, 2, 16, 0.3, 0.05), steps=2500, decay=0.1),
        Settings(Size(208, 1, 16, 0.5, 0.1), steps=4000, decay=0.3),
        Settings(Size(128, 1, 12, 0.3, 0.1), steps=2500, decay=0.1, smear=0.6),
        Settings(Size(288, 1, 16, 0.5, 0.1), steps=3000, decay=0.1, compared=True),
        Settings(Size(208, 1, 16, 0.5, 0.1), steps=4000, decay=0.3, smear=0.6),
        Settings(Size(208, 1, 16, 0.4, 0.05), steps=1500, decay=0.1, rate=2e-3),
        Settings(Size(144, 2, 16, 0.5, 0.1), steps=4000, decay=0.3, smear=0.6),
        Settings(Size(208, 1, 16, 0.5, 0.2), steps=4000, decay=0.3, rate=2e-3),
    ],
    "accompaniment": [
        Settings(Size(144, 1, 12, 0.1), batch=512, steps=3000),
        Settings(Size(208, 1, 16, 0.3, 0.05), batch=512, steps=4000, decay=0.1),
        Settings(Size(208, 1, 16, 0.3, 0.2), batch=512, steps=4000, decay=0.1),
        Settings(Size(144, 2, 16, 0.3, 0.1), batch=512, steps=4000, decay=0.1),
        Settings(Size(144, 1, 12, 0.3, 0.1), batch=512, steps=4000, decay=0.1),
        Settings(Size(208, 1, 16, 0.5, 0.2), batch=512, steps=6000, decay=0.3),
        Settings(Size(288, 1, 16, 0.5, 0.2), batch=512, steps=4000, decay=0.1, compared=True),
        Settings(Size(208, 1, 16, 0.4, 0.1), batch=512, steps=2000, decay=0.3),
        Settings(Size(144, 2, 16, 0.4, 0.2), batch=512, steps=6000, decay=0.3),
        Settings(Size(208, 1, 16, 0.5, 0.3), batch=512, steps=6000, decay=0.3, rate=2e-3),
    ],
}


def _touch(logits: Tensor, targets: Tensor, smear: float) -> Tensor:
    """Mean nats a hit of touch logits [B, T, outputs] against bins [B, T, 18], targets spread by `smear` bins."""
    v = 9 * data.VELOCITY_BINS
    velocity = (logits[..., :v], targets[..., :9], data.VELOCITY_BINS)
    offset = (logits[..., v:], targets[..., 9:], data.OFFSET_BINS)
    total = logits.new_zeros(())
    for values, bins, count in (velocity, offset):
        logs = F.log_softmax(values.unflatten(-1, (9, count)), -1)
        hit = bins >= 0
        if smear > 0:
            distance = torch.arange(count, device=bins.device) - bins.unsqueeze(-1)
            spread = torch.exp(-0.5 * (distance / smear) ** 2)
            each = -(logs * spread / spread.sum(-1, keepdim=True).clamp(min=1e-6)).sum(-1)
        else:
            each = -logs.gather(-1, bins.clamp(min=0).unsqueeze(-1)).squeeze(-1)
        total = total + (each * hit).sum() / hit.sum().clamp(min=1)
    return total


def _events(logits: Tensor, targets: Tensor) -> Tensor:
    event, length, velocity = torch.split(logits, [data.EVENTS, len(data.LENGTHS), data.ACCOMPANIMENT_VELOCITIES], -1)
    played = (targets[..., 1] >= 0).sum() / (targets[..., 0] >= 0).sum()
    total = F.cross_entropy(event.flatten(0, 1), targets[..., 0].flatten(), ignore_index=-1)
    shape = F.cross_entropy(length.flatten(0, 1), targets[..., 1].flatten(), ignore_index=-1)
    shape = shape + F.cross_entropy(velocity.flatten(0, 1), targets[..., 2].flatten(), ignore_index=-1)
    return total + 0.5 * played * shape


def loss_of(kind: str, logits: Tensor, targets: Tensor, smear: float = 0.0) -> Tensor:
    if kind == "pattern":
        return F.cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=-1)
    return _touch(logits, targets, smear) if kind == "touch" else _events(logits, targets)


def held_out(kind: str, network: model.StepNetwork, dataset, size: int) -> float:
    """Mean loss over all items; windows and reference bars are the same at every call."""
    network.eval()
    random = torch.Generator(dataset.device).manual_seed(3)
    total = weight = torch.zeros((), device=dataset.device)
    with torch.no_grad():
        for chosen in torch.arange(len(dataset), device=dataset.device).split(size):
            ids, floats, targets = dataset.batch(chosen, random, shuffle=False)
            scored = (targets >= 0).sum()
            total = total + loss_of(kind, network(ids, floats), targets) * scored
            weight = weight + scored
    network.train()
    return float(total / weight)


class Log:
    """Lines with the time since the start, and the time that is left."""

    def __init__(self, kind: str, minutes: float):
        self.kind, self.began, self.seconds = kind, time.time(), minutes * 60

    def elapsed(self) -> float:
        return time.time() - self.began

    def __call__(self, text: str) -> None:
        print(f"{self.kind} {self.elapsed():5.0f} s  {text}", flush=True)


def _copy(network: model.StepNetwork) -> dict[str, Tensor]:
    return {name: value.detach().cpu().clone() for name, value in network.state_dict().items()}


def train(kind: str, settings: Settings, dataset, checked, seed: int, until: float, log: Log):
    """Train one network until its schedule or, annealing faster, the time `until` (seconds of the log) ends.

    With `checked`, a data set that decides, returns the weights of its lowest loss; without, the last ones.
    Returns state dict, loss on `checked` (infinite without), step of these weights, steps that were run.
    """
    device = dataset.device
    torch.manual_seed(seed)
    random = torch.Generator(device).manual_seed(seed)
    network = model.network(kind, settings.size)
    if kind == "pattern":
        # Begin from how frequent each set of hits is, which spares the first hundreds of batches.
        counts = torch.bincount(dataset.targets.long().cpu(), minlength=model.MASKS) + 1.0
        network.outlet.bias.data = torch.log(counts / counts.sum())
    network.to(device)
    averaged = model.network(kind, settings.size).to(device)  # mean weights of the last steps: less noise of batches
    averaged.load_state_dict(network.state_dict())
    parameters, means = list(network.parameters()), list(averaged.parameters())
    for mean in means:
        mean.requires_grad_(False)
    optimiser = torch.optim.AdamW(parameters, lr=settings.rate, weight_decay=settings.decay)
    began = log.elapsed()
    best, best_loss, best_step = None, math.inf, 0
    running, counted, reported = torch.zeros((), device=device), 0, began
    order, at = torch.randperm(len(dataset), generator=random, device=device), 0
    # Check often enough to find where overfitting begins, seldom enough not to cost time on it.
    interval = max(1, settings.steps // 16)
    last = settings.stop or settings.steps
    for step in range(1, last + 1):
        done = max(step / settings.steps, (log.elapsed() - began) / max(until - began, 1e-3))
        for group in optimiser.param_groups:
            group["lr"] = settings.rate * min(1.0, step / 50) * 0.5 * (1 + math.cos(math.pi * min(done, 1.0))) + 1e-5
        if at + settings.batch > len(order):
            order, at = torch.randperm(len(dataset), generator=random, device=device), 0
        ids, floats, targets = dataset.batch(order[at : at + settings.batch], random)
        at += settings.batch
        loss = loss_of(kind, network(ids, floats), targets, settings.smear)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimiser.step()
        with torch.no_grad():
            keep = min(0.998, step / (step + 10))
            torch._foreach_mul_(means, keep)
            torch._foreach_add_(means, parameters, alpha=1 - keep)
        running, counted = running + loss.detach(), counted + 1
        ends = step == last or done >= 1
        if checked is not None and (step % interval == 0 or ends):
            value = held_out(kind, averaged, checked, 512)
            if value < best_loss:
                best, best_loss, best_step = _copy(averaged), value, step
            if log.elapsed() - reported > 20 or ends:
                log(f"  step {step} train {float(running) / counted:.4f} held out {value:.4f}")
                running, counted, reported = torch.zeros((), device=device), 0, log.elapsed()
        elif checked is None and (log.elapsed() - reported > 20 or ends):
            log(f"  step {step} train {float(running) / counted:.4f}")
            running, counted, reported = torch.zeros((), device=device), 0, log.elapsed()
        if ends:
            break
    if checked is None:
        return _copy(averaged), math.inf, step, step
    return best, best_loss, best_step, step


def describe(settings: Settings) -> str:
    values = asdict(settings)
    size = values.pop("size")
    return " ".join(f"{name} {value}" for name, value in {**size, **values}.items() if value is not None)


# What a process of the search holds: its trials share the data sets.
_here: dict = {}


def _trial(task):
    """Train one trial; its number and, unless time ran out, weights (numpy), validation loss and step of that."""
    index, settings, kind, path, until, log = task
    if log.elapsed() > until - 15:
        return index, None
    if not _here:
        device, file = _device(), dict(np.load(path))
        for split in ("train", "validation"):
            _here[split] = arrays.dataset(kind, file, (split,), device)
    log(f"trial {index}: {describe(settings)}")
    state, loss, best, ran = train(kind, settings, _here["train"], _here["validation"], 1, until, log)
    log(f"trial {index}: validation {loss:.4f} at step {best} of {ran}")
    return index, ({name: value.numpy() for name, value in state.items()}, loss, best, ran)


def _device() -> torch.device:
    torch.set_num_threads(1)
    torch.set_float32_matmul_precision("high")
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def search(
    kind: str, path: Path, checkpoint: Path, workers: int, trials: list[Settings], until: float, log: Log
) -> Settings:
    """The trial of the lowest validation loss, cut where it was lowest; its weights so far are in `checkpoint`."""
    chosen, lowest = None, math.inf
    tasks = [(index, settings, kind, path, until, log) for index, settings in enumerate(trials)]
    with torch.multiprocessing.get_context("spawn").Pool(workers) as pool:
        for index, result in pool.imap_unordered(_trial, tasks):
            if result is None or trials[index].compared or result[1] >= lowest:
                continue
            state, lowest, stop, ran = result
            chosen = replace(trials[index], steps=ran, stop=stop)
            torch.save({name: torch.from_numpy(value) for name, value in state.items()}, checkpoint)
            log(f"best so far: trial {index}")
    if chosen is None:
        raise SystemExit("no time for a single trial: give more --minutes")
    return chosen


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=sorted(CHOSEN))
    parser.add_argument("--data", type=Path, help="folder with groove-midi and mma-stdlib-renders")
    parser.add_argument("--prepared", type=Path, help="prepared data (.npz): read when it exists, else written")
    parser.add_argument("--minutes", type=float, default=60, help="at most; the schedule is shortened to it")
    parser.add_argument("--checkpoint", type=Path, required=True, help="state dict to write")
    parser.add_argument("--search", action="store_true", help="choose size and regularisation first")
    parser.add_argument("--workers", type=int, default=1, help="trials trained at once")
    parser.add_argument("--quick", type=int, metavar="STEPS", help="shorten every schedule to this: a trial run")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    log = Log(args.kind, args.minutes)
    device = _device()
    prepared = args.prepared or args.checkpoint.with_suffix(".npz")
    if not (args.prepared and prepared.exists()):
        if args.data is None:
            parser.error("--data is needed where nothing is prepared")
        arrays.save(prepared, data.drums(args.data), data.accompaniment(args.data))

    settings, trials = CHOSEN[args.kind], TRIALS[args.kind]
    if args.quick:
        trials = [replace(t, steps=args.quick, batch=8) for t in trials]
        settings = replace(settings, steps=args.quick, stop=None, batch=8)
    file = dict(np.load(prepared))
    test = arrays.dataset(args.kind, file, ("test",), device)
    if args.search:
        settings = search(args.kind, prepared, args.checkpoint, args.workers, trials, log.seconds * 0.62, log)
        network = model.restored(args.kind, torch.load(args.checkpoint)).to(device)
        log(f"chosen on the training split alone: test {held_out(args.kind, network, test, 512):.4f}")
    everything = arrays.dataset(args.kind, file, ("train", "validation"), device)
    log(f"{len(everything)} items on {device}: {describe(settings)}")
    state, _, step, _ = train(args.kind, settings, everything, None, args.seed, log.seconds - 10, log)
    torch.save(state, args.checkpoint)
    network = model.restored(args.kind, state).to(device)
    count = sum(p.numel() for p in network.parameters())
    log(f"end: step {step}, {count} parameters, test {held_out(args.kind, network, test, 512):.4f}")


if __name__ == "__main__":
    sys.exit(main())
