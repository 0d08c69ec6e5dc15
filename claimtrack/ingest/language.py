"""Is it English? Asked of each article before anything expensive is done with it."""

from __future__ import annotations

from functools import cache
from typing import Any

MINIMUM_LETTERS = 60
"""Below this many letters a guess is worth nothing, so the text is given the benefit of the doubt."""

ENGLISH_ENOUGH = 0.05
"""An article is skipped only when English is less probable than this."""

SAMPLE = 4000
"""How many characters from the start are looked at."""


def not_english(text: str) -> str | None:
    """Return the ISO 639-1 code of the text's language when it is surely another than English."""
    sample = text[:SAMPLE]
    if sum(character.isalpha() for character in sample) < MINIMUM_LETTERS:
        return None
    ranked = dict(_identifier().rank(sample))
    return None if ranked["en"] > ENGLISH_ENOUGH else str(max(ranked, key=lambda language: ranked[language]))


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
