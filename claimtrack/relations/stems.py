"""What a word has in common with its forms: the one stemmer of topics, quantities and polarity."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the stem of a word, lower case, without a possessive ending: "Leaked" gives "leak" (Porter2)."""
    return str(_stemmer().stemWord(word.casefold().replace("’", "'").removesuffix("'s")))


@cache
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")
