"""Writes voice-en.pt or voice-zh.pt with its contract, weights in half precision.

usage: export.py --cache DIR [--checkpoint NAME.pt] [--state best|last|mean] [--trust 0..1] [--out DIR] en|zh
The state `mean` lies half way between the two that train.py keeps: as near to the recordings as the best and nearly as
sharp as the last. Without a checkpoint (of train.py) the network corrects nothing and the memory speaks alone.
"""

from __future__ import annotations

import argparse
import pickle
import sys
from collections import defaultdict
from pathlib import Path

import torch

from dataset import NARROW, SPEAKERS
from memory import ALIAS, Voice, borrow, extend_top, pack
from model import AcousticModel
from phone_table import INDEX, PHONES, write

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "common"))
from contract import export, load  # noqa: E402

HERE = Path(__file__).resolve().parent

KATHLEEN = {"name": "kathleen-en-speech", "source": "github.com/rhasspy/dataset-voice-kathleen", "licence": "CC0-1.0"}
FLITE = {"name": "flite 2.2 voices slt, rms and awb", "source": "Debian package flite1-dev", "licence": "MIT-CMU"}
CHEN = {"name": "cmn-syllables", "source": "github.com/hugolpz/audio-cmn", "licence": "CC-BY-SA"}
YUKI = {"name": "yuki-ja-sung", "source": "github.com/kgs233/UTAU-Yuki", "licence": "public domain"}
ALYS = {"name": "alys-ja-sung", "source": "github.com/oxygen-dioxide/ALYS-DB-001-JA", "licence": "GPL-3.0"}
# Archive, voices that the program may ask for, licence, recordings that shaped the weights.
LANGUAGES = {
    "en": ("voice-en", ["kathleen", "slt", "rms", "awb"], "GPL-3.0-only", [KATHLEEN, FLITE, ALYS, YUKI]),
    "zh": ("voice-zh", ["chen"], "CC-BY-SA-4.0", [CHEN, KATHLEEN, YUKI, FLITE]),
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
        if name in NARROW:
            extend_top(voice, kathleen)
        if name == "chen":
            borrow(voice, kathleen)
        out[name] = pack(voice)
    return out


def state_of(checkpoint: dict[str, dict], name: str) -> dict:
    """One of the states of train.py or, as `mean`, the average of their weights."""
    if name != "mean":
        return checkpoint[name]
    pair = [checkpoint[k]["model"] for k in ("best", "last")]
    return {**checkpoint["last"], "model": {k: (pair[0][k].float() + pair[1][k].float()) / 2 for k in pair[0]}}


def restore(model: AcousticModel, checkpoint: dict) -> None:
    """Takes the trained weights; phones that nobody spoke in training are named like their nearest kin."""
    weights = {k: v.float() for k, v in checkpoint["model"].items()}
    names = weights["embed.weight"]
    spoken = checkpoint["spoken"]
    for place, phone in enumerate(PHONES):
        if not spoken[place] and phone in ALIAS:
            names[place] = names[INDEX[ALIAS[phone]]]
    missing, unexpected = model.load_state_dict(weights, strict=False)
    if unexpected or set(missing) & {k for k, _ in model.named_parameters()}:
        raise ValueError(f"the checkpoint is of another network: {missing}, {unexpected}")


def resume(model: AcousticModel, archive: Path) -> None:
    """Takes the weights of an exported archive, to train on. Voices that it does not know get the mean of those it does."""
    weights = {k: v.detach() for k, v in load(archive).named_parameters()}
    known = weights["speaker.weight"]
    if known.shape[1] < len(SPEAKERS):
        new = known.mean(1, keepdim=True).expand(-1, len(SPEAKERS) - known.shape[1])
        weights["speaker.weight"] = torch.cat([known, new], 1)
    missing, unexpected = model.load_state_dict(weights, strict=False)
    if unexpected or set(missing) & {k for k, _ in model.named_parameters()}:
        raise ValueError(f"{archive} is of another network: {missing}, {unexpected}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--checkpoint", type=Path)
    parser.add_argument("--state", choices=["best", "last", "mean"], default="mean")
    parser.add_argument("--trust", type=float, default=1.0)
    parser.add_argument("--out", type=Path, default=HERE)
    parser.add_argument("language", choices=list(LANGUAGES))
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    write()
    name, voices, licence, sources = LANGUAGES[arguments.language]
    model = AcousticModel(memories(arguments.cache, voices))
    model.trust.fill_(0.0)
    if arguments.checkpoint:
        restore(model, state_of(torch.load(arguments.checkpoint, map_location="cpu"), arguments.state))
        model.trust.fill_(arguments.trust)
    scripted = torch.jit.script(model.eval())
    phones = torch.tensor([0, INDEX["hh"], INDEX["ax"], INDEX["l"], INDEX["ow"], 0, 0, 0]).unfold(0, 5, 1)
    phones = phones.repeat_interleave(2, 0)[None, :8].contiguous()
    numeric = torch.zeros(1, 8, 7)
    numeric[:, :, 0] = torch.arange(8) % 2 * 0.135
    numeric[:, :, 1] = (1 - torch.arange(8) % 2) * 0.135
    numeric[:, :, 2] = 0.231
    speaker = torch.zeros(1, len(SPEAKERS))
    speaker[0, SPEAKERS.index(voices[0])] = 1.0
    entry = {
        "id": name, "version": "3", "task": "timed phones, pitch and loudness to spectral envelope and aperiodicity",
        "licence": licence, "training_data": sources, "seed": 1,
        "methods": {"forward": {
            "inputs": [
                {"name": "phones", "dtype": "int64", "shape": ["n", "frames", 5], "unit": "line of phones.txt",
                 "range": [0, 86]},
                {"name": "numeric", "dtype": "float32", "shape": ["n", "frames", 7],
                 "unit": "log(1+ms/10)/3 since start, to end, whole; s/0.2 since release; after release; "
                         "log2(F0/220 Hz); loudness/10 dB", "range": [-3, 4]},
                {"name": "speaker", "dtype": "float32", "shape": ["n", len(SPEAKERS)], "unit": "weight", "range": [0, 1]},
            ],
            "outputs": [
                {"name": "envelope", "dtype": "float32", "shape": ["n", "frames", 72], "unit": "ln amplitude",
                 "range": [-14, 4]},
                {"name": "aperiodicity", "dtype": "float32", "shape": ["n", "frames", 5], "unit": "share of power",
                 "range": [0, 1]},
            ]}},
        "assets": ["phones.txt", "phone_table.tsv", "mandarin.tsv"],
    }
    path = export(scripted, arguments.out, entry, ("forward", [phones, numeric, speaker]), half=True)
    print(path, path.stat().st_size)


if __name__ == "__main__":
    main()
