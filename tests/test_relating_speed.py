"""Relating many claims, made of few."""

from __future__ import annotations

from comparing import FakeEncoder, FakeEntails
from graphs import said

from claimtrack.evaluation.relating_speed import measure, repeated
from claimtrack.model import Topic
from claimtrack.relations.relate import Models

CLAIMS = [
    said("1", "Ann Roe", "The siren failed that night.", 1),
    said("2", "Bo Lind", "The siren sounded that night.", 2),
]
OF = {"1": "t", "2": "t"}
TOPICS = [Topic("s", "story"), Topic("t", "siren", parent="s")]


def test_repeated_claims_are_of_other_articles_stories_and_words() -> None:
    made, topics, stories = repeated(CLAIMS, OF, {"t": "s"}, 5)
    assert len(made) == len({claim.id for claim in made}) == 5 and len({claim.article.id for claim in made}) == 5
    assert len({claim.proposition for claim in made}) == 5
    assert made[0].proposition == "The siren failed that night aa." and made[2].article.text == made[0].article.text
    assert topics[made[0].id] == topics[made[1].id] != topics[made[2].id]
    assert stories[topics[made[0].id]] == "saa"


def test_pairs_and_questions_are_counted() -> None:
    timing = measure(CLAIMS, TOPICS, OF, 6, Models(FakeEncoder(), FakeEntails(lambda a, b: "contradiction")))
    assert (timing.claims, timing.pairs, timing.relations) == (6, 3, 3)
    # Each pair both ways, and both ways again with what stands before the claims.
    assert timing.asked == 12 and timing.seconds > 0 and timing.megabytes > 10
