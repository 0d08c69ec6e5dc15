"""Finding the numbers of a sentence with their units, bounds and ranges; what they count comes later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from claimtrack.relations.quantities.numerals import START_WORDS, Numeral, number_at
from claimtrack.relations.quantities.tables import Unit, bounds, stopwords, units
from claimtrack.relations.quantities.tokens import Token, glued
from claimtrack.relations.quantities.wordlists import words

CURRENCIES = {"$": "USD", "£": "GBP", "€": "EUR", "¥": "JPY", "₹": "INR", "₽": "RUB", "₴": "UAH"}
_DOLLARS = {"us": "USD", "a": "AUD", "c": "CAD", "nz": "NZD", "hk": "HKD", "s": "SGD"}
_LONGEST_UNIT = 5
_LONGEST_BOUND = 4
_COUNT = Unit("count", "count", 1.0, 0.0)
_PERCENT = Unit("percent", "percent", 1.0, 0.0)
_METRE = Unit("length", "m", 1.0, 0.0)
_PERIODS = words("period")
_FROM_SECOND = "second third fourth fifth sixth seventh eighth ninth tenth"
_ORDINALS = {word: n for n, word in enumerate(_FROM_SECOND.split(), 2)}
_NO_ORDINAL = words("no_ordinal")


@dataclass(frozen=True)
class Found:
    """A number in its place: tokens ``first`` to ``after``, limits as they were said, and what the words add."""

    first: int
    after: int
    low: float
    high: float
    step: float
    unit: Unit
    bound: str
    sort: str
    former: bool = False


def unit_at(tokens: Sequence[Token], index: int) -> tuple[Unit, int] | None:
    """Return the unit at a token and the token behind it; a hyphen before it is passed over ("22-year")."""
    if index < len(tokens) and tokens[index].text in "-‑" and glued(tokens, index) and glued(tokens, index + 1):
        index += 1
    table = units()
    for size in range(min(_LONGEST_UNIT, len(tokens) - index), 0, -1):
        words = tokens[index : index + size]
        unit = table.get(tuple(t.lower for t in words)) or table.get(tuple(t.text for t in words))
        if unit and (len(words[0].text) > 1 or not words[0].word or glued(tokens, index)):
            return unit, index + size - (words[-1].lower == "of" and size > 1)
    if index < len(tokens) and tokens[index].text == "m" and tokens[index - 1].number:
        return _METRE, index + 1
    return None


def scan(tokens: Sequence[Token], start: int, end: int, masked: Sequence[bool]) -> list[Found]:
    """Return the numbers of a sentence in order.

    Args:
        tokens: the text.
        start: the first token of the sentence.
        end: the token behind its last.
        masked: of each token, whether its number counts nothing or has been read (a date, a page).
    """
    found, index = list[Found](), start
    while index < end:
        token = tokens[index]
        if masked[index] or not (token.number or token.lower in START_WORDS):
            index += 1
            continue
        read = _number(tokens, index, start, end, masked) or _ordinal(tokens, index, end)
        if read is None:
            index += 1
            continue
        found += read
        index = max(read[-1].after, index + 1)
    return found


def _number(tokens: Sequence[Token], index: int, start: int, end: int, masked: Sequence[bool]) -> list[Found] | None:
    numeral = number_at(tokens, index) or _one_of_a_unit(tokens, index, start)
    if numeral is None or not _stands_free(tokens, index, numeral):
        return None
    if numeral.sort == "number" and (proportion := _one_in_five(tokens, numeral, end, masked)):
        numeral = proportion
    first, unit, after = _dressed(tokens, index, numeral, start)
    if numeral.sort != "number":
        return [
            _bounded(
                tokens, Found(first, after, numeral.low, numeral.high, numeral.step, unit, "", numeral.sort), start, end
            )
        ]
    sign = (
        -1.0
        if first > start and tokens[first - 1].text in "-−–" and glued(tokens, first) and not glued(tokens, first - 1)
        else 1.0
    )
    if sign < 0:
        first -= 1
        numeral = numeral._replace(value=-numeral.value, low=-numeral.value, high=-numeral.value)
    one = Found(first, after, numeral.value, numeral.value, numeral.step, unit, "", "number")
    return _ranged(tokens, one, numeral, start, end, masked) or [_bounded(tokens, one, start, end)]


def _one_of_a_unit(tokens: Sequence[Token], index: int, start: int) -> Numeral | None:
    """Read "about a point", "more than an hour": one, where a bound stands before and a unit behind."""
    if tokens[index].lower not in ("a", "an") or not _bound_before(tokens, index, start)[0]:
        return None
    if not (unit := unit_at(tokens, index + 1)) or unit[0].measure == "age":
        return None
    return Numeral(index, index + 1, 1.0, 1.0, "number", 1.0, 1.0)


def _stands_free(tokens: Sequence[Token], index: int, numeral: Numeral) -> bool:
    """Tell whether a number is no part of a longer word: not "two-state", not "F-16"."""
    if glued(tokens, index) and tokens[index - 1].text not in "$£€¥₹₽₴(\"“‘'[~+,—–-−-":
        return False
    if glued(tokens, index) and tokens[index - 1].text in "-," and glued(tokens, index - 1):
        return False
    behind = numeral.end
    if behind + 1 < len(tokens) and tokens[behind].text in "-‑" and glued(tokens, behind) and glued(tokens, behind + 1):
        following = tokens[behind + 1]
        if following.number or following.lower in ("plus", "odd", "to", "strong"):
            return True
        return unit_at(tokens, behind) is not None or number_at(tokens, behind + 1) is not None
    if behind < len(tokens) and glued(tokens, behind) and tokens[behind].word:
        return unit_at(tokens, behind) is not None
    return True


def _one_in_five(tokens: Sequence[Token], numeral: Numeral, end: int, masked: Sequence[bool]) -> Numeral | None:
    index = numeral.end
    if index + 1 >= end or masked[index + 1] or tokens[index].lower not in ("in", "out"):
        return None
    if tokens[index].lower == "out":
        if tokens[index + 1].lower != "of" or index + 2 >= end:
            return None
        index += 1
    whole = number_at(tokens, index + 1)
    if not whole or whole.sort != "number" or not numeral.value < whole.value <= 1000 or unit_at(tokens, whole.end):
        return None
    if tokens[index].lower == "in" and ((tokens[index + 1].number and whole.value > 100) or numeral.value > 10):
        return None
    share = 100.0 * numeral.value / whole.value
    return Numeral(numeral.start, whole.end, share, 1.0, "share", share, share)


def _dressed(tokens: Sequence[Token], index: int, numeral: Numeral, start: int) -> tuple[int, Unit, int]:
    """Return where a number begins with its currency, its unit, and the token behind the unit."""
    first, unit, after = _with_unit(tokens, index, numeral, start)
    if (
        after + 1 < len(tokens)
        and tokens[after].lower in ("a", "an", "per", "each", "every")
        and unit.measure not in ("age", "duration")
    ):
        every = tokens[after + 1].lower
        if every in _PERIODS:
            return first, unit._replace(name=f"{unit.name}/{every}"), after + 2
    return first, unit, after


def _with_unit(tokens: Sequence[Token], index: int, numeral: Numeral, start: int) -> tuple[int, Unit, int]:
    first = index
    if index > start and tokens[index - 1].text in CURRENCIES:
        first, currency = index - 1, CURRENCIES[tokens[index - 1].text]
        if tokens[first].text == "$" and first > start and glued(tokens, first):
            before = tokens[first - 1].lower
            if before in _DOLLARS:
                first, currency = first - 1, _DOLLARS[before]
        after = numeral.end
        return first, Unit("money", currency, 1.0, 0.0), after
    if numeral.sort == "share":
        return first, _PERCENT, numeral.end
    unit = unit_at(tokens, numeral.end)
    if unit and not (numeral.sort == "none" and unit[0].measure in ("points", "age", "temperature", "duration")):
        return first, unit[0], unit[1]
    if numeral.sort == "number" and 0 < numeral.value < 120 and _is_age(tokens, index, numeral.end, start):
        return first, Unit("age", "years", 1.0, 0.0), numeral.end
    return first, _COUNT, numeral.end


def _is_age(tokens: Sequence[Token], index: int, after: int, start: int) -> bool:
    """Tell an age without a unit: "aged 26", "Lund, 26, said"."""
    before = tokens[index - 1] if index > start else None
    if before and (
        before.lower in ("aged", "age", "turning", "turned", "turns")
        or (before.lower == "of" and tokens[index - 2].lower in ("age", "ages"))
    ):
        return True
    comma = before and before.text == "," and index - 2 >= start and _ends_name(tokens, index - 2)
    return bool(comma and tokens[index].number and (after == len(tokens) or tokens[after].text in ",."))


def _ends_name(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a name can end at a token: "Lund", "Lund Jr."."""
    if tokens[index].text == "." and index > 0:
        return tokens[index - 1].lower in ("jr", "sr")
    return tokens[index].text[0].isupper()


def _ranged(
    tokens: Sequence[Token], one: Found, numeral: Numeral, start: int, end: int, masked: Sequence[bool]
) -> list[Found] | None:
    """Join two numbers to a range, or tell the two ends of a change apart ("rose from 30 to 40")."""
    link = one.after
    if link + 1 >= end:
        return None
    mark = tokens[link].lower
    before = tokens[one.first - 1].lower if one.first > start else ""
    if not (mark in ("-", "–", "to", "or") or (mark == "and" and before == "between")):
        return None
    index = link + 1
    if tokens[index].lower == "as" or (mark in "-–" and glued(tokens, link) != glued(tokens, link + 1)):
        return None
    while index < end and tokens[index].text in CURRENCIES:
        index += 1
    other = None if index >= end or masked[index] else number_at(tokens, index)
    if other is None or other.sort != "number":
        return None
    _, unit, after = _dressed(tokens, index, other, start)
    if one.unit.measure not in ("count", unit.measure) and unit.measure != "count":
        return None
    unit = one.unit if unit.measure == "count" else unit
    low, high = _scaled(tokens, numeral, other), other.value
    if mark in "-–" and low >= high:
        return [replace(one, after=after, sort="score")]
    if before == "from" and mark == "to" and (low >= high or _changes(tokens, one.first - 1, start)):
        return [
            replace(one, unit=unit, low=low, high=low, bound="exact", former=True),
            Found(index, after, high, high, other.step, unit, "exact", "number"),
        ]
    if low >= high or (mark == "or" and high > 2 * low + 1):
        return None
    first = one.first - 1 if before in ("between", "from") else one.first
    return [Found(first, after, low, high, other.step, unit, "range", "number")]


def _scaled(tokens: Sequence[Token], one: Numeral, other: Numeral) -> float:
    """Return the first of two numbers, in millions where only the second says so ("1 to 2 million")."""
    if other.end - other.start > 1 and one.end - one.start == 1:
        for times in (1e12, 1e9, 1e6, 1e3):
            if other.value >= times and other.step >= times / 1e3 and one.value < other.value / times:
                return one.value * times
    return one.value


def _changes(tokens: Sequence[Token], index: int, start: int) -> bool:
    from claimtrack.relations.quantities.changes import way

    return any(way(tokens[i].lower) for i in range(max(start, index - 5), index))


def _bound_before(tokens: Sequence[Token], index: int, start: int) -> tuple[str, int]:
    """Return the bound that ends just before a token, and where it begins; nothing and ``index`` if there is none."""
    table = bounds()[0]
    for size in range(min(_LONGEST_BOUND, index - start), 0, -1):
        bound = table.get(tuple(t.lower for t in tokens[index - size : index]))
        if bound:
            return bound, index - size
    return "", index


def _bounded(tokens: Sequence[Token], one: Found, start: int, end: int) -> Found:
    found, first = "", one.first
    if first > start and tokens[first - 1].lower in ("another", "further", "additional", "extra", "a", "the"):
        inner = first - 1 if tokens[first - 1].lower != "a" else first
    else:
        inner = first
    for _ in range(3):
        bound, begin = _bound_before(tokens, inner, start)
        if not bound or _is_preposition(tokens, begin, inner, one):
            break
        if bound == "more_than" and begin > start and _negates(tokens[begin - 1].lower):
            bound, begin = "at_most", begin - 1
        found = bound if found in ("", "exact") or bound not in ("exact", "about") else found
        first = inner = begin
    behind, after = bounds()[1], one.after
    for size in range(min(3, end - after), 0, -1):
        words = tuple(t.lower for t in tokens[after : after + size])
        bound = behind.get(words) or behind.get(words[1:] if words[0] == "-" else words) or ""
        if bound and (
            size > 1
            or words[0] in "+-"
            or glued(tokens, after)
            or words[0] not in ("maximum", "minimum", "plus", "odd", "max", "approximately", "roughly")
        ):
            found, after = found if found not in ("", "exact") else bound, after + size
            break
    return replace(one, first=first, after=after, bound=found or "")


def _negates(word: str) -> bool:
    return word in ("not", "never", "nor") or word.endswith(("n't", "n’t"))


def _is_preposition(tokens: Sequence[Token], begin: int, end: int, one: Found) -> bool:
    """Tell whether "over 22 years", "all over", "under two governments", "past 14" say no bound."""
    word = tokens[begin].lower
    if end - begin > 1:
        return False
    if word == "over" and one.unit.measure == "duration":
        return begin == 0 or tokens[begin - 1].lower not in words("before_over")
    if word == "within":
        return one.unit.measure == "count"
    if word == "under" and one.unit.measure == "count":
        return begin > 0 and tokens[begin - 1].lower in ("served", "worked", "lived", "children")
    return word == "about" and begin > 0 and tokens[begin - 1].lower in ("think", "worry", "worried", "talk", "talking")


def _ordinal(tokens: Sequence[Token], index: int, end: int) -> list[Found] | None:
    """Read "a third gate": there are three at least."""
    if tokens[index].lower != "a" or index + 2 >= end or tokens[index + 1].lower not in _ORDINALS:
        return None
    following = tokens[index + 2]
    if not following.word or following.lower in _NO_ORDINAL or stopwords().get(following.lower) == "function":
        return None
    number = float(_ORDINALS[tokens[index + 1].lower])
    return [Found(index, index + 2, number, number, 1.0, _COUNT, "at_least", "ordinal")]
