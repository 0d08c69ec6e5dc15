"""The entailment model at work: pairs of sentences in, probabilities out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import numpy
import torch
from torch import Tensor

from claimtrack.analysis import nibbles
from claimtrack.analysis.encoder import WordPieces, by_length
from claimtrack.analysis.quantised import SteadyLinear, has_matrix_tiles, multiplies_eight_bits, quicken, unpacked
from claimtrack.attribution.tagger import storage
from claimtrack.errors import ModelError
from claimtrack.relations.entailment.network import EntailmentNetwork, batch_of, numbers_of

EMBEDDED = Path(__file__).resolve().parents[2] / "models" / "entailment"
"""The model that comes with the package."""

WEIGHTS, CALIBRATION = "weights.safetensors", "calibration.json"

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
    (folder / CALIBRATION).write_text(as_json(calibration), encoding="utf-8")


def as_json(calibration: Calibration) -> str:
    """Return a calibration as the text of its file."""
    return json.dumps({"temperature": calibration.temperature, "shift": list(calibration.shift)}) + "\n"


def _kept(pieces: WordPieces) -> list[int]:
    """Return the numbers of the pieces that have a vector: all others are read as an unknown word."""
    return [n for n, piece in enumerate(pieces.vocabulary) if piece.isascii() and not piece.startswith("[unused")]


def _every_row(kept: Tensor, pieces: WordPieces) -> Tensor:
    """Return word vectors with a row for every piece, (pieces, width), from those of the kept ones."""
    numbers = _kept(pieces)
    rows = torch.full((len(pieces.vocabulary),), numbers.index(pieces.unknown))
    rows[numbers] = torch.arange(len(numbers))
    return kept[rows]


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
        eight = nibbles.in_eight_bits(load_file(folder / WEIGHTS))
        weights = unpacked(eight)
        weights[_TABLE] = _every_row(weights[_TABLE], pieces)
        network.load_state_dict(weights, assign=True)
        if has_matrix_tiles():
            network = network.to(torch.bfloat16)
        elif multiplies_eight_bits():
            # Elsewhere in single precision: with inputs of seven bits it misses three in sixty contradictions.
            quicken(
                network, {name: value for name, value in eight.items() if name.startswith("encoder.")}, SteadyLinear
            )
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
