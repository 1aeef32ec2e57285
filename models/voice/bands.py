"""The spectral axis that model, vocoder and evaluation share."""

import numpy as np

SAMPLE_RATE = 44100
HOP_SECONDS = 0.005
BANDS = 72
TOP_HZ = 20000.0
WARP_HZ = 1500.0
# Edges in Hz of the bands whose share of noise (aperiodicity) is modelled.
NOISE_EDGES = (0.0, 1000.0, 2500.0, 5000.0, 8000.0, 20000.0)
NOISE_BANDS = len(NOISE_EDGES) - 1


def band_centres() -> np.ndarray:
    """Centre frequencies in Hz: equal steps of ln(1 + f / WARP_HZ) from 0 to TOP_HZ, both included."""
    x = np.linspace(0.0, np.log1p(TOP_HZ / WARP_HZ), BANDS)
    return WARP_HZ * np.expm1(x)


def band_matrix(sample_rate: int, fft: int) -> np.ndarray:
    """Triangular weights [fft/2+1, BANDS] that average a spectrum around each centre; columns sum to 1.

    Bands above the Nyquist frequency repeat the last one below it.
    """
    f = np.arange(fft // 2 + 1) * sample_rate / fft
    c = band_centres()
    step = np.diff(c)
    left = np.concatenate([step[:1], step])
    right = np.concatenate([step, step[-1:]])
    spacing = sample_rate / fft
    weights = np.zeros((len(f), BANDS), np.float32)
    for b in range(BANDS):
        centre = min(c[b], sample_rate / 2 - spacing)
        up = 1 - (centre - f) / max(left[b], spacing)
        down = 1 - (f - centre) / max(right[b], spacing)
        w = np.clip(np.minimum(up, down), 0, None)
        weights[:, b] = w / w.sum()
    return weights
