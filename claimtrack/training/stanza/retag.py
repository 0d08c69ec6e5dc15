"""Treebanks with the tags of our own tagger, for the parser to learn from."""

from __future__ import annotations

from pathlib import Path

from stanza.models.common.doc import FEATS, UPOS, XPOS
from stanza.utils.conll import CoNLL

from claimtrack.analysis.pipeline import load, quiet


def retag(folder: Path, source: Path, out: Path) -> float:
    """Write a treebank with predicted tags in place of the gold ones.

    Args:
        folder: a resources folder with at least a tagger.
        source: the treebank, CoNLL-U.
        out: where to write it.

    Returns:
        The share of words, in percent, whose UPOS did not change.
    """
    pipeline = load(folder, ["tokenize", "pos"], tokenize_pretokenized=True)
    document = CoNLL.conll2doc(input_file=str(source))
    gold: list[str] = document.get(UPOS)
    document.set([UPOS, XPOS, FEATS], [[None, None, None]] * document.num_words)
    with quiet():
        pipeline.processors["pos"].process(document)
    CoNLL.write_doc2conll(document, str(out))
    tags: list[str] = document.get(UPOS)
    return 100 * sum(a == b for a, b in zip(gold, tags, strict=True)) / len(gold)
