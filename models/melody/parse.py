"""Readers of the aligned sources: MusicXML, MIDI with lyric events, ABC; each gives a `Piece`.

Time is in sixteenths from the first full bar; a pickup is negative until `Piece.align` shifts it.
"""

from __future__ import annotations

import re
import struct
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from pathlib import Path

STEPS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}


@dataclass
class RawNote:
    onset: float
    length: float
    pitch: int
    text: str | None = None      # syllable that begins on this note
    joins: bool = False          # the word goes on with the next syllable


@dataclass
class Piece:
    name: str
    source: str
    group: str
    fifths: int
    mode: int | None             # 0 major, 1 minor, None unknown
    beats: int
    unit: int
    melody: list[RawNote]
    others: list[RawNote] = field(default_factory=list)   # the other voices or the piano
    chords: list[tuple[float, int, str]] = field(default_factory=list)  # onset, root pitch class, MusicXML kind
    weight: float = 1.0
    language: str = "en"         # "": a tune without words

    @property
    def bar(self) -> float:
        return self.beats * 16 / self.unit


# ---------------------------------------------------------------- MusicXML

def musicxml(path: Path, source: str, group: str, weight: float, language: str = "en") -> Piece | None:
    root = ET.parse(path).getroot()
    parts = root.findall("part")
    voice = max(parts, key=lambda p: sum(1 for _ in p.iter("lyric")), default=None)
    if voice is None or (voice.find(".//lyric") is None) != (language == ""):
        return None
    piece: Piece | None = None
    for part in parts:
        divisions, fifths, mode, beats, unit = 1, 0, None, 4, 4
        start, notes, chords, sizes = 0.0, [], [], []
        open_ties: dict[int, RawNote] = {}
        voices: dict[str, int] = {}
        for measure in part.findall("measure"):
            clock, longest, onset = 0.0, 0.0, 0.0
            for item in measure:
                if item.tag == "attributes":
                    divisions = int(item.findtext("divisions", str(divisions)))
                    if not notes:
                        fifths = int(item.findtext("key/fifths", str(fifths)))
                        text = item.findtext("key/mode")
                        mode = {"major": 0, "minor": 1}.get(text or "", mode)
                    beats = int(item.findtext("time/beats", str(beats)))
                    unit = int(item.findtext("time/beat-type", str(unit)))
                elif item.tag == "harmony":
                    step = item.findtext("root/root-step")
                    if step:
                        alter = int(float(item.findtext("root/root-alter", "0")))
                        chords.append((start + clock, (STEPS[step] + alter) % 12, item.findtext("kind", "major")))
                elif item.tag == "backup":
                    clock -= float(item.findtext("duration", "0")) * 4 / divisions
                elif item.tag == "forward":
                    clock += float(item.findtext("duration", "0")) * 4 / divisions
                elif item.tag == "note":
                    if item.find("grace") is not None:
                        continue
                    length = float(item.findtext("duration", "0")) * 4 / divisions
                    if item.find("chord") is None:
                        onset = clock
                        clock += length
                    longest = max(longest, clock)
                    if item.find("rest") is not None or item.find("pitch") is None:
                        continue
                    pitch = (int(item.findtext("pitch/octave")) + 1) * 12 + STEPS[item.findtext("pitch/step")]
                    pitch += int(float(item.findtext("pitch/alter", "0")))
                    ties = {t.get("type") for t in item.findall("tie")}
                    if "stop" in ties and pitch in open_ties:
                        open_ties[pitch].length += length
                        if "start" not in ties:
                            del open_ties[pitch]
                        continue
                    note = RawNote(start + onset, length, pitch)
                    if part is voice:
                        if item.find("chord") is not None:
                            continue
                        name = item.findtext("voice", "1")
                        lyric = next((l for l in item.findall("lyric") if l.get("number", "1") in ("1", "part1verse1")), None)
                        if lyric is not None and lyric.findtext("text"):
                            note.text = lyric.findtext("text").strip()
                            note.joins = lyric.findtext("syllabic", "single") in ("begin", "middle")
                            voices[name] = voices.get(name, 0) + 1
                        elif not language:
                            voices[name] = voices.get(name, 0) + 1
                        note.voice = name  # type: ignore[attr-defined]
                    if "start" in ties:
                        open_ties[pitch] = note
                    notes.append(note)
            sizes.append((start, longest, beats * 16 / unit))
            start += longest
        if part is voice:
            best = max(voices, key=voices.get) if voices else "1"
            melody = [n for n in notes if n.voice == best]  # type: ignore[attr-defined]
            piece = Piece(path.stem, source, group, fifths, mode, beats, unit, melody, chords=chords, weight=weight,
                          language=language)
            nominal = sorted(size for _, _, size in sizes)[len(sizes) // 2]
            odd = sum(1 for _, longest, size in sizes[1:-1] if abs(longest - nominal) > 0.01)
            if odd > 2 and not _resync(piece, sizes, nominal):
                return None
            piece.beats, piece.unit = _metre_for(nominal, beats, unit)
            piece._pickup = sizes[0][1] if sizes[0][1] < nominal - 0.01 else 0.0  # type: ignore[attr-defined]
        elif piece is None or part is not voice:
            pass
    if piece is None:
        return None
    for part in parts:
        if part is not voice:
            piece.others += _plain_notes(part)
    shift = piece._pickup  # type: ignore[attr-defined]
    _shift(piece, -shift)
    return piece


def _metre_for(nominal: float, beats: int, unit: int) -> tuple[int, int]:
    if abs(beats * 16 / unit - nominal) < 0.01:
        return beats, unit
    return (int(nominal // 4), 4) if nominal % 4 == 0 else (int(nominal // 2), 8)


def _resync(piece: Piece, sizes, nominal: float) -> bool:
    """Bars split around repeats are harmless when the halves add up to a bar."""
    clock = 0.0
    for _, longest, _ in sizes[1:-1]:
        clock += longest
        if longest > nominal + 0.01:
            return False
    short = [longest for _, longest, _ in sizes[1:-1] if longest < nominal - 0.01]
    return len(short) % 2 == 0 and all(abs(a + b - nominal) < 0.01 for a, b in zip(short[::2], short[1::2]))


def _plain_notes(part) -> list[RawNote]:
    divisions, start, notes = 1, 0.0, []
    for measure in part.findall("measure"):
        clock, longest, onset = 0.0, 0.0, 0.0
        for item in measure:
            if item.tag == "attributes":
                divisions = int(item.findtext("divisions", str(divisions)))
            elif item.tag == "backup":
                clock -= float(item.findtext("duration", "0")) * 4 / divisions
            elif item.tag == "forward":
                clock += float(item.findtext("duration", "0")) * 4 / divisions
            elif item.tag == "note" and item.find("grace") is None:
                length = float(item.findtext("duration", "0")) * 4 / divisions
                if item.find("chord") is None:
                    onset = clock
                    clock += length
                longest = max(longest, clock)
                if item.find("pitch") is not None:
                    pitch = (int(item.findtext("pitch/octave")) + 1) * 12 + STEPS[item.findtext("pitch/step")]
                    notes.append(RawNote(start + onset, length, pitch + int(float(item.findtext("pitch/alter", "0")))))
        start += longest
    return notes


def _shift(piece: Piece, amount: float) -> None:
    for note in piece.melody + piece.others:
        note.onset += amount
    piece.chords = [(onset + amount, root, kind) for onset, root, kind in piece.chords]


# ---------------------------------------------------------------- MIDI (LilyPond: one track a voice, lyric tracks)

def _midi_tracks(data: bytes):
    ticks = struct.unpack(">H", data[12:14])[0]
    at, tracks = 14, []
    while at + 8 <= len(data):
        size = struct.unpack(">I", data[at + 4 : at + 8])[0]
        tracks.append(_midi_events(data[at + 8 : at + 8 + size]))
        at += 8 + size
    return ticks, tracks


def _midi_events(data: bytes):
    at, clock, status, events = 0, 0, 0, []

    def number():
        nonlocal at
        value = 0
        while True:
            byte = data[at]
            at += 1
            value = value << 7 | byte & 127
            if byte < 128:
                return value

    while at < len(data):
        clock += number()
        if data[at] & 128:
            status = data[at]
            at += 1
        if status == 255:
            kind = data[at]
            at += 1
            size = number()
            events.append((clock, "meta", kind, data[at : at + size]))
            at += size
        elif status in (240, 247):
            size = number()
            at += size
        else:
            size = 1 if status & 240 in (192, 208) else 2
            body = data[at : at + size]
            at += size
            if status & 240 in (128, 144):
                on = status & 240 == 144 and body[1] > 0
                events.append((clock, "on" if on else "off", body[0], None))
    return events


def _ly_words(path: Path) -> dict[str, list[list[str]]]:
    """Hyphenated words of a LilyPond file, by first syllable."""
    words: dict[str, list[list[str]]] = {}
    if path.exists():
        text = path.read_text("utf-8-sig", "replace")
        for match in re.finditer(r"[^\s{}\"]+(?: +-- +[^\s{}\"]+)+", text):
            syllables = re.split(r" +-- +", match.group(0))
            words.setdefault(syllables[0], []).append(syllables)
    for group in words.values():
        group.sort(key=len, reverse=True)
    return words


def lilypond_midi(path: Path, ly: Path, source: str, group: str, weight: float) -> Piece | None:
    ticks, tracks = _midi_tracks(path.read_bytes())
    unit_ticks = ticks / 4
    fifths, mode, metres = 0, None, []
    voices, lyrics = [], []
    for events in tracks:
        sounding, notes, words = {}, [], []
        for clock, what, value, body in events:
            if what == "on":
                sounding[value] = clock
            elif what == "off" and value in sounding:
                begin = sounding.pop(value)
                notes.append(RawNote(begin / unit_ticks, (clock - begin) / unit_ticks, value))
            elif what == "meta" and value == 5:
                words.append((clock / unit_ticks, body.decode("utf-8", "replace").strip()))
            elif what == "meta" and value == 88 and len(body) >= 2:
                metres.append((clock / unit_ticks, body[0], 2 ** body[1]))
            elif what == "meta" and value == 89 and len(body) >= 2 and mode is None:
                fifths, mode = struct.unpack("b", body[:1])[0], body[1]
        if notes:
            voices.append(sorted(notes, key=lambda n: (n.onset, -n.pitch)))
        if words:
            lyrics.append(words)
    if not voices or not lyrics:
        return None
    melody = max(voices[:2], key=lambda v: sum(n.pitch for n in v) / len(v))
    onsets = {round(n.onset, 2): n for n in reversed(melody)}
    best, best_score = None, 0.0
    for words in lyrics:
        hits = sum(1 for onset, _ in words if round(onset, 2) in onsets)
        if hits / len(words) > 0.9 and hits / len(onsets) > 0.5 and hits > best_score * 1.02:
            best, best_score = words, hits
    if best is None:
        return None
    known = _ly_words(ly)
    texts = [text for _, text in best]
    joins = [False] * len(texts)
    index = 0
    while index < len(texts):
        for word in known.get(texts[index], []):
            if texts[index : index + len(word)] == word:
                for k in range(len(word) - 1):
                    joins[index + k] = True
                index += len(word) - 1
                break
        index += 1
    for (onset, text), join in zip(best, joins):
        note = onsets.get(round(onset, 2))
        if note is not None and text:
            note.text, note.joins = text, join
    clean, last = [], None
    for note in melody:  # a voice may hold two notes at once: keep the upper
        if last is not None and note.onset < last.onset + 0.01:
            continue
        clean.append(note)
        last = note
    # LilyPond writes a pickup as a first metre of the partial's length.
    pickup, real = 0.0, metres
    if not metres:
        return None
    if len(metres) > 1 and metres[0][0] == 0 and metres[1][0] < metres[1][1] * 16 / metres[1][2]:
        pickup, real = metres[1][0], metres[1:]
    beats, unit = real[0][1], real[0][2]
    if any((b, u) != (beats, unit) for _, b, u in real):
        kinds = {(b * 16 / u) for _, b, u in real}
        if len(kinds) > 1:
            return None
    others = [n for v in voices if v is not melody for n in v]
    piece = Piece(path.stem, source, group, fifths, mode, beats, unit, clean, others, weight=weight)
    ly_text = ly.read_text("utf-8-sig", "replace") if ly.exists() else ""
    partial = re.search(r"\\partial\s+(\d+)(\.?)(?:\s*\*\s*(\d+))?", ly_text)
    if pickup == 0.0 and partial:
        pickup = 16 / int(partial.group(1)) * (1.5 if partial.group(2) else 1) * int(partial.group(3) or 1)
    _shift(piece, -(pickup % piece.bar))
    return piece


# ---------------------------------------------------------------- ABC (Open Hymnal)

_ABC_NOTE = re.compile(r"(\^\^|\^|__|_|=)?([A-Ga-g])([,']*)(\d*)(/*)(\d*)")
_KEYS = {"C": 0, "G": 1, "D": 2, "A": 3, "E": 4, "B": 5, "F#": 6, "F": -1, "Bb": -2, "Eb": -3, "Ab": -4, "Db": -5, "Gb": -6}


def _length(digits: str, slashes: str, divisor: str) -> float:
    value = float(digits) if digits else 1.0
    if slashes:
        value /= float(divisor) if divisor else 2.0 ** len(slashes)
    return value


def abc(path: Path, source: str, group: str, weight: float) -> Piece | None:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    beats = unit = 0
    default, fifths, mode = 0.25, 0, 0
    clocks: dict[str, float] = {}
    notes: dict[str, list[RawNote]] = {}
    voice = ""
    slots: list[RawNote] = []
    taken = False
    first_bar: float | None = None
    for line in text.splitlines():
        line = re.sub(r"(?<!\\)%.*", "", line) if not line.startswith("%%") else ""
        if not line.strip():
            continue
        if re.match(r"[A-Za-z]:", line) and not line.startswith(("w:", "V:")):
            tag, value = line[0], line[2:].strip()
            if tag == "M" and not beats:
                match = re.match(r"(\d+)/(\d+)", value) or re.match(r"()()", "")
                if value.startswith("C"):
                    beats, unit = (4, 4)
                elif match and match.group(1):
                    beats, unit = int(match.group(1)), int(match.group(2))
                else:
                    return None
            elif tag == "L":
                top, bottom = value.split()[0].split("/")
                default = float(top) / float(bottom)
            elif tag == "K":
                match = re.match(r"([A-G][b#]?)\s*(m(?!aj)|min|dor|mix)?", value)
                if not match or match.group(1) not in _KEYS:
                    return None
                fifths, mode = _KEYS[match.group(1)], 0
                if match.group(2) in ("m", "min"):
                    fifths, mode = fifths - 3, 1
                elif match.group(2):
                    return None
            continue
        if line.startswith("w:"):
            if not taken and slots:
                taken = True
                _abc_words(line[2:], slots)
            continue
        if line.startswith("V:"):
            continue
        marker = re.search(r"\[V:\s*(\w+)\]", line)
        if marker:
            voice = marker.group(1)
        elif not voice:
            continue
        slots, taken = [], voice != "S1V1"
        body = re.sub(r"\[[A-Za-z]:[^\]]*\]|![^!]*!|\"[^\"]*\"|\{[^}]*\}|\+[^+]*\+", "", line)
        sharps = {s: 1 for s in "FCGDAEB"[: max(0, fifths)]}
        sharps.update({s: -1 for s in "BEADGCF"[: max(0, -fifths)]})
        accidentals: dict[str, int] = {}
        clock = clocks.get(voice, 0.0)
        row = notes.setdefault(voice, [])
        at, tied, slur, triplet, broken = 0, None, 0, [0, 1.0], 1.0
        in_slur_after_first = False
        while at < len(body):
            char = body[at]
            if char == "|":
                accidentals = {}
                if voice == "S1V1" and first_bar is None and clock > 0:
                    first_bar = clock
                at += 1
            elif char == "(" and at + 1 < len(body) and body[at + 1].isdigit():
                count = int(body[at + 1])
                triplet = [count, {2: 1.5, 3: 2 / 3, 4: 0.75}.get(count, 1.0)]
                at += 2
            elif char == "(":
                slur += 1
                in_slur_after_first = False
                at += 1
            elif char == ")":
                slur = max(0, slur - 1)
                in_slur_after_first = False
                at += 1
            elif char in "zx":
                match = re.match(r"[zx](\d*)(/*)(\d*)", body[at:])
                clock += _length(*match.groups()) * default * 16
                at += match.end()
            elif char == "[":
                close = body.find("]", at)
                if close < 0:
                    break
                heads = list(_ABC_NOTE.finditer(body[at:close]))
                if not heads:
                    at = close + 1
                    continue
                body = body[:at] + heads[0].group(0) + body[close + 1 :]
            else:
                match = _ABC_NOTE.match(body, at)
                if not match or not match.group(2):
                    at += 1
                    continue
                sign, letter, marks, digits, slashes, divisor = match.groups()
                at = match.end()
                length = _length(digits, slashes, divisor) * default * 16 * broken
                broken = 1.0
                while at < len(body) and body[at] == " ":
                    at += 1
                if at < len(body) and body[at] in "<>":
                    length *= 1.5 if body[at] == ">" else 0.5
                    broken = 0.5 if body[at] == ">" else 1.5
                    at += 1
                if triplet[0] > 0:
                    length *= triplet[1]
                    triplet[0] -= 1
                octave = 5 + (letter.islower()) + marks.count("'") - marks.count(",")
                name = letter.upper() + str(octave)
                if sign:
                    accidentals[name] = {"^": 1, "_": -1, "=": 0, "^^": 2, "__": -2}[sign]
                pitch = 12 * octave + STEPS[letter.upper()] + accidentals.get(name, sharps.get(letter.upper(), 0))
                if tied is not None and tied.pitch == pitch:
                    tied.length += length
                    note = tied
                else:
                    note = RawNote(clock, length, pitch)
                    row.append(note)
                    if not in_slur_after_first:
                        slots.append(note)
                if slur:
                    in_slur_after_first = True
                clock += length
                tied = None
                if at < len(body) and body[at] == "-":
                    tied = note
                    at += 1
        clocks[voice] = clock
    melody = notes.get("S1V1", [])
    if not melody or not beats or first_bar is None:
        return None
    others = [n for name, row in notes.items() if name != "S1V1" for n in row]
    piece = Piece(path.stem, source, group, fifths, mode, beats, unit, melody, others, weight=weight)
    bar = piece.bar
    if first_bar < bar - 0.01:
        _shift(piece, -first_bar)
    return piece


def _abc_words(line: str, slots: list[RawNote]) -> None:
    pieces = re.findall(r"\*|_|[^\s\-_*]+-?|-", line.strip())
    at = 0
    for item in pieces:
        if at >= len(slots):
            return
        if item in ("*", "_", "-"):
            at += 1
            continue
        joins = item.endswith("-")
        text = re.sub(r"^\d+\.~?", "", item.rstrip("-")).replace("~", " ").strip()
        slots[at].text, slots[at].joins = text or None, joins
        at += 1
