"""Export of a trained network as a TorchScript archive with its contract.

A contract says what a model is and how it is called: id, version, task, methods with named inputs and
outputs (dtype, shape, unit, range), licence, training data, seed, the hashes of its assets and one golden
input with its output. The archive carries the contract in its extra file `contract.json`; the folder's
`contract.json` lists every model of the folder together with the SHA-256 of the archive. The program
refuses an archive whose hash, contract or golden output differs.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, Sequence

import torch

REQUIRED = ("id", "version", "task", "licence", "training_data", "methods", "seed")
_DTYPES = {torch.int64: "int64", torch.float32: "float32"}


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def describe_tensor(tensor: torch.Tensor) -> dict[str, Any]:
    if tensor.dtype not in _DTYPES:
        raise ValueError(f"a contract holds int64 and float32 tensors, not {tensor.dtype}")
    return {
        "dtype": _DTYPES[tensor.dtype],
        "shape": list(tensor.shape),
        "data": [round(v, 6) if isinstance(v, float) else v for v in tensor.reshape(-1).tolist()],
    }


def _flat(result: Any) -> list[torch.Tensor]:
    """Tensors of a method's result in order; a key-value cache (list of tensors) is left out."""
    if isinstance(result, torch.Tensor):
        return [result]
    return [part for part in result if isinstance(part, torch.Tensor)]


def load(path: Path | str) -> torch.jit.ScriptModule:
    """An archive as the program runs it: evaluating, weights kept in half precision widened to float32."""
    module = torch.jit.load(str(path)).eval()
    for tensor in [*module.parameters(), *module.buffers()]:
        if tensor.dtype == torch.float16:
            tensor.data = tensor.data.float()
    return module


def export(
    module: torch.jit.ScriptModule,
    folder: Path | str,
    entry: dict[str, Any],
    golden: tuple[str, Sequence[torch.Tensor]],
    tolerance: float = 1e-3,
    half: bool = False,
) -> Path:
    """Save `module` as `<folder>/<id>.pt` and record it in `<folder>/contract.json`.

    entry      the contract without hashes; needs the keys of REQUIRED, may have `assets` (file names in folder).
    golden     method name and input tensors (without the cache, which starts from `initial_cache(batch)` when
               the method is `step`); the outputs are computed here. Keep it small: it is stored as text.
    tolerance  largest allowed absolute difference of a golden output.
    half       keep float32 parameters and buffers in half precision. The program and `load` widen them again and
               compute in float32, so the golden outputs are those of the rounded weights. `module` keeps these.
    """
    folder = Path(folder)
    missing = [key for key in REQUIRED if key not in entry]
    if missing:
        raise ValueError(f"contract of {entry.get('id', '?')} lacks {', '.join(missing)}")
    module.eval()
    stored = [t for t in [*module.parameters(), *module.buffers()] if half and t.dtype == torch.float32]
    for tensor in stored:
        tensor.data = tensor.data.half().float()
        if not torch.isfinite(tensor.data).all():
            raise ValueError(f"a weight of {entry['id']} is too large for half precision")
    method, inputs = golden
    with torch.no_grad():
        arguments = [tensor.clone() for tensor in inputs]
        if method == "step":
            cache = module.initial_cache(int(arguments[0].shape[0]))
            result = module.step(*arguments, cache)
        else:
            result = getattr(module, method)(*arguments)
    contract = dict(entry)
    contract["assets"] = [
        {"file": name, "sha256": sha256(folder / name)} for name in entry.get("assets", [])
    ]
    contract["golden"] = {
        "method": method,
        "inputs": [describe_tensor(t) for t in inputs],
        "outputs": [describe_tensor(t) for t in _flat(result)],
        "tolerance": tolerance,
    }
    path = folder / f"{entry['id']}.pt"
    for tensor in stored:
        tensor.data = tensor.data.half()
    torch.jit.save(module, str(path), _extra_files={"contract.json": json.dumps(contract, ensure_ascii=False)})
    for tensor in stored:
        tensor.data = tensor.data.float()

    listing_path = folder / "contract.json"
    listing = json.loads(listing_path.read_text("utf-8")) if listing_path.exists() else {"models": []}
    listing["models"] = [m for m in listing["models"] if m["id"] != entry["id"]]
    listing["models"].append({**contract, "weights": path.name, "sha256": sha256(path)})
    listing["models"].sort(key=lambda m: m["id"])
    listing_path.write_text(json.dumps(listing, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return path


def vouch_for_assets(folder: Path | str) -> list[str]:
    """Writes the hashes of assets that were made anew into the contracts, those inside the archives too; the weights stay
    as they are. Returns the ids of the models that this concerned."""
    folder = Path(folder)
    listing_path = folder / "contract.json"
    listing = json.loads(listing_path.read_text("utf-8"))
    changed = []
    for entry in listing["models"]:
        now = [{"file": a["file"], "sha256": sha256(folder / a["file"])} for a in entry.get("assets", [])]
        path = folder / entry["weights"]
        inside = {"contract.json": ""}
        module = torch.jit.load(str(path), map_location="cpu", _extra_files=inside)
        if json.loads(inside["contract.json"])["assets"] == now:
            continue
        entry["assets"] = now
        contract = {key: value for key, value in entry.items() if key not in ("weights", "sha256")}
        torch.jit.save(module, str(path), _extra_files={"contract.json": json.dumps(contract, ensure_ascii=False)})
        entry["sha256"] = sha256(path)
        changed.append(entry["id"])
    listing_path.write_text(json.dumps(listing, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return changed
