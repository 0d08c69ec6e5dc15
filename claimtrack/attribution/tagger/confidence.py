"""How sure an attribution is: a logistic regression over what the taggers say of it.

Fitted so that of the attributions at 0.9 nine in ten are right, all three roles at IoU 0.5
(``claimtrack.training.attribution.calibrate``); docs/models.md has the reliability table.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

FEATURES = (
    "cue probability", "verdict", "sureness of source", "sureness of content", "no source", "all quoted",
    "quoted in part", "content words", "cue words",
)  # fmt: skip
"""What the regression reads, in order; probabilities as log odds."""


@dataclass(frozen=True)
class Calibration:
    """The weights of the regression, and the least confidence worth reporting."""

    weights: tuple[float, ...]
    bias: float
    threshold: float

    def confidence(self, features: Sequence[float]) -> float:
        """Return a probability for a row of :data:`FEATURES`."""
        score = self.bias + sum(w * f for w, f in zip(self.weights, features, strict=True))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))

    def as_dict(self) -> dict[str, Any]:
        """Return the calibration for a JSON file."""
        return {
            "weights": dict(zip(FEATURES, self.weights, strict=True)), "bias": self.bias, "threshold": self.threshold,
        }  # fmt: skip

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> Calibration:
        """Read what :meth:`as_dict` wrote.

        Raises:
            KeyError: when a weight is missing.
        """
        return cls(tuple(content["weights"][name] for name in FEATURES), content["bias"], content["threshold"])


def log_odds(probability: float) -> float:
    """Return the log odds of a probability, cut at 6."""
    kept = min(max(probability, 0.0025), 0.9975)
    return math.log(kept / (1 - kept))
