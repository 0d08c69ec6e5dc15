"""How sure a figure is: bootstrap intervals over articles.

Articles are drawn again with replacement, as many as there are, and every figure is worked out anew from
their sums; the middle 95 % of what comes out is the interval (Efron and Tibshirani, 1993, chapter 13).
Whole articles are drawn because the attributions of one article share its subject and style.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from claimtrack.evaluation.scores import CELLS, Scores

FIGURES = ("precision", "recall", "f1")
RESAMPLES = 1000
SEED = 1

Interval = tuple[float, float]
Figure = tuple[str, str, str, str]
"""Kind, role, measure, and one of :data:`FIGURES`."""


def intervals(each: Sequence[Scores], resamples: int = RESAMPLES, seed: int = SEED) -> dict[Figure, Interval]:
    """Return the 95 % interval of every figure, in percent; the same every time for the same seed.

    Args:
        each: the scores of each article, at least one.
        resamples: how often to draw.
        seed: of the draws.
    """
    sums = np.array([[_numbers(scores, cell) for cell in CELLS] for scores in each])
    generator = np.random.default_rng(seed)
    times = generator.multinomial(len(each), np.full(len(each), 1 / len(each)), size=resamples)
    precise, predicted, recalled, gold = np.moveaxis(np.tensordot(times, sums, axes=1), -1, 0)
    precision, recall = _percent(precise, predicted), _percent(recalled, gold)
    f1 = 2 * _share(precision * recall, precision + recall)
    result: dict[Figure, Interval] = {}
    for name, drawn in zip(FIGURES, (precision, recall, f1), strict=True):
        low, high = np.percentile(drawn, [2.5, 97.5], axis=0)
        for place, (kind, role, measure) in enumerate(CELLS):
            result[kind, role, measure, name] = float(low[place]), float(high[place])
    return result


def _numbers(scores: Scores, cell: tuple[str, str, str]) -> tuple[float, float, float, float]:
    found = scores.cells[cell]
    return found.precise, found.predicted, found.recalled, found.gold


def _percent(part: npt.NDArray[np.float64], whole: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return 100 * _share(part, whole)


def _share(part: npt.NDArray[np.float64], whole: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)
