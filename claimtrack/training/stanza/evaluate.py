"""How good the packed models are, on texts none of them was trained on."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from stanza.models.common.utils import ud_scores
from stanza.utils.conll import CoNLL

from claimtrack.analysis.pipeline import load, quiet
from claimtrack.training.stanza import teacher

UD_SCORES = ("Tokens", "Sentences", "Words", "UPOS", "XPOS", "UFeats", "Lemmas", "UAS", "LAS")
TO_UNER = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}
"""OntoNotes types as UNER's three."""

Entity = tuple[int, int, str]
_EDGES = re.compile(r"^(?:the|a|an)\s+|['’]s?$", re.IGNORECASE)


def universal_dependencies(folder: Path, text: Path, gold: Path) -> dict[str, float]:
    """Score a folder's models from raw text to dependencies with the scorer that Stanza uses.

    Args:
        folder: a Stanza resources folder.
        text: raw text.
        gold: the same text as CoNLL-U.

    Returns:
        F1 in percent for each of :data:`UD_SCORES`.
    """
    pipeline = load(folder, ("tokenize", "mwt", "pos", "lemma", "depparse"))
    with quiet(), tempfile.TemporaryDirectory() as scratch:
        system = Path(scratch) / "system.conllu"
        CoNLL.write_doc2conll(pipeline(text.read_text(encoding="utf-8")), str(system))
        scores = ud_scores(str(gold), str(system))
    return {name: 100 * scores[name].f1 for name in UD_SCORES}


def entities(folder: Path, gold: Path) -> dict[str, dict[str, float]]:
    """Score the entity recogniser and its teacher on UNER, sentence by sentence.

    Both find the 18 OntoNotes types; those of :data:`TO_UNER` count. An entity is right when its
    type and its characters are, articles before and possessives behind it aside.

    Returns:
        Precision, recall and F1 in percent for ``student`` and ``teacher``, and F1 for each type.
    """
    sentences = read_uner(gold)
    pipeline = load(folder, ("tokenize", "ner"))
    nlp = teacher.load()

    def student_finds(text: str) -> Iterable[Entity]:
        with quiet():
            return [(e.start_char, e.end_char, e.type) for e in pipeline(text).ents]

    def teacher_finds(text: str) -> Iterable[Entity]:
        return [(e.start_char, e.end_char, e.label_) for e in nlp(text).ents]

    return {"student": score(sentences, student_finds), "teacher": score(sentences, teacher_finds)}


def score(sentences: Sequence[tuple[str, set[Entity]]], find: Callable[[str], Iterable[Entity]]) -> dict[str, float]:
    """Return precision, recall, F1, and the F1 of each type, in percent."""
    right: dict[str, int] = dict.fromkeys(["PER", "ORG", "LOC"], 0)
    found, marked = dict(right), dict(right)
    for text, gold in sentences:
        guesses = {trimmed(text, s, e, TO_UNER[kind]) for s, e, kind in find(text) if kind in TO_UNER}
        answers = {trimmed(text, *entity) for entity in gold}
        for counts, those in ((right, guesses & answers), (found, guesses), (marked, answers)):
            for _, _, kind in those:
                counts[kind] += 1
    result = dict(
        zip(("precision", "recall", "f1"), _prf(right.values(), found.values(), marked.values()), strict=True)
    )
    return result | {kind: _prf([right[kind]], [found[kind]], [marked[kind]])[2] for kind in right}


def trimmed(text: str, start: int, end: int, kind: str) -> Entity:
    """Take the article before an entity and the possessive behind it off."""
    covered = text[start:end]
    for match in list(_EDGES.finditer(covered)):
        if match.start() == 0:
            start += match.end()
        else:
            end -= len(covered) - match.start()
    return start, end, kind


def read_uner(path: Path) -> list[tuple[str, set[Entity]]]:
    """Read an IOB2 file of the Universal NER project: each sentence's text and its entities by offset."""
    sentences: list[tuple[str, set[Entity]]] = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = block.split("\n")
        text = next((line[len("# text = ") :] for line in lines if line.startswith("# text = ")), None)
        if text is None:
            continue
        open_entity: list[Any] | None = None
        found: set[Entity] = set()
        position = 0
        for line in lines:
            if not line or line.startswith("#"):
                continue
            _, form, tag = line.split("\t")[:3]
            start = text.index(form, position)
            position = start + len(form)
            if tag.startswith("I-") and open_entity and open_entity[2] == tag[2:]:
                open_entity[1] = position
                continue
            if open_entity:
                found.add((open_entity[0], open_entity[1], open_entity[2]))
            open_entity = (
                [start, position, tag[2:]] if tag[:2] in ("B-", "I-") and tag[2:] in TO_UNER.values() else None
            )
        if open_entity:
            found.add((open_entity[0], open_entity[1], open_entity[2]))
        sentences.append((text, found))
    return sentences


def _prf(right: Iterable[int], found: Iterable[int], marked: Iterable[int]) -> tuple[float, float, float]:
    hits, guesses, answers = sum(right), sum(found), sum(marked)
    precision, recall = 100 * hits / max(1, guesses), 100 * hits / max(1, answers)
    return precision, recall, 2 * precision * recall / (precision + recall) if hits else 0.0
