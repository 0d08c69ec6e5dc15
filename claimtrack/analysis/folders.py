"""Where model folders are: the embedded one, Stanza's own, or any folder laid out like them."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from claimtrack.errors import ModelError

EMBEDDED = Path(__file__).resolve().parent.parent / "models" / "stanza"
"""The English models that come with the package."""

NEEDED = ("tokenize", "pos", "lemma", "depparse", "ner")
"""The processors without which nothing can be extracted."""


def model_folder(nlp: str = "embedded") -> Path:
    """Return the resources folder that ``--nlp`` means.

    Args:
        nlp: ``embedded``, ``stanza`` (the official models, where ``claimtrack models download`` put
            them), or a folder.

    Raises:
        ModelError: when there are no usable English models.
    """
    if nlp == "embedded":
        return checked(EMBEDDED, "install claimtrack again")
    if nlp == "stanza":
        return checked(official_folder(), "fetch them with: claimtrack models download")
    return checked(Path(nlp), "give --nlp a folder with a resources.json, or the word stanza")


def official_folder() -> Path:
    """Return where Stanza keeps its own models: ``STANZA_RESOURCES_DIR``, else its folder at home."""
    told = os.environ.get("STANZA_RESOURCES_DIR")
    if told:
        return Path(told)
    from stanza.resources.common import DEFAULT_MODEL_DIR

    return Path(DEFAULT_MODEL_DIR)


def checked(folder: Path, remedy: str) -> Path:
    """Return the folder when it holds English models for everything that is needed.

    Raises:
        ModelError: when it does not; the message ends with ``remedy``.
    """
    missing = [name for name in NEEDED if name not in installed(folder)]
    if missing:
        what = "no English models" if len(missing) == len(NEEDED) else f"no English model for {', '.join(missing)}"
        raise ModelError(f"{folder}: {what} there; {remedy}")
    return folder


def installed(folder: Path) -> dict[str, list[Path]]:
    """Return the English model files that a resources folder holds, by processor.

    Raises:
        ModelError: when its ``resources.json`` is broken.
    """
    english = resources(folder).get("en")
    english = english if isinstance(english, dict) else {}
    found = {}
    for processor in sorted(path.name for path in (folder / "en").glob("*") if path.is_dir()):
        files = [p for p in sorted((folder / "en" / processor).glob("*.pt")) if p.stem in english.get(processor, {})]
        if files:
            found[processor] = files
    return found


def resources(folder: Path) -> dict[str, Any]:
    """Return what a folder's ``resources.json`` says; empty where there is none."""
    path = folder / "resources.json"
    if not path.is_file():
        return {}
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{path}: cannot be read ({error}); fetch or install the models again") from None
    return content if isinstance(content, dict) else {}
