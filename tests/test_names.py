"""Who a source names: the source in its sentence, the entities of the article, the speaker."""

from __future__ import annotations

import pytest

from claimtrack.model import Span, merged
from claimtrack.speakers.names import names_of, resolve

ARTICLE = (
    "Serhiy Marek, the governor of Lunor, spoke. Marek agreed. Britain's Defence Ministry denied it. "
    "Prime Minister Anna Lund left. Jon Berg and Eva Berg argued. Berg won. Officials waited. He said no. "
    "The Halden Times reported it. A clerk at the Halden Times agreed. The Danish-born owner did not. "
    "An inspector from the Halden Times, Ola Ness, smiled."
)
ENTITIES = [
    ("Serhiy Marek", "PERSON"), ("Lunor", "GPE"), ("Marek agreed", "PERSON"), ("Britain's", "GPE"),
    ("Defence Ministry", "ORG"), ("Anna Lund", "PERSON"), ("Jon Berg", "PERSON"), ("Eva Berg", "PERSON"),
    ("Berg won", "PERSON"), ("The Halden Times", "ORG"), ("the Halden Times agreed", "ORG"), ("Danish", "NORP"),
    ("the Halden Times,", "ORG"), ("Ola Ness", "PERSON"),
]  # fmt: skip


def entities() -> list[tuple[int, int, str]]:
    found = []
    for name, kind in ENTITIES:
        start = ARTICLE.index(name)
        found.append((start, start + len(name.removesuffix(" agreed").removesuffix(" won").removesuffix(",")), kind))
    return found


@pytest.mark.parametrize(
    ("source", "name", "kind", "role", "rule"),
    [
        ("Serhiy Marek, the governor of Lunor", "Serhiy Marek", "person", "governor of Lunor", "name"),
        ("Marek", "Serhiy Marek", "person", None, "full name in the article"),
        ("Britain's Defence Ministry", "Britain's Defence Ministry", "organisation", None, "name"),
        ("Britain", "Britain", "government", None, "name"),
        ("Prime Minister Anna Lund", "Anna Lund", "person", "Prime Minister", "name"),
        ("Berg", "Berg", "person", None, "name"),
        ("The Halden Times", "Halden Times", "organisation", None, "name"),
        ("A clerk at the Halden Times", "A clerk at the Halden Times", "anonymous", None, "description"),
        ("The Danish-born owner", "The Danish-born owner", "anonymous", None, "description"),
        (
            "An inspector from the Halden Times, Ola Ness",
            "Ola Ness",
            "person",
            "inspector from the Halden Times",
            "name",
        ),
        ("Officials", "Officials", "anonymous", None, "description"),
    ],
)
def test_source_names_its_speaker(source: str, name: str, kind: str, role: str | None, rule: str) -> None:
    start = {"Marek": ARTICLE.index("Marek agreed"), "Berg": ARTICLE.index("Berg won")}.get(
        source, ARTICLE.index(source)
    )
    speaker = resolve((Span(start, start + len(source)),), ARTICLE, names_of(entities(), ARTICLE))
    assert speaker is not None
    assert (speaker.name, speaker.kind, speaker.role, speaker.resolved_by) == (name, kind, role, rule)
    assert speaker.mention == source


def test_last_name_is_known_where_the_recogniser_missed_it() -> None:
    text = "Serhiy Marek spoke. Marek agreed."
    speaker = resolve((Span(20, 25),), text, names_of([(0, 12, "PERSON"), (20, 25, "DATE")], text))
    assert speaker is not None and (speaker.name, speaker.kind) == ("Serhiy Marek", "person")


@pytest.mark.parametrize("source", ["He", ""])
def test_pronoun_or_nothing_names_nobody(source: str) -> None:
    start = ARTICLE.index("He said")
    spans = merged([Span(start, start + len(source))]) if source else ()
    assert resolve(spans, ARTICLE, names_of(entities(), ARTICLE)) is None
