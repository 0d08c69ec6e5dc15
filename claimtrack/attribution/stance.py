"""What a cue says: the attitude of the source towards the content, and how far the cue commits itself to it.

The ladder, each step over the one before:

1. *Phrases.* The longest phrases of the lexicon that stand in the cue are one word each ("make it clear");
   one may reach into the first words of the content ("asked" with "to leave").
2. *Head.* The first verb or phrase that is no weak word; an adjective that such a verb hangs on goes before it
   ("reluctant to say"); then nouns, adjectives; then weak words ("made", "seems"). Auxiliaries never.
3. *Meaning.* What the lexicon says of the head.
4. *Default.* A head that the lexicon does not know is a plain statement; an unknown adjective is a belief,
   because feelings about the content are ("was livid that").
5. *Weak words* before the head: "seems to think" is hedged, "failed to mention" counts as a negation.
6. *Negation.* An even number of negations is none. A negated denial ("did not deny") or a negated revelation
   ("has not confirmed") asserts nothing either way: hedged. Every other negated cue is ``denied``: the source is
   said not to have said or thought so. "Would not say" is a refusal: ``declined``; "did not refuse" is neutral.
7. *Modals.* "Will say" has not been said: an intention, with the commitment of its head; "will think" is hedged.
   "May", "can", "could", "would", "should", "must" make any head hedged: it may have been said, or ought to be. Not
   so "would like", the later past ("would later say"), and what one can see.
8. *Tense* matters for what one goes on holding: "once supported", "used to believe" are hedged. A past or
   perfect statement stays said, and a bare infinitive too ("went there to say").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from claimtrack.attribution.cuephrases import phrases_at
from claimtrack.attribution.cues import Cue, Part, cues
from claimtrack.attribution.cuewords import NOT, CueWord, plain, tagged
from claimtrack.model import Attitude, Commitment

REACH = 5
"""How many words of the content a phrase may look at."""

_PART: Mapping[str, Part] = {"VERB": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adjective", "PUNCT": "mark"}
_NEGATIONS = NOT | frozenset("no nor neither none nobody nothing hardly barely scarcely rarely seldom".split())  # noqa: SIM905
_HEDGING = frozenset("may might could would should must ought can".split())  # noqa: SIM905
_COMING = frozenset(["will", "shall"])
_LATER = frozenset("later eventually soon subsequently ultimately afterward afterwards".split())  # noqa: SIM905
_FORMER = frozenset(["once", "formerly"])
_TO_BE_SAID = ("statement", "question", "decree")


@dataclass(frozen=True)
class _Unit:
    """A word or phrase of the cue that the lexicon knows; ``end`` is the place after its last word."""

    start: int
    end: int
    cue: Cue

    @property
    def is_verbal(self) -> bool:
        return self.cue.part in ("verb", "phrase")


def stance(words: Sequence[CueWord], after: Sequence[CueWord] = ()) -> tuple[Attitude, Commitment]:
    """Return attitude and commitment of a cue.

    Args:
        words: the words under the cue, in text order; tags are guessed where they are missing. No words at all
            are a plain statement.
        after: the first words of the content, where it follows the cue directly.
    """
    words = tagged(words)
    if all(word.upos in ("PUNCT", "SYM") for word in words):
        return "statement", "neutral"
    units, taken = _units(words, tagged(after[:REACH]))
    head = _head(units, words) or _unknown(words)
    attitude, commitment = head.cue.attitude, head.cue.commitment
    weak = [unit.cue for unit in units if unit.cue.effect and unit.start <= head.start]
    if any(cue.commitment == "hedged" for cue in weak) and commitment in ("neutral", "factive"):
        commitment = "hedged"
    negations = sum(1 for place in range(len(words)) if place not in taken and _negates(words, place))
    negations += sum(1 for cue in weak if cue.effect == "negates")
    modals = {word.lemma.lower() for word in words[: head.start] if word.upos == "AUX"} & (_HEDGING | _COMING)
    before = {plain(word.text) for word in words[: head.start]}
    if negations % 2:
        return attitude, _denied(attitude, commitment, modals)
    return _timed(head, attitude, commitment, modals, before)


def negated(commitment: Commitment) -> Commitment:
    """Return what a negated cue commits to: a negated denial asserts nothing, a plain cue was not said."""
    return "hedged" if commitment in ("denied", "factive") else "denied"


def _negates(words: Sequence[CueWord], place: int) -> bool:
    joined = place + 1 < len(words) and words[place + 1].text == "-"  # "never-ending", "no-nonsense"
    return plain(words[place].text) in _NEGATIONS and not joined


def _denied(attitude: Attitude, commitment: Commitment, modals: AbstractSet[str]) -> Commitment:
    if commitment == "declined":
        return "neutral"
    if attitude == "statement":
        if modals & {"will", "would", "shall"} and commitment in ("neutral", "factive"):
            return "declined"
        if modals & {"can", "could"}:
            return "hedged"
    return "hedged" if modals & {"may", "might"} else negated(commitment)


def _timed(
    head: _Unit, attitude: Attitude, commitment: Commitment, modals: AbstractSet[str], before: AbstractSet[str]
) -> tuple[Attitude, Commitment]:
    if commitment == "declined":
        return attitude, commitment
    if modals & _COMING:
        return ("intention", commitment) if attitude in _TO_BE_SAID else (attitude, "hedged")
    wished = attitude == "intention" or head.cue.lemma in ("hope", "love")
    if modals and not (modals == {"would"} and (wished or before & _LATER)):
        return attitude, commitment if attitude == "perception" and modals == {"can"} else "hedged"
    former = bool(before & _FORMER) or {"used", "to"} <= before
    if former and attitude in ("belief", "intention") and commitment == "neutral":
        return attitude, "hedged"
    return attitude, commitment


def _unknown(words: Sequence[CueWord]) -> _Unit:
    """Return a head that the lexicon does not know, with what its part says by default."""
    heads = [place for place, word in enumerate(words) if word.upos in _PART and word.upos != "PUNCT"]
    head = next((place for place in heads if words[place].upos == "VERB"), heads[-1] if heads else len(words) - 1)
    attitude: Attitude = "belief" if words[head].upos == "ADJ" else "statement"
    return _Unit(head, head + 1, Cue(words[head].lemma, frozenset(), attitude, "neutral"))


def _head(units: Sequence[_Unit], words: Sequence[CueWord]) -> _Unit | None:
    full = [unit for unit in units if not unit.cue.effect]
    verbs = [unit for unit in full if unit.is_verbal]
    others = [unit for unit in full if not unit.is_verbal]
    if verbs:
        governing = [unit for unit in others if unit.end < verbs[0].start and words[unit.end].lemma.lower() == "to"]
        return governing[0] if governing and governing[0].cue.part == "adjective" else verbs[0]
    if others:
        return others[0]
    # Weak words alone: the one that says most.
    telling = [unit for unit in units if (unit.cue.attitude, unit.cue.commitment) != ("statement", "neutral")]
    negating = [unit for unit in units if unit.cue.effect == "negates"]
    return next(iter([*telling, *negating, *units]), None)


def _units(words: Sequence[CueWord], after: Sequence[CueWord]) -> tuple[list[_Unit], set[int]]:
    """Return what the lexicon knows in the cue, in text order, and the places that phrases of several words hold."""
    together = [*words, *after]
    phrases = [match for place in range(len(words)) for match in phrases_at(together, place)]
    phrases.sort(key=lambda match: (-len(match[0]), match[0][0]))
    units: list[_Unit] = []
    taken: set[int] = set()
    for places, cue in phrases:
        if taken.isdisjoint(places):
            taken.update(places)
            units.append(_Unit(places[0], places[-1] + 1, cue))
    for place, word in enumerate(words):
        known = _known(word) if place not in taken else None
        if known:
            units.append(_Unit(place, place + 1, known))
    return sorted(units, key=lambda unit: unit.start), taken


def _known(word: CueWord) -> Cue | None:
    """Return the row of one word; where the tagger calls "claims" a noun that only the verb has a row for, that one."""
    part = _PART.get(word.upos)
    if part is None or part == "mark":
        return None
    lemmas = (word.lemma.lower(), plain(word.text))
    parts: tuple[Part, ...] = (part,) if part == "adjective" else (part, "verb", "noun", "adjective")
    return next((cues()[lemma, p] for p in parts for lemma in lemmas if (lemma, p) in cues()), None)
