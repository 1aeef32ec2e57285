"""Other wordings of the corpus's lines, written by hand, and the words under which a song is looked for.

    python3 wordings.py show --language en --part 3     the songs of a part, to write for
    python3 wordings.py check --data DATA/text FILE ...  whether wordings fit their lines
    python3 wordings.py compile --language en --data DATA/text  the product's ../wordings-LL.txt, of what fits

A file of wordings/ holds, for each song of a part:

    #1f2e3d Title                                        as `show` prints it
    @ cat; breakfast; pet; lazy morning                  what a person who wants this song might ask for
    2 spoons=mugs|books; wrapped=rolled|stacked          line number, words of the line = words that may stand there
                                                         instead, of whole phrases the best first: it is sung most
    & 4 {}, {}, you silly cat                            a line as it is sung where the request brings a name, {}: the
                                                         syllables that are left are the name's, and the end rhymes alike

A new line is a corpus line with some of its words exchanged, so each wording has to be right whatever stands at the
line's other places. Wordings keep the syllables, those at a line's end the rhyme.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
import text  # noqa: E402

PART = 40  # songs
NAME = "{}"
LONGEST = {"en": 6, "zh": 7}  # words (characters) in a row that may stay, as the copy guard has it


def identity(song: dict) -> str:
    return hashlib.sha256(f"{song['title']}|{song['prompt']}".encode()).hexdigest()[:6]


def training_songs(language: str) -> list[dict]:
    return [s for s in text.read_songs(HERE, language) if not text.is_held_out(s["title"], s["prompt"])]


def distinct_lines(song: dict) -> list[str]:
    """The lines that have a number: each once, in the order of the song."""
    return list(dict.fromkeys(line.strip() for section in song["sections"] for line in section["lines"]))


def bare(line: str, language: str) -> list[str]:
    return [t for t in text.tokens_of(line, language) if t not in (",", "_")]


class Wordings:
    """What one song has: the words it is looked for with, and for each line number its slots."""

    def __init__(self):
        self.subjects: list[str] = []
        self.slots: dict[int, list[tuple[str, list[str]]]] = {}
        self.called: dict[int, list[str]] = {}  # lines with a name, {}


def parse(path: Path) -> tuple[dict[str, Wordings], list[str]]:
    songs: dict[str, Wordings] = {}
    problems: list[str] = []
    here: Wordings | None = None
    for number, row in enumerate(path.read_text("utf-8").splitlines(), 1):
        row = row.strip()
        if not row:
            continue
        if row[0] == "#":
            here = songs.setdefault(row[1:7], Wordings())
        elif here is None:
            problems.append(f"{path.name}:{number}: no song yet")
        elif row[0] in "@＠":
            here.subjects += [s.strip().lower() for s in re.split("[;；,，]", row[1:]) if s.strip()]
        elif match := re.match(r"&\s*(\d+)\s+(.*)", row):
            here.called.setdefault(int(match[1]), []).append(match[2].strip())
        elif match := re.match(r"(\d+)\s+(.*)", row):
            for slot in re.split("[;；]", match[2]):
                if not slot.strip():
                    continue
                words, _, others = slot.partition("=")
                kept = [o.strip() for o in re.split("[|｜]", others) if o.strip() and o.strip() != words.strip()]
                if kept:
                    here.slots.setdefault(int(match[1]), []).append((words.strip(), kept))
                else:
                    problems.append(f"{path.name}:{number}: no other wording in '{slot.strip()}'")
        else:
            problems.append(f"{path.name}:{number}: not a row of wordings: {row[:40]}")
    return songs, problems


def place(tokens: list[str], words: list[str]) -> int:
    """Where the words stand in a row, or -1."""
    for i in range(len(tokens) - len(words) + 1):
        if words and tokens[i:i + len(words)] == words:
            return i
    return -1


def differing(words: list[str], wordings: list[list[str]]) -> set[int]:
    """The positions of `words` that are another word in some wording; what all begin or end with stays."""
    found: set[int] = set()
    for other in wordings:
        begin = 0
        while begin < min(len(words), len(other)) and words[begin] == other[begin]:
            begin += 1
        end = 0
        while end < min(len(words), len(other)) - begin and words[-1 - end] == other[-1 - end]:
            end += 1
        if len(words) == len(other):
            found |= {i for i in range(begin, len(words) - end) if words[i] != other[i]}
        else:
            found |= set(range(begin, max(begin + 1, len(words) - end))) & set(range(len(words)))
    return found


class Checker:
    def __init__(self, data: Path, language: str):
        import check
        self.language = language
        self.check = check.Checker(data)

    def slot(self, line: str, words: str, others: list[str]) -> tuple[tuple[int, int] | None, list[str], list[str]]:
        """Place and length of a slot in the line's tokens, the wordings that fit, and what is wrong."""
        tokens = text.tokens_of(line, self.language)
        span = bare(words, self.language)
        at = place(tokens, span)
        if at < 0:
            return None, [], [f"'{words}' is not in: {line}"]
        good, problems = [], []
        count = sum(self.check.syllables[self.language].count(t) for t in span)
        last = at + len(span) == len(tokens)
        for other in others:
            new = bare(other, self.language)
            have = sum(self.check.syllables[self.language].count(t) for t in new)
            if have != count:
                problems.append(f"'{other}' has {have} syllables, '{words}' {count}: {line}")
            elif last and not self.check.sounds(words, self.language) & self.check.sounds(other, self.language):
                problems.append(f"'{other}' does not rhyme with '{words}': {line}")
            elif new != span:
                good.append(other)
        return (at, len(span)), good, problems

    def syllables(self, line: str) -> int:
        return sum(self.check.syllables[self.language].count(t) for t in bare(line, self.language))

    def called(self, line: str, named: str, rhymes: bool) -> tuple[int, str]:
        """The syllables of the name in a line that is sung with one, and what is wrong. `rhymes`: the line it stands for has
        a rhyme."""
        names = named.count(NAME)
        left = self.syllables(line) - self.syllables(named.replace(NAME, " "))
        if names == 0 or left < names or left % names:
            return 0, f"{left} syllables are left for {names} names in '{named}': {line}"
        if re.search(r"\{\}\W*$", named):
            return left // names, f"a name has no rhyme in '{named}': {line}" if rhymes else ""
        rhyming = self.check.sounds(line, self.language) & self.check.sounds(named.replace(NAME, " "), self.language)
        return left // names, "" if rhyming else f"'{named}' does not rhyme with: {line}"

    def rhymes(self, song: dict, line: str) -> bool:
        return any(self.check.sounds(other, self.language) & self.check.sounds(line, self.language)
                   for section in song["sections"] if line in (x.strip() for x in section["lines"])
                   for other in section["lines"] if other.strip() != line)

    def song(self, song: dict, wordings: Wordings) -> list[str]:
        lines = distinct_lines(song)
        ends: dict[str, set[str]] = {}  # of the other lines of its section
        for section in song["sections"]:
            last = {line.strip(): bare(line, self.language)[-1:] for line in section["lines"]}
            for line in last:
                ends.setdefault(line, set()).update(e for other, end in last.items() if other != line for e in end)
        changed: dict[str, set[int]] = {}
        problems = []
        if not wordings.subjects:
            problems.append("no @ row")
        for number, slots in wordings.slots.items():
            if not 1 <= number <= len(lines):
                problems.append(f"has no line {number}")
                continue
            line = lines[number - 1]
            taken: set[int] = set()
            for words, others in slots:
                span, good, wrong = self.slot(line, words, others)
                problems += wrong
                if span and span[0] + span[1] == len(text.tokens_of(line, self.language)):
                    for other in good:
                        if bare(other, self.language)[-1] in ends[line]:
                            problems.append(f"'{other}' ends like another line of its section: {line}")
                    good = [o for o in good if bare(o, self.language)[-1] not in ends[line]]
                if span and taken & set(range(span[0], span[0] + span[1])):
                    problems.append(f"'{words}' overlaps another place: {line}")
                elif span and good:
                    taken |= {span[0] + i for i in differing(bare(words, self.language), [bare(o, self.language) for o in good])}
            changed[line] = taken
        for number, rows in wordings.called.items():
            if not 1 <= number <= len(lines):
                problems.append(f"has no line {number}")
                continue
            line = lines[number - 1]
            problems += [wrong for row in rows if (wrong := self.called(line, row, self.rhymes(song, line))[1])]
        run = 0
        for section in song["sections"]:
            for line in section["lines"]:
                line = line.strip()
                tokens = text.tokens_of(line, self.language)
                if len(bare(line, self.language)) > LONGEST[self.language] - 1 and not changed.get(line):
                    problems.append(f"nothing changes in: {line}")
                    run = 0
                    continue
                for i, token in enumerate(tokens):
                    if token in (",", "_"):
                        continue
                    run = 0 if i in changed.get(line, set()) else run + 1
                    if run > LONGEST[self.language]:
                        problems.append(f"more than {LONGEST[self.language]} in a row stay up to '{token}' in: {line}")
                        run = 0
        return problems


def show(language: str, part: int) -> None:
    songs = training_songs(language)[(part - 1) * PART:part * PART]
    for song in songs:
        print(f"#{identity(song)} {song['title']}  ({song['genre']}; {', '.join(song['themes'])}) {song['prompt']}")
        numbers = {line: i for i, line in enumerate(distinct_lines(song), 1)}
        seen: set[str] = set()
        for section in song["sections"]:
            print(f"[{section['kind']}]")
            for line in section["lines"]:
                line = line.strip()
                print(f"(={numbers[line]})" if line in seen else f"{numbers[line]} {line}")
                seen.add(line)
        print()


def check_files(data: Path, files: list[Path]) -> int:
    failed = 0
    for path in files:
        language = path.name[:2]
        checker = Checker(data, language)
        known = {identity(s): s for s in training_songs(language)}
        songs, problems = parse(path)
        for problem in problems:
            print(problem)
        failed += len(problems)
        for name, wordings in songs.items():
            if name not in known:
                print(f"#{name}: no such song")
                failed += 1
                continue
            for problem in checker.song(known[name], wordings):
                print(f"#{name} {known[name]['title']}: {problem}")
                failed += 1
        print(f"{path.name}: {len(songs)} songs, {failed} findings")
    return failed


def segments(pieces: list[str], begin: int, count: int) -> tuple[int, int, str, str]:
    """The whole words that hold `count` characters from `begin` on: their first, how many, and what of them stands
    before and after those characters."""
    starts, at = [], 0
    for piece in pieces:
        starts.append(at)
        at += 0 if piece == "_" else len(piece)
    starts.append(at)
    first = max(i for i in range(len(pieces)) if starts[i] <= begin and pieces[i] != "_")
    last = next(i for i in range(len(pieces)) if starts[i + 1] >= begin + count)
    chars = "".join(pieces[first:last + 1]).replace("_", "")
    offset = begin - starts[first]
    return first, last - first + 1, chars[:offset], chars[offset + count:]


def called_tokens(named: str, language: str, segmenter) -> list[str]:
    """The tokens of a line with a name; {} stands for it, "," or "_" for a pause."""
    stand_in = {"en": "zxname", "zh": "龘"}[language]
    tokens = text.tokens_of(named.replace(NAME, stand_in), language)
    if language == "en":
        return [t.replace(stand_in, NAME) for t in tokens]
    pieces = [p for p in re.split(f"(_|{stand_in})", "".join(tokens)) if p]
    return [w for p in pieces for w in ([NAME] if p == stand_in else [p] if p == "_" else segmenter.cut(p))]


def compile_wordings(data: Path, language: str) -> None:
    """Rows of wordings-LL.txt, fields parted by tabs: `S`, number of the song in prototypes-LL.txt, title, subjects parted
    by |; `L`, section, line, places parted by `;`: first token, tokens, wordings parted by |, their words by spaces; `C`,
    section, line, as it is sung with a name: syllables of the name, the line and its tokens, parted by `=`."""
    import assets
    segmenter = assets.SegmenterZh(data) if language == "zh" else None
    checker = Checker(data, language)
    all_wordings: dict[str, Wordings] = {}
    for path in sorted((HERE / "wordings").glob(f"{language}_*.txt")):
        for name, wordings in parse(path)[0].items():
            # Names have a file of their own.
            own = all_wordings.setdefault(name, Wordings())
            if wordings.subjects or wordings.slots:
                own.subjects, own.slots = wordings.subjects, wordings.slots
            if wordings.called:
                own.called = wordings.called
    songs: list[tuple[str, list[list[tuple[str, list[str]]]], str]] = []  # identity, sections of (line, tokens), title
    for row in (HERE.parent / f"prototypes-{language}.txt").read_text("utf-8").splitlines():
        fields = row.split("\t")
        if fields[0] == "S":
            songs.append((hashlib.sha256(f"{fields[1]}|{fields[8]}".encode()).hexdigest()[:6], [], fields[1]))
        elif fields[0] == "K":
            songs[-1][1].append([])
        elif fields[2]:
            songs[-1][1][-1].append((fields[1], [piece.rsplit("/", 1)[0] for piece in fields[2].split(" ")]))
    out, told, lines_told, places, left_out = [], 0, 0, 0, 0
    for number, (name, sections, title) in enumerate(songs):
        wordings = all_wordings.get(name)
        if wordings is None:
            continue
        told += 1
        out.append(f"S\t{number}\t{title}\t" + "|".join(wordings.subjects))
        calls: list[str] = []
        numbers = {line: i for i, line in enumerate(dict.fromkeys(line for s in sections for line, _ in s), 1)}
        for s, section in enumerate(sections):
            for at, (line, pieces) in enumerate(section):
                row, taken = [], set()
                for words, others in wordings.slots.get(numbers[line], []):
                    span, good, problems = checker.slot(line, words, others)
                    left_out += len(problems)
                    if not good:
                        continue
                    begin, count = span
                    if segmenter:
                        # The checker counts pauses as tokens of the line, the segments do not.
                        tokens = text.tokens_of(line, language)
                        begin -= tokens[:begin].count("_")
                        begin, count, before, after = segments(pieces, begin, len(bare(words, language)))
                        new = [segmenter.cut(before + "".join(bare(o, language)) + after) for o in good]
                        if "_" in pieces[begin:begin + count]:
                            continue
                    else:
                        new = [bare(o, language) for o in good]
                    if taken & set(range(begin, begin + count)):
                        continue
                    taken |= set(range(begin, begin + count))
                    row.append((begin, count, new))
                for named in wordings.called.get(numbers[line], []):
                    # Rhymes were checked where the file was written.
                    syllables, _ = checker.called(line, named, False)
                    if syllables == 0:
                        left_out += 1
                        continue
                    calls.append(f"C\t{s}\t{at}\t{syllables}={named}={' '.join(called_tokens(named, language, segmenter))}")
                row.sort()
                if row:
                    lines_told += 1
                    places += len(row)
                    out.append(f"L\t{s}\t{at}\t" + ";".join(
                        f"{begin}:{count}=" + "|".join(" ".join(words) for words in new) for begin, count, new in row))
        out += calls
    path = HERE.parent / f"wordings-{language}.txt"
    path.write_text("\n".join(out) + "\n", "utf-8")
    print(f"{path.name}: {told} of {len(songs)} songs, {lines_told} lines, {places} places, {left_out} wordings left out, "
          f"{path.stat().st_size / 1e6:.2f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["show", "check", "compile"])
    parser.add_argument("--language", choices=["en", "zh"])
    parser.add_argument("--part", type=int, default=1)
    parser.add_argument("--data", type=Path)
    parser.add_argument("files", type=Path, nargs="*")
    args = parser.parse_intermixed_args()
    if args.what == "show":
        show(args.language, args.part)
    elif args.what == "compile":
        compile_wordings(args.data, args.language)
    else:
        raise SystemExit(1 if check_files(args.data, args.files) else 0)


if __name__ == "__main__":
    main()
