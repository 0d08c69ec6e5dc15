"""From the attributions of an analysed article to its claims."""

from __future__ import annotations

from typing import Any

from claimtrack.attribution.trees import Tree
from claimtrack.claims.circumstances import circumstances
from claimtrack.claims.proposition import proposition
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
    speakers = [resolve(attribution.source, article.text, names) for attribution in attributions]
    return [
        Claim(
            id=id_,
            article=article,
            attribution=attribution,
            speaker=speaker,
            proposition=proposition(attribution, article.text, speaker, trees),
            said_on=scene.said_on,
            said_on_precision=scene.said_on_precision,
            addressee=scene.addressee,
            occasion=scene.occasion,
            via=None if attribution.parent is None else ids[attribution.parent],
        )
        for id_, attribution, speaker, scene in zip(
            ids, attributions, speakers, circumstances(article, attributions, trees), strict=True
        )
    ]
