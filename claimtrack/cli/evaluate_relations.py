"""``claimtrack evaluate relations`` and ``entailment``: who agrees with whom, against what people marked."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

import click

from claimtrack.cli.evaluate import evaluate

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
_NLI = click.option("--nli", default="embedded", show_default=True, metavar="MODEL",
                    help="The entailment model: embedded, or a folder with a classifier.")  # fmt: skip
_FORMAT = click.option("--format", "format_", type=click.Choice(["table", "json"]), default="table", show_default=True)


@evaluate.command()
@click.option("--corpus", type=_FOLDER, default=None,
              help="A folder of articles with gold/attributions.jsonl and gold/relations.jsonl. "
                   "Without it, the examples that come with claimtrack.")  # fmt: skip
@click.option("--gold", "marked", is_flag=True, help="Relate the claims that people marked, and extract none.")
@click.option("--ablation", "ablated", is_flag=True, help="Add what is found with one part switched off at a time.")
@_NLI
@_FORMAT
def relations(corpus: Path | None, marked: bool, ablated: bool, nli: str, format_: str) -> None:
    """Score the relations between claims, by kind.

    Articles are tracked into a project that is thrown away, and its claims
    grouped and related. A relation is right when people marked one of the same
    kind between the same two claims. Above the figures: how many of the marked
    pairs are compared at all.

    \b
    Examples:
      claimtrack evaluate relations
      claimtrack evaluate relations --gold --ablation
      claimtrack evaluate relations --corpus articles/ --format json
    """
    if corpus is not None:
        click.echo(_relations(corpus, marked, ablated, nli, format_))
        return
    with resources.as_file(resources.files("claimtrack.examples")) as examples:
        click.echo(_relations(examples, marked, ablated, nli, format_))


def _relations(folder: Path, marked: bool, ablated: bool, nli: str, format_: str) -> str:
    from claimtrack.claims.extractor import Extractor
    from claimtrack.evaluation import related
    from claimtrack.evaluation.corpora import read_corpus
    from claimtrack.evaluation.relations import gold_claims, matched, read_relations
    from claimtrack.relations.relate import models
    from claimtrack.tracker import Extracts

    # Gold first: what is missing should be told before models are loaded.
    wanted, gold = read_relations(folder), read_corpus(folder)
    articles = related.annotated(folder, gold)
    using = models(nli)
    extractor: Extracts = related.GoldExtractor(gold_claims(folder)[0]) if marked else Extractor()
    tracked = related.track(articles, extractor, using)
    ids = matched(tracked.claims, gold)
    if ablated:
        rows = dict(related.ablation(tracked, ids, wanted, using))
    else:
        rows = {"all": related.outcome(tracked, ids, wanted, using)}
    found = related.report(len(tracked.claims), related.blocking(tracked, ids, wanted, using), rows)
    return json.dumps(found, indent=1) if format_ == "json" else related.as_table(found)


@evaluate.command()
@click.option("--corpus", type=_FOLDER, required=True,
              help="A folder with dev.jsonl.gz (premise, hypothesis, label, source) and, if it has one, "
                   "claimdiff_train.jsonl.gz.")  # fmt: skip
@_NLI
@_FORMAT
def entailment(corpus: Path, nli: str, format_: str) -> None:
    """Score what the entailment model says of labelled pairs of sentences.

    Of sources with all three labels: accuracy, the precision of contradiction
    where half are found, whether its probability means what it says, and time,
    one thread. Of ClaimDiff: average precision of claims that weaken or
    strengthen another, by nearness, by the model, and by what decides relations.

    \b
    Examples:
      claimtrack evaluate entailment --corpus nli
      claimtrack evaluate entailment --corpus nli --format json
    """
    from claimtrack.errors import GoldError
    from claimtrack.evaluation import entailment as scores
    from claimtrack.evaluation.entailment_report import as_table, report
    from claimtrack.relations.relate import models

    pairs = scores.three_way(scores.read_labelled(corpus / scores.DEV))
    if not pairs:
        raise GoldError(f"{corpus / scores.DEV}: no source there has all three labels")
    path = corpus / scores.CLAIMDIFF
    differing = scores.read_labelled(path) if path.is_file() else []
    using = models(nli)
    ways = scores.claimdiff(differing, using.encoder, using.entails) if differing else None
    found = report(scores.measure(using.entails, pairs), ways, len(differing))
    click.echo(json.dumps(found, indent=1) if format_ == "json" else as_table(found))
