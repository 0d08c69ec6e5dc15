"""Attitude and commitment for attributions that have none yet, from the tagged words under their cues."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from claimtrack.attribution.cuewords import CueWord
from claimtrack.attribution.stance import REACH, stance
from claimtrack.attribution.trees import place_of
from claimtrack.model import Attribution, Span, merged

_SPEAKING = frozenset(
    "to comment respond speak talk answer discuss elaborate say reply be interview any further more questions".split()  # noqa: SIM905
)
"""What a content may be made of that only says that nothing was said."""


def with_stance(document: Any, attributions: Sequence[Attribution]) -> list[Attribution]:
    """Return the attributions with the attitude and commitment that their cues tell.

    "Declined to comment" has no content: such a content goes into the cue. One without content that declined
    nothing is left out.

    Args:
        document: a ``stanza`` Document with tags and lemmas.
        attributions: what was found in it.
    """
    words = [word for sentence in document.sentences for word in sentence.words]
    places = [place_of(word) for word in words]
    starts, ends = [place.start for place in places], [place.end for place in places]

    def under(span: Span) -> list[CueWord]:
        inside = range(bisect_right(ends, span.start), bisect_left(starts, span.end))
        return [CueWord(words[i].text, str(words[i].lemma or ""), str(words[i].upos or "")) for i in inside]

    result = []
    for one in attributions:
        cue = [word for span in one.cue for word in under(span)]
        follows = one.content and one.cue and not document.text[one.cue[-1].end : one.content[0].start].strip()
        after = under(one.content[0])[:REACH] if follows else []
        attitude, commitment = stance(cue, after)
        if commitment == "declined" and one.content and follows:
            content = [word.text.lower() for span in one.content for word in under(span)]
            if _SPEAKING.issuperset(word for word in content if word[0].isalnum()):
                one = replace(one, cue=merged([Span(one.cue[0].start, one.content[-1].end)]), content=())
        if one.content or commitment == "declined":
            result.append(replace(one, attitude=attitude, commitment=commitment))
    return result
