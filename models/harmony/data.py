"""Chord sequences at half-bar resolution from the McGill Billboard annotations and OpenEWLD lead sheets."""

from __future__ import annotations

import hashlib
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from pathlib import Path

QUALITIES = ["maj", "min", "7", "min7", "maj7", "sus4", "dim", "aug"]
CHORDS = 12 * len(QUALITIES)
HOLD = CHORDS          # the chord of the half bar before sounds on
SILENCE = CHORDS + 1   # no chord
NONE = CHORDS + 2      # before the song; never predicted
TOKENS = CHORDS + 2    # predicted tokens
KINDS = ["intro", "verse", "prechorus", "chorus", "bridge", "interlude", "outro"]
DEGREES = ["I", "bII", "II", "bIII", "III", "IV", "#IV", "V", "bVI", "VI", "bVII", "VII"]

# Feature columns of one half bar and the number of values of each.
FEATURES = [
    ("previous", TOKENS + 1),       # token of the half bar before
    ("sounding", TOKENS + 1),       # chord that sounds before this half bar (holds resolved)
    ("before", TOKENS + 1),         # the chord before that one
    ("lag4", TOKENS + 1),           # chord sounding four bars earlier
    ("lag8", TOKENS + 1),           # chord sounding eight bars earlier
    ("kind", len(KINDS)),
    ("mode", 2),
    ("half", 2),
    ("bar", 16),                    # bars since the section began
    ("left", 17),                   # bars to the section's end, 1 = last bar
    ("next_kind", len(KINDS) + 1),  # kind of the following section, last value = end of song
    ("again", 2),                   # a section of this kind was heard before
]
SIZES = [size for _, size in FEATURES]

_PITCH = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}


@dataclass
class Section:
    kind: str
    bars: list[tuple[int, int]] = field(default_factory=list)  # sounding chord of each half, tonic-relative


@dataclass
class Song:
    name: str
    group: str          # songs of one group never straddle the split
    mode: int           # 0 major, 1 minor
    sections: list[Section]
    weight: float = 1.0


def pitch_class(text: str) -> int:
    value = _PITCH[text[0]]
    for accidental in text[1:]:
        value += 1 if accidental == "#" else -1
    return value % 12


def harte(label: str, tonic: int) -> int:
    """Token of a chord in Harte syntax, relative to `tonic`."""
    if label in ("N", "&pause", "*", "X") or not label or label[0] not in _PITCH:
        return SILENCE
    root, _, rest = label.partition(":")
    root = root.split("/")[0]
    quality = re.split(r"[/(]", rest)[0]
    if quality.startswith("sus"):
        q = "sus4"
    elif quality.startswith(("dim", "hdim")):
        q = "dim"
    elif quality.startswith("aug"):
        q = "aug"
    elif quality in ("min7", "min9", "min11", "min13"):
        q = "min7"
    elif quality.startswith("min"):
        q = "min"
    elif quality in ("maj7", "maj9", "maj11", "maj13"):
        q = "maj7"
    elif quality in ("7", "9", "11", "13"):
        q = "7"
    else:
        q = "maj"
    degree = (pitch_class(root) - tonic) % 12
    return QUALITIES.index(q) * 12 + degree


def _kind(label: str) -> str:
    label = label.lower()
    if "pre" in label and "chorus" in label or "pre-verse" in label:
        return "prechorus"
    for word, kind in (
        ("intro", "intro"), ("verse", "verse"), ("chorus", "chorus"), ("refrain", "chorus"), ("bridge", "bridge"),
        ("middle", "bridge"), ("outro", "outro"), ("coda", "outro"), ("fade", "outro"), ("ending", "outro"),
    ):
        if word in label:
            return kind
    return "interlude"


def _halves(cell: str, tonic: int, before: int) -> tuple[tuple[int, int], int]:
    names = [n for n in cell.split() if not n.startswith("(")]
    chords: list[int] = []
    for name in names:
        chord = before if name == "." else harte(name, tonic)
        chords.append(chord)
        before = chord
    if not chords:
        return (before, before), before
    return (chords[0], chords[len(chords) // 2]), before


def billboard(folder: Path) -> list[Song]:
    songs = []
    for path in sorted(folder.glob("*/salami_chords.txt")):
        tonic, title, artist = 0, path.parent.name, ""
        before = SILENCE
        sections: list[Section] = []
        ok = True
        for line in path.read_text("utf-8", "replace").splitlines():
            if line.startswith("# tonic:"):
                tonic = pitch_class(line.split(":")[1].strip())
                continue
            if line.startswith("# title:"):
                title = line[8:].strip().lower()
                continue
            if line.startswith("# artist:"):
                artist = line[9:].strip().lower()
                continue
            if line.startswith("# metre:") and not line.split(":")[1].strip().startswith(("4/4", "2/4", "12/8", "6/8", "3/4")):
                ok = False
            if "\t" not in line:
                continue
            text = line.split("\t", 1)[1]
            if "|" not in text:
                continue
            head = text[: text.index("|")]
            labels = [part.strip() for part in head.split(",") if part.strip()]
            names = [part for part in labels if not re.fullmatch(r"[A-Z]'*", part) and not part.startswith("(")]
            if labels and (names or re.fullmatch(r"[A-Z]'*", labels[0])):
                sections.append(Section(_kind(names[0]) if names else "interlude"))
            if not sections:
                sections.append(Section("intro"))
            body = text[text.index("|") + 1 : text.rindex("|")]
            repeat = re.search(r"x(\d+)", text[text.rindex("|") :])
            cells = []
            for cell in body.split("|"):
                cell = re.sub(r"^\s*\(\d+/\d+\)", "", cell)
                pair, before = _halves(cell, tonic, before)
                cells.append(pair)
            sections[-1].bars += cells * (min(int(repeat.group(1)), 8) if repeat else 1)
        sections = [s for s in sections if s.bars]
        flat = [c for s in sections for bar in s.bars for c in bar]
        if not ok or len(flat) < 16:
            continue
        minor = sum(1 for c in flat if c % 12 == 0 and c // 12 in (1, 3) and c < CHORDS)
        major = sum(1 for c in flat if c % 12 == 0 and c // 12 in (0, 2, 4) and c < CHORDS)
        songs.append(Song(title, title + "|" + artist, int(minor > major), sections))
    return songs


_KIND_QUALITY = {
    "major": "maj", "minor": "min", "dominant": "7", "dominant-seventh": "7", "minor-seventh": "min7",
    "major-seventh": "maj7", "diminished": "dim", "diminished-seventh": "dim", "half-diminished": "dim",
    "augmented": "aug", "augmented-seventh": "aug", "suspended-fourth": "sus4", "suspended-second": "sus4",
    "dominant-ninth": "7", "major-sixth": "maj", "minor-sixth": "min", "minor-ninth": "min7", "dominant-13th": "7",
}


def _lead_sheet(path: Path) -> Song | None:
    root = ET.parse(path).getroot()
    part = root.find("part")
    if part is None:
        return None
    divisions, fifths, beats, unit = 1, 0, 4, 4
    chord = SILENCE
    bars: list[tuple[int, int]] = []
    absolute: list[tuple[int, int]] = []
    for measure in part.findall("measure"):
        clock = 0.0
        changes: list[tuple[float, int]] = []
        for item in measure:
            if item.tag == "attributes":
                divisions = int(item.findtext("divisions", str(divisions)))
                fifths = int(item.findtext("key/fifths", str(fifths)))
                beats = int(item.findtext("time/beats", str(beats)))
                unit = int(item.findtext("time/beat-type", str(unit)))
            elif item.tag == "harmony":
                step = item.findtext("root/root-step")
                if step:
                    alter = int(float(item.findtext("root/root-alter", "0")))
                    quality = _KIND_QUALITY.get(item.findtext("kind", "major"), "maj")
                    changes.append((clock, QUALITIES.index(quality) * 12 + (_PITCH[step] + alter) % 12))
            elif item.tag == "note" and item.find("chord") is None:
                clock += float(item.findtext("duration", "0")) / divisions
            elif item.tag == "backup":
                clock -= float(item.findtext("duration", "0")) / divisions
        length = beats * 4 / unit
        first = second = chord
        for at, c in changes:
            if at < length / 4:
                first = second = c
            elif at <= length / 2 + 0.01:
                second = c
            chord = c
        absolute.append((first, second))
    major = (fifths * 7) % 12
    last = next((c for pair in reversed(absolute) for c in reversed(pair) if c < CHORDS), SILENCE)
    if last == SILENCE or len(absolute) < 8:
        return None
    minor_tonic = (major + 9) % 12
    mode = int(last % 12 == minor_tonic and last // 12 in (1, 3))
    tonic = minor_tonic if mode else major

    def relative(c: int) -> int:
        return c if c >= CHORDS else c // 12 * 12 + (c % 12 - tonic) % 12

    bars = [(relative(a), relative(b)) for a, b in absolute]
    half = len(bars) // 2 if len(bars) >= 24 else len(bars)
    sections = [Section("verse", bars[:half])]
    if half < len(bars):
        sections.append(Section("chorus", bars[half:]))
    return Song(path.stem, path.stem, mode, sections, 0.7)


def load(data: Path) -> list[Song]:
    songs = billboard(data / "mcgill-billboard-chords")
    for path in sorted((data / "openewld-pd" / "xml").glob("*.musicxml")):
        song = _lead_sheet(path)
        if song:
            songs.append(song)
    return songs


def held_out(song: Song) -> bool:
    return hashlib.sha256(song.group.encode()).digest()[0] < 26  # about a tenth


def tokens(song: Song) -> list[int]:
    """One token a half bar; a repeated chord is HOLD."""
    result, sounding = [], NONE
    for section in song.sections:
        for bar in section.bars:
            for half, chord in enumerate(bar):
                result.append(HOLD if chord == sounding else chord)
                sounding = chord
    return result


def rows(song: Song) -> tuple[list[list[int]], list[int]]:
    """Feature rows and target tokens of a song."""
    targets = tokens(song)
    sounding: list[int] = []
    features: list[list[int]] = []
    seen: set[str] = set()
    before, current, index = NONE, NONE, 0
    for number, section in enumerate(song.sections):
        following = song.sections[number + 1].kind if number + 1 < len(song.sections) else None
        for bar, pair in enumerate(section.bars):
            for half, chord in enumerate(pair):
                features.append([
                    targets[index - 1] if index else NONE,
                    current,
                    before,
                    sounding[index - 8] if index >= 8 else NONE,
                    sounding[index - 16] if index >= 16 else NONE,
                    KINDS.index(section.kind),
                    song.mode,
                    half,
                    min(bar, 15),
                    min(len(section.bars) - bar, 16),
                    KINDS.index(following) if following else len(KINDS),
                    int(section.kind in seen),
                ])
                if chord != current:
                    before, current = current, chord
                sounding.append(chord)
                index += 1
        seen.add(section.kind)
    return features, targets


def names() -> list[str]:
    result = [DEGREES[t % 12] + ":" + QUALITIES[t // 12] for t in range(CHORDS)]
    return result + ["hold", "silence", "none"]
