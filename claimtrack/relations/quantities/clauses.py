"""What a number counts, and what its clause says of it: words around it, as stems, without a parse."""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.relations.quantities.numerals import number_at
from claimtrack.relations.quantities.tables import group_of_stem, phrases, stem, stopwords
from claimtrack.relations.quantities.tokens import Token, ends_clause, glued
from claimtrack.relations.quantities.wordlists import words

MAX_THING = 5
"""The words for a thing are not looked for further."""

_SOFT = frozenset((",", "and", "but", "while", "whereas", "against", "than", "from", "to", "—", "–", "or"))
_LEAD = words("lead")
ADDITIONAL = words("additional")
_PREDICATES = words("predicate")


def sentences(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Return the stretches of tokens between the marks that end a clause."""
    found, start = [], 0
    for index in range(len(tokens)):
        if ends_clause(tokens, index):
            if index > start:
                found.append((start, index))
            start = index + 1
    if start < len(tokens):
        found.append((start, len(tokens)))
    return found


def part_between(tokens: Sequence[Token], left: int, right: int) -> int:
    """Return the token that best parts two quantities of a sentence, between their ends; ``right`` if none does."""
    commas = [i for i in range(left, right) if tokens[i].text == ","]
    soft = [i for i in range(left, right) if tokens[i].lower in _SOFT]
    return (commas or soft or [right])[-1]


def thing_after(tokens: Sequence[Token], index: int, end: int, after_of: bool = False) -> tuple[list[int], bool]:
    """Return the tokens of what is counted from ``index`` on, and whether it is besides others ("more", "other").

    Args:
        tokens: the text.
        index: the first token behind the number and its unit.
        end: where its sentence ends.
        after_of: whether a thing must be put there by "of" (a share).
    """
    additional, of, skipped = False, False, 0
    while index < end and (tokens[index].lower in _LEAD or tokens[index].number) and skipped < 5:
        if tokens[index].number and not of:
            break
        of = of or tokens[index].lower == "of"
        additional = additional or tokens[index].lower in ADDITIONAL
        index, skipped = index + 1, skipped + 1
    if of and index < end and (numeral := number_at(tokens, index)):
        index = min(numeral.end, end)
    if after_of and not of:
        return [], additional
    return _noun(tokens, index, end), additional


def _noun(tokens: Sequence[Token], index: int, end: int) -> list[int]:
    stops, found = stopwords(), list[int]()
    while index < end and len(found) < MAX_THING:
        token = tokens[index]
        if token.text in "'’-‑" and (glued(tokens, index) or glued(tokens, index + 1)):
            index += 1
            continue
        word = token.lower
        if index + 2 < end and tokens[index + 1].text == "-" and glued(tokens, index + 1) and glued(tokens, index + 2):
            index += 3  # "cancer-killing compounds": what a thing is like, not what it is
            continue
        kind = stops.get(word)
        if not token.word or kind == "function" or (kind == "verb" and (found or word != "work")):
            break
        if kind != "rest" and not word.endswith(("'s", "’s")):
            if _acts(word):
                if found or not _more_noun(tokens, index + 1, end):
                    break
            elif found and _begins_name(token.text) and not tokens[found[-1]].text[0].isupper():
                break
            elif word.endswith("ly") and word not in ("family", "assembly", "ally"):
                if found:
                    break
            else:
                found.append(index)
        index += 1
    return found


def _acts(word: str) -> bool:
    """Tell whether a word says what happened, and not what it happened to."""
    if word in _PREDICATES:
        return True
    known = group_of_stem().get(stem(word), ())
    if any(group.role == "thing" for group in known):
        return False
    return (
        word.endswith(("ed", "ing"))
        or word in ("died", "dead")
        or (bool(known) and not word.endswith(("s", "tion", "h")))
    )


def _begins_name(text: str) -> bool:
    """Tell whether a capital begins another phrase; letters such as GOP may stand before the noun."""
    return text[0].isupper() and not (text.isupper() and len(text) > 1)


def _more_noun(tokens: Sequence[Token], index: int, end: int) -> bool:
    """Tell whether a noun follows an adjective such as "wounded"."""
    return (
        index < end and tokens[index].word and tokens[index].lower not in stopwords() and not _acts(tokens[index].lower)
    )


def context(tokens: Sequence[Token], start: int, end: int, without: frozenset[int] | set[int]) -> frozenset[str]:
    """Return the stems of the content words of a clause, and the names of the groups that its phrases belong to."""
    stops, known, found = stopwords(), phrases(), set[str]()
    for index in range(start, end):
        token = tokens[index]
        if token.lower in known:
            for phrase, name in known[token.lower]:
                if len(phrase) <= end - index and all(tokens[index + k].lower == w for k, w in enumerate(phrase)):
                    found.add("=" + name)
        if index in without or not token.word:
            continue
        if len(token.text) > 1 and (
            token.lower not in stops or (stops[token.lower] == "verb" and stem(token.lower) in group_of_stem())
        ):
            found.add(stem(token.text))
    return frozenset(found)
