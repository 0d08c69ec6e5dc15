"""The claim as a sentence: what is dropped, what is joined, what stands in brackets, what never changes."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import document, marked

from claimtrack.attribution.trees import Tree
from claimtrack.claims.proposition import proposition
from claimtrack.claims.wording import finished, put_together, single_spaced
from claimtrack.model import Attribution, Span, Speaker

LUND = Speaker("s_1", "Anna Lund", "person")
MINISTRY = Speaker("s_2", "Water Ministry", "organisation")
NOBODY = None

D = {"kind": "direct"}
DENIED = {"commitment": "denied"}
WANTED = {"attitude": "intention"}
ORDERED = {"attitude": "decree"}
ASKED = {"attitude": "question"}

TABLE: list[tuple[str, Speaker | None, dict[str, str], str]] = [
    # "that" goes, the first letter is large, a full stop ends it.
    ("{S Lund} {C said} {T that the bridge was safe}.", LUND, {}, "The bridge was safe."),
    ("{S Lund} {C said} {T the bridge was safe}.", LUND, {}, "The bridge was safe."),
    ("{T The bridge was safe}, {S Lund} {C said}.", LUND, {}, "The bridge was safe."),
    ("{S Lund} {C said} the bridge was safe, {T and that it would open}.", LUND, {}, "It would open."),
    ("{C According to} {S Lund}, {T the bridge was safe}.", LUND, {}, "The bridge was safe."),
    ("{S Lund} {C said} {T that the  bridge   was safe}.", LUND, {}, "The bridge was safe."),
    # Quotations stay; a comma that only the broken sentence asked for becomes its full stop.
    ("{T “The bridge is safe,”} {S Lund} {C said}.", LUND, D, "“The bridge is safe.”"),
    ('{T "Not a bell, just a dog,"} {S Lund} {C said}.', LUND, D, '"Not a bell, just a dog."'),
    ("{T ''The bridge is safe,''} {S Lund} {C said}.", LUND, D, "''The bridge is safe.''"),
    ("{T “Is the bridge safe?”} {C asked} {S Lund}.", LUND, {**D, **ASKED}, "“Is the bridge safe?”"),
    ("{S Lund} {C said} {T that the bridge was “safe”}.", LUND, {"kind": "mixed"}, "The bridge was “safe”."),
    ("{T “I will stay,”} {S she} {C said}.", LUND, D, "“I will stay.”"),
    # A quotation in two pieces is one again.
    ("{T “The bridge,”} {S Lund} {C said}, {T “is safe.”}", LUND, D, "“The bridge, is safe.”"),
    ("{T “It is safe,”} {S Lund} {C said}. {T “We looked.”}", LUND, D, "“It is safe. We looked.”"),
    ('{T "It is safe,"} {S Lund} {C said}. {T "We looked."}', LUND, D, '"It is safe. We looked."'),
    ("{T “It is safe.}\n\n{T “We looked,”} {S Lund} {C said}.", LUND, D, "“It is safe. We looked.”"),
    ("{T It is safe}, {S Lund} {C said}. {T “We looked.”}", LUND, {"kind": "mixed"}, "It is safe. “We looked.”"),
    ("{T “It was ‘a fairy tale,’ ”} {S Lund} {C said}.", LUND, D, "“It was ‘a fairy tale.’ ”"),
    ("{S Lund} {C said} his answer {T was that he left}.", LUND, {}, "[Anna Lund said] was that he left."),
    ("{T About 40 people}, {S Lund} {C said}, {T were hurt}.", LUND, {}, "About 40 people were hurt."),
    ("{S Lund} {C said} {T the bridge was safe}, unlike Berg, {T and the road was open}.", LUND, {},
     "The bridge was safe … and the road was open."),
    ("{T “It is safe}, {S Lund} {C said}.", LUND, D, "“It is safe”."),
    # The speaker's pronoun, where it opens the claim, gives way to the name.
    ("{S Lund} {C said} {T that she was going home}.", LUND, {}, "[Anna Lund] was going home."),
    ("{S She} {C said} {T her crews had closed the valve}.", LUND, {}, "[Anna Lund's] crews had closed the valve."),
    ("{S The ministry} {C said} {T it had sent two letters}.", MINISTRY, {}, "[Water Ministry] had sent two letters."),
    ("{S Mrs Lund} {C said} {T he was going home}.", LUND, {}, "He was going home."),
    ("{S The ministry} {C said} {T it was likely that it would rain}.", MINISTRY, {},
     "It was likely that it would rain."),
    ("{S She} {C said} {T “she was going home”}.", LUND, D, "“she was going home”."),
    ("{S She} {C said} {T she was going home}.", NOBODY, {}, "She was going home."),
    # What is no sentence, or not claimed as one, gets speaker and cue in brackets.
    ("{S Lund} {C vowed} {T to rebuild the bridge}.", LUND, WANTED, "[Anna Lund vowed] to rebuild the bridge."),
    ("{S Lund} {C accused} {T the council of lying}.", LUND, {}, "[Anna Lund accused] the council of lying."),
    ("{S Lund} {C denied} {T that the bridge was safe}.", LUND, DENIED,
     "[Anna Lund denied] that the bridge was safe."),
    ("{S Lund} {C did not say} {T that the bridge was safe}.", LUND, {},
     "[Anna Lund did not say] that the bridge was safe."),
    ("{S Lund} {C doubts} {T that the bridge is safe}.", LUND, {"attitude": "belief"},
     "[Anna Lund doubts] that the bridge is safe."),
    ("{S Lund} {C asked} {T why the bridge was shut}.", LUND, ASKED, "[Anna Lund asked] why the bridge was shut."),
    ("{S Lund} {C ordered} the crews {T to leave the bridge}.", LUND, ORDERED,
     "[Anna Lund ordered the crews] to leave the bridge."),
    ("{S Lund} {C demanded} {T that the bridge be shut}.", LUND, ORDERED,
     "[Anna Lund demanded] that the bridge be shut."),
    ("{S She} {C wants} {T to leave}.", NOBODY, WANTED, "[She wants] to leave."),
    ("{T Two men} {C are reported} {T to have left}.", NOBODY, {}, "Two men [are reported] to have left."),
    ("{S The clerk, who gave no name,} {C blamed} {T the council}.",
     Speaker("s_3", "The clerk, who gave no name", "anonymous"), {}, "[The clerk blamed] the council."),
]  # fmt: skip


@pytest.mark.models
@pytest.mark.parametrize(("words", "speaker", "fields", "expected"), TABLE, ids=[row[0] for row in TABLE])
def test_claim_is_a_sentence(
    words: str, speaker: Speaker | None, fields: dict[str, Any], expected: str, trees_of: Any
) -> None:
    text, attribution = marked(words)
    assert proposition(replace(attribution, **fields), text, speaker, trees_of(text)) == expected


PARSE = """
Lund Lund PROPN 2 nsubj
said say VERB 0 root
that that SCONJ 5 mark
she she PRON 5 nsubj
left leave VERB 2 ccomp
. . PUNCT 2 punct
"""


def test_claim_needs_only_the_parse() -> None:
    text, attribution = marked("{S Lund} {C said} {T that she left}.")
    trees = [Tree(s) for s in document(text, PARSE).sentences]
    assert proposition(attribution, text, LUND, trees) == "[Anna Lund] left."
    assert proposition(attribution, text, None, trees) == "She left."


def test_attribution_never_stands_inside() -> None:
    text, attribution = marked("{T Two men, }{S Lund} {C said}{T , left}.")
    wide = replace(attribution, content=(Span(0, len(text) - 1),))
    assert proposition(wide, text, LUND, []) == "Two men, left."


def test_content_without_a_sentence_is_only_finished() -> None:
    text, attribution = marked("{S Lund} {C said} {T that she left}.")
    assert proposition(attribution, text, LUND, []) == "That she left."


def test_no_content_gives_no_proposition() -> None:
    text, attribution = marked("{S Lund} {C declined to comment}.")
    assert proposition(attribution, text, LUND, []) is None


def test_very_long_content_is_kept_whole() -> None:
    text = "word " * 40_000
    claim = proposition(Attribution((), (Span(0, len(text)),)), text, None, [])
    assert claim is not None and len(claim) == len(text)


@given(st.text(alphabet="ab ,.“”\"'’‘«»\n…?-", min_size=1, max_size=60))
def test_finishing_adds_no_letter(words: str) -> None:
    assert re.sub(r"[\W_]", "", finished(single_spaced(words))).lower() == re.sub(r"[\W_]", "", words).lower()


@given(st.text(alphabet="ab,.“”\"' ", max_size=30), st.text(alphabet="Ab,.“”\"' ", max_size=30), st.booleans())
def test_joining_loses_no_letter(left: str, right: str, framed: bool) -> None:
    joined = put_together(left, " she said. ", right, framed)
    assert [c for c in joined if c.isalpha()] == [c for c in left + right if c.isalpha()]
