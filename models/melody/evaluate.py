"""Measures of the melody models on held-out songs, beside baselines.

    python3 evaluate.py --data DIR [--cache FILE] [--songs N] [--tunes FILE]

Prints negative log-likelihoods; then sets the words of held-out songs anew over their own chords with the same masks
(line slots, range, scale) for the models, a Markov chain and random choice, and compares with the held-out tunes:
overlap areas of histograms (1 is equal) over all songs, and song by song the pitch and duration similarity and the
melody distance (dynamic time warping of the tunes about their mean, semitones) of TeleMelody. "human" compares one half
of the held-out songs with the other. FILE holds whole songs of the program (tests/benchmarks/melody_report --tunes).
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections import Counter, defaultdict
from pathlib import Path

import torch

import model  # noqa: I001  (puts the shared folder on the path)
import data
import features

from common import contract

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
    metre, position, stress = row[0], row[2], row[3]
    gap1, gap2 = row[9], row[10]
    return [(metre, position, gap1, gap2, stress), (metre, position, gap1), (position,), ()]


CHORD, PITCH1, PITCH2 = (features.PITCH_NAMES.index(name) for name in ("chord", "pitch1", "pitch2"))
TIME, REGISTER = features.RHYTHM_NAMES.index("time"), features.PITCH_NAMES.index("register")


def pitch_contexts(row):
    return [(row[PITCH1], row[PITCH2], row[CHORD]), (row[PITCH1], row[CHORD]), (row[PITCH1],), ()]


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


def onset_within_metres(found, against):
    """Overlap of the places in the bar metre by metre, weighted by the notes found, so that how many songs are in 3/4
    does not count."""
    total = matched = 0
    for metre in {m for m, _ in found}:
        mine = Counter({k: n for k, n in found.items() if k[0] == metre})
        others = Counter({k: n for k, n in against.items() if k[0] == metre})
        total += sum(mine.values())
        matched += sum(mine.values()) * overlap(mine, others)
    return matched / max(1, total)


# Styles whose rhythm is that of the corpora; the others move as songs of today do, by their cells.
OLDER = {"ballad", "children", "country", "folk", "lullaby", "musical", "singer-songwriter", "waltz"}


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
                    song.chords, song.weight, song.rhymes)

    def newest():
        row = features.rhythm_rows(new)[0][-1]
        row[TIME] = max(1, min(64, starts[song.syllables[new.notes[-1].syllable].line + 1] - new.notes[-1].onset))
        return row

    choose_gap.start()
    first = 0
    for line in sorted(last):
        onset = starts[line]
        for s in range(first, last[line] + 1):
            new.notes.append(data.Note(onset, 1, 0, s, True))
            chances = choose_gap(newest())   # also after the last syllable, so that the model hears it
            if s == last[line]:
                new.notes[-1].length = max(1, min(16, starts[line + 1] - onset))
                break
            room = max(1, starts[line + 1] - onset - (last[line] - s - 1) - 1)
            gap = data.GAPS[draw(chances, [g <= room for g in data.GAPS], rng)]
            new.notes[-1].length = gap
            onset += gap
        first = last[line] + 1
    choose_pitch.start()
    scale = SCALES[song.mode]
    for i, note in enumerate(new.notes):
        row = features.pitch_rows(new)[0][i]   # tells nothing of the notes that have no pitch yet but for the register
        row[REGISTER] = 0
        allowed = scale | chord_tones(row[CHORD])
        mask = [low <= p + data.LOWEST <= high and (p + data.LOWEST) % 12 in allowed for p in range(data.PITCHES)]
        note.pitch = draw(choose_pitch(row), mask, rng) + data.LOWEST
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


class Model:
    """Chances of each class from the row, after all rows so far."""

    def __init__(self, network, classes):
        self.network, self.classes = network, classes

    def start(self):
        self.cache = self.network.initial_cache(1)

    def __call__(self, row):
        logits, self.cache = self.network.step(torch.tensor([row]), self.cache)
        return torch.softmax(logits[0, : self.classes], 0).tolist()


class Chain:
    """The same of a Markov chain; of no chain, even chances."""

    def __init__(self, chain, contexts, classes):
        self.chain, self.contexts, self.classes = chain, contexts, classes

    def start(self):
        pass

    def __call__(self, row):
        return self.chain.chances(self.contexts(row)) if self.chain else [1.0] * self.classes


def similarity(made, song):
    """Overlap of the pitch and of the duration histograms of one song set anew."""
    def lengths(s):
        return Counter(data.gap_class(n.length) for n in s.notes)

    return (overlap(Counter(n.pitch for n in made.notes), Counter(n.pitch for n in song.notes)),
            overlap(lengths(made), lengths(song)))


def distance(made, song):
    """Dynamic time warping distance, semitones a step of the path; the tunes on a grid of eighths about their mean."""
    def series(s):
        values = [n.pitch for n in s.notes for _ in range(max(1, n.length // 2))]
        mean = sum(values) / len(values)
        return [v - mean for v in values]

    a, b = series(made), series(song)
    row = [(0.0, 0)] + [(math.inf, 0)] * len(b)
    for x in a:
        fresh = [(math.inf, 0)]
        for k, y in enumerate(b):
            cost, steps = min(row[k], row[k + 1], fresh[k])
            fresh.append((cost + abs(x - y), steps + 1))
        row = fresh
    return row[-1][0] / row[-1][1]


def read_tunes(path):
    """Songs of the program, without their words."""
    songs = []
    for line in path.read_text("utf-8").splitlines():
        one = json.loads(line)
        compound = one["unit"] == 8 and one["beats"] % 3 == 0
        metre = 2 if compound else 1 if one["beats"] % 3 == 0 else 0
        song = data.Song(one["style"], "", "", metre, one["minor"], 0, [], [])
        for onset, length, pitch, line_number, starts in one["notes"]:
            song.syllables.append(data.Syllable("", 1, False, line_number))
            song.notes.append(data.Note(onset, length, pitch, len(song.syllables) - 1, bool(starts)))
        songs.append(song)
    return songs


def runs(songs):
    """All runs of interval and gap, per length."""
    found = defaultdict(set)
    for song in songs:
        moves = [(b.pitch - a.pitch, data.gap_class(b.onset - a.onset)) for a, b in zip(song.notes, song.notes[1:])]
        for size in range(4, 33):
            for i in range(len(moves) - size + 1):
                found[size].add(hash(tuple(moves[i : i + size])))
    return found


def longest_shared(known, songs):
    found = runs(songs)
    return max((size for size in range(4, 33) if found[size] & known[size]), default=0)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--songs", type=int, default=60)
    parser.add_argument("--tunes", type=Path)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    songs = data.load(arguments.data, arguments.cache)
    train = [s for s in songs if not data.held_out(s)]
    aligned = [s for s in train if not s.extra]
    test = [s for s in songs if data.held_out(s) and "double" not in s.name]
    rhythm = contract.load(HERE / "melody-rhythm.pt")
    pitch = contract.load(HERE / "melody-pitch.pt")

    gaps, pitches = Markov(len(data.GAPS)), Markov(data.PITCHES)
    for song in aligned:
        rows, targets, _ = features.rhythm_rows(song)
        for row, target in zip(rows, targets):
            if target >= 0:
                gaps.add(rhythm_contexts(row), target)
        rows, targets = features.pitch_rows(song)
        for row, target in zip(rows, targets):
            pitches.add(pitch_contexts(row), target)
    totals = Counter()
    with torch.no_grad():
        for song in test:
            rows, targets, _ = features.rhythm_rows(song)
            logits = torch.log_softmax(rhythm(torch.tensor([rows]))[0, :, : len(data.GAPS)], -1)
            for i, target in enumerate(targets):
                if target >= 0:
                    totals["gap notes"] += 1
                    totals["gap model"] -= logits[i, target].item()
                    totals["gap markov"] -= math.log(gaps.chances(rhythm_contexts(rows[i]))[target])
            rows, targets = features.pitch_rows(song)
            for row in rows:
                row[REGISTER] = 0
            logits = torch.log_softmax(pitch(torch.tensor([rows]))[0], -1)
            for i, target in enumerate(targets):
                totals["pitch notes"] += 1
                totals["pitch model"] -= logits[i, target].item()
                totals["pitch markov"] -= math.log(pitches.chances(pitch_contexts(rows[i]))[target])
    print(f"{len(train)} songs trained on ({len(train) - len(aligned)} of the first stage only), {len(test)} held out")
    for what in ("gap", "pitch"):
        n = totals[f"{what} notes"]
        print(f"{what}: {totals[f'{what} model'] / n:.3f} nat a note, Markov chain {totals[f'{what} markov'] / n:.3f}",
              flush=True)

    sample = test[: arguments.songs]
    reference = histograms(sample)
    results = {}
    with torch.no_grad():
        for name, gap_choice, pitch_choice in (
            ("models", Model(rhythm, len(data.GAPS)), Model(pitch, data.PITCHES)),
            ("Markov chain, same masks", Chain(gaps, rhythm_contexts, len(data.GAPS)),
             Chain(pitches, pitch_contexts, data.PITCHES)),
            ("random, same masks", Chain(None, None, len(data.GAPS)), Chain(None, None, data.PITCHES)),
        ):
            rng = random.Random(7)
            results[name] = [compose(song, gap_choice, pitch_choice, rng) for song in sample]
    half = len(sample) // 2
    program = read_tunes(arguments.tunes) if arguments.tunes else []

    print(f"\noverlap with {len(sample)} held-out songs  pitch class  interval  duration  onset  onset within metres")
    rows = [(name, made, reference) for name, made in results.items()]
    rows.append(("human, half and half", sample[:half], histograms(sample[half:])))
    if program:
        everything = histograms(test)
        rows.append(("the program's songs", program, everything))
        for name, wanted in (("  of older styles", True), ("  of styles of today", False)):
            rows.append((name, [s for s in program if (s.name in OLDER) == wanted], everything))
    for name, made, against in rows:
        found = histograms(made)
        print(f"  {name:28s}" + "  ".join(f"{overlap(found[k], against[k]):9.3f}" for k in against)
              + f"  {onset_within_metres(found['onset'], against['onset']):9.3f}")

    print("\nsong by song               pitch similarity  duration similarity  melody distance")
    for name, made in results.items():
        pairs = [(*similarity(a, b), distance(a, b)) for a, b in zip(made, sample)]
        means = [sum(column) / len(pairs) for column in zip(*pairs)]
        print(f"  {name:28s}{means[0]:9.3f}  {means[1]:17.3f}  {means[2]:17.3f}")
    others = [(*similarity(a, b), distance(a, b)) for a, b in zip(sample, sample[1:] + sample[:1])]
    means = [sum(column) / len(others) for column in zip(*others)]
    print(f"  {'human, another song':28s}{means[0]:9.3f}  {means[1]:17.3f}  {means[2]:17.3f}")

    print("\nstrong beats, stress, steps")
    for name, made in [*results.items(), ("human", sample)]:
        sums = [sum(column) for column in zip(*(words_of(s) for s in made))]
        print(f"  {name:28s}chord tones {sums[1] / max(1, sums[0]):.3f}, stress {sums[3] / max(1, sums[2]):.3f}, "
              f"repeated {sums[4] / sums[6]:.3f}, steps {sums[5] / sums[6]:.3f}")

    known = runs(train)
    print("\nlongest run of interval and gap shared with a training song: "
          f"models {longest_shared(known, results['models'])}, held-out songs {longest_shared(known, sample)}"
          + (f", the program {longest_shared(known, program)}" if program else ""))


if __name__ == "__main__":
    main()
