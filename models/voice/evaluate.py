"""Figures of the singer, beside natural recordings and a formant synthesiser.

usage: evaluate.py --cache DIR --render PROGRAM [--sentences N] [--sphinx --data DIR] [--out DIR] [en] [zh]
PROGRAM is voice_render (cmake target). Held out: Kathleen's prompts from b0500 on, every 20th Mandarin syllable.
  pitch     of the middle half of sung vowels against the score
  onset     of vowels after a voiceless consonant, by the rise of energy below 1 kHz
  envelope  mean absolute error on held-out speech, given its timing, pitch and loudness
  phones    named by a classifier trained on natural speech only: natural held-out, ours spoken, ours sung, formants sung
  words     word error of pocketsphinx in spoken mode (--sphinx)
  speed     seconds of sound a second of work, one thread
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

import numpy as np
import scipy.fft
import scipy.signal
import soundfile

from bands import HOP_SECONDS, SAMPLE_RATE, band_centres
from dataset import IS_VOWEL, PAUSE, SPEAKERS, example, load
from phone_table import INDEX, PHONES, TABLE
from prepare import VOICED_STRENGTH, Analysis, track_f0

ROOT = Path(__file__).resolve().parent.parent.parent
RNG = np.random.default_rng(5)
MELODY = [0, 2, 4, 5, 7, 9, 7, 5, 4, 2]  # steps above the key, one a syllable

# Formants of the baseline in Hz (F1, F2, F3) and its kind of source; after the tables of Klatt (1980), rounded.
FORMANTS = {
    "aa": (700, 1220, 2600), "ae": (620, 1660, 2430), "ah": (620, 1220, 2550), "ao": (600, 990, 2570),
    "aw": (640, 1230, 2550), "ax": (500, 1400, 2300), "ay": (660, 1200, 2550), "eh": (530, 1680, 2500),
    "er": (470, 1270, 1540), "ey": (480, 1720, 2520), "ih": (400, 1800, 2570), "iy": (310, 2020, 2960),
    "ow": (540, 1100, 2300), "oy": (550, 960, 2400), "uh": (450, 1100, 2350), "uw": (350, 1250, 2200),
    "w": (290, 610, 2150), "y": (260, 2070, 3020), "r": (310, 1060, 1380), "l": (310, 1050, 2880),
    "m": (480, 1270, 2130), "n": (480, 1340, 2470), "ng": (480, 2000, 2900),
}
HISS = {"s": (6500, 1500), "z": (6500, 1500), "sh": (3200, 1000), "zh": (3200, 1000), "ch": (3200, 1000),
        "jh": (3200, 1000), "f": (5000, 4000), "v": (5000, 4000), "th": (6000, 4000), "dh": (6000, 4000),
        "hh": (1500, 1500), "p": (1000, 1500), "b": (1000, 1500), "t": (4500, 1500), "d": (4500, 1500),
        "k": (2200, 800), "g": (2200, 800)}


def score_of(u, key: float, sung: bool, rng):
    """Timed phones and curves: as spoken, or with a note for every vowel on a steady melody."""
    phones, edges, f0, loud, notes = [], [0.0], [], [], []
    step = 0
    for k, (p, s, e) in enumerate(zip(u.phones, u.start, u.end)):
        natural = (e - s) * HOP_SECONDS
        if not sung:
            length = natural
        elif IS_VOWEL[p]:
            length = max(float(rng.choice([0.25, 0.4, 0.6])), natural)
        elif p == PAUSE:
            length = min(natural, 0.2)
        else:
            length = min(max(natural, 0.03), 0.13)
        count = max(int(round(length / HOP_SECONDS)), 1)
        if sung:
            hz = 440 * 2 ** ((key + MELODY[step % len(MELODY)] - 69) / 12)
            if IS_VOWEL[p]:
                notes.append((k, hz))
                step += 1
            f0 += [hz] * count
            loud += [0.0] * count
        else:
            f0 += list(220 * 2 ** u.log_f0[s:e])
            loud += list(u.loudness[s:e] * 10)
        phones.append(PHONES[p])
        edges.append(edges[-1] + count * HOP_SECONDS)
    f0 = np.array(f0[: int(round(edges[-1] / HOP_SECONDS))])
    if sung:
        # A glide of 60 ms between notes, so that no pitch jumps.
        wide = np.pad(np.log(f0), 6, mode="edge")
        f0 = np.exp(np.convolve(wide, np.ones(13) / 13, "valid"))
    return phones, np.array(edges), f0, np.array(loud), notes


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


def formant_voice(phones, edges, f0, loud, _):
    """Pulses through three moving formants, shaped noise for consonants."""
    length = int(round(len(f0) * HOP_SECONDS * SAMPLE_RATE))
    pitch = np.interp(np.arange(length), np.arange(len(f0)) * HOP_SECONDS * SAMPLE_RATE, f0)
    phase = np.cumsum(pitch / SAMPLE_RATE)
    pulses = np.diff(np.floor(phase), prepend=0.0) * np.sqrt(SAMPLE_RATE / pitch)
    pulses = scipy.signal.lfilter([1], [1, -0.95], pulses) * 0.1
    frames = len(f0)
    track = np.zeros((frames, 3))
    voice, hiss = np.zeros(frames), np.zeros(frames)
    centre, width = np.full(frames, 2000.0), np.full(frames, 1000.0)
    last = (500, 1500, 2500)
    for p, a, b in zip(phones, edges[:-1], edges[1:]):
        s, e = int(round(a / HOP_SECONDS)), min(int(round(b / HOP_SECONDS)), frames)
        last = FORMANTS.get(p, last)
        track[s:e] = last
        kind, voiced = TABLE[p][0], TABLE[p][1]
        if p in FORMANTS:
            voice[s:e] = 0.5 if kind == "nasal" else 1.0
        if p in HISS:
            start = s if kind not in ("stop", "affricate") else max(s, e - max(int(0.4 * (e - s)), 2))
            hiss[start:e] = 0.5 if p in ("s", "z", "sh", "ch", "jh", "zh") else 0.2
            centre[s:e], width[s:e] = HISS[p]
            voice[s:e] = 0.15 if voiced else 0.0
    smooth = np.ones(9) / 9
    track = np.stack([np.convolve(np.pad(track[:, k], 4, mode="edge"), smooth, "valid") for k in range(3)], 1)
    voice = np.convolve(np.pad(voice, 2, mode="edge"), np.ones(5) / 5, "valid")
    out = np.zeros(length + 4096)
    noise = np.random.default_rng(0).standard_normal(length)
    f = np.fft.rfftfreq(2048, 1 / SAMPLE_RATE)
    hop = HOP_SECONDS * SAMPLE_RATE
    for t in range(frames):
        s, e = int(max((t - 1) * hop, 0)), int(min((t + 1) * hop, length))
        window = np.hanning(e - s)
        h = np.ones(len(f), complex)
        for k, bandwidth in enumerate((80, 100, 150)):
            h *= track[t, k] ** 2 / (track[t, k] ** 2 - f**2 + 1j * f * bandwidth)
        h *= 3500**2 / (3500**2 - f**2 + 1j * f * 300)
        g = np.exp(-0.5 * ((f - centre[t]) / width[t]) ** 2)
        spectrum = voice[t] * h * np.fft.rfft(pulses[s:e] * window, 2048) + hiss[t] * g * np.fft.rfft(noise[s:e] * window, 2048)
        out[s : s + 2048] += np.fft.irfft(spectrum)
    return out[:length].astype(np.float32)


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
        coarse, strength = track_f0(x, SAMPLE_RATE, 90, 700)
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
        # The phone times of these takes are late, for which the archive makes up.
        out = out.roll(-getattr(model, "delay", 0), 1)
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


def natural_tokens(utterances):
    x, y = [], []
    for u in utterances:
        f = classifier_features(u.envelope, u.noise)
        keep = u.phones != PAUSE
        x.append(token_features(f, u.start[keep], u.end[keep]))
        y.append(u.phones[keep])
    return np.concatenate(x), np.concatenate(y)


def evaluate_language(language: str, corpus: str, keys, a) -> None:
    natural = load(corpus, a.cache, False, most=a.training * (4 if language == "zh" else 1))
    held = load(corpus, a.cache, True, most=a.sentences * (4 if language == "zh" else 1))
    print(f"{language}: {len(held)} held-out takes of {corpus}")
    print(f"envelope error on them: {envelope_error(held, a.models, language):.2f} dB")

    def show(name: str, rates: tuple[float, float]) -> None:
        print(f"phones named, {name:28s} vowels {rates[0]:.2f} consonants {rates[1]:.2f}")

    classifier = Classifier(*natural_tokens(natural))
    analysis = Analysis(SAMPLE_RATE, 1024, 90, 700)
    show("natural, held out", classifier.accuracy(*natural_tokens(held)))
    spoken = [score_of(u, 0, False, RNG) for u in held]
    sounds, _ = render(a.render, a.models, spoken, "lin", a.out, f"spoken-{language}", language)
    show("ours, spoken", classifier.accuracy(*tokens(spoken, analyse(sounds, analysis))))
    for singer, key, warp in keys:
        sung = [score_of(u, key, True, np.random.default_rng(i)) for i, u in enumerate(held)]
        voices, times = render(a.render, a.models, sung, singer, a.out, f"sung-{singer}-{language}", language)
        analysed = analyse(voices, analysis)
        pitch, onset = pitch_errors(sung, analysed), onset_errors(sung, voices)
        print(f"{singer}: pitch median {np.median(pitch):.1f} cents, within 50 cents {100 * (pitch <= 50).mean():.1f} % of "
              f"{len(pitch)} notes; vowel onset median {np.median(np.abs(onset)):.0f} ms of {len(onset)}; "
              f"speed {times[0] / times[1]:.1f} times real time")
        show(f"ours, sung by {singer}", classifier.accuracy(*tokens(sung, analysed, warp)))
    if language != "en":
        return
    sung = [score_of(u, keys[0][1], True, np.random.default_rng(i)) for i, u in enumerate(held)]
    show("formant synthesiser, sung", classifier.accuracy(*tokens(sung, analyse([formant_voice(*s) for s in sung], analysis))))
    if a.sphinx and a.data:
        index = (a.data / "kathleen-en-speech/index.tsv").read_text("utf-8").splitlines()[1:]
        texts = dict(line.split("\t")[::3] for line in index)
        wanted = [texts[u.name] for u in held]
        original = []
        for u in held:
            x, rate = soundfile.read(a.data / f"kathleen-en-speech/audio/{u.name}.opus", dtype="float32", always_2d=True)
            original.append(scipy.signal.resample_poly(x.mean(1), SAMPLE_RATE // 300, rate // 300))
        print(f"word error: natural {words(original, wanted):.2f}, ours spoken {words(sounds, wanted):.2f}, "
              f"formants spoken {words([formant_voice(*s) for s in spoken], wanted):.2f}")


def main() -> None:
    sys.stdout.reconfigure(line_buffering=True)
    parser = argparse.ArgumentParser()
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--render", type=Path, required=True)
    parser.add_argument("--models", type=Path, default=ROOT / "models")
    parser.add_argument("--data", type=Path, help="folder of the recordings, for --sphinx")
    parser.add_argument("--sentences", type=int, default=30)
    parser.add_argument("--training", type=int, default=500, help="natural utterances that the classifier sees")
    parser.add_argument("--sphinx", action="store_true")
    parser.add_argument("--out", type=Path, default=Path("/tmp/voice-evaluation"))
    parser.add_argument("languages", nargs="*", default=["en", "zh"])
    a = parser.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    if "en" in a.languages:
        evaluate_language("en", "kathleen", (("lin", 60, 0.0), ("marlow", 48, 2.5)), a)
    if "zh" in a.languages:
        evaluate_language("zh", "chen", (("lin", 60, 0.0), ("marlow", 48, 2.5)), a)


if __name__ == "__main__":
    main()
