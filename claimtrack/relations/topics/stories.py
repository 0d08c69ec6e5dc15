"""The wider topics: articles about one event."""

from __future__ import annotations

from collections.abc import Sequence

import numpy

from claimtrack.model import Article
from claimtrack.relations.topics.clusters import Likeness, clusters
from claimtrack.relations.topics.terms import LEAD, matrix, terms_of

ALIKE = 0.24
"""Articles of one story are so alike on average. Tuned on the even topics of ECB+ (docs/topics.md)."""


def stories(articles: Sequence[Article], enough: float = ALIKE) -> list[list[int]]:
    """Put articles together that tell of one event.

    Words decide, rare ones and names most; articles far apart in time must be more alike.

    Args:
        articles: with title, text and day where these are known.
        enough: the least average likeness.

    Returns:
        the places of each story's articles.
    """
    texts = (terms_of(f"{article.title or ''}\n{article.text}") for article in articles)
    days = [article.published.toordinal() if article.published else float("nan") for article in articles]
    return clusters(Likeness(matrix(texts, LEAD), days=numpy.array(days, dtype=float)), enough)
