"""Train the lyric critic on one thread: real lines, some of whose content words were exchanged for others.

    python3 train_critic.py --language en --data DATA/text --minutes 30 [--resume]

The exchanged words are mates (exchange-<language>.txt) or of the same part of speech, drawn so that they go with a neighbour
(counts of pairs) or with the subject (a near word of another word of the lines), which is what the line editor does too. Measured on the held-out songs:
how often a line is believed above its own exchanged copy, beside the counts of 3-grams alone and the line model.
Begins with the embeddings of checkpoint-<language>.pt; writes checkpoint-critic-<language>.pt.
"""

from __future__ import annotations

import argparse
import bisect
import math
import random
import time
from collections import Counter, defaultdict
from pathlib import Path

import torch
from torch.nn import functional as F

import text
from assets import SegmenterZh
from critic import Critic
from model import from_state

HERE = Path(__file__).parent
LENGTH = 52


class Exchanger:
    """Puts other words of the same kind into lines of words."""

    def __init__(self, language: str, lines: list[list[str]]):
        self.language = language
        self.tags: dict[str, list[str]] = {}
        by_tag: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for row in (HERE / f"words-{language}.txt").read_text("utf-8").splitlines():
            word, count, shares = row.split("\t")
            kinds = [s.rsplit(":", 1) for s in shares.split()]
            self.tags[word] = [k for k, share in kinds if float(share) >= 0.3]
            for kind, share in kinds:
                if float(share) >= 0.3:
                    by_tag[kind].append((word, (int(count) * float(share)) ** 0.6))
        self.words = {k: [w for w, _ in v] for k, v in by_tag.items()}
        self.sums: dict[str, list[float]] = {}
        for kind, rows in by_tag.items():
            total, sums = 0.0, []
            for _, weight in rows:
                total += weight
                sums.append(total)
            self.sums[kind] = sums
        self.after: dict[str, Counter] = defaultdict(Counter)   # left neighbour -> words
        self.before: dict[str, Counter] = defaultdict(Counter)  # right neighbour -> words
        for line in lines:
            for a, b in zip(["<nl>"] + line, line + ["<nl>"]):
                if b in self.tags:
                    self.after[a][b] += 1
                if a in self.tags:
                    self.before[b][a] += 1
        self.near: dict[str, list[str]] = {}
        self.mates: dict[str, list[str]] = defaultdict(list)
        for row in (HERE / f"exchange-{language}.txt").read_text("utf-8").splitlines():
            words = row.split("\t")[1].split()
            for word in words:
                self.mates[word] += [w for w in words if w != word]

    def learn_neighbours(self, embeddings: torch.Tensor, ids: dict[str, int]) -> None:
        """The 40 nearest words of each word, by the line model's embeddings (a mean over characters in Chinese)."""
        words = [w for w in self.tags if all(c in ids for c in ([w] if self.language == "en" else w))]
        rows = torch.stack([embeddings[[ids[c] for c in ([w] if self.language == "en" else w)]].mean(0) for w in words])
        rows = F.normalize(rows - rows.mean(0), dim=1)
        for start in range(0, len(words), 512):
            top = (rows[start:start + 512] @ rows.t()).topk(41, dim=1).indices.tolist()
            for i, found in enumerate(top):
                self.near[words[start + i]] = [words[j] for j in found[1:]]

    def pick(self, line: list[str], at: int, company: list[str], rng: random.Random) -> str | None:
        word = line[at]
        kind = rng.choice(self.tags[word])
        left, right = line[at - 1] if at else "<nl>", line[at + 1] if at + 1 < len(line) else "<nl>"
        pool: list[str] = []
        # The editor mostly takes mates; some of them do not fit every line.
        if self.mates[word] and rng.random() < 0.3:
            return rng.choice(self.mates[word])
        way = rng.random()
        if way < 0.35:
            table = self.after[left] if rng.random() < 0.5 else self.before[right]
            if table:
                pool = rng.choices(list(table), weights=[c ** 0.5 for c in table.values()], k=10) if len(table) < 400 else \
                    rng.sample(list(table), 40)
        elif way < 0.7 and company:
            near = self.near.get(rng.choice(company), [])
            pool = near[:]
            for other in near[:3]:
                pool += self.near.get(other, [])[:12]
        sums = self.sums[kind]
        pool += [self.words[kind][bisect.bisect_left(sums, rng.random() * sums[-1])] for _ in range(4)]
        best, best_score = None, -1e9
        for other in pool:
            if other == word or kind not in self.tags.get(other, ()) or abs(len(other) - len(word)) > (4 if self.language == "en" else 1):
                continue
            score = 0.7 * math.log(1 + self.after[left][other]) + 0.7 * math.log(1 + self.before[right][other]) + rng.gauss(0, 1.3)
            if score > best_score:
                best, best_score = other, score
        return best

    def corrupt(self, lines: list[list[str]], rng: random.Random, share: float) -> list[list[tuple[str, bool]]]:
        """Words of the lines, each with whether it was exchanged; `share` of the lines have one to three of these."""
        content = [w for line in lines for w in line if w in self.tags]
        out = []
        for line in lines:
            marked = [(w, False) for w in line]
            places = [i for i, w in enumerate(line) if w in self.tags and self.tags[w]]
            if places and rng.random() < share:
                changed = list(line)
                for at in rng.sample(places, min(len(places), rng.choice([1, 1, 1, 2, 2, 3]))):
                    other = self.pick(changed, at, content, rng)
                    if other is not None:
                        changed[at] = other
                        marked[at] = (other, True)
            out.append(marked)
        return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", choices=["en", "zh"], required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=30, help="of processor time")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=1.2e-3)
    parser.add_argument("--plain", type=float, default=1.0)
    parser.add_argument("--resume", action="store_true")
    args = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(1)
    language = args.language
    rng = random.Random(2 if args.resume else 1)
    segmenter = SegmenterZh(args.data) if language == "zh" else None

    def words_of(tokens: list[str]) -> list[str]:
        if segmenter is None:
            return tokens
        out: list[str] = []
        part = ""
        for c in tokens + ["_"]:
            if c == "_":
                out += segmenter.cut(part)
                out.append("_")
                part = ""
            elif len(c) == 1:
                part += c
        return out[:-1]

    songs = text.read_songs(HERE / "corpus", language)
    train, held = [], []
    for song in songs:
        target = held if text.is_held_out(song["title"], song["prompt"]) else train
        target.append([words_of(text.tokens_of(line, language)) for section in song["sections"] for line in section["lines"]])
    documents = [[words_of(line) for line in d] for _, docs in text.plain_texts(args.data, language, args.plain) for d in docs]
    vocabulary = (HERE / f"vocabulary-{language}.txt").read_text("utf-8").rstrip("\n").split("\n")
    ids = {t: i for i, t in enumerate(vocabulary)}
    state = torch.load(HERE / f"checkpoint-{language}.pt")["model"]
    exchanger = Exchanger(language, [line for d in train * 2 + documents for line in d])
    exchanger.learn_neighbours(state["embed.weight"], ids)
    weights = [len(d) for d in documents]
    sums, total = [], 0
    for w in weights:
        total += w
        sums.append(total)
    print(f"{len(train)} songs, {len(documents)} other documents, {total} lines", flush=True)

    model = Critic(len(vocabulary), narrow=state["embed.weight"].shape[1])
    model.embed.weight.data.copy_(state["embed.weight"])
    checkpoint = HERE / f"checkpoint-critic-{language}.pt"
    if args.resume:
        model.load_state_dict(torch.load(checkpoint)["model"])
    print(f"{sum(p.numel() for p in model.parameters()) / 1e6:.2f} M parameters", flush=True)
    optimizer = torch.optim.AdamW(model.parameters(), lr=args.rate, betas=(0.9, 0.98), weight_decay=0.01)
    unknown, newline = ids["<unk>"], ids["<nl>"]

    def encode(lines: list[list[tuple[str, bool]]]) -> tuple[list[int], list[int]]:
        tokens, labels = [newline], [-1]
        for line in lines:
            for word, exchanged in line:
                for piece in ([word] if language == "en" or word == "_" else word):
                    tokens.append(ids.get(piece, unknown))
                    labels.append(-1 if piece in ",_" else int(exchanged))
            tokens.append(newline)
            labels.append(-1)
        return tokens[:LENGTH], labels[:LENGTH]

    def window(song_share: float) -> list[list[str]]:
        lines = rng.choice(train) if rng.random() < song_share else documents[bisect.bisect_left(sums, rng.random() * total)]
        start = rng.randrange(max(1, len(lines) - 2))
        return lines[start:start + rng.randint(1, 5)]

    def batch_of(song_share: float):
        rows = [encode(exchanger.corrupt(window(song_share), rng, 0.55)) for _ in range(args.batch)]
        longest = max(len(t) for t, _ in rows)
        tokens = torch.zeros(len(rows), longest, dtype=torch.long)
        labels = torch.full((len(rows), longest), -1, dtype=torch.long)
        for i, (t, l) in enumerate(rows):
            tokens[i, :len(t)] = torch.tensor(t)
            labels[i, :len(l)] = torch.tensor(l)
        return tokens, labels

    tests = held_pairs(exchanger, held)

    def evaluate(show: int = 0) -> float:
        """Share of held-out lines that are believed above their exchanged copy, two lines of context before them."""
        model.eval()
        right = 0.0
        with torch.no_grad():
            for k, (context, line, changed) in enumerate(tests):
                scores = []
                for marked in ([(w, False) for w in line], changed):
                    before = [[(w, False) for w in c] for c in context]
                    tokens, _ = encode(before + [marked])
                    head = len(encode(before)[0])
                    logits = model(torch.tensor([tokens]))[0, head:]
                    scores.append(float(-F.softplus(logits).sum()))
                right += scores[0] > scores[1]
                if k < show:
                    print("  ", " ".join(line), "|", " ".join(w for w, _ in changed), f"{scores[0]:.2f} {scores[1]:.2f}")
        model.train()
        return right / len(tests)

    began = time.process_time()
    limit = args.minutes * 60
    step, losses = 0, []
    average, averaged = None, 0
    last_report = last_save = time.time()
    print(f"line model prefers the true line {line_model_accuracy(state, vocabulary, language, tests, args.data):.3f}; "
          f"3-gram counts {count_accuracy(exchanger, tests):.3f}", flush=True)

    def save(note: str) -> None:
        current = {k: v.clone() for k, v in model.state_dict().items()}
        if averaged > 3:
            model.load_state_dict({k: (v / averaged).float() for k, v in average.items()})
        accuracy = evaluate(6)
        torch.save({"model": model.state_dict(), "accuracy": accuracy, "step": step}, checkpoint)
        model.load_state_dict(current)
        print(f"{note}: step {step}, prefers the true line {accuracy:.3f}", flush=True)

    model.train()
    while (elapsed := time.process_time() - began) < limit:
        progress = elapsed / limit
        rate = args.rate * min(1.0, (step + 1) / 150) * (0.04 + 0.96 * 0.5 * (1 + math.cos(math.pi * progress)))
        for group in optimizer.param_groups:
            group["lr"] = rate
        tokens, labels = batch_of(0.2 if progress < 0.6 else 0.45)
        logits = model(tokens)
        wanted = labels >= 0
        loss = F.binary_cross_entropy_with_logits(logits[wanted], labels[wanted].float())
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        step += 1
        losses.append(float(loss))
        if progress > 0.85 and step % 20 == 0:
            average = {k: v.double() + (average[k] if average else 0) for k, v in model.state_dict().items()}
            averaged += 1
        if time.time() - last_report > 30:
            print(f"{elapsed:5.0f} s step {step} {step * args.batch / max(1, elapsed):.0f} windows/s "
                  f"loss {sum(losses[-200:]) / len(losses[-200:]):.4f}", flush=True)
            last_report = time.time()
        if time.time() - last_save > 300:
            save("saved")
            last_save = time.time()
    save("final")


def held_pairs(exchanger: Exchanger, held, count: int = 1500):
    rng = random.Random(9)
    tests = []
    while len(tests) < count:
        lines = rng.choice(held)
        at = rng.randrange(len(lines))
        context = lines[max(0, at - 2):at]
        changed = exchanger.corrupt(context + [lines[at]], rng, 1.0)[-1]
        if any(c for _, c in changed):
            tests.append((context, lines[at], changed))
    return tests


def count_accuracy(exchanger: Exchanger, tests) -> float:
    right = 0.0
    for _, line, changed in tests:
        def score(words: list[str]) -> float:
            padded = ["<nl>"] + words + ["<nl>"]
            return sum(math.log(0.1 + exchanger.after[a][b]) + math.log(0.1 + exchanger.before[b][a]) for a, b in zip(padded, padded[1:]))
        a, b = score(line), score([w for w, _ in changed])
        right += (a > b) + 0.5 * (a == b)
    return right / len(tests)


def line_model_accuracy(state, vocabulary, language, tests, data: Path) -> float:
    model = from_state(state)
    model.eval()
    encoder = text.Encoder(vocabulary, text.Syllables(data, language), language)

    def split(words: list[str]) -> list[str]:
        return words if language == "en" else [c for w in words for c in (["_"] if w == "_" else w)]

    right = 0.0
    with torch.no_grad():
        for context, line, changed in tests:
            head = [(encoder.id("<song>"), 0)]
            for c in context:
                head += encoder.line("<nl>", split(c))
            scores = []
            for words in (line, [w for w, _ in changed]):
                row = head + encoder.line("<nl>", split(words)) + [(encoder.id("<nl>"), 0)]
                tokens, left = torch.tensor([[t for t, _ in row]]), torch.tensor([[r for _, r in row]])
                logp = torch.log_softmax(model(tokens[:, :-1], left[:, :-1]), -1)
                picked = logp[0].gather(1, tokens[0, 1:].unsqueeze(1))[len(head):]
                scores.append(float(picked.sum()))
            right += scores[0] > scores[1]
    return right / len(tests)


if __name__ == "__main__":
    main()
