"""Quotations with a signature: ``"…" — Name``, in which nothing but a dash attributes.

PolNeAR has next to none of these to learn from, and they leave no doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from claimtrack.attribution.quotes import Quotation
from claimtrack.attribution.tagger.decode import Finding
from claimtrack.attribution.tagger.words import Words
from claimtrack.model import Span

SURE = 0.99
"""What such a finding gives where the taggers give probabilities."""

_SIGNATURE = re.compile(
    r"[^\S\n]*\n?[^\S\n]*(?P<dash>--|[—–―‒-])[^\S\n]*"  # at the quotation's end or on a line of its own
    r"(?P<name>[^\W\d_a-z][^\n“”\"«»]{1,90}?)"
    r"(?=[.]?[^\S\n]*(?:\n|$)|[^\S\n]*[“\"„])"
)
_PARTICLES = frozenset("de del della der van von bin al el la le of the and y e".split())  # noqa: SIM905
MOST_WORDS = 7
"""A longer signature is a sentence, not a name."""


def signed(words: Words, quotes: Sequence[Quotation]) -> Iterator[Finding]:
    """Yield the signed quotations of a text.

    A name begins each of its words with a capital, up to a comma ("Ana Ruiz, a nurse from Leeds").
    """
    for quotation in quotes:
        found = _SIGNATURE.match(words.text, quotation.end)
        if not found or not _is_name(found["name"]):
            continue
        dash, name, content = (
            words.of(spans) for spans in ([Span(*found.span("dash"))], [Span(*found.span("name"))], quotation.spans)
        )
        if len(content) < 3:
            continue
        places = tuple((run[0], run[-1]) for span in quotation.spans if (run := words.of([span])))
        yield Finding((dash[0], dash[-1]), (name[0], name[-1]), places, SURE, SURE, (SURE, SURE))


def _is_name(text: str) -> bool:
    name = text.split(",")[0].split()
    return 0 < len(name) <= MOST_WORDS and all(
        word[0].isupper() or word.lower() in _PARTICLES or not word[0].isalpha() for word in name
    )
