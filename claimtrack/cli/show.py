"""``claimtrack show``: a claim where it stands, so that it can be judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import click

from claimtrack.cli.filters import project as opened_project
from claimtrack.cli.filters import project_option
from claimtrack.export.clean import clean
from claimtrack.export.side_by_side import NOBODY, place
from claimtrack.model import Claim, Span

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

COLOURS = {"source": "bold yellow", "cue": "bold cyan", "content": "bold green"}
MARKS = {"source": "{}", "cue": "<>", "content": "[]"}
"""What stands around the parts where there are no colours."""

PLAIN_WIDTH = 100
LONGEST = 3000
"""Characters of a paragraph shown on each side of the claim, at most."""


@click.command()
@click.argument("claim", metavar="CLAIM")
@project_option
def show(claim: str, project: str) -> None:
    """Show a claim in its paragraph: source, cue and content in three colours.

    CLAIM is a claim's id or the beginning of it. Without colours, the source stands in {}, the cue in <> and
    the content in []. Below, the relations of the claim, a line each, and what was changed.

    \b
    Example:
      claimtrack show c_9f2b0c1d
    """
    if claim.startswith("r_"):
        raise click.UsageError(f"{claim!r} is a relation, between two claims; claimtrack why {claim} shows both")
    with opened_project(project) as tracker:
        found, status = tracker.claim(claim)
        log = tracker.history(found.id)
        related = tracker.relations_of(found.id)
    console = console_of()
    print_claim(console, found, status)
    for row in related:
        console.print(_related(row, found.id), markup=False, soft_wrap=True)
    for entry in reversed(log):
        change = f"{entry['field']}: {entry['before'] or '(empty)'} → {entry['after'] or '(empty)'}"
        console.print(f"{entry['at'][:10]}  {clean(entry['who'])}  {entry['what']} {clean(change)}", style="dim",
                      markup=False)  # fmt: skip


def _related(row: Mapping[str, Any], claim: str) -> str:
    """Return a relation of a claim in a line: what it is, with whom, why, and its id for claimtrack why."""
    other = "b" if row["claim_id_a"] == claim else "a"
    status = "" if row["status"] == "suggested" else f" [{row['status']}]"
    who = clean(row[f"speaker_{other}"] or NOBODY)
    return f"{row['kind']:<12}{who} ({place(row, other)}): {clean(row['reason'])}{status}  {row['relation_id']}"


def console_of() -> Console:
    """Return where to print: in colours on a terminal, plain and not too wide elsewhere."""
    from rich.console import Console

    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=PLAIN_WIDTH, color_system=None)


def print_claim(console: Console, claim: Claim, status: str) -> None:
    """Print what is known of a claim and the paragraphs that it stands in."""
    article, speaker = claim.article, claim.speaker
    facts = [article.outlet, article.published.isoformat() if article.published else None]
    console.print(_line(article.title or article.path or article.id, "bold underline"))
    console.print(_line(", ".join(f for f in facts if f) or "no outlet or date known", "dim"), "")
    console.print(in_paragraph(claim, bool(console.color_system)), "")
    rows = {
        "speaker": speaker and ", ".join(p for p in (speaker.name, speaker.role, speaker.affiliation) if p),
        "known by": speaker and f"{speaker.resolved_by} ({speaker.mention})",
        "instead of": speaker and ", ".join(speaker.alternatives),
        "proposition": claim.proposition, "kind": claim.attribution.kind, "attitude": claim.attribution.attitude,
        "commitment": claim.attribution.commitment,
        "said on": claim.said_on and f"{claim.said_on} ({claim.said_on_precision or 'day'})",
        "told to": claim.addressee, "occasion": claim.occasion, "via": claim.via, "topic": claim.topic,
        "confidence": f"{claim.attribution.confidence:.2f}", "status": status, "id": claim.id,
    }  # fmt: skip
    for name, value in rows.items():
        if value:
            console.print(f"{name:<12}{clean(str(value))}", markup=False)


def in_paragraph(claim: Claim, coloured: bool) -> Text:
    """Return the paragraphs that a claim stands in, its parts in colours or between marks."""
    from rich.text import Text

    text = claim.article.text
    parts = {"content": claim.attribution.content, "source": claim.attribution.source, "cue": claim.attribution.cue}
    place = _paragraphs(text, [span for spans in parts.values() for span in spans])
    # The cue is drawn last: nothing may hide it.
    role: dict[int, str] = {}
    for name, spans in parts.items():
        for span in spans:
            role.update(dict.fromkeys(range(span.start, span.end), name))
    shown = Text()
    before: str | None = None
    for at in range(place.start, place.end + 1):
        now = role.get(at) if at < place.end else None
        if now != before and not coloured:
            shown.append((MARKS[before][1] if before else "") + (MARKS[now][0] if now else ""))
        if at < place.end:
            character = text[at] if text[at] == "\n" else clean(text[at]) or " "
            shown.append(character, style=COLOURS[now] if now and coloured else "")
        before = now
    return shown


def _paragraphs(text: str, spans: Iterable[Span]) -> Span:
    """Return the stretch of whole paragraphs that holds some spans."""
    spans = list(spans)
    first, last = min(span.start for span in spans), max(span.end for span in spans)
    start = text.rfind("\n", 0, first) + 1
    end = text.find("\n", last)
    end = len(text) if end < 0 else end
    return Span(max(start, first - LONGEST), min(end, last + LONGEST))


def _line(text: str, style: str) -> Text:
    from rich.text import Text

    return Text(clean(text), style=style)
