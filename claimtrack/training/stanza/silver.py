"""The teacher's character offsets become entity tags on Stanza's own tokens."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from claimtrack.analysis.pipeline import Analyzer
from claimtrack.training.stanza import teacher

POSSESSIVES = ("'s", "’s", "'", "’")
"""What an English token may carry behind a name; the tokenizer keeps both in one token."""

Token = tuple[str, int, int]


def write(rows: Path, analyzer: Analyzer, train: Path, dev: Path, batch: int = 100) -> tuple[int, int]:
    """Tokenize the teacher's texts and write the two files that Stanza's entity trainer reads.

    Every fiftieth text goes to the dev file.

    Returns:
        How many sentences went to each.
    """
    parts: tuple[list[Any], list[Any]] = ([], [])
    pending: list[dict[str, Any]] = []
    for number, row in enumerate(teacher.read(rows)):
        pending.append({**row, "dev": number % 50 == 0})
        if len(pending) == batch:
            _tag(pending, analyzer, parts)
            pending = []
    _tag(pending, analyzer, parts)
    for part, path in zip(parts, (train, dev), strict=True):
        path.write_text(json.dumps(part), encoding="utf-8")
    return len(parts[0]), len(parts[1])


def _tag(rows: Sequence[dict[str, Any]], analyzer: Analyzer, parts: tuple[list[Any], list[Any]]) -> None:
    documents = analyzer.tokenize([row["text"] for row in rows])
    for row, document in zip(rows, documents, strict=True):
        for sentence in document.sentences:
            tokens = [(t.text, t.start_char, t.end_char) for t in sentence.tokens]
            tags = bioes(tokens, row["entities"])
            parts[row["dev"]].append([{"text": t[0], "ner": tag} for t, tag in zip(tokens, tags, strict=True)])


def bioes(tokens: Sequence[Token], entities: Iterable[tuple[int, int, str]]) -> list[str]:
    """Return a BIOES tag for each token.

    An entity counts when it starts and ends with a token, where a token may carry a possessive behind
    the entity's end or the entity may hold the possessive itself.
    """
    starts = {start: i for i, (_, start, _) in enumerate(tokens)}
    ends = {end: i for i, (_, _, end) in enumerate(tokens)}
    for i, (text, _, end) in enumerate(tokens):
        for mark in POSSESSIVES:
            if text.endswith(mark) and len(text) > len(mark):
                ends.setdefault(end - len(mark), i)
    tags = ["O"] * len(tokens)
    for start, end, kind in entities:
        first, last = starts.get(start), ends.get(end)
        if first is None or last is None or last < first:
            continue
        if first == last:
            tags[first] = f"S-{kind}"
        else:
            tags[first : last + 1] = [f"B-{kind}", *[f"I-{kind}"] * (last - first - 1), f"E-{kind}"]
    return tags
