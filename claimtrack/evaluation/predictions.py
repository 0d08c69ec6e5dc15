"""Predictions in a file: one article a line, offsets only, so that any extractor can be scored.

    {"doc": "NAME", "attributions": [{"source": [[0, 4]], "cue": [[5, 9]], "content": [[10, 28]]}],
     "confidence": [0.9]}

``confidence`` is optional, one number for each attribution.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from claimtrack.errors import GoldError
from claimtrack.evaluation.corpora import GoldArticle
from claimtrack.evaluation.kinds import Marked
from claimtrack.model import Span, Spans

_ROLES = ("source", "cue", "content")


class Predicted(Marked, Protocol):
    """Anything with the three roles that tells, or may tell, how sure it is."""

    @property
    def confidence(self) -> float | None: ...


@dataclass(frozen=True)
class Prediction:
    """A predicted attribution as it stands in a file."""

    source: Spans
    cue: Spans
    content: Spans
    confidence: float | None = None


def line(gold: GoldArticle, found: Sequence[Predicted]) -> str:
    """Return the line of one article, without its end."""
    rows = [{role: [[s.start, s.end] for s in getattr(a, role)] for role in _ROLES} for a in found]
    return json.dumps({"doc": gold.article.path, "attributions": rows, "confidence": [a.confidence for a in found]})


def read_predictions(path: Path, corpus: Sequence[GoldArticle]) -> list[tuple[GoldArticle, Sequence[Predicted]]]:
    """Return every article of a corpus with what the file predicts for it; nothing where it has no line.

    Raises:
        GoldError: when the file cannot be read, or a line is broken, names an article that is unknown or
            was there before, or has spans outside the text.
    """
    known = {gold.article.path: gold for gold in corpus}
    found: dict[str, list[Prediction]] = {}
    try:
        content = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise GoldError(f"{path}: predictions cannot be read ({reason})") from None
    for number, row in enumerate(content.split("\n"), start=1):
        if not row.strip():
            continue
        try:
            name, predictions = _article(json.loads(row), known)
            if name in found:
                raise ValueError(f"article {name!r} has a line already")
        except RecursionError:
            raise GoldError(f"{path}, line {number}: nested too deeply") from None
        except json.JSONDecodeError as error:
            raise GoldError(f"{path}, line {number}: broken JSON ({error.msg} at column {error.colno})") from None
        except ValueError as error:
            raise GoldError(f"{path}, line {number}: {error}") from None
        found[name] = predictions
    return [(gold, found.get(str(gold.article.path), [])) for gold in corpus]


def _article(row: Any, known: dict[str | None, GoldArticle]) -> tuple[str, list[Prediction]]:
    if not isinstance(row, dict) or not isinstance(row.get("attributions"), list):
        raise ValueError('an object with "doc" and a list "attributions" must stand here')
    name = row.get("doc")
    if not isinstance(name, str) or name not in known:
        raise ValueError(f"the corpus has no article {name!r}")
    size = len(known[name].article.text)
    items = row["attributions"]
    sure = row.get("confidence", [None] * len(items))
    if not isinstance(sure, list) or len(sure) != len(items):
        raise ValueError("confidence must be a list with one number for each attribution")
    return name, [_prediction(item, size, confidence) for item, confidence in zip(items, sure, strict=True)]


def _prediction(item: Any, size: int, confidence: Any) -> Prediction:
    if not isinstance(item, dict):
        raise ValueError("an attribution must be an object with source, cue and content")
    if unknown := sorted(map(str, item.keys() - set(_ROLES))):
        raise ValueError(f"an attribution has source, cue and content, not {', '.join(unknown)}")
    if confidence is not None and not (_is_number(confidence) and 0 <= confidence <= 1):
        raise ValueError(f"a confidence is a number from 0 to 1, not {confidence!r}")
    roles = {role: _spans(role, item.get(role, []), size) for role in _ROLES}
    return Prediction(**roles, confidence=confidence)


def _spans(role: str, pieces: Any, size: int) -> Spans:
    if not isinstance(pieces, list):
        raise ValueError(f"{role} must be a list of spans [start, end]")
    spans = []
    for piece in pieces:
        right = isinstance(piece, list) and len(piece) == 2 and all(type(n) is int for n in piece)
        if not right or not 0 <= piece[0] < piece[1] <= size:
            raise ValueError(f"{role} span {piece!r} does not lie in the text of {size} characters")
        spans.append(Span(*piece))
    return tuple(sorted(spans))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
