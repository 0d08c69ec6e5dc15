"""Make the table of how common words are in the news: ``python -m claimtrack.training.frequencies``."""

from __future__ import annotations

import csv
import gzip
import json
from collections import Counter
from importlib import resources
from pathlib import Path

import click

from claimtrack.relations.topics.terms import SEEN, TABLE, terms_of

_PLACE = Path(str(resources.files("claimtrack.relations.topics"))) / TABLE


@click.command()
@click.option("--news", type=click.Path(path_type=Path, dir_okay=False, exists=True), required=True,
              help="News articles, a JSON object a line (gzip), with title and content_original.")  # fmt: skip
@click.option("--to", type=click.Path(path_type=Path, dir_okay=False), default=_PLACE,
              help="The file to write; the package's own when left out.")  # fmt: skip
def main(news: Path, to: Path) -> None:
    """Count in how many articles each stem stands.

    \b
    Example:
      python -m claimtrack.training.frequencies --news articles.jsonl.gz
    """
    counts: Counter[str] = Counter()
    articles = 0
    with gzip.open(news, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            text = f"{row['title'] or ''}\n{row['content_original'] or ''}"
            # Lower-case words and names alike; a figure is never common.
            counts.update({term.stem for term in terms_of(text) if not term.word[0].isdigit()})
            articles += 1
    with to.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["", articles])
        writer.writerows(sorted((stem, count) for stem, count in counts.items() if count >= SEEN))
    click.echo(f"{to}: {to.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
