"""Phone inventory of the singer: writes phones.txt and phone_table.tsv, maps pinyin and kana to phones.

English phones carry the names of the CMU set in lower case (as flite prints them). Mandarin shares m f n l s
w y ng with English; the others begin with `c_`. Japanese phones that have no English or Mandarin counterpart begin
with `j_`; they occur in training data only.
"""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).resolve().parent

# name: (class, voiced, burst_ms, typical_ms)
# burst_ms: for stops and affricates, the usual length of release + aspiration (the rest is closure).
# typical_ms: length in unhurried singing; for vowels the shortest useful length.
TABLE: dict[str, tuple[str, int, int, int]] = {
    "pau": ("silence", 0, 0, 100),
    "br": ("breath", 0, 0, 300),
}


def _add(names: str, kind: str, voiced: int, burst: int, typical: int) -> None:
    for name in names.split():
        TABLE[name] = (kind, voiced, burst, typical)


_add("aa ae ah ao ax eh er ih iy uh uw", "vowel", 1, 0, 80)
_add("aw ay ey ow oy", "diphthong", 1, 0, 120)
_add("w y", "glide", 1, 0, 60)
_add("l r", "liquid", 1, 0, 65)
_add("m n ng", "nasal", 1, 0, 70)
_add("v dh z zh", "fricative", 1, 0, 70)
_add("f th s sh", "fricative", 0, 0, 100)
_add("hh", "aspirate", 0, 0, 60)
_add("b d g", "stop", 1, 15, 65)
_add("p t k", "stop", 0, 50, 90)
_add("ch", "affricate", 0, 75, 115)
_add("jh", "affricate", 1, 50, 90)

_add("c_b c_d c_g", "stop", 0, 15, 60)
_add("c_p c_t c_k", "stop", 0, 70, 100)
_add("c_j c_zh c_z", "affricate", 0, 50, 90)
_add("c_q c_ch c_c", "affricate", 0, 100, 130)
_add("c_x c_sh", "fricative", 0, 0, 110)
_add("c_h", "aspirate", 0, 0, 80)
_add("c_r", "liquid", 1, 0, 70)
_add("c_yu", "glide", 1, 0, 60)
# c_an is the a of an, c_ang of ang; c_ie the e of ie, ue, ian, uan (after yu); c_en and c_eng likewise; c_ong the
# vowel of ong; c_ii the vowel of zi ci si; c_iii the vowel of zhi chi shi ri; c_v is u with two dots.
_add("c_a c_o c_e c_i c_u c_v c_ii c_iii c_er c_an c_ang c_en c_eng c_ong c_ie", "vowel", 1, 0, 80)
_add("c_ai c_ei c_ao c_ou", "diphthong", 1, 0, 120)

_add("j_a j_i j_u j_e j_o", "vowel", 1, 0, 80)
_add("j_r", "liquid", 1, 0, 40)
_add("j_f", "fricative", 0, 0, 80)
_add("j_z", "affricate", 1, 50, 90)
_add("j_N", "nasal", 1, 0, 90)

PHONES = list(TABLE)
INDEX = {name: i for i, name in enumerate(PHONES)}
STOPS = {p for p, t in TABLE.items() if t[0] in ("stop", "affricate")}
VOWELS = {p for p, t in TABLE.items() if t[0] in ("vowel", "diphthong")}
VOICED = {p for p, t in TABLE.items() if t[1]}

INITIALS = {
    "b": "c_b", "p": "c_p", "m": "m", "f": "f", "d": "c_d", "t": "c_t", "n": "n", "l": "l", "g": "c_g", "k": "c_k",
    "h": "c_h", "j": "c_j", "q": "c_q", "x": "c_x", "zh": "c_zh", "ch": "c_ch", "sh": "c_sh", "r": "c_r",
    "z": "c_z", "c": "c_c", "s": "s",
}
# Finals in their full spelling (uei, iou, uen; v for u with dots; -i splits into ii and iii), then the other spellings
# that the program's reader uses.
FINALS = {
    "a": "c_a", "o": "c_o", "e": "c_e", "i": "c_i", "u": "c_u", "v": "c_v", "ii": "c_ii", "iii": "c_iii",
    "er": "c_er", "ai": "c_ai", "ei": "c_ei", "ao": "c_ao", "ou": "c_ou", "an": "c_an n", "ang": "c_ang ng",
    "en": "c_en n", "eng": "c_eng ng", "ong": "c_ong ng", "ia": "y c_a", "ie": "y c_ie", "iao": "y c_ao",
    "iou": "y c_ou", "ian": "y c_ie n", "iang": "y c_ang ng", "in": "c_i n", "ing": "c_i ng", "iong": "y c_ong ng",
    "ua": "w c_a", "uo": "w c_o", "uai": "w c_ai", "uei": "w c_ei", "uan": "w c_an n", "uang": "w c_ang ng",
    "uen": "w c_en n", "ueng": "w c_eng ng", "ve": "c_yu c_ie", "van": "c_yu c_ie n", "vn": "c_v n",
    "io": "y c_o", "iai": "y c_ai",
    "iu": "y c_ou", "ui": "w c_ei", "un": "w c_en n", "iz": "c_ii", "ir": "c_iii",
}


def split_pinyin(syllable: str) -> tuple[str, str]:
    """Initial ('' when none) and full final of a toneless pinyin syllable, as keys of INITIALS and FINALS."""
    s = syllable.lower().replace("ü", "v")
    if s in ("n", "ng", "m", "hm", "hng"):
        return "", "en"
    if s.startswith("y"):
        rest = s[1:]
        if rest.startswith("u") and not rest.startswith("uo"):
            rest = "v" + rest[1:]
        elif not rest.startswith(("i", "v")):
            rest = "i" + rest
        return "", rest
    if s.startswith("w"):
        rest = s[1:]
        rest = rest if rest.startswith("u") else "u" + rest
        return "", rest
    initial = s[:2] if s[:2] in ("zh", "ch", "sh") else s[:1]
    if initial not in INITIALS:
        return "", s
    final = s[len(initial):]
    if initial in ("j", "q", "x") and final.startswith("u"):
        final = "v" + final[1:]
    if final == "i" and initial in ("z", "c", "s"):
        final = "ii"
    if final == "i" and initial in ("zh", "ch", "sh", "r"):
        final = "iii"
    final = {"ui": "uei", "iu": "iou", "un": "uen", "ue": "ve"}.get(final, final)
    if initial in ("b", "p", "m", "f") and final == "o":
        final = "uo"
    return initial, final


def pinyin_phones(syllable: str) -> list[str]:
    initial, final = split_pinyin(syllable)
    erhua = False
    if final not in FINALS and final.endswith("r"):
        erhua, final = True, final[:-1]
    phones = [INITIALS[initial]] if initial else []
    tail = FINALS[final].split()
    if erhua:
        tail = [p for p in tail if p not in ("n", "ng")] + ["c_er"]
    return phones + tail


_KANA_VOWEL = {"a": "j_a", "i": "j_i", "u": "j_u", "e": "j_e", "o": "j_o"}
_KANA_ONSET = {
    "": "", "k": "k", "g": "g", "s": "s", "z": "j_z", "t": "t", "d": "d", "n": "n", "h": "hh", "b": "b", "p": "p",
    "m": "m", "r": "j_r", "w": "w", "y": "y", "f": "j_f", "v": "v", "j": "jh", "sh": "sh", "ch": "ch", "ts": "c_z",
    "ky": "k y", "gy": "g y", "ny": "n y", "hy": "hh y", "by": "b y", "py": "p y", "my": "m y", "ry": "j_r y",
    "kw": "k w", "gw": "g w", "ty": "t y", "dy": "d y",
}


def kana_phones(mora: str) -> list[str] | None:
    """Phones of a Latin mora of the UTAU label files; None for breaths and marks."""
    if mora == "N":
        return ["j_N"]
    if mora == "m":
        return ["m"]
    if mora == "n":
        return ["n"]
    if not mora or mora[-1] not in _KANA_VOWEL or mora[:-1] not in _KANA_ONSET:
        return None
    return _KANA_ONSET[mora[:-1]].split() + [_KANA_VOWEL[mora[-1]]]


def kana_onset(consonant: str) -> list[str] | None:
    """Phones of a Latin consonant of the UTAU label files; None for others."""
    return _KANA_ONSET[consonant].split() if consonant in _KANA_ONSET else None


def write() -> None:
    (HERE / "phones.txt").write_text("\n".join(PHONES) + "\n", "utf-8")
    rows = ["phone\tclass\tvoiced\tburst_ms\ttypical_ms"]
    rows += ["\t".join([p, *map(str, TABLE[p])]) for p in PHONES]
    (HERE / "phone_table.tsv").write_text("\n".join(rows) + "\n", "utf-8")
    rows = ["part\tpinyin\tphones"]
    rows += [f"initial\t{k}\t{v}" for k, v in INITIALS.items()]
    rows += [f"final\t{k}\t{v}" for k, v in FINALS.items()]
    (HERE / "mandarin.tsv").write_text("\n".join(rows) + "\n", "utf-8")


if __name__ == "__main__":
    write()
