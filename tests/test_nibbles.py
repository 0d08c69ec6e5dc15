"""Weights in four bits, and the distances that MPNet's attention knows."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.analysis import quantised
from claimtrack.analysis.encoder import MINILM, MPNET, Encoder, Shape, distances, from_mpnet
from claimtrack.analysis.nibbles import GROUP, MULTIPLIERS, in_eight_bits, in_four_bits, packed, rounded, unpacked
from claimtrack.analysis.quantised import SCALE


def matrix(seed: int, rows: int = 3, size: float = 1.0) -> torch.Tensor:
    return torch.randn(rows, 4 * GROUP, generator=torch.Generator().manual_seed(seed)) * size


@settings(deadline=None)
@given(st.integers(0, 10**6), st.floats(1e-3, 1e3))
def test_what_is_read_back_is_what_was_rounded(seed: int, size: float) -> None:
    weight = matrix(seed, size=size)
    numbers, scale = unpacked("w", packed("w", weight))
    assert numbers.dtype == torch.int8
    torch.testing.assert_close(numbers * scale[:, None], rounded(weight), rtol=1e-5, atol=1e-6 * size)


@settings(deadline=None)
@given(st.integers(0, 10**6))
def test_a_weight_moves_by_half_a_step_of_its_group(seed: int) -> None:
    weight = matrix(seed)
    weight[0, :GROUP] *= 0.1  # a group of small weights has small steps
    _, multipliers, scale = in_four_bits(weight)
    moved = (rounded(weight) - weight).view(3, -1, GROUP).abs()
    # The largest of a group may be cut by a sixtieth of the largest of the row.
    assert (moved <= torch.maximum(0.5 * multipliers, torch.tensor(1.75)) * scale + 1e-6).all()
    assert multipliers[0, 0] <= 3 and multipliers.max() == 15


def test_weights_in_four_bits_are_read_like_any_in_eight() -> None:
    weight, bias = matrix(2), torch.ones(3)
    state = quantised.unpacked(in_eight_bits(packed("w", weight) | {"b": bias}))
    assert set(state) == {"w", "b"} and torch.equal(state["b"], bias)
    torch.testing.assert_close(state["w"], rounded(weight))


def test_four_bits_take_an_eighth_and_a_little() -> None:
    weight = matrix(0, 64)
    tensors = packed("w", weight)
    assert set(tensors) == {"w", "w" + MULTIPLIERS, "w" + SCALE}
    assert sum(t.numel() * t.element_size() for t in tensors.values()) < weight.numel() * 4 / 6.5


def test_rounding_lets_gradients_through() -> None:
    weight = matrix(1).requires_grad_()
    (rounded(weight) * 3).sum().backward()
    assert weight.grad is not None and (weight.grad == 3).all()


def test_rows_of_nothing_stay_nothing() -> None:
    assert not rounded(torch.zeros(2, 2 * GROUP)).any()


@pytest.mark.parametrize(
    ("behind", "kind"),
    [
        (0, 0),
        (-1, 1),
        (-7, 7),
        (-8, 8),
        (-11, 8),
        (-12, 9),
        (-127, 15),
        (-300, 15),
        (1, 17),
        (7, 23),
        (8, 24),
        (300, 31),
    ],
)
def test_near_distances_are_kinds_of_their_own_and_far_ones_share_some(behind: int, kind: int) -> None:
    assert distances(301, 32)[300 if behind <= 0 else 0, 300 + behind if behind <= 0 else behind] == kind


SMALL = Shape(vocabulary=20, positions=9, width=8, inner=16, layers=2, heads=2, distances=4)


def test_attention_tells_distances_apart() -> None:
    torch.manual_seed(0)
    encoder = Encoder(SMALL).eval()
    pieces = torch.tensor([[1, 2, 3, 4]])
    facts = (torch.zeros(1, 4, dtype=torch.long), torch.zeros(0, 1, 4, dtype=torch.long), torch.ones(1, 4).bool())
    table = encoder.distances
    assert table is not None
    with torch.no_grad():
        before = encoder(pieces, *facts)
        table.weight[3] += 5.0
        assert not torch.allclose(encoder(pieces, *facts), before)


def test_padding_is_not_looked_at() -> None:
    torch.manual_seed(0)
    encoder = Encoder(SMALL).eval()
    places = torch.arange(4)[None]
    none = torch.zeros(0, 1, 4, dtype=torch.long)
    mask = torch.tensor([[True, True, True, False]])
    with torch.no_grad():
        one, two = (encoder(torch.tensor([[1, 2, 3, last]]), places, none, mask)[:, :3] for last in (4, 9))
    torch.testing.assert_close(one, two)


def test_a_checkpoint_of_mpnet_is_read_for_the_pieces_of_bert() -> None:
    shape = replace(SMALL, vocabulary=MPNET.vocabulary)
    state = {
        "embeddings.word_embeddings.weight": torch.arange(MPNET.vocabulary + 5.0)[:, None].expand(-1, shape.width),
        "embeddings.position_embeddings.weight": torch.arange(shape.positions + 2.0)[:, None].expand(-1, shape.width),
        "encoder.relative_attention_bias.weight": torch.zeros(shape.distances, shape.heads),
    }
    for part, size in (("weight", (8,)), ("bias", (8,))):
        state[f"embeddings.LayerNorm.{part}"] = torch.zeros(size)
    for number in range(shape.layers):
        layer = f"encoder.layer.{number}."
        for name, rows, columns in (
            *((f"attention.attn.{letter}", 8, 8) for letter in "qkvo"),
            ("intermediate.dense", 16, 8),
            ("output.dense", 8, 16),
        ):
            state[f"{layer}{name}.weight"], state[f"{layer}{name}.bias"] = torch.zeros(rows, columns), torch.zeros(rows)
        for name in ("attention.LayerNorm", "output.LayerNorm"):
            state[f"{layer}{name}.weight"], state[f"{layer}{name}.bias"] = torch.ones(8), torch.zeros(8)
    encoder = Encoder(shape)
    encoder.load_state_dict(from_mpnet(state, shape.layers))
    table = encoder.words.weight[:, 0].tolist()
    # Padding, unknown, start and end are MPNet's own marks; every other piece stands four places further on.
    assert [table[number] for number in (0, 100, 101, 102, 1000)] == [1, 3, 0, 2, 1004]
    assert encoder.places.weight[0, 0] == 2


def test_minilm_knows_no_distances() -> None:
    assert Encoder(replace(MINILM, vocabulary=9, layers=1)).distances is None
