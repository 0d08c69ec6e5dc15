"""The entailment model and others in its place; how well they do, measured by hand; broken folders and files."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy
import pytest
import torch
from comparing import FakeEncoder, FakeEntails
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.analysis.encoder import WordPieces, by_length
from claimtrack.errors import GoldError, ModelError
from claimtrack.evaluation.entailment import (
    LabelledPair,
    average_precision,
    claimdiff,
    measure,
    precision_at,
    read_labelled,
    signs_of_texts,
    three_way,
)
from claimtrack.relations.entailment.model import (
    BATCH,
    CALIBRATION,
    WEIGHTS,
    Calibration,
    Entailment,
    load,
    model,
)
from claimtrack.relations.entailment.network import LABELS, LONGEST, PairBatch, batch_of, numbers_of
from claimtrack.relations.entailment.other import Classifier, order_of

PIECES = WordPieces(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "siren", "failed", "sounded", "."])


@given(st.lists(st.integers(3, 300), max_size=60))
def test_batches_hold_every_pair_once_and_few_pieces(lengths: list[int]) -> None:
    batches = list(by_length(lengths, BATCH))
    assert sorted(place for batch in batches for place in batch) == list(range(len(lengths)))
    assert all(batch and (len(batch) == 1 or len(batch) * max(lengths[p] for p in batch) <= BATCH) for batch in batches)


def test_pairs_of_like_length_are_read_together() -> None:
    assert list(by_length([5, 1000, 4, 900], BATCH)) == [[2, 0], [3], [1]]


def test_a_pair_is_start_premise_end_hypothesis_end() -> None:
    batch = batch_of([([4, 5], [6]), ([4], [7])], PIECES)
    assert batch.pieces.tolist() == [[2, 4, 5, 3, 6, 3], [2, 4, 3, 7, 3, 0]]
    assert batch.second.tolist() == [[0, 0, 0, 0, 1, 1], [0, 0, 0, 1, 1, 0]]
    assert batch.mask.tolist() == [[True] * 6, [True] * 5 + [False]]


def test_a_sentence_is_cut_where_it_gets_too_long() -> None:
    assert numbers_of("The siren failed.", PIECES) == [4, 5, 6, 8]
    assert len(numbers_of("siren " * 500, PIECES)) == LONGEST and numbers_of("", PIECES) == []


class Counting(torch.nn.Module):
    """Scores a pair by how many pieces its sentences have; counts the pairs that it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.read = 0

    def forward(self, batch: PairBatch) -> torch.Tensor:
        self.read += len(batch.pieces)
        second = (batch.second * batch.mask).sum(1).float()
        return torch.stack([second, batch.mask.sum(1) - second, torch.zeros_like(second)], 1)


def counting(calibration: Calibration = Calibration()) -> tuple[Entailment, Counting]:  # noqa: B008
    """Return an entailment model around a network that only counts."""
    network = Counting()
    return Entailment(network, PIECES, calibration), network  # type: ignore[arg-type]


PAIRS = [("the siren failed", "siren"), ("siren", "the siren failed"), ("the siren failed", "siren"), ("", "")]


def test_answers_stand_in_the_order_of_the_questions_and_none_is_asked_twice() -> None:
    entails, network = counting()
    scores = entails.scores(PAIRS)
    assert scores[:, 0].tolist() == [2, 4, 2, 1] and scores[:, 1].tolist() == [5, 3, 5, 2] and network.read == 3
    assert numpy.allclose(entails.probabilities(PAIRS).sum(1), 1)
    assert entails.probabilities([]).shape == (0, 3)


def test_temperature_flattens_and_a_shift_favours_its_label() -> None:
    plain = counting()[0].probabilities(PAIRS)
    warm = counting(Calibration(temperature=4.0))[0].probabilities(PAIRS)
    shifted = counting(Calibration(shift=(0.0, 0.0, 2.0)))[0].probabilities(PAIRS)
    assert (warm.max(1) < plain.max(1)).all() and (warm.argmax(1) == plain.argmax(1)).all()
    assert (shifted[:, 2] > plain[:, 2]).all()
    assert numpy.allclose(shifted[:, 0] / shifted[:, 1], plain[:, 0] / plain[:, 1], rtol=1e-4)


@pytest.mark.parametrize(
    ("weights", "calibration"),
    [(None, None), (b"", "{}"), (b"\x08\0\0\0\0\0\0\0{broken}", "{}"), (b"\x02\0\0\0\0\0\0\0{}", "not json")],
    ids=["nothing there", "empty", "broken header", "broken calibration"],
)
def test_a_damaged_folder_is_named_in_one_line(tmp_path: Path, weights: bytes | None, calibration: str | None) -> None:
    if weights is not None and calibration is not None:
        (tmp_path / WEIGHTS).write_bytes(weights)
        (tmp_path / CALIBRATION).write_text(calibration)
    with pytest.raises(ModelError, match=r"no entailment model there .*install claimtrack again") as caught:
        load(tmp_path)
    assert "\n" not in str(caught.value) and str(tmp_path) in str(caught.value)


def test_another_model_that_is_not_there_is_named() -> None:
    with pytest.raises(ModelError, match=r"^nowhere: no such folder; --nli takes embedded or a folder"):
        model("nowhere")


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "model").write_text("")
    with pytest.raises(ModelError, match="no such folder"):
        Classifier(tmp_path / "model")


@pytest.mark.parametrize(
    ("names", "wanted"),
    [
        ({0: "contradiction", 1: "entailment", 2: "neutral"}, [0, 1, 2]),
        ({0: "ENTAILMENT", 1: "NEUTRAL", 2: "CONTRADICTION"}, [2, 0, 1]),
        ({0: "neutral", 1: "contradictory", 2: "entails"}, [1, 2, 0]),
        ({0: "LABEL_0", 1: "LABEL_1", 2: "LABEL_2"}, None),
        ({0: "entailment", 1: "not_entailment"}, None),
        ({0: "neutral", 1: "neutral", 2: "entailment", 3: "contradiction"}, None),
        ({}, None),
    ],
)
def test_labels_are_put_in_order_by_their_names(names: dict[int, str], wanted: list[int] | None) -> None:
    if wanted is not None:
        assert order_of(names, Path("m")) == wanted
    else:
        with pytest.raises(ModelError, match=r"^m: labels .*; it must tell entailment, neutral and contradiction$"):
            order_of(names, Path("m"))


@pytest.mark.parametrize(
    ("scores", "wanted", "recall", "precision", "average"),
    [
        ([0.9, 0.8, 0.7, 0.6], [True, True, False, False], 0.5, 1.0, 1.0),
        ([0.9, 0.8, 0.7, 0.6], [False, True, False, True], 0.5, 1 / 2, 1 / 2),
        ([0.6, 0.7, 0.8, 0.9], [True, False, False, True], 1.0, 1 / 2, (1 + 1 / 2) / 2),
        ([0.9, 0.8, 0.7], [False, True, True], 1.0, 2 / 3, (1 / 2 + 2 / 3) / 2),
        ([0.5, 0.4], [False, False], 0.5, 0.0, 0.0),
        ([], [], 0.5, 0.0, 0.0),
    ],
)
def test_precision_by_hand(
    scores: list[float], wanted: list[bool], recall: float, precision: float, average: float
) -> None:
    assert precision_at(scores, wanted, recall) == pytest.approx(precision)
    assert average_precision(scores, wanted) == pytest.approx(average)


def labelled(label: str, source: str = "s", premise: str = "The siren failed.", hypothesis: str = "") -> LabelledPair:
    """Return a labelled pair."""
    return LabelledPair(premise, hypothesis or f"It was {label}.", label, source)


def test_sources_without_neutral_pairs_are_left_out() -> None:
    full = [labelled(label, "full") for label in LABELS]
    assert three_way([*full, labelled("contradiction", "two"), labelled("not_entailment", "full")]) == full


def test_a_report_counts_what_is_right() -> None:
    def first_label(premise: str, hypothesis: str) -> str:
        return next((label for label in LABELS if label in hypothesis), "neutral")

    pairs = [labelled(label, source) for label in LABELS for source in "ab"]
    wrong = labelled("entailment", "b", hypothesis="It was a contradiction.")
    report = measure(FakeEntails(first_label), [*pairs, wrong])
    assert report.pairs == 7 and report.accuracy == pytest.approx(100 * 6 / 7) and report.precision_at_half == 100
    assert report.by_source == {"a": (3, 100.0), "b": (4, 75.0)}


def test_sentences_alone_are_compared_as_those_of_strangers() -> None:
    signs = signs_of_texts(
        [("The siren failed.", "The siren sounded."), ("Did it?", "The siren failed.")],
        FakeEncoder(), FakeEntails(lambda a, b: "contradiction"),
    )  # fmt: skip
    assert signs[0].contradiction > 0.9 and signs[0].bond == "none" and signs[1].related == 0


def test_what_weakens_ranks_first_by_a_model_that_knows() -> None:
    pairs = [labelled("weaken", hypothesis="No siren failed."), labelled("strengthen", hypothesis="It failed loudly.")]
    entails = FakeEntails(lambda a, b: "contradiction" if "No" in a + b else "entailment")
    found = claimdiff([*pairs, labelled("other", hypothesis="Some siren is red.")], FakeEncoder(), entails)
    assert found["entailment"]["weaken"] == 100 and found["chance"]["weaken"] == pytest.approx(100 / 3)


def test_labelled_pairs_are_read(tmp_path: Path) -> None:
    row = {"premise": "a", "hypothesis": "b", "label": "neutral", "source": "s", "topic": None}
    with gzip.open(tmp_path / "p.gz", "wt") as file:
        file.write(json.dumps(row) + "\n")
    assert read_labelled(tmp_path / "p.gz") == [LabelledPair("a", "b", "neutral", "s", "")]


@pytest.mark.parametrize(
    "content",
    [None, b"plain text", gzip.compress(b"{"), gzip.compress(b"[1]\n"), gzip.compress(b'{"premise": "a"}\n'),
     gzip.compress(b'{"premise": "a"}\n')[:-9], gzip.compress(b"\xff\n")],
    ids=["missing", "no gzip", "no JSON", "a list", "a field short", "cut off", "no UTF-8"],
)  # fmt: skip
def test_broken_files_of_pairs_are_named(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "p.gz").write_bytes(content)
    with pytest.raises(GoldError, match=r"p\.gz: labelled pairs cannot be read"):
        read_labelled(tmp_path / "p.gz")


def test_a_file_without_pairs_is_named(tmp_path: Path) -> None:
    (tmp_path / "p.gz").write_bytes(b"")
    with pytest.raises(GoldError):
        read_labelled(tmp_path / "p.gz")


EASY = [
    ("The bridge was closed on Tuesday.", "The bridge stayed open on Tuesday."),
    ("Four firefighters were treated in hospital for burns.", "Some firefighters were hurt."),
    ("The mayor visited the school on Tuesday.", "The price of bread rose in spring."),
]


@pytest.mark.models
def test_the_model_tells_easy_pairs_apart_whatever_else_it_is_asked() -> None:
    entails = load()
    together = entails.probabilities([*EASY, ("word " * 100, "word " * 90), *[(b, a) for a, b in EASY]])
    assert [LABELS[label] for label in together[:3].argmax(1)] == list(LABELS)
    alone = numpy.concatenate([entails.probabilities([pair]) for pair in EASY])
    assert numpy.abs(together[:3] - alone).max() < 0.02
