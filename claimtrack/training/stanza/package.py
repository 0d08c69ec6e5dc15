"""Pack trained models into a folder that looks exactly like a Stanza resources folder."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch

PACKAGE = "claimtrack"
PROCESSORS = ("tokenize", "mwt", "pos", "lemma", "depparse", "ner")
COMPUTES_IN_SINGLE = ("pos", "depparse")
"""These use a vector file's numbers as they find them; the entity recogniser copies them first."""


def pack(models: Path, vectors: Mapping[str, Path], out: Path) -> dict[str, int]:
    """Write ``out/resources.json`` and ``out/en/PROCESSOR/claimtrack.pt`` for every model there is.

    Weights are stored in half precision, which halves the repository; Stanza's loaders copy them into
    single-precision parameters. Word vectors that Stanza computes with as it finds them stay in single.

    Args:
        models: folder of trained models, one ``PROCESSOR.pt`` each.
        vectors: the pretrain file that each processor reads, for those that read one.
        out: the folder to write.

    Returns:
        The size in bytes of each file written, by processor and file name.
    """
    english: dict[str, Any] = {"lang_name": "English"}
    sizes: dict[str, int] = {}
    here = [processor for processor in PROCESSORS if (models / f"{processor}.pt").exists()]
    for source in sorted({vectors[processor] for processor in here if processor in vectors}):
        single = any(vectors.get(processor) == source for processor in COMPUTES_IN_SINGLE)
        content = _load(source) if single else halved(_load(source))
        _write(content, out, "pretrain", source.stem, english, sizes)
    for processor in here:
        content = slimmed(_load(models / f"{processor}.pt"))
        content["model"] = halved(content["model"])
        if "config" in content:
            content["config"] = portable(content["config"])
        _write(content, out, processor, PACKAGE, english, sizes)
        if processor in vectors:
            dependency = {"model": "pretrain", "package": vectors[processor].stem}
            english[processor][PACKAGE]["dependencies"] = [dependency]
    chosen = dict.fromkeys(here, PACKAGE)
    english["default_processors"] = chosen
    english["packages"] = {"default": chosen, PACKAGE: chosen}
    resources = {"en": english, "english": {"alias": "en"}}
    (out / "resources.json").write_text(json.dumps(resources, indent=1) + "\n", encoding="utf-8")
    return sizes


def slimmed(content: dict[str, Any]) -> dict[str, Any]:
    """Leave out the changes to word vectors that the entity trainer keeps for each word, when there are none."""
    changes = content["model"].get("delta_emb.weight") if isinstance(content.get("model"), dict) else None
    if changes is None or changes.any():
        return content
    model = {name: value for name, value in content["model"].items() if name != "delta_emb.weight"}
    vocab = {name: value for name, value in content["vocab"].items() if name != "delta"}
    return {**content, "model": model, "vocab": vocab}


def halved(value: Any) -> Any:
    """Return a nested structure of tensors with every single-precision tensor in half precision."""
    if isinstance(value, torch.Tensor):
        return value.half() if value.dtype == torch.float32 else value
    if isinstance(value, dict):
        return {key: halved(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(halved(item) for item in value)
    return value


def portable(config: dict[str, Any]) -> dict[str, Any]:
    """Return a training configuration without the paths of the machine it was trained on."""
    return {
        key: None if key.endswith(("_file", "_dir")) or key in ("save_name", "load_name") else value
        for key, value in config.items()
    }


def _load(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    return content


def _write(
    content: dict[str, Any], out: Path, processor: str, name: str, english: dict[str, Any], sizes: dict[str, int]
) -> None:
    path = out / "en" / processor / f"{name}.pt"
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save(content, path)
    data = path.read_bytes()
    english.setdefault(processor, {})[name] = {"md5": hashlib.md5(data).hexdigest()}
    sizes[f"{processor}/{name}"] = len(data)
