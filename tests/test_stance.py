"""What cues say: attitude and commitment, from tagged words and from plain text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.attribution.cuewords import CueWord, cue_words
from claimtrack.attribution.stance import negated, stance
from claimtrack.model import ATTITUDES, COMMITMENTS

CASES = """
said                                  => statement neutral
has said                              => statement neutral
wrote                                 => statement neutral
the mayor's statement                 => statement neutral
in a statement, said                  => statement neutral
according to                          => statement neutral
in the words of                       => statement neutral
put it                                => statement neutral
:                                     => statement neutral
—                                     => statement neutral
grumphed                              => statement neutral
confirmed                             => statement factive
made it very clear                    => statement factive
pointed out                           => statement factive
claims                                => statement distancing
the claim                             => statement distancing
reportedly                            => statement distancing
are said to                           => statement distancing
estimates                             => statement hedged
raised the possibility                => statement hedged
denied                                => statement denied
ruled out                             => statement denied
admits                                => statement conceded
blasted                               => statement accused
took issue with                       => statement accused
's criticism of                       => statement accused
issued a warning                      => statement predicted
vowed                                 => statement promised
agreed|to pay the fine                => statement promised
agreed|that it was late               => statement neutral
thinks                                => belief neutral
expressed concern                     => belief neutral
in the coach's view                   => belief neutral
the widely held belief                => belief neutral
is worried                            => belief neutral
opposes                               => belief denied
was dismayed                          => belief neutral
wants                                 => intention neutral
would like                            => intention neutral
plans to announce                     => intention neutral
voted for                             => decree neutral
voted against                         => decree denied
ordered                               => decree demanded
called for                            => decree demanded
called                                => statement neutral
asked                                 => question neutral
asked|him to leave                    => decree demanded
asked|what to do                      => question neutral
told|the guards to leave              => decree demanded
told|them that the guards would leave => statement neutral
saw                                   => perception neutral
did not say                           => statement denied
never claimed                         => statement denied
didn't mention                        => statement denied
no longer believes                    => belief denied
does not want                         => intention denied
failed to mention                     => statement denied
with no mention of                    => statement denied
stopped short of endorsing            => statement denied
has yet to say                        => statement denied
did not deny                          => statement hedged
did not rule out                      => statement hedged
has not confirmed                     => statement hedged
would neither confirm nor deny        => statement hedged
not only praised                      => statement neutral
declined to comment                   => statement declined
declined|to say when                  => statement declined
refused to confirm                    => statement declined
would not say                         => statement declined
won’t comment                         => statement declined
did not immediately respond to        => statement declined
could not be reached for comment      => statement declined
did not refuse                        => statement neutral
is reluctant to say                   => intention denied
would say                             => statement hedged
might deny                            => statement hedged
should apologise                      => statement hedged
could not say                         => statement hedged
may believe                           => belief hedged
cannot believe                        => belief denied
can see                               => perception neutral
would later say                       => statement neutral
will announce                         => intention neutral
will demand                           => intention demanded
will think                            => belief hedged
once supported                        => belief hedged
used to believe                       => belief hedged
had said                              => statement neutral
went there to say                     => statement neutral
continued to claim                    => statement distancing
began to question                     => question neutral
was quick to add                      => statement neutral
tried to explain                      => statement neutral
seems to think                        => belief hedged
appears to confirm                    => statement hedged
appears                               => belief hedged
"""


def table(text: str) -> list[tuple[str, str, str]]:
    """Read rows of a cue, optionally ``|`` and the first words of the content, and what is expected."""
    rows = []
    for line in text.strip().splitlines():
        cue, _, expected = line.partition("=>")
        words, _, after = cue.strip().partition("|")
        rows.append((words, after, expected.strip()))
    return rows


@pytest.mark.parametrize(("cue", "after", "expected"), table(CASES))
def test_cue_says(cue: str, after: str, expected: str) -> None:
    assert " ".join(stance(cue_words(cue), cue_words(after))) == expected


def test_no_words_are_a_plain_statement() -> None:
    assert stance([]) == ("statement", "neutral")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Critics critic NOUN|claim claim VERB", ("statement", "distancing")),
        ("slammed slamm VERB", ("statement", "accused")),  # a tagger's lemma for a verb that it has not seen
        ("is be AUX|gobsmacked gobsmacked ADJ", ("belief", "neutral")),  # unknown adjectives are feelings
        ("’d have AUX|say say VERB", ("statement", "hedged")),  # "had say" is no English
        ("’d would AUX|said say VERB", ("statement", "neutral")),
        ("glimmered glimmer VERB", ("statement", "neutral")),
        ("did do AUX|n’t not PART|glimmer glimmer VERB", ("statement", "denied")),
        ("a a DET|never never ADV|- - PUNCT|ending ending ADJ|effort effort NOUN", ("intention", "neutral")),
        ("own own ADJ|ideas idea NOUN", ("belief", "neutral")),  # no confession
    ],
)
def test_tags_decide_where_they_are_there(words: str, expected: tuple[str, str]) -> None:
    assert stance([CueWord(*word.split()) for word in words.split("|")]) == expected


@given(st.lists(st.sampled_from([word for row in table(CASES) for word in row[0].split()]), max_size=12))
def test_any_words_have_a_known_stance(words: list[str]) -> None:
    attitude, commitment = stance(cue_words(" ".join(words)))
    assert attitude in ATTITUDES and commitment in COMMITMENTS


@pytest.mark.parametrize("commitment", COMMITMENTS)
def test_a_negated_cue_asserts_no_more_than_a_denial(commitment: str) -> None:
    assert negated(commitment) in ("denied", "hedged")  # type: ignore[arg-type]
