"""Reads an article once, from the first word to the last, and resolves every mention on the way."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from claimtrack.model import Spans
from claimtrack.speakers.ladder import Ladder
from claimtrack.speakers.story import RESOLVED, Found
from claimtrack.speakers.vocabulary import (
    FIRST,
    RELATIVE,
)


class Reader(Ladder):
    """Resolves the sources of one article; :attr:`sources` has the answers after :meth:`read`."""

    def read(self) -> None:
        """Read the article and resolve the source of each utterance; :attr:`sources` has the answers."""
        starts: dict[int, list[Spans]] = {}
        for source in self.by_source:
            inside = self.reading.within(source)
            if inside:
                starts.setdefault(inside[0], []).append(source)
        later: list[Spans] = []
        bounds = sorted(starts)
        for first, stop in self.reading.sentences:
            i, met = first, len(self.discourse.mentions)
            while i < stop:
                for source in starts.get(i, ()):
                    later += [] if self._source(source) else [source]
                following = bisect_right(bounds, i)
                i = self._step(i, min(stop, bounds[following]) if following < len(bounds) else stop)
            place = self.reading.words[first].place.start
            if self.reading.in_teaser(place) or self.reading.in_byline(place):
                self.discourse.forget(met)
        for source in later:
            self._first_person(source)

    def _step(self, i: int, stop: int) -> int:
        """Meet what starts at a word, and return where to go on."""
        if any(m.word == i and m.spoke for m in self.discourse.mentions[-3:]):
            return max(m.end for m in self.discourse.mentions[-3:] if m.word == i)
        phrase = self.phrases.phrase(i, stop)
        if phrase is None or phrase.first != i:
            return i + 1
        self._owners(phrase)
        head = self.reading.words[phrase.head]
        if head.lower in FIRST or (phrase.name is None and head.upos == "PRON" and head.lower not in RESOLVED):
            return phrase.last
        if (
            phrase.name is None
            and head.lower not in RESOLVED
            and (
                self._known_class(phrase) is None
                or phrase.determiner in ("no", "any", "every", "each", "what", "which")
            )
        ):
            return phrase.last
        if phrase.name is not None and phrase.name.type == "NORP" and head.upos == "ADJ":
            return phrase.last
        found = self._phrase(phrase)
        if found:
            self._mention(found.entity, phrase)
            self._pair(found.entity, phrase)
        return phrase.last

    def _source(self, source: Spans) -> bool:
        """Resolve a source; False when it must wait for the whole article (I, we)."""
        phrases = self.phrases.of_spans(source)
        inside = self.reading.within(source)
        first = self.reading.words[inside[0]].lower
        if first in FIRST and len(inside) == 1:
            return False
        if first in RELATIVE and len(inside) == 1:
            found = self._relative(inside[0])
            self.sources[source] = [found] if found else []
            if found:
                self._add(found.entity, inside[0], inside[0] + 1, first, subject=True, spoke=True)
            return True
        if first in ("you", "your") and len(inside) == 1:
            self.sources[source] = []
            return True
        if not phrases or self._is_vague(phrases[0]):
            self.sources[source] = [self._vague(source, inside)]
            return True
        results: list[Found] = []
        for phrase in phrases:
            self._owners(phrase)
            found = self._phrase(phrase, source)
            if found and found.entity not in [r.entity for r in results]:
                results.append(found)
                self._mention(found.entity, phrase, spoke=True)
                self._pair(found.entity, phrase)
        self.sources[source] = [
            one for found in results for one in ([replace(found, entity=m) for m in found.entity.members] or [found])
        ]
        return True
