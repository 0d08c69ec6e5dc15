"""``claimtrack ask``: questions about who stands where, answered from the graph of a project."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TextIO

import click

from claimtrack.cli.filters import filter_options, project_option
from claimtrack.cli.filters import project as opened_project
from claimtrack.cli.graph import chosen
from claimtrack.cli.output import opened, output_options
from claimtrack.export.clean import clean
from claimtrack.export.listing import RowWriter, row_writer

Target = tuple[str, str, str | None]


@click.group()
def ask() -> None:
    """Ask who contradicts whom, what somebody changed, how many witnesses there are, and how two are connected.

    Wire copies and repeats count once, and whoever speaks for a body counts as that body. A claim whose speaker is
    not known counts for nobody. Rejected claims and relations are left out.

    \b
    Examples:
      claimtrack ask disputed
      claimtrack ask witnesses c_9f2b
    """


@ask.command(short_help="The topics on which sides contradict each other.")
@project_option
@filter_options()
@output_options
def disputed(project: str, wanted: dict[str, Any], format_: str, output: str, encoding: str | None) -> None:
    """List the topics on which different sides contradict each other, the most disputed first.

    \b
    Example:
      claimtrack ask disputed --since "May 28"
    """
    from claimtrack.graph import disputed as ask_graph

    with opened_project(project) as tracker:
        found = ask_graph(chosen(tracker, wanted))
    rows = [
        {"topic": d.name, "part_of": d.part_of, "contradictions": d.contradictions, "sides": len(d.sides),
         "who": "; ".join(d.sides), "topic_id": d.topic.removeprefix("topic:")}
        for d in found
    ]  # fmt: skip
    heads = {"topic": ("Topic", 3), "part_of": ("Part of", 2), "contradictions": ("Contradictions", 0),
             "sides": ("Sides", 0), "who": ("Who", 5)}  # fmt: skip
    _write(rows, heads, (format_, output, encoding), "No topic here on which two sides contradict each other.")


@ask.command(short_help="How often speakers contradict each other, or agree.")
@project_option
@filter_options()
@click.option("--relation", type=click.Choice(["contradicts", "agrees"]), default="contradicts", show_default=True,
              help="What to count.")  # fmt: skip
@click.option("--apart", is_flag=True, help="Count everybody apart, also those who speak for one body.")
@click.option("--most", type=click.IntRange(min=2), metavar="N", help="Only the N most involved; 12 in a table.")
@output_options
def matrix(
    project: str, wanted: dict[str, Any], relation: str, apart: bool, most: int | None, format_: str, output: str,
    encoding: str | None,
) -> None:  # fmt: skip
    """Count how often each speaker contradicts each other speaker, or agrees, as a square.

    In a table the columns are numbered like the rows; other formats have the names.

    \b
    Examples:
      claimtrack ask matrix --topic cranes
      claimtrack ask matrix --relation agrees --format csv -o agrees.csv
    """
    from claimtrack.graph import matrix as ask_graph

    with opened_project(project) as tracker:
        found = chosen(tracker, wanted)
    most = most or (12 if format_ == "table" else None)
    square = ask_graph(found, relation, not apart, most)
    rows: list[dict[str, Any]] = []
    heads: dict[str, tuple[str, int]] = {"speaker": ("Speaker", 1)}
    for number, (name, numbers) in enumerate(zip(square.index, square.to_numpy().tolist(), strict=True), start=1):
        if format_ == "table":
            cells = {str(n): value or "" for n, value in enumerate(numbers, start=1)}
            rows.append({"speaker": f"{number:>2} {name}", **cells})
            heads[str(number)] = (str(number), 0)
        else:
            rows.append({"speaker": name, **dict(zip(square.columns, numbers, strict=True))})
    verb = "contradict each other" if relation == "contradicts" else "agree"
    _write(rows, heads, (format_, output, encoding), f"No two speakers here {verb}.")


@ask.command(short_help="Where a speaker revised what was said before.")
@click.argument("speaker")
@project_option
@output_options
def changed(speaker: str, project: str, format_: str, output: str, encoding: str | None) -> None:
    """List where SPEAKER revised what was said before, step by step.

    To a body belongs what those say who speak for it.

    \b
    Example:
      claimtrack ask changed "Ida Brandt"
    """
    from claimtrack.graph import changed as ask_graph
    from claimtrack.graph import find

    with opened_project(project) as tracker:
        found = tracker.graph()
        who = find(found, "speaker", _shown_name(tracker, speaker))
    rows = [
        {"change": number, "day": step.day, "speaker": " and ".join(step.speakers), "claim": step.text,
         "outlet": step.outlet, "reason": "; ".join(step.reasons) or None, "topic": change.topic,
         "claim_id": step.claim}
        for number, change in enumerate(ask_graph(found, who), start=1)
        for step in change.steps
    ]  # fmt: skip
    heads = {"change": ("", 0), "day": ("Day", 0), "speaker": ("Speaker", 2), "claim": ("Claim", 5),
             "outlet": ("Outlet", 2), "reason": ("Reason", 4)}  # fmt: skip
    name = clean(found.nodes[who]["label"])
    _write(rows, heads, (format_, output, encoding), f"{name} has revised nothing, as far as relations tell.")


@ask.command(short_help="The independent witnesses of a claim.")
@click.argument("claim", metavar="CLAIM")
@project_option
@output_options
def witnesses(claim: str, project: str, format_: str, output: str, encoding: str | None) -> None:
    """List the independent witnesses of CLAIM: its own source, and those whose claims agree with it.

    CLAIM is a claim's id or the beginning of it. Claims of one number count as one witness.

    \b
    Example:
      claimtrack ask witnesses c_9f2b0c1d
    """
    from claimtrack.graph import witnesses as ask_graph

    with opened_project(project) as tracker:
        id_ = tracker.claim_id(claim)
        found = tracker.graph(status="all", superseded=True) if id_ not in (usual := tracker.graph()) else usual
    answer = ask_graph(found, id_)
    groups: list[tuple[int | None, str, Sequence[str]]] = [(n, "yes", w.claims) for n, w in enumerate(answer.named, 1)]
    groups += [(n, "no", w.claims) for n, w in enumerate(answer.unnamed, len(groups) + 1)]
    groups += [(None, "not known", answer.untold)]
    rows = [
        {"witness": number, "named": named, "speaker": its.get("speaker"), "claim": its.get("text"),
         "outlet": its.get("outlet"), "day": its.get("day"), "claim_id": node}
        for number, named, nodes in groups
        for node in nodes
        for its in (found.nodes[node],)
    ]  # fmt: skip
    heads = {"witness": ("", 0), "named": ("Named", 0), "speaker": ("Speaker", 2), "claim": ("Claim", 6),
             "outlet": ("Outlet", 2), "day": ("Day", 0)}  # fmt: skip
    _write(rows, heads, (format_, output, encoding), "")
    click.echo(f"{answer.in_words()}.", err=True)


@ask.command(short_help="How two speakers are connected.")
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@project_option
@output_options
def path(a: str, b: str, project: str, format_: str, output: str, encoding: str | None) -> None:
    """Tell how speakers A and B are connected: through claims that relate to each other.

    \b
    Example:
      claimtrack ask path "Ida Brandt" "Moira Teale"
    """
    from claimtrack.graph import find
    from claimtrack.graph import path as ask_graph

    with opened_project(project) as tracker:
        found = tracker.graph()
        ends = [find(found, "speaker", _shown_name(tracker, who)) for who in (a, b)]
    links = ask_graph(found, *ends) or ()
    rows = [
        {"speaker_a": link.speaker_a, "claim_a": link.text_a, "relation": link.relation, "speaker_b": link.speaker_b,
         "claim_b": link.text_b, "reason": link.reason or None, "status": link.status, "claim_id_a": link.claim_a,
         "claim_id_b": link.claim_b, "words": link.in_words()}
        for link in links
    ]  # fmt: skip
    names = " and ".join(clean(found.nodes[end]["label"]) for end in ends)
    nothing = f"Nothing connects {names}." if ends[0] != ends[1] else f"{names} are one speaker."
    _write(rows, {"words": ("", 1)}, (format_, output, encoding), nothing, _Sentences)


class _Sentences:
    """Writes the words of each row on a line, for people."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, row: Mapping[str, Any]) -> None:
        self._stream.write(f"{clean(row['words'])}\n")

    def finish(self) -> None:
        """Every line is written already."""


def _shown_name(tracker: Any, words: str) -> str:
    """Return the name under which a speaker is shown, whatever name of it was written; the words where none fits."""
    rows = tracker.speaker_rows(words)
    return str(rows[0]["speaker_id"]) if len(rows) == 1 else words


def _write(
    rows: list[dict[str, Any]], heads: Mapping[str, tuple[str, int]], target: Target, nothing: str,
    table: Callable[[TextIO], RowWriter] | None = None,
) -> None:  # fmt: skip
    def make(format_: str, stream: TextIO) -> RowWriter:
        if format_ == "table" and table:
            return table(stream)
        return row_writer(format_, stream, tuple(rows[0]) if rows else tuple(heads), heads)

    with opened(*target, make) as writer:
        for row in rows:
            writer.write(row)
    if not rows and nothing:
        click.echo(nothing, err=True)
