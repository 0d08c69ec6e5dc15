"""From the attributions of an analysed article to its claims."""

from __future__ import annotations

from typing import Any

from claimtrack.attribution.trees import Tree
from claimtrack.claims.circumstances import circumstances
from claimtrack.claims.proposition import proposition
from claimtrack.model import Article, Attribution, Claim, claim_id
from claimtrack.speakers.places import Alias
from claimtrack.speakers.resolve import resolve_all


def claims_of(article: Article, document: Any, aliases: tuple[Alias, ...] = ()) -> list[Claim]:
    """Return one claim for each of the document's attributions, in their order.

    Args:
        article: what was read.
        document: its ``stanza`` Document with ``attributions`` and entities.
        aliases: a user's own table of speakers.
    """
    attributions: list[Attribution] = document.attributions
    trees = [Tree(sentence) for sentence in document.sentences if sentence.words]
    ids = [claim_id(article.id, a.cue, a.content) for a in attributions]
    resolutions = resolve_all(article, document, attributions, aliases)
    return [
        Claim(
            id=id_,
            article=article,
            attribution=attribution,
            speaker=found.speakers[0] if found.speakers else None,
            co_speakers=found.speakers[1:],
            proposition=proposition(attribution, article.text, found.speakers[0] if found.speakers else None, trees),
            said_on=scene.said_on,
            said_on_precision=scene.said_on_precision,
            addressee=scene.addressee,
            occasion=scene.occasion,
            via=None if attribution.parent is None else ids[attribution.parent],
        )
        for id_, attribution, found, scene in zip(
            ids, attributions, resolutions, circumstances(article, attributions, trees), strict=True
        )
    ]
