"""``claimtrack evaluate``: the extractor against annotated articles."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from importlib import resources
from itertools import islice
from pathlib import Path

import click

from claimtrack.errors import ClaimtrackError, GoldError, InputError
from claimtrack.evaluation.corpora import GoldArticle, read_corpus
from claimtrack.evaluation.predictions import Predicted, line, read_predictions
from claimtrack.evaluation.reliability import reliability
from claimtrack.evaluation.scores import score_each, total
from claimtrack.ingest import read_articles
from claimtrack.model import Article, Attribution


@click.group()
def evaluate() -> None:
    """Score claimtrack against articles that people have annotated.

    \b
    Examples:
      claimtrack evaluate attribution
      claimtrack evaluate attribution --corpus polnear/dev
      claimtrack evaluate speakers --corpus polnear/dev --gold polnear.jsonl
      claimtrack evaluate topics --corpus ecbplus
      claimtrack evaluate relations
      claimtrack evaluate entailment --corpus nli
      claimtrack evaluate speed articles/
      claimtrack evaluate store
      claimtrack evaluate relating --project claims.db
    """


@evaluate.command()
@click.option("--corpus", type=click.Path(path_type=Path, exists=True, file_okay=False), default=None,
              help="A folder with gold/attributions.jsonl, or with text/ and attributions/ as PolNeAR has them. "
                   "Without it, the examples that come with claimtrack.")  # fmt: skip
@click.option("--nlp", default="embedded", show_default=True, metavar="NAME", help="Language models.")
@click.option("--method", metavar="NAME", help="Extractor, when not the usual one.")
@click.option("--from", "from_", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE",
              help="Score the predictions in FILE, such as --predictions writes, and run no extractor.")  # fmt: skip
@click.option("--predictions", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Write what was predicted to this JSON Lines file (offsets and confidence only).")  # fmt: skip
@click.option("--reliability", "reliable", is_flag=True, help="Add whether confidence means what it says.")
@click.option("--plot", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Draw the reliability diagram as PNG or SVG (needs claimtrack[plot]).")  # fmt: skip
@click.option("--format", "format_", type=click.Choice(["table", "json"]), default="table", show_default=True)
def attribution(
    corpus: Path | None, nlp: str, method: str | None, from_: Path | None, predictions: Path | None, reliable: bool,
    plot: Path | None, format_: str,
) -> None:  # fmt: skip
    """Score sources, cues and contents, one to one.

    Precision, recall and F1 in percent, with 95 % intervals: exact (the same
    words and marks), overlap (shared ones) and IoU (right when half of all are
    shared); then recall by kind of annotated attribution.

    \b
    Examples:
      claimtrack evaluate attribution --corpus polnear/dev --format json
      claimtrack evaluate attribution --corpus polnear/dev --predictions p.jsonl
      claimtrack evaluate attribution --corpus polnear/dev --from p.jsonl
    """
    from claimtrack.evaluation.report import as_table, report

    if from_ and (predictions or method):
        raise click.UsageError("--from scores a file and runs no extractor; leave out --method and --predictions")
    gold = _corpus(corpus)
    pairs = read_predictions(from_, gold) if from_ else list(predicted(gold, nlp, method))
    if predictions:
        _write(predictions, pairs)
    each = score_each(pairs)
    bins = reliability(total(each).outcomes) if reliable or plot else None
    if plot and bins is not None:
        from claimtrack.evaluation.diagram import draw

        draw(bins, plot)
    found = report(each, bins if reliable else None)
    click.echo(json.dumps(found, indent=1) if format_ == "json" else as_table(found))


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


@evaluate.command()
@click.option("--claims", "number", type=click.IntRange(min=100), default=100_000, show_default=True,
              help="Make a project of so many claims.")  # fmt: skip
def store(number: int) -> None:
    """Time a large project file, made by repeating the examples' claims, in processor seconds.

    \b
    Example:
      claimtrack evaluate store --claims 10000
    """
    import tempfile

    from claimtrack.evaluation.store_speed import LISTED, build, measure

    with resources.as_file(resources.files("claimtrack.examples")) as examples, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "claims.db"
        seconds = build(path, read_corpus(examples), number)
        click.echo(f"{number:,} claims stored in {seconds:.1f} s ({number / seconds:,.0f} a second), "
                   f"{path.stat().st_size / 1024**2:.0f} MB")  # fmt: skip
        timings, searches, written = measure(path)
    click.echo(f"{'filter':<24}{'claims':>10}{f'first {LISTED}':>12}{'all, pandas':>14}")
    for timing in timings:
        click.echo(f"{timing.name:<24}{timing.found:>10,}{timing.listed:>10.3f} s{timing.whole:>12.3f} s")
    for words, taken in searches:
        click.echo(f"search {words:<17}{'':>10}{taken:>10.3f} s")
    click.echo(f"CSV: {written:,.0f} claims a second")


def predicted(
    gold: Sequence[GoldArticle], nlp: str, method: str | None = None
) -> Iterator[tuple[GoldArticle, list[Attribution]]]:
    """Yield each article with its predicted attributions.

    Those nested in another are left out where the corpus marks no nesting, since they could only be wrong.
    """
    from claimtrack.claims.extractor import Extractor

    nesting = any(a.via for g in gold for a in g.attributions)
    extractor = Extractor(nlp, method=method) if method else Extractor(nlp)
    results = extractor.extract_all(g.article for g in gold)
    for annotated, (_, claims) in zip(gold, results, strict=True):
        if isinstance(claims, ClaimtrackError):
            raise claims
        yield annotated, [claim.attribution for claim in claims if nesting or claim.via is None]


def _corpus(folder: Path | None) -> list[GoldArticle]:
    if folder is None:
        with resources.as_file(resources.files("claimtrack.examples")) as examples:
            return read_corpus(examples)
    gold = read_corpus(folder)
    if not gold:
        raise GoldError(f"{folder}: no annotated article in it")
    return gold


def _write(path: Path, pairs: Sequence[tuple[GoldArticle, Sequence[Predicted]]]) -> None:
    try:
        path.write_text("".join(line(gold, found) + "\n" for gold, found in pairs), encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror}); name another file") from None


# The other commands of the group; at the end, for they add themselves to it.
from claimtrack.cli import evaluate_relating, evaluate_relations, evaluate_speakers, evaluate_topics  # noqa: E402, F401
