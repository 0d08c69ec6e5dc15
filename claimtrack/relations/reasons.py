"""Why a relation was drawn: in words for people, and as values for programs."""

from __future__ import annotations

import re
from typing import Any

from claimtrack.model import Claim
from claimtrack.relations.decision import Verdict
from claimtrack.relations.entailment.network import LABELS
from claimtrack.relations.facing import texts_between
from claimtrack.relations.prepared import Prepared
from claimtrack.relations.quantities import Comparison, Quantity
from claimtrack.relations.signs import Signs

LONGEST = 110
"""The most characters of a claim that a reason quotes."""

_HEDGE = re.compile(
    r"\b(?:may|might|could|likely|probably|possibly|perhaps|apparently|appears?|seems?|reportedly|allegedly|partly|mostly"
    r"|believed|thought|suspected|estimate[sd]?|most of|it is possible|highly likely|as if)\b",
    re.IGNORECASE,
)


def reason_of(a: Prepared, b: Prepared, signs: Signs, verdict: Verdict) -> str:
    """Return why two claims are related, as one line: who says what, what decides, and how sure each sounds."""
    figures = _deciding(signs, verdict)
    said = [
        f"{_who(one.claim)}: {_what(one, place)}"
        for one, place in zip((a, b), _sentences(signs, figures, a, b), strict=True)
    ]
    parts = ["; ".join(said)]
    if figures is not None:
        parts.append(figures.words)
    if signs.rebuttal and "rebuttal" in verdict.rules:
        parts.append("an accusation and the word of the accused")
    elif signs.answer and "answer" in verdict.rules:
        parts.append(f"the second {signs.answer} the first")
    if signs.denial and "entailment" in verdict.rules:
        deniers = [_who(one.claim) for one in (a, b) if one.denied]
        parts.append(f"denied by {' and '.join(dict.fromkeys(deniers))}")
    elif signs.negated and verdict.kind in ("contradicts", "revises") and figures is None:
        parts.append("one says that it is so, the other that it is not")
    parts += [part for one in (a, b) if (part := _hedged(one))]
    if verdict.kind == "repeats":
        if "words" in verdict.rules:
            parts.append(
                "the same words: one witness" if signs.likeness > 0.9 else "nearly the same words: one witness"
            )
        else:
            parts.append("one side says it again: one witness")
    parts.append(_when(a, b, signs))
    return "; ".join(part for part in parts if part)


def evidence_of(a: Prepared, b: Prepared, signs: Signs, verdict: Verdict) -> dict[str, Any]:
    """Return what the decision rests on, as values that JSON takes."""
    evidence: dict[str, Any] = {
        "rules": list(verdict.rules),
        "related": round(signs.related, 3),
        "likeness": round(signs.likeness, 3),
        "bond": signs.bond,
        "days": signs.days,
    }
    if a.topic == b.topic:
        evidence["topic"] = a.topic
    if heard := signs.entailed:
        evidence["entailment"] = {
            "read": list(texts_between(a, b, signs.facing)),
            **({"forward": _shown(heard.forward)} if heard.forward else {}),
            **({"backward": _shown(heard.backward)} if heard.backward else {}),
        }
    if signs.denial or signs.negated:
        evidence["polarity"] = "denied" if signs.denial else "negated"
    found = [found for found in (signs.conflict, signs.match) if found is not None]
    if found:
        evidence["quantities"] = [
            {
                "a": c.a.text,
                "b": c.b.text,
                "relation": c.relation,
                "comparable": round(c.comparable, 3),
                "words": c.words,
            }
            for c in found
        ]
    return evidence


def _shown(scores: tuple[float, float, float]) -> dict[str, float]:
    return {label: round(score, 3) for label, score in zip(LABELS, scores, strict=True)}


def _deciding(signs: Signs, verdict: Verdict) -> Comparison | None:
    if "numbers" not in verdict.rules:
        return None
    return signs.match if verdict.kind == "agrees" else signs.conflict


def _sentences(signs: Signs, figures: Comparison | None, a: Prepared, b: Prepared) -> tuple[int, int]:
    """Return which sentence of each claim the reason shows: the one with the deciding number, or the nearest."""
    if figures is not None:
        return _holding(a, figures.a), _holding(b, figures.b)
    return signs.nearest


def _holding(one: Prepared, quantity: Quantity) -> int:
    """Return which sentence a number stands in."""
    end = 0
    for place, statement in enumerate(one.statements):
        end += len(statement.text) + 1
        if quantity.span.start < end:
            return place
    return 0


def _who(claim: Claim) -> str:
    return claim.speaker.name if claim.speaker else "source not named"


def _what(one: Prepared, place: int) -> str:
    statement = one.statements[place]
    text = statement.text.rstrip(".")
    if len(text) > LONGEST:
        text = text[: LONGEST - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
    return f"denies: {text}" if statement.denied else text


def _hedged(one: Prepared) -> str:
    """Name the hedge of a claim, which makes it say less than it seems."""
    found = next((match for s in one.statements if (match := _HEDGE.search(s.text))), None)
    if found:
        return f'{_who(one.claim)} hedges ("{found[0].lower()}")'
    return f"{_who(one.claim)} hedges" if one.claim.attribution.commitment == "hedged" else ""


def _when(a: Prepared, b: Prepared, signs: Signs) -> str:
    if a.day is None or b.day is None:
        return ""
    if signs.days == 0:
        return "same day"
    return f"{a.day:%-d %B} and {b.day:%-d %B %Y}" if a.day.year == b.day.year else f"{a.day} and {b.day}"
