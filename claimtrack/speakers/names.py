"""A source's name, made full with what the same article says elsewhere.

Pronouns and descriptions are left unresolved: a pronoun gives no speaker, a description an anonymous
one that carries its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claimtrack.model import Span, Spans, Speaker, SpeakerKind, joined, speaker_id

PRONOUNS = frozenset(
    [
        "i",
        "me",
        "we",
        "us",
        "you",
        "he",
        "him",
        "she",
        "her",
        "it",
        "they",
        "them",
        "who",
        "whom",
        "which",
        "that",
        "this",
        "these",
        "those",
        "one",
        "someone",
        "everyone",
        "nobody",
        "anyone",
        "some",
        "many",
        "others",
        "both",
        "all",
    ]
)

PREPOSITIONS = frozenset({"of", "for", "from", "at", "in", "with", "on", "to", "near", "inside", "close", "by"})

KIND_OF_ENTITY: dict[str, SpeakerKind] = {
    "PERSON": "person", "ORG": "organisation", "GPE": "government", "LOC": "government", "FAC": "organisation",
    "NORP": "group", "WORK_OF_ART": "document", "LAW": "document", "PRODUCT": "organisation",
}  # fmt: skip
"""Speaker kinds by OntoNotes entity type; other types name no speaker. A place speaks for its government."""

_POSSESSIVE = re.compile(r"['’]s?$")
_LEADING = re.compile(r"^(the|a|an)\s+", re.IGNORECASE)
_EDGES = " ,;:()–—-\n\t"


@dataclass(frozen=True)
class Name:
    """One named entity of an article, without a possessive ending."""

    text: str
    type: str
    span: Span

    @property
    def words(self) -> tuple[str, ...]:
        """The name's words, lower case."""
        return tuple(self.text.casefold().split())


def names_of(entities: Iterable[tuple[int, int, str]], text: str) -> list[Name]:
    """Return the entities that can name a speaker, in text order.

    Args:
        entities: start, end and OntoNotes type.
        text: the article.
    """
    names = []
    for start, end, kind in sorted(entities):
        covered = text[start:end]
        name = _LEADING.sub("", _POSSESSIVE.sub("", covered)).strip(_EDGES)
        if kind in KIND_OF_ENTITY and name:
            at = start + covered.index(name)
            names.append(Name(" ".join(name.split()), kind, Span(at, at + len(name))))
    return names


def resolve(source: Spans, text: str, names: Sequence[Name]) -> Speaker | None:
    """Return who a source names, or None where it names nobody.

    Args:
        source: where the source stands.
        text: the article.
        names: its names, from :func:`names_of`.
    """
    mention = joined(source, text)
    if not mention or mention.casefold() in PRONOUNS:
        return None
    known = _surname(mention, names)
    if known:
        return Speaker(speaker_id(known.text), known.text, "person", None, mention, "full name in the article")
    inside = [name for name in names if any(span.contains(name.span) for span in source)]
    named = _main(inside, source, text)
    if named is None:
        return _described(mention)
    full = _full(named, names)
    rule = "name" if full.text == named.text else "full name in the article"
    name = _with_owner(full, inside, text) if full is named else full.text
    return Speaker(
        speaker_id(name), name, KIND_OF_ENTITY[full.type], role=_role(named, source, text), mention=mention,
        resolved_by=rule,
    )  # fmt: skip


def _described(mention: str) -> Speaker:
    words = " ".join(mention.split())
    return Speaker(speaker_id(words), words, "anonymous", mention=mention, resolved_by="description")


def _main(inside: Sequence[Name], source: Spans, text: str) -> Name | None:
    """Pick the name that the source is, not one that only helps to describe it.

    A person counts wherever it stands, the first before any comma first ("Samuel Oduya, an inspector from
    the Safety Office", "an inspector from the Safety Office, Samuel Oduya"). Any other name counts where
    the first part of the source ends with it and it hangs on no preposition: "the Safety Office", not "an
    inspector from the Safety Office" nor "the Danish-born executive".
    """
    stop = text.find(",", source[0].start, source[0].end)
    end = stop if stop >= 0 else source[0].end
    people = [name for name in inside if name.type == "PERSON"]
    if people:
        return next((name for name in people if name.span.end <= end), people[0])
    before = [name for name in inside if name.span.end <= end]
    if not before or _POSSESSIVE.sub("", text[before[-1].span.end : end].strip(_EDGES)):
        return None
    ahead = text[source[0].start : before[0].span.start].casefold().split()
    return None if PREPOSITIONS.intersection(ahead) else before[-1]


def _surname(mention: str, names: Sequence[Name]) -> Name | None:
    """Return the person whose last name the whole mention is, also where the name was not seen as one there."""
    if not mention.isalpha() or not mention[0].isupper():
        return None
    full = _full(Name(mention, "PERSON", Span(0, len(mention))), names)
    return full if len(full.words) > 1 else None


def _full(named: Name, names: Sequence[Name]) -> Name:
    """Return the longest name in the article that the short one is the end of ("Hayday", "Serhiy Hayday")."""
    if named.type != "PERSON" or len(named.words) > 1:
        return named
    longer = [n for n in names if n.type == "PERSON" and len(n.words) > 1 and n.words[-1] == named.words[-1]]
    firsts = {n.words[0] for n in longer}
    # Two people with one surname stay two.
    return max(longer, key=lambda n: len(n.words)) if len(firsts) == 1 else named


def _with_owner(named: Name, inside: Sequence[Name], text: str) -> str:
    """Put a possessive before an organisation back on: "Russia's Defense Ministry"."""
    for owner in inside:
        between = text[owner.span.end : named.span.start]
        if owner.span.end < named.span.start and between.strip() in ("'s", "’s", "'", "’"):
            return " ".join(text[owner.span.start : named.span.end].split())
    return named.text


def _role(named: Name, source: Spans, text: str) -> str | None:
    """Return the words before a person's name, or the apposition behind it, as the role they give."""
    if named.type != "PERSON":
        return None
    holder = next(span for span in source if span.contains(named.span))
    before = _LEADING.sub("", text[holder.start : named.span.start].strip(_EDGES))
    after = text[named.span.end : holder.end]
    appositive = after.strip(_EDGES) if after.lstrip().startswith(",") else ""
    if appositive.split(" ")[0].casefold() in PRONOUNS:
        appositive = ""
    role = " ".join((before or _LEADING.sub("", appositive)).split())
    return role or None
