"""Lists of words that the reading of quantities needs, from lists.csv."""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    with files(__package__).joinpath("lists.csv").open(encoding="utf-8") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        return {row["name"]: frozenset(row["words"].split()) for row in rows}


def words(name: str) -> frozenset[str]:
    """Return the words of a list, lower case.

    Raises:
        KeyError: when lists.csv has no such list.
    """
    return _lists()[name]
