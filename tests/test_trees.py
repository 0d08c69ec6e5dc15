"""The quicker search for trees finds what the slow one finds."""

from __future__ import annotations

import numpy as np
import pytest

from claimtrack.analysis.trees import single_root_tree

chuliu = pytest.importorskip("stanza.models.common.chuliu_edmonds")


@pytest.mark.parametrize("heads", [[0, 0], [0, 2, 0, 4, 2, 2], [0, 0, 1, 2, 3, 4, 5, 6]])
def test_obvious_tree_is_found_without_a_search(heads: list[int]) -> None:
    scores = np.full((len(heads), len(heads)), -5.0)
    scores[range(len(heads)), heads] = 0.0

    def no_search(scores: object) -> None:
        raise AssertionError("there was no need to search")

    assert single_root_tree(scores, no_search).tolist() == heads  # type: ignore[arg-type]


@pytest.mark.parametrize("words", [1, 2, 3, 4, 5, 9, 17, 40])
@pytest.mark.parametrize("sharpness", [0.5, 3.0, 10.0])
def test_trees_are_those_of_the_full_search(words: int, sharpness: float) -> None:
    random = np.random.default_rng(words)
    for _ in range(40):
        scores = random.normal(size=(words + 1, words + 1)) * sharpness
        np.fill_diagonal(scores, -np.inf)
        scores -= np.log(np.exp(scores).sum(axis=1, keepdims=True))
        expected = chuliu.chuliu_edmonds_one_root(scores.copy())
        found = single_root_tree(scores.copy(), chuliu.chuliu_edmonds)
        assert found.tolist() == expected.tolist()


def test_cycle_beside_the_root_is_opened() -> None:
    scores = np.log(np.array([[1, 1, 1, 1], [0.9, 0.0, 0.05, 0.05], [0.2, 0.1, 0.0, 0.7], [0.1, 0.3, 0.6, 0.0]]) + 1e-9)
    assert single_root_tree(scores, chuliu.chuliu_edmonds).tolist() == [0, 0, 3, 1]
