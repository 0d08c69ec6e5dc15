"""An article as a row of words: what the rules for speakers look at.

Tags are always there. Dependencies may be missing in a sentence that was not worth parsing, so a rule
that uses them needs an answer for their absence.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from claimtrack.analysis.paragraphs import paragraphs
from claimtrack.attribution.quotes import quotations
from claimtrack.model import Span, Spans

LAST_BYLINE, LONGEST_BYLINE, LONGEST_NAME = 3, 12, 4
"""A byline is at most the fourth paragraph, and has so many words; if it is a name alone, so many."""


@dataclass(frozen=True)
class Word:
    """One word; ``head`` is the place of its head in :attr:`Reading.words`, -1 where there is none."""

    place: Span
    text: str
    lemma: str
    upos: str
    sentence: int
    head: int = -1
    relation: str = ""

    @property
    def lower(self) -> str:
        return self.text.lower().replace("’", "'")


class Reading:
    """The words of an article with their sentences, paragraphs and quotation marks.

    Args:
        text: the article.
        words: its words in text order.
    """

    def __init__(self, text: str, words: Sequence[Word]) -> None:
        self.text = text
        self.words = tuple(words)
        self._starts = [word.place.start for word in self.words]
        self._paragraphs = paragraphs(text)
        self._paragraph_starts = [span.start for span in self._paragraphs]
        pieces = sorted(span for quotation in quotations(text, self._paragraphs) for span in quotation.spans)
        self.quoted: list[Span] = [span for span in pieces if len(span) > 2]
        self._quote_starts = [span.start for span in self.quoted]

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """First and last word of each sentence, the last excluded."""
        bounds: list[tuple[int, int]] = []
        for i, word in enumerate(self.words):
            if bounds and self.words[i - 1].sentence == word.sentence:
                bounds[-1] = (bounds[-1][0], i + 1)
            else:
                bounds.append((i, i + 1))
        return bounds

    @cached_property
    def headline(self) -> int:
        """Where the headline ends that the text opens with: a first paragraph mostly in capitals; 0 without one."""
        if len(self._paragraphs) < 2:
            return 0
        return self._paragraphs[0].end if self._is_titled(self._paragraphs[0]) else 0

    def _is_titled(self, paragraph: Span) -> bool:
        """Tell whether a paragraph is short and mostly in capitals."""
        inside = self.words[self.at(paragraph.start) : self.at(paragraph.end)]
        words = [word.text for word in inside if word.text[:1].isalpha() and len(word.text) > 3]
        return bool(words) and len(paragraph) < 200 and sum(word[0].isupper() for word in words) >= 0.7 * len(words)

    def in_teaser(self, offset: int) -> bool:
        """Tell whether an offset lies in the title of another article ("SEE ALSO: Former Commander Explains ...").

        That is a titled paragraph after the first, of six words or more, without a full stop.
        """
        paragraph = self._paragraphs[self.paragraph_of(offset)]
        text = paragraph.of(self.text).rstrip("\"”’'")
        return (
            paragraph.start > 0 and text.count(" ") >= 5 and not text.endswith((".", "!", ",", ":", "…"))
            and self._is_titled(paragraph)
        )  # fmt: skip

    def in_byline(self, offset: int) -> bool:
        """Tell whether an offset lies in the line that names who wrote the article: near its start, and a name alone.

        "By Ann Roe", or two to four words with capitals.
        """
        number = self.paragraph_of(offset)
        paragraph = self._paragraphs[number]
        words = self.words[self.at(paragraph.start) : self.at(paragraph.end)]
        if number > LAST_BYLINE or not words or len(words) > LONGEST_BYLINE or not words[-1].text[-1:].isalpha():
            return False
        named = 1 < len(words) <= LONGEST_NAME and all(word.upos == "PROPN" for word in words)
        return named or (words[0].lower == "by" and words[-1].upos == "PROPN")

    def in_headline(self, offset: int) -> bool:
        """Tell whether an offset lies in a first paragraph that reads like a headline: short, without a full stop."""
        if len(self._paragraphs) < 2 or offset >= self._paragraphs[0].end:
            return False
        first = self._paragraphs[0].of(self.text)
        return len(first) < 200 and not first.rstrip("\"”’'").endswith((".", "!"))

    def at(self, offset: int) -> int:
        """Return the first word that starts at or after an offset."""
        return bisect_left(self._starts, offset)

    def within(self, spans: Spans) -> list[int]:
        """Return the words that start inside the spans."""
        return [i for span in spans for i in range(self.at(span.start), self.at(span.end))]

    def sentence_of(self, offset: int) -> int:
        """Return the sentence that an offset falls in, or the one before it."""
        place = bisect_right(self._starts, offset) - 1
        return self.words[max(0, place)].sentence if self.words else 0

    def paragraph_of(self, offset: int) -> int:
        """Return the paragraph that an offset falls in, counted from 0."""
        return max(0, bisect_right(self._paragraph_starts, offset) - 1)

    def is_quoted(self, offset: int) -> bool:
        """Tell whether an offset lies between quotation marks."""
        place = bisect_right(self._quote_starts, offset) - 1
        return any(span.start <= offset < span.end for span in self.quoted[max(0, place - 1) : place + 1])

    def span(self, first: int, last: int) -> Span:
        """Return where the words from ``first`` up to ``last``, excluded, stand."""
        return Span(self.words[first].place.start, self.words[last - 1].place.end)

    def between(self, first: int, last: int) -> str:
        """Return the text of the words from ``first`` up to ``last``, excluded, white space made plain."""
        return " ".join(self.span(first, last).of(self.text).split()) if first < last else ""

    def is_subject(self, word: int) -> bool:
        """Tell whether a word is a subject: by the parse, else by standing before its sentence's first verb."""
        relation = self.words[word].relation
        if relation:
            return relation.startswith("nsubj")
        first = self.words[word].sentence
        for i in range(word + 1, min(word + 12, len(self.words))):
            other = self.words[i]
            if other.sentence != first:
                return False
            if other.upos in ("VERB", "AUX"):
                return not any(
                    self.words[j].upos in ("VERB", "AUX", "ADP") and self.words[j].sentence == first
                    for j in range(max(0, word - 6), word)
                )
        return False


def reading_of(text: str, sentences: Iterable[Any]) -> Reading:
    """Return the reading of a Stanza document's sentences.

    Args:
        text: the article.
        sentences: ``stanza`` sentences, tagged, some of them parsed.
    """
    words: list[Word] = []
    for number, sentence in enumerate(sentences):
        offset = len(words)
        parsed = any(word.deprel for word in sentence.words)
        for word in sentence.words:
            start, end = word.start_char, word.end_char
            if start is None:
                start, end = word.parent.start_char, word.parent.end_char
            head = offset + int(word.head) - 1 if parsed and word.head else -1
            words.append(
                Word(
                    Span(start, end),
                    word.text,
                    str(word.lemma or word.text).lower(),
                    word.upos or "X",
                    number,
                    head,
                    (word.deprel or "") if parsed else "",
                )
            )
    return Reading(text, words)
