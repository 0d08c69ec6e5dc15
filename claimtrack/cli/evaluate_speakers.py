"""``claimtrack evaluate speakers`` and ``pronouns``: the resolution of speakers against what readers understand."""

from __future__ import annotations

import json
from pathlib import Path

import click

from claimtrack.cli.evaluate import evaluate
from claimtrack.errors import GoldError
from claimtrack.model import Article, Spans

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@evaluate.command()
@click.option("--corpus", type=_FOLDER, required=True, help="The folder of the articles: PolNeAR's, or ECB+'s.")
@click.option(
    "--gold",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    required=True,
    help="Who is meant: NAME.jsonl with NAME_entities.jsonl, and NAME_links.jsonl if there is one, beside it.",
)
@click.option("--nlp", default="embedded", show_default=True, metavar="NAME", help="Language models.")
@click.option("--format", "format_", type=click.Choice(["table", "json"]), default="table", show_default=True)
def speakers(corpus: Path, gold: Path, nlp: str, format_: str) -> None:
    """Score who is meant by given sources, by how they are worded, and links across articles.

    \b
    Example:
      claimtrack evaluate speakers --corpus polnear/dev \\
        --gold tests/data/speakers/polnear.jsonl
    """
    from claimtrack.claims.extractor import Extractor
    from claimtrack.evaluation.speakers import (
        CLASSES,
        Tally,
        linked,
        read_gold,
        read_links,
        sightings_of,
        tally,
    )
    from claimtrack.speakers.resolve import resolve_all

    articles, places = _articles(corpus)
    annotated = read_gold(gold, places)
    if missing := [one.doc for one in annotated if one.doc not in articles]:
        raise GoldError(f"{corpus}: has no article {missing[0]}; name the corpus that {gold.name} annotates")
    links = read_links(gold.with_name(f"{gold.stem}_links.jsonl"))
    analyzer = Extractor(nlp).analyzer
    counts, sightings = Tally(), []
    documents = analyzer.analyze([articles[one.doc].text for one in annotated])
    for one, document in zip(annotated, documents, strict=True):
        article = articles[one.doc]
        resolutions = resolve_all(article, document, one.sources)
        tally(counts, resolutions, one, article)
        sightings += sightings_of(resolutions, one, article)
    figures = {wording: round(counts.accuracy(wording), 1) for wording in CLASSES} | {
        "all": round(counts.accuracy(), 1)
    }
    numbers = {wording: counts.seen[wording] for wording in CLASSES} | {"all": counts.seen.total()}
    if links:
        made, right, wanted = linked(sightings, links)
        figures |= {
            "links precision": round(100 * right / made, 1) if made else 0.0,
            "links recall": round(100 * right / wanted, 1) if wanted else 0.0,
        }
        numbers |= {"links precision": made, "links recall": wanted}
    if format_ == "json":
        click.echo(json.dumps({name: {"percent": figures[name], "of": numbers[name]} for name in figures}, indent=1))
        return
    for name, figure in figures.items():
        click.echo(f"{name:<16}{figure:6.1f} % of {numbers[name]}")


@evaluate.command()
@click.option("--corpus", type=_FOLDER, required=True, help="GUM's folder, with dev.conllu and test.conllu.")
@click.option("--nlp", default="embedded", show_default=True, metavar="NAME", help="Language models.")
def pronouns(corpus: Path, nlp: str) -> None:
    """Score to whom each he and she of GUM's news documents is given.

    \b
    Example:
      claimtrack evaluate pronouns --corpus ud/GUM
    """
    from claimtrack.claims.extractor import Extractor
    from claimtrack.evaluation.gum import pronouns_right, read_gum

    gold = read_gum(corpus)
    documents = Extractor(nlp).analyzer.analyze([one.article.text for one in gold])
    counts = [pronouns_right(one, document) for one, document in zip(gold, documents, strict=True)]
    seen, right = (sum(column) for column in zip(*counts, strict=True))
    click.echo(f"{len(gold)} documents, {right} of {seen} he and she right: {100 * right / max(seen, 1):.1f} %")


def _articles(corpus: Path) -> tuple[dict[str, Article], dict[tuple[str, str], tuple[Spans, Spans]]]:
    """Return a corpus's articles by id, and cue and content of each attribution that it marks."""
    from claimtrack.evaluation.corpora import read_corpus
    from claimtrack.evaluation.ecbplus import DOCUMENTS, read_stories

    if (corpus / DOCUMENTS).is_file():
        return {story.article.id: story.article for story in read_stories(corpus)}, {}
    gold = read_corpus(corpus)
    places = {(one.article.id, a.id): (a.cue, a.content) for one in gold for a in one.attributions}
    return {one.article.id: one.article for one in gold}, places
