"""Places, seats of power and bodies that stand for a speaker, and who belongs to whom.

The tables ship with the package; :func:`read_aliases` reads more of them from a user's file.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from claimtrack.errors import InputError
from claimtrack.model import SPEAKER_KINDS, SpeakerKind
from claimtrack.speakers.vocabulary import rows

COLUMNS = ("alias", "name", "kind", "part_of")

_LEADING = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_MINISTRY = re.compile(r"\b(ministry|minister|department|treasury|foreign office|home office)\b", re.IGNORECASE)
_FILLERS = frozenset(["of", "for", "the", "and", "'s", "ministry", "department", "minister", "s"])
_ABBREVIATED = re.compile(r"^(?:\w\.)+\w?\.?$")


@dataclass(frozen=True)
class Alias:
    """One row of a table: what stands in the text, the speaker it means, and the body that speaker belongs to."""

    alias: str
    name: str
    kind: SpeakerKind
    part_of: str | None = None


@dataclass(frozen=True)
class Gazetteer:
    """All aliases by their key, and the countries that demonyms tell of."""

    aliases: Mapping[str, Alias]
    demonyms: Mapping[str, str]

    def find(self, name: str) -> Alias | None:
        """Return what a name stands for, or None; "the" and the case do not count, save in short names."""
        found = self.aliases.get(key(name))
        # "us" is no country, nor "who" a health organisation.
        if found and len(name) <= 4 and name.islower():
            return None
        return found

    def country(self, word: str) -> str | None:
        """Return the country that a demonym or a place's name tells of ("Austrian", "Austria", "Vienna")."""
        bare = re.sub(r"['’]s?$", "", word)
        told = self.demonyms.get(bare) or self.demonyms.get(bare.removesuffix("s"))
        if told:
            return told
        found = self.find(bare)
        return found.name if found and found.kind == "government" and not found.part_of else None

    def parent(self, name: str) -> str | None:
        """Return the government that a ministry, an office or a government by its demonym belongs to.

        "British Defense Ministry" and "Russia's Defense Ministry" belong to their countries; "Serbian
        government" is its country's own name and has no parent.
        """
        found = self.find(name)
        if found:
            return found.part_of
        for size in (2, 1):
            words = name.split()
            if len(words) > size:
                country = self.country(" ".join(words[:size]))
                if country:
                    return country
        return None

    def ministry(self, name: str) -> tuple[str, str] | None:
        """Return country and field of a ministry, however it is put ("defence"), or None for other bodies."""
        if not _MINISTRY.search(name):
            return None
        country = self.parent(name) or ""
        words = re.findall(r"[\w'’]+", _LEADING.sub("", name).lower().replace("defense", "defence"))
        kept = [w for w in words if w not in _FILLERS and not self.country(w.capitalize())]
        return (country, " ".join(sorted(kept))) if kept else None


def key(name: str) -> str:
    """Return the form under which a name is looked up."""
    bare = " ".join(_LEADING.sub("", name.strip()).replace("’", "'").split())
    return bare.casefold()


@cache
def gazetteer(extra: tuple[Alias, ...] = ()) -> Gazetteer:
    """Return the shipped tables with a user's rows before them.

    Args:
        extra: rows from :func:`read_aliases`; each wins over a shipped row with the same alias.
    """
    aliases: dict[str, Alias] = {}
    demonyms: dict[str, str] = {}
    hand = [_alias(row) for row in rows("places.csv")]
    by_hand = {key(alias.alias): alias.name for alias in hand}
    for row in rows("countries.csv"):
        forms = [row["name"], *row["other_names"].split(";")]
        name = next((by_hand[key(form)] for form in forms if key(form) in by_hand), row["name"])
        for form in [*forms, row["capital"]]:
            if form and key(form) not in aliases:
                aliases[key(form)] = Alias(form, name, "government")
        for word in filter(None, row["demonyms"].split(";")):
            demonyms.setdefault(word, name)
    # Capitals that share their name with more than their country, or with a person, stay what they are.
    for misleading in (
        "georgetown",
        "victoria",
        "san josé",
        "kingston",
        "stanley",
        "plymouth",
        "hamilton",
        "wellington",
    ):
        aliases.pop(misleading, None)
    for alias in (*hand, *extra):
        aliases[key(alias.alias)] = alias
    demonyms.update((row["word"], row["country"]) for row in rows("demonyms.csv"))
    return Gazetteer(aliases, demonyms)


def read_aliases(path: Path) -> tuple[Alias, ...]:
    """Read a user's table of aliases: CSV with the columns alias, name, kind, part_of.

    Lines that start with # are comments; ``kind`` may be left empty for an organisation.

    Raises:
        InputError: when the file cannot be read, or a row does not say what it must.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); name a CSV file with --aliases") from None
    except UnicodeDecodeError:
        raise InputError(f"{path}: is not UTF-8; save the table of aliases as CSV in UTF-8") from None
    numbered = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#")]
    table = csv.DictReader(line for _, line in numbered)
    missing = {"alias", "name"} - set(table.fieldnames or ())
    if missing:
        raise InputError(
            f"{path}: no column {' nor '.join(sorted(missing))}; its first line must be {','.join(COLUMNS)}"
        )
    found = []
    for (number, _), row in zip(numbered[1:], table, strict=False):
        cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
        if not cells["alias"] or not cells["name"]:
            raise InputError(f"{path}: line {number}: alias and name must not be empty")
        if cells["kind"] and cells["kind"] not in SPEAKER_KINDS:
            raise InputError(
                f"{path}: line {number}: {cells['kind']!r} is no kind; write one of {', '.join(SPEAKER_KINDS)}"
            )
        found.append(_alias(cells))
    return tuple(found)


def _alias(row: Mapping[str, str]) -> Alias:
    kind = cast(SpeakerKind, row["kind"] or "organisation")
    return Alias(row["alias"], row["name"], kind, row["part_of"] or None)


def initials(name: str) -> frozenset[str]:
    """Return the letters by which a name may be abbreviated, upper case: with and without its small words."""
    words = [word for word in re.findall(r"[\w']+", name) if word]
    big = [word for word in words if word[0].isupper()]
    forms: Iterable[list[str]] = (big, words, [w for w in words if w.lower() not in ("the", "of", "and", "for")])
    return frozenset("".join(word[0] for word in form).upper() for form in forms if len(form) > 1)


def letters(name: str) -> str | None:
    """Return the bare letters of an abbreviation ("U.N.", "EPA"), or None for any other name."""
    bare = name.replace(".", "")
    short = 2 <= len(bare) <= 6 and bare.isalpha() and bare.isupper()
    return bare if short or _ABBREVIATED.match(name) else None
