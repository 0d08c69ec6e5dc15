"""The words of a text as terms: stems, how rare each is in the news, and how alike that makes two texts.

Rarity is reckoned from a table of news articles, not from the project's own, so that how alike two texts are
never changes when others are added.
"""

from __future__ import annotations

import csv
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

import numpy
from scipy.sparse import csr_matrix

from claimtrack.relations.stems import stem

TABLE = "frequencies.csv"
"""In how many of the articles each stem stands; its first row is the number of articles."""

SEEN = 5
"""Stems in fewer articles are left out of the table."""

NAMED = 1.5
"""What a name or number weighs, beside another word: who and where tell stories apart better than what."""

LEAD, LEADING = 60, 2
"""So many words at the start of an article say what it is about; each counts so often."""

_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*(?:['’][^\W\d_]+)?")


class Term(NamedTuple):
    """A word in a text: its stem, itself, and where it starts."""

    stem: str
    word: str
    start: int

    @property
    def marked(self) -> bool:
        """Whether it is written with a capital or a digit."""
        return self.word[0].isupper() or self.word[0].isdigit()


def terms_of(text: str) -> list[Term]:
    """Return the words of a text in order."""
    return [Term(stem(found[0]), found[0], found.start()) for found in _WORD.finditer(text)]


def rarity(stem: str) -> float:
    """Return a stem's inverse document frequency in the news: 0 for a word in every article, 8 for one in none."""
    articles, seen = _frequencies()
    return math.log((articles + 1) / (seen.get(stem, SEEN // 2) + 1))


@cache
def function_words() -> frozenset[str]:
    """Return the stems of words that say nothing of the matter."""
    source = resources.files(__package__).joinpath("function_words.txt").read_text(encoding="utf-8")
    return frozenset(stem(word) for line in source.splitlines() for word in line.partition("#")[0].split())


@cache
def _frequencies() -> tuple[int, dict[str, int]]:
    rows = csv.reader(resources.files(__package__).joinpath(TABLE).read_text(encoding="utf-8").splitlines())
    _, articles = next(rows)
    return int(articles), {stem: int(count) for stem, count in rows}


def matrix(texts: Iterable[Sequence[Term]], lead: int = 0) -> csr_matrix:
    """Return texts as rows of weighted terms, each row of length 1 (TF-IDF, sublinear: Salton and Buckley, 1988).

    Args:
        texts: the terms of each.
        lead: how many words at the start count :data:`LEADING` times.

    Returns:
        (texts, terms), float32; the product of two rows is how alike the texts are, from 0 to 1. A text without
        words has an empty row.
    """
    numbers: dict[str, int] = {}
    columns: list[int] = []
    weights: list[float] = []
    ends = [0]
    for terms in texts:
        counts: Counter[str] = Counter()
        for place, term in enumerate(terms):
            counts[term.stem] += LEADING if place < lead else 1
        marked = {term.stem for term in terms if term.marked}
        row = {s: (1 + math.log(n)) * rarity(s) * (NAMED if s in marked else 1) for s, n in counts.items()}
        length = math.sqrt(sum(weight * weight for weight in row.values())) or 1.0
        columns += [numbers.setdefault(s, len(numbers)) for s in row]
        weights += [weight / length for weight in row.values()]
        ends.append(len(columns))
    shape = (len(ends) - 1, max(len(numbers), 1))
    return csr_matrix((numpy.array(weights, numpy.float32), columns, ends), shape=shape)
