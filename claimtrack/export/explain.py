"""Why a claim has the speaker it has: in words, for a person who checks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TextIO

from claimtrack.export.clean import clean
from claimtrack.model import Claim, Speaker


def line_of(text: str, offset: int) -> int:
    """Return the line that a character stands in, counted from 1."""
    return text.count("\n", 0, offset) + 1


def lines_of(claim: Claim) -> set[int]:
    """Return all lines that a claim's source, cue and content touch."""
    spans = (*claim.attribution.source, *claim.attribution.cue, *claim.attribution.content)
    return {
        line
        for span in spans
        for line in range(line_of(claim.article.text, span.start), line_of(claim.article.text, span.end - 1) + 1)
    }


def explanation(claim: Claim) -> str:
    """Return, over several lines, a claim with its mention, the rule that resolved it and what else was weighed."""
    article = claim.article
    spans = claim.attribution.cue or claim.attribution.content
    place = f"{article.path or article.id}:{line_of(article.text, spans[0].start) if spans else 1}"
    head = f"{place}  {claim.source_text or '(no source)'} {claim.cue_text}: {claim.content_text or '(nothing said)'}"
    lines = [" ".join(clean(head).split())]
    if claim.speaker is None:
        reason = "the text supports nobody" if claim.attribution.source else "the text names no source"
        return "\n".join([*lines, f"  speaker      nobody: {reason}"])
    for speaker in (claim.speaker, *claim.co_speakers):
        lines += _speaker(speaker)
    return "\n".join(lines)


def stored_explanation(
    claim: Claim, status: str, merges: Iterable[Mapping[str, Any]], history: Iterable[Mapping[str, Any]]
) -> str:
    """Return :func:`explanation` of a claim in a project, with the merges, the attribution and what people decided.

    Args:
        claim: with the speaker as shown after merges.
        status: of its review.
        merges: that led to the shown name, in their order: ``name``, ``into``, ``reason``, ``at``, ``who``.
        history: entries of the log about the claim, the oldest first.
    """
    attribution = claim.attribution
    stance = f"cue is {attribution.commitment}, {attribution.attitude}"
    rows = [
        *(
            ("merged", f"{step['name']} is {step['into']}: {step['reason']} ({step['at'][:10]}, {step['who'] or '?'})")
            for step in merges
        ),
        ("attribution", f"confidence {attribution.confidence:.2f}, {attribution.kind}, {stance}"),
        ("status", status),
        *(("review", entry_line(entry)) for entry in history),
        ("claim", claim.id),
    ]
    return "\n".join([explanation(claim), *(line(name, text) for name, text in rows)])


def entry_line(entry: Mapping[str, Any]) -> str:
    change = f"{entry['field'] or entry['what']}: {entry['before'] or '(empty)'} → {entry['after'] or '(empty)'}"
    reason = f" ({entry['reason']})" if entry["reason"] else ""
    return f"{entry['at'][:10]} {entry['who']} {change}{reason}{', taken back' if entry['undone'] else ''}"


def line(name: str, text: str) -> str:
    return f"  {name:<12} {' '.join(clean(text).split())}"


class ExplainWriter:
    """Writes the explanation of each claim, for people who ask why."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, claim: Claim) -> None:
        self._stream.write(explanation(claim) + "\n\n")

    def finish(self) -> None:
        """Every claim is written already."""


def _speaker(speaker: Speaker) -> list[str]:
    facts = [speaker.kind, speaker.role, speaker.affiliation and f"of {speaker.affiliation}"]
    rows = [
        ("speaker", f"{speaker.name} ({', '.join(fact for fact in facts if fact)})"),
        ("mention", speaker.mention),
        ("rule", f"{speaker.resolved_by}, confidence {speaker.confidence:.2f}"),
        *((f"{'weighed' if not place else ''}", reason) for place, reason in enumerate(speaker.reasons)),
    ]
    passed = [name for name in speaker.alternatives if not any(r.startswith(name) for r in speaker.reasons)]
    if passed:
        rows.append(("passed over", ", ".join(passed)))
    return [line(name, text) for name, text in rows if text]
