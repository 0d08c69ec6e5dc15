"""What a network learned beyond another one: kept thin, and added again."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from claimtrack.relations.entailment.adapter import DOWN, RANK, UP, Changed, changes, difference

torch.manual_seed(1)
BASE = {"hidden.weight": torch.randn(48, 64), "hidden.bias": torch.zeros(48), "encoder.words.weight": torch.ones(9, 64)}
THIN = 0.01 * torch.randn(48, RANK) @ torch.randn(RANK, 64)
AFTER = BASE | {"hidden.weight": BASE["hidden.weight"] + THIN, "hidden.bias": torch.ones(48)}


def test_a_change_of_low_rank_is_kept_whole_in_little_space() -> None:
    state = difference(AFTER, BASE)
    assert set(state) == {f"hidden.weight{end}{more}" for end in (UP, DOWN) for more in ("", ".scale")} | {
        "hidden.bias"
    }
    assert state[f"hidden.weight{UP}"].dtype == torch.int8 and state[f"hidden.weight{UP}"].shape == (RANK, 48)
    thin, whole = changes(state)
    up, down = thin["hidden.weight"]
    assert (up.T @ down - THIN).norm() < 0.02 * THIN.norm() and whole["hidden.bias"].tolist() == [1.0] * 48


def test_of_a_change_of_higher_rank_the_largest_part_is_kept() -> None:
    noise = AFTER | {"hidden.weight": AFTER["hidden.weight"] + 1e-4 * torch.randn(48, 64)}
    up, down = changes(difference(noise, BASE))[0]["hidden.weight"]
    assert (up.T @ down - THIN).norm() < 0.05 * THIN.norm()


@pytest.mark.parametrize("shape", [(64,), (2, 64), (2, 3, 64)])
def test_a_changed_layer_gives_what_the_changed_matrix_gives(shape: tuple[int, ...]) -> None:
    layer, after = nn.Linear(64, 48), nn.Linear(64, 48)
    up, down = torch.randn(RANK, 48), torch.randn(RANK, 64)
    after.load_state_dict({"weight": layer.weight + up.T @ down, "bias": layer.bias})
    vectors = torch.randn(shape)
    assert torch.allclose(Changed(layer, up, down)(vectors), after(vectors), atol=1e-4)
