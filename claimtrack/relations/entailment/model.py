"""The entailment model at work: pairs of sentences in, probabilities out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import numpy
import torch
from torch import Tensor, nn

from claimtrack.analysis import nibbles
from claimtrack.analysis.encoder import WordPieces, by_length
from claimtrack.analysis.quantised import SteadyLinear, has_matrix_tiles, quicken, unpacked
from claimtrack.attribution.tagger import storage
from claimtrack.errors import ModelError
from claimtrack.relations.entailment import adapter
from claimtrack.relations.entailment.network import EntailmentNetwork, batch_of, numbers_of

EMBEDDED = Path(__file__).resolve().parents[2] / "models" / "entailment"
"""The model that comes with the package."""

WEIGHTS, CLAIMS, CALIBRATION = "weights.safetensors", "claims.safetensors", "calibration.json"
"""What the model learned from pairs of sentences, what it learned beyond that from claims, and how sure it may be."""

_TABLE = "encoder.words.weight"

BATCH = 1024
"""Pieces read at once, padding counted: so many stay in a processor's cache."""

Probabilities = numpy.ndarray[Any, numpy.dtype[numpy.float32]]
"""(pairs, 3): contradiction, entailment, neutral."""


class Entails(Protocol):
    """Whatever tells what a premise says of a hypothesis."""

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> Probabilities:
        """Return the probability of each of :data:`~claimtrack.relations.entailment.network.LABELS`.

        Args:
            pairs: premise and hypothesis.
        """


@dataclass(frozen=True)
class Calibration:
    """What makes scores mean what they say: they are divided by ``temperature``, ``shift`` is added to each label's.

    Guo et al. (2017); the shift makes up for labels that are rarer where the model is used than where it learned.
    """

    temperature: float = 1.0
    shift: tuple[float, float, float] = (0.0, 0.0, 0.0)


class Entailment:
    """The model that comes with claimtrack.

    Args:
        network: with its weights.
        pieces: its word pieces.
        calibration: of its scores.
    """

    def __init__(self, network: EntailmentNetwork, pieces: WordPieces, calibration: Calibration) -> None:
        self._network = network.eval()
        self._pieces = pieces
        self._calibration = calibration

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> Probabilities:
        """Return contradiction, entailment and neutral for premise and hypothesis; a pair's do not hang on others."""
        scores = torch.from_numpy(self.scores(pairs)) / self._calibration.temperature
        found: Probabilities = torch.softmax(scores + torch.tensor(self._calibration.shift), 1).numpy()
        return found

    def scores(self, pairs: Sequence[tuple[str, str]]) -> Probabilities:
        """Return the scores before calibration and softmax, (pairs, labels)."""
        unique = {pair: place for place, pair in enumerate(dict.fromkeys(pairs))}
        known = {text: numbers_of(text, self._pieces) for pair in unique for text in pair}
        rows = [(known[premise], known[hypothesis]) for premise, hypothesis in unique]
        found = numpy.zeros((len(rows), 3), dtype=numpy.float32)
        with torch.inference_mode():
            for places in by_length([len(a) + len(b) + 3 for a, b in rows], BATCH):
                scores = self._network(batch_of([rows[place] for place in places], self._pieces))
                found[places] = scores.float().numpy()
        return found[[unique[pair] for pair in pairs]]


def save(folder: Path, network: EntailmentNetwork, calibration: Calibration, pieces: WordPieces) -> None:
    """Write a model, its matrices in four bits, word vectors of English pieces only.

    Args:
        folder: where to; made where it is missing.
        network: with its weights.
        calibration: of its scores.
        pieces: its word pieces.
    """
    from safetensors.torch import save_file

    result: dict[str, Tensor] = {}
    for name, value in network.state_dict().items():
        if name == _TABLE:
            value = value[_kept(pieces)]
        if value.ndim == 2 and value.numel() > 10_000 and value.shape[1] % (2 * nibbles.GROUP) == 0:
            result |= nibbles.packed(name, value)
        else:
            result[name] = value.to(torch.float16)
    folder.mkdir(parents=True, exist_ok=True)
    save_file(result, folder / WEIGHTS)
    _save_calibration(folder, calibration)


def save_claims(
    folder: Path, changed: Mapping[str, Tensor], base: Mapping[str, Tensor], calibration: Calibration
) -> None:
    """Write what a network learned from claims, beside the weights that it began with.

    Args:
        folder: of those weights.
        changed: the weights of the trained network.
        base: those that it began with, as :func:`weights_of` reads them.
        calibration: of the scores of both together.
    """
    from safetensors.torch import save_file

    save_file(adapter.difference(changed, base), folder / CLAIMS)
    _save_calibration(folder, calibration)


def _save_calibration(folder: Path, calibration: Calibration) -> None:
    row = {"temperature": calibration.temperature, "shift": list(calibration.shift)}
    (folder / CALIBRATION).write_text(json.dumps(row) + "\n", encoding="utf-8")


def _kept(pieces: WordPieces) -> list[int]:
    """Return the numbers of the pieces that have a vector: all others are read as an unknown word."""
    return [n for n, piece in enumerate(pieces.vocabulary) if piece.isascii() and not piece.startswith("[unused")]


def _every_row(kept: Tensor, pieces: WordPieces) -> Tensor:
    """Return word vectors with a row for every piece, (pieces, width), from those of the kept ones."""
    numbers = _kept(pieces)
    rows = torch.full((len(pieces.vocabulary),), numbers.index(pieces.unknown))
    rows[numbers] = torch.arange(len(numbers))
    return kept[rows]


def weights_of(folder: Path, pieces: WordPieces) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """Return the weights in single precision, without what was learned from claims, and as they are in eight bits."""
    from safetensors.torch import load_file

    eight = nibbles.in_eight_bits(load_file(folder / WEIGHTS))
    weights = unpacked(eight)
    weights[_TABLE] = _every_row(weights[_TABLE], pieces)
    return weights, eight


def _add(network: EntailmentNetwork, thin: Mapping[str, tuple[Tensor, Tensor]]) -> None:
    """Add changes of large matrices to a network in single precision or in eight bits."""
    for name, (up, down) in thin.items():
        parent, _, own = name.removesuffix(".weight").rpartition(".")
        place = network.get_submodule(parent)
        layer = getattr(place, own)
        if isinstance(layer, nn.Linear):
            layer.weight.data += up.T @ down
        else:
            setattr(place, own, adapter.Changed(layer, up, down))


@cache
def load(folder: Path = EMBEDDED, shared: Path = storage.EMBEDDED) -> Entailment:
    """Read a model; on a processor that can, it runs in bfloat16 or in eight bits, whichever is faster there.

    Args:
        folder: with the weights.
        shared: the folder of the attribution models, for the vocabulary.

    Raises:
        ModelError: when a folder does not hold them.
    """
    from safetensors.torch import load_file

    try:
        row = json.loads((folder / CALIBRATION).read_text(encoding="utf-8"))
        pieces = storage.vocabulary(shared)
        with torch.device("meta"):
            network = EntailmentNetwork()
        weights, eight = weights_of(folder, pieces)
        thin, whole = adapter.changes(load_file(folder / CLAIMS))
        network.load_state_dict(weights | whole, assign=True)
        if not has_matrix_tiles():
            eight = {name: value for name, value in (eight | whole).items() if name.startswith("encoder.")}
            quicken(network, eight, SteadyLinear)
        _add(network, thin)
        if has_matrix_tiles():
            network = network.to(torch.bfloat16)
        shift = tuple(float(value) for value in row["shift"])
        calibration = Calibration(float(row["temperature"]), (shift[0], shift[1], shift[2]))
        return Entailment(network, pieces, calibration)
    except Exception as error:  # a damaged file raises nearly anything
        first = (str(error).splitlines() or [""])[0]
        raise ModelError(
            f"{folder}: no entailment model there ({type(error).__name__}: {first}); install claimtrack again"
        ) from error


def model(name: str = "embedded") -> Entails:
    """Return an entailment model: ``embedded``, or a folder with a classifier of the transformers library.

    Raises:
        ModelError: when there is none, or the library is missing.
    """
    if name == "embedded":
        return load()
    from claimtrack.relations.entailment.other import Classifier

    return Classifier(Path(name))
