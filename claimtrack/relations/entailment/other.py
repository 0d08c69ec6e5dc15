"""Any sequence classifier of the transformers library in the place of claimtrack's own entailment model."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy
import torch

from claimtrack.errors import ModelError
from claimtrack.relations.entailment.model import Probabilities
from claimtrack.relations.entailment.network import LABELS

_BATCH = 16


class Classifier:
    """A classifier read from a folder; nothing is fetched, and no code that comes with it is run.

    Args:
        folder: as ``save_pretrained`` writes it, with labels that begin with entail, contradict and neutral.

    Raises:
        ModelError: when the transformers library is missing, or the folder holds no such classifier.
    """

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise ModelError(f"{folder}: no such folder; --nli takes embedded or a folder with a transformers model")
        try:
            from transformers import AutoModelForSequenceClassification, AutoTokenizer
        except ImportError:
            raise ModelError(f"{folder}: needs the transformers library; pip install 'claimtrack[nli]'") from None
        try:
            self._tokenizer: Any = AutoTokenizer.from_pretrained(folder, local_files_only=True)
            self._model: Any = AutoModelForSequenceClassification.from_pretrained(
                folder, local_files_only=True, use_safetensors=True
            ).eval()
        except Exception as error:  # a damaged folder raises nearly anything
            first = (str(error).splitlines() or [""])[0]
            raise ModelError(f"{folder}: cannot be loaded ({type(error).__name__}: {first})") from error
        self._order = order_of(self._model.config.id2label, folder)

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> Probabilities:
        """Return contradiction, entailment and neutral for premise and hypothesis, (pairs, 3)."""
        found = numpy.zeros((len(pairs), len(LABELS)), dtype=numpy.float32)
        order = sorted(range(len(pairs)), key=lambda place: sum(map(len, pairs[place])))
        with torch.inference_mode():
            for start in range(0, len(order), _BATCH):
                places = order[start : start + _BATCH]
                texts = [list(side) for side in zip(*(pairs[place] for place in places), strict=True)]
                rows = self._tokenizer(*texts, padding=True, truncation=True, max_length=256, return_tensors="pt")
                found[places] = torch.softmax(self._model(**rows).logits.float(), 1)[:, self._order].numpy()
        return found


def order_of(names: dict[int, str], folder: Path) -> list[int]:
    """Return which of a classifier's labels is which of :data:`LABELS`.

    Raises:
        ModelError: when it has other labels.
    """
    order = []
    for label in LABELS:
        fit = [number for number, name in names.items() if name.lower().startswith(label[:6])]
        if len(fit) != 1:
            have = ", ".join(map(str, names.values()))
            raise ModelError(f"{folder}: labels {have}; it must tell entailment, neutral and contradiction")
        order.append(int(fit[0]))
    return order
