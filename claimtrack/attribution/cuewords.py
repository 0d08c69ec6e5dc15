"""The words of a cue, with lemma and tag: from Stanza, or guessed from plain text where no tags are there.

The guess knows the regular forms of every word in the lexicon and the irregular ones that its table lists.
It serves cues that come without an analysis (a table of quotations, a test); Stanza's tags are better.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from claimtrack.attribution.cues import cues

NOT = frozenset(["not", "n't", "never"])
"""What negates a verb."""

_TOKEN = re.compile(
    r"can(?=not\b)|\w+(?=n['’]t\b)|n['’]t\b|['’](?:s|re|ve|ll|d|m)\b|\w+(?:-\w+)*|[^\w\s]", re.IGNORECASE
)
"""Words, with contractions cut as Universal Dependencies cut them, and single marks."""

_AUXILIARIES = {
    "wo": "will", "'ll": "will", "will": "will", "shall": "shall", "ca": "can", "can": "can", "would": "would",
    "could": "could", "may": "may", "might": "might", "should": "should", "must": "must", "ought": "ought",
    "'ve": "have", "'re": "be", "'m": "be", "'s": "be", "'d": "would",
}  # fmt: skip
_ALWAYS_AUXILIARY = frozenset(["be", "have", "do"])
_BEFORE_NOUNS = frozenset("the a an this that these those his her its their our my your no any some of 's s".split())  # noqa: SIM905

_UPOS = {"verb": "VERB", "noun": "NOUN", "adjective": "ADJ"}


@dataclass(frozen=True)
class CueWord:
    """One word of a cue. ``lemma`` and ``upos`` (Universal Dependencies) are empty where nobody tagged it."""

    text: str
    lemma: str = ""
    upos: str = ""


def plain(text: str) -> str:
    """Return a word in lower case with straight apostrophes."""
    return text.lower().replace("’", "'")


def cue_words(text: str) -> list[CueWord]:
    """Cut plain text into words and guess their lemmas and tags."""
    return tagged([CueWord(match[0]) for match in _TOKEN.finditer(text)])


def tagged(words: Sequence[CueWord]) -> list[CueWord]:
    """Return the words with lemma and tag, guessed where they have none.

    A lemma that the lexicon does not know gives way to one that it has for the form: taggers know few rare verbs
    ("slammed" becomes "slamm").
    """
    found: list[CueWord] = []
    for place, word in enumerate(words):
        before = plain(words[place - 1].text) if place else ""
        after = plain(words[place + 1].text) if place + 1 < len(words) else ""
        found.append(_mended(word, after) if word.upos else _guessed(word, before, after))
    return found


def _mended(word: CueWord, after: str) -> CueWord:
    if word.upos == "AUX":
        # "I'd say" or "he'd said": the next form tells better than taggers do.
        return _guessed(word, "", after) if plain(word.text) == "'d" else word
    readings = _forms().get(plain(word.text))
    if not readings or word.upos not in ("VERB", "NOUN", "PROPN") or word.lemma.lower() in _lemmas():
        return word
    return replace(word, lemma=readings.get(word.upos) or next(iter(readings.values())))


def _guessed(word: CueWord, before: str, after: str) -> CueWord:
    form = plain(word.text)
    if not any(letter.isalnum() for letter in form):
        return replace(word, lemma=form, upos="PUNCT")
    if form in _AUXILIARIES:
        lemma = _AUXILIARIES[form]
        if form == "'d" and (form_of := _forms().get(after)) and form_of.get("VERB", after) != after:
            lemma = "have"
        return replace(word, lemma=lemma, upos="AUX")
    readings = _forms().get(form, {})
    if readings.get("VERB") in _ALWAYS_AUXILIARY:
        return replace(word, lemma=readings["VERB"], upos="AUX")
    order = ("NOUN", "VERB", "ADJ") if before in _BEFORE_NOUNS else ("VERB", "ADJ", "NOUN")
    for upos in order:
        if upos in readings:
            return replace(word, lemma=readings[upos], upos=upos)
    return replace(word, lemma=form, upos="PART" if form in ("to", "not", "n't") else "X")


@cache
def _forms() -> Mapping[str, Mapping[str, str]]:
    """Return the readings of each form: tag to lemma."""
    found: dict[str, dict[str, str]] = {}
    for cue in cues().values():
        if cue.part in _UPOS:
            for form in [cue.lemma, *cue.forms, *_inflected(cue.lemma, cue.part)]:
                found.setdefault(form, {}).setdefault(_UPOS[cue.part], cue.lemma)
    return found


@cache
def _lemmas() -> frozenset[str]:
    return frozenset(lemma for lemma, _ in cues())


def _inflected(lemma: str, part: str) -> list[str]:
    if part == "adjective":
        return []
    if re.search(r"[^aeiou]y$", lemma):
        stem, plural = lemma[:-1] + "i", lemma[:-1] + "ies"
    else:
        stem, plural = lemma, lemma + ("es" if re.search(r"(s|x|z|ch|sh)$", lemma) else "s")
    if part == "noun":
        return [plural]
    if lemma.endswith("e"):
        return [plural, lemma + "d", (lemma if lemma.endswith("ee") else lemma[:-1]) + "ing"]
    doubled = lemma + lemma[-1] if re.search(r"[^aeiou][aeiou][bdglmnprt]$", lemma) else lemma
    return [plural, stem + "ed", doubled + "ed", lemma + "ing", doubled + "ing"]
