"""The extractor as a Stanza processor: import this module, then ask any pipeline for ``attribution``.

import stanza, claimtrack.attribution.processor
nlp = stanza.Pipeline("en", processors="tokenize,mwt,pos,lemma,attribution", ...)
nlp("...").attributions
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from stanza.pipeline.processor import Processor, register_processor

from claimtrack.attribution import baseline, tagger
from claimtrack.model import Attribution, Span

ATTRIBUTION = "attribution"

Method = Callable[[Sequence[Any]], list[list[Attribution]]]
"""Takes Stanza documents and returns the attributions of each."""

EXTRACTORS: dict[str, Method] = {"tagger": tagger.extract_all, "baseline": baseline.extract_all}
"""Every way to extract, by the name that ``attribution_method`` takes."""

NEEDS = {"tagger": {"tokenize", "pos", "lemma"}, "baseline": {"tokenize", "pos", "lemma", "depparse"}}
"""What runs before each of them."""


@register_processor(ATTRIBUTION)
class AttributionProcessor(Processor):  # type: ignore[misc]  # Stanza carries no types
    """Adds ``document.attributions``, a list of :class:`claimtrack.Attribution`.

    Every sentence with a source or cue in it gets ``sentence.attributed``, whatever reads it next.

    Configuration: ``attribution_method``, one of :data:`EXTRACTORS`.
    """

    PROVIDES_DEFAULT: ClassVar = {ATTRIBUTION}

    def __init__(self, config: dict[str, Any], pipeline: Any, device: Any) -> None:
        self._method = config.get("method", "tagger")
        super().__init__(config, pipeline, device)

    def _set_up_requires(self) -> None:
        self._requires = NEEDS[self._method]

    def bulk_process(self, docs: list[Any]) -> list[Any]:
        """Set ``attributions`` of every document, all of them read together."""
        for document, found in zip(docs, EXTRACTORS[self._method](docs), strict=True):
            document.attributions = found
            _mark(document, found)
        return docs

    def process(self, document: Any) -> Any:
        """Set ``document.attributions`` and return the document."""
        return self.bulk_process([document])[0]


def _mark(document: Any, found: Sequence[Attribution]) -> None:
    """Note the sentences that hold a source or a cue."""
    sentences = [sentence for sentence in document.sentences if sentence.tokens]
    ends = [sentence.tokens[-1].end_char for sentence in sentences]
    for sentence in sentences:
        sentence.attributed = False
    for span in (span for one in found for span in (*one.source, *one.cue)):
        place = bisect_left(ends, span.start + 1)
        while place < len(sentences) and _span(sentences[place]).overlaps(span):
            sentences[place].attributed = True
            place += 1


def _span(sentence: Any) -> Span:
    return Span(sentence.tokens[0].start_char, sentence.tokens[-1].end_char)
