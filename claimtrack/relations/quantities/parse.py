"""Reading the quantities of a claim's text."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from claimtrack.model import Span
from claimtrack.relations.quantities import clauses
from claimtrack.relations.quantities.changes import direction, way
from claimtrack.relations.quantities.masks import masks
from claimtrack.relations.quantities.quantity import Bound, Quantity
from claimtrack.relations.quantities.scan import Found, scan
from claimtrack.relations.quantities.sums import deadline, share_of, totals
from claimtrack.relations.quantities.tables import stem
from claimtrack.relations.quantities.times import DAY, Moment, around, may_hold_date, moments
from claimtrack.relations.quantities.tokens import Token, tokenise

ABOUT = 0.1
"""How far "about" goes, as a part of the number."""

MAX_TEXT = 20_000
"""Characters of a text that are read; no claim is longer."""

_FORMER = frozenset(("against", "from", "versus"))
_GOES_ON = re.compile(
    r"\b(?:still (?:coming|arriving|rising|climbing|growing|being)|(?:and|but) (?:rising|climbing|counting)"
    r"|more (?:were|are) (?:still )?(?:coming|arriving|expected))\b"
)  # fmt: skip
_MAY_HOLD = re.compile(
    r"[0-9]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty"
    r"|hundreds?|thousands?|[mb]illions?|trillion|dozens?|scores|several|tens|half|no|none|nobody|zero|thirds|quarters"
    r"|not a single"
    r"|an? (?:couple|few|handful|score|half|quarter|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)"
    r"|(?:about|nearly|almost|over|than|around|least|most|within|under|roughly|just|only) an?|noon|midday|midnight)\b",
    re.IGNORECASE,
)
_DATE_BOUND = re.compile(
    r"\b(?:(by|before|until|no later than)|(after)|(about|around|roughly))\s+(?:the )?$", re.IGNORECASE
)


def quantities_of(text: str, said_on: datetime.date | None = None) -> tuple[Quantity, ...]:
    """Return the quantities of a text, in order of their places; sums and the like come last.

    Args:
        text: a claim's proposition, plain text; what lies behind the first 20,000 characters is not read.
        said_on: the day that "Friday", "May 28" and "last week" are reckoned from. Without it only dates that tell
            their year are returned.
    """
    text = text[:MAX_TEXT]
    if not (_MAY_HOLD.search(text) or (said_on and may_hold_date(text))):
        return ()
    tokens = tokenise(text)
    told = moments(text, said_on)
    masked = _masked(tokens, [m[:2] for m in told] + masks(text))
    in_time = _masked(tokens, [m[:2] for m in told])
    found: list[Quantity] = []
    derived: list[Quantity] = []
    for start, end in clauses.sentences(tokens):
        numbers, extra = _Sentence(text, tokens, start, end, told, in_time).read(masked, found)
        found += numbers
        derived += extra
    found.sort(key=lambda q: (q.span.start, q.span.end))
    return (*found, *derived, *totals(found, text))


def _masked(tokens: Sequence[Token], spans: Sequence[tuple[int, int]]) -> list[bool]:
    if not spans:
        return [False] * len(tokens)
    return [any(start < t.end and t.start < end for start, end in spans) for t in tokens]


class _Sentence:
    """One sentence on the way to its quantities."""

    def __init__(
        self, text: str, tokens: Sequence[Token], start: int, end: int, told: Sequence[Moment], in_time: Sequence[bool]
    ) -> None:
        self.text, self.tokens, self.start, self.end, self.in_time = text, tokens, start, end, in_time
        self.numbers: set[int] = set()
        first, last = tokens[start].start, tokens[end - 1].end
        self.told = [m for m in told if first <= m.start < last and m.high >= m.low]

    def read(self, masked: Sequence[bool], before: Sequence[Quantity] = ()) -> tuple[list[Quantity], list[Quantity]]:
        scanned = [f for f in scan(self.tokens, self.start, self.end, masked) if f.sort != "score"]
        self.numbers = {i for f in scanned for i in range(f.first, f.after)}
        things = [self._thing(f) for f in scanned]
        ends = [max([f.after, *(i + 1 for i in t[0])]) for f, t in zip(scanned, things, strict=True)]
        limits = self._limits(scanned, ends)
        found: list[Quantity] = []
        derived: list[Quantity] = []
        places: list[Found] = []
        for one, (words, additional), limit in zip(scanned, things, limits, strict=True):
            quantity = self._quantity(one, words, additional, limit)
            if quantity is None:
                continue
            earlier = (found or list(before))[-1:]
            if (
                earlier
                and not quantity.thing
                and quantity.measure == "count" == earlier[0].measure
                and not quantity.former
            ):
                quantity = _elliptic(quantity, earlier[0])
            if found and places and not quantity.thing and one.sort != "none":
                quantity = self._inherited(quantity, found[-1])
            if found and self._is_whole(places[-1], one):
                share = share_of(found[-1], quantity, self.text) if found[-1].measure == "percent" else None
                derived += [share] if share else []
                if quantity.measure == "count":
                    quantity = replace(quantity, context=frozenset())
                if quantity.measure == found[-1].measure == "count":
                    found[-1] = replace(found[-1], additional=True)
            found.append(quantity)
            places.append(one)
        times = [q for m in self.told if (q := self._moment(m, limits)) is not None]
        for clock in times:
            last = next((q for q in found if q.measure == "duration" and self._within(q, clock)), None)
            if last:
                derived.append(deadline(last, clock, self.text))
        return found + times, derived

    def _thing(self, one: Found) -> tuple[list[int], bool]:
        measure = one.unit.measure
        if measure in ("age", "points", "temperature") or (one.sort != "share" and measure in ("length", "speed")):
            return [], measure != "points" and self._besides(one)
        words, additional = clauses.thing_after(
            self.tokens,
            one.after,
            self.end,
            after_of=measure in ("percent", "duration", "flow", "area") and not self._direct(one),
        )
        if any(self.in_time[i] for i in words):
            words = [i for i in words if not self.in_time[i]]
        return words, (additional or self._besides(one)) and measure not in ("percent", "points")

    def _besides(self, one: Found) -> bool:
        near = [self.tokens[i].lower for i in range(max(self.start, one.first - 1), one.after)]
        return bool(clauses.ADDITIONAL & set(near) - {"more"}) or (
            one.after < self.end and self.tokens[one.after].lower in clauses.ADDITIONAL
            and [t.lower for t in self.tokens[one.after + 1 : one.after + 2]] != ["than"]
        )  # fmt: skip

    def _direct(self, one: Found) -> bool:
        """Tell whether a thing follows at once: "nine hours' notice", "one in five children"."""
        if one.sort == "share" and self.tokens[one.after - 2].lower in ("in", "of"):
            return True
        return one.after < self.end and self.tokens[one.after].text in ("'", "’")

    def _limits(self, scanned: Sequence[Found], ends: Sequence[int]) -> list[tuple[int, int]]:
        edges = [self.start]
        for index in range(len(scanned) - 1):
            left, right = ends[index], scanned[index + 1].first
            # "from 30 to 40": each has the whole clause.
            edges.append(clauses.part_between(self.tokens, min(left, right), right))
        edges.append(self.end)
        limits = []
        for index in range(len(scanned)):
            limits.append((edges[index], max(edges[index + 1], ends[index])))
        return limits

    def _quantity(self, one: Found, words: list[int], additional: bool, limit: tuple[int, int]) -> Quantity | None:
        unit, tokens = one.unit, self.tokens
        low, high = one.low * unit.factor + unit.offset, one.high * unit.factor + unit.offset
        if (
            one.sort == "none"
            and not words
            and tokens[one.first].lower in ("no", "zero", "not")
            and not self._nobody(one)
        ):
            return None
        if not (math.isfinite(low) and math.isfinite(high)):
            return None
        start, end = limit
        used = {*words, *self.numbers}
        inside = {i for i in range(start, end) if self.in_time[i]}
        if not one.bound and _GOES_ON.search(self.text, tokens[one.after - 1].end, tokens[self.end - 1].end):
            one = replace(one, bound="at_least")
        bound, low, high, value = _interval(one, low, high)
        span = Span(tokens[one.first].start, tokens[one.after - 1].end)
        thing = ("people",) if self._nobody(one) else tuple(stem(tokens[i].text) for i in words)
        way = (
            direction(tokens, one.first, one.after, start, end, unit.measure in ("count", "money"))
            if unit.measure not in ("age", "temperature")
            else ""
        )
        if unit.measure in ("duration", "length") or one.sort in ("none", "ordinal"):
            way = ""
        if way and one.first > start and tokens[one.first - 1].lower == "to":
            way = ""
        return Quantity(
            low, high, value, bound, unit.measure, unit.name, thing, clauses.context(tokens, start, end, used | inside),
            way, span, span.of(self.text), noun=_words(self.text, tokens, words), step=one.step * unit.factor,
            additional=additional, former=one.former or self._former(one), on=self._day(start, end),
            negated=one.sort != "none" and unit.measure not in ("duration", "age") and self._negated(one, start),
        )  # fmt: skip

    def _nobody(self, one: Found) -> bool:
        words = [t.lower for t in self.tokens[one.first : one.after]]
        return one.sort == "none" and (words[-1] == "nobody" or (words[0] == "no" and words[-1] == "one"))

    def _former(self, one: Found) -> bool:
        before = [t.lower for t in self.tokens[max(self.start, one.first - 2) : one.first]]
        if not before:
            return False
        if before[-1] == "from":
            return any(way(self.tokens[i].lower) for i in range(max(self.start, one.first - 12), one.first - 1))
        return before[-1] in _FORMER or before in (["compared", "with"], ["compared", "to"])

    def _negated(self, one: Found, start: int) -> bool:
        for index in range(one.first - 1, max(start, one.first - 5) - 1, -1):
            word = self.tokens[index].lower
            if word in ("not", "never", "denied", "denies", "deny", "nor") or word.endswith(("n't", "n’t")):
                following = self.tokens[index + 1].lower
                return following not in ("only", "just", "merely", "until", "since")
            if word in (",", "and", "but", "that", "because", "than", "until", "for", "in", "since", "after"):
                return False
        return False

    def _day(self, start: int, end: int) -> tuple[float, float] | None:
        begin, stop = self.tokens[start].start, self.tokens[end - 1].end
        days = [m for m in self.told if m.measure == "date" and m.unit == "day" and begin <= m.start < stop]
        return (days[0].low, days[0].high) if len(days) == 1 else None

    def _inherited(self, quantity: Quantity, before: Quantity) -> Quantity:
        """Give "up from two" or "against 95 per cent" the thing and the clause of the number before."""
        alike = quantity.measure == before.measure
        if not alike or not (quantity.former or quantity.additional or not quantity.context):
            return quantity
        same = quantity.former or not quantity.context
        return replace(
            quantity,
            thing=before.thing,
            noun=before.noun,
            context=before.context | quantity.context if same else quantity.context,
        )

    def _is_whole(self, before: Found, one: Found) -> bool:
        """Tell whether a number is what another is a part of: "95 per cent of its 2,300 dockers", "three of the 52"."""
        between = [t.lower for t in self.tokens[before.after : one.first]]
        return (
            0 < len(between) <= 3
            and between[0] == "of"
            and all(w in ("of", "the", "its", "their", "his", "her", "our", "all") for w in between)
        )

    def _within(self, duration: Quantity, clock: Quantity) -> bool:
        return duration.bound == "at_most" and bool(
            re.fullmatch(r"\s+of\s+(?:(?:about|around|roughly)\s+)?", self.text[duration.span.end : clock.span.start])
        )

    def _moment(self, moment: Moment, limits: Sequence[tuple[int, int]]) -> Quantity | None:
        tokens, start, end = self.tokens, self.start, self.end
        for left, right in limits:
            if tokens[left].start <= moment.start and moment.end <= tokens[right - 1].end:
                start, end = left, right
        low, high, first = moment.low, moment.high, moment.start
        bound: Bound = "exact" if low == high else "range"
        told = _DATE_BOUND.search(self.text, max(0, first - 20), first)
        value = low
        if told:
            first = told.start()
            bound = "at_most" if told[1] else "more_than" if told[2] else "about"
            low, high = _time_bound(moment, bound)
            if moment.measure == "clock" and bound != "about" and moment.unit == "12h":
                low, high = (value - DAY / 2, value) if bound == "at_most" else (value, value + DAY / 2)
        used = self.numbers | {i for i in range(start, end) if self.in_time[i]}
        span = Span(first, moment.end)
        return Quantity(
            low, high, value, bound, moment.measure, moment.unit, (), clauses.context(tokens, start, end, used), "",
            span, span.of(self.text), negated=False,
        )  # fmt: skip


def _elliptic(quantity: Quantity, before: Quantity) -> Quantity:
    """Give a number without a noun that of the sentence before, where they share a word ("We opened two")."""
    if not before.thing or not quantity.context & before.context:
        return quantity
    return replace(quantity, thing=before.thing, noun=before.noun)


def _time_bound(moment: Moment, bound: Bound) -> tuple[float, float]:
    low, high = moment.low, moment.high
    if moment.measure == "clock":
        if bound == "about":
            return around(low, high, about=True)
        return (low - DAY / 2, high) if bound == "at_most" else (low, high + DAY / 2)
    if bound == "about":
        return low - 2, high + 2
    return (-math.inf, high) if bound == "at_most" else (low, math.inf)


def _interval(one: Found, low: float, high: float) -> tuple[Bound, float, float, float]:
    """Return the bound, the limits and the number as said."""
    value = (low + high) / 2 if one.bound == "range" else low
    span = abs(value) * ABOUT
    floor = 0.0 if value >= 0 and one.unit.measure != "temperature" else -math.inf
    kind = one.bound or ("vague" if one.sort == "vague" else "about" if one.sort == "share" else "exact")
    if one.sort == "vague" and kind in ("about", "nearly", "just_over", "exact"):
        kind = "vague"
    if one.sort == "none":
        return "exact", 0.0, 0.0, 0.0
    if kind in ("at_least", "more_than"):
        return cast(Bound, kind), low, math.inf, value
    if kind in ("at_most", "less_than"):
        return cast(Bound, kind), min(floor, low), high, value
    if kind == "about":
        return "about", value - span, value + span, value
    if kind == "nearly":
        return "about", value - span, value, value
    if kind == "just_over":
        return "about", value, value + span, value
    return cast(Bound, kind), low, high, value


def _words(text: str, tokens: Sequence[Token], words: Sequence[int]) -> str:
    return text[tokens[words[0]].start : tokens[words[-1]].end] if words else ""
