"""To whom it was said: "told Bloomberg", "said to reporters", "in a letter to parliament", "was told"."""

from __future__ import annotations

from collections.abc import Iterator

from claimtrack.attribution.cues import TELLING
from claimtrack.attribution.trees import Tree
from claimtrack.claims.scene import Scene, occasions, verb

_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET"})


def addressee(scene: Scene, text: str) -> str | None:
    """Return the words for the hearer of a cue, or None.

    Args:
        scene: the cue in its sentence.
        text: the article.
    """
    hearer = next(_hearers(scene), None)
    return None if hearer is None else _words(scene, hearer, text)


def _hearers(scene: Scene) -> Iterator[int]:
    """Yield the nouns that name a hearer, the surest first."""
    tree = scene.tree
    for word in scene.verbs:
        if tree.lemma[word] in TELLING:
            passive = bool(tree.children(word, "aux:pass"))
            yield from _nouns(scene, tree.children(word, *(("nsubj:pass",) if passive else ("obj", "iobj"))))
    for word in scene.verbs:
        prepositions = verb(tree.lemma[word]).hearer
        for noun in tree.children(word, "obl") if prepositions else ():
            if prepositions & _cases(tree, noun) and tree.lemma[noun] not in occasions():
                yield from _nouns(scene, [noun])
    for noun in scene.nouns:
        known = occasions().get(tree.lemma[noun])
        if known and known.hearer and _cases(tree, noun) & known.prepositions:
            yield from _nouns(scene, [n for n in tree.children(noun, "nmod") if known.hearer in _cases(tree, n)])


def _nouns(scene: Scene, words: list[int]) -> Iterator[int]:
    tree = scene.tree
    for word in words:
        # The source is no hearer, but "sources who spoke to the Courier" name one.
        is_source = word in scene.source and tree.head[word] not in scene.source
        is_noun = tree.upos[word] in _NOUNS and not _is_time(tree, word)
        if is_noun and not is_source and word in scene.outside and word not in scene.cue:
            yield word


def _is_time(tree: Tree, word: int) -> bool:
    """Tell whether the parser took a day for an object: "told reporters Friday"."""
    return tree.lemma[word].endswith("day") or tree.lemma[word] in ("week", "month", "year", "night", "morning")


def _cases(tree: Tree, noun: int) -> set[str]:
    return {tree.lemma[c] for c in tree.children(noun, "case")}


def _words(scene: Scene, head: int, text: str) -> str:
    """Return a short noun phrase: the head with what stands before it, the rest of a name, "of", "and"."""
    tree = scene.tree
    kept = [
        child for child in scene.kept(tree.children(head))
        if (child < head and tree.base(child) not in ("case", "cc", "punct"))
        or tree.base(child) in ("flat", "compound", "conj")
        or (tree.base(child) == "appos" and min(tree.subtree(child)) == head + 1)
        or (tree.base(child) == "nmod" and "of" in _cases(tree, child))
    ]  # fmt: skip
    words = sorted({head, *(w for child in kept for w in scene.kept(tree.subtree(child)))})
    whole = [w for i, w in enumerate(words) if w == words[0] + i]
    whole = whole if head in whole else [head]
    return " ".join(text[tree.place[whole[0]].start : tree.place[whole[-1]].end].split())
