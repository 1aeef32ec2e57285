"""The lyric stage's data files, made from the corpus and the clean texts.

    python3 assets.py --language en --data DATA/text [--node-modules DIR]

    prototypes-LL.txt  the original songs (not the held-out ones), tagged: lines whose syntax new lines borrow
    words-LL.txt       words that may enter a line: tags with their shares, frequency
    ngrams-LL.bin      counts of 2- and 3-grams (English words) or 2- to 4-grams (Chinese characters) and of content
                       words that keep company, in all clean texts
    guard-LL.bin       Bloom filter of every 7-gram (English words) or 8-gram (Chinese characters) of all training text

Both .bin files are hash tables over token ids of vocabulary-LL.txt, see `fold`; the C++ side has the same function.
"""

from __future__ import annotations

import argparse
import json
import lzma
import math
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

import text

sys.path.insert(0, str(Path(__file__).parent.parent / "common"))
import contract  # noqa: E402

HERE = Path(__file__).parent
RUN = {"en": 7, "zh": 8}  # the guard's run length
CONTENT_EN = {"NN", "NNS", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "JJ", "JJR", "JJS", "CD"}
FUNCTION_EN = set("""be am is are was were been being have has had having do does did doing done will would can could
shall should may might must not no yes and or but if so as than then too very just only even still yet both either
neither each every all any some much many more most few little less least other another such own same who whom whose
which what when where why how there here this that these those i me my mine myself you your yours yourself he him his
himself she her hers herself it its itself we us our ours ourselves they them their theirs themselves let got get gets
getting gone going gonna wanna gotta one ones ain't oh hey ooh yeah la na like ever never always again ago away back
about because 'cause till til until while once twice""".split())


def mix(x: np.ndarray) -> np.ndarray:
    with np.errstate(over="ignore"):
        x = x + np.uint64(0x9E3779B97F4A7C15)
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


def fold(columns: list[np.ndarray], salt: int) -> np.ndarray:
    """64-bit hash of a run of token ids: h = salt; h = mix(h ^ (id + 1)) for each."""
    h = np.full(columns[0].shape, salt, dtype=np.uint64)
    for c in columns:
        h = mix(h ^ (c.astype(np.uint64) + np.uint64(1)))
    return h


# Tags -----------------------------------------------------------------------------------------------------------

def tag_en(lines: list[list[str]], node_modules: Path) -> list[list[str]]:
    feed = "\n".join(json.dumps(line) for line in lines) + "\n"
    result = subprocess.run(["node", str(HERE / "tag_english.js")], input=feed, capture_output=True, text=True, check=True,
                            env={**os.environ, "NODE_PATH": str(node_modules)})
    return [json.loads(line) for line in result.stdout.splitlines()]


def coarse_en(word: str, tag: str) -> str:
    """The tag of a word that may be replaced, `F` for the words that hold a line together, `,` for a comma."""
    if word == ",":
        return ","
    base = tag.split("+")[0]
    stem = re.sub(r"(n't|'s|'re|'ll|'ve|'d|'m|')$", "", word)
    if stem in FUNCTION_EN or "'" in word and stem in {"let", "that", "what", "who", "there", "here"}:
        return "F"
    if "+" in tag:
        # A noun's 's stays with whatever noun stands there: mother's, teacher's.
        return "NNS'" if base == "NNS" else "NN'" if base.startswith("NN") and word.endswith("'s") else "F"
    if base in ("NNP", "NNPS"):
        return "NN"
    if base == "RB":
        return "RB" if word.endswith("ly") else "F"
    return base if base in CONTENT_EN else "F"


class SegmenterZh:
    """Unigram segmentation with the jieba word list (longest path by frequency)."""

    def __init__(self, data: Path):
        self.frequency: dict[str, int] = {}
        self.pos: dict[str, str] = {}
        with lzma.open(data / "lexicons/zh_jieba_words.tsv.xz", "rt", encoding="utf-8") as file:
            for line in file:
                if line[0] == "#":
                    continue
                word, count, pos = line.rstrip("\n").split("\t")
                if len(word) > 4 or pos in ("nr", "nrt", "nrfg") and int(count) < 200 and len(word) > 1:
                    continue
                self.frequency[word] = max(1, int(count))
                self.pos[word] = pos
        # People of the translated sentences; without them their first characters would pass for words.
        for name in ("汤姆", "玛丽", "约翰", "杰克", "肯", "鲍勃", "凯特"):
            self.frequency.setdefault(name, 500)
            self.pos[name] = "nr"
        self.total = math.log(sum(self.frequency.values()))

    def cut(self, chars: str) -> list[str]:
        best = [0.0] + [-1e9] * len(chars)
        back = [0] * (len(chars) + 1)
        for i in range(len(chars)):
            for j in range(i + 1, min(len(chars), i + 4) + 1):
                piece = chars[i:j]
                count = self.frequency.get(piece, 1 if j == i + 1 else 0)
                if count and best[i] + math.log(count) - self.total > best[j]:
                    best[j], back[j] = best[i] + math.log(count) - self.total, i
        out, j = [], len(chars)
        while j:
            out.append(chars[back[j]:j])
            j = back[j]
        return out[::-1]

    def tag(self, word: str) -> str:
        if word in FUNCTION_ZH:
            return "F"
        pos = self.pos.get(word, "n" if len(word) > 1 else "F")
        if pos in ("n", "v", "a", "t", "s", "z", "b", "i", "l", "m", "f", "vn", "an", "ad", "ng", "vg", "ns", "d", "q", "r"):
            pos = {"vn": "v", "an": "a", "ad": "a", "ng": "n", "vg": "v", "b": "a", "z": "z", "ns": "ns"}.get(pos, pos)
            return "F" if pos in ("d", "r", "q", "f", "m") else pos
        return "F"


FUNCTION_ZH = set("""的 地 得 了 着 过 在 是 有 没 没有 不 别 也 都 就 才 还 又 再 很 太 更 最 只 把 被 给 跟 和 与 同 向 往 从 到 对
像 比 让 叫 使 为 因 因为 所以 如果 要是 虽然 但 但是 可 可是 却 而 而且 或 或者 我 你 他 她 它 我们 你们 他们 她们 它们 咱 咱们 自己
谁 什么 怎么 哪 哪里 哪儿 这 那 这里 那里 这样 那样 这么 那么 这个 那个 一 一个 两 几 每 每个 个 只 条 张 件 次 回 遍 下 上 里 中 内
外 前 后 间 边 头 来 去 起来 下来 出来 上来 过来 起 出 进 开 会 能 可以 要 想 应该 必须 得 吧 吗 呢 啊 呀 吗 嘛 哦 喔 啦 之 其
所 此 已 已经 正 正在 将 曾 曾经 一直 总 总是 永远 从来 也许 大概 原来 其实 只是 只有 不是 就是 还是 不会 不要 不能 不用 等 时 时候
说 做 用 好 多 少 大 小 看 走 一点 一样 一起 一切 所有 这些 那些 有些 有人 没人 人 们 第 样 点 些 成 完 见 住 着 掉 死 懂 到底""".split())


# Texts ----------------------------------------------------------------------------------------------------------

def documents_of(songs: list[dict], plain, language: str):
    """Every clean text as lists of tokens, with a weight for counting. A song's sections are texts of their own: what
    ends a verse and what begins the chorus is no phrase of the song, and in ours other sections may stand between."""
    for song in songs:
        for section in song["sections"]:
            yield 2, [text.tokens_of(line, language) for line in section["lines"]]
    for source, documents in plain:
        for lines in documents:
            yield {"<plain>": 2, "<talk>": 1, "<prose>": 1, "<verse-old>": 1}[source], lines


def table(hashes: np.ndarray, values: np.ndarray) -> bytes:
    """Open addressing, linear probing, 32-bit slots: a 24-bit fingerprint above an 8-bit value; 0 is empty."""
    size = 1
    while size < len(hashes) * 1.3:
        size *= 2
    slots = np.zeros(size, dtype=np.uint32)
    positions = (hashes & np.uint64(size - 1)).astype(np.int64)
    marks = (((hashes >> np.uint64(40)) << np.uint64(8)) | values.astype(np.uint64)).astype(np.uint32)
    pending = np.arange(len(hashes))
    while len(pending):
        place = positions[pending]
        free = slots[place] == 0
        first = np.zeros(len(pending), dtype=bool)
        candidates = np.flatnonzero(free)
        _, unique = np.unique(place[candidates], return_index=True)
        first[candidates[unique]] = True
        slots[place[first]] = marks[pending[first]]
        pending = pending[~first]
        positions[pending] = (positions[pending] + 1) & (size - 1)
    return np.uint32(size).tobytes() + slots.tobytes()


def quantise(counts: np.ndarray) -> np.ndarray:
    """8 ln(count) + 1, so that one byte holds 1 to e^31."""
    return np.clip(np.round(8.0 * np.log(counts)) + 1, 1, 255).astype(np.uint8)


def count_runs(arrays, weights, n: int, vocabulary: int, least: int):
    """Distinct n-grams of known tokens with a weighted count of at least `least`: (columns, counts)."""
    keys, amounts = [], []
    for ids, weight in zip(arrays, weights):
        if len(ids) < n:
            continue
        columns = [ids[i:len(ids) - n + 1 + i] for i in range(n)]
        good = np.all([c >= 0 for c in columns], axis=0)
        key = np.zeros(int(good.sum()), dtype=np.uint64)
        for c in columns:
            key = key * np.uint64(vocabulary) + c[good].astype(np.uint64)
        keys.append(key)
        amounts.append(np.full(len(key), weight, dtype=np.int32))
    key, inverse = np.unique(np.concatenate(keys), return_inverse=True)
    counts = np.bincount(inverse, weights=np.concatenate(amounts)).astype(np.int64)
    keep = counts >= least
    key, counts = key[keep], counts[keep]
    columns = []
    for _ in range(n):
        columns.append((key % np.uint64(vocabulary)).astype(np.int64))
        key = key // np.uint64(vocabulary)
    return columns[::-1], counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", choices=["en", "zh"], required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--node-modules", type=Path, help="folder that holds wink-pos-tagger (English)")
    parser.add_argument("--limit", type=float, default=1.0)
    parser.add_argument("--only", default="")
    args = parser.parse_args()
    language = args.language
    songs = text.read_songs(HERE / "corpus", language)
    vocabulary = (HERE / f"vocabulary-{language}.txt").read_text("utf-8").rstrip("\n").split("\n")
    ids = {t: i for i, t in enumerate(vocabulary)}
    plain = list(text.plain_texts(args.data, language, args.limit))
    segmenter = SegmenterZh(args.data) if language == "zh" else None
    reserved = len(text.SPECIAL) + len(text.CONTROL)

    if args.only in ("", "prototypes"):
        write_prototypes(songs, plain, language, ids, segmenter, args)
    if args.only in ("", "ngrams"):
        write_counts(songs, plain, language, ids, segmenter, reserved)
    print("contracts written anew:", ", ".join(contract.vouch_for_assets(HERE)) or "none")


def write_prototypes(songs, plain, language, ids, segmenter, args) -> None:
    kept = [s for s in songs if not text.is_held_out(s["title"], s["prompt"])]
    # A word that is only ever written with a capital inside a line is a name.
    capital, lower = Counter(), Counter()
    if language == "en":
        for song in songs:
            for section in song["sections"]:
                for line in section["lines"]:
                    for i, w in enumerate(re.findall(r"[A-Za-z]+", line)):
                        if w[0].isupper() and i > 0 and w not in ("I",):
                            capital[w.lower()] += 1
                        elif w[0].islower():
                            lower[w] += 1
    names = {w for w in capital if lower[w] == 0}
    shares: dict[str, Counter] = defaultdict(Counter)
    flat = [line for song in kept for section in song["sections"] for line in section["lines"]]
    tokens = [text.tokens_of(line, language) for line in flat]
    if language == "en":
        tags = tag_en(tokens, args.node_modules)
        sample = [line for source, docs in plain if source in ("<plain>", "<prose>") for d in docs for line in d][:160000]
        for line, marks in list(zip(tokens, tags)) + list(zip(sample, tag_en(sample, args.node_modules))):
            for w, t in zip(line, marks):
                shares[w][coarse_en(w, t)] += 1
        tags = [[("NAME" if w.removesuffix("'s") in names else coarse_en(w, t)) for w, t in zip(line, marks)]
                for line, marks in zip(tokens, tags)]
    else:
        words = [[w for part in re.split("(_)", "".join(line)) if part for w in (["_"] if part == "_" else segmenter.cut(part))]
                 for line in tokens]
        tokens = words
        tags = [["," if w == "_" else segmenter.tag(w) for w in line] for line in words]
        for source, docs in plain:
            for d in docs:
                for line in d:
                    for w in segmenter.cut("".join(line).replace("_", "")):
                        shares[w][segmenter.tag(w)] += 1
        for line, marks in zip(words, tags):
            for w, t in zip(line, marks):
                shares[w][t] += 3
    out, at = [], 0
    for song in kept:
        mood = song["mood"]
        out.append("S\t" + "\t".join([song["title"], song["genre"], song["pov"], song["tempo"], f"{mood['valence']:.2f}",
                                      f"{mood['arousal']:.2f}", "|".join(song["themes"]), song["prompt"],
                                      *(["polished"] if song.get("polished") else [])]))
        for section in song["sections"]:
            out.append(f"K\t{section['kind']}")
            for line in section["lines"]:
                out.append("L\t" + line.strip() + "\t" + " ".join(f"{w}/{t}" for w, t in zip(tokens[at], tags[at])))
                at += 1
    (HERE / f"prototypes-{language}.txt").write_text("\n".join(out) + "\n", "utf-8")
    rows = []
    blocked = {w for w in (HERE / "blocked.txt").read_text("utf-8").splitlines() if w and w[0] != "#"}
    for word, marks in shares.items():
        total = sum(marks.values())
        if word in blocked:
            continue
        if language == "en" and (word not in ids or word in names or "'" in word) or word in (",", "_"):
            continue
        if language == "zh" and (total < 3 or any(c not in ids for c in word)):
            continue
        good = [(t, n) for t, n in marks.most_common() if t != "F" and n >= max(2, 0.12 * total)]
        if good and marks["F"] < 0.5 * total:
            rows.append((-total, f"{word}\t{total}\t" + " ".join(f"{t}:{n / total:.2f}" for t, n in good)))
    rows.sort()
    (HERE / f"words-{language}.txt").write_text("\n".join(r for _, r in rows) + "\n", "utf-8")
    print(f"{len(kept)} songs, {at} lines, {len(rows)} words to choose from")


def write_counts(songs, plain, language, ids, segmenter, reserved) -> None:
    vocabulary = len(ids)
    arrays, weights, lines_of = [], [], []
    for weight, lines in documents_of(songs, plain, language):
        # Lines are joined with -1 (no run crosses) for counting; the guard joins them without.
        flat: list[int] = []
        for line in lines:
            flat.append(ids["<nl>"])
            flat += [ids.get(t, -1) for t in line]
        flat.append(ids["<nl>"])
        arrays.append(np.array(flat, dtype=np.int64))
        weights.append(weight)
    print(f"{sum(map(len, arrays)) / 1e6:.1f} M tokens")
    joined, parts = [], defaultdict(list)
    for a, w in zip(arrays, weights):
        parts[w].append(a)
        parts[w].append(np.array([-1]))
    grouped = [np.concatenate(p) for p in parts.values()]
    levels = list(parts.keys())
    orders = [(1, 1), (2, 2), (3, 3)] if language == "en" else [(1, 1), (2, 2), (3, 3), (4, 4)]
    blob, sizes = [], []
    for n, least in orders:
        columns, counts = count_runs(grouped, levels, n, vocabulary, least)
        blob.append(table(fold(columns, n), quantise(counts)))
        sizes.append(f"{n}: {len(counts)}")
    # Company: content words at most six words apart in one line.
    pair, single = Counter(), Counter()
    content = content_test(language, ids)
    for weight, lines in documents_of(songs, plain, language):
        for line in lines:
            words = line if language == "en" else segmenter.cut("".join(line).replace("_", ""))
            known = [content[w] for w in words if w in content]
            for i, a in enumerate(known):
                single[a] += weight
                for b in known[i + 1:i + 6]:
                    if a != b:
                        pair[(a, b) if a < b else (b, a)] += weight
    total = sum(single.values())
    keys, values = [], []
    for (a, b), n in pair.items():
        if n >= 3:
            pmi = math.log(n * total / (single[a] * single[b]) / 5.0) - 0.5 / math.sqrt(n)
            if pmi > 0.3:
                keys.append((a, b))
                values.append(min(255, 1 + round(24 * pmi)))
    columns = [np.array([k[0] for k in keys]), np.array([k[1] for k in keys])]
    blob.append(table(fold(columns, 99), np.array(values, dtype=np.uint8)))
    sizes.append(f"company: {len(keys)}")
    path = HERE / f"ngrams-{language}.bin"
    path.write_bytes(b"CNTNGR1\n" + np.uint32(len(blob)).tobytes() + b"".join(blob))
    print("n-grams", ", ".join(sizes), f"{path.stat().st_size / 1e6:.1f} MB")

    run = RUN[language]
    breaks = ids["<nl>"]
    pause = ids["," if language == "en" else "_"]
    hashes = []
    for a in grouped:
        bare = a[(a != breaks) & (a != pause)]
        columns = [bare[i:len(bare) - run + 1 + i] for i in range(run)]
        good = np.all([c >= 0 for c in columns], axis=0)
        hashes.append(np.unique(fold([c[good] for c in columns], 77)))
    hashes = np.unique(np.concatenate(hashes))
    bits = 1 << 26
    probes = 4
    filter_ = np.zeros(bits // 8, dtype=np.uint8)
    h = hashes
    for _ in range(probes):
        place = h & np.uint64(bits - 1)
        np.bitwise_or.at(filter_, (place >> np.uint64(3)).astype(np.int64), (1 << (place & np.uint64(7))).astype(np.uint8))
        h = mix(h)
    path = HERE / f"guard-{language}.bin"
    path.write_bytes(b"CNTGRD1\n" + np.array([run, probes], dtype=np.uint32).tobytes() + np.uint64(bits).tobytes()
                     + filter_.tobytes())
    full = np.unpackbits(filter_).mean()
    print(f"guard {len(hashes)} runs of {run}, {full:.2f} of the bits set, false alarms {full ** probes:.4f}, "
          f"{path.stat().st_size / 1e6:.1f} MB")


def content_test(language: str, ids: dict[str, int]) -> dict[str, int]:
    """Content words and the number that stands for each in the company table: its line in words-LL.txt."""
    rows = (HERE / f"words-{language}.txt").read_text("utf-8").splitlines()
    return {row.split("\t")[0]: i for i, row in enumerate(rows)}


if __name__ == "__main__":
    main()
