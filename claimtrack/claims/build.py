"""From the attributions of an analysed article to its claims."""

from __future__ import annotations

from typing import Any

from claimtrack.attribution.trees import Tree
from claimtrack.claims.addressee import addressee
from claimtrack.model import Article, Attribution, Claim, claim_id
from claimtrack.speakers.names import names_of, resolve


def claims_of(article: Article, document: Any) -> list[Claim]:
    """Return one claim for each of the document's attributions, in their order.

    Args:
        article: what was read.
        document: its ``stanza`` Document with ``attributions`` and entities.
    """
    entities = [(e.start_char, e.end_char, e.type) for e in document.entities or []]
    names = names_of(entities, article.text)
    attributions: list[Attribution] = document.attributions
    trees = [Tree(sentence) for sentence in document.sentences if sentence.words]
    ids = [claim_id(article.id, a.cue, a.content) for a in attributions]
    return [
        Claim(
            id=id_,
            article=article,
            attribution=attribution,
            speaker=resolve(attribution.source, article.text, names),
            addressee=addressee(attribution.cue, trees, article.text),
            via=None if attribution.parent is None else ids[attribution.parent],
        )
        for id_, attribution in zip(ids, attributions, strict=True)
    ]
