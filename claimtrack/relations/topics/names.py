"""What topics are called: a few words of the articles, weightiest first."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from claimtrack.relations.topics.terms import Term, function_words, rarity, terms_of

WORDS = 6
"""Key terms of a topic."""

_NAME = re.compile(r"(?<![.!?:“\"'‘\n] )(?<!\n)(?<!^)\b[A-Z][\w’-]+(?: [A-Z][\w’-]+){0,2}")
"""A run of words with capitals, not where a sentence starts."""


class Wording:
    """The texts of a topic, and what is special in them.

    Args:
        texts: of its claims, or the titles and articles of a story.
        beside: in how many texts of the wider group each stem stands, and how many texts that group has.
    """

    def __init__(self, texts: Sequence[str], beside: tuple[Counter[str], int] | None = None) -> None:
        self._texts = [terms_of(text) for text in texts]
        self._raw = texts
        self._beside = beside

    @cached_property
    def weighty(self) -> list[str]:
        """The stems that name the topic best, the weightiest first."""
        seen: dict[str, float] = {}
        for terms in self._texts:
            for stem, count in Counter(term.stem for term in terms if _naming(term)).items():
                seen[stem] = seen.get(stem, 0) + 1 + math.log(count)
        return sorted(seen, key=lambda stem: (-self._weight(stem, seen[stem]), stem))

    def _weight(self, stem: str, seen: float) -> float:
        special = 1.0
        if self._beside:
            counts, size = self._beside
            special = 0.3 + math.log((size + 1) / max(counts[stem], 1))
        # Names name stories, not matters; and what only one text has must not outweigh what several have.
        common = self._forms[stem].islower()
        alone = len(self._texts) > 1 and seen <= 1
        factor = special * (1 if common else 0.5) * (0.3 if alone else 1)
        return float(seen**1.3 * min(max(rarity(stem), 1), 4) * factor)

    @cached_property
    def _forms(self) -> dict[str, str]:
        forms: dict[str, Counter[str]] = {}
        for terms in self._texts:
            for term in terms:
                forms.setdefault(term.stem, Counter())[term.word] += 1
        # A capital at the start of a sentence is none: where a word also stands in small letters, it has none.
        return {
            stem: min((f for f in found if f.islower()), key=lambda f: (-found[f], f), default="")
            or min(found, key=lambda f: (-found[f], f))
            for stem, found in forms.items()
        }

    def words(self) -> tuple[str, ...]:
        """Return the key terms as they stand in the texts."""
        return tuple(self._forms[stem].removesuffix("’s").removesuffix("'s") for stem in self.weighty[:WORDS])

    def phrase(self, number: int = 2) -> str:
        """Return the weightiest words in the order in which the texts have them."""
        chosen = self.weighty[:number]
        order = {stem: self._place(stem) for stem in chosen}
        words = [
            self._forms[stem].removesuffix("’s").removesuffix("'s")
            for stem in sorted(chosen, key=lambda s: (order[s], s))
        ]
        return (" " if self._together(chosen) else ", ").join(words)

    def _place(self, stem: str) -> float:
        places = [
            next(place for place, term in enumerate(terms) if term.stem == stem) / len(terms)
            for terms in self._texts if any(term.stem == stem for term in terms)
        ]  # fmt: skip
        return sum(places) / len(places)

    def _together(self, stems: Sequence[str]) -> bool:
        """Tell whether the stems stand side by side somewhere, so that they read as one phrase."""
        size, wanted = len(stems), set(stems)
        return any(
            {term.stem for term in terms[place : place + size]} == wanted
            for terms in self._texts for place in range(len(terms) - size + 1)
        )  # fmt: skip

    def name(self) -> str | None:
        """Return the name of somebody or of a place that most of the texts have, or None."""
        seen: Counter[str] = Counter()
        for text in self._raw:
            found = {match[0].removesuffix("’s").removesuffix("'s") for match in _NAME.finditer(text)}
            seen.update(name for name in found if _nameable(name))
        best = min(seen, key=lambda name: (-seen[name] * _rareness(name), name), default=None)
        return best if best and seen[best] * 2 >= len(self._raw) else None


def _naming(term: Term) -> bool:
    return len(term.stem) > 2 and term.stem not in function_words() and not any(c.isdigit() for c in term.word)


def _nameable(name: str) -> bool:
    return all(_naming(term) for term in terms_of(name))


def _rareness(name: str) -> float:
    return max((rarity(term.stem) for term in terms_of(name)), default=0.0)


def counted(texts: Iterable[str]) -> tuple[Counter[str], int]:
    """Return in how many texts each stem stands, and how many texts there are."""
    counts: Counter[str] = Counter()
    size = 0
    for text in texts:
        counts.update({term.stem for term in terms_of(text)})
        size += 1
    return counts, size


def story_name(wording: Wording) -> str:
    """Return a name such as "chlorine leak, Norrick": what happened, and to whom or where."""
    small = wording.phrase()
    name = wording.name()
    if name is None or {t.stem for t in terms_of(name)} & {t.stem for t in terms_of(small)}:
        return small
    return f"{small}, {name}"


class Names:
    """Gives out names, each only once.

    Args:
        taken: those given before.
    """

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = {name.casefold() for name in taken}

    def give(self, wishes: Iterable[str]) -> str:
        """Return the first wish that nobody has; the last one with a number where all are taken."""
        for wish in (given := [wish for wish in wishes if wish] or ["unnamed"]):
            if wish.casefold() not in self._taken:
                self._taken.add(wish.casefold())
                return wish
        last = given[-1]
        number = next(n for n in range(2, len(self._taken) + 3) if f"{last} {n}".casefold() not in self._taken)
        self._taken.add(f"{last} {number}".casefold())
        return f"{last} {number}"
