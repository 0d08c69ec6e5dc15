"""The written claims that the entailment model learns from."""

from __future__ import annotations

import json
from collections import Counter
from itertools import combinations

import pytest

from claimtrack.attribution.tagger.storage import vocabulary
from claimtrack.relations.entailment.network import LABELS
from claimtrack.training.entailment.data import read_written
from claimtrack.training.entailment.recipes import WRITTEN

EVENTS = [json.loads(line) for path in sorted(WRITTEN.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
KINDS = ("contradicts", "agrees", "updates", "unsure")


def test_there_are_enough_to_learn_from() -> None:
    counts = Counter(kind for event in EVENTS for kind in KINDS for _ in event[kind])
    every = sum(len(list(combinations(event["claims"], 2))) for event in EVENTS)
    assert (len(EVENTS), every, counts["contradicts"], counts["agrees"]) == (418, 18765, 2331, 1161)


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event["event"])
def test_labels_are_of_two_claims_of_the_event_and_of_no_other_pair(event: dict) -> None:  # type: ignore[type-arg]
    numbers = [claim["n"] for claim in event["claims"]]
    labelled = [frozenset(pair) for kind in KINDS for pair in event[kind]]
    assert len(set(numbers)) == len(numbers) and len(set(labelled)) == len(labelled)
    assert all(len(pair) == 2 and pair <= set(numbers) for pair in labelled)
    assert all(claim["text"].strip() and claim["who"] and claim["day"] for claim in event["claims"])


def test_pairs_go_both_ways_and_what_is_debatable_is_left_out(tmp_path) -> None:  # type: ignore[no-untyped-def]
    texts = ("The siren failed.", "the siren sounded", "“It failed.”", "Nine were hurt.")
    claims = [
        {"n": n, "who": "Roe", "text": text, "before": "We tried it." if n == 2 else ""} for n, text in enumerate(texts)
    ]
    event = {"claims": claims, "contradicts": [[0, 1]], "agrees": [[0, 2]], "updates": [], "unsure": [[1, 3]]}
    (tmp_path / "one.jsonl").write_text(json.dumps(event), encoding="utf-8")
    pieces = vocabulary()
    found = read_written(tmp_path, pieces)
    words = {" ".join(pieces.vocabulary[n] for n in pair.premise) for pair in found}
    read = {"the siren failed .", "the siren sounded .", "it failed .", "nine were hurt ."}
    assert words == {f"roe : {text}" for text in read}
    labels = Counter((LABELS[pair.label], pair.source) for pair in found)
    assert labels == {
        ("contradiction", "written"): 2, ("entailment", "written"): 2, ("neutral", "written_apart"): 6
    }  # fmt: skip
