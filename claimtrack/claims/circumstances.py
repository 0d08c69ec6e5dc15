"""When, where and to whom each claim of an article was said, as far as the text tells."""

from __future__ import annotations

import datetime
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from claimtrack.attribution.trees import Tree
from claimtrack.claims.addressee import addressee
from claimtrack.claims.attachment import attached
from claimtrack.claims.dates import When, when
from claimtrack.claims.expressions import Expression, expressions
from claimtrack.claims.occasion import occasion
from claimtrack.claims.scene import Scene, scene_of
from claimtrack.model import Article, Attribution, Precision

REACH = 800
"""How many characters back "the same day" looks for the day that it means."""

_DATELINE = 200
"""Where a dateline must stand, in characters from the article's start or that of its first paragraphs."""


@dataclass(frozen=True)
class Circumstances:
    """What goes into a claim beside speaker and content."""

    said_on: datetime.date | None = None
    said_on_precision: Precision | None = None
    occasion: str | None = None
    addressee: str | None = None


def circumstances(article: Article, attributions: Sequence[Attribution], trees: Sequence[Tree]) -> list[Circumstances]:
    """Return the circumstances of each attribution, in their order.

    Args:
        article: what was read; its date of publication is what "on Friday" is reckoned from, and nothing else.
        attributions: what was found in it.
        trees: its sentences, in text order.
    """
    found = expressions(article.text)
    days = _Days(article, found, attributions)
    result: list[Circumstances] = []
    for attribution in attributions:
        scene = scene_of(attribution, trees)
        if scene is None:
            result.append(Circumstances())
            continue
        moment = _moment(scene, attribution, found, days)
        date, precision = moment if moment else (None, None)
        result.append(
            Circumstances(
                date, precision, occasion(scene, article.text, [e.span for e in found]),
                addressee(scene, article.text),
            )
        )  # fmt: skip
    return result


def _moment(scene: Scene, attribution: Attribution, found: Sequence[Expression], days: _Days) -> When | None:
    first = bisect_left(found, scene.tree.span.start, key=lambda e: e.span.start)
    last = bisect_left(found, scene.tree.span.end, key=lambda e: e.span.start)
    for expression in attached(scene, attribution, found[first:last]):
        moment = days.when(expression)
        if moment:
            return moment
    return None


class _Days:
    """Reckons the expressions of one article, those that point back into the text too."""

    def __init__(self, article: Article, found: Sequence[Expression], attributions: Sequence[Attribution]) -> None:
        self._article = article
        self._published = article.published
        self._contents = [span for attribution in attributions for span in attribution.content]
        self._found = found

    def when(self, expression: Expression) -> When | None:
        """Return what an expression means here."""
        last = self._last_day(expression) if expression.reference in ("text", "inner") else None
        return when(expression, self._published, last, self._article.text)

    def _last_day(self, expression: Expression) -> datetime.date | None:
        """Return the last day that the text itself, not somebody in it, named before an expression."""
        place = bisect_left(self._found, expression.span.start, key=lambda e: e.span.start)
        for earlier in reversed(self._found[:place]):
            if expression.span.start - earlier.span.end > REACH:
                return None
            if earlier.reference == "text" or any(c.overlaps(earlier.span) for c in self._contents):
                continue
            moment = when(earlier, self._published, None, self._article.text)
            if moment and moment[1] == "day":
                return moment[0]
        return None
