"""Check songs of the corpus: form, meter, rhyme, repetition, clichés; and the balance of the whole.

    python3 check.py --data DATA/text [FILE.jsonl ...] [--balance] [--quiet]

Each FILE is checked against all songs of its language in this folder; without one, all are. Prints one line a finding:
"error" for what must not be in the corpus (exit status 1), "note" for what a songwriter should look at again. --balance
adds counts of genres, moods, tempi, themes and rhyme sounds of the whole corpus.
"""

from __future__ import annotations

import argparse
import json
import lzma
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
import text  # noqa: E402

FIELDS = {"title", "language", "themes", "mood", "genre", "tempo", "pov", "prompt", "sections"}
RUN = {"en": 7, "zh": 8}  # tokens that two songs may not share in a row, as in the copy guard
LINE = {"en": (2, 16), "zh": (2, 16)}
USUAL = {"en": (4, 12), "zh": (4, 12)}
ARCHAIC = set("thee thou thy thine hath doth o'er e'er ne'er 'tis 'twas ere whence hither thither oft nay yon".split())
CLICHES = {
    "en": ["shattered soul", "endless dream", "broken wings", "set me free", "heart of gold", "reach for the stars", "light up the sky",
           "dance in the rain", "against the wind", "never let you go", "the fire inside", "chasing dreams", "neon dream", "electric night",
           "whispers in the", "tapestry", "symphony of", "echoes of", "follow your dreams", "spread your wings", "through the storm"],
    "zh": ["追逐梦想", "梦想起航", "展翅飞翔", "心中的梦", "岁月如歌", "时光荏苒", "永恒的爱", "灿烂人生", "放飞梦想", "青春无悔", "勇往直前", "天长地久",
           "海枯石烂", "心碎了一地", "璀璨星河", "不忘初心", "诗和远方", "岁月静好", "撕心裂肺", "梦的翅膀"],
}


def load_rhymes(data: Path) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    english: dict[str, set[str]] = defaultdict(set)
    with lzma.open(data / "lexicons/en_cmudict.tsv.xz", "rt", encoding="utf-8") as file:
        for line in file:
            if line[0] != "#":
                word, phones, *_ = line.rstrip("\n").split("\t")
                names = phones.split()
                # From the last stressed vowel on; a final unstressed syllable may also be sung stressed.
                vowels = [i for i, p in enumerate(names) if p[-1].isdigit()]
                stressed = [i for i in vowels if p_stress(names[i]) > 0] or vowels
                if vowels:
                    english[word].add(re.sub(r"\d", "", " ".join(names[stressed[-1]:])))
                    english[word].add(re.sub(r"\d", "", " ".join(names[vowels[-1]:])))
    finals = {}
    for line in (data / "lexicons/zh_rhyme_groups.tsv").read_text("utf-8").splitlines():
        if line[0] != "#":
            final, group, *_ = line.split("\t")
            finals[final] = group
    chinese: dict[str, set[str]] = defaultdict(set)
    with lzma.open(data / "lexicons/zh_char_rhyme.tsv.xz", "rt", encoding="utf-8") as file:
        for line in file:
            if line[0] != "#":
                char, _, _, final, *_ = line.rstrip("\n").split("\t")
                if final in finals:
                    chinese[char].add(finals[final])
    return english, chinese


def p_stress(phone: str) -> int:
    return int(phone[-1])


class Checker:
    def __init__(self, data: Path):
        self.english, self.chinese = load_rhymes(data)
        self.syllables = {"en": text.Syllables(data, "en"), "zh": text.Syllables(data, "zh")}

    def sounds(self, line: str, language: str) -> set[str]:
        tokens = [t for t in text.tokens_of(line, language) if t not in ",_"]
        if not tokens:
            return set()
        if language == "zh":
            return self.chinese.get(tokens[-1], set())
        word = tokens[-1]
        found = self.english.get(word) or self.english.get(word.rstrip("'"))
        if not found and word.endswith("in'"):
            found = self.english.get(word[:-1] + "g")
        if not found and word.endswith("'s"):
            found = {s + (" S" if s[-1] in "PTKF" else " Z") for s in self.english.get(word[:-2], set())}
        return found or set()

    def count(self, line: str, language: str) -> int:
        return sum(self.syllables[language].count(t) for t in text.tokens_of(line, language))

    def form(self, song: dict) -> list[str]:
        if missing := FIELDS - set(song):
            return [f"lacks {', '.join(sorted(missing))}"]
        out = []
        mood = song["mood"]
        if song["genre"] not in text.GENRES:
            out.append(f"genre {song['genre']}")
        if song["tempo"] not in text.TEMPI:
            out.append(f"tempo {song['tempo']}")
        if song["pov"] not in text.POVS:
            out.append(f"point of view {song['pov']}")
        if not all(isinstance(mood.get(k), (int, float)) and -1 <= mood[k] <= 1 for k in ("valence", "arousal")):
            out.append("mood without valence and arousal in -1..1")
        if not 2 <= len(song["themes"]) <= 7:
            out.append(f"{len(song['themes'])} themes")
        if not song["sections"] or not song["prompt"].strip() or not song["title"].strip():
            out.append("is empty")
        if song.get("polished", True) is not True:
            out.append("polished is true, or is not said")
        for section in song["sections"]:
            if section["kind"] not in text.KINDS:
                out.append(f"section {section['kind']}")
            if not 1 <= len(section["lines"]) <= 16:
                out.append(f"{len(section['lines'])} lines in a {section['kind']}")
        return out

    def craft(self, song: dict) -> tuple[list[str], list[str]]:
        """Errors and notes on one song of good form."""
        language, errors, notes = song["language"], [], []
        verses = []
        for section in song["sections"]:
            lines, kind = section["lines"], section["kind"]
            counts = [self.count(line, language) for line in lines]
            for line, count in zip(lines, counts):
                if not LINE[language][0] <= count <= LINE[language][1]:
                    errors.append(f"{count} syllables: {line}")
                elif not USUAL[language][0] <= count <= USUAL[language][1]:
                    notes.append(f"{count} syllables: {line}")
                words = set(text.tokens_of(line, language))
                if old := words & ARCHAIC:
                    errors.append(f"archaic {', '.join(sorted(old))}: {line}")
                for phrase in CLICHES[language]:
                    if phrase in line.lower():
                        notes.append(f"cliché '{phrase}': {line}")
            if kind == "verse":
                verses.append(counts)
            if len(lines) >= 4:
                notes += self.rhyme(lines[:4] if len(lines) < 8 else lines[-4:], language, kind)
        for other in verses[1:]:
            if len(other) == len(verses[0]):
                off = [i + 1 for i, (a, b) in enumerate(zip(verses[0], other)) if abs(a - b) > 1]
                if off:
                    notes.append(f"verses differ by more than a syllable in line {', '.join(map(str, off))}")
            elif len(other) < 3 or len(verses[0]) < 3:
                continue
        return errors, notes

    def rhyme(self, lines: list[str], language: str, kind: str) -> list[str]:
        sounds = [self.sounds(line, language) for line in lines]
        if not all(sounds):
            return []  # a word that the dictionary lacks

        def pair(a: int, b: int) -> bool:
            return bool(sounds[a] & sounds[b])

        if not (pair(1, 3) or (pair(0, 1) and pair(2, 3)) or pair(0, 2) or (pair(0, 3) and pair(1, 2))):
            near = " / ".join(line.split()[-1] if language == "en" else line[-1] for line in lines)
            return [f"{kind} does not rhyme: {near}"]
        ends = [text.tokens_of(line, language)[-1] for line in lines]
        if pair(1, 3) and ends[1] == ends[3] and lines[1] != lines[3]:
            return [f"{kind} rhymes {ends[1]} with itself"]
        return []


def balance(songs: list[dict], checker: Checker) -> None:
    language = songs[0]["language"]
    print(f"{language}: {len(songs)} songs, {sum(len(s['lines']) for g in songs for s in g['sections'])} lines")
    print("  genre  ", dict(Counter(s["genre"] for s in songs).most_common()))
    print("  tempo  ", dict(Counter(s["tempo"] for s in songs).most_common()))
    print("  view   ", dict(Counter(s["pov"] for s in songs).most_common()))
    print("  mood   ", dict(Counter("valence" + text.bucket(s["mood"]["valence"]) + " arousal" + text.bucket(s["mood"]["arousal"])
                                    for s in songs).most_common()))
    print("  short  ", sum(sum(len(p["lines"]) for p in s["sections"]) <= 10 for s in songs))
    themes = Counter(t for s in songs for t in s["themes"])
    print("  themes ", len(themes), "kinds;", dict(themes.most_common(30)))
    ends = Counter(sound for s in songs for p in s["sections"] for line in p["lines"]
                   for sound in sorted(checker.sounds(line, language))[:1])
    print("  rhymes ", dict(ends.most_common(40)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder with lexicons/")
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--balance", action="store_true")
    parser.add_argument("--quiet", action="store_true", help="counts of notes instead of each")
    args = parser.parse_args()
    checker = Checker(args.data)
    files = [f.resolve() for f in args.files] or sorted(HERE.glob("*.jsonl"))
    failed = False
    loaded: dict[str, list[tuple[str, dict]]] = defaultdict(list)
    for path in sorted({*files, *(p for p in HERE.glob("*.jsonl"))}):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            try:
                song = json.loads(line)
                loaded[song["language"]].append((f"{path.name}:{number}", song))
            except (ValueError, KeyError, TypeError) as problem:
                if path in files:
                    print(f"error {path.name}:{number}: not a song ({problem})")
                    failed = True
    names = {f.name for f in files}
    kinds: Counter = Counter()
    for language, songs in loaded.items():
        line_at: dict[str, str] = {}
        run_at: dict[tuple, str] = {}
        title_at: dict[str, str] = {}
        good = []
        for where, song in songs:
            errors = checker.form(song)
            notes: list[str] = []
            if not errors:
                good.append(song)
                errors, notes = checker.craft(song)
                title = song["title"].lower()
                if title in title_at:
                    notes.append(f"title also at {title_at[title]}")
                title_at.setdefault(title, where)
                for section in song["sections"]:
                    for line in section["lines"]:
                        tokens = [t for t in text.tokens_of(line, language) if t not in ",_"]
                        plain = " ".join(tokens)
                        if len(tokens) > 3 and line_at.get(plain, where) != where:
                            errors.append(f"line also at {line_at[plain]}: {line}")
                        line_at.setdefault(plain, where)
                        for i in range(len(tokens) - RUN[language] + 1):
                            run = tuple(tokens[i:i + RUN[language]])
                            if run_at.get(run, where) != where and line_at[plain] == where:
                                errors.append(f"{RUN[language]} in a row also at {run_at[run]}: {line}")
                            run_at.setdefault(run, where)
            if where.split(":")[0] in names:
                for error in errors:
                    print(f"error {where} {song.get('title')}: {error}")
                    failed = True
                for note in notes:
                    kinds[re.split(r"[:']", note)[0]] += 1
                    if not args.quiet:
                        print(f"note {where} {song.get('title')}: {note}")
        if args.balance and good:
            balance(good, checker)
    if args.quiet:
        print("notes:", sum(kinds.values()), dict(kinds.most_common(12)))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
