"""A dependency tree with what the extractor asks of it: children, subtrees, and their places in the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from claimtrack.model import Span, Spans


class Tree:
    """One parsed Stanza sentence; words are numbered from 1, and 0 is the root above them.

    Args:
        sentence: a ``stanza`` sentence with lemmas, tags and dependencies.
    """

    def __init__(self, sentence: Any) -> None:
        self.words: list[Any] = list(sentence.words)
        self.lemma = ["", *(str(word.lemma or word.text).lower() for word in self.words)]
        self.text = ["", *(word.text for word in self.words)]
        self.upos = ["", *(word.upos for word in self.words)]
        self.relation = ["", *(word.deprel or "dep" for word in self.words)]
        self.head = [0, *(int(word.head or 0) for word in self.words)]
        self.place = [Span(0, 1), *(place_of(word) for word in self.words)]
        self._children: list[list[int]] = [[] for _ in range(len(self.words) + 1)]
        for i in range(1, len(self.head)):
            self._children[self.head[i]].append(i)

    def __iter__(self) -> Iterator[int]:
        return iter(range(1, len(self.words) + 1))

    @property
    def span(self) -> Span:
        """The whole sentence."""
        return Span(self.place[1].start, self.place[-1].end)

    def children(self, word: int, *relations: str) -> list[int]:
        """Return a word's dependents, those with one of ``relations`` when any is named.

        ``nsubj`` also stands for its subtypes (``nsubj:pass``).
        """
        found = self._children[word]
        if not relations:
            return list(found)
        return [child for child in found if self.relation[child] in relations or self.base(child) in relations]

    def base(self, word: int) -> str:
        """Return a word's relation without its subtype."""
        return self.relation[word].partition(":")[0]

    def subtree(self, word: int, without: Iterable[int] = ()) -> list[int]:
        """Return a word and all that hangs below it, in order, except the subtrees in ``without``."""
        cut, found, todo = set(without), [], [word]
        while todo:
            current = todo.pop()
            if current not in cut:
                found.append(current)
                todo.extend(self._children[current])
        return sorted(found)

    def spans(self, words: Iterable[int]) -> Spans:
        """Return where words stand, neighbours joined into one span."""
        spans: list[Span] = []
        last = -1
        for word in sorted(set(words)):
            if word == last + 1 and spans:
                spans[-1] = Span(spans[-1].start, max(spans[-1].end, self.place[word].end))
            else:
                spans.append(self.place[word])
            last = word
        return tuple(spans)

    def is_negated(self, word: int) -> bool:
        """Tell whether a verb has *not*, *n't* or *never* of its own."""
        return any(self.lemma[child] in ("not", "never") for child in self.children(word, "advmod"))


def place_of(word: Any) -> Span:
    """A word of a multi-word token that has no offsets of its own stands where the token stands."""
    if word.start_char is not None:
        return Span(word.start_char, word.end_char)
    return Span(word.parent.start_char, word.parent.end_char)
