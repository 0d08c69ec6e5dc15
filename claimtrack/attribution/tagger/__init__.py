"""The learned extractor: cues first, then the source and content of each cue."""

from claimtrack.attribution.tagger.extract import extract_all

__all__ = ["extract_all"]
