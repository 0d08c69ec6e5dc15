"""Whether the first pronoun of a content means the speaker, so that a name may stand in its place.

Only the subject that the content opens with is looked at, and only outside quotation marks: "Hayday said
that he estimates ..." is safe, what comes later seldom is, and reads well without.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from claimtrack.attribution.trees import Tree
from claimtrack.claims.scene import tree_at
from claimtrack.model import Attribution, Speaker, joined

_SUBJECT = {"he": "he", "she": "she", "it": "it", "they": "they"}
_POSSESSIVE = {"his": "he", "her": "she", "its": "it", "their": "they"}
_FAMILY = {**_SUBJECT, **_POSSESSIVE, "him": "he", "hers": "she", "them": "they", "theirs": "they"}
_WOMAN = re.compile(r"\b(?:mrs|ms|miss|lady|queen|princess|mother|wife|widow|daughter|sister|\w*woman)\b")
_MAN = re.compile(r"\b(?:mr|sir|lord|king|prince|father|husband|widower|son|brother|\w*(?<!wo)man)\b")
"""Words of a source that tell a man from a woman; where there is none, either pronoun may be meant."""
_BEFORE = frozenset({"SCONJ", "ADV", "PUNCT", "CCONJ", "PART", "INTJ"})


def speaker_pronoun(
    attribution: Attribution, text: str, speaker: Speaker, trees: Sequence[Tree], tree: Tree, inside: Sequence[int]
) -> tuple[int, bool] | None:
    """Return the word of the content that means the speaker and whether it is a possessive, or None.

    Args:
        attribution: with its source.
        text: the article.
        speaker: whom the source means.
        trees: the sentences of the article.
        tree: the sentence that the content starts in.
        inside: its words that belong to the content.
    """
    if attribution.kind == "direct":
        return None
    first = next((w for w in inside if tree.upos[w] not in _BEFORE), 0)
    if not first or tree.upos[first] not in ("PRON", "DET"):
        return None
    word = tree.text[first].lower()
    possessive = word in _POSSESSIVE and tree.base(first) in ("nmod", "det")
    family = _POSSESSIVE[word] if possessive else _SUBJECT.get(word)
    if family is None or not (possessive or tree.base(first) == "nsubj"):
        return None
    if (
        word == "it"
        and tree.children(tree.head[first], "csubj", "ccomp", "advcl")
        and tree.upos[tree.head[first]] == "ADJ"
    ):
        return None  # "it was possible that the bridge would fall"
    if _is_quoted(text, attribution.content[0].start, tree.place[first].start):
        return None
    return (first, possessive) if family in _families(attribution, text, speaker, trees) else None


def _families(attribution: Attribution, text: str, speaker: Speaker, trees: Sequence[Tree]) -> frozenset[str]:
    """Return the pronouns that can mean the source."""
    source = joined(attribution.source, text).lower()
    if source in _FAMILY:
        return frozenset({_FAMILY[source]})
    if speaker.kind == "person":
        if _WOMAN.search(source):
            return frozenset({"she"})
        return frozenset({"he"}) if _MAN.search(source) else frozenset({"he", "she"})
    if speaker.kind in ("organisation", "government", "document"):
        return frozenset({"it"})
    tree = tree_at(trees, attribution.source[0].start) if attribution.source else None
    heads = [
        w for w in tree if any(s.contains(tree.place[w]) for s in attribution.source)
        and not any(s.contains(tree.place[tree.head[w]]) for s in attribution.source)
    ] if tree else []  # fmt: skip
    if tree and heads and tree.upos[heads[0]] == "NOUN" and tree.lemma[heads[0]] != tree.text[heads[0]].lower():
        return frozenset({"they"})
    return frozenset()


def _is_quoted(text: str, start: int, position: int) -> bool:
    before = text[start:position]
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”") or before[:1] in ("‘", "'")
