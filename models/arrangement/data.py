"""Training data: grids of drum hits and of chord-relative accompaniment from MIDI files.

Time is a grid of 4 steps a beat (straight) or 3 (triplet feel), chosen for each file by the smaller distance of its
onsets from the grid. `--data` names the folder with `groove-midi` and `mma-stdlib-renders` unpacked or as .tar.xz.
"""

from __future__ import annotations

import csv
import json
import re
import tarfile
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import midi

DRUM_CLASSES = ["kick", "snare", "sidestick", "closed hat", "open hat", "low tom", "high tom", "crash", "ride"]
_DRUM_MAP = {
    35: 0, 36: 0, 38: 1, 40: 1, 39: 1, 37: 2, 75: 2, 76: 2, 77: 2, 42: 3, 44: 3, 22: 3, 69: 3, 70: 3, 82: 3, 54: 3,
    46: 4, 26: 4, 41: 5, 43: 5, 58: 5, 45: 6, 47: 6, 48: 6, 50: 6, 49: 7, 52: 7, 55: 7, 57: 7, 51: 8, 53: 8, 59: 8,
}  # fmt: skip

# Line number in drum_styles.txt is the id. The first group is human, the second programmed.
DRUM_STYLES = ["rock", "funk", "jazz", "latin", "hiphop", "soul", "afrocuban", "punk", "neworleans", "country", "pop",
               "reggae", "gospel", "afrobeat", "dance", "blues", "halftime", "shuffle", "bossa-human"]  # fmt: skip
FAMILIES = ["ballad", "pop", "rock", "folk", "country", "blues", "swing", "waltz", "bossa", "latin", "soul", "show",
            "quiet", "dance"]  # fmt: skip
_FAMILY_OF = {
    "ballad": "ballad popballad folkballad pianoballad stringballad rockballad guitarballad rb-ballad ballad128 "
    "ballad68",
    "pop": "8beat softrock popspiritual boneym strut bubblerock",
    "rock": "50srock 60srock basicrock rock-128 folkrock twist jazzrock",
    "folk": "folk bluefolk hillcountry folkyjazz",
    "country": "bluegrass slowcountry countryswing countryblues westernswing zydeco",
    "blues": "blues slowblues fastblues blues128 blues68 boggiewoggie shuffleboggie ragtime",
    "swing": "swing easyswing bigband jazzcombo jazzguitar evansish slowjazz modernjazz bebop descendingjazz fastswing "
    "mellowjazz nitejazz gypsyjazz foxtrot quickstep charleston dixie softshoe 68swing jive",
    "waltz": "fastwaltz waltz frenchwaltz jazzwaltz broadwaywaltz vienesewaltz arpeggiowaltz latinwaltz "
    "modernjazzwaltz fastjazzwaltz countrywaltz rockwaltz",
    "bossa": "bossanova samba",
    "latin": "mambo rhumba calypso beguine bolero cubanguitar chacha merengue salsa son tango lighttango afro-cuban "
    "jazzrhumba slowbolero",
    "soul": "bvfunk lfusion rb dsoul",
    "show": "broadway slowbroadway showtune march bwmarch 68march dixiemarch polka",
    "quiet": "hymn lullaby spiritual slowspiritual arpeggio44 arpeggio68",
    "dance": "trance desert ska",
}
FAMILY_OF = {style: family for family, names in _FAMILY_OF.items() for style in names.split()}
# Styles never trained on: at least one of each well-filled family.
HELD_OUT_STYLES = {"popballad", "8beat", "60srock", "bluefolk", "slowcountry", "fastblues", "easyswing", "jazzcombo",
                   "frenchwaltz", "mambo", "rb", "broadway", "lullaby"}  # fmt: skip
# Styles that choose size and regularisation; the chosen network is then trained on them too.
VALIDATION_STYLES = {"folkballad", "softrock", "basicrock", "folkrock", "countryswing", "blues128", "foxtrot",
                     "bigband", "jazzwaltz", "chacha", "showtune", "spiritual"}  # fmt: skip

ROLES = ["bass", "comp", "arpeggio", "pad", "scale"]
SECTIONS = ["main", "intro", "sus", "fill", "end"]
QUALITIES = ["maj", "min", "7", "maj7", "min7", "dim", "sus", "aug"]

OFFSET_BINS = 33  # 1/96 of a beat each, centre bin 16 = on the grid
VELOCITY_BINS = 16
TEMPO_EDGES = [75, 90, 105, 120, 145, 175]

# Accompaniment events: 0 nothing starts, 1 the whole chord is struck, 2 + k one note k - 12 semitones from the root.
EVENT_NONE, EVENT_CHORD, EVENT_NOTE = 0, 1, 2
LOWEST, HIGHEST = -12, 36
EVENTS = EVENT_NOTE + HIGHEST - LOWEST + 1
LENGTHS = [0.5, 1, 1.5, 2, 3, 4, 6, 8, 12, 16]  # in steps
ACCOMPANIMENT_VELOCITIES = 8


def unpacked(data: Path, name: str) -> Path:
    """The folder of one data set; an archive is unpacked once beside the system's temporary files."""
    if (data / name).is_dir():
        return data / name
    target = Path(tempfile.gettempdir()) / "cantilena-training"
    if not (target / name).is_dir():
        target.mkdir(parents=True, exist_ok=True)
        with tarfile.open(data / f"{name}.tar.xz") as archive:
            archive.extractall(target)
    return target / name


def split_of(style: str) -> str:
    """Split of a programmed style: train, validation or test."""
    return "test" if style in HELD_OUT_STYLES else "validation" if style in VALIDATION_STYLES else "train"


def tempo_bucket(bpm: float) -> int:
    return int(np.searchsorted(TEMPO_EDGES, bpm, side="right"))


# ---------------------------------------------------------------------------------------------------------- drums


@dataclass
class Performance:
    """Drums of one file. Arrays have one row a step; offsets are in beats, velocities 1 to 127, 0 = no hit."""

    style: int
    bpm: float
    beats: int  # a bar
    steps: int  # a beat, 4 or 3
    human: bool
    split: str
    velocity: np.ndarray  # [n, 9]
    offset: np.ndarray  # [n, 9]
    mask: np.ndarray  # [n]
    fill: np.ndarray  # [bars]
    density: np.ndarray | None = None  # [bars] 0..4
    loudness: np.ndarray | None = None  # [bars] 0..4

    @property
    def bar(self) -> int:
        return self.beats * self.steps

    @property
    def bars(self) -> int:
        return len(self.mask) // self.bar


def _grid(onsets: np.ndarray) -> int:
    """4 or 3 steps a beat: whichever grid lies nearer to the onsets (in beats)."""
    errors = {s: np.mean(np.abs(onsets * s - np.round(onsets * s)) / s) * s for s in (3, 4)}
    # distance relative to what a random onset would have (a quarter of a step)
    return 3 if errors[3] < errors[4] * 0.92 else 4


def _performance(notes, beats, style, bpm, human, split, is_fill) -> Performance | None:
    hits = [(onset, _DRUM_MAP[pitch], velocity) for onset, pitch, velocity in notes if pitch in _DRUM_MAP]
    if len(hits) < 4:
        return None
    onsets = np.array([h[0] for h in hits])
    if human:
        # Each take has its own constant lag against the click (the kit's latency): a band plays without it.
        eighth = onsets * 2 - np.round(onsets * 2)
        near = eighth[np.abs(eighth) < 0.3]
        if len(near) > 3:
            onsets = onsets - np.median(near) / 2
    steps = _grid(onsets)
    places = np.round(onsets * steps).astype(int)
    bar = beats * steps
    bars = max(1, int(np.ceil((places.max() + 1) / bar)))
    n = bars * bar
    velocity = np.zeros((n, 9), np.int64)
    offset = np.zeros((n, 9), np.float32)
    for place, onset, (_, drum, vel) in zip(places, onsets, hits):
        if 0 <= place < n and vel > velocity[place, drum]:
            velocity[place, drum] = vel
            offset[place, drum] = onset - place / steps
    mask = ((velocity > 0) << np.arange(9)).sum(1)
    # Bars that turn to the toms within a groove that does not use them are fills.
    toms = (velocity[:, 5:7] > 0).sum(1).reshape(bars, bar).sum(1)
    total = (velocity > 0).sum(1).reshape(bars, bar).sum(1)
    rare = toms.sum() < 0.12 * total.sum()
    fill = np.array([is_fill or (rare and t >= 3 and t > 0.2 * k) for t, k in zip(toms, total)], np.int64)
    return Performance(style, bpm, beats, steps, human, split, velocity, offset, mask, fill)


def _buckets(values: list[np.ndarray]) -> list[np.ndarray]:
    edges = np.quantile(np.concatenate(values), [0.2, 0.4, 0.6, 0.8])
    return [np.searchsorted(edges, v, side="right") for v in values]


def _smooth(values: np.ndarray) -> np.ndarray:
    return np.array([values[max(0, i - 2) : i + 3].mean() for i in range(len(values))])


def drums(data: Path) -> list[Performance]:
    """Human performances (groove-midi) and programmed grooves (MMA; for 3/4 and styles nobody played)."""
    result: list[Performance] = []
    base = unpacked(data, "groove-midi")
    for row in csv.DictReader((base / "info.csv").open()):
        beats, unit = map(int, row["time_signature"].split("-"))
        if unit != 4 or beats not in (3, 4):
            continue
        parsed = midi.read(base / row["midi_filename"])
        notes = [(n.onset / parsed.division, n.pitch, n.velocity) for t in parsed.tracks for n in t.notes]
        main, _, sub = row["style"].partition("/")
        name = main
        if "halftime" in sub:
            name = "halftime"
        elif "shuffle" in sub:
            name = "shuffle"
        elif "bossa" in sub:
            name = "bossa-human"
        elif main == "highlife":
            name = "afrobeat"
        elif main == "middleeastern":
            name = "latin"
        p = _performance(notes, beats, DRUM_STYLES.index(name), float(row["bpm"]), True, row["split"],
                         row["beat_type"] == "fill")  # fmt: skip
        if p:
            result.append(p)
    base = unpacked(data, "mma-stdlib-renders")
    for item in json.loads((base / "index.json").read_text()):
        beats = item["beats_per_bar"]
        if beats not in (3, 4) or item["style"] not in FAMILY_OF:
            continue
        parsed = midi.read(base / "mid" / item["file"])
        notes = [(n.onset / parsed.division, n.pitch, n.velocity) for t in parsed.tracks
                 if t.name.startswith(("Drum", "ClosedHiHat")) for n in t.notes]  # fmt: skip
        style = len(DRUM_STYLES) + FAMILIES.index(FAMILY_OF[item["style"]])
        split = split_of(item["style"])
        p = _performance(notes, beats, style, item["tempo"], False, split, False)
        if p:
            for i, bar in enumerate(item["bars"][: p.bars]):
                p.fill[i] = "Fill" in bar["groove"]
            result.append(p)
    groups = defaultdict(list)
    for p in result:
        groups[p.style].append(p)
    for group in groups.values():
        density, loudness = [], []
        for p in group:
            hit = p.velocity > 0
            count = hit.reshape(p.bars, -1).sum(1)
            density.append(_smooth(count / p.beats))
            loudness.append(_smooth(p.velocity.reshape(p.bars, -1).sum(1) / np.maximum(count, 1)))
        for p, d, v in zip(group, _buckets(density), _buckets(loudness)):
            p.density, p.loudness = d, v
    return result


# -------------------------------------------------------------------------------------------------- accompaniment

_ROOTS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}


def parse_chord(symbol: str) -> tuple[int, int]:
    """Root pitch class and quality id of an MMA chord symbol; a bass note after a slash is ignored."""
    match = re.match(r"([A-G])([b#]?)(.*)", symbol.split("/")[0])
    if not match:
        return 0, 0
    root = (_ROOTS[match[1]] + {"b": -1, "#": 1, "": 0}[match[2]]) % 12
    rest = match[3]
    if "sus" in rest:
        kind = "sus"
    elif rest.startswith(("dim", "o")) or "m7b5" in rest:
        kind = "dim"
    elif rest.startswith(("aug", "+")):
        kind = "aug"
    elif rest.startswith("M7") or rest.startswith("maj7"):
        kind = "maj7"
    elif rest.startswith("m7") or rest.startswith("m9"):
        kind = "min7"
    elif rest.startswith("m"):
        kind = "min"
    elif rest.startswith(("7", "9", "13")):
        kind = "7"
    else:
        kind = "maj"
    return root, QUALITIES.index(kind)


@dataclass
class Bar:
    """One role's bar. events, lengths, velocities: one a step; chords: root, quality a step and the root that follows."""

    role: int
    family: int
    section: int
    steps: int
    beats: int
    events: np.ndarray
    lengths: np.ndarray  # bin, meaningful where events > 0
    velocities: np.ndarray  # bin
    roots: np.ndarray  # [steps of the bar] pitch class
    qualities: np.ndarray
    next_root: int  # root of the next bar's first chord
    group: tuple  # (file, track, groove): bars of one group repeat one pattern
    split: str
    density: int = 0


def _section(groove: str) -> int:
    for name, key in (("Intro", "intro"), ("End", "end"), ("Fill", "fill"), ("Sus", "sus")):
        if name in groove:
            return SECTIONS.index(key)
    return 0


def role_of(name: str) -> int | None:
    """Role id of an MMA track name."""
    base = name.split("-")[0]
    if base in ("Chord", "Plectrum"):
        return ROLES.index("pad" if "Sus" in name else "comp")
    if base in ("Bass", "Walk"):
        return None if "Sus" in name else ROLES.index("bass")
    if base == "Arpeggio":
        return ROLES.index("arpeggio")
    if base == "Scale":
        return ROLES.index("scale")
    return None


_BASE = {0: 28, 1: 48, 2: 48, 3: 48, 4: 48}  # lowest pitch that the root of a role's chord is placed on


def accompaniment(data: Path) -> list[Bar]:
    result: list[Bar] = []
    base = unpacked(data, "mma-stdlib-renders")
    for item in json.loads((base / "index.json").read_text()):
        beats = item["beats_per_bar"]
        if beats not in (3, 4) or item["style"] not in FAMILY_OF:
            continue
        parsed = midi.read(base / "mid" / item["file"])
        bars = item["bars"]
        everything = np.array([n.onset / parsed.division for t in parsed.tracks for n in t.notes])
        steps = _grid(everything)
        bar_steps = beats * steps
        chords = []
        for bar in bars:
            parts = [parse_chord(c) for c in bar["chords"]]
            roots, qualities = np.zeros(bar_steps, np.int64), np.zeros(bar_steps, np.int64)
            change = bar_steps if len(parts) < 2 else (2 if beats == 4 else 1) * steps
            roots[:change], qualities[:change] = parts[0]
            if len(parts) > 1:
                roots[change:], qualities[change:] = parts[1]
            chords.append((roots, qualities))
        split = split_of(item["style"])
        for track_index, track in enumerate(parsed.tracks):
            role = role_of(track.name)
            if role is None or not track.notes:
                continue
            # The bass's tracks and a comping track's own octave differ: fold the track to its role's register.
            cells: dict[tuple[int, int], list] = defaultdict(list)
            for note in track.notes:
                at = note.onset / parsed.division
                place = int(round(at * steps))
                index, step = divmod(place, bar_steps)
                if 0 <= index < len(bars):
                    cells[(index, step)].append((note.pitch, note.length / parsed.division * steps, note.velocity))
            relative = []
            for (index, step), notes in cells.items():
                root = chords[index][0][step]
                anchor = _BASE[role] + (root - _BASE[role]) % 12
                relative.append(min(n[0] for n in notes) - anchor)
            centre = float(np.median(relative))
            shift = 12 * round((centre - (4 if role == 0 else 10)) / 12)
            active = sorted({index for index, _ in cells})
            for index in active:
                roots, qualities = chords[index]
                events = np.zeros(bar_steps, np.int64)
                lengths = np.zeros(bar_steps, np.int64)
                velocities = np.zeros(bar_steps, np.int64)
                for step in range(bar_steps):
                    notes = cells.get((index, step))
                    if not notes:
                        continue
                    lowest = min(notes)
                    if role in (1, 3) and (len(notes) > 1 or role == 3):
                        events[step] = EVENT_CHORD
                    else:
                        anchor = _BASE[role] + (int(roots[step]) - _BASE[role]) % 12
                        interval = lowest[0] - shift - anchor
                        while interval < LOWEST:
                            interval += 12
                        while interval > HIGHEST:
                            interval -= 12
                        events[step] = EVENT_NOTE + interval - LOWEST
                    length = float(np.median([n[1] for n in notes]))
                    lengths[step] = int(np.argmin([abs(np.log(length / l + 1e-6)) for l in LENGTHS]))
                    velocities[step] = min(ACCOMPANIMENT_VELOCITIES - 1, max(n[2] for n in notes) // 16)
                following = chords[min(index + 1, len(bars) - 1)][0][0]
                groove = bars[index]["groove"]
                result.append(Bar(role, FAMILIES.index(FAMILY_OF[item["style"]]), _section(groove), steps, beats, events,
                                  lengths, velocities, roots, qualities, int(following),
                                  (item["file"], track_index, groove), split))  # fmt: skip
    # Density: strokes a beat of the whole groove, in quarters within role.
    counts = defaultdict(list)
    for bar in result:
        counts[bar.group].append((bar.events > 0).sum() / bar.beats)
    for role in range(len(ROLES)):
        mine = [b for b in result if b.role == role]
        if not mine:
            continue
        values = np.array([np.mean(counts[b.group]) for b in mine])
        edges = np.quantile(values, [0.25, 0.5, 0.75])
        for bar, value in zip(mine, np.searchsorted(edges, values, side="right")):
            bar.density = int(value)
    return result
