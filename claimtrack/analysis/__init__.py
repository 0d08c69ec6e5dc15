"""The Stanza pipeline: which models, how loaded, how run over many articles at once."""

from __future__ import annotations

from claimtrack.analysis.folders import EMBEDDED, model_folder

__all__ = ["EMBEDDED", "model_folder"]
