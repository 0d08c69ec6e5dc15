"""In which words two statements differ, so that the eye finds what is disputed: pure, no model."""

from __future__ import annotations

import string
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import groupby

Pieces = list[tuple[str, bool]]
"""A text in runs of words, each with whether it differs from the other text."""

UNLIKE = 1 / 3
"""Below this share of common words nearly all would be marked, and only telling words are."""

_AROUND = string.punctuation + "“”„‘’«»…–—"

_NEGATIONS = frozenset({
    "no", "not", "never", "none", "nobody", "nothing", "nowhere", "without", "neither", "nor", "cannot", "denied",
    "denies", "deny",
})  # fmt: skip


def differing(one: str, other: str) -> tuple[Pieces, Pieces]:
    """Return two texts in runs of words, those marked that the other does not have in this place.

    Case and punctuation do not count. Of texts with little in common only figures and negations are marked that the
    other has nowhere.
    """
    words = one.split(), other.split()
    keys = [_key(word) for word in words[0]], [_key(word) for word in words[1]]
    matcher = SequenceMatcher(None, *keys, autojunk=False)
    if matcher.ratio() < UNLIKE:
        pair = zip(words, keys, keys[::-1], strict=True)
        first, second = ([_is_telling(key) and key not in set(others) for key in own] for _, own, others in pair)
    else:
        first, second = [True] * len(words[0]), [True] * len(words[1])
        for block in matcher.get_matching_blocks():
            first[block.a : block.a + block.size] = [False] * block.size
            second[block.b : block.b + block.size] = [False] * block.size
    return _runs(words[0], first), _runs(words[1], second)


def _key(word: str) -> str:
    return word.strip(_AROUND).casefold() or word


def _is_telling(key: str) -> bool:
    return any(character.isdigit() for character in key) or key in _NEGATIONS or key.endswith(("n't", "n’t"))


def _runs(words: Sequence[str], marks: Sequence[bool]) -> Pieces:
    runs = groupby(zip(words, marks, strict=True), key=lambda pair: pair[1])
    return [(" ".join(word for word, _ in run), differs) for differs, run in runs]
