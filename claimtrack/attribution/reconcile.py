"""Quotation marks and parsed sentences, brought together.

A quotation belongs whole to the content that has most of it; one that no content holds gets the cue beside
it, a colon before it, or the attribution that it goes on with.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from claimtrack.attribution.cues import Cue, lexicon
from claimtrack.attribution.patterns import Draft, cue_words, source_of
from claimtrack.attribution.quotes import Quotation, quoted_share
from claimtrack.attribution.trees import Tree
from claimtrack.model import Span, Spans, merged

SPEECH_WORDS = 4
"""A quotation shorter than this, with no cue of its own, is a scare quote, a title or a nickname."""

_EDGES = " \t\r\n\xa0,.;:-–—"
_WORD = re.compile(r"\w+")


def reconciled(draft: Draft, text: str, quotes: Sequence[Quotation]) -> Draft:
    """Fit content to the marks: a quotation belongs whole to the content that has most of it."""
    outside = (*draft.cue, *draft.source)
    content = list(draft.content)
    for quotation in quotes:
        for span in quotation.spans:
            if any(span.overlaps(other) for other in outside):
                continue
            inside = sum(min(c.end, span.end) - max(c.start, span.start) for c in content if c.overlaps(span))
            if inside > 0.4 * len(span) or inside > 0.9 * sum(map(len, content)) > 0:
                content = [c for c in content if not span.contains(c)] + [span]
    trimmed = (_trimmed(span, text, quotes) for span in _bridged(merged(content), text, outside))
    return replace(draft, content=tuple(span for span in trimmed if span))


def _bridged(spans: Spans, text: str, outside: Spans) -> Spans:
    """Join neighbours with nothing but white space or a comma between them, unless a cue stands there."""
    result: list[Span] = []
    for span in spans:
        if result and not text[result[-1].end : span.start].strip(" ,\n"):
            joined = Span(result[-1].start, span.end)
            if not any(joined.overlaps(other) for other in outside):
                result[-1] = joined
                continue
        result.append(span)
    return tuple(result)


def _trimmed(span: Span, text: str, quotes: Sequence[Quotation]) -> Span | None:
    """Take white space and punctuation off the edges, but never a mark or what a mark encloses."""
    marked = [piece for quotation in quotes for piece in quotation.spans]
    start, end = span.start, span.end
    while end > start and text[end - 1] in _EDGES and not any(p.start < end <= p.end for p in marked):
        end -= 1
    while start < end and text[start] in _EDGES and not any(p.start <= start < p.end for p in marked):
        start += 1
    return Span(start, end) if start < end else None


def with_quotations(
    drafts: list[Draft], text: str, trees: Sequence[Tree], quotes: Sequence[Quotation], blocks: Sequence[Span]
) -> list[Draft]:
    """Give each quotation that no content holds a cue beside it, or the attribution before it."""
    drafts = list(drafts)
    ends = {pieces.start: pieces.end for pieces in blocks}
    for quotation in quotes:
        opening = quotation.spans[0]
        if len(quotation.spans) == 1 and any(c.contains(opening) for d in drafts for c in d.content):
            continue
        holder = next((i for i, d in enumerate(drafts) if _is_held_by(opening, d)), None)
        if holder is not None:
            drafts[holder] = _extended(drafts[holder], quotation)
            continue
        words = len(_WORD.findall(opening.of(text)))
        draft = _beside(quotation, text, trees, words)
        if draft:
            drafts.append(draft)
            continue
        whole = any(start == opening.start and opening.end >= end - 1 for start, end in ends.items())
        before = [i for i, d in enumerate(drafts) if d.cue and d.extent.end <= opening.start]
        if words >= SPEECH_WORDS and before:
            last = max(before, key=lambda i: drafts[i].extent.end)
            gap = text[drafts[last].extent.end : opening.start]
            near = len(_WORD.findall(gap)) <= 3 and "\n" not in gap.strip(" ")
            if quoted_share(text, drafts[last].content, quotes) > 0 and (near or (whole and not gap.strip(" .,\r\n"))):
                drafts[last] = _extended(drafts[last], quotation)
    return drafts


def _is_held_by(opening: Span, draft: Draft) -> bool:
    """Tell whether a draft's content reaches into a quotation from outside."""
    inside = any(opening.contains(span) for span in draft.cue)
    return not inside and any(c.overlaps(opening) for c in draft.content)


def _extended(draft: Draft, quotation: Quotation) -> Draft:
    return replace(draft, content=merged((*draft.content, *quotation.spans)))


def _beside(quotation: Quotation, text: str, trees: Sequence[Tree], words: int) -> Draft | None:
    """Find a reporting verb with a subject, or a colon, in a sentence that the quotation touches or follows."""
    touched = [
        tree for tree in trees
        if any(tree.span.overlaps(span) for span in quotation.spans)
        or (tree.span.start >= quotation.end and not text[quotation.end : tree.span.start].strip(" \xa0"))
    ]  # fmt: skip
    best: tuple[int, Draft] | None = None
    for tree in touched:
        for word in tree:
            lexeme = lexicon().get(tree.lemma[word])
            if lexeme is None or "q" not in lexeme.frames or tree.upos[word] != "VERB":
                continue
            if tree.relation[word] == "acl:relcl":
                continue
            if any(span.overlaps(tree.place[word]) for span in quotation.spans):
                continue
            source = source_of(tree, word)
            if (
                not source
                or tree.children(word, "ccomp")
                or any(s.overlaps(q) for s in source for q in quotation.spans)
            ):
                continue
            distance = min(abs(tree.place[word].start - quotation.end), abs(quotation.start - tree.place[word].end))
            draft = Draft("quotation", tree.spans(cue_words(tree, word)), quotation.spans, source, lexeme,
                          tree.is_negated(word))  # fmt: skip
            if distance <= 150 and (best is None or distance < best[0]):
                best = distance, draft
    return best[1] if best else (_colon(quotation, text, trees) if words >= SPEECH_WORDS else None)


def _colon(quotation: Quotation, text: str, trees: Sequence[Tree]) -> Draft | None:
    """``X: "..."``, X being a name or short description at the start of its paragraph."""
    start = quotation.start
    before = text[:start].rstrip()
    if not before.endswith(":"):
        return None
    line = max(text.rfind(mark, 0, start) for mark in ("\n", ". ", "” ")) + 1
    name = text[line:start].strip().rstrip(":").strip()
    if not name or not name[0].isupper() or len(_WORD.findall(name)) > 8:
        return None
    at = text.index(name, line)
    if any(tree.upos[w] == "VERB" and Span(at, start).contains(tree.place[w]) for tree in trees for w in tree):
        return None
    mark = before.rindex(":")
    lexeme = Cue(":", frozenset("q"), "statement", "neutral")
    return Draft("colon", (Span(mark, mark + 1),), quotation.spans, (Span(at, at + len(name)),), lexeme)
