"""Feature rows of the melody models. The program (core/compose) builds the same columns; their order and ranges are
the contract. Everything a row tells is known before its target: pitches and gaps of earlier notes, and for pitches the
rhythm of the note's own line.

Units are sixteenths. A line's origin is the downbeat nearest to its first onset, so that places in two lines compare
whether or not they begin with a pickup.
"""

from __future__ import annotations

import bisect

from data import (BAR, CHORDS, GAPS, LOWEST, NO_CHORD, NO_GAP, NO_PITCH, PITCHES, SOURCES, Song, chord_at, gap_class,
                  level, line_starts)

RHYTHM_COLUMNS = [  # name, number of values, vocabulary
    ("metre", 3, "metre"), ("density", 6, "density"), ("position", 16, "position"),
    ("stress", 4, "stress"),        # 0 unstressed, 1 secondary, 2 stressed, 3 the syllable goes on (melisma)
    ("next_stress", 4, "next_stress"),    # 3: no further syllable in the line
    ("third_stress", 4, "third_stress"),
    ("joined", 2, "joined"),        # the next syllable belongs to the same word
    ("left", 17, "left"),           # syllables left in the line after this one
    ("time", 65, "time"),           # from this onset to the next line's start
    ("gap1", NO_GAP + 1, "gap"), ("gap2", NO_GAP + 1, "gap"),   # the gaps before this onset, newest first
    ("index", 9, "index"),          # onsets since the line began
    ("line", 4, "line"),            # line number modulo 4
    ("lag2", NO_GAP + 1, "gap"), ("lag4", NO_GAP + 1, "gap"), ("lag8", NO_GAP + 1, "gap"),  # gap after the onset bars ago
    ("source", len(SOURCES) + 1, "source"),   # kind of song; last: unknown
    ("previous_stress", 4, "stress"), ("fourth_stress", 4, "third_stress"),
    ("word_index", 4, "word_index"),   # syllables of the word before this one
    ("word_left", 4, "word_left"),     # and after
    ("vowel", 4, "vowel"), ("next_vowel", 4, "vowel"),   # 0 unknown, 1 short, 2 long, 3 diphthong
    ("rhyme", 4, "rhyme"),          # the line rhymes with the line so many before; 0: none, or none known
    ("syllables", 17, "syllables"), # of the line
    ("begin", 16, "position"),      # position of the line's first onset
    ("line_bar", 8, "line_bar"),    # bars since the line's origin (0: the pickup's bar and the first)
    ("bar", 8, "bar"),              # bar of the song modulo 8
    ("lines_left", 5, "lines_left"),
    ("mode", 2, "mode"),
    ("gap3", NO_GAP + 1, "gap"), ("gap4", NO_GAP + 1, "gap"),
    ("lag1", NO_GAP + 1, "gap"), ("lag16", NO_GAP + 1, "gap"),
    # Did the gap before this onset equal the gap bars ago? 0 nothing there, 1 no, 2 yes, 3 the last three did.
    ("match1", 4, "match"), ("match2", 4, "match"), ("match4", 4, "match"), ("match8", 4, "match"),
    # Gap after the same syllable of the line one, two, four before; and whether that line has as many syllables
    # (0 no such line, 1 other count, 2 same count, 3 same count and the same gaps so far).
    ("verse1", NO_GAP + 1, "gap"), ("verse2", NO_GAP + 1, "gap"), ("verse4", NO_GAP + 1, "gap"),
    ("like1", 4, "like"), ("like2", 4, "like"), ("like4", 4, "like"),
]
LAGS = (1, 2, 4, 8, 16)
PITCH_COLUMNS = [
    ("metre", 3, "metre"), ("density", 6, "density"), ("position", 16, "position"), ("level", 5, "level"),
    ("length", NO_GAP + 1, "gap"), ("gap", NO_GAP + 1, "gap"), ("rest", 2, "rest"),
    ("chord", NO_CHORD + 1, "chord"), ("next_chord", NO_CHORD + 1, "chord"), ("change", 17, "change"),
    ("stress", 4, "stress"), ("joined", 2, "joined"), ("left", 17, "left"), ("index", 9, "index"), ("line", 4, "line"),
    ("last", 2, "last"), ("mode", 2, "mode"),
    ("pitch1", PITCHES + 1, "pitch"), ("pitch2", PITCHES + 1, "pitch"), ("pitch3", PITCHES + 1, "pitch"),
    ("lag2", PITCHES + 1, "pitch"), ("lag4", PITCHES + 1, "pitch"), ("lag8", PITCHES + 1, "pitch"),
    ("source", len(SOURCES) + 1, "source"),
    ("register", 4, "register"),    # of the four lines around: 0 unknown, 1 low, 2 middle, 3 high in the song
    ("next_gap", NO_GAP + 1, "gap"),       # to the next onset of the line
    ("next_length", NO_GAP + 1, "gap"), ("next_level", 6, "level"), ("next_stress", 4, "next_stress"),
    ("word_index", 4, "word_index"), ("word_left", 4, "word_left"), ("vowel", 4, "vowel"),
    ("rhyme", 4, "rhyme"), ("syllables", 17, "syllables"), ("begin", 16, "position"), ("line_bar", 8, "line_bar"),
    ("bar", 8, "bar"), ("lines_left", 5, "lines_left"),
    ("to_end", 65, "to_end"),       # to the line's last onset
    ("age", 17, "change"),          # since the chord began
    ("last_chord", NO_CHORD + 1, "chord"),   # under the note before
    ("pitch4", PITCHES + 1, "pitch"),
    ("interval1", 26, "interval"), ("interval2", 26, "interval"),   # between the notes before; 25: none
    ("low", PITCHES + 1, "pitch"), ("high", PITCHES + 1, "pitch"),  # of the song so far
    ("peak", PITCHES + 1, "pitch"),        # highest of the line so far
    ("peak1", PITCHES + 1, "pitch"),       # highest of the line before
    ("end1", PITCHES + 1, "pitch"), ("end2", PITCHES + 1, "pitch"),  # last note of the line one and two before
    ("lag1", PITCHES + 1, "pitch"), ("lag16", PITCHES + 1, "pitch"),
    ("match1", 4, "match"), ("match2", 4, "match"), ("match4", 4, "match"), ("match8", 4, "match"),
    ("match16", 4, "match"),
    # Chord now and chord bars ago: 0 nothing there, 1 another, 2 same root, 3 same.
    ("chord2", 4, "same"), ("chord4", 4, "same"), ("chord8", 4, "same"),
    ("after4", PITCHES + 1, "pitch"), ("after8", PITCHES + 1, "pitch"),   # first note later than the place bars ago
    # The parallel line: the earlier one of the last eight whose onsets are most like this line's.
    ("par", PITCHES + 1, "pitch"),         # the note that begins at this place of it
    ("par_held", PITCHES + 1, "pitch"),    # that sounds there
    ("par_after", PITCHES + 1, "pitch"), ("par_match", 4, "match"), ("par_chord", 4, "same"),
    ("par_far", 9, "par_far"),             # lines back; 0: none
    ("par_like", 4, "par_like"),           # 0 none, 1 half the onsets are common, 2 three quarters, 3 all
]
RHYTHM_NAMES = [name for name, _, _ in RHYTHM_COLUMNS]
PITCH_NAMES = [name for name, _, _ in PITCH_COLUMNS]
# Of equally similar earlier lines the parallel one is the first of these distances.
PARALLEL = (4, 2, 1, 8, 3, 6, 5, 7)


def origin(first: int, bar: int) -> int:
    return (first + bar // 2) // bar * bar


class _Lines:
    """What both models read of words and lines."""

    def __init__(self, song: Song):
        syllables = song.syllables
        self.first: list[int] = []          # syllable that begins each line
        self.last: list[int] = []
        for s, syllable in enumerate(syllables):
            if s == 0 or syllable.line != syllables[s - 1].line:
                self.first.append(s)
                self.last.append(s)
            self.last[-1] = s
        self.word_index, self.word_left = [0] * len(syllables), [0] * len(syllables)
        for s in range(1, len(syllables)):
            if syllables[s - 1].joined:
                self.word_index[s] = self.word_index[s - 1] + 1
        for s in range(len(syllables) - 2, -1, -1):
            if syllables[s].joined:
                self.word_left[s] = self.word_left[s + 1] + 1
        self.rhyme = []
        for line in range(len(self.first)):
            key = song.rhymes[line] if line < len(song.rhymes) else ""
            back = next((k for k in (1, 2, 3) if line >= k and key and song.rhymes[line - k] == key), 0)
            self.rhyme.append(back)


def source_class(song: Song) -> int:
    return SOURCES.index(song.source) if song.source in SOURCES else len(SOURCES)


def _match(history: list[int]) -> int:
    """history: for each note so far 0 nothing to compare, 1 differs, 2 equal."""
    if not history or history[-1] == 0:
        return 0
    if history[-1] == 1:
        return 1
    return 3 if len(history) >= 3 and history[-2] == 2 and history[-3] == 2 else 2


def rhythm_rows(song: Song) -> tuple[list[list[int]], list[int], list[int]]:
    """Rows, target gap class (-100 after the last note), target melisma flag of the next note."""
    bar = song.bar
    starts = line_starts(song)
    lines = _Lines(song)
    final = len(lines.first) - 1
    source = source_class(song)
    after: dict[int, int] = {}           # onset -> gap class, of the notes before the present one
    matches: dict[int, list[int]] = {lag: [] for lag in (1, 2, 4, 8)}
    verse: list[list[int]] = []          # of each line, the gap class after each syllable
    features, gaps, melisma = [], [], []
    index, line = 0, -1
    notes = song.notes
    for i, note in enumerate(notes):
        s = note.syllable
        syllable = song.syllables[s]
        if syllable.line != line:
            line, index = syllable.line, 0
            verse.append([])
            begin = note.onset
        end = lines.last[line]
        if i:
            gap = gap_class(note.onset - notes[i - 1].onset)
            for lag in matches:
                found = after.get(notes[i - 1].onset - lag * bar)
                matches[lag].append(0 if found is None else 2 if found == gap else 1)
            after[notes[i - 1].onset] = gap
            own = verse[song.syllables[notes[i - 1].syllable].line]
            if notes[i - 1].starts:
                own.append(gap)
        stress_at = lambda k: song.syllables[k].stress if k <= end else 3  # noqa: E731
        back = lambda k: gap_class(notes[i - k + 1].onset - notes[i - k].onset) if i >= k else NO_GAP  # noqa: E731
        lagged = {lag: after.get(note.onset - lag * bar, NO_GAP) for lag in LAGS}
        place = s - lines.first[line]
        row = [
            song.metre, song.density, note.onset % bar,
            syllable.stress if note.starts else 3, stress_at(s + 1), stress_at(s + 2), int(syllable.joined),
            min(16, end - s), min(64, starts[line + 1] - note.onset), back(1), back(2), min(8, index), line % 4,
            lagged[2], lagged[4], lagged[8], source,
            song.syllables[s - 1].stress if s > lines.first[line] else 3, stress_at(s + 3),
            min(3, lines.word_index[s]), min(3, lines.word_left[s]), syllable.vowel,
            song.syllables[s + 1].vowel if s < end else 0, lines.rhyme[line], min(16, end - lines.first[line] + 1),
            begin % bar, max(0, min(7, (note.onset - origin(begin, bar)) // bar)), note.onset // bar % 8,
            min(4, final - line), song.mode, back(3), back(4), lagged[1], lagged[16],
        ]
        row += [_match(matches[lag]) for lag in (1, 2, 4, 8)]
        like = []
        for k in (1, 2, 4):
            other = line - k
            gaps_there = verse[other] if other >= 0 else []
            row.append(gaps_there[place] if place < len(gaps_there) else NO_GAP)
            if other < 0:
                like.append(0)
            elif lines.last[other] - lines.first[other] != end - lines.first[line]:
                like.append(1)
            else:
                like.append(3 if verse[line][:place] == gaps_there[:place] else 2)
        features.append(row + like)
        if i + 1 < len(notes):
            gaps.append(gap_class(notes[i + 1].onset - note.onset))
            melisma.append(int(not notes[i + 1].starts))
        else:
            gaps.append(-100)
            melisma.append(-100)
        index += 1
    return features, gaps, melisma


class LineTune:
    """A line that is set, for later lines to compare with: places are units from its origin."""

    def __init__(self, first: int, bar: int):
        self.origin = origin(first, bar)
        self.places: list[int] = []
        self.pitches: list[int] = []
        self.chords: list[int] = []


def parallel(onsets: list[int], bar: int, before: list[LineTune]) -> tuple[LineTune | None, int, int]:
    """The parallel line of one with these onsets: the line, how many lines back, likeness class."""
    start = origin(onsets[0], bar)
    own = {onset - start for onset in onsets}
    best, far, likeness = None, 0, 0.0
    for back in PARALLEL:
        if back > len(before):
            continue
        there = set(before[-back].places)
        value = len(own & there) / len(own | there)
        if value >= 0.5 and value > likeness:
            best, far, likeness = before[-back], back, value
    return best, far, 0 if best is None else 3 if likeness == 1 else 2 if likeness >= 0.75 else 1


def same_chord(now: int, then: int | None) -> int:
    if then is None:
        return 0
    return 3 if now == then else 2 if now < CHORDS and then < CHORDS and now % 12 == then % 12 else 1


def registers(song: Song) -> list[int]:
    """Class of each line: mean pitch of its block of four lines against the song's mean."""
    count = song.syllables[-1].line + 1
    if count < 8:
        return [0] * count
    sums = [[0.0, 0] for _ in range((count + 3) // 4)]
    for note in song.notes:
        block = sums[song.syllables[note.syllable].line // 4]
        block[0] += note.pitch
        block[1] += 1
    mean = sum(s for s, _ in sums) / sum(n for _, n in sums)
    classes = []
    for total, n in sums:
        off = total / n - mean if n else 0.0
        classes.append(1 if off < -1 else 3 if off > 1 else 2)
    return [classes[line // 4] for line in range(count)]


def pitch_rows(song: Song) -> tuple[list[list[int]], list[int]]:
    bar = song.bar
    lines = _Lines(song)
    final = len(lines.first) - 1
    source = source_class(song)
    register = registers(song)
    notes = song.notes
    members: list[list[int]] = [[] for _ in lines.first]     # notes of each line
    for i, note in enumerate(notes):
        members[song.syllables[note.syllable].line].append(i)
    chord_began = {}
    at: dict[int, int] = {}            # onset -> pitch token, of the notes before
    chords_at: dict[int, int] = {}
    onsets: list[int] = []
    matches: dict[int, list[int]] = {lag: [] for lag in LAGS}
    par_match: list[int] = []
    tunes: list[LineTune] = []
    features, targets = [], []
    index, line = 0, -1
    low = high = peak = peak1 = NO_PITCH
    ends: list[int] = []
    par, far, likeness = None, 0, 0
    token = lambda k: notes[k].pitch - LOWEST if k >= 0 else NO_PITCH  # noqa: E731

    def step(k: int) -> int:
        return max(0, min(24, notes[k].pitch - notes[k - 1].pitch + 12)) if k >= 1 else 25

    def later(place: int) -> int:
        """Pitch of the first earlier note that begins after a place."""
        found = bisect.bisect_right(onsets, place)
        return token(found) if found < len(onsets) else NO_PITCH

    for i, note in enumerate(notes):
        s = note.syllable
        syllable = song.syllables[s]
        if syllable.line != line:
            line, index = syllable.line, 0
            if i:
                ends.append(token(i - 1))
                peak1 = peak
            peak = NO_PITCH
            own = [notes[k].onset for k in members[line]]
            par, far, likeness = parallel(own, bar, tunes)
            tunes.append(LineTune(note.onset, bar))
            par_match = []
        chord, following, change = chord_at(song, note.onset)
        began = max((onset for onset, _ in song.chords if onset <= note.onset), default=note.onset)
        before = notes[i - 1] if i else None
        rest = before is not None and before.onset + before.length < note.onset
        inside = index + 1 < len(members[line])
        after = notes[i + 1] if inside else None
        after_starts = after is not None and after.starts
        lagged = {lag: at.get(note.onset - lag * bar, NO_PITCH) for lag in LAGS}
        row = [
            song.metre, song.density, note.onset % bar, level(note.onset % bar, song.metre),
            gap_class(note.length), gap_class(note.onset - before.onset) if before else NO_GAP, int(rest),
            chord, following, change,
            syllable.stress if note.starts else 3, int(syllable.joined), min(16, lines.last[line] - s),
            min(8, index), line % 4, int(line == final), song.mode,
            token(i - 1), token(i - 2), token(i - 3), lagged[2], lagged[4], lagged[8],
            source, register[line],
            gap_class(after.onset - note.onset) if after else NO_GAP,
            gap_class(after.length) if after else NO_GAP,
            level(after.onset % bar, song.metre) if after else 5,
            song.syllables[after.syllable].stress if after_starts else 3,
            min(3, lines.word_index[s]), min(3, lines.word_left[s]), syllable.vowel, lines.rhyme[line],
            min(16, lines.last[line] - lines.first[line] + 1), notes[members[line][0]].onset % bar,
            max(0, min(7, (note.onset - tunes[-1].origin) // bar)), note.onset // bar % 8, min(4, final - line),
            min(64, notes[members[line][-1]].onset - note.onset), min(16, note.onset - began),
            chord_at(song, before.onset)[0] if before else NO_CHORD,
            token(i - 4), step(i - 1), step(i - 2), low, high, peak, peak1,
            ends[-1] if ends else NO_PITCH, ends[-2] if len(ends) > 1 else NO_PITCH, lagged[1], lagged[16],
        ]
        row += [_match(matches[lag]) for lag in LAGS]
        row += [same_chord(chord, chords_at.get(note.onset - lag * bar)) for lag in (2, 4, 8)]
        row += [later(note.onset - lag * bar) if note.onset - lag * bar >= notes[0].onset else NO_PITCH for lag in (4, 8)]
        place = note.onset - tunes[-1].origin
        exact = held = follow = NO_PITCH
        there = None
        if par is not None:
            for k, at_place in enumerate(par.places):
                if at_place <= place:
                    held = par.pitches[k]
                    exact = par.pitches[k] if at_place == place else NO_PITCH
                    there = par.chords[k]
                else:
                    follow = par.pitches[k]
                    break
        row += [exact, held, follow, _match(par_match), same_chord(chord, there), far, likeness]
        features.append(row)
        own_token = token(i)
        targets.append(own_token)
        for lag in LAGS:
            matches[lag].append(0 if lagged[lag] == NO_PITCH else 2 if lagged[lag] == own_token else 1)
        par_match.append(0 if exact == NO_PITCH else 2 if exact == own_token else 1)
        at[note.onset] = own_token
        chords_at[note.onset] = chord
        onsets.append(note.onset)
        low = own_token if low == NO_PITCH else min(low, own_token)
        high = own_token if high == NO_PITCH else max(high, own_token)
        peak = own_token if peak == NO_PITCH else max(peak, own_token)
        tunes[-1].places.append(place)
        tunes[-1].pitches.append(own_token)
        tunes[-1].chords.append(chord)
        index += 1
    return features, targets
