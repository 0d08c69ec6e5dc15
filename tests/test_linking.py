"""The same speaker in several articles: what is merged, with which reason, and what never is."""

from __future__ import annotations

import datetime

import pytest

from claimtrack.model import Speaker, SpeakerKind, speaker_id
from claimtrack.speakers.linking import Sighting, groups, link, proper_names, sound


def seen(article: str, name: str, kind: SpeakerKind = "person", **more: str) -> Sighting:
    return Sighting(article, Speaker(speaker_id(name), name, kind, **more))


@pytest.mark.parametrize(
    ("a", "b", "kind", "reason"),
    [
        ("Volodymyr Zelenskiy", "Volodymyr Zelensky", "person", "the same name, Zelenskiy being spelled Zelensky"),
        ("Volodymyr Zelenskyy", "Volodymyr Zelensky", "person", "the same name"),
        ("Serhiy Hayday", "Serhii Haidai", "person", "the same name"),
        ("Zelenskiy", "Volodymyr Zelenskyy", "person", "the same surname, borne by nobody else"),
        ("J. Reddick", "Jonas Reddick", "person", "the same surname and first letter"),
        ("Jonas P. Reddick", "Jonas Reddick", "person", "the same name"),
        ("Tim Orne", "Timothy Orne", "person", "the same name"),
        ("Dr. Anna Lund", "Anna Lund", "person", "the same name"),
        ("Ukraine", "Ukraine", "government", "the same name"),
        ("British Ministry of Defence", "Britain's Defense Ministry", "government", "the same ministry"),
        ("United Nations", "U.N.", "organisation", "the same in the table of names"),
        ("Process Industry League", "PIL", "organisation", "PIL is short for Process Industry League"),
    ],
)
def test_same_speaker_is_merged_with_its_reason(a: str, b: str, kind: SpeakerKind, reason: str) -> None:
    (merge,) = link([seen("1", a, kind), seen("2", b, kind)])
    assert (merge.a, merge.b) == (0, 1) and merge.confidence >= 0.75
    assert merge.reason.startswith(reason)


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        ("Anna Lund", "Karl Lund", "person"),
        ("Jon Berg", "Jane Berg", "person"),
        ("Anna Lund", "Anna Holm", "person"),
        ("Russia's Defense Ministry", "British Defense Ministry", "government"),
        ("Halden Chemicals", "Halden Hospital", "organisation"),
        ("Russia", "Kremlin", "government"),
    ],
)
def test_two_speakers_stay_two(a: str, b: str, kind: SpeakerKind) -> None:
    assert link([seen("1", a, kind), seen("2", b, kind)]) == []


def test_surname_alone_is_not_merged_where_two_people_bear_it() -> None:
    people = [seen("1", "Anna Lund"), seen("2", "Karl Lund"), seen("3", "Lund")]
    assert link(people) == []


def test_person_and_body_of_one_name_stay_two() -> None:
    assert link([seen("1", "Lund"), seen("2", "Lund", "organisation")]) == []


def test_one_article_is_left_as_it_was_resolved() -> None:
    assert link([seen("1", "Anna Lund"), seen("1", "Anna Lund")]) == []


def local(article: str, names: str, published: datetime.date | None = None) -> Sighting:
    speaker = Speaker(speaker_id(f"{article}\x1fpolice"), "police", "organisation")
    return Sighting(article, speaker, frozenset(names.split()), published)


NAMES = "Norrick Halden Teale Brandt Eastmere Oduya"


def test_unnamed_police_are_one_only_within_one_event() -> None:
    (merge,) = link([local("1", NAMES), local("2", NAMES + " Krell")])
    assert "one event" in merge.reason
    assert link([local("1", NAMES), local("2", "Velm Ostrander Marenz Korvald Stavik Norrick")]) == []
    apart = datetime.date(2025, 3, 4), datetime.date(2025, 6, 4)
    assert link([local("1", NAMES, apart[0]), local("2", NAMES, apart[1])]) == []


def test_unnamed_people_are_never_merged() -> None:
    officials = [Sighting(a, Speaker(speaker_id(a + "officials"), "officials", "anonymous")) for a in "12"]
    assert link(officials) == []


def test_groups_follow_merges_and_a_merge_left_out_is_undone() -> None:
    people = [seen("1", "Volodymyr Zelenskiy"), seen("2", "Volodymyr Zelensky"), seen("3", "Anna Lund")]
    merges = link(people)
    assert groups(3, merges) == [[0, 1], [2]]
    assert groups(3, []) == [[0], [1], [2]]


@pytest.mark.parametrize(
    ("a", "b"), [("Zelenskiy", "Zelenskyy"), ("Hayday", "Haidai"), ("Yanukovych", "Yanukovich"), ("Schmidt", "Shmidt")]
)
def test_transliterations_sound_alike(a: str, b: str) -> None:
    assert sound(a) == sound(b)


def test_proper_names_leave_out_first_words_and_days() -> None:
    assert proper_names("Officials in Norrick met on Monday. Then Anna Lund left.") == {"Norrick", "Anna", "Lund"}
