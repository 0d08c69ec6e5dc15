"""Keyword arguments in, tables of pandas out: how scripts ask a project."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from claimtrack.errors import ProjectError
from claimtrack.store.query import Filters

if TYPE_CHECKING:
    import pandas as pd


def filters_of(filters: dict[str, Any]) -> Filters:
    """Return filters from keyword arguments, ISO dates read.

    Raises:
        ProjectError: when a date is none.
    """
    for name in ("since", "until"):
        value = filters.get(name)
        if isinstance(value, str):
            try:
                filters = {**filters, name: datetime.date.fromisoformat(value)}
            except ValueError:
                raise ProjectError(f"{name}: {value!r} is no day; write it as 2022-05-28") from None
        elif isinstance(value, datetime.datetime):
            filters = {**filters, name: value.date()}
    return Filters(**filters)


def frame(rows: Iterable[tuple[Any, ...]], columns: tuple[str, ...], dates: tuple[str, ...]) -> pd.DataFrame:
    """Return rows as a table.

    Args:
        rows: one tuple a row.
        columns: the names of their values.
        dates: which of them are days.
    """
    import pandas as pd

    table: pd.DataFrame = pd.DataFrame(list(rows), columns=list(columns))
    for name in set(dates) & set(columns):
        # Seconds rather than nanoseconds, so that no year is out of reach.
        table[name] = table[name].astype("datetime64[s]")
    return table
