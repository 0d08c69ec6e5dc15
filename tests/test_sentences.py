"""The sentence encoder: like matters lie close, and a text's vector is its own."""

from __future__ import annotations

from pathlib import Path

import numpy
import pytest
import torch

from claimtrack.analysis import quantised
from claimtrack.analysis.encoder import by_length
from claimtrack.analysis.quantised import SevenBitLinear, SteadyLinear, multiplies_eight_bits, packed, quicken, steady
from claimtrack.errors import ModelError
from claimtrack.relations.sentences import BATCH, load

eight_bits = pytest.mark.skipif(not multiplies_eight_bits(), reason="this processor has no VNNI instructions")


def test_batches_hold_every_text_once_and_like_lengths_together() -> None:
    lengths = [3, 200, 5, 400, 4, 120]
    batches = list(by_length(lengths, BATCH))
    assert sorted(place for batch in batches for place in batch) == list(range(len(lengths)))
    assert batches[0] == [0, 4, 2, 5]
    assert all(len(batch) == 1 or len(batch) * max(lengths[p] for p in batch) <= BATCH for batch in batches)


def test_no_texts_make_no_batch() -> None:
    assert list(by_length([], BATCH)) == []


@pytest.mark.parametrize("kind, near", [pytest.param(SteadyLinear, 0.03, marks=eight_bits), (SevenBitLinear, 0.06)])
def test_a_steady_layer_gives_a_row_the_same_whatever_stands_beside_it(
    kind: type[torch.nn.Module], near: float
) -> None:
    torch.manual_seed(1)
    layers = torch.nn.Sequential(torch.nn.Linear(128, 128))
    rows = torch.randn(40, 128)
    plain = layers(rows)
    quicken(layers, packed(layers.state_dict()), kind)
    assert isinstance(layers[0], kind)
    assert torch.allclose(layers(rows), plain, atol=near)
    loud = torch.cat([rows, 1000 * torch.randn(5, 128), torch.zeros(1, 128)])
    assert torch.equal(layers(loud)[:40], layers(rows))
    assert torch.allclose(layers(loud)[-1], layers[0](torch.zeros(1, 128))[0])


@pytest.mark.parametrize("quick, kind", [(False, SevenBitLinear), pytest.param(True, SteadyLinear, marks=eight_bits)])
def test_where_eight_bits_are_slow_inputs_take_seven(
    quick: bool, kind: type[torch.nn.Module], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quantised, "multiplies_eight_bits", lambda: quick)
    weight = torch.randint(-127, 128, (64, 64), dtype=torch.int8)
    assert isinstance(steady(weight, torch.ones(64), torch.zeros(64)), kind)


def test_a_folder_without_the_layers_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no sentence encoder there .*install claimtrack again"):
        load(tmp_path)


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "weights.safetensors").write_bytes(b"\x08\0\0\0\0\0\0\0{broken}")
    with pytest.raises(ModelError, match="no sentence encoder there"):
        load(tmp_path)


@pytest.mark.models
def test_vectors_are_of_length_one_and_alike_for_like_matters() -> None:
    texts = ["The siren did not sound.", "Nobody heard the alarm.", "Crane drivers want six percent.", ""]
    vectors = load().vectors(texts)
    assert vectors.shape == (4, 384) and vectors.dtype == numpy.float32
    assert numpy.allclose(numpy.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] > 0.5 > 0.3 > vectors[0] @ vectors[2]


@pytest.mark.models
def test_a_text_has_the_same_vector_alone_and_among_others() -> None:
    text = "The gates were opened at midnight without notice."
    among = load().vectors(["Water", text, "A far longer text about something else, " * 12, text])
    alone = load().vectors([text])[0]
    assert among[1] @ alone > 0.99 and numpy.array_equal(among[1], among[3])


@pytest.mark.models
def test_no_texts_have_no_vectors() -> None:
    assert load().vectors([]).shape == (0, 384)
