"""The learned extractor: texts in, attributions out.

Every text is read for cues; around each cue, source and content; inside each content that was found, the
same again, which is how nested attributions come out, since no corpus marks them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claimtrack.analysis.paragraphs import paragraphs
from claimtrack.attribution.nesting import nested
from claimtrack.attribution.quotes import Quotation, quotations, quoted_share
from claimtrack.attribution.stances import with_stance
from claimtrack.attribution.tagger import storage
from claimtrack.attribution.tagger.decode import Finding, finding, marked, settled
from claimtrack.attribution.tagger.guesses import Place, Reading, around, guess_cues, guess_roles, readings
from claimtrack.attribution.tagger.signed import signed
from claimtrack.attribution.tagger.words import Words, words_of
from claimtrack.model import Attribution, Kind, Span, Spans

_BREAK = re.compile(r"\s*\n\s*\n\s*")

LENIENCE = 1.0
"""Unsure cues are found too; what stands around them decides (``guess_cues``)."""

LIKELY = 0.1
"""Nobody looks inside the content of a finding that weighs less."""

NESTED = 0.4
"""The least confidence of an attribution within another; set by reading those that the examples gave."""

NESTED_WORDS = 6
"""A shorter content has no attribution in it."""

DEPTH = 2
"""How deep nesting goes: "A said B told him that C denied it"."""


@dataclass(frozen=True)
class Page:
    """One text with its words and quotations."""

    words: Words
    quotes: list[Quotation]


def extract_all(documents: Sequence[Any]) -> list[list[Attribution]]:
    """Return the attributions of each Stanza document with words, tags and lemmas."""
    found = attributions([document.text for document in documents])
    # Leaving some out changes the places that parents have, so nesting comes last.
    return [nested(with_stance(document, mine)) for document, mine in zip(documents, found, strict=True)]


def attributions(texts: Sequence[str], folder: Path = storage.EMBEDDED) -> list[list[Attribution]]:
    """Return the attributions of each text, in the order of their first character.

    Attitude and commitment are left at their defaults: they need lemmas.

    Args:
        texts: what to read.
        folder: the models.

    Raises:
        ModelError: when the folder holds no models.
    """
    taggers = storage.load(folder)
    return [_finished(page, findings, taggers) for page, findings in found_in(texts, taggers)]


def found_in(texts: Sequence[str], taggers: storage.Taggers, depth: int = DEPTH) -> list[tuple[Page, list[Finding]]]:
    """Return all that the taggers find in each text, the unlikely too.

    Args:
        texts: what to read.
        taggers: who reads.
        depth: how many times the contents found are read again.
    """
    pages = [Page(words_of(text, taggers.pieces), quotations(text, paragraphs(text))) for text in texts]
    found: list[list[Finding]] = [[] for _ in pages]
    where = [r for number, page in enumerate(pages) if page.words for r in readings(number, 0, len(page.words) - 1)]
    for level in range(depth + 1):
        fresh = list(_findings(taggers, pages, where, limited=level > 0))
        where = []
        for number, findings in fresh:
            found[number] += findings
            where += [r for one in findings if one.weight >= LIKELY for r in _inside(number, one)]
    return list(zip(pages, found, strict=True))


def _findings(
    taggers: storage.Taggers, pages: Sequence[Page], where: Sequence[Reading], limited: bool
) -> Iterator[tuple[int, list[Finding]]]:
    """Yield what each text's readings give, settled among themselves."""
    words = [page.words for page in pages]
    guesses = guess_cues(taggers.cue, words, where, taggers.pieces, LENIENCE)
    jobs = [
        (reading.text, guess, around(words[reading.text], guess.place, _limits(reading) if limited else None))
        for reading, found in zip(where, guesses, strict=True)
        for guess in found
    ]
    roles = guess_roles(taggers.roles, [(words[text], window) for text, _, window in jobs], taggers.pieces)
    by_text: dict[int, list[Finding]] = {reading.text: [] for reading in where}
    for (text, guess, _), role in zip(jobs, roles, strict=True):
        by_text.setdefault(text, []).append(finding(guess, role))
    for text, findings in by_text.items():
        page = pages[text]
        findings += [] if limited else signed(page.words, page.quotes)
        findings = [marked(one, page.words, page.quotes) for one in settled(findings)]
        yield text, findings


def _limits(reading: Reading) -> Place:
    return reading.window.first, reading.window.last - 1


def _inside(text: int, one: Finding) -> Iterator[Reading]:
    for first, last in one.content:
        if last - first + 1 >= NESTED_WORDS:
            yield from readings(text, first, last)


def _finished(page: Page, findings: Sequence[Finding], taggers: storage.Taggers) -> list[Attribution]:
    kept = [_attribution(one, page, taggers) for one in settled(findings)]
    kept = [one for one in kept if one.confidence >= taggers.calibration.threshold]
    kept.sort(key=lambda one: (min((*one.cue, *one.content, *one.source)), one.cue))
    kept = [one for one in nested(kept) if one.parent is None or one.confidence >= NESTED]
    return nested(kept)


def _attribution(one: Finding, page: Page, taggers: storage.Taggers) -> Attribution:
    content = spans_of(one.content, page.words)
    share = quoted_share(page.words.text, content, page.quotes)
    kind: Kind = "direct" if share == 1 else "mixed" if share > 0 else "indirect"
    confidence = taggers.calibration.confidence(one.features(share))
    cue, source = (spans_of([place] if place else [], page.words) for place in (one.cue, one.source))
    source = tuple(beside(span, cue, page.words.text) for span in source)
    return Attribution(cue=cue, content=content, source=source, kind=kind, confidence=round(confidence, 3))


def beside(source: Span, cue: Spans, text: str) -> Span:
    """Return what of a source stands in one paragraph, on the side of its cue: no name goes on in the next paragraph.

    Args:
        source: a source.
        cue: its cue.
        text: the article.
    """
    breaks = list(_BREAK.finditer(text, source.start, source.end))
    if not breaks:
        return source
    if cue and cue[0].start >= source.end:
        return Span(breaks[-1].end(), source.end)
    return Span(source.start, breaks[0].start())


def spans_of(places: Sequence[Place], words: Words) -> Spans:
    """Return where runs of words stand in the text."""
    return tuple(words.span(*place) for place in places)
