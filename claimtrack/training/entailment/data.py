"""Pairs of sentences for the entailment model: which corpora, how often, and what is made of them."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations
from pathlib import Path
from typing import Any

from claimtrack.analysis.encoder import WordPieces
from claimtrack.analysis.sentences import sentence_starts
from claimtrack.relations.entailment.network import LABELS, numbers_of
from claimtrack.relations.reading import read_as

NOT_ENTAILMENT = len(LABELS)
"""The label of a source that tells entailment from all else only."""

OPEN = NOT_ENTAILMENT + 1
"""The label of pairs that nobody has judged: what a teacher says of them is learned."""

_NUMBERS = {label: number for number, label in enumerate((*LABELS, "not_entailment", "open"))}
_CONTRADICTION, _ENTAILMENT, _NEUTRAL = (_NUMBERS[label] for label in LABELS)

_KINDS: dict[str, int | None] = {
    "contradicts": _CONTRADICTION, "agrees": _ENTAILMENT, "updates": None, "unsure": None,
}  # fmt: skip
"""What is taught of the relations of written claims. Of two numbers that grow, only the day tells that they do not
contradict each other."""

_SENTENCES = {
    "lingloop": 1.0, "base_wiki": 1.0, "snli": 0.5, "snli_pilot": 0.1, "cad": 0.8, "llmsknow_mnli": 1.0, "sick": 0.2,
    "fever": 0.3, "fm2": 1.0, "climate": 1.0, "covidfact": 0.2, "conjnli": 0.08, "negation": 0.8, "breaking": 0.06,
    "monli": 0.1, "help": 0.04, "rte": 1.0, "glue_rte": 1.0, "dnc_mega": 0.1, "dnc_factuality": 0.1, "sim_wiki": 0.0,
    "translate_wiki": 0.0,
}  # fmt: skip
"""How often a pass over sentences takes a pair of each source: mostly pairs that people wrote, with all three labels.
Rules made conjnli, help and monli, so a little shows all that they teach; a fifth of the labels of the two wikis is
wrong."""

_CLAIMS = {
    "written": 1.0, "written_apart": 0.35, "judged": 6.0, "judged_same": 1.4, "judged_apart": 0.15,
    "suggested": 4.0, "suggested_same": 2.0, "suggested_apart": 2.0,
}  # fmt: skip
"""The same for a pass over claims: few of the thousands of pairs that have nothing to do with each other."""


def _shares(sentences: float, claims: float, of_open: float) -> dict[str, float]:
    found = {source: sentences * share for source, share in _SENTENCES.items()}
    return found | {source: claims * share for source, share in _CLAIMS.items()} | {"open": of_open}


SHARES = _shares(1.0, 0.35, 0.3) | {"written": 2.0, "written_apart": 0.35}
"""The shares of the first passes, which are about sentences."""

SHARES_OF_CLAIMS = _shares(0.15, 1.0, 0.5)
"""Those of the last passes, which are about claims: few pairs of sentences, lest those be forgotten. Pairs that nobody
has judged ("open") only count where there is a teacher."""

TURNED_TO_SHORTER = 0.6
"""So many of the claims that agree begin with the longer one: that is how they are asked about."""

SWAPPED = 0.25
"""The share of contradictions of sentences that are turned round: what contradicts is contradicted."""

UNRELATED = 0.03
"""The share of further pairs whose sentences come from two pairs of one source: neutral. Sources about pictures are
left out, since there whatever is not in the picture counts as contradiction."""

NEWS = 0.04
"""The share of further pairs of two sentences of one news article: neutral. They share people, places and the matter,
and hardly ever contradict each other; without them a model takes whatever is on topic for a contradiction."""

CHANGED = 0.01
"""The share of further pairs of a news sentence and itself with one number changed: contradiction."""

_NUMBER = re.compile(r"(?<![\d.,])\d{1,3}(?!\d|[.,]\d)")

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

    def turned(self) -> Pair:
        """Return the pair the other way round."""
        return Pair(self.hypothesis, self.premise, self.label, self.source)


def read_pairs(path: Path, pieces: WordPieces) -> list[Pair]:
    """Return the pairs of a file: JSON lines with premise, hypothesis, label and source, gzipped."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [
        Pair(numbers_of(row["premise"], pieces), numbers_of(row["hypothesis"], pieces), _NUMBERS[row["label"]],
             row["source"])
        for row in rows
    ]  # fmt: skip


def read_written(folder: Path, pieces: WordPieces) -> list[Pair]:
    """Return the pairs of invented events: claims that contradict each other, agree, or neither, both ways round.

    Args:
        folder: of files as ``written/README.md`` describes them.
        pieces: the vocabulary.
    """
    result = []
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            result += _of_event(json.loads(line), pieces)
    return result


def _of_event(event: Mapping[str, Any], pieces: WordPieces) -> list[Pair]:
    numbers = {claim["n"]: numbers_of(_sentence(claim), pieces) for claim in event["claims"]}
    known = {frozenset(pair): kind for kind in _KINDS for pair in event[kind]}
    result = []
    for a, b in permutations(numbers, 2):
        label = _KINDS[known[frozenset((a, b))]] if frozenset((a, b)) in known else _NEUTRAL
        if label is not None:
            source = "written_apart" if label == _NEUTRAL else "written"
            result.append(Pair(numbers[a], numbers[b], label, source))
    return result


def _sentence(claim: Mapping[str, str]) -> str:
    """Return a claim as claims are read: under its source."""
    words = claim["text"].strip(' "“”')
    words = words[0].upper() + words[1:] + ("" if words[-1] in ".!?…" else ".")
    return read_as(claim["who"], words)


def read_news(path: Path) -> list[list[str]]:
    """Return the sentences of each article of a file: JSON lines with a text, gzipped."""
    articles = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            text = " ".join((row.get("text") or row["content_original"]).split())
            sentences = [text[a:b].strip(' "“”') for a, b in pairwise([0, *sentence_starts(text), len(text)])]
            articles.append([sentence for sentence in sentences if 5 <= len(sentence.split()) <= 50])
    return [sentences for sentences in articles if len(sentences) > 5]


def of_news(articles: Sequence[Sequence[str]], count: int, pieces: WordPieces, chance: random.Random) -> list[Pair]:
    """Return neutral pairs of sentences of one article, and contradictions by a changed number.

    Args:
        articles: sentences, by article.
        count: how many pairs of the first kind; of the second there are as many as :data:`CHANGED` says.
        pieces: the vocabulary.
        chance: what is taken.
    """
    result = []
    for _ in range(count):
        sentences = chance.choice(articles)
        place = chance.randrange(len(sentences) - 1)
        # Half of them stand together in the text.
        other = place + 1 if chance.random() < 0.5 else chance.randrange(len(sentences))
        if other != place:
            one, two = chance.sample((sentences[place], sentences[other]), 2)
            result.append(Pair(numbers_of(one, pieces), numbers_of(two, pieces), _NEUTRAL, "news"))
    for _ in range(round(count * CHANGED / NEWS)):
        numbered = [sentence for sentence in chance.choice(articles) if _NUMBER.search(sentence)]
        if numbered:
            sentence = chance.choice(numbered)
            number = chance.choice(list(_NUMBER.finditer(sentence)))
            value = int(number[0])
            new = chance.choice([value + chance.randint(1, 9), value * chance.randint(2, 5) + 1, value // 3])
            if new != value:
                changed = f"{sentence[: number.start()]}{new}{sentence[number.end() :]}"
                result.append(Pair(numbers_of(sentence, pieces), numbers_of(changed, pieces), _CONTRADICTION, "news"))
    return result


def one_pass(pairs: Sequence[Pair], shares: Mapping[str, float], chance: random.Random) -> list[Pair]:
    """Return the pairs of one pass: a share of each source, some turned round, some made of two."""
    taken = [pair for pair in pairs for _ in range(int(shares.get(pair.source, 1.0) + chance.random()))]
    result = [pair.turned() if _turns(pair, chance) else pair for pair in taken]
    sources: dict[str, list[Pair]] = {}
    for pair in taken:
        if pair.source not in _PICTURES and pair.label != OPEN:
            sources.setdefault(pair.source, []).append(pair)
    for group in sources.values():
        for _ in range(round(UNRELATED * len(group))):
            one, other = chance.sample(group, 2) if len(group) > 1 else (group[0], group[0])
            if one.premise != other.premise:
                result.append(Pair(one.premise, other.hypothesis, _NEUTRAL, one.source))
    return result


def _turns(pair: Pair, chance: random.Random) -> bool:
    if pair.source not in _CLAIMS and pair.label != OPEN:
        return pair.label == _CONTRADICTION and chance.random() < SWAPPED
    if pair.label == _ENTAILMENT and chance.random() < TURNED_TO_SHORTER:
        return len(pair.premise) < len(pair.hypothesis)
    return chance.random() < 0.5


def batches(pairs: Sequence[Pair], most: int, chance: random.Random) -> Iterator[list[Pair]]:
    """Yield the pairs in batches of like length, in random order.

    Args:
        pairs: what to go through once.
        most: how many pieces a batch holds, padding included.
        chance: the order.
    """
    order = sorted(pairs, key=lambda pair: (len(pair) + chance.random() * 6, chance.random()))
    groups: list[list[Pair]] = []
    longest = 0
    for pair in order:
        longest = max(longest, len(pair) + 3)
        if not groups or (len(groups[-1]) + 1) * longest > most:
            groups.append([])
            longest = len(pair) + 3
        groups[-1].append(pair)
    chance.shuffle(groups)
    yield from groups
