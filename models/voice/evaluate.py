"""Figures of the singers, beside natural recordings and other voices.

usage: evaluate.py --cache DIR --data DIR --render PROGRAM [--sentences N] [--sphinx] [--out DIR] [en] [zh] [vocoder]
PROGRAM is voice_render (cmake target). Held out: prompts from b0500 on, every 20th Mandarin syllable; sung on ten melodies
in six keys (scores.py).
  pitch     of the middle half of sung vowels against the score
  onset     of vowels after a voiceless consonant, by the rise of energy below 1 kHz
  envelope  mean absolute error on held-out speech, given its timing, pitch and loudness
  phones    named by a classifier trained on natural speech of the singer's own recordings: natural held out, ours spoken,
            ours sung (formants moved back by as much as the singer's are moved), and the ratio; beside it the held-out
            takes themselves, put at the sung pitch by the vocoder, which is as much as that pitch lets through; and all
            again by a classifier "used to singing", which has heard the same natural speech a second time, its vowels
            held and everything seen through partials as far apart as a singer's
  others    espeak-ng and flite with pitch and time imposed, and a formant synthesiser, on Lin's scores, all by one
            classifier of each kind trained on the recordings of four speakers
  words     word error of pocketsphinx in spoken mode (--sphinx)
  vocoder   copy synthesis of singing in three registers: multi-resolution STFT loss and spectral energy distance, with
            and without the refiner, beside SPTK's mel-cepstral vocoder
  speed     seconds of sound a second of work, one thread
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import scipy.fft
import scipy.signal
import soundfile

from baselines import espeak, flite, formant_voice, imposed, placed, recorded
from bands import HOP_SECONDS, SAMPLE_RATE, band_centres
from dataset import IS_VOICED, IS_VOWEL, PAUSE, SPEAKERS, example, load
from phone_table import INDEX, PHONES, TABLE
from prepare import VOICED_STRENGTH, Analysis, read_audio, refine_f0, track_f0
from scores import score_of, tonic_of

ROOT = Path(__file__).resolve().parent.parent.parent
RNG = np.random.default_rng(5)
# id, recordings by language
SINGERS = (("lin", "kathleen", "chen"), ("juno", "slt", "chen"), ("marlow", "rms", "chen"), ("rowan", "awb", "chen"))
SPEAKERS_OF_ALL = ("kathleen", "slt", "rms", "awb")


def render(program: Path, models: Path, scores, singer: str, folder: Path, tag: str, language: str = "en"):
    lines, files = [], []
    for i, (phones, edges, f0, loud, _) in enumerate(scores):
        lines += [f"singer {singer}", f"language {language}"]
        lines += [f"phone {p} {a:.4f} {b:.4f}" for p, a, b in zip(phones, edges[:-1], edges[1:])]
        lines += [f"frame {a:.3f} {b:.3f}" for a, b in zip(f0, loud)]
        files.append(folder / f"{tag}{i}.f32")
        lines.append(f"render {files[-1]}")
    done = subprocess.run([program, models, ROOT / "resources"], input="\n".join(lines) + "\n", text=True,
                          capture_output=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    times = np.array([[float(x) for x in line.split()[1:]] for line in done.stdout.splitlines()])
    return [np.fromfile(f, np.float32) for f in files], times.sum(0)


def classifier_features(envelope: np.ndarray, noise: np.ndarray) -> np.ndarray:
    low = int((band_centres() < 7400).sum())
    level = np.quantile(envelope[:, :low].max(1), 0.9)
    x = scipy.fft.dct(np.maximum(envelope[:, :low] - level, -7), axis=1, norm="ortho")[:, :20]
    x = np.concatenate([x, 3 * noise[:, :3]], 1)
    wide = np.pad(x, ((12, 12), (0, 0)), mode="edge")
    return np.concatenate([wide[12 + k : len(wide) - 12 + k] for k in (-12, -6, -2, 0, 2, 6, 12)], 1)


def token_features(x: np.ndarray, starts, ends) -> np.ndarray:
    return np.stack([x[np.clip([int(s + q * (e - s)) for q in (0.25, 0.5, 0.75)], 0, len(x) - 1)].reshape(-1)
                     for s, e in zip(starts, ends)])


class Classifier:
    """A small network on three places of a phone, trained on natural speech only."""

    def __init__(self, x: np.ndarray, y: np.ndarray) -> None:
        import torch

        torch.set_num_threads(1)
        torch.manual_seed(0)
        self.torch = torch
        self.mean, self.std = x.mean(0), x.std(0) + 1e-3
        self.net = torch.nn.Sequential(
            torch.nn.Linear(x.shape[1], 192), torch.nn.ReLU(), torch.nn.Dropout(0.3), torch.nn.Linear(192, len(PHONES)))
        optimiser = torch.optim.Adam(self.net.parameters(), 1e-3, weight_decay=1e-4)
        a, b = torch.from_numpy(((x - self.mean) / self.std).astype(np.float32)), torch.from_numpy(y)
        torch.set_grad_enabled(True)
        for _ in range(12):
            for k in torch.randperm(len(a)).split(256):
                loss = torch.nn.functional.cross_entropy(self.net(a[k]), b[k])
                optimiser.zero_grad()
                loss.backward()
                optimiser.step()
        self.net.eval()

    def accuracy(self, x: np.ndarray, y: np.ndarray) -> tuple[float, float]:
        with self.torch.no_grad():
            guess = self.net(self.torch.from_numpy(((x - self.mean) / self.std).astype(np.float32))).argmax(1).numpy()
        vowel = IS_VOWEL[y]
        return float((guess == y)[vowel].mean()), float((guess == y)[~vowel].mean())


def analyse(sounds, analysis: Analysis):
    out = []
    for x in sounds:
        x = x + 1e-5 * RNG.standard_normal(len(x)).astype(np.float32)
        coarse, strength = track_f0(x, SAMPLE_RATE, 60, 900)
        count = int(len(x) / SAMPLE_RATE / HOP_SECONDS)
        at = np.arange(count) * HOP_SECONDS / 0.01
        f0 = np.exp(np.interp(at, np.arange(len(coarse)), np.log(coarse))).astype(np.float32)
        strength = np.interp(at, np.arange(len(strength)), strength)
        envelope, noise = analysis(x, f0, strength > VOICED_STRENGTH)
        out.append((envelope.astype(np.float32), noise.astype(np.float32), f0, strength))
    return out


def tokens(scores, analysed, semitones: float = 0.0):
    """Features and names of the phones. A male voice is moved up by `semitones` towards the classifier's speaker."""
    x, y = [], []
    centres = band_centres()
    for (phones, edges, *_), (envelope, noise, _, _) in zip(scores, analysed):
        if semitones:
            wanted = centres / 2 ** (semitones / 12)
            envelope = np.stack([np.interp(wanted, centres, row) for row in envelope])
        f = classifier_features(envelope, noise)
        ids = np.array([INDEX[p] for p in phones])
        keep = ids != PAUSE
        frames = np.round(edges / HOP_SECONDS).astype(int)
        x.append(token_features(f, frames[:-1][keep], frames[1:][keep]))
        y.append(ids[keep])
    return np.concatenate(x), np.concatenate(y)


def pitch_errors(scores, analysed) -> np.ndarray:
    errors = []
    for (phones, edges, _, _, notes), (_, _, f0, strength) in zip(scores, analysed):
        for k, hz in notes:
            a, b = edges[k] / HOP_SECONDS, edges[k + 1] / HOP_SECONDS
            s, e = int(a + 0.3 * (b - a)), int(a + 0.75 * (b - a))
            good = f0[s:e][strength[s:e] > 0.5]
            if e - s >= 20:
                errors.append(1200 * np.log2(np.median(good) / hz) if len(good) > 3 else 1200.0)
    return np.abs(np.array(errors))


def onset_errors(scores, sounds) -> np.ndarray:
    """Milliseconds between the start of a vowel and where the level below 1 kHz has risen half way (in dB)."""
    sos = scipy.signal.butter(4, 1000, fs=SAMPLE_RATE, output="sos")
    errors = []
    for (phones, edges, *_), x in zip(scores, sounds):
        low = scipy.signal.sosfiltfilt(sos, x) ** 2
        size = int(0.006 * SAMPLE_RATE)
        level = 10 * np.log10(np.convolve(low, np.ones(size) / size, "same") + 1e-9)
        for k in range(1, len(phones)):
            if not IS_VOWEL[INDEX[phones[k]]] or TABLE[phones[k - 1]][1] or phones[k - 1] == "pau":
                continue
            at = int(edges[k] * SAMPLE_RATE)
            before, after = int(0.06 * SAMPLE_RATE), int(0.08 * SAMPLE_RATE)
            part = level[max(at - before, 0) : at + after]
            if len(part) < before + after:
                continue
            half = 0.5 * (part[: before // 2].min() + part[-after // 3 :].mean())
            # The last crossing from below: the burst of a stop may have crossed earlier.
            below = np.flatnonzero(part[: before + after // 2] < half)
            if len(below):
                errors.append((below[-1] - before) / SAMPLE_RATE * 1000)
    return np.array(errors)


def envelope_error(utterances, models: Path, language: str) -> float:
    import torch

    sys.path.insert(0, str(ROOT / "models" / "common"))
    from contract import load as load_archive

    torch.set_grad_enabled(False)
    model = load_archive(models / "voice" / f"voice-{language}.pt")

    total = count = 0.0
    for u in utterances:
        ids, numeric, envelope, _ = example(u)
        n = len(ids) // 2 * 2
        speaker = torch.eye(len(SPEAKERS))[u.speaker][None]
        out, _ = model(torch.from_numpy(ids[None, :n]), torch.from_numpy(numeric[None, :n]), speaker)
        keep = (ids[:n, 2] != PAUSE)[:, None] * u.mask[None]
        total += float((np.abs(out[0].detach().numpy() - envelope[:n]) * keep).sum())
        count += float(keep.sum())
    return 8.686 * total / count


def words(sounds, texts) -> float:
    """Word error of pocketsphinx."""
    import tempfile

    errors = total = 0
    for x, text in zip(sounds, texts):
        y = scipy.signal.resample_poly(x, 160, 441)
        y = np.concatenate([np.zeros(4800), y / (np.abs(y).max() + 1e-9) * 0.7, np.zeros(4800)])
        with tempfile.NamedTemporaryFile(suffix=".wav") as file:
            soundfile.write(file.name, y, 16000, subtype="PCM_16")
            heard = subprocess.run(["pocketsphinx_continuous", "-infile", file.name, "-logfn", "/dev/null"],
                                   capture_output=True, text=True, check=False).stdout.lower().split()
        wanted = "".join(c if c.isalpha() or c == "'" else " " for c in text.lower()).split()
        table = np.arange(len(heard) + 1)
        for i, w in enumerate(wanted):
            new = [i + 1]
            for j, h in enumerate(heard):
                new.append(min(new[-1] + 1, table[j + 1] + 1, table[j] + (w != h)))
            table = np.array(new)
        errors += int(table[-1])
        total += len(wanted)
    return errors / max(total, 1)


def warped(envelope: np.ndarray, semitones: float) -> np.ndarray:
    """Formants moved up."""
    centres = band_centres()
    wanted = centres / 2 ** (semitones / 12)
    return np.stack([np.interp(wanted, centres, row) for row in envelope]) if semitones else envelope


def by_partials(envelope: np.ndarray, f0: np.ndarray, voiced: np.ndarray) -> np.ndarray:
    """The log envelope as a voice of that pitch shows it: known at its partials, straight lines between them."""
    centres = band_centres()
    out = envelope.copy()
    for t in np.flatnonzero(voiced):
        partials = np.arange(1, int(centres[-1] / f0[t]) + 1) * f0[t]
        out[t] = np.interp(centres, partials, np.interp(partials, centres, envelope[t]))
    return out


def as_sung(u, envelope: np.ndarray, notes: tuple[int, int], rng):
    """A take's frames with vowels held for 0.2 to 0.7 s, as partials at random notes (MIDI) show them, and its edges."""
    length = (u.end - u.start) * HOP_SECONDS
    length = np.where(IS_VOWEL[u.phones], np.maximum(length, rng.uniform(0.2, 0.7, len(length))), length)
    edges = np.round(np.concatenate([[0], np.cumsum(length)]) / HOP_SECONDS).astype(int)
    f0 = np.repeat(440 * 2 ** ((rng.uniform(*notes, len(length)) - 69) / 12), np.diff(edges))
    rows = placed((None, edges * HOP_SECONDS, f0), envelope, u.noise,
                  [(a - u.start[0], b - u.start[0]) for a, b in zip(u.start, u.end)])
    bands = envelope.shape[1]
    voiced = np.repeat(IS_VOICED[u.phones], np.diff(edges))
    return by_partials(rows[:, :bands], f0, voiced), rows[:, bands:-1], edges[:-1], edges[1:]


def natural_tokens(utterances, semitones: float = 0.0, notes: tuple[int, int] | None = None):
    """Features and names of recorded phones, as spoken or, with `notes`, as_sung; formants moved by `semitones`."""
    x, y = [], []
    rng = np.random.default_rng(7)
    for u in utterances:
        envelope, noise, start, end = warped(u.envelope, semitones), u.noise, u.start, u.end
        if notes:
            envelope, noise, start, end = as_sung(u, envelope, notes, rng)
        f = classifier_features(envelope, noise)
        keep = u.phones != PAUSE
        x.append(token_features(f, start[keep], end[keep]))
        y.append(u.phones[keep])
    return np.concatenate(x), np.concatenate(y)


def both(a, b):
    return tuple(np.concatenate(pair) for pair in zip(a, b))


def show(name: str, rates: tuple[float, float], natural: tuple[float, float] | None = None) -> None:
    ratio = f"; of natural {rates[0] / natural[0]:.2f} and {rates[1] / natural[1]:.2f}" if natural else ""
    print(f"phones named, {name:30s} vowels {rates[0]:.2f} consonants {rates[1]:.2f}{ratio}")


def singer_of(name: str) -> dict:
    return json.loads((ROOT / "resources" / "singers" / f"{name}.json").read_text("utf-8"))


def sung_scores(held, name: str):
    lowest, highest = singer_of(name)["range"]
    return [score_of(u, tonic_of(i, lowest, highest), True, i) for i, u in enumerate(held)]


def evaluate_language(language: str, a) -> None:
    analysis = Analysis(SAMPLE_RATE, 1024, 60, 900)
    many = 4 if language == "zh" else 1
    done: dict[str, tuple] = {}
    for name, *corpora in SINGERS:
        corpus = corpora[0 if language == "en" else 1]
        if corpus not in done:
            held = load(corpus, a.cache, True, most=a.sentences * many)
            heard = load(corpus, a.cache, False, most=a.training * many)
            classifier = Classifier(*natural_tokens(heard))
            natural = classifier.accuracy(*natural_tokens(held))
            done[corpus] = held, heard, classifier, natural
            print(f"{language}: {len(held)} held-out takes of {corpus}, envelope error "
                  f"{envelope_error(held, a.models, language):.2f} dB")
            show(f"{corpus}, natural, held out", natural)
        held, heard, classifier, natural = done[corpus]
        back = -singer_of(name)["formants"][language]
        spoken = [score_of(u, 0, False) for u in held]
        sounds, _ = render(a.render, a.models, spoken, name, a.out, f"spoken-{name}-{language}", language)
        show(f"{name}, spoken", classifier.accuracy(*tokens(spoken, analyse(sounds, analysis), back)), natural)
        sung = sung_scores(held, name)
        voices, times = render(a.render, a.models, sung, name, a.out, f"sung-{name}-{language}", language)
        analysed = analyse(voices, analysis)
        pitch, onset = pitch_errors(sung, analysed), onset_errors(sung, voices)
        ours = tokens(sung, analysed, back)
        show(f"{name}, sung", classifier.accuracy(*ours), natural)
        bound = analyse(vocode(a, [recorded(s, u) for s, u in zip(sung, held)], f"bound-{name}-{language}"), analysis)
        bound = tokens(sung, bound)
        show(f"{corpus}'s takes at {name}'s pitch", classifier.accuracy(*bound), natural)
        # The same for a judge that knows how natural speech looks when it is held and its partials lie apart.
        used = both(natural_tokens(heard), natural_tokens(heard, notes=tuple(singer_of(name)["range"])))
        used = Classifier(*used)
        natural_used = used.accuracy(*natural_tokens(held))
        show(f"used to singing: {corpus}, natural", natural_used)
        show(f"used to singing: {name}, sung", used.accuracy(*ours), natural_used)
        show(f"used to singing: {corpus}'s takes", used.accuracy(*bound), natural_used)
        print(f"{name}: pitch median {np.median(pitch):.1f} cents, within 50 cents {100 * (pitch <= 50).mean():.1f} % of "
              f"{len(pitch)} notes; vowel onset median {np.median(np.abs(onset)):.0f} ms of {len(onset)}; "
              f"speed {times[0] / times[1]:.1f} times real time")
    if language == "en":
        compare(done["kathleen"][0], analysis, a)


def compare(held, analysis: Analysis, a) -> None:
    """Ours and other voices on Lin's scores, by classifiers that have heard four speakers, formants moved at random."""
    parts, through = [], []
    for corpus in SPEAKERS_OF_ALL:
        takes = load(corpus, a.cache, False, most=a.training // 2)
        for part, semitones in ((takes[::3], 0.0), (takes[1::3], 1.5), (takes[2::3], -1.5)):
            parts.append(natural_tokens(part, semitones))
            through.append(natural_tokens(part, semitones, tuple(singer_of("lin")["range"])))
    judges = {"one judge": Classifier(*map(np.concatenate, zip(*parts))),
              "one judge used to singing": Classifier(*map(np.concatenate, zip(*parts, *through)))}
    # Each voice is compared with natural speech of its own: flite's voice with what flite speaks.
    speech = {"kathleen": held, "slt": load("slt", a.cache, True, most=a.sentences)}
    natural = {(name, corpus): judge.accuracy(*natural_tokens(takes))
               for name, judge in judges.items() for corpus, takes in speech.items()}
    for (name, corpus), rates in natural.items():
        show(f"{name}: {corpus}, natural, held out", rates)

    def ask(voice: str, phones, corpus: str = "kathleen") -> None:
        for name, judge in judges.items():
            show(f"{name}: {voice}, sung", judge.accuracy(*phones), natural[name, corpus])

    index = (a.data / "kathleen-en-speech/index.tsv").read_text("utf-8").splitlines()[1:]
    texts = dict(line.split("\t")[::3] for line in index)
    wanted = [texts[u.name] for u in held]
    scores, spoken = sung_scores(held, "lin"), [score_of(u, 0, False) for u in held]
    ours, _ = render(a.render, a.models, scores, "lin", a.out, "one-lin", "en")
    ask("lin", tokens(scores, analyse(ours, analysis)))
    errors = {}
    for name, takes in (("espeak-ng", espeak(wanted)), ("flite", flite([u.name for u in held], a.data / "flite-slt"))):
        rows = [imposed(s, *take, analysis) for s, take in zip(scores, takes)]
        sounds = vocode(a, rows, name)
        ask(name, tokens(scores, analyse(sounds, analysis)), "slt" if name == "flite" else "kathleen")
        errors[name] = [sound for sound, _ in takes]
    ask("formants", tokens(scores, analyse([formant_voice(*s) for s in scores], analysis)))
    if a.sphinx:
        original = []
        for u in held:
            x, rate = soundfile.read(a.data / f"kathleen-en-speech/audio/{u.name}.opus", dtype="float32", always_2d=True)
            original.append(scipy.signal.resample_poly(x.mean(1), SAMPLE_RATE // 300, rate // 300))
        ours, _ = render(a.render, a.models, spoken, "lin", a.out, "words-lin", "en")
        figures = {"natural": original, "lin spoken": ours, **errors, "formants": [formant_voice(*s) for s in spoken]}
        print("word error: " + ", ".join(f"{k} {words(v, wanted):.2f}" for k, v in figures.items()))


def vocode(a, rows: list[np.ndarray], tag: str, command: str = "vocode", seed: int = 1) -> list[np.ndarray]:
    lines = []
    for i, row in enumerate(rows):
        row.astype(np.float32).tofile(a.out / f"{tag}{i}.rows")
        lines.append(f"{command} {a.out / f'{tag}{i}.rows'} {a.out / f'{tag}{i}.f32'} {seed}")
    subprocess.run([a.render, a.models, ROOT / "resources"], input="\n".join(lines) + "\n", text=True, check=True)
    return [np.fromfile(a.out / f"{tag}{i}.f32", np.float32) for i in range(len(rows))]


def stft_loss(x: np.ndarray, y: np.ndarray, natural: np.ndarray | None = None) -> float:
    """Mean over three resolutions of spectral convergence and log magnitude difference (Yamamoto et al. 2020).

    Spectral convergence is in units of `natural` (x itself, when left out).
    """
    total = 0.0
    for size, hop in ((512, 128), (1024, 256), (2048, 512)):
        a, b, c = (np.abs(scipy.signal.stft(s, nperseg=size, noverlap=size - hop)[2])
                   for s in (x, y, x if natural is None else natural))
        n = min(a.shape[1], b.shape[1])
        a, b = a[:, :n], b[:, :n]
        total += np.linalg.norm(a - b) / np.linalg.norm(c) + np.abs(np.log(a + 1e-4) - np.log(b + 1e-4)).mean()
    return total / 3


def energy_distance(x: np.ndarray, y: np.ndarray, z: np.ndarray) -> float:
    """Of two syntheses y and z with other noise to a recording (Gritsenko et al. 2020): the loss alone would rather have
    no noise at all, because any two noises differ."""
    n = min(map(len, (x, y, z)))
    return stft_loss(x[:n], y[:n]) + stft_loss(x[:n], z[:n]) - stft_loss(y[:n], z[:n], x[:n])


def evaluate_vocoder(a) -> None:
    """Copy synthesis of singing in three registers, and of a speaker whom the refiner never heard."""
    sptk = Path("/usr/libexec/sptk/bin")
    registers = {
        "male, 72 to 231 Hz": (sorted((a.data / "martin-sung-vowels/audio").glob("*.flac"))[9::10], 60, 300),
        "female song": ([a.data / "sung-ja-short/nitech_jp_song070_f001_029.flac"], 150, 700),
        "Mandarin, spoken": (sorted((a.data / "cmn-syllables/audio").glob("*.mp3"))[::170], 80, 420),
        "female, A4": ([p for i, p in enumerate(sorted((a.data / "alys-ja-sung-gpl3/audio").glob("*.opus"))) if i % 50 == 49],
                       230, 560),
    }
    for name, (files, low, high) in registers.items():
        analysis = Analysis(SAMPLE_RATE, 2048 if low < 100 else 1024, low, high)
        losses, others = {"vocode": [], "vocode-plain": []}, []
        for i, file in enumerate(files):
            x, rate = read_audio(file)
            x = x[: 8 * rate] + 1e-5 * np.random.default_rng(1).standard_normal(len(x[: 8 * rate])).astype(np.float32)
            x = 0.3 * x / (np.abs(x).max() + 1e-9)
            coarse, strength = track_f0(x, rate, low, high)
            count = int(len(x) / rate / HOP_SECONDS)
            at = np.arange(count) * HOP_SECONDS / 0.01
            f0 = np.exp(np.interp(at, np.arange(len(coarse)), np.log(coarse))).astype(np.float32)
            voiced = np.interp(at, np.arange(len(strength)), strength) > VOICED_STRENGTH
            f0 = np.where(voiced, refine_f0(x, rate, f0), f0).astype(np.float32)
            envelope, noise = analysis(x, f0, voiced)
            rows = np.concatenate([envelope, noise, f0[:, None]], 1).astype(np.float32)
            for command, figures in losses.items():
                copy, other = (vocode(a, [rows], f"copy{i}", command, seed)[0] for seed in (1, 2))
                figures.append((stft_loss(x[: len(copy)], copy), energy_distance(x, copy, other)))
            if sptk.exists():
                others.append(stft_loss(x, sptk_copy(sptk, x, np.where(voiced, f0, 0.0), a.out)))
        beside = f", SPTK mel-cepstrum (order 34) {np.mean(others):.2f}" if others else ""
        (loss, energy), (plain, plain_energy) = (np.mean(f, 0) for f in losses.values())
        print(f"vocoder, {name}: multi-resolution STFT loss {loss:.2f}, without the refiner {plain:.2f}{beside}; spectral "
              f"energy distance {energy:.2f}, without {plain_energy:.2f} ({len(files)} takes)")


def sptk_copy(sptk: Path, x: np.ndarray, f0: np.ndarray, out: Path) -> np.ndarray:
    """Copy synthesis by mel-cepstral analysis and the MLSA filter (hence gamma 0, which -c 0 says) at a frame of 5 ms."""
    hop = 220
    x.astype(np.float32).tofile(out / "s.raw")
    period = np.where(f0 > 0, SAMPLE_RATE / np.maximum(f0, 1), 0).astype(np.float32)
    period.tofile(out / "s.pitch")
    shell = (f"{sptk}/frame -l 1200 -p {hop} {out}/s.raw | {sptk}/window -l 1200 -L 2048 | "
             f"{sptk}/mcep -l 2048 -m 34 -a 0.53 -e 1e-8 > {out}/s.mcep; "
             f"{sptk}/excite -p {hop} {out}/s.pitch | {sptk}/mglsadf -c 0 -P 5 -m 34 -a 0.53 -p {hop} {out}/s.mcep > {out}/s.copy")
    subprocess.run(["bash", "-c", shell], check=True)
    return np.fromfile(out / "s.copy", np.float32)


def main() -> None:
    sys.stdout.reconfigure(line_buffering=True)
    parser = argparse.ArgumentParser()
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--render", type=Path, required=True)
    parser.add_argument("--models", type=Path, default=ROOT / "models")
    parser.add_argument("--data", type=Path, required=True, help="folder of the recordings")
    parser.add_argument("--sentences", type=int, default=30)
    parser.add_argument("--training", type=int, default=500, help="natural utterances that the classifier sees")
    parser.add_argument("--sphinx", action="store_true")
    parser.add_argument("--out", type=Path, default=Path("/tmp/voice-evaluation"))
    parser.add_argument("what", nargs="*", default=["en", "zh", "vocoder"])
    a = parser.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    for language in ("en", "zh"):
        if language in a.what:
            evaluate_language(language, a)
    if "vocoder" in a.what:
        evaluate_vocoder(a)


if __name__ == "__main__":
    main()
