"""Exemplar memory: for every pair of neighbouring phones the most typical recorded transition.

A transition has two halves: how phone c begins after p (rows `begin`), and how c ends before n (rows `finish`). A row
holds up to LONGEST frames of envelope and aperiodicity next to the boundary, at loudness 0, taken from one recording:
the token nearest to the mean of all tokens of that pair, so that nothing is averaged. Pairs that nobody recorded
borrow the row of the nearest neighbouring phone. `target` is the mean middle of long tokens, for sustained sounds.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import numpy as np

from bands import BANDS, NOISE_BANDS, band_centres
from dataset import IS_SONORANT, KIND, PAUSE, load
from phone_table import INDEX, PHONES, STOPS

LONGEST = 28
WIDTH = BANDS + NOISE_BANDS
# Rows are kept in 8 bits: steps of 0.07 neper (0.6 dB) from ROW_FLOOR on for the envelope, of 1/255 for aperiodicity.
ROW_STEP = np.array([0.07] * BANDS + [1 / 255] * NOISE_BANDS, np.float32)
ROW_FLOOR = np.array([-13.8] * BANDS + [0.0] * NOISE_BANDS, np.float32)
IS_STOP = np.array([p in STOPS for p in PHONES])

# Rough articulation: (place 0 lips .. 1 throat, openness 0 closed .. 1 open, rounding), to find a near phone.
_PLACE = {
    0.0: "p b m w f v c_b c_p j_f", 0.2: "th dh", 0.3: "t d n s z l c_d c_t c_z c_c j_z j_r c_ii",
    0.45: "sh zh ch jh r c_sh c_zh c_ch c_r c_iii er c_er", 0.55: "y c_x c_j c_q c_yu iy ih c_i c_v j_i",
    0.6: "ey eh ae c_ei c_ie c_ai ay j_e c_an", 0.7: "ax ah c_e c_en c_eng c_a j_a aa aw c_ao c_ang",
    0.8: "uw uh ow oy ao c_u c_o c_ou c_ong j_u j_o", 0.9: "k g ng c_g c_k j_N", 1.0: "hh c_h br pau",
}
_OPEN = {
    0.0: "iy uw c_i c_u c_v j_i j_u c_ii c_iii y w c_yu", 0.25: "ih uh c_ong er c_er", 0.5: "ey ow eh c_ei c_ou c_o c_e c_en c_eng ax j_e j_o c_ie oy",
    0.75: "ah ao", 1.0: "aa ae ay aw c_a c_ai c_ao c_an c_ang j_a",
}
_NEAR_CLASS = {"vowel": 0, "diphthong": 0.1, "glide": 1, "liquid": 1.3, "nasal": 2, "fricative": 4, "aspirate": 3.6,
               "affricate": 5, "stop": 5.5, "silence": 8, "breath": 7.5}
# Phones of the other language, for words that a speaker never read.
ALIAS = {
    "c_b": "b", "c_p": "p", "c_d": "d", "c_t": "t", "c_g": "g", "c_k": "k", "c_h": "hh", "c_j": "jh", "c_q": "ch",
    "c_x": "sh", "c_zh": "jh", "c_ch": "ch", "c_sh": "sh", "c_r": "r", "c_z": "jh", "c_c": "ch", "c_a": "aa", "c_o": "ao",
    "c_e": "ah", "c_i": "iy", "c_u": "uw", "c_v": "iy", "c_ii": "ih", "c_iii": "er", "c_er": "er", "c_ai": "ay",
    "c_ei": "ey", "c_ao": "aw", "c_ou": "ow", "c_an": "ae", "c_ang": "aa", "c_en": "ax", "c_eng": "ah", "c_ong": "uh",
    "c_ie": "eh", "c_yu": "y", "j_a": "aa", "j_i": "iy", "j_u": "uw", "j_e": "eh", "j_o": "ow", "j_r": "d", "j_f": "f",
    "j_z": "z", "j_N": "ng", "br": "hh",
}


def _coordinates() -> np.ndarray:
    place, opening = {}, {}
    for v, names in _PLACE.items():
        place.update({n: v for n in names.split()})
    for v, names in _OPEN.items():
        opening.update({n: v for n in names.split()})
    rows = []
    for p, kind in zip(PHONES, KIND):
        voiced = 0.0 if p in ("p", "t", "k", "c_p", "c_t", "c_k", "ch", "c_q", "c_ch", "c_c") else 0.5
        rows.append([_NEAR_CLASS[str(kind)], 2.5 * place.get(p, 0.7), 1.5 * opening.get(p, 0.0), voiced])
    return np.array(rows)


COORDINATES = _coordinates()
DISTANCE = np.linalg.norm(COORDINATES[:, None] - COORDINATES[None], axis=2)


class Voice:
    """Rows of one recorded voice: begin[c][p] and finish[c][n] are arrays [frames, WIDTH]; target[c] is [WIDTH]."""

    def __init__(self) -> None:
        self.begin: dict[int, dict[int, np.ndarray]] = defaultdict(dict)
        self.finish: dict[int, dict[int, np.ndarray]] = defaultdict(dict)
        self.target: dict[int, np.ndarray] = {}


def split_of(phone: int, start: int, end: int, burst: int) -> int:
    if burst >= 0:
        return int(np.clip(burst, start + 1, end - 1))
    share = 0.4 if KIND[phone] == "diphthong" else 0.5
    return int(np.clip(start + round(share * (end - start)), start + 1, end - 1))


def typical(tokens: list[np.ndarray], anchored_at_end: bool) -> np.ndarray:
    """The token nearest to the mean of all, after bringing them to six points; short ones are less welcome."""
    if len(tokens) == 1:
        return tokens[0]
    points = np.stack([t[np.linspace(0, len(t) - 1, 6).round().astype(int)] for t in tokens])
    mean = np.median(points, 0)
    cost = np.abs(points - mean)[:, :, : BANDS - 8].mean((1, 2))
    length = np.log(np.array([len(t) for t in tokens], float))
    wanted = np.quantile(length, 0.6)
    cost = cost + 0.25 * np.abs(length - wanted) + 0.15 * np.maximum(wanted - length, 0)
    return tokens[int(cost.argmin())]


def collect(corpus: str, cache: Path, most: int | None = None) -> Voice:
    begin, finish, middle = defaultdict(list), defaultdict(list), defaultdict(list)
    for u in load(corpus, cache, False, 0.15, most):
        both = np.concatenate([u.envelope - (u.loudness * 10 / 8.686)[:, None], u.noise], 1).astype(np.float32)
        for i, c in enumerate(u.phones):
            s, e = int(u.start[i]), int(u.end[i])
            if e - s < 3:
                continue
            m = split_of(c, s, e, int(u.burst[i]))
            p = int(u.phones[i - 1]) if i > 0 else PAUSE
            n = int(u.phones[i + 1]) if i + 1 < len(u.phones) else PAUSE
            a, b = both[s:m][:LONGEST], both[m:e][-LONGEST:]
            if len(begin[c, p]) < 60:
                begin[c, p].append(a)
            if len(finish[c, n]) < 60:
                finish[c, n].append(b)
            if not IS_STOP[c]:
                quarter = max((e - s) // 5, 1)
                middle[c].append((e - s, both[max(m - quarter, s) : m + quarter].mean(0)))
    voice = Voice()
    for (c, p), tokens in begin.items():
        voice.begin[c][p] = typical(tokens, False)
    for (c, n), tokens in finish.items():
        voice.finish[c][n] = typical(tokens, True)
    for c, tokens in middle.items():
        lengths = np.array([t[0] for t in tokens])
        long = [t[1] for t in tokens if t[0] >= np.quantile(lengths, 0.6)]
        voice.target[c] = np.median(np.stack(long), 0)
    return voice


def extend_top(voice: Voice, model: Voice) -> None:
    """Gives a voice recorded at 16 kHz the bands above 7.2 kHz of another, relative to those just below."""
    centres = band_centres()
    top = centres > 7000
    edge = (centres > 5600) & ~top
    general = np.median(np.stack(list(model.target.values())), 0)

    def mend(row: np.ndarray, c: int) -> np.ndarray:
        source = model.target.get(c)
        if source is None:
            rows = list(model.finish.get(c, {}).values()) or list(model.begin.get(c, {}).values())
            source = np.median(np.concatenate(rows), 0) if rows else general
        out = row.copy()
        shape = source[:BANDS][top] - source[:BANDS][edge].mean()
        out[..., :BANDS][..., top] = row[..., :BANDS][..., edge].mean(-1, keepdims=True) + shape
        out[..., WIDTH - 1] = np.maximum(row[..., WIDTH - 2], source[WIDTH - 1])
        return out

    for table in (voice.begin, voice.finish):
        for c in table:
            table[c] = {k: mend(row, c) for k, row in table[c].items()}
    voice.target = {c: mend(row, c) for c, row in voice.target.items()}


def borrow(voice: Voice, other: Voice) -> None:
    """Phones that `voice` never spoke come from `other`."""
    for mine, theirs in ((voice.begin, other.begin), (voice.finish, other.finish)):
        for c in theirs:
            if c not in mine or not mine[c]:
                mine[c] = dict(theirs[c])
    for c, row in other.target.items():
        voice.target.setdefault(c, row)


def pack(voice: Voice) -> dict[str, np.ndarray]:
    """Arrays for the network: rows [frames, WIDTH] in 8 bits, first [n] and length [n] of each row in frames, begin and
    finish [phones, phones] -> row, target [phones, WIDTH].

    A negative entry of `steady` marks a pair between two sounds that was never recorded: the middle of the phone is
    held up to the boundary instead of the way it begins after, or ends before, something else.
    """
    count = len(PHONES)
    rows: list[np.ndarray] = []
    begin = np.zeros((count, count), np.int64)
    finish = np.zeros((count, count), np.int64)
    begin_steady = np.zeros((count, count), np.float32)
    finish_steady = np.zeros((count, count), np.float32)
    target = np.zeros((count, WIDTH), np.float32)
    number: dict[int, int] = {}

    def row_of(row: np.ndarray) -> int:
        if id(row) not in number:
            number[id(row)] = len(rows)
            rows.append(row)
        return number[id(row)]

    for c in range(count):
        source = c
        if c not in voice.begin or not voice.begin[c] or not voice.finish.get(c):
            alias = ALIAS.get(PHONES[c])
            source = INDEX[alias] if alias else PAUSE
            if source not in voice.begin:
                source = min((k for k in voice.begin if voice.finish.get(k)), key=lambda k: DISTANCE[c, k])
        mids = voice.target.get(source)
        if mids is None:
            mids = np.median(np.concatenate(list(voice.finish[source].values())), 0)
        target[c] = mids
        for table, index, steady in ((voice.begin, begin, begin_steady), (voice.finish, finish, finish_steady)):
            known = list(table[source])
            for x in range(count):
                twin = INDEX[ALIAS[PHONES[x]]] if PHONES[x] in ALIAS and x not in known else x
                best = min(known, key=lambda k: DISTANCE[twin, k])
                index[c, x] = row_of(table[source][best])
                # A neighbour of quite another kind (a pause for a vowel, say) tells nothing of the transition.
                far = DISTANCE[twin, best] > 3.0 and x != PAUSE
                steady[c, x] = 1.0 if far and IS_SONORANT[c] else 0.0
    length = np.array([len(r) for r in rows], np.int64)
    quantised = np.round((np.concatenate(rows) - ROW_FLOOR) / ROW_STEP)
    return {"rows": np.clip(quantised, 0, 255).astype(np.uint8), "first": np.cumsum(length) - length, "length": length,
            "begin": begin, "finish": finish, "begin_steady": begin_steady, "finish_steady": finish_steady,
            "target": target}


if __name__ == "__main__":
    import argparse
    import pickle

    parser = argparse.ArgumentParser()
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--takes", type=int, help="only the first so many of each, for a learning curve")
    parser.add_argument("corpora", nargs="+")
    arguments = parser.parse_args()
    for name in arguments.corpora:
        voice = collect(name, arguments.cache, arguments.takes)
        with open(arguments.cache / f"{name}.memory.pkl", "wb") as handle:
            pickle.dump((dict(voice.begin), dict(voice.finish), voice.target), handle)
        print(name, sum(map(len, voice.begin.values())), sum(map(len, voice.finish.values())), len(voice.target))
