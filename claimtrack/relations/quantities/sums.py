"""What the numbers of one claim give together: 14 admitted and another 29 treated are 43."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from claimtrack.model import Span
from claimtrack.relations.quantities.quantity import Bound, Quantity
from claimtrack.relations.quantities.times import DAY


def totals(quantities: Sequence[Quantity], text: str) -> list[Quantity]:
    """Return the sums of counts where one is told besides the other ("14 and another 29")."""
    counts = [q for q in quantities if q.measure in ("count", "money") and not q.former and not q.negated]
    found, index = list[Quantity](), 0
    while index < len(counts):
        parts = [counts[index]]
        while index + len(parts) < len(counts) and _adds(parts[0], counts[index + len(parts)]):
            parts.append(counts[index + len(parts)])
        if len(parts) > 1:
            found.append(_sum(parts, text))
        index += len(parts)
    return found


def _adds(whole: Quantity, part: Quantity) -> bool:
    if whole.additional or not part.additional or whole.high == 0 or whole.unit != part.unit:
        return False
    if part.high == 0:  # "fourteen colleagues; nobody else": that makes fourteen people
        return part.thing == ("people",) and whole.measure == "count"
    return not part.thing or not whole.thing or part.thing[-1] == whole.thing[-1]


def _sum(parts: Sequence[Quantity], text: str) -> Quantity:
    span = Span(parts[0].span.start, parts[-1].span.end)
    bounds = {q.bound for q in parts}
    bound: Bound = bounds.pop() if len(bounds) == 1 else "at_least" if bounds & {"at_least", "more_than"} else "about"
    closed = next((q for q in parts if q.high == 0), None)
    return replace(
        parts[0],
        thing=closed.thing if closed else parts[0].thing,
        noun="people" if closed else parts[0].noun,
        low=sum(q.low for q in parts), high=sum(q.high for q in parts), value=sum(q.value for q in parts),
        bound=bound, context=frozenset().union(*(q.context for q in parts)), span=span, text=span.of(text),
        step=min(q.step for q in parts), derived=True, additional=False,
    )  # fmt: skip


def share_of(share: Quantity, whole: Quantity, text: str) -> Quantity | None:
    """Return how many "95 per cent of its 2,300 dockers" are: about 2,185, by half a point either way."""
    if share.direction or not 0 < share.value <= 100 or whole.value < 50 or math.isinf(whole.high):
        return None
    low, high = max(share.low - 0.5, 0.0), min(share.high + 0.5, 100.0)
    span = Span(min(share.span.start, whole.span.start), max(share.span.end, whole.span.end))
    return replace(
        share,
        low=low * whole.low / 100, high=high * whole.high / 100, value=share.value * whole.value / 100, bound="about",
        measure=whole.measure, unit=whole.unit, thing=whole.thing, noun=whole.noun, span=span, text=span.of(text),
        step=1.0, derived=True,
    )  # fmt: skip


def deadline(duration: Quantity, clock: Quantity, text: str) -> Quantity:
    """Return the time of the day that "within 25 minutes of about 9.40pm" leaves: from 9.40pm to 10.05pm."""
    span = Span(duration.span.start, clock.span.end)
    high = clock.value + min(duration.high / 60, DAY / 2)
    return replace(
        clock,
        low=clock.value, high=high, value=high, bound="range", context=clock.context | duration.context,
        span=span, text=span.of(text), derived=True,
    )  # fmt: skip
