"""From guesses to attributions: one source, content that fits the quotation marks, no two readings of one place."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from claimtrack.attribution.quotes import Quotation
from claimtrack.attribution.tagger.confidence import log_odds
from claimtrack.attribution.tagger.guesses import CueGuess, Place, RoleGuess
from claimtrack.attribution.tagger.words import Words


@dataclass(frozen=True)
class Finding:
    """An attribution, word by word, with what its confidence is made of."""

    cue: Place
    source: Place | None
    content: tuple[Place, ...]
    probability: float
    verdict: float
    sureness: tuple[float, float]

    @property
    def weight(self) -> float:
        """How much there is to say for it; decides between two readings of one place."""
        return self.probability * self.verdict * (self.sureness[1] if self.content else 0.3)

    def features(self, quoted: float) -> list[float]:
        """Return what the confidence is made of (:data:`claimtrack.attribution.tagger.confidence.FEATURES`).

        Args:
            quoted: the share of the content's words inside quotation marks.
        """
        words = sum(last - first + 1 for first, last in self.content)
        return [
            *map(log_odds, (self.probability, self.verdict, *self.sureness)), float(self.source is None),
            float(quoted == 1), float(0 < quoted < 1), math.log1p(words), float(self.cue[1] - self.cue[0] + 1),
        ]  # fmt: skip


def finding(guess: CueGuess, roles: RoleGuess) -> Finding:
    """Join what the two taggers say about one cue."""
    cue = next((place for place in roles.cue if _touch(place, guess.place)), guess.place)
    source = min(roles.source, key=lambda place: _distance(place, cue), default=None)
    return Finding(cue, source, roles.content, guess.probability, roles.verdict, roles.sureness)


def settled(findings: Sequence[Finding]) -> list[Finding]:
    """Return findings of which no two claim the same cue, the weightier ones kept, in order of their cues."""
    kept: list[Finding] = []
    for one in sorted(findings, key=lambda f: -f.weight):
        if not any(_touch(one.cue, other.cue) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda f: f.cue)


def marked(one: Finding, words: Words, quotes: Sequence[Quotation]) -> Finding:
    """Fit content to the quotation marks: a quotation belongs whole to the content that has most of it."""
    outside = [one.cue, *([one.source] if one.source else [])]
    taken = {word for first, last in one.content for word in range(first, last + 1)}
    for quotation in quotes:
        for span in quotation.spans:
            inside = words.of([span])
            if not inside or any(_touch((inside[0], inside[-1]), place) for place in outside):
                continue
            shared = len(taken.intersection(inside))
            if shared > 0.4 * len(inside):
                taken.update(inside)
    return replace(one, content=runs(sorted(taken)))


def runs(numbers: Sequence[int]) -> tuple[Place, ...]:
    """Return the unbroken runs of sorted word numbers."""
    found: list[Place] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return tuple(found)


def _touch(a: Place, b: Place) -> bool:
    return a[0] <= b[1] and b[0] <= a[1]


def _distance(a: Place, b: Place) -> int:
    return max(a[0] - b[1], b[0] - a[1], 0)
