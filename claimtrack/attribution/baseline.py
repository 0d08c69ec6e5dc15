"""A plain extractor over dependencies and quotation marks: the floor that a learned one has to beat.

Five patterns: a reporting verb with its clause, infinitive or object; *according to*; a quotation beside
a reporting verb and its subject; ``X: "..."``; and a quotation that goes on without a cue of its own,
which belongs to the attribution before it. What it cannot see: cues outside its lexicon, sources
outside the cue's sentence, most nouns that report.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from claimtrack.analysis.paragraphs import paragraphs
from claimtrack.attribution.nesting import nested
from claimtrack.attribution.patterns import Draft, by_according, by_verb
from claimtrack.attribution.quotes import Quotation, quotations, quoted_share
from claimtrack.attribution.reconcile import reconciled, with_quotations
from claimtrack.attribution.trees import Tree
from claimtrack.model import Attribution, Commitment, Kind

_CONFIDENCE = {"clause": 0.7, "according": 0.8, "quotation": 0.75, "colon": 0.6, "object": 0.5, "infinitive": 0.5}


def extract_all(documents: Sequence[Any]) -> list[list[Attribution]]:
    """Return the attributions of each analysed document (:func:`extract`)."""
    return [extract(document) for document in documents]


def extract(document: Any) -> list[Attribution]:
    """Return the attributions of an analysed document, in the order of their first character.

    Args:
        document: a ``stanza`` Document with ``text``, tags, lemmas and dependencies.
    """
    text = document.text
    blocks = paragraphs(text)
    trees = [Tree(sentence) for sentence in document.sentences if sentence.words]
    quotes = quotations(text, blocks)
    drafts = [draft for tree in trees for draft in (*by_verb(tree), *by_according(tree))]
    drafts = [d for d in (reconciled(draft, text, quotes) for draft in drafts) if d.content or _declines(d)]
    drafts = with_quotations(drafts, text, trees, quotes, blocks)
    # Cue and content make a claim's identity; the first pattern to see them wins.
    drafts = list({(d.cue, d.content): d for d in reversed(drafts)}.values())
    drafts.sort(key=lambda d: (d.extent.start, -d.extent.end, d.cue))
    return nested([_finished(draft, text, quotes) for draft in drafts])


def _finished(draft: Draft, text: str, quotes: Sequence[Quotation]) -> Attribution:
    share = quoted_share(text, draft.content, quotes)
    kind: Kind = "direct" if share == 1 else "mixed" if share > 0 else "indirect"
    confidence = _CONFIDENCE[draft.pattern] + (0.15 if share == 1 else 0.0) + (0.0 if draft.source else -0.15)
    return Attribution(
        cue=draft.cue, content=draft.content, source=draft.source, kind=kind, attitude=draft.lexeme.attitude,
        commitment=_commitment(draft), confidence=round(confidence, 2),
    )  # fmt: skip


def _commitment(draft: Draft) -> Commitment:
    """A negated denial asserts nothing either way; a negated plain cue is a denial to have said so."""
    if not draft.negated:
        return draft.lexeme.commitment
    return "hedged" if draft.lexeme.commitment in ("denied", "factive") else "denied"


def _declines(draft: Draft) -> bool:
    return draft.lexeme.commitment == "declined"
