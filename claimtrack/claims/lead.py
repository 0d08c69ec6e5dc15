"""What must stand before a content that is no sentence, or that the speaker does not claim: "[Brandt denied]".

"Varnia of drowning the valley" says nothing by itself, and "it had been switched off" says the opposite of
what Brandt said. The words of the source and the cue, in brackets, make both right.
"""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.attribution.trees import Tree
from claimtrack.claims.addressee import addressee
from claimtrack.claims.scene import Scene
from claimtrack.claims.wording import opening_mark, owner
from claimtrack.model import Attribution, joined

_ASKING = frozenset({"whether", "why", "how", "what", "who", "whom", "where", "when", "which", "if"})

_NOT_CLAIMED = frozenset({"doubt", "hope", "fear", "wish", "wonder", "worry", "deny", "dispute", "refuse", "reject"})
"""Cues after which the content alone would say what the speaker did not."""

_NEGATIONS = frozenset({"not", "never", "no", "nobody", "neither", "nor"})


def stands_alone(attribution: Attribution, text: str, scene: Scene | None, tree: Tree, inside: Sequence[int]) -> bool:
    """Tell whether a content is a sentence that the speaker claims.

    Args:
        attribution: what was found.
        text: the article.
        scene: its cue.
        tree: the sentence that the content starts in.
        inside: the words of that sentence that belong to the content.
    """
    content = joined(attribution.content, text)
    if opening_mark(content.lstrip()) and attribution.kind == "direct":
        # A quotation is read as one, unless it is no more than a few words of a sentence.
        first = next((c for c in content if c.isalpha()), "")
        return not first.islower() or is_clause(tree, inside)
    if not _is_claimed(attribution, text, scene):
        return False
    if content.rstrip("”\"’' ").endswith("?"):
        return True
    broken = _asks(tree, inside) or _is_narrowed(tree, inside) or _lacks_its_subject(tree, inside)
    return is_clause(tree, inside) and not broken


def lead(attribution: Attribution, text: str, scene: Scene | None, name: str | None) -> str | None:
    """Return the words in brackets, or None where the text gives none that fit.

    Args:
        attribution: what was found.
        text: the article.
        scene: its cue.
        name: the speaker.
    """
    cue = " ".join(" ".join(span.of(text) for span in attribution.cue).split()).strip(" ,:—–-")
    if cue.lower().startswith("according"):
        return f"[{cue} {name}]" if name else None
    if not name and attribution.cue[-1].end > attribution.content[0].start and not goes_on_behind_cue(attribution):
        return None
    if name and scene and _is_noun(scene):
        name = owner(name, text)
    words = " ".join(part for part in (name, cue, _hearer_between(attribution, text, scene)) if part)
    return (f"[{words}]" if cue else f"[{words}:]") if words else None


def goes_on_behind_cue(attribution: Attribution) -> bool:
    """Tell whether a content has the cue in its middle: "Two men are reported to have left"."""
    cue, content = attribution.cue, attribution.content
    return content[0].end <= cue[0].start and cue[-1].end <= content[-1].start


def is_clause(tree: Tree, inside: Sequence[int]) -> bool:
    """Tell whether words have a finite verb with a subject, so that they can stand alone."""
    if not any(tree.head[w] for w in tree):  # a sentence that was not parsed
        return any(tree.upos[w] in ("VERB", "AUX") for w in inside)
    held = set(inside)
    for root in _roots(tree, inside):
        marks = {tree.lemma[m] for m in tree.children(root, "mark")}
        infinite = "for" in marks or ("to" in marks and not tree.children(root, "aux", "cop"))
        if not infinite and held.intersection(tree.children(root, "nsubj", "csubj", "expl")):
            return True
    return False


def _is_claimed(attribution: Attribution, text: str, scene: Scene | None) -> bool:
    """Tell whether the speaker says that the content is so, rather than denies, asks, wants or hopes it."""
    if attribution.commitment in ("denied", "declined") or attribution.attitude in ("decree", "intention"):
        return False
    if scene and _NOT_CLAIMED.intersection(scene.tree.lemma[w] for w in scene.cue):
        return False
    cue = joined(attribution.cue, text).lower().replace("’", "'").split()
    return not any(word in _NEGATIONS or word.endswith("n't") for word in cue)


def _roots(tree: Tree, inside: Sequence[int]) -> list[int]:
    held = set(inside)
    return [w for w in inside if tree.head[w] not in held and tree.upos[w] != "PUNCT"]


def _asks(tree: Tree, inside: Sequence[int]) -> bool:
    """Tell whether the content is a question put indirectly: "why residents had been told", "what he wanted"."""
    first = next((w for w in inside if tree.upos[w] not in ("PUNCT", "ADP", "CCONJ")), 0)
    if not first or tree.text[first].lower() not in _ASKING:
        return False
    roots = _roots(tree, inside)
    return first in roots or tree.head[first] in roots or tree.lemma[first] == "whether"


def _is_narrowed(tree: Tree, inside: Sequence[int]) -> bool:
    """Tell whether a word stands before "that", so that it cannot be dropped: "only that the level was high"."""
    return len(inside) > 1 and tree.upos[inside[0]] == "ADV" and tree.text[inside[1]].lower() == "that"


def _lacks_its_subject(tree: Tree, inside: Sequence[int]) -> bool:
    """Tell whether the content begins with the verb, its subject having been left out: "was that he left"."""
    first = next((w for w in inside if tree.upos[w] not in ("PUNCT", "CCONJ", "ADV")), 0)
    return tree.upos[first] in ("AUX", "VERB") and tree.base(first) in (
        "aux",
        "cop",
        "root",
        "ccomp",
        "conj",
        "parataxis",
    )


def _is_noun(scene: Scene) -> bool:
    """Tell whether a cue is a noun ("his claim that ...") rather than a verb."""
    kinds = [scene.tree.upos[w] for w in scene.cue]
    return "NOUN" in kinds and not {"VERB", "AUX"}.intersection(kinds)


def _hearer_between(attribution: Attribution, text: str, scene: Scene | None) -> str | None:
    """Return the hearer where it stands between cue and content: "ordered the crews to leave"."""
    between = " ".join(text[attribution.cue[-1].end : attribution.content[0].start].split())
    hearer = addressee(scene, text) if scene and between else None
    return hearer if hearer and hearer in between else None
