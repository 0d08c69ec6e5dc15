"""Exports without text: of every field of the model it is said whether it stays, and words never do."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from support import BRANDT, CLAIM, DENIAL, RELATION

from claimtrack.export.content import UNNAMED, Export, withheld
from claimtrack.model import Article, Attribution, Claim, Relation, Speaker

STAYS: dict[type, set[str]] = {
    Article: {"id", "outlet", "url", "published", "path"},
    Attribution: {"cue", "content", "source", "kind", "attitude", "commitment", "confidence", "parent"},
    Speaker: {"id", "name", "kind", "resolved_by", "part_of", "confidence"},
    Claim: {"id", "attribution", "said_on", "said_on_precision", "via", "topic"},
    Relation: {"id", "kind", "score", "status"},
}
GOES: dict[type, set[str]] = {
    Article: {"text", "title", "author"},
    Attribution: set(),
    Speaker: {"role", "mention", "affiliation", "alternatives", "reasons"},
    Claim: {"proposition", "addressee", "occasion"},
    Relation: {"reason"},
}
IN_PART: dict[type, set[str]] = {
    Claim: {"article", "speaker", "co_speakers"},
    Relation: {"a", "b", "evidence"},
}
"""What is made of other values, of which what may stay does."""

PLACE = {Article: "articles", Speaker: "speakers", Claim: "claims", Relation: "relations"}

FULL = {
    Article: replace(CLAIM.article, author="words"),
    Speaker: replace(BRANDT, affiliation="words", part_of="s_9", reasons=("words",)),
    Claim: replace(CLAIM, occasion="words", via="c_9", topic="t_1", co_speakers=(BRANDT,)),
    Relation: RELATION,
}


@pytest.mark.parametrize("model", STAYS)
def test_every_field_is_said_to_stay_or_to_go(model: type) -> None:
    """Whoever adds a field decides here, and in ``export/content.py``, whether it may be passed on without the text."""
    lists = [STAYS[model], GOES[model], IN_PART.get(model, set())]
    assert set().union(*lists) == {field.name for field in fields(model)}
    assert sum(map(len, lists)) == len(set().union(*lists))


@pytest.mark.parametrize("model", FULL)
def test_what_stays_is_equal_and_what_goes_is_empty(model: type) -> None:
    full: Any = FULL[model]
    (left,) = getattr(withheld(Export(**{PLACE[model]: [full]})), PLACE[model])
    assert {name: getattr(left, name) for name in STAYS[model]} == {name: getattr(full, name) for name in STAYS[model]}
    assert all(getattr(full, name) for name in GOES[model])
    assert {name for name in GOES[model] if getattr(left, name) not in (None, "", ())} == set()


def test_co_speakers_stay_with_their_ids_and_names_and_nothing_more() -> None:
    assert DENIAL.speaker
    joint = replace(CLAIM, co_speakers=(replace(BRANDT, reasons=("safety chief: 3.0",)), DENIAL.speaker))
    (left,) = withheld(Export([joint])).claims
    assert [(other.id, other.name, other.role) for other in left.co_speakers] == [
        ("s_1", "Ida Brandt", None), ("s_2", UNNAMED, None)
    ]  # fmt: skip
    assert left.co_speakers[0].reasons == left.co_speakers[0].alternatives == ()


@pytest.mark.parametrize(
    ("name", "kind", "left"),
    [
        ("officials", "anonymous", UNNAMED),
        ("the firm that ran them", "organisation", UNNAMED),
        ("a leaked memo", "document", UNNAMED),
        ("Halden's port watch", "organisation", UNNAMED),
        ("Teale’s ministry", "government", UNNAMED),
        ("Port Authority of Halden", "organisation", "Port Authority of Halden"),
        ("Reader's Digest", "organisation", "Reader's Digest"),
        ("iPort", "organisation", "iPort"),
        ("von Marenz", "person", "von Marenz"),
    ],
)
def test_descriptions_are_no_names(name: str, kind: Any, left: str) -> None:
    (speaker,) = withheld(Export(speakers=[Speaker("s", name, kind)])).speakers
    assert (speaker.id, speaker.name) == ("s", left)


def test_topics_stay_apart_without_the_words_of_their_names() -> None:
    named = [replace(CLAIM, topic=name) for name in ("cranes at Halden", "cranes at Halden", "strike", None)]
    left = [claim.topic for claim in withheld(Export(named)).claims]
    assert left[0] == left[1] != left[2] and left[3] is None
    assert all(name is None or name.startswith("t_") for name in left) and "crane" not in str(left)
