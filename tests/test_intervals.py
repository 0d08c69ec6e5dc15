"""Intervals over articles, and the report that shows them."""

from __future__ import annotations

import json
import random

import pytest

from claimtrack.evaluation.corpora import GoldAttribution
from claimtrack.evaluation.intervals import FIGURES, intervals
from claimtrack.evaluation.kinds import KINDS
from claimtrack.evaluation.reliability import reliability
from claimtrack.evaluation.report import as_table, report
from claimtrack.evaluation.scores import MEASURES, SCORED, Outcome, Scores, total
from claimtrack.model import Span

TEXT = "Lund said that the town fell."
GOLD = GoldAttribution("x", (Span(0, 4),), (Span(5, 9),), (Span(10, 28),))


def article(right: int, wrong: int) -> Scores:
    """Score ``right`` articles' worth of found attributions and ``wrong`` of missed ones as one article."""
    scores = Scores()
    for found in [[GOLD]] * right + [[]] * wrong:
        scores.add(TEXT, [GOLD], found)
    return scores


def test_intervals_hold_the_figure_and_are_the_same_every_time() -> None:
    chance = random.Random(1)
    each = [article(chance.randrange(1, 9), chance.randrange(1, 9)) for _ in range(30)]
    found, scores = intervals(each, resamples=200), total(each)
    assert found == intervals(each, resamples=200) != intervals(each, resamples=200, seed=2)
    for name in FIGURES:
        low, high = found["all", "whole", "iou", name]
        assert low <= getattr(scores["whole", "iou"], name) <= high


def test_interval_is_that_of_the_share_of_right_articles() -> None:
    # Of 100 articles with one attribution each, half are right: two standard errors are ten points.
    low, high = intervals([article(1, 0)] * 50 + [article(0, 1)] * 50)["all", "whole", "iou", "recall"]
    assert (low, high) == pytest.approx((40, 60), abs=2)


def test_articles_that_are_alike_leave_no_doubt() -> None:
    assert set(intervals([article(1, 1)] * 5)["all", "cue", "iou", "recall"]) == {50.0}


def test_nothing_found_is_zero_without_doubt() -> None:
    assert intervals([article(0, 1)])["all", "whole", "iou", "f1"] == (0, 0)


def test_table_and_json_have_the_same_figures() -> None:
    each = [article(3, 1), article(1, 2), article(2, 0)]
    found = report(each, reliability([Outcome(0.95, True), Outcome(0.2, False)]))
    lines = as_table(found).splitlines()
    assert lines[0] == "3 articles, 9 attributions, 6 predicted, 6 matched"
    assert max(map(len, lines)) <= 80
    assert json.loads(json.dumps(found)) == found
    for name in FIGURES:
        low, high = found["whole"]["iou"]["intervals"][name]
        shown = f"{found['whole']['iou'][name]:.1f} ({low:.1f}-{high:.1f})".replace("100.0", "100")
        assert any(line.startswith("         IoU") and shown in line for line in lines), shown
    direct = next(line for line in lines if line.startswith("indirect"))
    low, high = found["recall_by_kind"]["indirect"]["whole"]["exact"]["interval"]
    assert direct.endswith(f"{found['recall_by_kind']['indirect']['whole']['exact']['recall']:.1f} "
                           f"({low:.0f}-{high:.0f})")  # fmt: skip
    assert any(line.split() == ["0.9", "to", "1.0", "1", "95.0", "100.0"] for line in lines)


def test_report_says_where_there_is_nothing_to_find() -> None:
    found = report([article(1, 1)])
    assert found["recall_by_kind"]["direct"]["whole"]["iou"] == {"recall": None, "interval": None}
    assert set(found) >= {*SCORED, "articles", "gold", "predicted", "matched"} and "reliability" not in found
    assert set(found["recall_by_kind"]) == set(KINDS) and set(found["cue"]) == set(MEASURES)
    assert "nan" not in as_table(found)


def test_table_keeps_to_80_columns_with_the_longest_figures() -> None:
    found = report([article(1, 0)])
    found |= dict.fromkeys(("articles", "gold", "predicted", "matched"), 99_999)
    for kind in found["recall_by_kind"].values():
        kind["gold"] = 99_999
        for role in SCORED:
            for measure in MEASURES:
                kind[role][measure] = {"recall": 99.9, "interval": [99.0, 100.0]}
    assert max(map(len, as_table(found).splitlines())) <= 80
