"""The accuracy gate: floors for the examples, pinned beside a hash of the gold they were measured on.

python tests/gate.py             measure and compare
python tests/gate.py --update    raise the floors to what was measured; never lowers one
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
from pathlib import Path

from claimtrack.cli.evaluate import predicted
from claimtrack.evaluation.corpora import GOLD, read_corpus
from claimtrack.evaluation.scores import score

ROOT = Path(__file__).resolve().parent
EXAMPLES = ROOT.parent / "examples"
FLOORS = ROOT / "data" / "floors.json"
MARGIN = 0.5
"""Points by which a figure may stay below its floor: processors and threads round differently."""

FIGURES = (("whole", "iou"), ("whole", "overlap"), ("cue", "overlap"), ("source", "overlap"), ("content", "overlap"))


def gold_hash() -> str:
    """Return the hash of texts and gold, so that a floor never outlives what it was measured on."""
    files = [EXAMPLES / GOLD, *sorted(EXAMPLES.glob("*.txt"))]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def measured() -> dict[str, float]:
    """Return F1 in percent for each of :data:`FIGURES`."""
    scores = score(list(predicted(read_corpus(EXAMPLES), "embedded")))
    return {f"{role} {measure}": round(scores[role, measure].f1, 1) for role, measure in FIGURES}


def pinned() -> dict[str, float]:
    """Return the floors.

    Raises:
        SystemExit: when they were measured on other examples.
    """
    content = json.loads(FLOORS.read_text(encoding="utf-8"))
    if content["gold"] != gold_hash():
        raise SystemExit(
            f"the examples have changed since the floors were pinned; delete {FLOORS.name}, pin anew, and say so"
        )
    floors: dict[str, float] = content["floors"]
    return floors


def main() -> None:
    """Compare, or raise the floors."""
    floors = pinned() if FLOORS.exists() else {}
    found = measured()
    for name, value in found.items():
        print(f"{name:<16}{value:6.1f}  floor {floors.get(name, math.nan):6.1f}")
    lower = [name for name, floor in floors.items() if found[name] < floor - MARGIN]
    if lower:
        raise SystemExit(f"below the floor: {', '.join(lower)}")
    if "--update" in sys.argv:
        raised = {name: max(value, floors.get(name, value)) for name, value in found.items()}
        FLOORS.write_text(json.dumps({"gold": gold_hash(), "floors": raised}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
