"""Which numbers of two claims conflict and which match, if they can be of one thing and one time."""

from __future__ import annotations

import datetime

from claimtrack.relations.prepared import Prepared
from claimtrack.relations.quantities import Comparison, Quantity, compare_texts
from claimtrack.relations.quantities.comparable import ORDINAL
from claimtrack.relations.statements import stems_of

UNTRUSTED = frozenset({"date", "age"})
"""Measures of which two different ones do not conflict by themselves: claims name many days and ages."""

_FAVOUR = stems_of(["support", "favour", "favor", "approve", "back", "agree", "yes", "trust"])
_AGAINST = stems_of(["oppose", "disapprove", "against", "reject", "disagree", "distrust", "unacceptable"]) | {"against"}

LONG_AGO = 60
"""A figure of a day so many days before the other claim is of another time, if that names no day."""


def figures(a: Prepared, b: Prepared, polarity: bool = True) -> tuple[Comparison | None, Comparison | None]:
    """Return the most comparable numbers of two claims that conflict, and those that match."""
    conflict = match = None
    if not a.quantities or not b.quantities or _of_other_times(a, b) or a.expects != b.expects:
        return None, None
    for found in compare_texts(a.quantities, b.quantities):
        if found.a.measure in UNTRUSTED or found.b.measure in UNTRUSTED:
            continue
        if (
            found.relation == "apart"
            and "vague" in (found.a.bound, found.b.bound)
            and 0 not in (found.a.value, found.b.value)
        ):
            continue  # "several" and "more than 200" are no two counts of one thing
        if _is_of_later_day(found.a, b.day) or _is_of_later_day(found.b, a.day):
            continue
        if _holds(found.a) * _holds(found.b) < 0:
            continue
        if _is_of_past(found.a, found.b, b.day) or _is_of_past(found.b, found.a, a.day):
            continue
        if found.conflict and not _is_one_more(found) and (conflict is None or found.comparable > conflict.comparable):
            conflict = found
        if found.relation != "apart" and (match is None or found.comparable > match.comparable):
            match = found
    if polarity and a.denied != b.denied:
        return match, None  # a number that is denied conflicts with itself
    return conflict, match


def _is_one_more(found: Comparison) -> bool:
    """Tell whether both speak of one more: "no second inquiry" and "we need a second inquiry" count nothing."""
    return found.a.text == found.b.text and bool(ORDINAL.match(found.a.text))


def _is_of_later_day(quantity: Quantity, said: datetime.date | None) -> bool:
    """Tell whether a number is of a day on which the other claim had been made already."""
    return said is not None and quantity.on is not None and quantity.on[0] > said.toordinal()


def _of_other_times(a: Prepared, b: Prepared) -> bool:
    """Tell whether both claims name days or months, and none in common: "in April", "in May"."""
    mine, theirs = (
        # "By 2020" and "by 2030" are two times.
        [(q.value if q.bound == "at_most" else q.low, q.high) for q in one.quantities if q.measure == "date"]
        for one in (a, b)
    )
    return bool(mine and theirs) and not any(x[0] <= y[1] and y[0] <= x[1] for x in mine for y in theirs)


def _holds(quantity: Quantity) -> int:
    """Return 1 for those in favour, -1 for those against: "57 per cent opposed it" is no count of "42 supported it"."""
    return bool(_FAVOUR & quantity.context) - bool(_AGAINST & quantity.context)


def _is_of_past(quantity: Quantity, other: Quantity, said: datetime.date | None) -> bool:
    """Tell whether a number is of a day long before the other claim, whose number is of no certain day."""
    if said is None or quantity.on is None or other.on is not None:
        return False
    return quantity.on[1] < said.toordinal() - LONG_AGO
