"""Which time expression belongs to a cue, and not to what was said or to something else in the sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from claimtrack.attribution.trees import Tree
from claimtrack.claims.expressions import Expression
from claimtrack.claims.scene import Scene, covered, is_said, occasions, verb
from claimtrack.model import Attribution

_ELSEWHERE = frozenset(
    "since until till by before after from through throughout between for within to about than of toward towards "  # noqa: SIM905
    "following ahead despite as like except".split()
)
"""Prepositions that do not put a saying on a day: "since Friday", "before May 3", "for Friday"."""

_NEAR = frozenset({"on", "in", "late", "early", "earlier", "later", "at", "back", "again", "also", ",", "during"})
"""Words that may stand between a cue and its day."""

_IN = frozenset({"in", "at", "during", "on", "via", "to", "with", "over", "by", "through"})


def attached(scene: Scene, attribution: Attribution, found: Sequence[Expression]) -> list[Expression]:
    """Return the time expressions that belong to a cue, the closest tie first.

    Args:
        scene: the cue in its sentence.
        attribution: what the cue is part of.
        found: time expressions of the sentence, in order.
    """
    ranked = []
    for expression in found:
        if any(expression.span.overlaps(content) for content in attribution.content):
            continue
        tie = _tie(scene, expression)
        if tie is not None and not _is_one_of_several(scene.tree, expression, found):
            ranked.append((tie, expression.span.start, expression))
    return [expression for _, _, expression in sorted(ranked, key=lambda item: item[:2])]


def _tie(scene: Scene, expression: Expression) -> int | None:
    """Return how close the tie is (0 is closest), or None where there is none."""
    tree = scene.tree
    words = covered(tree, expression.span)
    if not words or not scene.outside.issuperset(words):
        return None
    tops = [w for w in words if tree.head[w] not in words]
    if _is_elsewhere(tree, words, tops, expression):
        return None
    # "back in 2000", "later on Friday": the parser may hang the day on the adverb.
    heads = {tree.head[h] if tree.upos[h] == "ADV" else h for h in (tree.head[w] for w in tops)}
    own = [v for v in scene.verbs if v in scene.cue]
    if heads.intersection(own) or set(words) <= set(scene.cue):
        return 0
    if _stands_beside(scene, words):
        return 1
    if any(_holds(scene, head, words) for head in heads):
        return 2
    # "Lund, who spoke on Monday, said": that was another time.
    others = [v for v in scene.verbs if v not in scene.cue and tree.relation[v] != "acl:relcl"]
    # A verb that the cue hangs on shares its day when it is one of speaking, or the day is told first.
    if any(verb in heads and (is_said(tree, verb) or words[0] < verb) for verb in others):
        return 3
    return 3 if words[-1] + 1 in others and words[0] > 1 else None


def _is_elsewhere(tree: Tree, words: Sequence[int], tops: Sequence[int], expression: Expression) -> bool:
    cases = [c for w in words for c in tree.children(w, "case", "mark") if c not in words]
    if expression.reference == "inner":
        return any(c < words[0] and tree.lemma[c] in _ELSEWHERE for c in cases)
    before = tree.text[words[0] - 1].lower() if words[0] > 1 else ""
    return before in _ELSEWHERE or any(tree.lemma[c] in _ELSEWHERE for c in cases)


def _stands_beside(scene: Scene, words: Sequence[int]) -> bool:
    """Tell whether the day stands right behind the cue, or between source and cue: "Lund on Friday said"."""
    tree, cue = scene.tree, scene.cue
    source = sorted(scene.source)
    if set(words) & set(source):
        # "Halden Chemicals on Friday rejected", where the source was taken too wide.
        named = all(tree.head[w] in words or tree.upos[tree.head[w]] == "PROPN" for w in words)
        return named and words[-1] == source[-1] == cue[0] - 1
    gap: Iterable[int]
    if words[0] > cue[-1]:
        gap = range(cue[-1] + 1, words[0])
    elif source and source[-1] < words[0] <= words[-1] < cue[0]:
        gap = [*range(source[-1] + 1, words[0]), *range(words[-1] + 1, cue[0])]
    else:
        return False
    return all(tree.text[w].lower() in _NEAR or w in source for w in gap)


def _holds(scene: Scene, head: int, words: Sequence[int]) -> bool:
    """Tell whether a noun of the scene holds the day: "in a Friday interview", "a statement released on Friday"."""
    tree = scene.tree
    if head in scene.documents:
        return True
    if tree.base(head) == "acl" and verb(tree.lemma[head]).issues:
        noun = tree.head[head]
        return noun in scene.documents or noun in scene.nouns
    if head not in scene.nouns:
        # "in a column in Saturday's Courier".
        above = tree.head[head]
        return (
            tree.base(head) == "nmod" and words[-1] < head and above in scene.nouns and tree.lemma[above] in occasions()
        )
    if words[-1] < head and not _is_occasion(tree, head):
        return False  # "the 2016 election"
    cases = {tree.lemma[c] for c in tree.children(head, "case")}
    return not cases or bool(cases & _IN)


def _is_occasion(tree: Tree, noun: int) -> bool:
    return tree.lemma[noun] in occasions()


def _is_one_of_several(tree: Tree, expression: Expression, found: Iterable[Expression]) -> bool:
    """Tell whether the text names two days at once ("on Thursday and Friday"), so that neither is the one."""
    words = covered(tree, expression.span)
    linked = {c for w in words for c in tree.children(w, "conj")}
    linked |= {tree.head[w] for w in words if tree.base(w) == "conj"}
    return any(linked.intersection(covered(tree, e.span)) for e in found if e is not expression)
