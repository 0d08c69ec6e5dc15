"""Articles in, claims out: the one object that holds a loaded pipeline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from claimtrack.analysis.folders import model_folder
from claimtrack.analysis.memory import hand_back
from claimtrack.analysis.pipeline import Analyzer
from claimtrack.attribution.patterns import worth_parsing
from claimtrack.claims.build import claims_of
from claimtrack.errors import ClaimtrackError, InputError, ModelError
from claimtrack.model import Article, Claim
from claimtrack.speakers.places import Alias

PROCESSORS = {
    "tagger": ("tokenize", "mwt", "pos", "lemma", "attribution", "depparse", "ner"),
    "baseline": ("tokenize", "mwt", "pos", "lemma", "depparse", "attribution", "ner"),
}
"""What runs, and in which order, by the way to extract; what the tagger finds tells what to parse."""

BATCH_CHARACTERS = 80_000
"""How much text is analysed at once: enough to fill Stanza's batches, little enough for memory."""


class Extractor:
    """Extracts claims from articles.

    Args:
        nlp: which models: ``embedded``, ``stanza``, or a folder (:func:`claimtrack.analysis.model_folder`).
        method: which extractor (:data:`claimtrack.attribution.processor.EXTRACTORS`).
        aliases: a user's own table of speakers (:func:`claimtrack.speakers.places.read_aliases`).

    Raises:
        ModelError: when the models are missing or cannot be loaded, or no extractor is called ``method``.
    """

    def __init__(self, nlp: str = "embedded", method: str = "tagger", aliases: tuple[Alias, ...] = ()) -> None:
        from claimtrack.attribution.processor import EXTRACTORS  # registers the processor, too

        if method not in EXTRACTORS:
            raise ModelError(f"{method}: no extractor is called that; there is {', '.join(EXTRACTORS)}")
        self.aliases = aliases
        self.analyzer = Analyzer(
            model_folder(nlp), PROCESSORS[method], parse_only=_worth_parsing, attribution_method=method
        )

    def extract(self, article: Article) -> list[Claim]:
        """Return the claims of one article, in text order."""
        (document,) = self.analyzer.analyze([article.text])
        return self._claims(article, document)

    def extract_all(self, articles: Iterable[Article]) -> Iterator[tuple[Article, list[Claim] | ClaimtrackError]]:
        """Yield each article with its claims, in order, analysing many articles at once.

        An article that the models cannot read comes with the error instead; the others do not suffer.
        """
        for batch in batches(articles):
            results = self._results(batch)
            hand_back()
            yield from zip(batch, results, strict=True)

    def _results(self, batch: list[Article]) -> list[list[Claim] | ClaimtrackError]:
        try:
            documents = self.analyzer.analyze([article.text for article in batch])
            return [self._claims(article, document) for article, document in zip(batch, documents, strict=True)]
        except Exception:  # one strange text must not take the whole batch with it
            return [self._alone(article) for article in batch]

    def _alone(self, article: Article) -> list[Claim] | ClaimtrackError:
        try:
            return self.extract(article)
        except Exception as error:
            where = article.path or article.id
            return InputError(f"{where}: cannot be analysed ({type(error).__name__}: {error}); please report it")

    def _claims(self, article: Article, document: Any) -> list[Claim]:
        return claims_of(article, document, self.aliases) if document.sentences else []


def _worth_parsing(sentence: Any) -> bool:
    """Tell whether a sentence attributes something, or has a word that may."""
    return getattr(sentence, "attributed", False) or worth_parsing(sentence)


def batches(articles: Iterable[Article], characters: int = BATCH_CHARACTERS) -> Iterator[list[Article]]:
    """Group articles so that each group has about ``characters`` of text (a longer article goes alone)."""
    group: list[Article] = []
    size = 0
    for article in articles:
        if group and size + len(article.text) > characters:
            yield group
            group, size = [], 0
        group.append(article)
        size += len(article.text)
    if group:
        yield group
