"""Songs for the melody models: notes on a sixteenth grid, tonic-relative, with words, lines and chords.

The same feature columns are built by the program (core/compose); their order and ranges are the contract.
"""

from __future__ import annotations

import csv
import hashlib
import pickle
import re
from dataclasses import dataclass, field
from pathlib import Path

import parse
import words

# One sixteenth is one unit. Classes of the time between two onsets.
GAPS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 18, 20, 24, 28, 32, 40, 48]
NO_GAP = len(GAPS)
LOWEST, HIGHEST = -14, 21              # semitones from the base tonic
PITCHES = HIGHEST - LOWEST + 1
NO_PITCH = PITCHES
QUALITIES = ["maj", "min", "7", "min7", "maj7", "sus4", "dim", "aug"]
CHORDS = 12 * len(QUALITIES)
SILENCE, NO_CHORD = CHORDS, CHORDS + 1
METRES = ["4/4", "3/4", "6/8"]
BAR = [16, 12, 12]
DENSITY = [1.8, 2.4, 3.1, 3.9, 4.8]    # mean units between onsets; class = number of limits passed

SOURCES = ["openewld-pd", "songs-from-the-public-domain", "christmas-carols-public-domain", "open-hymnal",
           "openscore-lieder", "mutopia-pd-sample"]


@dataclass
class Note:
    onset: int
    length: int
    pitch: int            # semitones from the base tonic, LOWEST..HIGHEST
    syllable: int         # index into Song.syllables
    starts: bool          # False: the syllable goes on


@dataclass
class Syllable:
    text: str
    stress: int
    joined: bool          # the word goes on with the next syllable
    line: int = 0
    vowel: int = 0        # 0 unknown, 1 short, 2 long, 3 diphthong


@dataclass
class Song:
    name: str
    source: str
    group: str
    metre: int
    mode: int
    density: int
    notes: list[Note]
    syllables: list[Syllable]
    chords: list[tuple[int, int]] = field(default_factory=list)   # onset, token
    weight: float = 1.0
    rhymes: list[str] = field(default_factory=list)   # of each line; lines with the same non-empty text rhyme
    extra: bool = False   # for the first stage of training only

    @property
    def bar(self) -> int:
        return BAR[self.metre]


def gap_class(units: int) -> int:
    return min(range(len(GAPS)), key=lambda i: (abs(GAPS[i] - units), i))


def density_class(mean: float) -> int:
    return sum(mean > limit for limit in DENSITY)


def level(position: int, metre: int) -> int:
    """Metrical strength: 0 downbeat, 1 half bar, 2 beat, 3 eighth, 4 sixteenth."""
    if position == 0:
        return 0
    if metre == 2:
        return 1 if position == 6 else 2 if position % 2 == 0 else 4
    if metre == 0 and position == 8:
        return 1
    return 2 if position % 4 == 0 else 3 if position % 2 == 0 else 4


# ---------------------------------------------------------------- from Piece to Song

_TEMPLATES = {"maj": (0, 4, 7), "min": (0, 3, 7), "7": (0, 4, 7, 10), "dim": (0, 3, 6)}
_KINDS = {
    "major": "maj", "minor": "min", "dominant": "7", "dominant-seventh": "7", "minor-seventh": "min7",
    "major-seventh": "maj7", "diminished": "dim", "diminished-seventh": "dim", "half-diminished": "dim",
    "augmented": "aug", "augmented-seventh": "aug", "suspended-fourth": "sus4", "suspended-second": "sus4",
    "dominant-ninth": "7", "major-sixth": "maj", "minor-sixth": "min", "minor-ninth": "min7", "dominant-13th": "7",
}


def _infer_chords(piece: parse.Piece, window: float) -> list[tuple[float, int, str]]:
    """The best triad or dominant seventh of each window, from the other voices."""
    notes = sorted(piece.others + piece.melody, key=lambda n: n.onset)
    if not piece.others:
        return []
    end = max(n.onset + n.length for n in notes)
    major = (piece.fifths * 7) % 12
    scale = {(major + s) % 12 for s in (0, 2, 4, 5, 7, 9, 11)}
    chords, at, first = [], 0.0, 0
    at = min(0.0, notes[0].onset // window * window)
    while at < end:
        weight = [0.0] * 12
        lowest: tuple[int, int] | None = None
        for index in range(first, len(notes)):
            note = notes[index]
            if note.onset >= at + window:
                break
            overlap = min(note.onset + note.length, at + window) - max(note.onset, at)
            if overlap <= 0:
                continue
            weight[note.pitch % 12] += overlap * (1.3 if note.onset <= at + 0.01 else 1.0)
            if lowest is None or note.pitch < lowest[0]:
                lowest = (note.pitch, note.pitch % 12)
        while first < len(notes) and notes[first].onset + 64 < at:
            first += 1
        total = sum(weight)
        if total > 0:
            best, best_score = None, -1e9
            for root in range(12):
                for quality, shape in _TEMPLATES.items():
                    tones = {(root + s) % 12 for s in shape}
                    score = sum(weight[t] for t in tones) - 0.7 * (total - sum(weight[t] for t in tones))
                    score += 0.25 * weight[root] + (0.2 * total if lowest and lowest[1] == root else 0)
                    score -= 0.12 * total * len(tones - scale) + (0.1 * total if quality in ("7", "dim") else 0)
                    if score > best_score:
                        best, best_score = (root, quality), score
            chords.append((at, best[0], best[1]))
        at += window
    return chords


def _tonic(piece: parse.Piece, chords) -> tuple[int, int]:
    major = (piece.fifths * 7) % 12
    minor = (major + 9) % 12
    last = piece.melody[-1].pitch % 12
    if chords:
        root, kind = chords[-1][1], chords[-1][2]
        if root == minor and kind.startswith("min"):
            return minor, 1
        if root == major:
            return major, 0
    if last == minor and piece.mode == 1:
        return minor, 1
    if last == major or piece.mode == 0:
        return major, 0
    return (minor, 1) if last == minor or piece.mode == 1 else (major, 0)


def _lines(notes: list[Note], syllables: list[Syllable]) -> None:
    first = {}
    for i, note in enumerate(notes):
        if note.starts:
            first[note.syllable] = i
    gaps = [notes[first[s]].onset - notes[first[s - 1]].onset for s in range(1, len(syllables))]
    median = sorted(gaps)[len(gaps) // 2] if gaps else 4
    line, length = 0, 0
    for s, syllable in enumerate(syllables):
        if s:
            before = syllables[s - 1]
            last_note = notes[first[s] - 1]
            rest = notes[first[s]].onset - last_note.onset - last_note.length
            mark = bool(re.search(r"[.,;:!?—–]['\"”’)]*$", before.text))
            capital = syllable.text.lstrip("\"'“‘(")[:1].isupper()
            held = gaps[s - 1] >= 1.5 * median
            if not before.joined and length >= 3 and (
                (mark and capital and (length >= 5 or held or rest >= 2)) or rest >= 4
                or (capital and held and length >= 5) or (length >= 11 and mark) or (length >= 8 and mark and held)
                or (length >= 14 and held) or length >= 20
            ):
                line, length = line + 1, 0
        syllable.line = line
        length += 1


def convert(piece: parse.Piece) -> list[Song]:
    """The song on the grid, and where it fits a copy at double speed."""
    bar = piece.bar
    scale, metre = 1.0, None
    compound = piece.unit == 8 and piece.beats % 3 == 0 or (piece.unit == 4 and piece.beats == 6)
    if bar in (16, 8):
        metre = 0
    elif bar == 12:
        metre = 2 if compound else 1
    elif bar == 32:
        metre, scale = 0, 0.5
    elif bar == 24:
        metre, scale = (2, 0.5) if piece.unit != 8 else (2, 1.0)
        if piece.unit == 2:
            metre, scale = 1, 0.5
    elif bar == 6:
        metre = 2
    if metre is None or len(piece.melody) < 24:
        return []
    for note in piece.melody + piece.others:
        note.onset *= scale
        note.length *= scale
    chords = [(o * scale, r, k) for o, r, k in piece.chords]
    window = {0: 8.0, 1: 12.0, 2: 6.0}[metre]
    if not chords:
        chords = _infer_chords(piece, window)
    tonic, mode = _tonic(piece, chords)
    songs = []
    base = _build(piece, chords, metre, tonic, mode, bar * scale, 1.0)
    if base:
        songs.append(base)
        if metre == 0:
            fast = _build(piece, chords, metre, tonic, mode, bar * scale, 0.5)
            if fast and base.density >= 3:
                fast.name += " (double speed)"
                songs.append(fast)
    return songs


def _build(piece, chords, metre, tonic, mode, source_bar, speed) -> Song | None:
    bar = BAR[metre]
    merged = source_bar * speed < bar
    raw = []
    off = 0
    for note in piece.melody:
        onset = round(note.onset * speed)
        off += abs(onset - note.onset * speed) > 0.1
        if raw and onset <= raw[-1][0]:
            continue
        raw.append((onset, max(1, round(note.length * speed)), note))
    if off > 0.08 * len(raw):
        return None
    notes: list[Note] = []
    syllables: list[Syllable] = []
    median = sorted(n.pitch for n in piece.melody)[len(piece.melody) // 2]
    base = median - 2 - (median - 2 - tonic) % 12
    for i, (onset, length, note) in enumerate(raw):
        if i + 1 < len(raw):
            length = min(length, raw[i + 1][0] - onset)
        pitch = note.pitch - base
        while pitch < LOWEST:
            pitch += 12
        while pitch > HIGHEST:
            pitch -= 12
        if note.text or not piece.language:
            syllables.append(Syllable(note.text or "", 0 if piece.language else 1, note.joins))
        elif not syllables or (notes and onset - notes[-1].onset > 24):
            return None
        notes.append(Note(onset, length, pitch, len(syllables) - 1, bool(note.text) or not piece.language))
    if len(syllables) < 16 or len(syllables) < 0.45 * len(notes):
        return None
    start = 0
    final_words: list[list[str]] = [[]] * len(syllables)   # the word that ends at each syllable
    for i, syllable in enumerate(syllables):
        if not syllable.joined and piece.language:
            word = syllables[start : i + 1]
            texts = [s.text for s in word]
            for s, stress, vowel in zip(word, words.syllable_stress(texts, piece.language),
                                        words.vowel_lengths(texts, piece.language)):
                s.stress, s.vowel = stress, vowel
            final_words[i] = texts
            start = i + 1
    _lines(notes, syllables)
    rhymes = [words.rhyme(final_words[i], piece.language) if final_words[i] else ""
              for i, syllable in enumerate(syllables)
              if i + 1 == len(syllables) or syllables[i + 1].line != syllable.line]
    shift = (-notes[0].onset + bar - 1) // bar * bar if notes[0].onset < 0 else -(notes[0].onset // bar) * bar
    if merged:  # two written bars make one: lines begin in the first half
        half = bar // 2
        votes = [0, 0]
        seen = set()
        for note in notes:
            line = syllables[note.syllable].line
            if line not in seen and note.starts:
                down = note.onset + (-note.onset) % half
                if down - note.onset > half // 2:
                    down -= half
                votes[(down + shift) // half % 2] += 1
                seen.add(line)
        if votes[1] > votes[0]:
            shift += half
    for note in notes:
        note.onset += shift
    while notes[0].onset < 0:
        for note in notes:
            note.onset += bar
        shift += bar
    tokens = []
    for onset, root, kind in chords:
        quality = _KINDS.get(kind, kind if kind in QUALITIES else "maj")
        token = QUALITIES.index(quality) * 12 + (root - tonic) % 12
        at = round(onset * speed) + shift
        if not tokens or tokens[-1][1] != token:
            tokens.append((at, token))
    # mean gap inside lines
    inside = [b.onset - a.onset for a, b in zip(notes, notes[1:])
              if syllables[a.syllable].line == syllables[b.syllable].line]
    if not inside:
        return None
    mean = sum(inside) / len(inside)
    return Song(piece.name, piece.source, piece.group, metre, mode, density_class(mean), notes, syllables, tokens,
                piece.weight, rhymes)


# ---------------------------------------------------------------- rows

def chord_at(song: Song, at: int) -> tuple[int, int, int]:
    """Chord sounding at a time, the chord after it, and units until that change."""
    current, following, change = SILENCE, NO_CHORD, 16
    for onset, token in song.chords:
        if onset <= at:
            current = token
        else:
            following, change = token, min(16, onset - at)
            break
    return current, following, change


def line_starts(song: Song) -> list[int]:
    """Onset of each line, and the end of the last line's bar."""
    starts, line = [], -1
    for note in song.notes:
        if song.syllables[note.syllable].line != line:
            line = song.syllables[note.syllable].line
            starts.append(note.onset)
    end = song.notes[-1].onset + song.notes[-1].length
    starts.append(end + (-end) % song.bar)
    return starts


# ---------------------------------------------------------------- loading

def _signature(song: Song) -> str:
    return " ".join(str(b.pitch - a.pitch) for a, b in zip(song.notes[:12], song.notes[1:13]))


def _attempt(pieces: list[parse.Piece], function, *arguments) -> None:
    try:
        piece = function(*arguments)
    except (KeyError, ValueError, IndexError, ZeroDivisionError):
        piece = None
    if piece is not None:
        pieces.append(piece)


def _key(text: str) -> str:
    return re.sub(r"\W", "", text.lower())


def _aligned(data: Path) -> list[parse.Piece]:
    """Songs in English whose syllables stand under their notes."""
    pieces: list[parse.Piece] = []
    for path in sorted((data / "openewld-pd" / "xml").glob("*.musicxml")):
        _attempt(pieces, parse.musicxml, path, "openewld-pd", path.stem, 1.5)
    for name in ("songs-from-the-public-domain", "christmas-carols-public-domain"):
        with open(data / name / "index.tsv", encoding="utf-8") as table:
            for row in csv.DictReader(table, delimiter="\t"):
                _attempt(pieces, parse.lilypond_midi, data / name / "midi" / row["midi"],
                         data / name / row["source_ly"], name, _key(row["title"]), 1.0)
    for path in sorted((data / "open-hymnal" / "abc").glob("*.abc")):
        _attempt(pieces, parse.abc, path, "open-hymnal", _key(path.stem.split("-")[-1]), 0.8)
    for row in _lieder(data):
        if row["language"] == "en":
            _attempt(pieces, parse.musicxml, data / "openscore-lieder" / "xml" / row["file"], "openscore-lieder",
                     "lieder" + _key(row["title"]), 0.35)
    return pieces


def _lieder(data: Path) -> list[dict[str, str]]:
    with open(data / "openscore-lieder" / "index.tsv", encoding="utf-8") as table:
        return list(csv.DictReader(table, delimiter="\t"))


def _contours(data: Path) -> list[parse.Piece]:
    """Songs in other languages and tunes without words, for the first stage of training."""
    pieces: list[parse.Piece] = []
    for row in _lieder(data):
        if row["language"] != "en":
            _attempt(pieces, parse.musicxml, data / "openscore-lieder" / "xml" / row["file"], "openscore-lieder",
                     "lieder" + _key(row["title"]), 0.3, row["language"])
    for path in sorted((data / "openewld-pd" / "xml").glob("*.musicxml")):
        _attempt(pieces, parse.musicxml, path, "openewld-pd", path.stem, 1.0, "")
    for path in sorted((data / "mutopia-pd-sample" / "voice").glob("*.midi")):
        _attempt(pieces, parse.lilypond_midi, path, path.with_suffix(".ly"), "mutopia-pd-sample",
                 _key(path.stem.split("__")[-1]), 0.3)
    return pieces


def moves(song: Song) -> list[tuple[int, int]]:
    return [(b.pitch - a.pitch, gap_class(b.onset - a.onset)) for a, b in zip(song.notes, song.notes[1:])]


RUN = 14   # moves in common with a held-out song that keep a tune out of training


def load(data: Path, cache: Path | None = None) -> list[Song]:
    """The aligned songs, then the tunes of the first stage; nothing to train on shares a tune with a held-out song."""
    if cache and cache.exists():
        return pickle.loads(cache.read_bytes())
    songs = [song for piece in _aligned(data) for song in convert(piece)]
    # Two songs that share a title or a beginning are one group: a group is wholly held out or wholly trained on.
    leader: dict[str, str] = {}

    def find(key: str) -> str:
        while leader.setdefault(key, key) != key:
            key = leader[key]
        return key

    for song in songs:
        leader[find("t" + song.group)] = find("s" + _signature(song))
    for song in songs:
        song.group = find("t" + song.group)
    runs = set()
    for song in songs:
        if held_out(song):
            row = moves(song)
            runs.update(tuple(row[i : i + RUN]) for i in range(len(row) - RUN + 1))
    def kin(song: Song) -> bool:
        row = moves(song)
        return any(tuple(row[i : i + RUN]) in runs for i in range(len(row) - RUN + 1))

    songs = [song for song in songs if held_out(song) or not kin(song)]
    known = {find("t" + s.group) for s in songs} | {s.group for s in songs if held_out(s)}
    for piece in _contours(data):
        for song in convert(piece):
            song.group = find("t" + song.group)
            # A title of its own that hashes among the held-out, or a kinship with one, keeps it out altogether.
            if kin(song) or song.group in known or find("s" + _signature(song)) in known or held_out(song):
                continue
            song.extra = True
            songs.append(song)
    if cache:
        cache.write_bytes(pickle.dumps(songs))
    return songs


def held_out(song: Song) -> bool:
    return hashlib.sha256(song.group.encode()).digest()[0] < 26  # about a tenth
