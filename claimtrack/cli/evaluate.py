"""``claimtrack evaluate``: the extractor against annotated articles."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import resources
from itertools import islice
from pathlib import Path

import click

from claimtrack.errors import ClaimtrackError, InputError
from claimtrack.evaluation.corpora import GoldArticle, read_corpus
from claimtrack.evaluation.scores import MEASURES, SCORED, Scores, score
from claimtrack.ingest import read_articles
from claimtrack.model import Article, Attribution


@click.group()
def evaluate() -> None:
    """Score claimtrack against articles that people have annotated.

    \b
    Examples:
      claimtrack evaluate attribution
      claimtrack evaluate attribution --corpus polnear/dev
      claimtrack evaluate speed articles/
    """


@evaluate.command()
@click.option("--corpus", type=click.Path(path_type=Path, exists=True, file_okay=False), default=None,
              help="A folder with gold/attributions.jsonl, or with text/ and attributions/ as PolNeAR has them. "
                   "Without it, the examples that come with claimtrack.")  # fmt: skip
@click.option("--nlp", default="embedded", show_default=True, metavar="NAME", help="Language models.")
@click.option("--predictions", type=click.Path(path_type=Path, dir_okay=False), default=None,
              help="Write what was predicted to this JSON Lines file (offsets only).")  # fmt: skip
@click.option("--format", "format_", type=click.Choice(["table", "json"]), default="table", show_default=True)
def attribution(corpus: Path | None, nlp: str, predictions: Path | None, format_: str) -> None:
    """Score sources, cues and contents, one to one.

    \b
    Example:
      claimtrack evaluate attribution --corpus polnear/dev --format json
    """
    if corpus is None:
        with resources.as_file(resources.files("claimtrack.examples")) as folder:
            gold = read_corpus(folder)
    else:
        gold = read_corpus(corpus)
    pairs = list(predicted(gold, nlp))
    if predictions:
        try:
            predictions.write_text("".join(_line(g, found) for g, found in pairs), encoding="utf-8")
        except OSError as error:
            raise InputError(f"{predictions}: cannot be written ({error.strerror}); name another file") from None
    scores = score(pairs)
    click.echo(as_json(scores) if format_ == "json" else as_table(scores, len(gold)))


@evaluate.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATHS...")
@click.option("--nlp", default="embedded", show_default=True, metavar="NAME", help="Language models.")
@click.option("--limit", type=click.IntRange(min=1), default=200, show_default=True, help="Read this many articles.")
def speed(paths: tuple[str, ...], nlp: str, limit: int) -> None:
    """Time the pipeline on the articles at PATHS: one process, one thread.

    \b
    Example:
      claimtrack evaluate speed articles/ --limit 50
    """
    from claimtrack.evaluation.speed import measure

    articles = list(islice((found for found in read_articles(paths) if isinstance(found, Article)), limit))
    if not articles:
        raise InputError("no article there to time; give files or folders that claimtrack extract reads")
    words, seconds = measure(articles, nlp)
    total = sum(seconds.values())
    click.echo(f"{len(articles)} articles, {words:,} words, {total:.1f} s: {words / total:,.0f} words a second")
    for name, taken in seconds.items():
        click.echo(f"  {name:<12}{taken:8.1f} s{100 * taken / total:6.0f} %{words / taken:12,.0f} words a second")


def predicted(gold: list[GoldArticle], nlp: str) -> Iterator[tuple[GoldArticle, list[Attribution]]]:
    """Yield each article with its predicted attributions.

    Those nested in another are left out where the corpus marks no nesting, since they could only be wrong.
    """
    from claimtrack.claims.extractor import Extractor

    nesting = any(a.via for g in gold for a in g.attributions)
    results = Extractor(nlp).extract_all(g.article for g in gold)
    for annotated, (_, claims) in zip(gold, results, strict=True):
        if isinstance(claims, ClaimtrackError):
            raise claims
        yield annotated, [claim.attribution for claim in claims if nesting or claim.via is None]


def as_table(scores: Scores, articles: int) -> str:
    """Return the scores as lines of text: precision, recall and F1 in percent."""
    lines = [f"{articles} articles, {scores['whole', 'iou'].gold} attributions, "
             f"{scores['whole', 'iou'].predicted} predicted", "",
             f"{'':<10}" + "".join(f"{measure + ' P':>11}{'R':>7}{'F1':>7}" for measure in MEASURES)]  # fmt: skip
    for role in SCORED:
        cells = (scores[role, measure] for measure in MEASURES)
        lines.append(f"{role:<10}" + "".join(f"{c.precision:>11.1f}{c.recall:>7.1f}{c.f1:>7.1f}" for c in cells))
    return "\n".join(lines)


def as_json(scores: Scores) -> str:
    """Return the scores as one JSON object: role, measure, figure."""
    return json.dumps({
        role: {
            measure: {name: round(getattr(scores[role, measure], name), 2) for name in ("precision", "recall", "f1")}
            for measure in MEASURES
        }
        for role in SCORED
    }, indent=1)  # fmt: skip


def _line(gold: GoldArticle, found: list[Attribution]) -> str:
    rows = [
        {role: [[s.start, s.end] for s in getattr(a, role)] for role in ("source", "cue", "content")} for a in found
    ]
    return json.dumps({"doc": gold.article.path, "attributions": rows}) + "\n"
