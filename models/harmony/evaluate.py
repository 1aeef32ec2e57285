"""The harmony model on held-out songs: perplexity beside Markov chains; and chords written for the forms of those songs,
beside a Markov chain and random choice under the same masks, the held-out songs themselves, and the program's songs.

    python3 evaluate.py --data DIR [--tunes TUNES] [--songs 60] [--seed 1]

TUNES: tests/benchmarks/melody_report --tunes. The masks: a song begins with a chord and is never silent; it ends on the
tonic, after the dominant or the subdominant. Overlaps are areas common to two histograms, 1 is equal.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections import Counter, defaultdict
from pathlib import Path

import torch

import model  # noqa: F401, I001  (puts the shared folder on the path)
import data

HERE = Path(__file__).resolve().parent


class Chain:
    """Order-n Markov chain over half-bar tokens, interpolated with the lower orders (Witten-Bell)."""

    def __init__(self, order: int, songs):
        self.order = order
        self.counts = [defaultdict(Counter) for _ in range(order + 1)]
        for song in songs:
            history = [data.NONE] * order
            for token in data.tokens(song):
                for n in range(order + 1):
                    self.counts[n][tuple(history[len(history) - n :])][token] += 1
                history = (history + [token])[-order:] if order else []

    def chance(self, history, token):
        p = 1 / data.TOKENS
        for n in range(self.order + 1):
            found = self.counts[n][tuple(history[len(history) - n :])]
            total = sum(found.values())
            if total:
                weight = total / (total + len(found))
                p = weight * found[token] / total + (1 - weight) * p
        return p


def chance_in_order(probabilities, allowed, generator) -> int:
    """Draws a token of those that are allowed."""
    weights = [p if ok else 0.0 for p, ok in zip(probabilities, allowed)]
    total = sum(weights)
    if total <= 0:
        weights, total = [float(ok) for ok in allowed], float(sum(allowed))
    draw = generator.random() * total
    for token, weight in enumerate(weights):
        draw -= weight
        if weight > 0 and draw <= 0:
            return token
    return max(t for t, ok in enumerate(allowed) if ok)


class ByModel:
    """Chances of the next token by the network, as the program asks it: a step at a time."""

    def __init__(self, network):
        self.network = network

    def begin(self):
        self.cache = self.network.initial_cache(1)

    def chances(self, song, index, history):
        row = data.rows(song)[0][index]
        logits, self.cache = self.network.step(torch.tensor([row]), self.cache)
        return torch.softmax(logits[0], -1).tolist()


class ByChain:
    def __init__(self, chain):
        self.chain = chain

    def begin(self):
        pass

    def chances(self, song, index, history):
        context = ([data.NONE] * self.chain.order + history)[-self.chain.order:]
        return [self.chain.chance(context, t) for t in range(data.TOKENS)]


class ByDice:
    def begin(self):
        pass

    def chances(self, song, index, history):
        # Chords change as often as in the corpus, so that only which chord it is is left to the dice.
        return [2.4 if t == data.HOLD else 1 / data.CHORDS for t in range(data.TOKENS)]


def write(form: data.Song, writer, generator) -> data.Song:
    """Chords for the form of a song, under the masks."""
    song = data.Song(form.name, form.group, form.mode, [data.Section(s.kind, [(data.NONE, data.NONE)] * len(s.bars))
                                                         for s in form.sections])
    total = sum(len(s.bars) for s in form.sections) * 2
    tonic, cadences = form.mode * 12, ((7, 0), (7, 2), (7, 1), (5, 0), (5, 1), (5, 3), (5, 4))
    writer.begin()
    history, sounding, index = [], data.NONE, 0
    with torch.no_grad():
        for section in song.sections:
            for bar in range(len(section.bars)):
                pair = [data.NONE, data.NONE]
                for half in range(2):
                    chances = writer.chances(song, index, history)
                    allowed = [t < data.CHORDS or (t == data.HOLD and sounding != data.NONE) for t in range(data.TOKENS)]
                    left = total - index
                    if left in (3, 4):
                        allowed = [t < data.CHORDS and (t % 12, t // 12) in cadences for t in range(data.TOKENS)]
                        if left == 3:
                            allowed = [t == data.HOLD for t in range(data.TOKENS)]
                    elif left <= 2:
                        allowed = [t == (tonic if left == 2 else data.HOLD) for t in range(data.TOKENS)]
                    token = chance_in_order(chances, allowed, generator)
                    if token != data.HOLD:
                        sounding = token
                    history.append(token)
                    pair[half] = sounding
                    section.bars[bar] = (pair[0], pair[1] if half else data.NONE)
                    index += 1
    return song


QUALITY_OF = {(0, 4, 7): 0, (0, 3, 7): 1, (0, 4, 7, 10): 2, (0, 3, 7, 10): 3, (0, 4, 7, 11): 4, (0, 5, 7): 5,
              (0, 3, 6): 6, (0, 4, 8): 7}


def program_songs(path: Path):
    """The program's songs as the corpus's are held: a chord for each half bar."""
    for line in path.read_text("utf-8").splitlines():
        tune = json.loads(line)
        half = tune["beats"] * 16 // tune["unit"] / 2
        at, sections = 0.0, []
        for kind, bars in tune["sections"]:
            section = data.Section(kind if kind in data.KINDS else "interlude")
            for _ in range(bars):
                pair = []
                for _ in range(2):
                    now = [c for c in tune["chords"] if c[0] <= at + 0.01]
                    pitches = now[-1][1] if now else [0, 4, 7]
                    shape = tuple(sorted((p - pitches[0]) % 12 for p in pitches))
                    best = max(QUALITY_OF, key=lambda q: len(set(q) & set(shape)) - 0.1 * len(set(q) ^ set(shape)))
                    pair.append(QUALITY_OF[best] * 12 + pitches[0])
                    at += half
                section.bars.append((pair[0], pair[1]))
            sections.append(section)
        yield data.Song("", "", tune["minor"], sections)


def measures(songs) -> dict:
    """Histograms and shares over songs."""
    chords, roots, lengths, ends = Counter(), Counter(), Counter(), Counter()
    again = bars = final = inside = count = 0
    for song in songs:
        flat = [c for s in song.sections for bar in s.bars for c in bar]
        events = []
        for chord in flat:
            if events and events[-1][0] == chord:
                events[-1][1] += 1
            else:
                events.append([chord, 1])
        events = [e for e in events if e[0] < data.CHORDS]
        scale = {0, 2, 4, 5, 7, 9, 11} if song.mode == 0 else {0, 2, 3, 5, 7, 8, 10}
        for (chord, length), following in zip(events, events[1:] + [None]):
            chords[chord] += 1
            lengths[min(length, 16)] += 1
            count += 1
            inside += chord % 12 in scale
            if following:
                roots[(following[0] - chord) % 12] += 1
        for section in song.sections:
            pair = [c for bar in section.bars[-2:] for c in bar]
            ends[(pair[0] % 12, pair[-1] % 12)] += 1
            for i in range(4, len(section.bars)):
                bars += 1
                again += section.bars[i] == section.bars[i - 4]
        if len(events) > 1:
            final += events[-1][0] % 12 == 0 and events[-2][0] % 12 in (5, 7)
    return {"chord": chords, "root motion": roots, "length": lengths, "section end": ends, "again": again / max(1, bars),
            "final": final / max(1, len(songs)), "scale": inside / max(1, count)}


def overlap(a: Counter, b: Counter) -> float:
    x, y = sum(a.values()), sum(b.values())
    return sum(min(a[k] / x, b[k] / y) for k in a) if x and y else 0.0


def print_measures(train, test, network, tunes, count, seed) -> None:
    generator = random.Random(seed)
    forms = [s for s in test if 16 <= sum(len(x.bars) for x in s.sections) <= 140]
    generator.shuffle(forms)
    forms = forms[:count]
    human = measures(forms)
    rows = [("model", measures([write(f, ByModel(network), generator) for f in forms])),
            ("Markov order 2, same masks", measures([write(f, ByChain(Chain(2, train)), generator) for f in forms])),
            ("random, same masks", measures([write(f, ByDice(), generator) for f in forms])),
            ("human, half and half", None)]
    if tunes:
        rows.append(("the program's songs", measures(list(program_songs(tunes)))))
    names = ("chord", "root motion", "length", "section end")
    print(f"\noverlap with {len(forms)} held-out songs".ljust(35) + "".join(n.rjust(13) for n in names)
          + "   as 4 bars before   I after V or IV at the end   roots in the scale")
    for name, found in rows:
        against = human
        if found is None:
            found, against = measures(forms[::2]), measures(forms[1::2])
        print(f"  {name}".ljust(34) + "".join(f"{overlap(found[n], against[n]):13.3f}" for n in names)
              + f"{found['again']:20.3f}{found['final']:29.3f}{found['scale']:21.3f}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--tunes", type=Path, help="songs of the program, as melody_report writes them")
    parser.add_argument("--songs", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    songs = data.load(arguments.data)
    train = [s for s in songs if not data.held_out(s)]
    test = [s for s in songs if data.held_out(s)]
    network = torch.jit.load(str(HERE / "harmony.pt")).eval()
    loss = changes = change_loss = count = 0
    with torch.no_grad():
        for song in test:
            features, targets = data.rows(song)
            logits = torch.log_softmax(network(torch.tensor([features]))[0], -1)
            for i, target in enumerate(targets):
                value = -logits[i, target].item()
                loss += value
                count += 1
                if target != data.HOLD:
                    changes += 1
                    change_loss += value
    print(f"{len(train)} songs trained on, {len(test)} held out, {count} half bars")
    print(f"model            {loss / count:.3f} nat a half bar, perplexity {math.exp(loss / count):.2f}; "
          f"where the chord changes {change_loss / changes:.3f}")
    for order in (1, 2, 3, 8):
        chain = Chain(order, train)
        loss = change_loss = 0.0
        for song in test:
            history = [data.NONE] * order
            for token in data.tokens(song):
                value = -math.log(chain.chance(history, token))
                loss += value
                if token != data.HOLD:
                    change_loss += value
                history = (history + [token])[-order:]
        print(f"Markov order {order}   {loss / count:.3f} nat a half bar, perplexity {math.exp(loss / count):.2f}; "
              f"where the chord changes {change_loss / changes:.3f}")
    print_measures(train, test, network, arguments.tunes, arguments.songs, arguments.seed)


if __name__ == "__main__":
    main()
