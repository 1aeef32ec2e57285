"""Stress of English syllables from flite's CMU lexicon (the same source the program uses)."""

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
def vowel_stress(word: str) -> tuple[int, ...]:
    """Stress digit of each vowel of a word."""
    library, lexicon = _flite()
    phones = library.lex_lookup(lexicon, word.encode("ascii", "ignore"), None, None)
    stress = []
    while phones:
        phone = library.val_string(library.val_car(phones)).decode()
        if phone[-1].isdigit():
            stress.append(int(phone[-1]))
        phones = library.val_cdr(phones)
    return tuple(stress)


def syllable_stress(syllables: list[str]) -> list[int]:
    """0 unstressed, 1 secondary, 2 stressed, for each syllable of one word."""
    word = re.sub(r"[^a-z']", "", "".join(syllables).lower().replace("’", "'")).strip("'")
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
