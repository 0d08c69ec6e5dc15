"""Where or how it was said: "in a nightly address", "at a news conference in Vienna", "on Telegram"."""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.attribution.trees import Tree
from claimtrack.claims.scene import Scene, occasions
from claimtrack.model import Span

MAX_WORDS = 14
"""A longer phrase is cut after its noun: the rest tells another story."""


def occasion(scene: Scene, text: str, times: Sequence[Span] = ()) -> str | None:
    """Return the words that name the occasion of a cue or the medium, preposition included, or None.

    Args:
        scene: the cue in its sentence.
        text: the article.
        times: its time expressions, which have a column of their own and are left out at the phrase's end.
    """
    tree = scene.tree
    for noun in scene.nouns:
        preposition = _preposition(tree, noun)
        if preposition and not scene.source.union(scene.cue).intersection((noun, preposition)):
            return _phrase(scene, noun, preposition, text, times)
    return None


def _preposition(tree: Tree, noun: int) -> int | None:
    """Return the preposition that puts a noun there, or None where it names no occasion."""
    known = occasions().get(tree.lemma[noun])
    cases = [c for c in tree.children(noun, "case") if c < noun]
    if not cases:
        return None
    if known:
        return cases[0] if tree.lemma[cases[-1]] in known.prepositions else None
    # A broadcaster's programme, a page, an account: "on CNN", "on ABC's This Week".
    if tree.lemma[cases[-1]] == "on" and tree.upos[noun] == "PROPN":
        names = {tree.lemma[w] for w in tree.subtree(noun)}
        return cases[0] if names & BROADCASTERS or any(tree.text[w] in '“"‘' for w in tree.subtree(noun)) else None
    return None


BROADCASTERS = frozenset(
    "cnn abc nbc cbs msnbc cnbc fox bbc itv sky npr c-span pbs rt aljazeera jazeera univision bloomberg radio tv "  # noqa: SIM905
    "television euronews".split()
)


def _phrase(scene: Scene, noun: int, preposition: int, text: str, times: Sequence[Span]) -> str:
    tree = scene.tree
    away = [
        c for w in tree.subtree(noun) for c in tree.children(w)
        if tree.base(c) in ("acl", "advcl", "parataxis", "conj", "cc", "ccomp", "appos")
        or (c > noun and any(t.overlaps(tree.place[c]) for t in times))
    ]  # fmt: skip
    words = [w for w in scene.kept(tree.subtree(noun, without=away)) if preposition <= w and w not in scene.cue]
    if len(words) > MAX_WORDS:
        words = [w for w in words if w <= noun]
    # Up to the first gap, and without marks at the end.
    whole = [w for i, w in enumerate(words) if w == words[0] + i]
    while len(whole) > 1 and (tree.upos[whole[-1]] in ("PUNCT", "ADP") and tree.text[whole[-1]] not in '”"’'):
        whole.pop()
    phrase = " ".join(text[tree.place[whole[0]].start : tree.place[whole[-1]].end].split())
    return phrase[:1].lower() + phrase[1:]
