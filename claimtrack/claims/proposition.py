"""What is claimed, as a sentence that can be read by itself in a spreadsheet.

Words stay as they stand in the text; whatever is added or put in the place of another word is in square
brackets. ``docs/dates.md`` tells the rules with an example each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from claimtrack.attribution.trees import Tree
from claimtrack.claims.lead import goes_on_behind_cue, lead, stands_alone
from claimtrack.claims.pronouns import speaker_pronoun
from claimtrack.claims.scene import scene_of, tree_at
from claimtrack.claims.wording import finished, owner, put_together, single_spaced
from claimtrack.model import Attribution, Span, Speaker, joined

MAX_NAME = 80
"""A longer description of a speaker is not put into brackets, in characters."""


def proposition(attribution: Attribution, text: str, speaker: Speaker | None, trees: Sequence[Tree]) -> str | None:
    """Return the content of an attribution as a sentence, or None where it has none.

    Args:
        attribution: what was found.
        text: the article.
        speaker: who made the claim, where that is known.
        trees: the sentences of the article, in text order.
    """
    pieces = _pieces(attribution)
    if not pieces:
        return None
    tree = tree_at(trees, pieces[0].start)
    inside = [w for w in tree if any(piece.overlaps(tree.place[w]) for piece in pieces)] if tree else []
    if tree is None or not inside or not attribution.cue:
        return finished(_worded(attribution, text, pieces))
    name = _name(attribution, text, speaker)
    scene = scene_of(attribution, trees)
    if not stands_alone(attribution, text, scene, tree, inside):
        words = lead(attribution, text, scene, name)
        if words and not attribution.source and goes_on_behind_cue(attribution):
            return finished(_worded(attribution, text, pieces, at_cue=words))
        return finished(" ".join(filter(None, [words, _worded(attribution, text, pieces)])))
    replaced = {}
    pronoun = speaker_pronoun(attribution, text, speaker, trees, tree, inside) if name and speaker else None
    if name and pronoun:
        word, possessive = pronoun
        replaced = {tree.place[word]: f"[{owner(name, text) if possessive else name}]"}
    start = _behind_that(tree, inside, pieces[0].start)
    return finished(_worded(attribution, text, pieces, replaced, start))


def _worded(
    attribution: Attribution, text: str, pieces: Sequence[Span], replaced: Mapping[Span, str] | None = None,
    start: int = 0, at_cue: str | None = None,
) -> str:  # fmt: skip
    """Return the content on one line.

    Args:
        attribution: what was found.
        text: the article.
        pieces: its content.
        replaced: words to put in the place of others.
        start: what stands before this character is left out.
        at_cue: words to put where the cue stands between two pieces.
    """
    words = ""
    last: Span | None = None
    for piece in pieces:
        if piece.end <= start:
            continue
        shown = single_spaced(_edited(text, Span(max(start, piece.start), piece.end), replaced or {}))
        if not shown:
            continue
        gap = Span(last.end, piece.start) if last and last.end < piece.start else None
        if at_cue and gap and any(gap.contains(cue) for cue in attribution.cue):
            words, at_cue = f"{words} {at_cue}", None
        framed = _is_framed(gap, attribution, text)
        words = put_together(words, gap.of(text) if gap else "", shown, framed) if last else shown
        last = piece
    return words


def _pieces(attribution: Attribution) -> list[Span]:
    """Return the content without cue and source, should it hold them."""
    pieces = list(attribution.content)
    for cut in (*attribution.cue, *attribution.source):
        kept: list[Span] = []
        for piece in pieces:
            ends = [(piece.start, min(piece.end, cut.start)), (max(piece.start, cut.end), piece.end)]
            kept += [Span(start, end) for start, end in ends if start < end] if piece.overlaps(cut) else [piece]
        pieces = kept
    return pieces


def _is_framed(gap: Span | None, attribution: Attribution, text: str) -> bool:
    """Tell whether a gap in the content holds no more than the attribution itself, or nothing."""
    if gap is None or any(gap.overlaps(span) for span in (*attribution.cue, *attribution.source)):
        return True
    return not any(character.isalnum() for character in gap.of(text))


def _edited(text: str, piece: Span, replaced: Mapping[Span, str]) -> str:
    words, position = "", piece.start
    for span, new in sorted(replaced.items()):
        if piece.contains(span):
            words += text[position : span.start] + new
            position = span.end
    return words + text[position : piece.end]


def _behind_that(tree: Tree, inside: Sequence[int], start: int) -> int:
    """Return where the content starts behind a leading "that", "and that"."""
    for word in inside[:2]:
        lower = tree.text[word].lower()
        if lower == "that" and tree.upos[word] == "SCONJ" and len(inside) > 1:
            return tree.place[word].end
        if lower not in ("and", "but", ",", "also"):
            break
    return start


def _name(attribution: Attribution, text: str, speaker: Speaker | None) -> str | None:
    name = speaker.name if speaker else " ".join(joined(attribution.source, text).split())
    # "the officer, who has not been named": what follows the comma only describes.
    name = name.partition(", ")[0]
    return name if name and len(name) <= MAX_NAME else None
