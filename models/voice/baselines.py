"""Other voices that sing the same scores: a formant synthesiser, and espeak-ng and flite with pitch and time imposed.

espeak-ng (libespeak-ng) and flite (teacher.c) speak the sentences; their sound is analysed, each phone is stretched to the
score's time, given the score's pitch and turned into sound by the program's vocoder.
"""

from __future__ import annotations

import ctypes
from pathlib import Path

import numpy as np
import scipy.signal
import soundfile

from bands import HOP_SECONDS, NOISE_BANDS, SAMPLE_RATE
from dataset import IS_VOWEL
from phone_table import INDEX, TABLE
from prepare import VOICED_STRENGTH, Analysis, track_f0

# Formants of the baseline in Hz (F1, F2, F3) and its kind of source; after the tables of Klatt (1980), rounded.
FORMANTS = {
    "aa": (700, 1220, 2600), "ae": (620, 1660, 2430), "ah": (620, 1220, 2550), "ao": (600, 990, 2570),
    "aw": (640, 1230, 2550), "ax": (500, 1400, 2300), "ay": (660, 1200, 2550), "eh": (530, 1680, 2500),
    "er": (470, 1270, 1540), "ey": (480, 1720, 2520), "ih": (400, 1800, 2570), "iy": (310, 2020, 2960),
    "ow": (540, 1100, 2300), "oy": (550, 960, 2400), "uh": (450, 1100, 2350), "uw": (350, 1250, 2200),
    "w": (290, 610, 2150), "y": (260, 2070, 3020), "r": (310, 1060, 1380), "l": (310, 1050, 2880),
    "m": (480, 1270, 2130), "n": (480, 1340, 2470), "ng": (480, 2000, 2900),
}
HISS = {"s": (6500, 1500), "z": (6500, 1500), "sh": (3200, 1000), "zh": (3200, 1000), "ch": (3200, 1000),
        "jh": (3200, 1000), "f": (5000, 4000), "v": (5000, 4000), "th": (6000, 4000), "dh": (6000, 4000),
        "hh": (1500, 1500), "p": (1000, 1500), "b": (1000, 1500), "t": (4500, 1500), "d": (4500, 1500),
        "k": (2200, 800), "g": (2200, 800)}


def formant_voice(phones, edges, f0, loud, _):
    """Pulses through three moving formants, shaped noise for consonants."""
    length = int(round(len(f0) * HOP_SECONDS * SAMPLE_RATE))
    pitch = np.interp(np.arange(length), np.arange(len(f0)) * HOP_SECONDS * SAMPLE_RATE, f0)
    phase = np.cumsum(pitch / SAMPLE_RATE)
    pulses = np.diff(np.floor(phase), prepend=0.0) * np.sqrt(SAMPLE_RATE / pitch)
    pulses = scipy.signal.lfilter([1], [1, -0.95], pulses) * 0.1
    frames = len(f0)
    track = np.zeros((frames, 3))
    voice, hiss = np.zeros(frames), np.zeros(frames)
    centre, width = np.full(frames, 2000.0), np.full(frames, 1000.0)
    last = (500, 1500, 2500)
    for p, a, b in zip(phones, edges[:-1], edges[1:]):
        s, e = int(round(a / HOP_SECONDS)), min(int(round(b / HOP_SECONDS)), frames)
        last = FORMANTS.get(p, last)
        track[s:e] = last
        kind, voiced = TABLE[p][0], TABLE[p][1]
        if p in FORMANTS:
            voice[s:e] = 0.5 if kind == "nasal" else 1.0
        if p in HISS:
            start = s if kind not in ("stop", "affricate") else max(s, e - max(int(0.4 * (e - s)), 2))
            hiss[start:e] = 0.5 if p in ("s", "z", "sh", "ch", "jh", "zh") else 0.2
            centre[s:e], width[s:e] = HISS[p]
            voice[s:e] = 0.15 if voiced else 0.0
    smooth = np.ones(9) / 9
    track = np.stack([np.convolve(np.pad(track[:, k], 4, mode="edge"), smooth, "valid") for k in range(3)], 1)
    voice = np.convolve(np.pad(voice, 2, mode="edge"), np.ones(5) / 5, "valid")
    out = np.zeros(length + 4096)
    noise = np.random.default_rng(0).standard_normal(length)
    f = np.fft.rfftfreq(2048, 1 / SAMPLE_RATE)
    hop = HOP_SECONDS * SAMPLE_RATE
    for t in range(frames):
        s, e = int(max((t - 1) * hop, 0)), int(min((t + 1) * hop, length))
        window = np.hanning(e - s)
        h = np.ones(len(f), complex)
        for k, bandwidth in enumerate((80, 100, 150)):
            h *= track[t, k] ** 2 / (track[t, k] ** 2 - f**2 + 1j * f * bandwidth)
        h *= 3500**2 / (3500**2 - f**2 + 1j * f * 300)
        g = np.exp(-0.5 * ((f - centre[t]) / width[t]) ** 2)
        spectrum = voice[t] * h * np.fft.rfft(pulses[s:e] * window, 2048) + hiss[t] * g * np.fft.rfft(noise[s:e] * window, 2048)
        out[s : s + 2048] += np.fft.irfft(spectrum)
    return out[:length].astype(np.float32)


# espeak-ng's English phoneme names as the phones of phone_table.py.
ESPEAK = {
    "p": "p", "b": "b", "t": "t", "d": "d", "k": "k", "g": "g", "tS": "ch", "dZ": "jh", "f": "f", "v": "v", "T": "th", "D": "dh",
    "s": "s", "z": "z", "S": "sh", "Z": "zh", "h": "hh", "m": "m", "n": "n", "N": "ng", "l": "l", "r": "r", "j": "y", "w": "w",
    "t#": "t", "t2": "t", "?": "t", "L": "l", "@L": "l", "r-": "r", "n-": "n", "I": "ih", "I2": "ih", "i": "iy", "i:": "iy", "I#": "ih",
    "E": "eh", "a": "ae", "aa": "ae", "A:": "aa", "A@": "aa", "A#": "aa", "0": "aa", "0#": "aa", "O": "ao", "O:": "ao", "O@": "ao",
    "o@": "ao", "U": "uh", "u:": "uw", "V": "ah", "@": "ax", "@2": "ax", "@5": "ax", "a#": "ax", "3": "er", "3:": "er", "eI": "ey",
    "aI": "ay", "aI@": "ay", "OI": "oy", "aU": "aw", "oU": "ow", "i@": "ih", "e@": "eh", "U@": "uh", "aU@": "aw", "o2": "ow",
}


class _Event(ctypes.Structure):
    class _Id(ctypes.Union):
        _fields_ = [("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8)]

    _fields_ = [("type", ctypes.c_int), ("unique", ctypes.c_uint), ("text", ctypes.c_int), ("length", ctypes.c_int),
                ("audio", ctypes.c_int), ("sample", ctypes.c_int), ("user", ctypes.c_void_p), ("id", _Id)]


def espeak(texts: list[str]) -> list[tuple[np.ndarray, list[tuple[str, float, float]]]]:
    """For each text the sound at SAMPLE_RATE and its phones with times."""
    library = ctypes.CDLL("libespeak-ng.so.1")
    rate = library.espeak_Initialize(2, 0, None, 1)  # synchronous, with phoneme events
    library.espeak_SetVoiceByName(b"en-us")
    sounds: list[np.ndarray] = []
    marks: list[tuple[str, float]] = []

    @ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))
    def heard(wave, count, events):
        if count > 0:
            sounds.append(np.ctypeslib.as_array(wave, (count,)).astype(np.float32) / 32768)
        k = 0
        while events[k].type != 0:
            if events[k].type == 7:
                marks.append((events[k].id.string.decode(errors="replace").strip("\0"), events[k].audio / 1000))
            k += 1
        return 0

    library.espeak_SetSynthCallback(heard)
    out = []
    for text in texts:
        sounds.clear()
        marks.clear()
        data = text.encode()
        library.espeak_Synth(data, len(data) + 1, 0, 1, 0, 1, None, None)
        library.espeak_Synchronize()
        sound = np.concatenate(sounds) if sounds else np.zeros(rate, np.float32)
        ends = [at for _, at in marks[1:]] + [len(sound) / rate]
        phones = []
        for (name, start), end in zip(marks, ends):
            name = name.lstrip("',%=_:|")
            if end > start:
                phones.append((ESPEAK.get(name, ESPEAK.get(name[:1], "pau")) if name else "pau", start, end))
        common = np.gcd(SAMPLE_RATE, rate)
        out.append((scipy.signal.resample_poly(sound, SAMPLE_RATE // common, rate // common).astype(np.float32), phones))
    return out


def flite(names: list[str], folder: Path) -> list[tuple[np.ndarray, list[tuple[str, float, float]]]]:
    """What teacher.c wrote for these prompts."""
    times: dict[str, list[tuple[str, float, float]]] = {}
    for line in (folder / "phones.tsv").read_text("utf-8").splitlines():
        name, start, end, phone = line.split("\t")
        times.setdefault(name, []).append((phone, float(start), float(end)))
    out = []
    for name in names:
        x, rate = soundfile.read(folder / f"{name}.wav", dtype="float32")
        out.append((scipy.signal.resample_poly(x, SAMPLE_RATE // 100, rate // 100).astype(np.float32), times[name]))
    return out


def paired(wanted: list[str], spoken: list[str]) -> list[int]:
    """For every wanted phone the spoken one that it is sung from (sequence alignment)."""
    def cost(a: str, b: str) -> float:
        if a == b:
            return 0.0
        vowels = IS_VOWEL[INDEX[a]], IS_VOWEL[INDEX[b]]
        return 0.6 if all(vowels) else 0.9 if TABLE[a][0] == TABLE[b][0] else 1.6

    table = np.zeros((len(wanted) + 1, len(spoken) + 1))
    table[:, 0], table[0] = np.arange(len(wanted) + 1), np.arange(len(spoken) + 1)
    for i, a in enumerate(wanted, 1):
        for j, b in enumerate(spoken, 1):
            table[i, j] = min(table[i - 1, j - 1] + cost(a, b), table[i - 1, j] + 1, table[i, j - 1] + 1)
    i, j, pairs = len(wanted), len(spoken), [0] * len(wanted)
    while i > 0:
        if j > 0 and table[i, j] == table[i - 1, j - 1] + cost(wanted[i - 1], spoken[j - 1]):
            pairs[i - 1] = j - 1
            i, j = i - 1, j - 1
        elif table[i, j] == table[i - 1, j] + 1:
            pairs[i - 1] = max(j - 1, 0)
            i -= 1
        else:
            j -= 1
    return pairs


def placed(score, envelope: np.ndarray, noise: np.ndarray, spans: list[tuple[float, float]]) -> np.ndarray:
    """Rows for voice_render's `vocode`: frames from each phone's span (in frames), in the score's time, at its pitch."""
    _, edges, f0, *_ = score
    rows = np.full((len(f0), envelope.shape[1] + NOISE_BANDS + 1), -14.0, np.float32)
    rows[:, -1] = f0
    last = len(envelope) - 1
    for (begin, end), a, b in zip(spans, edges[:-1], edges[1:]):
        s, e = int(round(a / HOP_SECONDS)), min(int(round(b / HOP_SECONDS)), len(f0))
        place = np.clip(begin + (np.arange(e - s) + 0.5) / max(e - s, 1) * (end - begin), 0, last - 0.001)
        low = place.astype(int)
        w = (place - low)[:, None]
        for column, source in ((slice(0, -1 - NOISE_BANDS), envelope), (slice(-1 - NOISE_BANDS, -1), noise)):
            source = source.astype(np.float32)
            rows[s:e, column] = (1 - w) * source[low] + w * source[np.minimum(low + 1, last)]
    return rows


def imposed(score, sound: np.ndarray, phones: list[tuple[str, float, float]], analysis: Analysis) -> np.ndarray:
    """Rows for `vocode` of a sound whose phones have times in seconds."""
    x = sound / (np.abs(sound).max() + 1e-9) * 0.5
    coarse, strength = track_f0(x, SAMPLE_RATE, 60, 400)
    count = int(len(x) / SAMPLE_RATE / HOP_SECONDS)
    at = np.arange(count) * HOP_SECONDS / 0.01
    pitch = np.exp(np.interp(at, np.arange(len(coarse)), np.log(coarse))).astype(np.float32)
    envelope, noise = analysis(x, pitch, np.interp(at, np.arange(len(strength)), strength) > VOICED_STRENGTH)
    spans = [phones[k][1:] for k in paired(score[0], [p for p, _, _ in phones])]
    return placed(score, envelope, noise, [(a / HOP_SECONDS, b / HOP_SECONDS) for a, b in spans])


def recorded(score, u) -> np.ndarray:
    """Rows for `vocode` of a held-out take whose phones the score has: what was recorded, at the score's pitch."""
    return placed(score, u.envelope, u.noise, [(s - u.start[0], e - u.start[0]) for s, e in zip(u.start, u.end)])
