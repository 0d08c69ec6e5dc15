"""The extractor as a Stanza processor: import this module, then ask any pipeline for ``attribution``.

import stanza, claimtrack.attribution.processor
nlp = stanza.Pipeline("en", processors="tokenize,mwt,pos,lemma,depparse,attribution", ...)
nlp("...").attributions
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from stanza.pipeline.processor import Processor, register_processor

from claimtrack.attribution import baseline
from claimtrack.model import Attribution

ATTRIBUTION = "attribution"

EXTRACTORS: dict[str, Callable[[Any], list[Attribution]]] = {"baseline": baseline.extract}
"""Every way to extract, by the name that ``attribution_method`` takes."""


@register_processor(ATTRIBUTION)
class AttributionProcessor(Processor):  # type: ignore[misc]  # Stanza carries no types
    """Adds ``document.attributions``, a list of :class:`claimtrack.Attribution`.

    Configuration: ``attribution_method``, one of :data:`EXTRACTORS`.
    """

    PROVIDES_DEFAULT: ClassVar = {ATTRIBUTION}
    REQUIRES_DEFAULT: ClassVar = {"tokenize", "pos", "lemma", "depparse"}

    def __init__(self, config: dict[str, Any], pipeline: Any, device: Any) -> None:
        super().__init__(config, pipeline, device)
        self._extract = EXTRACTORS[config.get("method", "baseline")]

    def bulk_process(self, docs: list[Any]) -> list[Any]:
        """Set ``attributions`` of every document."""
        return [self.process(document) for document in docs]

    def process(self, document: Any) -> Any:
        """Set ``document.attributions`` and return the document."""
        document.attributions = self._extract(document)
        return document
