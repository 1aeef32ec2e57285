"""Writes voice-en.pt and voice-zh.pt with their contracts.

usage: export.py --cache DIR [--checkpoint CHECKPOINT] [--trust 0..1] [--out DIR] en|zh...
Without a checkpoint the network corrects nothing and the memory speaks alone.
"""

from __future__ import annotations

import argparse
import pickle
import sys
from collections import defaultdict
from pathlib import Path

import torch

from memory import Voice, borrow, extend_top, pack
from model import AcousticModel
from phone_table import INDEX, write

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "common"))
from contract import export  # noqa: E402

HERE = Path(__file__).resolve().parent

KATHLEEN = {"name": "kathleen-en-speech", "source": "github.com/rhasspy/dataset-voice-kathleen", "licence": "CC0-1.0"}
FLITE = {"name": "flite 2.2 voices slt and rms", "source": "Debian package flite1-dev", "licence": "MIT-CMU"}
CHEN = {"name": "cmn-syllables", "source": "github.com/hugolpz/audio-cmn", "licence": "CC-BY-SA"}
LANGUAGES = {
    "en": ("voice-en", ["kathleen", "rms"], "GPL-3.0-or-later", [KATHLEEN, FLITE]),
    "zh": ("voice-zh", ["chen"], "CC-BY-SA-4.0", [CHEN, KATHLEEN]),
}


def read_voice(cache: Path, name: str) -> Voice:
    voice = Voice()
    with open(cache / f"{name}.memory.pkl", "rb") as handle:
        begin, finish, target = pickle.load(handle)
    voice.begin, voice.finish, voice.target = defaultdict(dict, begin), defaultdict(dict, finish), target
    return voice


def memories(cache: Path, names: list[str]) -> dict:
    kathleen = read_voice(cache, "kathleen")
    out = {}
    for name in names:
        voice = kathleen if name == "kathleen" else read_voice(cache, name)
        if name in ("rms", "slt"):
            extend_top(voice, kathleen)
        if name == "chen":
            borrow(voice, kathleen)
        out[name] = pack(voice)
    return out


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--checkpoint", type=Path)
    parser.add_argument("--trust", type=float, default=1.0)
    parser.add_argument("--out", type=Path, default=HERE)
    parser.add_argument("languages", nargs="+", choices=list(LANGUAGES))
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    write()
    for language in arguments.languages:
        name, voices, licence, sources = LANGUAGES[language]
        model = AcousticModel(memories(arguments.cache, voices))
        model.trust.fill_(0.0)
        if arguments.checkpoint:
            state = torch.load(arguments.checkpoint)["model"]
            model.load_state_dict({k: v for k, v in state.items() if not k.startswith("memories")}, strict=False)
            model.trust.fill_(arguments.trust)
        scripted = torch.jit.script(model.eval())
        phones = torch.tensor([0, INDEX["hh"], INDEX["ax"], INDEX["l"], INDEX["ow"], 0, 0, 0]).unfold(0, 5, 1)
        phones = phones.repeat_interleave(2, 0)[None, :8].contiguous()
        numeric = torch.zeros(1, 8, 7)
        numeric[:, :, 0] = torch.arange(8) % 2 * 0.135
        numeric[:, :, 1] = (1 - torch.arange(8) % 2) * 0.135
        numeric[:, :, 2] = 0.231
        speaker = torch.zeros(1, 7)
        speaker[0, {"en": 0, "zh": 6}[language]] = 1.0
        entry = {
            "id": name, "version": "1", "task": "timed phones, pitch and loudness to spectral envelope and aperiodicity",
            "licence": licence, "training_data": sources, "seed": 1,
            "methods": {"forward": {
                "inputs": [
                    {"name": "phones", "dtype": "int64", "shape": ["n", "frames", 5], "unit": "line of phones.txt",
                     "range": [0, 86]},
                    {"name": "numeric", "dtype": "float32", "shape": ["n", "frames", 7],
                     "unit": "log(1+ms/10)/3 since start, to end, whole; s/0.2 since release; after release; "
                             "log2(F0/220 Hz); loudness/10 dB", "range": [-3, 4]},
                    {"name": "speaker", "dtype": "float32", "shape": ["n", 7], "unit": "weight", "range": [0, 1]},
                ],
                "outputs": [
                    {"name": "envelope", "dtype": "float32", "shape": ["n", "frames", 72], "unit": "ln amplitude",
                     "range": [-14, 4]},
                    {"name": "aperiodicity", "dtype": "float32", "shape": ["n", "frames", 5], "unit": "share of power",
                     "range": [0, 1]},
                ]}},
            "assets": ["phones.txt", "phone_table.tsv", "mandarin.tsv"],
        }
        path = export(scripted, arguments.out, entry, ("forward", [phones, numeric, speaker]))
        print(path, path.stat().st_size)


if __name__ == "__main__":
    main()
