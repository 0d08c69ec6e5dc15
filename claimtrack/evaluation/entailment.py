"""How well sentences are told to contradict or entail each other: on labelled pairs."""

from __future__ import annotations

import gzip
import json
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy

from claimtrack.errors import GoldError
from claimtrack.evaluation.reliability import Bin, reliability
from claimtrack.evaluation.scores import Outcome
from claimtrack.model import Article, Attribution, Claim, Span
from claimtrack.relations.candidates import Pair, related
from claimtrack.relations.entailment.model import Entails, Probabilities
from claimtrack.relations.entailment.network import LABELS
from claimtrack.relations.prepared import Embeds, Prepared, prepare, rareness
from claimtrack.relations.sides import Sides
from claimtrack.relations.signs import Entailed, Signs, signs_of, with_entailed
from claimtrack.relations.weighing import agreement, contradiction, either

CLAIMDIFF = "claimdiff_train.jsonl.gz"
DEV = "dev.jsonl.gz"


@dataclass(frozen=True)
class LabelledPair:
    """Two sentences and the label of the second one given the first."""

    premise: str
    hypothesis: str
    label: str
    source: str
    topic: str = ""


@dataclass(frozen=True)
class Report:
    """Figures of one set of pairs; all but counts and ``milliseconds`` (a pair, one thread) in percent.

    ``precision_at_half`` is the precision of contradiction where half of the contradictions are found.
    """

    pairs: int
    accuracy: float
    by_source: dict[str, tuple[int, float]]
    precision_at_half: float
    bins: list[Bin]
    milliseconds: float


def read_labelled(path: Path) -> list[LabelledPair]:
    """Read pairs: JSON lines with premise, hypothesis, label, source, gzipped.

    Raises:
        GoldError: when the file is missing or says something else.
    """
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        if not rows:
            raise ValueError("no pairs in it")
        return [
            LabelledPair(r["premise"], r["hypothesis"], r["label"], r["source"], r.get("topic") or "") for r in rows
        ]
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise GoldError(f"{path}: labelled pairs cannot be read ({type(error).__name__}: {error})") from error


def three_way(pairs: Sequence[LabelledPair]) -> list[LabelledPair]:
    """Return the pairs of those sources that use all three labels."""
    full = {pair.source for pair in pairs if pair.label == "neutral"}
    return [pair for pair in pairs if pair.source in full and pair.label in LABELS]


def measure(entails: Entails, pairs: Sequence[LabelledPair]) -> Report:
    """Score a model on labelled pairs, one thread."""
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        start = time.perf_counter()
        found = entails.probabilities([(pair.premise, pair.hypothesis) for pair in pairs])
        taken = time.perf_counter() - start
    finally:
        torch.set_num_threads(threads)
    gold = numpy.array([LABELS.index(pair.label) for pair in pairs])
    right = found.argmax(1) == gold
    sources = numpy.array([pair.source for pair in pairs])
    by_source = {
        str(name): (int((sources == name).sum()), 100 * float(right[sources == name].mean()))
        for name in sorted(set(sources.tolist()))
    }
    outcomes = [Outcome(float(row[0]), bool(label == 0)) for row, label in zip(found, gold, strict=True)]
    return Report(
        len(pairs), 100 * float(right.mean()), by_source, 100 * precision_at(found[:, 0], gold == 0, 0.5),
        reliability(outcomes, (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0)), 1000 * taken / len(pairs),
    )  # fmt: skip


def precision_at(scores: Sequence[float] | Probabilities, wanted: Sequence[bool], recall: float) -> float:
    """Return the share of right ones among the surest, as many as it takes to find a share ``recall`` of all."""
    order = numpy.argsort(-numpy.asarray(scores), kind="stable")
    hits = numpy.cumsum(numpy.asarray(wanted)[order])
    if not len(hits) or not hits[-1]:
        return 0.0
    place = int(numpy.argmax(hits >= math.ceil(recall * hits[-1])))
    return float(hits[place] / (place + 1))


def average_precision(scores: Sequence[float], wanted: Sequence[bool]) -> float:
    """Return the mean over all right ones of the precision at their rank (Manning et al., 2008, 8.4), 0 to 1."""
    order = numpy.argsort(-numpy.asarray(scores), kind="stable")
    right = numpy.asarray(wanted)[order]
    hits = numpy.cumsum(right)
    return float((hits / numpy.arange(1, len(hits) + 1))[right].mean()) if right.any() else 0.0


def claimdiff(pairs: Sequence[LabelledPair], encoder: Embeds, entails: Entails) -> dict[str, dict[str, float]]:
    """Return the average precision, in percent, of weaken and of strengthen against the rest, by three ways.

    The ways: nearness of the two sentences alone, the entailment model alone, and the decision of relations. Near
    sentences are taken to strengthen, far ones to weaken.
    """
    signs = signs_of_texts([(pair.premise, pair.hypothesis) for pair in pairs], encoder, entails)
    near = _nearness(pairs, encoder)
    weaken, strengthen = ([pair.label == label for pair in pairs] for label in ("weaken", "strengthen"))
    ways = {
        "cosine": ([-value for value in near], near),
        "entailment": ([s.contradiction for s in signs], [s.agreement for s in signs]),
        "decision": (
            [either(contradiction(s).values()) for s in signs],
            [either(agreement(s).values()) for s in signs],
        ),
    }
    return {
        way: {
            "weaken": 100 * average_precision(against, weaken),
            "strengthen": 100 * average_precision(along, strengthen),
        }
        for way, (against, along) in ways.items()
    } | {"chance": {"weaken": 100 * sum(weaken) / len(pairs), "strengthen": 100 * sum(strengthen) / len(pairs)}}


def _nearness(pairs: Sequence[LabelledPair], encoder: Embeds) -> list[float]:
    vectors = encoder.vectors([text for pair in pairs for text in (pair.premise, pair.hypothesis)])
    return [float(a @ b) for a, b in zip(vectors[::2], vectors[1::2], strict=True)]


def signs_of_texts(pairs: Sequence[tuple[str, str]], encoder: Embeds, entails: Entails) -> list[Signs]:
    """Return the signs of pairs of bare sentences, as if two strangers had said them on one day."""
    texts = list(dict.fromkeys(text for pair in pairs for text in pair))
    prepared: dict[str, Prepared] = {}
    for number, text in enumerate(texts):
        article = Article(f"a_{number}", text)
        claim = Claim(f"c_{number}", article, Attribution((Span(0, 1),), (Span(0, len(text)),)), proposition=text)
        made = prepare([claim], {claim.id: "t"})
        if made:
            prepared[text] = made[0]
    rare = rareness(list(prepared.values()))
    vectors = dict(zip(texts, encoder.vectors(texts), strict=True))
    forward = entails.probabilities(pairs).tolist()
    backward = entails.probabilities([(b, a) for a, b in pairs]).tolist()
    result = []
    for (a, b), there, back in zip(pairs, forward, backward, strict=True):
        if a not in prepared or b not in prepared:
            result.append(Signs(0.0))
            continue
        one, other = prepared[a], prepared[b]
        shared = sum(rare[stem] for stem in one.stems & other.stems)
        near = float(vectors[a] @ vectors[b])
        pair = Pair(0, 1, float(related(near, near, near, shared)), shared, ((0, 0),))
        entailed = Entailed(tuple(there), tuple(back))
        result.append(with_entailed(signs_of(pair, one, other, Sides({}), copies=False), one, other, entailed))
    return result
