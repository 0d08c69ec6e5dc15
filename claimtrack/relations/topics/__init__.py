"""Topics: claims about one matter, within one story, across articles (docs/topics.md)."""

from claimtrack.relations.topics.grouping import Grouping, group

__all__ = ["Grouping", "group"]
