"""To whom it was said: "told Bloomberg", "asked reporters"."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from claimtrack.attribution.cues import TELLING
from claimtrack.attribution.trees import Tree
from claimtrack.model import Spans

_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET"})


def addressee(cue: Spans, trees: Sequence[Tree], text: str) -> str | None:
    """Return the words for the hearer of a cue, or None.

    Args:
        cue: where the cue stands.
        trees: the sentences of the article, in text order.
        text: the article.
    """
    if not cue or not trees:
        return None
    tree = trees[max(0, bisect_right([tree.span.start for tree in trees], cue[0].start) - 1)]
    for word in tree:
        if tree.lemma[word] in TELLING and any(span.contains(tree.place[word]) for span in cue):
            return _hearer(tree, word, text)
    return None


def _hearer(tree: Tree, verb: int, text: str) -> str | None:
    hearers = [word for word in tree.children(verb, "obj", "iobj") if tree.upos[word] in _NOUNS]
    if not hearers:
        return None
    # A short noun phrase: the head with what stands before it, and the rest of a name.
    head = hearers[0]
    kept = [child for child in tree.children(head) if child < head or tree.base(child) in ("flat", "compound")]
    words = sorted({head, *(word for child in kept for word in tree.subtree(child))})
    return " ".join(text[tree.place[words[0]].start : tree.place[words[-1]].end].split())
