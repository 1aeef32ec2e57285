"""Stress, vowels and rhymes of syllables: English from flite's CMU lexicon (the source the program uses), German and
French by rule of thumb, for songs that lend only their contours."""

from __future__ import annotations

import ctypes
import functools
import re

FUNCTION_WORDS = set(
    "a an the and or but nor for so yet of to in on at by from with as than if that this these those which who whom "
    "whose i you he she it we they me him her us them my your his its our their thy thee thou ye is are was were be "
    "been am has have had do does did will would shall should can could may might must not no o oh into upon when "
    "while where there then till until unto through i'm you're we're they're it's i'll you'll we'll i've you've "
    "don't can't won't 'tis 'twas o'er e'er ne'er".split()
)


@functools.lru_cache(maxsize=1)
def _flite():
    usenglish = ctypes.CDLL("libflite.so.1", mode=ctypes.RTLD_GLOBAL)
    ctypes.CDLL("libflite_usenglish.so.1", mode=ctypes.RTLD_GLOBAL)
    lexicon = ctypes.CDLL("libflite_cmulex.so.1")
    usenglish.flite_init()
    lexicon.cmu_lex_init.restype = ctypes.c_void_p
    usenglish.lex_lookup.restype = ctypes.c_void_p
    usenglish.lex_lookup.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_void_p]
    for name in ("val_car", "val_cdr"):
        function = getattr(usenglish, name)
        function.restype, function.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
    usenglish.val_string.restype, usenglish.val_string.argtypes = ctypes.c_char_p, [ctypes.c_void_p]
    return usenglish, lexicon.cmu_lex_init()


@functools.lru_cache(maxsize=None)
def phones(word: str) -> tuple[str, ...]:
    """Phones of an English word, vowels with a stress digit."""
    library, lexicon = _flite()
    cell = library.lex_lookup(lexicon, word.encode("ascii", "ignore"), None, None)
    found = []
    while cell:
        found.append(library.val_string(library.val_car(cell)).decode())
        cell = library.val_cdr(cell)
    return tuple(found)


def vowel_stress(word: str) -> tuple[int, ...]:
    """Stress digit of each vowel of a word."""
    return tuple(int(phone[-1]) for phone in phones(word) if phone[-1].isdigit())


def _plain(syllables: list[str]) -> str:
    return re.sub(r"[^a-z']", "", "".join(syllables).lower().replace("’", "'")).strip("'")


_LENGTH = {"ih": 1, "eh": 1, "ah": 1, "ax": 1, "uh": 1, "ae": 1, "iy": 2, "uw": 2, "aa": 2, "ao": 2, "er": 2,
           "ay": 3, "aw": 3, "oy": 3, "ey": 3, "ow": 3}


def vowel_lengths(syllables: list[str], language: str = "en") -> list[int]:
    """0 unknown, 1 short, 2 long, 3 diphthong, for each syllable of one word."""
    word = _plain(syllables)
    found = [_LENGTH.get(p[:-1], 0) for p in phones(word.replace("'", "")) if p[-1].isdigit()] if word else []
    return found if language == "en" and len(found) == len(syllables) else [0] * len(syllables)


def rhyme(syllables: list[str], language: str = "en") -> str:
    """What a line's last word must share to rhyme: the sounds (or else letters) from its last stressed vowel on."""
    word = _plain(syllables)
    if language == "en" and word:
        sounds = phones(word.replace("'", ""))
        vowels = [i for i, p in enumerate(sounds) if p[-1].isdigit()]
        if vowels:
            at = next((i for i in reversed(vowels) if sounds[i][-1] == "1"), vowels[-1])
            return " ".join(p.rstrip("0123456789") for p in sounds[at:])
    letters = re.sub(r"[^\w]", "", "".join(syllables).lower())
    found = re.search(r"[aeiouyäöüàâéèêëîïôûùœ]+[^aeiouyäöüàâéèêëîïôûùœ]*(e[nrs]?|ent)?$", letters)
    return found.group(0) if found else letters


_LIGHT = {
    "de": set("der die das den dem des ein eine einen einem einer eines und oder aber denn dass daß als wie wenn so zu im "
              "in an am auf aus bei mit nach von vom vor für um zur zum ich du er sie es wir ihr mich dich sich uns euch "
              "ihm ihn ihnen mir dir mein meine dein deine sein seine ist sind war hat nur noch".split()),
    "fr": set("le la les l un une des de du d et ou mais ni car que qu qui à au aux en dans par pour sur sous je j tu il "
              "elle on nous vous ils elles me m te t se s mon ma mes ton ta tes son sa ses est sont ne n ce c".split()),
}


def _foreign_stress(syllables: list[str], language: str) -> list[int]:
    count = len(syllables)
    word = re.sub(r"\W", "", "".join(syllables).lower())
    if count == 1:
        return [0 if word in _LIGHT.get(language, ()) else 2]
    if language == "de":
        first = int(re.match(r"(be|ge|er|ver|zer|ent|emp|hin|her)", word) is not None)
        return [2 if i == first else 0 for i in range(count)]
    mute = language == "fr" and re.search(r"(e|es|ent)\W*$", syllables[-1].lower()) is not None
    last = count - 2 if mute or language in ("it", "es", "la") else count - 1
    return [2 if i == last else 0 for i in range(count)]


def syllable_stress(syllables: list[str], language: str = "en") -> list[int]:
    """0 unstressed, 1 secondary, 2 stressed, for each syllable of one word."""
    if language != "en":
        return _foreign_stress(syllables, language)
    word = _plain(syllables)
    count = len(syllables)
    if not word:
        return [1] * count
    if count == 1:
        return [0 if word in FUNCTION_WORDS else 2]
    found = vowel_stress(word.replace("'", ""))
    if len(found) == count:
        stress = [2 if s == 1 else 1 if s == 2 else 0 for s in found]
    elif len(found) > count:  # elided ("heav'n"): keep the strongest
        stress = [2 if s == 1 else 0 for s in found[:count]]
    else:
        stress = [0] * count
    if 2 not in stress:
        stress[0] = 2
    first = stress.index(2)
    return [s if s < 2 or i == first else 1 for i, s in enumerate(stress)]
