"""Reading one number: digits with separators, number words, multiples, dozens, fractions and none at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from claimtrack.relations.quantities.tokens import Token, glued
from claimtrack.relations.quantities.wordlists import words

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_SMALL = {word: float(n) for n, word in enumerate(_ONES.split())}
_TENS_FROM_TWENTY = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS = {word: 10.0 * n for n, word in enumerate(_TENS_FROM_TWENTY.split(), 2)}
_TIMES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0}
_SUFFIXES = {"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12}
_PLURALS = {
    "dozens": (24.0, 120.0), "scores": (40.0, 200.0), "hundreds": (200.0, 2e3), "thousands": (2e3, 2e4),
    "millions": (2e6, 2e7), "billions": (2e9, 2e10), "several": (3.0, 20.0),
}  # fmt: skip
_AFTER_A = {"couple": (2.0, 3.0), "few": (2.0, 10.0), "handful": (2.0, 10.0), "score": (20.0, 20.0)}
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fifth": 5, "fifths": 5,
    "sixth": 6, "sixths": 6, "seventh": 7, "eighth": 8, "eighths": 8, "ninth": 9, "tenth": 10, "tenths": 10,
}  # fmt: skip
_NOBODY = frozenset(("none", "nobody"))

START_WORDS = frozenset((*_SMALL, *_TENS, *_TIMES, *_PLURALS, *_NOBODY, "a", "an", "half", "no", "not", "tens"))
"""The words that a number can begin with; a text that has none of them and no digit has no quantity."""

Sort = Literal["number", "share", "none", "vague"]


class Numeral(NamedTuple):
    """A number read: which tokens it takes up, its value, how finely it is told, and its limits where it is vague."""

    start: int
    end: int
    value: float
    step: float
    sort: Sort
    low: float
    high: float


def number_at(tokens: Sequence[Token], index: int) -> Numeral | None:
    """Return the number that begins at a token, or None."""
    token = tokens[index]
    if token.number:
        return _in_digits(tokens, index)
    if token.lower not in START_WORDS:
        return None
    return _none(tokens, index) or _vague(tokens, index) or _share(tokens, index) or _in_words(tokens, index)


def _lower(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].lower if 0 <= index < len(tokens) else ""


def _plain(start: int, end: int, value: float, step: float) -> Numeral:
    return Numeral(start, end, value, step, "number", value, value)


def _in_digits(tokens: Sequence[Token], index: int) -> Numeral | None:
    digits = tokens[index].text.replace(",", "")
    if len(digits) > 18 or (len(digits) > 1 and digits[0] == "0" and digits[1] != "."):
        return None
    value, step, end = float(digits), _step(digits), index + 1
    suffix = _lower(tokens, end)
    if glued(tokens, end) and tokens[end].text != "B" and suffix in _SUFFIXES and _is_multiple(tokens, index):
        return _plain(index, end + 1, value * _SUFFIXES[suffix], step * _SUFFIXES[suffix])
    if suffix in ("m", "bn", "tn") and index and tokens[index - 1].text in "$£€¥":
        return _plain(index, end + 1, value * _SUFFIXES[suffix], step * _SUFFIXES[suffix])
    if suffix == "and" and _lower(tokens, end + 1) == "a" and _lower(tokens, end + 2) == "half":
        value, step, end = value + 0.5, 0.5, end + 3
    while _lower(tokens, end) in _TIMES or (_lower(tokens, end) == "-" and _lower(tokens, end + 1) in _TIMES):
        end += _lower(tokens, end) == "-"
        value, step, end = value * _TIMES[tokens[end].lower], step * _TIMES[tokens[end].lower], end + 1
    return _plain(index, end, value, step)


def _is_multiple(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether "300m" means millions: money, a decimal, or a word for what is counted behind it."""
    if tokens[index + 1].lower != "m" or "." in tokens[index].text or (index and tokens[index - 1].text in "$£€¥"):
        return True
    return (
        index + 2 < len(tokens) and tokens[index + 2].word and tokens[index + 2].lower.endswith(("s", "people", "men"))
    )


def _step(digits: str) -> float:
    if "." in digits:
        return float(10.0 ** -len(digits.partition(".")[2]))
    return float(10.0 ** (len(digits) - len(digits.rstrip("0")))) if digits.strip("0") else 1.0


def _none(tokens: Sequence[Token], index: int) -> Numeral | None:
    word, following = tokens[index].lower, _lower(tokens, index + 1)
    end = 0
    if word in _NOBODY:
        end = index + 1
    elif word == "no":
        if following == "one":
            end = index + 2
        elif following == "-" and _lower(tokens, index + 2) == "one":
            end = index + 3
        elif following[:1].isalpha() and following not in _NOT_AFTER_NO:
            end = index + 1
    elif word == "not" and following == "one" and _lower(tokens, index + 2) not in ("of", "to", "for"):
        end = index + 2
    elif word == "not" and following == "one":
        # "Not one of the cranes", but "it is not one of those".
        end = index + 2 if tokens[index].text[0] == "N" and _lower(tokens, index + 2) == "of" else 0
    elif word == "not" and following == "a" and _lower(tokens, index + 2) == "single":
        end = index + 3
    elif word == "zero":
        end = index + 1
    return Numeral(index, end, 0.0, 1.0, "none", 0.0, 0.0) if end else None


_NOT_AFTER_NO = words("not_after_no")


def _vague(tokens: Sequence[Token], index: int) -> Numeral | None:
    word, end, limits = tokens[index].lower, index + 1, None
    if word in ("tens", "dozens", "hundreds", "scores") and _lower(tokens, end) == "of":
        many = {"thousands": 1e3, "millions": 1e6, "billions": 1e9}.get(_lower(tokens, end + 1))
        if many:
            least = {"tens": 20.0, "scores": 40.0, "dozens": 24.0, "hundreds": 200.0}[word] * many
            return Numeral(index, end + 2, least, least, "vague", least, least * 10)
    if word in _PLURALS:
        limits = _PLURALS[word]
        if word == "several" and _lower(tokens, end) in _TIMES:
            times = _TIMES[tokens[end].lower]
            return Numeral(index, end + 1, 3 * times, times, "vague", 2 * times, 10 * times)
    elif word in ("a", "an") and _lower(tokens, end) in _AFTER_A:
        limits, end = _AFTER_A[tokens[end].lower], end + 1
        if _lower(tokens, end) in _TIMES:
            times = _TIMES[tokens[end].lower]
            return Numeral(index, end + 1, limits[0] * times, times, "vague", limits[0] * times, limits[1] * times)
    return Numeral(index, end, limits[0], limits[0], "vague", *limits) if limits else None


def _share(tokens: Sequence[Token], index: int) -> Numeral | None:
    """Read "half of", "a third of", "two-thirds", "three quarters", "half a million"."""
    word, end = tokens[index].lower, index + 1
    over, part = 1.0, ""
    if word == "half" or (word == "a" and _lower(tokens, end) == "half" and _lower(tokens, end + 1) in ("-", "dozen")):
        end += word == "a"
        part = "half"
        dozen = end + (_lower(tokens, end) == "-")
        if _lower(tokens, dozen) == "dozen":
            return _plain(index, dozen + 1, 6.0, 1.0)
        if _lower(tokens, end) in ("a", "an") and _lower(tokens, end + 1) in _TIMES:
            times = _TIMES[tokens[end + 1].lower]
            return _plain(index, end + 2, times / 2, times / 10)
        if _lower(tokens, end) in ("a", "an", "past", "time", "way", "-", "hour"):
            return None
    elif word in ("a", "an") or word in _SMALL:
        over = _SMALL.get(word, 1.0)
        end += _lower(tokens, end) == "-"
        part = _lower(tokens, end)
        if part not in _PARTS or (not part.endswith("s") and part != "half" and over > 1):
            return None
        end += 1
    if part not in _PARTS:
        return None
    if _lower(tokens, end) == "of" and _lower(tokens, end + 1) in ("a", "an") and _lower(tokens, end + 2) in _TIMES:
        times = _TIMES[tokens[end + 2].lower] * over / _PARTS[part]
        return _plain(index, end + 3, times, times / 5)
    # "a third of" is a share, "a third gate" is not; "a quarter" and "a half" may be of a year or a match.
    if over == 1.0 and part != "half" and _lower(tokens, end) != "of":
        return None
    share = 100.0 * over / _PARTS[part]
    return Numeral(index, end, share, 1.0, "share", share, share)


def _in_words(tokens: Sequence[Token], index: int) -> Numeral | None:
    total = current = 0.0
    end, seen = index, False
    if tokens[index].lower in ("a", "an") and _lower(tokens, index + 1) in _TIMES:
        current, end, seen = 1.0, index + 1, True
    while end < len(tokens):
        word = tokens[end].lower
        if word in _TENS and current % 100 == 0:
            current += _TENS[word]
        elif word in _SMALL and (current % 100 == 0 or (current % 10 == 0 and current % 100 and _SMALL[word] < 10)):
            if seen and current == 0 and total == 0:
                break
            current += _SMALL[word]
        elif word in _TIMES and (seen or end == index):
            times = _TIMES[word]
            current = current or 1.0
            if times > 100:
                total, current = total + current * times, 0.0
            else:
                current *= times
        elif word in ("and", "-") and seen and _continues(tokens, end, word, current, total):
            end += 1
            continue
        else:
            break
        end, seen = end + 1, True
    if not seen or (end == index + 1 and tokens[index].lower in ("a", "an")):
        return None
    value = total + current
    if [_lower(tokens, end + k) for k in range(3)] == ["and", "a", "half"]:
        times = _TIMES.get(_lower(tokens, end + 3), 1.0)
        if times > 1.0:
            return _plain(index, end + 4, (value + 0.5) * times, 0.5 * times)
        last = _TIMES.get(tokens[end - 1].lower, 1.0)
        return _plain(index, end + 3, value + 0.5 * last, 0.5 * last)
    return _plain(index, end, value, _step(f"{value:.0f}"))


def _continues(tokens: Sequence[Token], index: int, mark: str, current: float, total: float) -> bool:
    """Tell whether "and" or a hyphen goes on with the same number ("a hundred and one", "forty-two")."""
    following = _lower(tokens, index + 1)
    if mark == "and":
        hundreds = (current >= 100 and current % 100 == 0) or (current == 0 and total > 0)
        return hundreds and (following in _SMALL or following in _TENS) and _lower(tokens, index - 1) in _TIMES
    if following in _TIMES:
        return glued(tokens, index)
    return glued(tokens, index) and following in _SMALL and _lower(tokens, index - 1) in _TENS
