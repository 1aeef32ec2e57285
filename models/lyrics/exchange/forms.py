"""Classes of exchangeable words (classes-<language>.txt) in all their forms: ../exchange-<language>.txt.

    python3 forms.py

A line of the result: tags of the prototypes (comma-separated, `*` for any, PLACE and PERSON for names, LIGHT for small words of
any tag that make way when nothing else can, from light-<language>.txt; where a > stands between them, the words before it make
way for those after it only), a tab, words of the line model's vocabulary.
English nouns and verbs are inflected; forms that the vocabulary lacks are left out, and classes with fewer than two words.
"""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent
PLURALS = {"man": "men", "woman": "women", "child": "children", "foot": "feet", "tooth": "teeth", "mouse": "mice", "goose": "geese",
           "sheep": "sheep", "cattle": "cattle", "trout": "trout", "cod": "cod", "salmon": "salmon", "shrimp": "shrimp", "fish": "fish",
           "leaf": "leaves", "loaf": "loaves", "knife": "knives", "wife": "wives", "shelf": "shelves",
           "wolf": "wolves", "scarf": "scarves", "half": "halves", "deer": "deer", "life": "lives", "thief": "thieves",
           "calf": "calves", "elf": "elves", "hoof": "hooves",
           "fisherman": "fishermen", "mailman": "mailmen", "postman": "postmen", "milkman": "milkmen", "ferryman": "ferrymen",
           "salesman": "salesmen", "foreman": "foremen", "gentleman": "gentlemen", "barman": "barmen", "quiz": "quizzes"}
#         base: past, participle
IRREGULAR = {
    "run": "ran run", "drive": "drove driven", "ride": "rode ridden", "fall": "fell fallen", "rise": "rose risen", "spin": "spun spun",
    "swing": "swung swung", "sing": "sang sung", "say": "said said", "tell": "told told", "weep": "wept wept", "see": "saw seen",
    "hear": "heard heard", "find": "found found", "keep": "kept kept", "lose": "lost lost", "feel": "felt felt", "hold": "held held",
    "shut": "shut shut", "ring": "rang rung", "break": "broke broken", "tear": "tore torn", "cut": "cut cut", "sweep": "swept swept",
    "draw": "drew drawn", "write": "wrote written", "read": "read read", "build": "built built", "make": "made made", "eat": "ate eaten",
    "drink": "drank drunk", "feed": "fed fed", "buy": "bought bought", "sell": "sold sold", "bring": "brought brought", "send": "sent sent",
    "give": "gave given", "lend": "lent lent", "show": "showed shown", "take": "took taken", "steal": "stole stolen", "pay": "paid paid",
    "hide": "hid hidden", "put": "put put", "set": "set set", "lay": "laid laid", "leave": "left left", "wear": "wore worn", "sit": "sat sat",
    "stand": "stood stood", "lie": "lay lain", "kneel": "knelt knelt", "sleep": "slept slept", "dream": "dreamed dreamed",
    "wake": "woke woken", "grow": "grew grown", "shine": "shone shone", "shake": "shook shaken", "freeze": "froze frozen",
    "flow": "flowed flowed", "fly": "flew flown", "swim": "swam swum", "blow": "blew blown", "hang": "hung hung", "think": "thought thought",
    "know": "knew known", "learn": "learned learned", "teach": "taught taught", "forget": "forgot forgotten", "begin": "began begun",
    "meet": "met met", "sew": "sewed sewn", "light": "lit lit", "sink": "sank sunk", "burn": "burned burned", "leap": "leapt leapt",
    "spell": "spelled spelled", "spill": "spilled spilled", "bend": "bent bent", "stick": "stuck stuck", "throw": "threw thrown",
    "catch": "caught caught", "win": "won won", "speak": "spoke spoken", "come": "came come", "go": "went gone", "get": "got got",
    "creep": "crept crept", "slide": "slid slid", "bite": "bit bitten", "dig": "dug dug", "hit": "hit hit", "strike": "struck struck",
    "split": "split split", "burst": "burst burst", "spread": "spread spread", "sting": "stung stung", "swell": "swelled swollen",
    "shrink": "shrank shrunk", "forgive": "forgave forgiven", "spend": "spent spent", "hurt": "hurt hurt", "fight": "fought fought",
    "speed": "sped sped", "fling": "flung flung", "choose": "chose chosen", "swear": "swore sworn", "quit": "quit quit", "dive": "dived dived",
    "bet": "bet bet", "sneak": "sneaked sneaked", "saw": "sawed sawn", "mow": "mowed mown", "hurl": "hurled hurled", "lead": "led led",
    "understand": "understood understood", "steer": "steered steered", "wind": "wound wound", "unwind": "unwound unwound",
    "rewrite": "rewrote rewritten", "foresee": "foresaw foreseen", "grind": "ground ground", "bleed": "bled bled", "flee": "fled fled", "sling": "slung slung", "heave": "heaved heaved",
}
DOUBLED = set("""step hop slip drop chop lob plod dab scrub mop stir tap knit pet nod hug clap grin grip stop fit tip rip trip plan swap drip
strum drum hum pin zip shrug sip wrap pat jog beg rub dip skip snap spin swim rot trot chat nap sob sag flap slam stab stun trim clip snip
cram blur plug tug grab bob fan jam jab rob slap swat strap unzip admit regret wed ram unwrap plod scan spot shun blot prop
bar mar scar star stir fret bag wag brag drag lag nag rag tag dig rig jig log fog flog flip whip ship chip""".split())


def plural(noun: str) -> str:
    if noun in PLURALS:
        return PLURALS[noun]
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun in ("potato", "tomato", "hero", "echo") else "s")


def verb_forms(verb: str) -> dict[str, str]:
    stem = verb + verb[-1] if verb in DOUBLED | {"run", "cut", "shut", "put", "set", "sit", "begin", "forget", "win", "get", "hit", "split", "quit", "bet", "upset", "let"} else \
        verb[:-1] if verb.endswith("e") and not verb.endswith(("ee", "ye")) else verb
    if verb == "lie":
        gerund = "lying"
    elif verb == "tie":
        gerund = "tying"
    elif verb == "die":
        gerund = "dying"
    else:
        gerund = stem + "ing"
    if verb in IRREGULAR:
        past, participle = IRREGULAR[verb].split()
    else:
        past = verb[:-1] + "ied" if verb.endswith("y") and verb[-2] not in "aeiou" else verb + "d" if verb.endswith("e") else \
            (stem if verb in DOUBLED else verb) + "ed"
        participle = past
    third = plural(verb) if verb not in ("go", "do") else verb + "es"
    return {"VB,VBP": verb, "VBD": past, "VBN": participle, "VBG": gerund, "VBZ": third}


def main() -> None:
    for language in ("en", "zh"):
        known = set((HERE.parent / f"vocabulary-{language}.txt").read_text("utf-8").split("\n"))
        rows: list[str] = []

        def add(tags: str, words: list[str]) -> None:
            words = list(dict.fromkeys(w for w in words if tags in ("PLACE", "PERSON") or (w in known if language == "en" else all(c in known for c in w))))
            if len(words) >= 2 and (row := f"{tags}\t{' '.join(words)}") not in rows:
                rows.append(row)

        texts = [HERE / f"classes-{language}.txt"] + ([HERE / "names-en.txt"] if language == "en" else [])
        for line in "\n".join(t.read_text("utf-8") for t in texts).splitlines():
            words = line.split()
            if not words or line.startswith("#"):
                continue
            if language == "zh":
                for length in range(1, 5):
                    add("*", [w for w in words if len(w) == length])
                continue
            kind, words = words[0], words[1:]
            if kind in "nm":
                add("NN", words)
                add("NN'", [w + "'s" for w in words])
            if kind == "n":
                add("NNS", [plural(w) for w in words])
            elif kind == "a":
                add("JJ,JJR,JJS", words)
            elif kind == "x":
                add("*", words)
            elif kind in "ph":
                add("PLACE" if kind == "p" else "PERSON", words)
            elif kind == "v":
                forms = [verb_forms(w) for w in words]
                for tags in forms[0]:
                    add(tags, [f[tags] for f in forms])
        for line in (HERE / f"light-{language}.txt").read_text("utf-8").splitlines():
            if line.startswith("#"):
                continue
            left, arrow, right = line.partition(" > ")
            if not arrow:
                add("LIGHT", line.split())
            elif all(w in known or language == "zh" for w in line.split() if w != ">"):
                rows.append(f"LIGHT\t{left} > {right}")
        (HERE.parent / f"exchange-{language}.txt").write_text("\n".join(rows) + "\n", "utf-8")
        print(f"{language}: {len(rows)} classes, {sum(len(r.split()) - 1 for r in rows)} places, "
              f"{len({w for r in rows for w in r.split()[1:]})} words")


if __name__ == "__main__":
    main()
