"""The taggers' files: one table of word vectors, two taggers over it, the vocabulary and the calibration."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import torch
from torch import Tensor

from claimtrack.analysis.encoder import WordPieces
from claimtrack.analysis.quantised import SCALE, packed, quicken, unpacked
from claimtrack.attribution.tagger.confidence import Calibration
from claimtrack.attribution.tagger.network import ALL_ROLES, CUE_ROLES, Tagger
from claimtrack.errors import ModelError

EMBEDDED = Path(__file__).resolve().parents[2] / "models" / "attribution"
"""The models that come with the package."""

WEIGHTS, VOCABULARY, CALIBRATION = "weights.safetensors", "vocabulary.txt", "calibration.json"
_TABLE = "encoder.words.weight"
_ROLES = {"cue": CUE_ROLES, "roles": ALL_ROLES}


@dataclass(frozen=True)
class Taggers:
    """Everything that a folder holds, ready to run."""

    cue: Tagger
    roles: Tagger
    pieces: WordPieces
    calibration: Calibration


def save(folder: Path, taggers: Taggers) -> None:
    """Write taggers that share their word vectors, in eight bits."""
    from safetensors.torch import save_file

    state = {_TABLE: taggers.cue.encoder.words.weight.detach()}
    for name in _ROLES:
        tagger: Tagger = getattr(taggers, name)
        state |= {f"{name}.{key}": value for key, value in tagger.state_dict().items() if key != _TABLE}
    folder.mkdir(parents=True, exist_ok=True)
    save_file(packed(state), folder / WEIGHTS)
    (folder / VOCABULARY).write_text("\n".join(taggers.pieces.vocabulary) + "\n", encoding="utf-8")
    (folder / CALIBRATION).write_text(json.dumps(taggers.calibration.as_dict(), indent=1) + "\n", encoding="utf-8")


@cache
def load(folder: Path = EMBEDDED) -> Taggers:
    """Read taggers; on a processor they run in eight bits.

    Raises:
        ModelError: when the folder does not hold them.
    """
    from safetensors.torch import load_file

    try:
        state = load_file(folder / WEIGHTS)
        pieces = vocabulary(folder)
        calibration = Calibration.from_dict(json.loads((folder / CALIBRATION).read_text(encoding="utf-8")))
        table = unpacked({key: value for key, value in state.items() if key.startswith(_TABLE)})[_TABLE]
        return Taggers(_tagger("cue", state, table), _tagger("roles", state, table), pieces, calibration)
    except Exception as error:  # a damaged file raises nearly anything
        first = (str(error).splitlines() or [""])[0]
        raise ModelError(
            f"{folder}: no attribution models there ({type(error).__name__}: {first}); install claimtrack again"
        ) from error


def vocabulary(folder: Path = EMBEDDED) -> WordPieces:
    """Read the word pieces; raises what reading a file raises."""
    return WordPieces((folder / VOCABULARY).read_text(encoding="utf-8").removesuffix("\n").split("\n"))


def word_vectors(folder: Path = EMBEDDED) -> Tensor:
    """Read the table of word vectors alone, (pieces, width), single precision; raises what safetensors raises.

    It is the pretrained encoder's own, so that other models over that encoder need not bring theirs.
    """
    from safetensors import safe_open

    with safe_open(folder / WEIGHTS, framework="pt") as file:
        return unpacked({name: file.get_tensor(name) for name in (_TABLE, _TABLE + SCALE)})[_TABLE]


def _tagger(name: str, state: Mapping[str, Tensor], table: Tensor) -> Tagger:
    own = {key.removeprefix(f"{name}."): value for key, value in state.items() if key.startswith(f"{name}.")}
    with torch.device("meta"):
        tagger = Tagger(_ROLES[name])
    tagger.to_empty(device="cpu")
    tagger.load_state_dict({_TABLE: table, **unpacked(own)}, assign=True)
    tagger.chain.reset()
    quicken(tagger, {key: value for key, value in own.items() if key.removesuffix(SCALE).startswith("encoder.layers")})
    return tagger.eval()
