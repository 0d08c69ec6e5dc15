"""How the quantities of two claims stand to each other."""

from __future__ import annotations

import datetime
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.relations.quantities import Comparison, Quantity, comparable, compare, compare_texts, quantities_of

SAID_ON = datetime.date(2025, 3, 4)


def compared(a: str, b: str) -> tuple[Comparison, ...]:
    return compare_texts(quantities_of(a, SAID_ON), quantities_of(b, SAID_ON))


def first(text: str) -> Quantity:
    return quantities_of(text, SAID_ON)[0]


def shown(found: tuple[Comparison, ...]) -> str:
    if not found:
        return ""
    best = found[0]
    marks = [f"subset-{best.subset}" if best.subset else "", "growing" if best.growing else ""]
    return " ".join(filter(None, [best.relation, *marks, "conflict" if best.conflict else ""]))


@pytest.mark.parametrize(
    ("a", "b", "expected", "words"),
    [
        (
            "At least 40 people were treated.",
            "14 people had needed treatment.",
            "apart growing conflict",
            "at least 40 against 14 people",
        ),
        (
            "At least 40 treated",
            "14 patients were admitted and another 29 treated.",
            "contains",
            "43 patients is in line with at least 40",
        ),
        (
            "We counted 40 people through our tents and they were still coming.",
            "14 patients were admitted and another 29 treated.",
            "contains",
            "43 patients is in line with 40 people",
        ),
        (
            "Fourteen colleagues are being looked after. Nobody else needed treatment.",
            "At least 40 people were treated.",
            "apart growing conflict",
            "14 against at least 40 people",
        ),
        ("40 people were treated.", "14 buses burned.", "", ""),
        ("40 were treated.", "14 were taken to hospital.", "apart subset-b", "40 against 14"),
        ("40 were treated.", "52 were taken to hospital.", "apart subset-b conflict", "40 against 52"),
        ("40 people were hurt.", "40 persons were injured.", "same", "40 people is 40 persons"),
        ("Three people died.", "Five bodies were found.", "apart growing conflict", "three people against five bodies"),
        ("Three people were killed.", "Nine people were injured.", "", ""),
        ("Three people were killed.", "Three vessels were diverted.", "", ""),
        (
            "Two ships were diverted.",
            "Eleven vessels were turned away.",
            "apart growing conflict",
            "two ships against eleven vessels",
        ),
        (
            "No ship was turned away.",
            "Two container ships were diverted.",
            "apart conflict",
            "no ship against two container ships",
        ),
        (
            "None of the ships was diverted.",
            "Up to three ships were diverted.",
            "within",
            "none of ships is in line with up to three ships",
        ),
        ("The figure was 14.", "40 people were treated.", "apart growing conflict", "14 against 40 people"),
        ("About 40 people came.", "42 people came.", "contains", "42 people is in line with about 40 people"),
        ("About 40 people came.", "45 people came.", "apart conflict", "about 40 against 45 people"),
        ("Nearly 40 people came.", "38 people came.", "contains", "38 people is in line with nearly 40 people"),
        ("Nearly 40 people came.", "41 people came.", "apart conflict", "nearly 40 against 41 people"),
        ("Over 40 people came.", "39 people came.", "apart conflict", "over 40 against 39 people"),
        ("Over 40 people came.", "400 people came.", "contains", "400 people is in line with over 40 people"),
        (
            "Fewer than 40 people came.",
            "Over 50 people came.",
            "apart conflict",
            "fewer than 40 against over 50 people",
        ),
        ("Up to 40 people came.", "40 people came.", "contains", "40 people is in line with up to 40 people"),
        ("Up to 40 people came.", "41 people came.", "apart conflict", "up to 40 against 41 people"),
        ("At least 40 people came.", "Up to 50 people came.", "overlap", "at least 40 people may be up to 50 people"),
        (
            "At least 40 people came.",
            "At least 52 people came.",
            "contains",
            "at least 52 people is in line with at least 40 people",
        ),
        (
            "Between 30 and 40 people came.",
            "35 people came.",
            "contains",
            "35 people is in line with between 30 and 40 people",
        ),
        ("Between 30 and 40 people came.", "45 people came.", "apart conflict", "between 30 and 40 against 45 people"),
        (
            "Between 30 and 40 people came.",
            "From 35 to 50 people came.",
            "overlap",
            "between 30 and 40 people may be from 35 to 50 people",
        ),
        ("Dozens of people came.", "40 people came.", "contains", "40 people is in line with dozens of people"),
        ("Dozens of people came.", "3 people came.", "apart conflict", "dozens of against 3 people"),
        ("Hundreds of people came.", "Two people came.", "apart conflict", "hundreds of against two people"),
        ("6,012 people fled.", "6,000 people fled.", "same", "6,012 people is 6,000 people"),
        ("40 people fled.", "43 people fled.", "apart growing conflict", "40 against 43 people"),
        ("1.2 million people fled.", "1,234,567 people fled.", "same", "1.2 million people is 1,234,567 people"),
        ("Turnout was 61 per cent.", "Turnout was 60.9 percent.", "same", "61 per cent is 60.9 percent"),
        ("Turnout was 61 per cent.", "Turnout was 95 per cent.", "apart conflict", "61 per cent against 95 per cent"),
        ("Turnout was 61 per cent.", "48 per cent had come out.", "apart conflict", "61 per cent against 48 per cent"),
        (
            "Fewer than half of the dockers came out.",
            "48 per cent of dockers came out.",
            "contains",
            "48 per cent of dockers is in line with fewer than half of dockers",
        ),
        (
            "Fewer than half of the dockers came out.",
            "80 per cent of dockers came out.",
            "apart conflict",
            "fewer than half of dockers against 80 per cent of dockers",
        ),
        (
            "A third of the food is imported.",
            "33 per cent of the food is imported.",
            "contains",
            "33 per cent of food is in line with a third of food",
        ),
        (
            "A third of the food is imported.",
            "Half of the food is imported.",
            "apart conflict",
            "a third of food against half of food",
        ),
        (
            "Pay rose by 4 per cent.",
            "Pay is up about 4 percent.",
            "within",
            "up 4 per cent is in line with up about 4 percent",
        ),
        (
            "Pay fell by 12 per cent.",
            "Pay rose by 4 per cent.",
            "apart conflict",
            "down 12 per cent against up 4 per cent",
        ),
        (
            "Our people are 12 percent poorer.",
            "Pay fell by 12 per cent.",
            "same",
            "down 12 percent is down 12 per cent",
        ),
        ("The rate rose by 3 per cent.", "The rate rose by 3 points.", "", ""),
        (
            "The sides were about a point apart.",
            "The sides were three and a half points apart.",
            "apart conflict",
            "about a point against three and a half points",
        ),
        (
            "95 per cent of its 2,300 dockers joined the strike.",
            "Only 1,400 dockers joined the strike.",
            "apart conflict",
            "about 2,185 against only 1,400 dockers",
        ),
        (
            "95 per cent of its 2,300 dockers joined the strike.",
            "2,180 dockers joined the strike.",
            "contains",
            "2,180 dockers is in line with about 2,185 dockers",
        ),
        (
            "The flow was 800 cubic metres a second.",
            "The flow was 1,400.",
            "apart conflict",
            "800 cubic metres a second against 1,400",
        ),
        (
            "The flow was 800 cubic metres a second.",
            "The flow never passed 850 cubic metres a second.",
            "within",
            "800 cubic metres a second is in line with never passed 850 cubic metres a second",
        ),
        (
            "The flow was 1,400 cubic metres a second.",
            "The flow peaked at between 1,300 and 1,450 cubic metres a second.",
            "within",
            "1,400 cubic metres a second is in line with between 1,300 and 1,450 cubic metres a second",
        ),
        (
            "The flow was 800,000 litres a second.",
            "The flow was 800 cubic metres a second.",
            "same",
            "800,000 litres a second is 800 cubic metres a second",
        ),
        ("The road is 10 miles long.", "The road is 16.1 km long.", "same", "10 miles is 16.1 km"),
        ("The bill was $3bn.", "The bill was £3bn.", "", ""),
        ("The bill was $3bn.", "The bill was 4 billion dollars.", "apart conflict", "$3bn against 4 billion dollars"),
        ("He earns $500 a week.", "He earns $500 a month.", "", ""),
        (
            "It was 104 degrees Fahrenheit.",
            "It was 40 degrees Celsius.",
            "same",
            "104 degrees Fahrenheit is 40 degrees Celsius",
        ),
        (
            "They opened four gates.",
            "We did not open four gates. We opened two.",
            "apart conflict",
            "four against two gates",
        ),
        ("We opened two gates.", "A third gate was opened.", "apart conflict", "two against a third gate"),
        ("Three gates were opened.", "A third gate was opened.", "within", "three gates is in line with a third gate"),
        (
            "The valve was closed at half past ten.",
            "The valve was closed within 25 minutes of about 9.40pm.",
            "apart conflict",
            "half past ten against between 9.40pm and 10.05pm",
        ),
        (
            "The valve was closed at half past ten.",
            "The valve was closed at 10.30pm.",
            "same",
            "half past ten is 10.30pm",
        ),
        (
            "The valve was closed at 10.30am.",
            "The valve was closed at 10.30pm.",
            "apart conflict",
            "10.30am against 10.30pm",
        ),
        (
            "The siren was isolated on Friday.",
            "The siren was isolated on 28 February.",
            "same",
            "Friday is 28 February",
        ),
        (
            "The siren was isolated on Friday.",
            "The siren was isolated on Saturday.",
            "apart conflict",
            "Friday against Saturday",
        ),
        (
            "The siren was isolated on Friday.",
            "The siren was isolated in February.",
            "within",
            "Friday is in line with in February",
        ),
        ("The council met on Friday.", "The mayor left on Monday.", "", ""),
        ("The search took two hours.", "The search took 120 minutes.", "same", "two hours is 120 minutes"),
        ("The search took two hours.", "The mayor talked for three days.", "", ""),
        ("40 cows drowned.", "40 boats sank.", "", ""),
        (
            "14 soldiers were killed.",
            "40 people were killed.",
            "apart subset-a growing",
            "14 soldiers against 40 people",
        ),
    ],
)
def test_quantities_are_compared(a: str, b: str, expected: str, words: str) -> None:
    found = compared(a, b)
    assert shown(found) == expected
    assert (found[0].words if found else "") == words


MIRRORED = {"contains": "within", "within": "contains"}


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("At least 40 people were treated.", "14 people had needed treatment."),
        ("About 40 people came.", "42 people came."),
        ("40 were treated.", "14 were taken to hospital."),
        ("The valve was closed at half past ten.", "The valve was closed at 10.40pm."),
        ("Pay fell by 12 per cent.", "Pay rose by 4 per cent."),
    ],
)
def test_comparison_is_the_same_from_both_sides(a: str, b: str) -> None:
    one, other = compare(first(a), first(b)), compare(first(b), first(a))
    assert one and other
    assert MIRRORED.get(one.relation, one.relation) == other.relation
    assert (one.distance, one.comparable, one.conflict) == (other.distance, other.comparable, other.conflict)


def test_distance_tells_how_far_apart() -> None:
    (found,) = compared("At least 40 people were treated.", "14 people had needed treatment.")
    assert found.distance == 26


def test_opposite_changes_are_as_far_apart_as_both_together() -> None:
    (found,) = compared("Pay fell by 12 per cent.", "Pay rose by 4 per cent.")
    assert found.distance == 16


@pytest.mark.parametrize(
    ("nearer", "farther"),
    [
        ("52 people were treated.", "52 employees were treated."),
        ("40 people were treated.", "14 people were taken to hospital."),
        ("52 people were treated.", "The figure was 52."),
        ("52 people were treated.", "Another 52 people were treated."),
        ("52 people were treated.", "52 people came."),
    ],
)
def test_what_measures_the_same_is_more_comparable(nearer: str, farther: str) -> None:
    about = first("At least 40 people were treated.")
    assert comparable(about, first(nearer)) > comparable(about, first(farther))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("40 people were treated.", "14 buses were treated."),
        ("40 people were treated.", "40 per cent were treated."),
        ("Nobody else was treated.", "40 people were treated."),
        ("Pay rose by 3 per cent.", "Pay rose by 3 points."),
        ("It cost $3bn.", "It cost £3bn."),
        ("Three people were killed.", "Nine people were arrested."),
    ],
)
def test_different_things_are_never_comparable(a: str, b: str) -> None:
    assert comparable(first(a), first(b)) == 0
    assert compare(first(a), first(b)) is None


def test_figures_of_different_days_are_less_comparable() -> None:
    monday, friday = first("95 per cent came out on Monday."), first("48 per cent came out on Friday.")
    same = first("61 per cent came out on Monday.")
    assert comparable(monday, friday) < comparable(monday, same)


def test_each_quantity_is_used_once_and_the_most_comparable_first() -> None:
    found = compared(
        "40 people were treated, two ships were diverted and pay fell by 12 per cent.",
        "Pay rose by 4 per cent, eleven ships were diverted and 14 people were treated.",
    )
    assert [c.words for c in found] == [
        "40 against 14 people", "two against eleven ships", "down 12 per cent against up 4 per cent",
    ]  # fmt: skip
    assert len({id(c.a) for c in found}) == len({id(c.b) for c in found}) == 3


def test_nothing_is_compared_with_nothing() -> None:
    assert compare_texts((), quantities_of("40 people came.")) == ()


TEXTS = st.sampled_from(
    [
        "At least 40 people were treated.", "14 patients were admitted and another 29 treated.", "The figure was 14.",
        "Pay fell by 12 per cent.", "Nobody was hurt.", "Up to three ships were diverted on Friday.",
        "Dozens of boats sank.",
        "The flow never passed 850 cubic metres a second.", "It closed within 25 minutes of about 9.40pm.",
        "A third gate was opened.",
        "95 per cent of its 2,300 dockers joined.", "We did not open four gates.", "It will reopen by Thursday.",
    ]
)  # fmt: skip


@given(TEXTS, TEXTS)
def test_comparing_never_raises_and_a_text_does_not_contradict_itself(a: str, b: str) -> None:
    for one, other in itertools.product(quantities_of(a, SAID_ON), quantities_of(b, SAID_ON)):
        assert 0 <= comparable(one, other) == comparable(other, one) <= 1
        found = compare(one, other)
        assert found is None or (found.words and found.distance >= 0)
    assert all(c.relation == "same" for c in compared(a, a))


@pytest.mark.parametrize(
    ("a", "b", "wanted"),
    [
        # People to whom nothing tells that the same happened, shares, hours, bare numbers, one more of a thing.
        ("One person was shot.", "A dozen people were inside.", True),
        ("Three victims were named.", "Seven people came.", True),
        ("55 per cent of the traffic was lost.", "90 per cent of the traffic runs there.", True),
        ("The shop closed at 4 pm.", "The shop was shut at 6 pm.", True),
        ("The figure was 14.", "They found 40.", True),
        ("14 were injured.", "40 people were injured.", True),
        ("Two gates were opened.", "A third gate was opened.", True),
        # Things, and what happened to both.
        ("Two gates were opened.", "Four gates stood open.", False),
        ("One person was shot dead.", "A dozen people died.", False),
        ("61 per cent of the workers went on strike.", "95 per cent of the workers went on strike.", False),
    ],
)
def test_numbers_that_may_be_of_two_things_are_loose(a: str, b: str, wanted: bool) -> None:
    assert compared(a, b)[0].loose == compared(b, a)[0].loose == wanted


def test_some_of_a_number_are_less_comparable() -> None:
    seven = first("Seven bullets hit the wall.")
    for part in ("Three of the seven bullets hit the wall.", "Eight bullets hit the wall, including three at the top."):
        some = next(q for q in quantities_of(part) if q.value == 3)
        assert some.additional and comparable(seven, some) < comparable(seven, first("Four bullets hit the wall."))
