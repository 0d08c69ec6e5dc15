"""What tests share beside fixtures: documents parsed by hand, and where corpora lie."""

from __future__ import annotations

from pathlib import Path
from typing import Any

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
"""Corpora beside the checkout; they are no part of the project, and tests that want them skip without."""


def document(text: str, conllu: str) -> Any:
    """Return a Stanza document: a text, rows ``form lemma upos head deprel``, a blank line between sentences."""
    from stanza.models.common.doc import Document

    sentences, position = [], 0
    for block in conllu.strip().split("\n\n"):
        sentence = []
        for number, line in enumerate(block.strip().splitlines(), start=1):
            form, lemma, upos, head, deprel = line.split()
            start = text.index(form, position)
            position = start + len(form)
            sentence.append(
                {"id": number, "text": form, "lemma": lemma, "upos": upos, "head": int(head), "deprel": deprel,
                 "start_char": start, "end_char": position}
            )  # fmt: skip
        sentences.append(sentence)
    return Document(sentences, text=text)
