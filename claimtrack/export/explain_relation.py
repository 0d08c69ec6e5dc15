"""Why two claims are related: the evidence rule by rule, and what speaks against it, for a person who checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from claimtrack.export.explain import entry_line, line
from claimtrack.model import Claim, Relation

EXPECTED = {"contradicts": "contradiction", "agrees": "entailment"}
"""The judgement of the entailment model that a kind of relation goes with."""

SOFT = {
    "hedged": "hedged by its cue", "distancing": "told with distance by its article",
    "predicted": "a prediction", "demanded": "a demand", "promised": "a promise",
}  # fmt: skip
"""Cues that say less than that something is so."""

UNSURE = 0.5
FAR = 7
"""Days after which a matter may have changed."""

_DIRECTIONS = {"forward": "first to second", "backward": "second to first"}
_NAMES = {"related": "one matter", "likeness": "like words", "bond": "speakers", "days": "days apart"}
"""How evidence is called for people; what is not here goes by its own name."""

_BONDS = {
    "none": "not connected", "same": "the same", "body": "a body and who speaks for it",
    "siblings": "of one body, or perhaps the same",
}  # fmt: skip

_TOLD = ("rules", "entailment", "quantities", "polarity", "topic", "against")


def relation_explanation(relation: Relation, topic: str | None, history: Iterable[Mapping[str, Any]]) -> str:
    """Return, over several lines, a relation with its claims, reason, evidence, doubts, status and reviews.

    Args:
        relation: what to explain.
        topic: the name of its topic.
        history: entries of the log about it, the oldest first.
    """
    evidence = relation.evidence
    rows: list[tuple[str, str]] = [("first", _told(relation.a)), ("second", _told(relation.b))]
    rows.append(("reason", relation.reason or "(none given)"))
    rows += _rows("rule", evidence.get("rules"))
    rows += _rows("entailment", list(_entailment(evidence.get("entailment"))))
    rows += _rows("quantities", [_quantities(one) for one in _items(evidence.get("quantities"))])
    rows += _rows("polarity", evidence.get("polarity"))
    rows += [("topic", topic)] if topic else []
    for name, value in evidence.items():
        if name not in _TOLD:
            rows += _rows(_NAMES.get(name, name), _BONDS.get(value, value) if name == "bond" else value)
    rows += _rows("against it", against(relation) or ["nothing that claimtrack looks at"])
    rows.append(("status", relation.status))
    rows += [("review", entry_line(entry)) for entry in history]
    head = f"{relation.id}  {relation.kind}, {relation.score:.2f}"
    return "\n".join([head, *(line(name, text) for name, text in rows)])


def against(relation: Relation) -> list[str]:
    """Return what speaks against a relation: what the evidence says, and what the claims themselves give away."""
    evidence = relation.evidence
    found = [_text(item) for item in _items(evidence.get("against"))]
    expected = EXPECTED.get(relation.kind)
    entailment = evidence.get("entailment")
    for direction, scores in entailment.items() if isinstance(entailment, Mapping) else ():
        numbers = _numbers(scores)
        best = max(numbers, key=numbers.__getitem__, default=None)
        if expected in numbers and best != expected:
            way = _DIRECTIONS.get(direction, direction)
            found.append(
                f"{way}, the entailment model says {best} ({numbers[str(best)]:.2f}), "
                f"not {expected} ({numbers[expected]:.2f})"
            )
    for name, claim in (("first", relation.a), ("second", relation.b)):
        found += [f"the {name} is {doubt}" for doubt in _doubts(claim)]
    days = [claim.said_on or claim.article.published for claim in (relation.a, relation.b)]
    if expected and days[0] and days[1] and (apart := abs((days[0] - days[1]).days)) > FAR:
        found.append(f"said {apart} days apart, so the matter itself may have changed")
    one, other = relation.a.speaker, relation.b.speaker
    if expected and one and other and one.id != other.id and {one.id, one.part_of} & {other.id, other.part_of} - {None}:
        found.append("both speak for the same body")
    return found


def _doubts(claim: Claim) -> Iterator[str]:
    attribution = claim.attribution
    if attribution.commitment in SOFT:
        yield SOFT[attribution.commitment]
    if attribution.confidence < UNSURE:
        yield f"not surely a claim (confidence {attribution.confidence:.2f})"
    if claim.speaker is None:
        yield "of nobody who is named"
    elif claim.speaker.confidence < UNSURE:
        yield f"not surely by {claim.speaker.name} (confidence {claim.speaker.confidence:.2f})"
    if claim.via:
        yield "passed on by somebody else"


def _told(claim: Claim) -> str:
    who = claim.speaker.name if claim.speaker else claim.source_text or "(nobody named)"
    day = claim.said_on or claim.article.published
    facts = ", ".join(str(fact) for fact in (claim.article.outlet, day) if fact)
    return f"{who}{f' ({facts})' if facts else ''}: {claim.proposition or claim.content_text}  {claim.id}"


def _entailment(entailment: Any) -> Iterator[str]:
    if not isinstance(entailment, Mapping):
        yield from [_text(item) for item in _items(entailment)]
        return
    for name, value in entailment.items():
        ordered = sorted(_numbers(value).items(), key=lambda pair: -pair[1])
        if ordered:
            told = ", ".join(f"{label} {number:.2f}" for label, number in ordered)
            yield f"{_DIRECTIONS.get(name, name)}: {told}"
        else:
            # Which sentences of the two claims the model read.
            yield from (f"“{_text(item)}”" for item in _items(value))


def _quantities(one: Any) -> str:
    """Return two numbers that were compared: in words, and how surely they count the same thing."""
    if not isinstance(one, Mapping) or not {"words", "comparable"} <= one.keys():
        return _text(one)
    return f"{one['words']} (count the same: {one['comparable']:.2f})"


def _numbers(scores: Any) -> dict[str, float]:
    pairs = scores.items() if isinstance(scores, Mapping) else ()
    return {str(label): float(number) for label, number in pairs if isinstance(number, (int, float))}


def _rows(name: str, value: Any) -> list[tuple[str, str]]:
    """Return one row for each item, the name before the first."""
    return [("" if place else name, _text(item)) for place, item in enumerate(_items(value))]


def _items(value: Any) -> list[Any]:
    if value in (None, "", [], (), {}):
        return []
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_text(inner)}" for name, inner in value.items() if inner is not None)
    if isinstance(value, (list, tuple)):
        return ", ".join(map(_text, value))
    return f"{value:.2f}" if isinstance(value, float) else str(value)
