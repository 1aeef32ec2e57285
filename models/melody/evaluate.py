"""Measures of the melody models on held-out songs, beside baselines.

    python3 evaluate.py --data DIR [--cache FILE] [--songs N]

Prints negative log-likelihoods, then sets the words of held-out songs anew over their own chords with the same
masks (line slots, range, scale) for the models, a Markov chain and random choice, and compares histograms with the
held-out tunes (overlap area: 1 is equal). "human" compares one half of the held-out songs with the other.
"""

from __future__ import annotations

import argparse
import math
import random
from collections import Counter, defaultdict
from pathlib import Path

import torch

import model  # noqa: I001
import data

HERE = Path(__file__).resolve().parent
SCALES = [{0, 2, 4, 5, 7, 9, 11}, {0, 2, 3, 5, 7, 8, 10, 11}]
SHAPES = [(0, 4, 7), (0, 3, 7), (0, 4, 7, 10), (0, 3, 7, 10), (0, 4, 7, 11), (0, 5, 7), (0, 3, 6, 9), (0, 4, 8)]


def chord_tones(token):
    return {(token % 12 + s) % 12 for s in SHAPES[token // 12]} if token < data.CHORDS else set()


class Markov:
    """Interpolated counts: contexts from the most detailed to none."""

    def __init__(self, size):
        self.size = size
        self.counts = [defaultdict(Counter) for _ in range(4)]

    def add(self, contexts, value):
        for table, context in zip(self.counts, contexts):
            table[context][value] += 1

    def chances(self, contexts):
        p = [1 / self.size] * self.size
        for table, context in zip(reversed(self.counts[: len(contexts)]), reversed(contexts)):
            found = table[context]
            total = sum(found.values())
            if total:
                weight = total / (total + 3 * len(found))
                p = [(1 - weight) * q for q in p]
                for value, n in found.items():
                    p[value] += weight * n / total
        return p


def rhythm_contexts(row):
    _, _, position, _, stress, _, _, left, _, gap1, gap2, *_ = row
    return [(row[0], position, gap1, gap2, stress), (row[0], position, gap1), (position,), ()]


def pitch_contexts(row):
    names = {name: value for (name, _), value in zip(data.PITCH_FEATURES, row)}
    return [(names["pitch1"], names["pitch2"], names["chord"]), (names["pitch1"], names["chord"]), (names["pitch1"],), ()]


def overlap(a, b):
    ta, tb = sum(a.values()) or 1, sum(b.values()) or 1
    return sum(min(a[k] / ta, b[k] / tb) for k in set(a) | set(b))


def histograms(songs):
    result = {name: Counter() for name in ("pitch class", "interval", "duration", "onset")}
    for song in songs:
        for i, note in enumerate(song.notes):
            result["pitch class"][note.pitch % 12] += 1
            result["onset"][(song.metre, note.onset % song.bar)] += 1
            if i:
                before = song.notes[i - 1]
                result["interval"][note.pitch - before.pitch] += 1
                result["duration"][data.gap_class(note.onset - before.onset)] += 1
    return result


def words_of(song):
    strong = chord = pairs = good = repeats = steps = total = 0
    starts = [n for n in song.notes if n.starts]
    for note in song.notes:
        tones = chord_tones(data.chord_at(song, note.onset)[0])
        if tones and data.level(note.onset % song.bar, song.metre) <= 1:
            strong += 1
            chord += note.pitch % 12 in tones
    for a, b in zip(starts, starts[1:]):
        x, y = song.syllables[a.syllable], song.syllables[b.syllable]
        if x.line == y.line and {x.stress, y.stress} == {0, 2}:
            la, lb = (data.level(n.onset % song.bar, song.metre) for n in (a, b))
            pairs += 1
            good += la != lb and (la < lb) == (x.stress > y.stress)
    for a, b in zip(song.notes, song.notes[1:]):
        total += 1
        repeats += a.pitch == b.pitch
        steps += 0 < abs(a.pitch - b.pitch) <= 2
    return strong, chord, pairs, good, repeats, steps, total


def compose(song, choose_gap, choose_pitch, rng):
    """The song's words anew: the first onset of every line is kept, all else is chosen."""
    starts = data.line_starts(song)
    last = {}
    for i, s in enumerate(song.syllables):
        last[s.line] = i
    low, high = min(n.pitch for n in song.notes), max(n.pitch for n in song.notes)
    new = data.Song(song.name, song.source, song.group, song.metre, song.mode, song.density, [], song.syllables,
                    song.chords)
    state = choose_gap.start()
    first = 0
    for line in sorted(last):
        onset = starts[line]
        for s in range(first, last[line] + 1):
            new.notes.append(data.Note(onset, 1, 0, s, True))
            if s == last[line]:
                new.notes[-1].length = max(1, min(16, starts[line + 1] - onset))
                if line + 1 in last:  # feed the deterministic gap so that the state goes on
                    state = choose_gap.skip(new, starts, last, state)
                break
            room = starts[line + 1] - onset - (last[line] - s - 1) - 1
            gap, state = choose_gap(new, starts, last, max(1, room), state, rng)
            new.notes[-1].length = gap
            onset += gap
        first = last[line] + 1
    rows, _ = data.pitch_rows(new)
    state = choose_pitch.start()
    scale = SCALES[song.mode]
    for i, note in enumerate(new.notes):
        row = rows[i]
        names = [name for name, _ in data.PITCH_FEATURES]
        for back in (1, 2, 3):
            row[names.index(f"pitch{back}")] = new.notes[i - back].pitch - data.LOWEST if i >= back else data.NO_PITCH
        at = {n.onset: n.pitch - data.LOWEST for n in new.notes[:i]}
        for lag in (2, 4, 8):
            row[names.index(f"lag{lag}")] = at.get(note.onset - lag * song.bar, data.NO_PITCH)
        allowed = scale | chord_tones(row[names.index("chord")])
        mask = [low <= p + data.LOWEST <= high and (p + data.LOWEST) % 12 in allowed for p in range(data.PITCHES)]
        choice, state = choose_pitch(row, mask, state, rng)
        note.pitch = choice + data.LOWEST
    return new


def draw(chances, mask, rng):
    chances = [c if m else 0.0 for c, m in zip(chances, mask)]
    total = sum(chances)
    if total <= 0:
        return mask.index(True) if True in mask else 0
    target = rng.random() * total
    for i, c in enumerate(chances):
        target -= c
        if target < 0:
            return i
    return max(i for i, c in enumerate(chances) if c > 0)


def last_rhythm_row(song, starts, last):
    """Row of the newest note."""
    short = data.Song(song.name, song.source, song.group, song.metre, song.mode, song.density, song.notes, song.syllables)
    note, i = song.notes[-1], len(song.notes) - 1
    line = song.syllables[note.syllable].line
    end = last[line]
    stress = lambda k: song.syllables[k].stress if k <= end else 3  # noqa: E731
    onsets = {n.onset: b.onset - n.onset for n, b in zip(short.notes, short.notes[1:])}
    index = sum(1 for n in song.notes if song.syllables[n.syllable].line == line) - 1
    row = [song.metre, song.density, note.onset % song.bar, stress(note.syllable), stress(note.syllable + 1),
           stress(note.syllable + 2), int(song.syllables[note.syllable].joined), min(16, end - note.syllable),
           min(64, starts[line + 1] - note.onset),
           data.gap_class(note.onset - song.notes[i - 1].onset) if i else data.NO_GAP,
           data.gap_class(song.notes[i - 1].onset - song.notes[i - 2].onset) if i > 1 else data.NO_GAP,
           min(8, index), line % 4]
    for lag in (2, 4, 8):
        found = onsets.get(note.onset - lag * song.bar)
        row.append(data.gap_class(found) if found else data.NO_GAP)
    return row


class ModelGaps:
    def __init__(self, network):
        self.network = network

    def start(self):
        return self.network.initial_cache(1)

    def skip(self, song, starts, last, state):
        _, state = self.network.step(torch.tensor([last_rhythm_row(song, starts, last)]), state)
        return state

    def __call__(self, song, starts, last, room, state, rng):
        logits, state = self.network.step(torch.tensor([last_rhythm_row(song, starts, last)]), state)
        chances = torch.softmax(logits[0, : len(data.GAPS)], 0).tolist()
        return data.GAPS[draw(chances, [g <= room for g in data.GAPS], rng)], state


class MarkovGaps:
    def __init__(self, chain):
        self.chain = chain

    def start(self):
        return None

    def skip(self, song, starts, last, state):
        return None

    def __call__(self, song, starts, last, room, state, rng):
        chances = self.chain.chances(rhythm_contexts(last_rhythm_row(song, starts, last))) if self.chain else \
            [1.0] * len(data.GAPS)
        return data.GAPS[draw(chances, [g <= room for g in data.GAPS], rng)], None


class ModelPitches:
    def __init__(self, network):
        self.network = network

    def start(self):
        return self.network.initial_cache(1)

    def __call__(self, row, mask, state, rng):
        logits, state = self.network.step(torch.tensor([row]), state)
        return draw(torch.softmax(logits[0], 0).tolist(), mask, rng), state


class MarkovPitches:
    def __init__(self, chain):
        self.chain = chain

    def start(self):
        return None

    def __call__(self, row, mask, state, rng):
        chances = self.chain.chances(pitch_contexts(row)) if self.chain else [1.0] * data.PITCHES
        return draw(chances, mask, rng), None


def runs(songs):
    """All runs of interval and gap, per length."""
    found = defaultdict(set)
    for song in songs:
        moves = [(b.pitch - a.pitch, data.gap_class(b.onset - a.onset)) for a, b in zip(song.notes, song.notes[1:])]
        for size in range(4, 33):
            for i in range(len(moves) - size + 1):
                found[size].add(hash(tuple(moves[i : i + size])))
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--songs", type=int, default=60)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    songs = data.load(arguments.data, arguments.cache)
    train = [s for s in songs if not data.held_out(s)]
    test = [s for s in songs if data.held_out(s) and "double" not in s.name]
    rhythm = torch.jit.load(str(HERE / "melody-rhythm.pt")).eval()
    pitch = torch.jit.load(str(HERE / "melody-pitch.pt")).eval()

    gaps, pitches = Markov(len(data.GAPS)), Markov(data.PITCHES)
    for song in train:
        rows, targets, _ = data.rhythm_rows(song)
        for row, target in zip(rows, targets):
            if target >= 0:
                gaps.add(rhythm_contexts(row), target)
        rows, targets = data.pitch_rows(song)
        for row, target in zip(rows, targets):
            pitches.add(pitch_contexts(row), target)
    totals = Counter()
    with torch.no_grad():
        for song in test:
            rows, targets, _ = data.rhythm_rows(song)
            logits = torch.log_softmax(rhythm(torch.tensor([rows]))[0, :, : len(data.GAPS)], -1)
            for i, target in enumerate(targets):
                if target >= 0:
                    totals["gap notes"] += 1
                    totals["gap model"] -= logits[i, target].item()
                    totals["gap markov"] -= math.log(gaps.chances(rhythm_contexts(rows[i]))[target])
            rows, targets = data.pitch_rows(song)
            logits = torch.log_softmax(pitch(torch.tensor([rows]))[0], -1)
            for i, target in enumerate(targets):
                totals["pitch notes"] += 1
                totals["pitch model"] -= logits[i, target].item()
                totals["pitch markov"] -= math.log(pitches.chances(pitch_contexts(rows[i]))[target])
    print(f"{len(train)} songs trained on, {len(test)} held out")
    for what in ("gap", "pitch"):
        n = totals[f"{what} notes"]
        print(f"{what}: {totals[f'{what} model'] / n:.3f} nat a note, Markov chain {totals[f'{what} markov'] / n:.3f}")

    sample = test[: arguments.songs]
    reference = histograms(sample)
    print(f"\noverlap with {len(sample)} held-out songs  pitch class  interval  duration  onset")

    def line(name, made, against):
        values = [overlap(histograms(made)[k], against[k]) for k in ("pitch class", "interval", "duration", "onset")]
        print(f"  {name:24s} " + "  ".join(f"{v:9.3f}" for v in values))

    def measures(name, made):
        sums = [sum(column) for column in zip(*(words_of(s) for s in made))]
        print(f"  {name:24s} chord tones {sums[1] / max(1, sums[0]):.3f}, stress {sums[3] / max(1, sums[2]):.3f}, "
              f"repeated {sums[4] / sums[6]:.3f}, steps {sums[5] / sums[6]:.3f}")

    results = {}
    with torch.no_grad():
        for name, gap_choice, pitch_choice in (
            ("models", ModelGaps(rhythm), ModelPitches(pitch)),
            ("Markov chain, same masks", MarkovGaps(gaps), MarkovPitches(pitches)),
            ("random, same masks", MarkovGaps(None), MarkovPitches(None)),
        ):
            rng = random.Random(7)
            results[name] = [compose(song, gap_choice, pitch_choice, rng) for song in sample]
            line(name, results[name], reference)
    half = len(sample) // 2
    line("human, half and half", sample[:half], histograms(sample[half:]))
    print("\nstrong beats, stress, steps")
    for name, made in results.items():
        measures(name, made)
    measures("human", sample)
    known = runs(train)
    longest = 0
    for size in range(4, 33):
        if any(h in known[size] for h in runs(results["models"])[size]):
            longest = size
    print(f"\nlongest run of interval and gap shared with a training song: {longest}")


if __name__ == "__main__":
    main()
