"""How pack.py keeps frames: integer codes, predicted from the frame before and the band below, then Huffman coded."""

from __future__ import annotations

import zlib

import numpy as np

# envelope = FLOOR + STEP * code in nepers, noise = code / NOISE_STEPS, curves = code / UNIT. A step of 1.3 dB errs by
# 0.3 dB, far below the model's error.
FLOOR, STEP, NOISE_STEPS, UNIT = -14.0, 0.15, 31.0, 200.0


def squeeze(code: np.ndarray) -> np.ndarray:
    """code [frames, width] of integers that change by less than 16384 -> bytes."""
    change = np.diff(code.astype(np.int64), axis=0, prepend=0)
    rest = change.copy()
    rest[:, 1:] -= change[:, :-1] * 3 >> 2
    # Signs go to the lowest bit, so that the high bytes are nearly all zero.
    rest = np.where(rest < 0, -2 * rest - 1, 2 * rest)
    rest = np.ascontiguousarray(rest.T.astype(np.uint16)).view(np.uint8).reshape(-1, 2)
    coder = zlib.compressobj(9, zlib.DEFLATED, 15, 9, zlib.Z_HUFFMAN_ONLY)
    low = coder.compress(rest[:, 0].tobytes()) + coder.flush()
    return np.frombuffer(len(low).to_bytes(8, "little") + low + zlib.compress(rest[:, 1].tobytes(), 6), np.uint8)


def expand(data: np.ndarray, width: int) -> np.ndarray:
    """The inverse of squeeze: int64 [frames, width]."""
    raw = data.tobytes()
    split = 8 + int.from_bytes(raw[:8], "little")
    halves = [np.frombuffer(zlib.decompress(part), np.uint8) for part in (raw[8:split], raw[split:])]
    rest = np.stack(halves, 1).reshape(-1).view(np.uint16).reshape(width, -1).T.astype(np.int64)
    rest = np.where(rest & 1, -(rest + 1) // 2, rest // 2)
    for band in range(1, width):
        rest[:, band] += rest[:, band - 1] * 3 >> 2
    return np.cumsum(rest, axis=0)
