"""Noun phrases read off tags: where a phrase ends, which word heads it, what it belongs to.

Tags suffice for this in English, and they are there for every sentence; a named entity counts as one
unit, so that "Bank of England" has no preposition inside.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from claimtrack.model import Spans
from claimtrack.speakers.names import Name
from claimtrack.speakers.reading import Reading
from claimtrack.speakers.vocabulary import FIRST, HE, IT, QUANTIFIERS, SHE, THEY, TITLES, nouns

LINKS = frozenset(
    [
        "of",
        "for",
        "from",
        "at",
        "in",
        "with",
        "on",
        "to",
        "near",
        "inside",
        "by",
        "within",
        "behind",
        "against",
        "under",
        "about",
        "among",
    ]
)
"""Prepositions that tie a complement to a noun."""

POSSESSIVES = frozenset(["his", "her", "its", "their", "my", "our", "your", "whose"])
DEFINITE = frozenset(["the", "this", "that", "these", "those", "both"])

_PRONOUNS = HE | SHE | IT | THEY | FIRST
_INSIDE = frozenset(["DET", "ADJ", "NUM", "NOUN", "PROPN"])
_NOMINAL = frozenset(["NOUN", "PROPN"])
_APOSTROPHES = frozenset(["'s", "’s", "'", "’"])


@dataclass(frozen=True)
class Phrase:
    """A noun phrase: its words, its head, and what hangs on it.

    ``last`` and ``end`` are excluded: ``last`` ends the phrase proper, ``end`` its complements too ("of
    Luhansk"). ``name`` is the named entity that heads it; ``owners`` are names before the head, ``linked``
    those in the complements. ``determiner`` is its first word, lower case, when that determines it.
    """

    first: int
    last: int
    end: int
    head: int
    name: Name | None
    owners: tuple[Name, ...]
    linked: tuple[Name, ...]
    determiner: str
    plural: bool


class Phrases:
    """Finds the noun phrases of one article.

    Args:
        reading: the article's words.
        names: its named entities.
    """

    def __init__(self, reading: Reading, names: Iterable[Name]) -> None:
        self.reading = reading
        self.names = tuple(names)
        self._name_at: dict[int, tuple[Name, int]] = {}
        for name in self.names:
            inside = reading.within((name.span,))
            for i in inside:
                self._name_at.setdefault(i, (name, inside[-1] + 1))

    def name_at(self, word: int) -> Name | None:
        """Return the named entity that a word belongs to."""
        found = self._name_at.get(word)
        return found[0] if found else None

    def phrase(self, start: int, stop: int) -> Phrase | None:
        """Return the noun phrase that starts at word ``start``, reaching no further than ``stop``; None if none does.

        Coordinated phrases are not joined: "A and B" gives A.
        """
        words = self.reading.words
        i, head = start, -1
        while i < stop:
            word = words[i]
            named = self._name_at.get(i)
            if named:
                head, i = min(named[1], stop) - 1, named[1]
                continue
            if word.text in _APOSTROPHES and i > start:
                if not (i + 1 < stop and self._goes_on(i + 1, stop)):
                    break
                i += 1
                continue
            if word.upos in _NOMINAL or (word.upos in _INSIDE and not (word.upos == "DET" and i > start and head >= 0)):
                if word.upos in _NOMINAL or head < 0:
                    head = i
                i += 1
                continue
            # A title whose full stop was taken for the sentence's end: "Const. Doe".
            if word.text == "." and i > start and i + 1 < stop and f"{words[i - 1].lower}." in TITLES:
                i += 1
                continue
            if (
                word.text in "\"“”‘’'"
                and i == start + 1
                and words[start].lower in POSSESSIVES
                and self._goes_on(i + 1, stop)
            ):
                i += 1
                continue
            if (
                word.lower in POSSESSIVES
                and i == start
                and i + 1 < stop
                and (self._goes_on(i + 1, stop) or words[i + 1].text in '"“‘')
            ):
                i += 1
                continue
            if word.lower in _PRONOUNS and i == start:
                return Phrase(i, i + 1, i + 1, i, None, (), (), "", word.lower in THEY or word.lower in ("we", "us"))
            if word.text in "-–'\"“”‘’" and i > start and self._goes_on(i + 1, stop):
                i += 1
                continue
            # "newly appointed", "leaked", "then-": only before a noun.
            modifies = word.upos in ("ADV", "VERB", "X", "SYM", "INTJ", "CCONJ") and self._reaches_noun(i + 1, stop)
            if i == start and word.upos == "VERB" and not word.lower.endswith(("ed", "ing", "en")):
                modifies = False
            if (
                modifies
                and (word.upos != "CCONJ" or self._joins_adjectives(i))
                and (i == start or head != i - 1 or words[i - 1].upos not in _NOMINAL)
            ):
                i += 1
                continue
            break
        if head < 0:
            return None
        last = max(i, head + 1)
        while last > head + 1 and words[last - 1].upos not in _NOMINAL and not self._name_at.get(last - 1):
            last -= 1
        end, linked = self._complements(last, stop)
        return self._made(start, last, end, head, linked)

    def _made(self, start: int, last: int, end: int, head: int, linked: tuple[Name, ...]) -> Phrase:
        words = self.reading.words
        name = self.name_at(head)
        owners: list[Name] = []
        for i in range(start, head):
            owner = self.name_at(i)
            if owner and owner is not name and owner not in owners:
                owners.append(owner)
        first = words[start].lower
        determined = words[start].upos in ("DET", "PRON") or first in POSSESSIVES or first in QUANTIFIERS
        noun = words[head]
        plural = (
            name is None
            and noun.lower.endswith("s")
            and (
                (noun.upos == "NOUN" and noun.lower != noun.lemma)
                or (noun.upos == "PROPN" and noun.lower[:-1] in nouns())
            )
        )
        plural = plural or (name is None and (known := nouns().get(noun.lemma)) is not None and known.kind == "group")
        plural = plural or noun.lower in ("people", "men", "women", "children", "police", "both", "many", "some", "few")
        return Phrase(start, last, end, head, name, tuple(owners), linked, first if determined else "", plural)

    def _goes_on(self, i: int, stop: int) -> bool:
        return i < stop and (self.reading.words[i].upos in (*_INSIDE, "ADV", "VERB") or i in self._name_at)

    def _reaches_noun(self, i: int, stop: int) -> bool:
        words = self.reading.words
        for j in range(i, min(i + 3, stop)):
            if j in self._name_at or words[j].upos in _NOMINAL:
                return True
            if words[j].upos not in ("ADJ", "ADV", "VERB", "NUM") and words[j].text not in "-–":
                return False
        return False

    def _joins_adjectives(self, i: int) -> bool:
        words = self.reading.words
        return words[i - 1].upos in ("ADJ", "NUM") and words[i + 1].upos in ("ADJ", "NUM", "VERB")

    def _complements(self, i: int, stop: int) -> tuple[int, tuple[Name, ...]]:
        words, linked = self.reading.words, []
        while i + 1 < stop and words[i].lower in LINKS:
            if (inner := self._bare(i + 1, stop)) is None:
                break
            linked += [n for n in (self.name_at(j) for j in range(i + 1, inner)) if n]
            i = inner
        return i, tuple(dict.fromkeys(linked))

    def _bare(self, start: int, stop: int) -> int | None:
        """Return where a phrase inside a complement ends, or None when none starts."""
        words, i = self.reading.words, start
        while i < stop and (
            i in self._name_at
            or words[i].upos in _INSIDE
            or words[i].text in _APOSTROPHES
            or (i == start and words[i].lower in POSSESSIVES)
        ):
            i = self._name_at[i][1] if i in self._name_at else i + 1
        return min(i, stop) if i > start else None

    def of_spans(self, spans: Spans) -> list[Phrase]:
        """Return the coordinated phrases that make up a source, most often one.

        "A and B" gives two when each side stands by itself: a name, or a phrase with a determiner, or a
        plural; and the commas of "A, B and C" count only then. What follows a comma as an apposition is
        no phrase of the list (:meth:`apposition` finds it).
        """
        inside = self.reading.within(spans)
        if not inside:
            return []
        words, stop = self.reading.words, inside[-1] + 1
        start = inside[0]
        while start < stop and words[start].upos in ("PUNCT", "CCONJ", "ADP", "SCONJ"):
            start += 1
        first = self.phrase(start, stop)
        if first is None:
            return []
        found, i = [first], first.end
        while i < stop:
            if words[i].upos == "CCONJ" and words[i].lower in ("and", "or", "&"):
                following = self.phrase(i + 1, stop)
                if following is None or not (self._stands(following) and self._stands(found[-1])):
                    break
                # "Experts on Norland and trade": what follows belongs to the complement.
                person = following.name is not None and following.name.type == "PERSON"
                named = following.name is not None
                if found[-1].end > found[-1].last and not person and (named or not following.determiner):
                    break
                found.append(following)
                i = following.end
            elif words[i].text == "," and self._lists(i, stop):
                i += 1
                if words[i].upos == "CCONJ":
                    continue
                following = self.phrase(i, stop)
                if following is None or not self._stands(following):
                    break
                found.append(following)
                i = following.end
            else:
                break
        return found

    def _stands(self, phrase: Phrase) -> bool:
        pronoun = self.reading.words[phrase.head].upos == "PRON"
        return phrase.name is not None or bool(phrase.determiner) or phrase.plural or pronoun

    def _lists(self, comma: int, stop: int) -> bool:
        """Tell whether a comma belongs to a list of names: a name on either side and an "and" before the last."""
        words = self.reading.words
        if comma + 1 >= stop:
            return False
        last = self.phrase(comma + 1, stop)
        if last and last.end == stop and self._stands_beside(self.name_at(comma - 1), last):
            return True
        if words[comma + 1].upos == "CCONJ":
            return words[comma + 1].lower == "and"
        following = self.phrase(comma + 1, stop)
        if following is None or following.name is None or self.name_at(comma - 1) is None:
            return False
        return any(words[i].lower == "and" for i in range(following.last, min(following.last + 8, stop)))

    def _stands_beside(self, name: Name | None, phrase: Phrase) -> bool:
        """Tell whether two are listed by a bare comma, as in headlines: "Trump, Ryan", "Obama, others"."""
        if name is None or name.type != "PERSON":
            return False
        word = self.reading.words[phrase.head].lower
        return word == "others" or (phrase.name is not None and phrase.name.type == "PERSON" and not phrase.owners)

    def apposition(self, phrase: Phrase, stop: int) -> Phrase | None:
        """Return the phrase that stands in apposition right behind another: ", the governor of Luhansk"."""
        words = self.reading.words
        comma = phrase.end
        if comma >= stop or words[comma].text not in (",", "(", "—", "–", "--"):
            return None
        if comma + 1 < stop and words[comma + 1].upos == "NUM":
            # An age between the two: "Jane Doe, 45, a nurse".
            comma = comma + 2 if comma + 2 < stop and words[comma + 2].text == "," else comma
        return self.phrase(comma + 1, stop) if comma + 1 < stop else None


def surface(reading: Reading, first: int, last: int) -> str:
    """Return the words of a phrase without an article or comma around them."""
    while first < last and (reading.words[first].lower in ("the", "a", "an") or reading.words[first].upos == "PUNCT"):
        first += 1
    while last > first and reading.words[last - 1].upos == "PUNCT" and reading.words[last - 1].text not in "”\"')":
        last -= 1
    return reading.between(first, last)


def lemma_key(reading: Reading, phrase: Phrase, table: Mapping[str, object]) -> str:
    """Return the head's lemma, with the word before it when the two together stand in ``table`` ("prime minister")."""
    head = reading.words[phrase.head]
    if phrase.head > phrase.first:
        both = f"{reading.words[phrase.head - 1].lemma} {head.lemma}"
        if both in table:
            return both
    return head.lemma
