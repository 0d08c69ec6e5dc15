"""The project file: one SQLite database with articles, claims, speakers, relations and what people said about them."""

from __future__ import annotations

from claimtrack.store.project import Project
from claimtrack.store.query import Filters

__all__ = ["Filters", "Project"]
