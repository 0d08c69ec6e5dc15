"""Quantities as they are read from a claim's text.

An expected quantity is written as bound, limits in the base unit, unit, direction, what is counted, and its marks.
"""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.relations.quantities import Quantity, quantities_of

SAID_ON = datetime.date(2025, 3, 4)
"""A Tuesday."""

MARKS = ("derived", "additional", "former", "negated")


def day(number: float) -> str:
    return f"{number}" if abs(number) == float("inf") else str(datetime.date.fromordinal(int(number)))


def shown(quantity: Quantity) -> str:
    low, high = (
        (day(quantity.low), day(quantity.high))
        if quantity.measure == "date"
        else (f"{quantity.low:.6g}", f"{quantity.high:.6g}")
    )
    words = [quantity.bound, low if low == high else f"{low}..{high}", quantity.unit, quantity.direction]
    words += [f"of {quantity.noun}" if quantity.noun else "", *(mark for mark in MARKS if getattr(quantity, mark))]
    return " ".join(filter(None, words))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The fire killed 40 people.", "exact 40 count of people"),
        ("The fire killed forty people.", "exact 40 count of people"),
        ("Forty-two people were hurt.", "exact 42 count of people"),
        ("A hundred and one dogs were found.", "exact 101 count of dogs"),
        ("One hundred and twenty-five houses burned.", "exact 125 count of houses"),
        ("Two dozen boats sank.", "exact 24 count of boats"),
        ("A dozen boats sank.", "exact 12 count of boats"),
        ("Dozens of boats sank.", "vague 24..120 count of boats"),
        ("Hundreds of people fled.", "vague 200..2000 count of people"),
        ("Tens of thousands of people fled.", "vague 20000..200000 count of people"),
        ("Hundreds of thousands of people fled.", "vague 200000..2e+06 count of people"),
        ("Half a million people fled.", "exact 500000 count of people"),
        ("A quarter of a million people fled.", "exact 250000 count of people"),
        ("A million and a half people fled.", "exact 1.5e+06 count of people"),
        ("Two and a half million people fled.", "exact 2.5e+06 count of people"),
        ("Nobody was hurt.", "exact 0 count"),
        ("No one was hurt.", "exact 0 count"),
        ("None of them was hurt.", "exact 0 count"),
        ("Not one crane moved.", "exact 0 count of crane"),
        ("Not a single crane moved.", "exact 0 count of crane"),
        ("No ship was turned away.", "exact 0 count of ship"),
        ("Zero cases were reported.", "exact 0 count of cases"),
        ("A couple of boats sank.", "vague 2..3 count of boats"),
        ("A few boats sank.", "vague 2..10 count of boats"),
        ("A handful of boats sank.", "vague 2..10 count of boats"),
        ("Several boats sank.", "vague 3..20 count of boats"),
        ("The town has 1,234,567 inhabitants.", "exact 1.23457e+06 count of inhabitants"),
        ("The town has 1.2m people.", "exact 1.2e+06 count of people"),
        ("The town has 1.2 million people.", "exact 1.2e+06 count of people"),
        ("The town has 300 thousand people.", "exact 300000 count of people"),
        ("It has 12 hundred seats.", "exact 1200 count of seats"),
        ("The bill came to $3bn.", "exact 3e+09 USD"),
        ("The bill came to £4.5 million.", "exact 4.5e+06 GBP"),
        ("The bill came to €300.", "exact 300 EUR"),
        ("The bill came to US$20m.", "exact 2e+07 USD"),
        ("The bill came to A$20m.", "exact 2e+07 AUD"),
        ("The bill came to 40 million dollars.", "exact 4e+07 USD"),
        ("The bill came to 500 pounds.", "exact 500 GBP"),
        ("The bill came to 75 cents.", "exact 0.75 USD"),
        ("The bill came to $3bn to $4bn.", "range 3e+09..4e+09 USD"),
        ("The bill came to between £2 million and £3 million.", "range 2e+06..3e+06 GBP"),
        ("It pays $16,000 per year.", "exact 16000 USD/year"),
        ("The stone weighs 500 pounds of lead.", "exact 226.796 kg"),
        ("Between 1,300 and 1,450 people came.", "range 1300..1450 count of people"),
        ("From 30 to 40 people came.", "range 30..40 count of people"),
        ("30-40 people came.", "range 30..40 count of people"),
        ("30 to 40 people came.", "range 30..40 count of people"),
        ("30 or 40 people came.", "range 30..40 count of people"),
        ("Two or three people came.", "range 2..3 count of people"),
        ("5 to 10 million people came.", "range 5e+06..1e+07 count of people"),
        ("The number rose from 30 to 40 boats.", "exact 30 count former; exact 40 count of boats"),
        ("The number fell from 40 to 30 boats.", "exact 40 count former; exact 30 count of boats"),
        ("At least 40 people came.", "at_least 40..inf count of people"),
        ("No fewer than 40 people came.", "at_least 40..inf count of people"),
        ("As few as 40 people came.", "at_least 40..inf count of people"),
        ("Up to 40 people came.", "at_most 0..40 count of people"),
        ("As many as 40 people came.", "at_most 0..40 count of people"),
        ("More than 40 people came.", "more_than 40..inf count of people"),
        ("Over 40 people came.", "more_than 40..inf count of people"),
        ("Fewer than 40 people came.", "less_than 0..40 count of people"),
        ("Less than 40 people came.", "less_than 0..40 count of people"),
        ("Under 40 people came.", "less_than 0..40 count of people"),
        ("Nearly 40 people came.", "about 36..40 count of people"),
        ("Almost 40 people came.", "about 36..40 count of people"),
        ("Just over 40 people came.", "about 40..44 count of people"),
        ("About 40 people came.", "about 36..44 count of people"),
        ("Some 40 people came.", "about 36..44 count of people"),
        ("Around 40 people came.", "about 36..44 count of people"),
        ("Roughly 40 people came.", "about 36..44 count of people"),
        ("Approximately 40 people came.", "about 36..44 count of people"),
        ("An estimated 40 people came.", "about 36..44 count of people"),
        ("Only 40 people came.", "exact 40 count of people"),
        ("A maximum of 40 people came.", "at_most 0..40 count of people"),
        ("A total of 40 people came.", "exact 40 count of people"),
        ("Never more than 40 people came.", "at_most 0..40 count of people"),
        ("The flow never passed 850 cubic metres a second.", "at_most 0..850 m3/s"),
        ("The flow did not exceed 850 cubic metres a second.", "at_most 0..850 m3/s"),
        ("The flow exceeded 850 cubic metres a second.", "more_than 850..inf m3/s"),
        ("40 or more people came.", "at_least 40..inf count of people"),
        ("40 or so people came.", "about 36..44 count of people"),
        ("40-odd people came.", "about 36..44 count of people"),
        ("40-plus people came.", "at_least 40..inf count of people"),
        ("Exactly 40 people came.", "exact 40 count of people"),
        ("Turnout was 61 per cent.", "exact 61 percent"),
        ("Turnout was 61 percent.", "exact 61 percent"),
        ("Turnout was 61%.", "exact 61 percent"),
        ("Turnout was 61.5 pct.", "exact 61.5 percent"),
        ("Turnout was between 60% and 65%.", "range 60..65 percent"),
        ("Pay rose by 4 per cent.", "exact 4 percent rise"),
        ("Pay rose 4 per cent.", "exact 4 percent rise"),
        ("Pay fell by about 4 percent.", "about 3.6..4.4 percent fall"),
        ("Pay is down 12 per cent.", "exact 12 percent fall"),
        ("Pay is up 12 per cent.", "exact 12 percent rise"),
        ("They demand a rise of 9 per cent.", "exact 9 percent rise"),
        ("People are 12 percent poorer.", "exact 12 percent fall"),
        ("They want 4 per cent more.", "exact 4 percent rise"),
        ("The bank lost 8 per cent.", "exact 8 percent fall"),
        ("The rate rose by 3 percentage points.", "exact 3 points rise"),
        ("The rate fell by a quarter of a million points.", "exact 250000 points fall"),
        ("The sides were three and a half points apart.", "exact 3.5 points"),
        ("The sides were about a point apart.", "about 0.9..1.1 points"),
        ("The rate rose by 25 basis points.", "exact 0.25 points rise"),
        ("A third of the food is imported.", "about 30..36.6667 percent of food"),
        ("Two-thirds of the food is imported.", "about 60..73.3333 percent of food"),
        ("Three quarters of the food is imported.", "about 67.5..82.5 percent of food"),
        ("Half of the dockers came.", "about 45..55 percent of dockers"),
        ("Fewer than half of the dockers came.", "less_than 0..50 percent of dockers"),
        ("One in five children was ill.", "about 18..22 percent of children"),
        ("Nine out of ten children were ill.", "about 81..99 percent of children"),
        ("A third gate was opened.", "at_least 3..inf count of gate"),
        ("A second ship was diverted.", "at_least 2..inf count of ship"),
        ("The hall is 300 metres long.", "exact 300 m"),
        ("The road is 12 miles long.", "exact 19312.1 m"),
        ("The road is 12km long.", "exact 12000 m"),
        ("The wall is 6 feet high.", "exact 1.8288 m"),
        ("The farm has 20 hectares.", "exact 200000 m2"),
        ("The fire burned 12 square miles.", "exact 3.10799e+07 m2"),
        ("The tank holds 40 litres.", "exact 0.04 m3"),
        ("It leaked 300 tonnes of chlorine.", "exact 300000 kg of chlorine"),
        ("It leaked 50 kg of chlorine.", "exact 50 kg of chlorine"),
        ("Winds of 70mph were measured.", "exact 31.2928 m/s"),
        ("Winds of 100 km/h were measured.", "exact 27.7778 m/s"),
        ("It was -5C at dawn.", "exact -5 C"),
        ("It was 40 degrees Celsius.", "exact 40 C"),
        ("It was 104 degrees Fahrenheit.", "exact 40 C"),
        ("The plant makes 20 megawatts.", "exact 2e+07 W"),
        ("He drove a crane for 22 years.", "exact 6.94267e+08 s"),
        ("It was a ten-day trip.", "exact 864000 s"),
        ("It took more than an hour.", "more_than 3600..inf s"),
        ("The leak was stopped within 25 minutes.", "at_most 0..1500 s"),
        ("It gave nine hours' notice.", "exact 32400 s"),
        (
            "The leak stopped within 25 minutes of about 9.40pm.",
            "at_most 0..1500 s; about 1290..1310 24h; range 1300..1325 24h derived",
        ),
        ("The gates opened at 2.20am.", "exact 140 24h"),
        ("The gates opened at 9.40 p.m. sharp.", "exact 1300 24h"),
        ("The gates opened at half past ten.", "exact 630 12h"),
        ("The gates opened at a quarter to nine.", "exact 525 12h"),
        ("The gates opened at 15:10.", "exact 910 24h"),
        ("The gates opened at 15.10.", "exact 910 24h"),
        ("The gates opened at noon.", "exact 720 24h"),
        ("The gates opened before midnight.", "at_most 720..1440 24h"),
        ("The gates opened at six in the morning.", "exact 360 24h"),
        ("The gates opened at ten o'clock.", "exact 600 12h"),
        ("The first fax left at four in the afternoon, the second at eight.", "exact 960 24h; exact 480 12h"),
        ("It was isolated on 28 February.", "exact 2025-02-28 day"),
        ("It was isolated on Friday.", "exact 2025-02-28 day"),
        ("It will reopen by Thursday.", "at_most -inf..2025-03-06 day"),
        ("It was founded in 1961.", "range 1961-01-01..1961-12-31 year"),
        ("It will close on 30 June 2025.", "exact 2025-06-30 day"),
        ("It happened last month.", "range 2025-02-01..2025-02-28 month"),
        ("It happened yesterday.", "exact 2025-03-03 day"),
        ("Anna Lund, 26, left.", "exact 26 years"),
        ("The 26-year-old left.", "exact 26 years"),
        ("A man aged 54 left.", "exact 54 years"),
        ("Karl Holm Jr., 49, left.", "exact 49 years"),
        ("She is 54 years old.", "exact 54 years"),
        (
            "14 patients were admitted and another 29 treated.",
            "exact 14 count of patients; exact 29 count of patients additional; exact 43 count of patients derived",
        ),
        (
            "Fourteen colleagues are ill. Nobody else is ill.",
            "exact 14 count of colleagues; exact 0 count additional; exact 14 count of people derived",
        ),
        (
            "It was joined by 95 per cent of its 2,300 dockers.",
            "exact 95 percent of dockers; exact 2300 count of dockers; about 2173.5..2196.5 count of dockers derived",
        ),
        (
            "Eleven ships were diverted, up from two on the first night.",
            "exact 11 count of ships; exact 2 count of ships former",
        ),
        ("We did not open four gates. We opened two.", "exact 4 count of gates negated; exact 2 count of gates"),
        ("We counted 40 people and they were still coming.", "at_least 40..inf count of people"),
        ("2000 people marched.", "exact 2000 count of people"),
        ("He lives at 10 Downing Street.", ""),
        ("See page 3 of the report.", ""),
        ("The G7 met about 9/11.", ""),
        ("The 2020 election was close.", ""),
        ("One of the men left.", ""),
        ("One day it will end.", ""),
        ("The one he wanted was gone.", ""),
        ("Call 020 7946 0958 now.", ""),
        ("He flew in an F-16 over Berth 4.", ""),
        ("It was the 21st time in the 1990s.", ""),
        ("They won 3-2 at home.", ""),
        ("1. Open the valve.", ""),
        ("The two-state talks began.", ""),
        ("There is no doubt about it.", ""),
        ("He no longer works there.", ""),
        ("Room 101 was empty.", ""),
        ("The Covid-19 rules ended.", ""),
        ("See https://example.org/2020/40 for more.", ""),
        ("It met on day one.", ""),
    ],
)
def test_quantities_are_read(text: str, expected: str) -> None:
    assert "; ".join(map(shown, quantities_of(text, SAID_ON))) == expected


def test_thing_and_context_are_stems_of_the_clause() -> None:
    admitted, treated, total = quantities_of("14 patients were admitted and another 29 treated.")
    assert (admitted.thing, admitted.context) == (("patient",), {"admit"})
    assert (treated.thing, treated.context) == (("patient",), {"treat"})
    assert total.context == {"admit", "treat"}


def test_phrases_of_a_group_are_context() -> None:
    (taken,) = quantities_of("14 people were taken to hospital.")
    assert "=hospitalised" in taken.context


def test_a_whole_has_no_context_of_its_own() -> None:
    _, whole, _ = quantities_of("The strike was joined by 95 per cent of its 2,300 dockers.")
    assert whole.value == 2300 and not whole.context


def test_dates_without_a_day_to_reckon_from_are_left_out() -> None:
    assert quantities_of("It was isolated on Friday, 28 February.") == ()
    assert [q.unit for q in quantities_of("It was isolated in 2020.")] == ["year"]


def test_a_number_knows_the_day_of_its_clause() -> None:
    (people, _) = quantities_of("40 people came on Friday.", SAID_ON)
    assert people.on == (datetime.date(2025, 2, 28).toordinal(),) * 2


@pytest.mark.parametrize(
    "text",
    [
        "", " ", ".", "-", "$", "£.", "9" * 400, "9" * 18, "1,2,3", "1.2.3", "40-", "-40", "a", "a third of", "no",
        "between 3 and", "from 3 to", "$$3", "3%%", "half a", "one in", "No.", "12:99", "99.99pm", "\x00 40",
        "on February 31 2020",
        "٤٠ people", "²", "two of the of the", "nineteen hundred and", "at least", "more than a", "３ people",
        "0001-01-01", "31 December 9999", "40 people " * 3000,
    ],
)  # fmt: skip
def test_odd_texts_raise_nothing(text: str) -> None:
    for quantity in quantities_of(text, SAID_ON):
        assert quantity.span.of(text) == quantity.text


WORDS = (
    "40 1,300 14.5 -3 0 two dozen hundred million half a an third no none not one nobody of in to and or from between "
    "at least most about some more than another per cent % points $ £3bn km pm 9.40pm Friday 28 February 2020 last "
    "week - – . , ; : people ships treated killed rose fell down up by against within minutes hours' per day midnight "
    "Mr 9/11 G7 page"
)
PIECES = st.sampled_from(WORDS.split())


@given(
    st.one_of(
        st.text(max_size=80), st.lists(PIECES, max_size=25).map(" ".join), st.lists(PIECES, max_size=12).map("".join)
    )
)
def test_spans_lie_in_the_text_and_limits_in_order(text: str) -> None:
    for said_on in (None, SAID_ON):
        for quantity in quantities_of(text, said_on):
            assert 0 <= quantity.span.start < quantity.span.end <= len(text)
            assert text[quantity.span.start : quantity.span.end] == quantity.text
            assert quantity.low <= quantity.high
