"""Which claims state something: what only names what somebody spoke of is not compared."""

from __future__ import annotations

import pytest
from comparing import as_said, related
from graphs import said

from claimtrack.model import Span
from claimtrack.relations.prepared import prepare
from claimtrack.relations.stating import is_stating, names_only


@pytest.mark.parametrize(
    ("proposition", "facts", "wanted"),
    [
        ("The siren failed.", {}, False),
        ("[Ann Roe addressed] the issue.", {}, True),
        ("[Ann Roe praised] the patience of the town.", {}, True),
        ("[The minister's spokesman voted against] the bill.", {"commitment": "denied"}, True),
        # A clause, with or without a conjunction.
        ("[Ann Roe said] that the siren failed.", {}, False),
        ("[Ann Roe explained] why the siren failed.", {}, False),
        ("[Ann Roe wondered] whether the siren failed.", {}, True),
        ("[Ann Roe said] the siren, an old one, was off.", {}, False),
        ("[Ann Roe] knew nothing about it.", {}, False),
        # Two phrases that say something of each other.
        ("[Ann Roe described] the siren as useless.", {}, False),
        ("[Ann Roe called] the report misleading.", {}, False),
        ("[Ann Roe accused] Bo Lind of silencing it.", {"commitment": "accused"}, False),
        ("[Ann Roe blamed] the town for the flood.", {"commitment": "accused"}, False),
        ("[Ann Roe expects] delays.", {}, False),
        # Figures, denials and what confirms the claim before it.
        ("[The hospital gave] a total of 49.", {}, False),
        ("[Ann Roe denied] the accusation.", {"commitment": "denied"}, False),
        ("[Ann Roe disputes] this.", {"commitment": "denied"}, False),
        ("[Ann Roe has denied] which.", {"commitment": "denied"}, True),
        ("[Ann Roe confirmed] the figure.", {"commitment": "factive"}, False),
        ("[Ann Roe confirmed] the appointment.", {"commitment": "factive"}, True),
    ],
)  # fmt: skip
def test_what_only_names_its_matter(proposition: str, facts: dict[str, str], wanted: bool) -> None:
    claim = as_said(said("1", "Ann Roe", proposition), **facts)
    assert names_only(claim) == wanted
    assert is_stating(claim) != wanted


def test_what_only_names_its_matter_is_not_compared() -> None:
    claims = said("1", "Ann Roe", "[Ann Roe addressed] the siren."), said("2", "Bo Lind", "The siren failed.", 2)
    assert [one.claim.id for one in prepare(claims, {})] == ["2"]
    assert related(*claims, says="contradiction") == []


@pytest.mark.parametrize(
    ("cue", "denied"),
    [
        ("denied", True), ("has rejected", True), ("pushed back on reports", True), ("does not believe", True),
        ("did not say", False), ("stopped short of saying", False), ("opposes", False),
    ],
)  # fmt: skip
def test_who_leaves_a_thing_out_denies_nothing(cue: str, denied: bool) -> None:
    claim = as_said(said("1", "Ann Roe", f"[Ann Roe {cue}] that the siren failed."), commitment="denied")
    (one,) = prepare([claim], {})
    assert one.denied == denied
    assert ("Ann Roe" in one.statements[0].text) != denied


def test_a_lead_counts_nothing() -> None:
    (one,) = prepare([said("1", "Ann Roe", "[Three courts have found] that 12 people were hurt.")], {})
    assert [quantity.text for quantity in one.quantities] == ["12"]


@pytest.mark.parametrize(
    ("cue", "wanted"),
    [
        ("did not say", False),
        ("has never mentioned", False),
        ("stopped short of saying", False),
        ("denied", True),
        ("did not believe", True),
        ("said", True),
    ],
)
def test_what_somebody_did_not_say_states_nothing(cue: str, wanted: bool) -> None:
    text = f"Ann Roe {cue} that the siren failed."
    end = text.index(" that")
    spans = {"cue": (Span(8, end),), "content": (Span(end + 1, len(text)),)}
    assert is_stating(as_said(said("1", "Ann Roe", text), **spans)) == wanted
