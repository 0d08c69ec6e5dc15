"""The plain extractor, on sentences parsed by hand: text, tree, attributions."""

from __future__ import annotations

import pytest

pytest.importorskip("stanza")

from support import document

from claimtrack.attribution.baseline import extract, nested
from claimtrack.attribution.cues import lexicon
from claimtrack.model import Attribution, Span, joined


def found(text: str, conllu: str) -> list[tuple[str, str, str]]:
    """Return source, cue and content of each attribution."""
    return [
        (joined(a.source, text), joined(a.cue, text), joined(a.content, text)) for a in extract(document(text, conllu))
    ]


CLAUSE = """
Officials official NOUN 2 nsubj
said say VERB 0 root
that that SCONJ 6 mark
the the DET 5 det
town town NOUN 6 nsubj
fell fall VERB 2 ccomp
. . PUNCT 2 punct
"""
APPOSITION = """
Hugh Hugh PROPN 7 nsubj
Hill Hill PROPN 1 flat
, , PUNCT 5 punct
a a DET 5 det
doctor doctor NOUN 1 appos
, , PUNCT 5 punct
said say VERB 0 root
it it PRON 9 nsubj
worked work VERB 7 ccomp
. . PUNCT 7 punct
"""
PARATAXIS = """
The the DET 2 det
town town NOUN 3 nsubj
fell fall VERB 0 root
, , PUNCT 6 punct
officials official NOUN 6 nsubj
said say VERB 3 parataxis
. . PUNCT 3 punct
"""
ACCORDING = """
The the DET 2 det
town town NOUN 3 nsubj
fell fall VERB 0 root
, , PUNCT 3 punct
according accord VERB 8 case
to to ADP 5 fixed
the the DET 8 det
mayor mayor NOUN 3 obl
. . PUNCT 3 punct
"""
NESTED = """
Lund Lund PROPN 2 nsubj
said say VERB 0 root
Berg Berg PROPN 4 nsubj
told tell VERB 2 ccomp
her she PRON 4 obj
that that SCONJ 9 mark
the the DET 8 det
town town NOUN 9 nsubj
fell fall VERB 4 ccomp
. . PUNCT 2 punct
"""
CONJOINED = """
Berg Berg PROPN 3 nsubj
did do AUX 3 aux
promise promise VERB 0 root
to to PART 5 mark
leave leave VERB 3 xcomp
and and CCONJ 7 cc
said say VERB 3 conj
he he PRON 9 nsubj
would would AUX 7 ccomp
. . PUNCT 3 punct
"""


@pytest.mark.parametrize(
    ("text", "tree", "expected"),
    [
        ("Officials said that the town fell.", CLAUSE, [("Officials", "said", "that the town fell")]),
        ("Hugh Hill, a doctor, said it worked.", APPOSITION, [("Hugh Hill, a doctor", "said", "it worked")]),
        ("The town fell, officials said.", PARATAXIS, [("officials", "said", "The town fell")]),
        ("The town fell, according to the mayor.", ACCORDING, [("the mayor", "according to", "The town fell")]),
        (
            "Lund said Berg told her that the town fell.",
            NESTED,
            [("Lund", "said", "Berg told her that the town fell"), ("Berg", "told", "that the town fell")],
        ),
        (
            "Berg did promise to leave and said he would.",
            CONJOINED,
            [("Berg", "did promise", "to leave"), ("Berg", "said", "he would")],
        ),
    ],
)
def test_pattern_finds_source_cue_and_content(text: str, tree: str, expected: list[tuple[str, str, str]]) -> None:
    assert sorted(found(text, tree)) == sorted(expected)


TWO_SUBJECTS = """
Mayor mayor NOUN 4 nsubj
Anna Anna PROPN 4 nsubj
Lund Lund PROPN 2 flat
said say VERB 0 root
it it PRON 6 nsubj
fell fall VERB 4 ccomp
. . PUNCT 4 punct
"""


def test_title_and_name_are_one_source_even_when_parsed_as_two() -> None:
    assert found("Mayor Anna Lund said it fell.", TWO_SUBJECTS) == [("Mayor Anna Lund", "said", "it fell")]


SPLIT = """
" " PUNCT 4 punct
They they PRON 4 nsubj
will will AUX 4 aux
leave leave VERB 0 root
, , PUNCT 4 punct
" " PUNCT 4 punct
he he PRON 8 nsubj
told tell VERB 4 parataxis
Bloomberg Bloomberg PROPN 8 obj
. . PUNCT 4 punct

" " PUNCT 4 punct
It it PRON 4 nsubj
is be AUX 4 cop
vital vital ADJ 0 root
that that SCONJ 7 mark
we we PRON 7 nsubj
stay stay VERB 4 csubj
. . PUNCT 4 punct
" " PUNCT 4 punct
"""


def test_quotation_without_cue_of_its_own_goes_on_with_the_one_before() -> None:
    text = '"They will leave," he told Bloomberg. "It is vital that we stay."'
    assert found(text, SPLIT) == [("he", "told", '"They will leave," … "It is vital that we stay."')]


COLON = """
Chairwoman chairwoman NOUN 0 root
Lund Lund PROPN 1 flat
: : PUNCT 6 punct
" " PUNCT 6 punct
We we PRON 6 nsubj
won win VERB 1 parataxis
the the DET 8 det
vote vote NOUN 6 obj
. . PUNCT 6 punct
" " PUNCT 6 punct
"""


def test_colon_before_a_quotation_is_a_cue() -> None:
    assert found('Chairwoman Lund: "We won the vote."', COLON) == [("Chairwoman Lund", ":", '"We won the vote."')]


NICKNAME = """
Jon Jon PROPN 5 nsubj
" " PUNCT 3 punct
Gull Gull PROPN 1 flat
" " PUNCT 3 punct
left leave VERB 0 root
town town NOUN 5 obj
. . PUNCT 5 punct
"""


def test_nickname_is_no_speech() -> None:
    assert found('Jon "Gull" left town.', NICKNAME) == []


def test_kind_and_nesting_come_with_the_attribution() -> None:
    outer, inner = extract(document("Lund said Berg told her that the town fell.", NESTED))
    assert (outer.kind, outer.parent, inner.parent) == ("indirect", None, 0)


def test_nested_picks_the_narrowest_holder() -> None:
    def one(start: int, end: int, cue: int) -> Attribution:
        return Attribution((Span(cue, cue + 1),), (Span(start, end),))

    assert [a.parent for a in nested([one(2, 30, 0), one(10, 30, 5), one(20, 30, 15)])] == [None, 0, 1]


def test_every_cue_in_the_lexicon_is_readable_and_once_there() -> None:
    assert len(lexicon()) > 200 and lexicon()["deny"].commitment == "denied"
