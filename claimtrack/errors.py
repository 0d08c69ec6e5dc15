"""What can go wrong, as one small tree.

ClaimtrackError             anything a person can mend; its message is one line that says how
├── InputError              a file, table or text that cannot be read as articles
│   └── NotArticles         it can be read, but holds something else; nobody's fault
├── ExportError             a format that there is not, or that cannot be written here
├── ModelError              a model folder that is missing, broken or out of reach
├── ProjectError            a project file that cannot be opened, or has not what was asked for
│   └── ReviewError         a correction that does not fit the claim
└── GoldError               an annotation file that does not fit its text
"""

from __future__ import annotations


class ClaimtrackError(Exception):
    """Something that the person at the keyboard can mend; the message names it and says how."""


class InputError(ClaimtrackError):
    """A file, table or text cannot be read as articles."""


class NotArticles(InputError):
    """A table holds something else than articles, such as the claims that claimtrack wrote."""


class ExportError(ClaimtrackError):
    """A format that there is not, or that cannot be written here."""


class ModelError(ClaimtrackError):
    """A model folder is missing, broken or out of reach."""


class GoldError(ClaimtrackError):
    """An annotation file does not fit the text it annotates."""


class ProjectError(ClaimtrackError):
    """A project file cannot be opened, or has not what was asked for."""


class ReviewError(ProjectError):
    """A correction does not fit the claim it is for."""
