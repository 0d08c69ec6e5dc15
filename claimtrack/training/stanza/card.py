"""The model card that travels beside the weights, written from what was measured."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SOURCES = """| what | from | licence as stated |
|---|---|---|
| tokenize, mwt, pos, lemma, depparse | UD English EWT and GUM, training parts | EWT CC BY-SA 4.0; GUM annotations CC BY 4.0, its texts under their own licences, some non-commercial |
| ner | labels of a teacher, spaCy's en_core_web_md 3.8.0 (trained on OntoNotes 5), over 3,000 news articles collected by AllSides (Baly and others, EMNLP 2020) and the training parts of the treebanks | teacher MIT; articles their publishers', only weights are made from them |
| word vectors `both` | fastText vectors learned from the same articles and treebanks, joined with the input embeddings of all-MiniLM-L6-v2 (whole words only), 128 main components | all-MiniLM-L6-v2 Apache-2.0 |
| word vectors `encoder` | the input embeddings of all-MiniLM-L6-v2 alone, 100 main components | Apache-2.0 |"""  # noqa: E501

HEAD = """# Embedded English models for Stanza

Small models for tokens, sentences, multi-word tokens, tags, lemmas, dependencies (Universal Dependencies v2) and
named entities (the 18 OntoNotes types), laid out as a Stanza resources folder. Made with Stanza's own models and
trainers by `python -m claimtrack.training.stanza`; `docs/models.md` tells how and why.

Meant for English news, offline, on one processor. Not meant for other languages, for speech, or for decisions about
people. News of 2012 to 2020, mostly on politics in the United States, coloured what the entity recogniser and the
word vectors know; names from elsewhere are found less surely. The teacher's mistakes were learned with its answers.
"""


def card(evaluation: Mapping[str, Any], sizes: Mapping[str, int]) -> str:
    """Return the card as Markdown.

    Args:
        evaluation: what the step ``evaluate`` wrote: scores of ``ewt`` and ``gum``, and of ``entities``.
        sizes: bytes of each file, as :func:`claimtrack.training.stanza.package.pack` returns them.
    """
    return "\n".join([HEAD, "## Made from\n", SOURCES, "", "## Scores\n", ud_table(evaluation), "",
                      entity_table(evaluation), "", "## Files\n", size_table(sizes), ""])  # fmt: skip


def ud_table(evaluation: Mapping[str, Any]) -> str:
    """Return F1 from raw text on the two test parts."""
    names = list(evaluation["ewt"])
    rows = [f"| {bank.upper()} test | " + " | ".join(f"{evaluation[bank][name]:.1f}" for name in names) + " |"
            for bank in ("ewt", "gum")]  # fmt: skip
    head = "| from raw text | " + " | ".join(names) + " |\n|---|" + "---|" * len(names)
    return "\n".join([head, *rows])


def entity_table(evaluation: Mapping[str, Any]) -> str:
    """Return precision, recall and F1 of the entity recogniser beside its teacher's."""
    names = ("precision", "recall", "f1", "PER", "ORG", "LOC")
    rows = [f"| {label} | " + " | ".join(f"{evaluation['entities'][who][name]:.1f}" for name in names) + " |"
            for who, label in (("student", "these models"), ("teacher", "the teacher, en_core_web_md"))]  # fmt: skip
    head = "| UNER-EWT test | precision | recall | F1 | F1 of PER | of ORG | of LOC |\n|---|---|---|---|---|---|---|"
    return "\n".join([head, *rows])


def size_table(sizes: Mapping[str, int]) -> str:
    """Return the size of each file."""
    rows = [f"| `{name}.pt` | {size / 1e6:.1f} |" for name, size in sizes.items()]
    return "\n".join(["| file | MB |", "|---|---|", *rows, f"| all | {sum(sizes.values()) / 1e6:.1f} |"])
