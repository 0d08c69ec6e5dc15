"""The words about a cue that can tell when, where and to whom: its verb, what it hangs on, and its nouns.

Built once for a cue from the parse; dates, occasions and addressees are looked for on its words only, so
that nothing is taken from what was said.
"""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from claimtrack.attribution.cues import TELLING, lexicon
from claimtrack.attribution.trees import Tree
from claimtrack.model import Attribution, Span


@dataclass(frozen=True)
class Occasion:
    """What ``occasions.csv`` knows about one noun."""

    prepositions: frozenset[str]
    hearer: str
    document: bool


@dataclass(frozen=True)
class Verb:
    """What ``verbs.csv`` knows about one verb."""

    speaks: bool = False
    issues: bool = False
    hearer: frozenset[str] = frozenset()


@cache
def occasions() -> Mapping[str, Occasion]:
    """Return the nouns of ``occasions.csv`` by lemma."""
    return {
        row["noun"]: Occasion(frozenset(row["prepositions"].split()), row["hearer"], bool(row["document"]))
        for row in _rows("occasions.csv")
    }


@cache
def verbs() -> Mapping[str, Verb]:
    """Return the verbs of ``verbs.csv`` by lemma."""
    return {
        row["lemma"]: Verb(bool(row["speaks"]), bool(row["issues"]), frozenset(row["hearer"].split()))
        for row in _rows("verbs.csv")
    }


def verb(lemma: str) -> Verb:
    """Return what is known about a verb; one that is in no table does nothing."""
    return verbs().get(lemma, Verb())


def _rows(name: str) -> list[dict[str, str]]:
    text = resources.files("claimtrack.claims").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


@dataclass(frozen=True)
class Scene:
    """A cue in its sentence.

    ``verbs`` are the words of the cue, then the verbs that it hangs on or that set its scene; ``nouns``
    are what they take, ``documents`` a source that is a document. ``source`` are the words of the source,
    ``outside`` those that are no part of the content.
    """

    tree: Tree
    cue: tuple[int, ...]
    verbs: tuple[int, ...]
    nouns: tuple[int, ...]
    documents: tuple[int, ...]
    source: frozenset[int]
    outside: frozenset[int]

    def kept(self, words: Iterable[int]) -> list[int]:
        """Return those words that are no part of the content."""
        return [word for word in words if word in self.outside]


def tree_at(trees: Sequence[Tree], position: int) -> Tree | None:
    """Return the sentence that a character stands in, or the last one before it."""
    place = bisect_right(trees, position, key=lambda tree: tree.span.start)
    return trees[place - 1] if place else None


def scene_of(attribution: Attribution, trees: Sequence[Tree]) -> Scene | None:
    """Return the scene of an attribution's cue, or None where it stands in no sentence.

    Args:
        attribution: with its cue, and the content that nothing may be taken from.
        trees: the sentences of the article, in text order.
    """
    tree = tree_at(trees, attribution.cue[0].start) if attribution.cue else None
    if tree is None:
        return None
    outside = frozenset(w for w in tree if not any(tree.place[w].overlaps(c) for c in attribution.content))
    cue = tuple(w for w in tree if w in outside and any(tree.place[w].overlaps(c) for c in attribution.cue))
    if not cue:
        return None
    source = [w for w in tree if any(s.overlaps(tree.place[w]) for s in attribution.source)]
    around = _verbs(tree, cue)
    around += [c for v in around for c in tree.children(v, "advcl") if c in outside and _sets_the_scene(tree, c)]
    around += _above(tree, cue, outside)
    nouns = [n for v in around for n in tree.children(v, "obl", "nmod", "obj", "iobj") if n in outside]
    nouns += [n for v in cue if v not in around and (n := tree.head[v]) and n in outside]
    documents = [w for w in source if _is_document(tree.lemma[w]) and tree.head[w] not in source]
    asides = [c for w in source for c in tree.children(w, "acl") if c in outside and _sets_the_scene(tree, c)]
    return Scene(tree, cue, tuple(dict.fromkeys([*around, *asides])), tuple(nouns), tuple(documents),
                 frozenset(source), outside)  # fmt: skip


def _verbs(tree: Tree, cue: Sequence[int]) -> list[int]:
    """Return the words of the cue that can take time and place; the one all others hang on comes first."""
    heads = [w for w in cue if tree.upos[w] in ("VERB", "AUX", "NOUN", "ADJ")]
    return sorted(heads, key=lambda word: tree.head[word] in cue)


def _above(tree: Tree, cue: Sequence[int], outside: frozenset[int]) -> list[int]:
    """Return the verbs that the cue shares its subject with: "met her on Friday and said", "spoke, saying"."""
    found: list[int] = []
    words = [w for w in cue if tree.head[w] not in cue and tree.upos[w] in ("VERB", "AUX")]
    word = words[0] if words else 0
    while word and tree.base(word) in ("conj", "xcomp", "advcl") and not tree.children(word, "nsubj"):
        if any(tree.lemma[mark] != "by" for mark in tree.children(word, "mark")):
            break
        word = tree.head[word]
        if word not in outside or tree.upos[word] not in ("VERB", "AUX") or word in found:
            break
        found.append(word)
    return found


def _sets_the_scene(tree: Tree, word: int) -> bool:
    return verb(tree.lemma[word]).speaks and not tree.children(word, "mark")


def _is_document(lemma: str) -> bool:
    return lemma in occasions() and occasions()[lemma].document


def is_said(tree: Tree, word: int) -> bool:
    """Tell whether a verb is one of speaking."""
    return verb(tree.lemma[word]).speaks or tree.lemma[word] in TELLING or tree.lemma[word] in lexicon()


def covered(tree: Tree, span: Span) -> list[int]:
    """Return the words that a span covers."""
    return [word for word in tree if span.overlaps(tree.place[word])]
