"""Quotation marks: the text, and the quotations that a reader sees in it."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.analysis.paragraphs import paragraphs
from claimtrack.attribution.quotes import quotations, quoted_share
from claimtrack.model import Span


def found(text: str) -> list[str]:
    return [" | ".join(s.of(text) for s in q.spans) for q in quotations(text, paragraphs(text))]


STYLES = [
    ("straight", '"It is over," she said.', ['"It is over,"']),
    ("curly", "“It is over,” she said.", ["“It is over,”"]),
    ("two apostrophes", "''It is over,'' she said.", ["''It is over,''"]),
    ("LaTeX", "``It is over,'' she said.", ["``It is over,''"]),
    ("backquotes closed by a straight mark", '``It is over," she said.', ['``It is over,"']),
    ("guillemets", "«C'est fini», she said.", ["«C'est fini»"]),
    ("guillemets with spaces", "« C'est fini », she said.", ["« C'est fini »"]),
    ("guillemets turned round", "»Es ist vorbei«, she said.", ["»Es ist vorbei«"]),
    ("low and high", "„Es ist vorbei“, she said.", ["„Es ist vorbei“"]),
    ("low and high, closed by the other mark", "„Vége van”, she said.", ["„Vége van”"]),
    ("two closing marks", "”Det är över”, she said.", ["”Det är över”"]),
    ("full width", "＂It is over,＂ she said.", ["＂It is over,＂"]),
    ("corner brackets", "「終わり」, she said.", ["「終わり」"]),
    ("single straight", "'It's over,' she said.", ["'It's over,'"]),
    ("single curly", "‘It’s over,’ she said.", ["‘It’s over,’"]),
    ("opened curly, closed straight", '“It is over," she said.', ['“It is over,"']),
    ("opened straight, closed curly", '"It is over,” she said.', ['"It is over,”']),
    ("closed by an opening mark", "She said: “It is over.“ Then she left.", ["“It is over.“"]),
    ("low, closed straight", '„It is over," she said.', ['„It is over,"']),
]

NESTED = [
    ("single in double, curly", "“He told me ‘never’ and left,” she said.", ["“He told me ‘never’ and left,”"]),
    ("single in double, straight", "\"He told me 'never' and left,\" she said.", ["\"He told me 'never' and left,\""]),
    ("single at the end of double", "“He told me ‘never,’” she said.", ["“He told me ‘never,’”"]),
    ("single at the start of double", "\"'Never' is what he told me,\" she said.", ["\"'Never' is what he told me,\""]),
    ("double in single, curly", "‘He told me “never” and left,’ she said.", ["‘He told me “never” and left,’"]),
    ("double in single, straight", "'He told me \"never\" and left,' she said.", ["'He told me \"never\" and left,'"]),
    ("double in single beside a double one", "‘He said “no” to us,’ Berg said. “Yes,” said Lund.",
     ["‘He said “no” to us,’", "“Yes,”"]),
    ("double in double", "“He said “never” twice,” she said.", ["“He said “never” twice,”"]),
    ("straight in curly", '“He said "never" twice,” she said.', ['“He said "never" twice,”']),
    ("three apostrophes at the end", "''He told me 'never,''' she said.", ["''He told me 'never,'''"]),
    ("three apostrophes at the start", "'''Never' is what he told me,'' she said.",
     ["'''Never' is what he told me,''"]),
    ("headline in single marks over a text in double ones", "Mayor: 'It is over'\n\n\"It is over,\" the mayor said.",
     ["'It is over'", '"It is over,"']),
]  # fmt: skip

NO_MARKS = [
    ("no text", "", []),
    ("possessives", "The workers' pay and the firm's profit.", []),
    ("possessive inside", "'The workers' pay is low,' she said.", ["'The workers' pay is low,'"]),
    ("possessives around a quotation", 'The workers\' "fair share" was the firm\'s.', ['"fair share"']),
    ("decade and lone letter", "It was the '90s, rock 'n' roll.", []),
    ("decade with the wrong apostrophe", "The ‘90s ended, and the firms’ luck too.", []),
    ("years", "The class of ‘68 met the class of ‘72’s leaders.", []),
    ("figure at the start", "‘1,200 people came,’ she said.", ["‘1,200 people came,’"]),
    ("clipped words", "Tell 'em 'til it's over, the players' union said.", []),
    ("glottal letter", "The Hawai‘i governor and the O‘ahu mayor met.", []),
    ("feet and inches", "He is 6'2\" tall, she 5'11\".", []),
    ("feet and inches beside a quotation", 'At 6\'2" he is "very tall" for a jockey.', ['"very tall"']),
    ("feet and inches inside", '"He is 6\'2" tall," she said.', ['"He is 6\'2" tall,"']),
    ("feet and inches at the end, curly", "“He is like 6’2”,” she said.", ["“He is like 6’2”,”"]),
    ("inches", 'A 6" pipe and "a quotation".', ['"a quotation"']),
    ("inches inside", '"A 6" pipe broke," she said.', ['"A 6" pipe broke,"']),
    ("year at the end", '"We won in 2016" and "we lost in 2018," she said.',
     ['"We won in 2016"', '"we lost in 2018,"']),
    ("nothing between", 'He typed "" and “” and \'\' \'\' in vain.', []),
    ("nothing but dots between", 'The answer was "..." again.', []),
]  # fmt: skip

ODD = [
    ("alone", 'An odd " mark here.', []),
    ("closing only", 'An odd mark" here.\n\n"It is over," she said.', ['"It is over,"']),
    ("never closed", '"Never closed here.\n\nNext paragraph.\n\n"It is over," she said.', ['"It is over,"']),
    ("opening, straight", 'An "odd mark. "It is over," she said.', ['"It is over,"']),
    ("opening, curly", "An “odd mark. “It is over,” she said.", ["“It is over,”"]),
    ("opening, two apostrophes", "An ''odd mark. ''It is over,'' she said.", ["''It is over,''"]),
    ("opening, low", "An „odd mark. “It is over,” she said.", ["“It is over,”"]),
    ("within a quotation", '“He said "never to us,” she said.', ['“He said "never to us,”']),
    ("in the last paragraph", "“It is over,” she said.\n\nAn “odd mark.", ["“It is over,”"]),
    ("in every second paragraph", '“One,” he said.\n\nOdd “mark.\n\nNo mark.\n\n“Two,” he said.\n\nOdd” mark.',
     ["“One,”", "“Two,”"]),
]  # fmt: skip

PARAGRAPHS = [
    ("closed at the end", "“One.\n\n“Two.\n\n“Three,” she said.", ["“One. | “Two. | “Three,”"]),
    ("closed at the end, straight", '"One.\n\n"Two," she said. "Three."', ['"One. | "Two,"', '"Three."']),
    ("closed at the end, two apostrophes", "''One.\n\n''Two,'' she said.", ["''One. | ''Two,''"]),
    ("closed at the end, single", "‘One, it’s said.\n\n‘Two,’ she said.", ["‘One, it’s said. | ‘Two,’"]),
    ("closed at the end, guillemets", "«Un.\n\n«Deux», she said.", ["«Un. | «Deux»"]),
    ("never closed", "“One.\n\n“Two.\n\nNot quoted.", ["“One. | “Two."]),
    ("one within", "“One “and” one.\n\n“Two,” she said.", ["“One “and” one. | “Two,”"]),
    (
        "closed and opened again",
        "“One.\n\n“Two,” she said. “Three.\n\n“Four.”",
        ["“One. | “Two,”", "“Three. | “Four.”"],
    ),
    ("opened in the middle", "She said: “One.\n\n“Two.” And left.", ["“One. | “Two.”"]),
]

PLACES = [
    ("split", '"It is over," she said, "and we lost."', ['"It is over,"', '"and we lost."']),
    ("split, two apostrophes", "''It is over,'' she said, ''and we lost.''",
     ["''It is over,''", "''and we lost.''"]),
    ("split, single", "'It is over,' she said, 'and we've lost.'", ["'It is over,'", "'and we've lost.'"]),
    ("sentences within", "“It is over. Is it? Yes! Go home,” she said.", ["“It is over. Is it? Yes! Go home,”"]),
    ("whole text", "“It is over.”", ["“It is over.”"]),
    ("start and end", '"It is over" was not "the end"', ['"It is over"', '"the end"']),
    ("in brackets", 'The plan (called "hopeless") passed.', ['"hopeless"']),
    ("behind a dash", "She asked—“Is it over?”—and left.", ["“Is it over?”"]),
    ("broken off before a dash", '"It is—" she began.', ['"It is—"']),
    ("space before the closing mark", '"It is over ", she said.', ['"It is over "']),
]  # fmt: skip


def cases(**tables: list[tuple[str, str, list[str]]]) -> list[Any]:
    return [
        pytest.param(text, expected, id=f"{table}: {name}")
        for table, rows in tables.items()
        for name, text, expected in rows
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    cases(style=STYLES, nested=NESTED, no_mark=NO_MARKS, odd_mark=ODD, paragraphs=PARAGRAPHS, place=PLACES),
)
def test_quotations_are_those_a_reader_sees(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_odd_mark_costs_its_own_paragraph_only() -> None:
    before, after = "“One,” she said.\n\n" * 3, "\n\n“Two,” he said." * 3
    for odd in ('An odd " mark', "An odd “mark", "An odd mark”", "An ''odd mark", "An „odd mark", "An «odd mark", "‘"):
        assert found(f"{before}{odd} here.\n\nNothing.{after}") == ["“One,”"] * 3 + ["“Two,”"] * 3, odd


@given(st.text(alphabet="ab 6,.\n\"“”'‘’«»„`", max_size=80))
def test_quotations_never_fail_nor_overlap(text: str) -> None:
    spans = [span for q in quotations(text, paragraphs(text)) for span in q.spans]
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    ordered = sorted(spans)
    assert all(left.end <= right.start for left, right in itertools.pairwise(ordered))


def test_quoted_share_counts_words_not_marks() -> None:
    text = 'He called it "very difficult" work.'
    quotes = quotations(text, paragraphs(text))
    assert quoted_share(text, [Span(13, 29)], quotes) == 1.0
    assert quoted_share(text, [Span(13, 34)], quotes) == pytest.approx(2 / 3)
    assert quoted_share(text, [Span(0, 9)], quotes) == 0.0
