"""A tolerant reader of Standard MIDI Files: only what training needs (notes, track names, tempo, controller 4)."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Note:
    """One note; onset and length in ticks of the file, pitch and velocity as in MIDI."""

    onset: int
    length: int
    pitch: int
    velocity: int
    channel: int


@dataclass
class Track:
    name: str = ""
    program: int = 0
    notes: list[Note] = field(default_factory=list)
    controls: list[tuple[int, int, int]] = field(default_factory=list)  # tick, controller, value


@dataclass
class Midi:
    division: int
    tracks: list[Track]
    tempos: list[tuple[int, int]]  # tick, microseconds a quarter


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    while True:
        byte = data[at]
        at += 1
        value = (value << 7) | (byte & 0x7F)
        if byte < 0x80:
            return value, at


def read(path: Path | str) -> Midi:
    data = Path(path).read_bytes()
    if data[:4] != b"MThd":
        raise ValueError(f"{path}: not a MIDI file")
    division = int.from_bytes(data[12:14], "big")
    at = 8 + int.from_bytes(data[4:8], "big")
    tracks: list[Track] = []
    tempos: list[tuple[int, int]] = []
    while at + 8 <= len(data):
        kind, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "big")
        at += 8
        if kind == b"MTrk":
            tracks.append(_track(data[at : at + size], tempos))
        at += size
    tempos.sort()
    return Midi(division, tracks, tempos)


def _track(data: bytes, tempos: list[tuple[int, int]]) -> Track:
    track = Track()
    open_notes: dict[tuple[int, int], list[Note]] = {}
    at, tick, status = 0, 0, 0
    while at < len(data):
        delta, at = _varint(data, at)
        tick += delta
        if data[at] >= 0x80:
            status = data[at]
            at += 1
        if status == 0xFF:
            kind = data[at]
            size, at = _varint(data, at + 1)
            if kind == 0x03 and not track.name:
                track.name = data[at : at + size].decode("latin-1")
            elif kind == 0x51 and size == 3:
                tempos.append((tick, int.from_bytes(data[at : at + 3], "big")))
            at += size
        elif status in (0xF0, 0xF7):
            size, at = _varint(data, at)
            at += size
        else:
            kind, channel = status >> 4, status & 15
            first = data[at]
            second = data[at + 1] if kind not in (0xC, 0xD) else 0
            at += 1 if kind in (0xC, 0xD) else 2
            if kind == 9 and second > 0:
                note = Note(tick, 0, first, second, channel)
                open_notes.setdefault((channel, first), []).append(note)
                track.notes.append(note)
            elif kind == 8 or kind == 9:
                waiting = open_notes.get((channel, first))
                if waiting:
                    note = waiting.pop(0)
                    note.length = tick - note.onset
            elif kind == 0xB:
                track.controls.append((tick, first, second))
            elif kind == 0xC:
                track.program = first
    for waiting in open_notes.values():
        for note in waiting:
            note.length = tick - note.onset
    track.notes.sort(key=lambda n: (n.onset, n.pitch))
    return track
