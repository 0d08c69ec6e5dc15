"""Fit how sure an attribution is, on articles that the taggers were not trained on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from claimtrack.attribution.quotes import quoted_share
from claimtrack.attribution.tagger import storage
from claimtrack.attribution.tagger.confidence import Calibration
from claimtrack.attribution.tagger.decode import Finding, settled
from claimtrack.attribution.tagger.extract import Page, found_in, spans_of
from claimtrack.evaluation.alignment import ROLES, Index, align
from claimtrack.evaluation.corpora import GoldArticle, read_corpus
from claimtrack.evaluation.scores import alike

FOLDS = 10

SLACK = 0.003
"""How much F1 the threshold may cost, as a share."""


@dataclass(frozen=True)
class Sample:
    """One finding: what its confidence is made of, whether it is right, and its article's number."""

    features: list[float]
    right: bool
    article: int


def samples(corpus: Path, taggers: storage.Taggers) -> tuple[list[Sample], int]:
    """Return all findings in a corpus, and how many attributions its people marked."""
    gold = read_corpus(corpus)
    pages = found_in([g.article.text for g in gold], taggers, depth=0)
    result = []
    for number, (annotated, (page, findings)) in enumerate(zip(gold, pages, strict=True)):
        findings = [one for one in settled(findings) if one.content]
        right = _right(annotated, page, findings)
        for place, one in enumerate(findings):
            share = quoted_share(page.words.text, spans_of(one.content, page.words), page.quotes)
            result.append(Sample(one.features(share), place in right, number))
    return result, sum(len(g.attributions) for g in gold)


def _right(gold: GoldArticle, page: Page, findings: Sequence[Finding]) -> set[int]:
    """Return which findings agree with their gold attribution in all roles, at IoU 0.5."""
    index = Index(gold.article.text)
    golds = [{role: index.tokens(getattr(one, role)) for role in ROLES} for one in gold.attributions]
    guesses = [
        {
            "cue": index.tokens(spans_of([one.cue], page.words)),
            "source": index.tokens(spans_of([one.source] if one.source else [], page.words)),
            "content": index.tokens(spans_of(one.content, page.words)),
        }
        for one in findings
    ]
    return {
        p for g, p in align(golds, guesses)
        if all(alike(golds[g][role], guesses[p][role]) for role in ROLES)
    }  # fmt: skip


def fitted(found: Sequence[Sample], wanted: int) -> tuple[Calibration, np.ndarray]:
    """Return the regression over all samples, and for each the confidence given by one fitted without its article.

    The threshold is the lowest at which F1 of whole attributions is within :data:`SLACK` of its best: a claim that
    is missing costs people more than one that they can reject.

    Args:
        found: the samples.
        wanted: how many attributions there are to find.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold

    rows, right = np.array([s.features for s in found]), np.array([s.right for s in found])
    groups = np.array([s.article for s in found])
    crossed = np.zeros(len(found))
    for train, test in GroupKFold(min(FOLDS, len(set(groups.tolist())))).split(rows, right, groups):
        model = LogisticRegression(C=1.0, max_iter=1000).fit(rows[train], right[train])
        crossed[test] = model.predict_proba(rows[test])[:, 1]
    model = LogisticRegression(C=1.0, max_iter=1000).fit(rows, right)
    order = np.argsort(-crossed)
    hits = np.cumsum(right[order])
    f1 = 2 * hits / (np.arange(1, len(found) + 1) + wanted)
    best = int(np.flatnonzero(f1 >= f1.max() - SLACK)[-1])
    weights = tuple(round(float(w), 4) for w in model.coef_[0])
    return Calibration(weights, round(float(model.intercept_[0]), 4), round(float(crossed[order[best]]), 3)), crossed


def reliability(found: Sequence[Sample], confidence: np.ndarray) -> list[tuple[float, float, int, float, float]]:
    """Return for each bin of confidence: its edges, how many, their mean confidence, the share that is right."""
    right = np.array([s.right for s in found])
    table = []
    for low, high in ((0.0, 0.3), (0.3, 0.5), (0.5, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.0)):
        inside = (confidence >= low) & ((confidence < high) | (high == 1.0))
        count = int(inside.sum())
        if count:
            table.append((low, high, count, float(confidence[inside].mean()), float(right[inside].mean())))
    return table
