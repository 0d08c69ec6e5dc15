"""Pairs of sentences for the entailment model: which corpora, how often, and what is made of them."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from claimtrack.analysis.encoder import WordPieces
from claimtrack.relations.entailment.network import LABELS, numbers_of

NOT_ENTAILMENT = len(LABELS)
"""The label of a source that tells entailment from all else only."""

_NUMBERS = {label: number for number, label in enumerate((*LABELS, "not_entailment"))}
_CONTRADICTION, _ENTAILMENT, _NEUTRAL = (_NUMBERS[label] for label in LABELS)

SHARES = {
    "lingloop": 1.0, "base_wiki": 1.0, "snli": 1.0, "snli_pilot": 0.6, "cad": 1.0, "llmsknow_mnli": 1.0,
    "sick": 0.6, "fever": 0.8, "fm2": 1.0, "climate": 1.0, "covidfact": 0.5, "conjnli": 0.4, "negation": 1.0,
    "breaking": 0.4, "monli": 0.4, "help": 0.2, "rte": 1.0, "glue_rte": 1.0, "dnc_mega": 0.4, "dnc_factuality": 0.5,
    "sim_wiki": 0.0, "translate_wiki": 0.0,
}  # fmt: skip
"""How much of a source one pass takes. Rules made conjnli, help and monli, so a little shows all that they teach;
a fifth of the labels of the two wikis is wrong."""

SWAPPED = 0.25
"""The share of contradictions that are turned round: what contradicts is contradicted."""

UNRELATED = 0.04
"""The share of further pairs whose sentences come from two pairs of one source: neutral. Sources about pictures are
left out, since there whatever is not in the picture counts as contradiction."""

_PICTURES = {"snli", "snli_pilot", "cad", "breaking", "sick"}


@dataclass(frozen=True)
class Pair:
    """A premise and a hypothesis as piece numbers, with the number of the label."""

    premise: list[int]
    hypothesis: list[int]
    label: int
    source: str

    def __len__(self) -> int:
        return len(self.premise) + len(self.hypothesis)


def read_pairs(path: Path, pieces: WordPieces) -> list[Pair]:
    """Return the pairs of a file: JSON lines with premise, hypothesis, label and source, gzipped."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [
        Pair(numbers_of(row["premise"], pieces), numbers_of(row["hypothesis"], pieces), _NUMBERS[row["label"]],
             row["source"])
        for row in rows
    ]  # fmt: skip


def one_pass(pairs: Sequence[Pair], chance: random.Random) -> list[Pair]:
    """Return the pairs of one pass: a share of each source, some turned round, some made of two."""
    taken = [pair for pair in pairs if chance.random() < SHARES.get(pair.source, 1.0)]
    result = [
        Pair(pair.hypothesis, pair.premise, pair.label, pair.source)
        if pair.label == _CONTRADICTION and chance.random() < SWAPPED
        else pair
        for pair in taken
    ]
    sources: dict[str, list[Pair]] = {}
    for pair in taken:
        if pair.source not in _PICTURES:
            sources.setdefault(pair.source, []).append(pair)
    for group in sources.values():
        for _ in range(round(UNRELATED * len(group))):
            one, other = chance.sample(group, 2) if len(group) > 1 else (group[0], group[0])
            if one.premise != other.premise:
                result.append(Pair(one.premise, other.hypothesis, _NEUTRAL, one.source))
    return result


def batches(pairs: Sequence[Pair], most: int, chance: random.Random) -> Iterator[list[Pair]]:
    """Yield the pairs in batches of like length, in random order.

    Args:
        pairs: what to go through once.
        most: how many pieces a batch holds, padding included.
        chance: the order.
    """
    order = sorted(pairs, key=lambda pair: (len(pair) + chance.random() * 6, chance.random()))
    groups: list[list[Pair]] = [[]]
    for pair in order:
        if groups[-1] and (len(groups[-1]) + 1) * (len(pair) + 3) > most:
            groups.append([])
        groups[-1].append(pair)
    chance.shuffle(groups)
    yield from groups
