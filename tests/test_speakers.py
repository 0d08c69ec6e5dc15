"""Who a source means: the table of sources with their answers, over invented sentences tagged by hand."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from claimtrack.model import Article, Attribution, Span, Speaker, speaker_id
from claimtrack.speakers.places import Alias
from claimtrack.speakers.reading import Reading, Word
from claimtrack.speakers.resolve import resolve

TAGS = {
    "DET": "the a an both some many no this these",
    "ADP": "of for from at in with on to about by after against like",
    "PRON": "he she it they we i who you his her its their him them whose",
    "VERB": "said says say told denied wants added wrote argued agreed left spoke met called leads warned found "
    "estimated admitted accused won waited read shows shut opened replied",
    "AUX": "is was are were has had have be been will would",
    "CCONJ": "and or",
    "SCONJ": "that because while whether",
    "ADJ": "austrian british russian former new foreign prime chief 45-year-old national",
    "ADV": "not later earlier still now",
}
UPOS = {word: tag for tag, words in TAGS.items() for word in words.split()}
MARKUP = re.compile(r"\[([^\]|]+)\|(\w+)\]|([{}<>])|(\w[\w-]*(?:[.](?=\w)\w[.]?)*|['’]s\b|\S)")
PLURALS = {"officials": "official", "engineers": "engineer", "residents": "resident", "sides": "side", "aides": "aide",
           "senators": "senator", "people": "people", "figures": "figure"}  # fmt: skip


def read(marked: str) -> tuple[str, Reading, list[tuple[int, int, str]], list[Attribution]]:
    """Return what a marked text stands for: ``[name|TYPE]``, ``{source}``, ``<its content>``."""
    text, words, entities, sources, contents = "", [], [], [], []
    sentence, opened = 0, {}
    position = 0
    for found in MARKUP.finditer(marked):
        gap = marked[position : found.start()]
        position = found.end()
        text += gap
        if "\n" in gap and words:
            sentence += 1
        if found[3]:
            if found[3] in "{<":
                opened[found[3]] = len(text)
            else:
                start = opened["{" if found[3] == "}" else "<"]
                (sources if found[3] == "}" else contents).append(Span(start, len(text)))
            continue
        pieces = found[1].split() if found[1] else [found[4]]
        begun = len(text)
        for number, piece in enumerate(pieces):
            text += " " if number else ""
            lower = piece.lower()
            tag = "PROPN" if found[1] else UPOS.get(lower)
            if tag is None:
                tag = "PUNCT" if not piece[0].isalnum() and piece not in ("'s", "’s") else "NOUN"
                tag = "PART" if piece in ("'s", "’s") else tag
                if piece[:1].isupper() and words and words[-1].text not in (".", "“") and lower not in PLURALS:
                    tag = "PROPN"
            words.append(Word(Span(len(text), len(text) + len(piece)), piece, PLURALS.get(lower, lower), tag, sentence))
            text += piece
        if found[1]:
            entities.append((begun, len(text), found[2]))
        if found[4] in (".", "?"):
            sentence += 1
    text += marked[position:]
    attributions = []
    for place, source in enumerate(sources):
        content = (contents[place],) if place < len(contents) else ()
        attributions.append(Attribution((Span(source.end, source.end + 1),), content, (source,)))
    return text, Reading(text, words), entities, attributions


def speakers_of(marked: str, aliases: tuple[Alias, ...] = ()) -> list[tuple[Speaker, ...]]:
    """Return the speakers of each source of a marked text."""
    text, reading, entities, attributions = read(marked)
    return [r.speakers for r in resolve(Article("a", text), reading, entities, attributions, aliases)]


HAYDAY = "[Serhiy Hayday|PERSON], the governor of [Luhansk|GPE], met residents. "
NEHAMMER = "[Austrian|NORP] Chancellor [Karl Nehammer|PERSON] met [Vladimir Putin|PERSON]. "
TWO_BERGS = "[Jon Berg|PERSON] left. [Eva Berg|PERSON] left. "


@pytest.mark.parametrize(
    ("marked", "name", "kind"),
    [
        # Names.
        ("{[Serhiy Hayday|PERSON], the governor of [Luhansk|GPE]}, said so.", "Serhiy Hayday", "person"),
        (HAYDAY + "{[Hayday|PERSON]} said so.", "Serhiy Hayday", "person"),
        (HAYDAY + "{Hayday} said so.", "Serhiy Hayday", "person"),
        ("{[British|NORP] Prime Minister [Boris Johnson|PERSON]} said so.", "Boris Johnson", "person"),
        ("{the foreign minister, [Jonas Reddick|PERSON]}, said so.", "Jonas Reddick", "person"),
        ("{an inspector from the [Safety Office|ORG], [Samuel Oduya|PERSON]}, said so.", "Samuel Oduya", "person"),
        ("[Anna Lund|PERSON] left. {Mrs. [Lund|PERSON]} said so.", "Anna Lund", "person"),
        (TWO_BERGS + "{[Berg|PERSON]} said so.", "Berg", "person"),
        (TWO_BERGS + "{Mrs. [Berg|PERSON]} said so.", "Eva Berg", "person"),
        ("{[Oregon State Police Lt. Doe|ORG]} said so.", "Doe", "person"),
        ('{[Walter|PERSON] "Sparks" [Minton|PERSON]} said so.', "Walter Minton", "person"),
        ("[Walter|PERSON] (Sparks) [Minton|PERSON] left. {[Minton|PERSON]} said so.", "Walter Minton", "person"),
        ("[Halden|ORG] “Sea” [Marine|ORG] left. {[Halden|ORG]} said so.", "Halden", "organisation"),
        ("[Halden Chemicals|ORG] left. {[Halden|PERSON]} said so.", "Halden Chemicals", "organisation"),
        # A surname is a person's where a title stands before it, or it names somebody's campaign.
        ("President [Roe|PERSON] left. [Roe|ORG] met residents. {[Roe|ORG]} said so.", "Roe", "person"),
        ("[Roe Truthers|ORG] met. Senator [Roe|PERSON] left. {[Roe|PERSON]} said so.", "Roe", "person"),
        ("The [Roe|ORG] administration met. {[Roe|ORG]} said so.", "Roe", "person"),
        ("The [Roe|ORG] campaign met. [Roe|PERSON] left. {[Roe|ORG]} said so.", "Roe", "person"),
        ("The [Acme|ORG] team met. {[Acme|ORG]} said so.", "Acme", "organisation"),
        ("President [Russia|GPE] met. {[Russia|GPE]} said so.", "Russia", "government"),
        ("[Ann Jordan|PERSON] met residents. {[Jordan|GPE]} said so.", "Ann Jordan", "person"),
        ("[Ann Jordan|PERSON] heard from [Jordan|GPE]. {[Jordan|GPE]} said so.", "Ann Jordan", "person"),
        ("[Ann Jordan|PERSON] met residents in [Jordan|GPE]. {[Jordan|GPE]} said so.", "Jordan", "government"),
        ("[Omar al-Rahim|PERSON] left. {[Rahim|ORG]} said so.", "Omar al-Rahim", "person"),
        ("[Acme Sea|ORG] left. [Acme Sea Marine|ORG] left. {[Acme Sea|ORG]} said so.", "Acme Sea", "organisation"),
        ("The [Process Industry League|ORG] left. {The [PIL|ORG]} said so.", "Process Industry League", "organisation"),
        # Places and bodies.
        ("{[Kyiv|GPE]} admitted it.", "Ukraine", "government"),
        ("{[Moscow|GPE]} wants it.", "Russia", "government"),
        ("{[Britain|GPE]} estimated it.", "Britain", "government"),
        ("{The [Kremlin|FAC]} said so.", "Kremlin", "government"),
        ("{[Downing Street|FAC]} said so.", "Downing Street", "government"),
        ("{The [White House|ORG]} said so.", "White House", "government"),
        ("{[Brussels|GPE]} warned of it.", "European Union", "government"),
        ("{[Russia|GPE]'s [Defense Ministry|ORG]} said so.", "Russia's Defense Ministry", "government"),
        ("{the [British|NORP] [Defense Ministry|ORG]} said so.", "British Defense Ministry", "government"),
        ("{The [Estmark|ORG] government} said so.", "Estmark", "government"),
        ("{a [Kremlin|ORG] statement} said so.", "Kremlin", "government"),
        # Pronouns.
        (HAYDAY + "{He} said so.", "Serhiy Hayday", "person"),
        (
            "{[Boris Johnson|PERSON]} wants it.\n“I'm afraid that [Putin|PERSON] is ahead,” {he} told [Bloomberg|ORG].",
            "Boris Johnson",
            "person",
        ),
        ("{[Anna Lund|PERSON]} met [Karl Holm|PERSON]. {She} said so.", "Anna Lund", "person"),
        ("[Anna Lund|PERSON] met [Karl Holm|PERSON]. {He} said so.", "Karl Holm", "person"),
        ("{[Halden Chemicals|ORG]} denied it. {It} said so.", "Halden Chemicals", "organisation"),
        ("{Two engineers at the dam} said so. {They} added more.", "two engineers at the dam", "anonymous"),
        ("[Karl Nehammer|PERSON], {who} spoke later, left.", "Karl Nehammer", "person"),
        ("{[Anna Lund|PERSON]} said so: <“It is a shame {I} say”>.", "Anna Lund", "person"),
        # Descriptions.
        (NEHAMMER + "{The [Austrian|NORP] leader} said so.", "Karl Nehammer", "person"),
        (HAYDAY + "[Anna Lund|PERSON] left. {The governor} said so.", "Serhiy Hayday", "person"),
        ("{Minister} warned of it\n\nTransport Minister [Hugo Delacort|PERSON] spoke.", "Hugo Delacort", "person"),
        ("{[Halden|ORG]} denied it. [Anna Lund|PERSON] left. {The company} said so.", "Halden", "organisation"),
        ("[Eastmere Hospital|ORG] opened. {The hospital} said so.", "Eastmere Hospital", "organisation"),
        ("{[Ann Roe|PERSON]'s government} left. {The government} said so.", "Ann Roe's government", "government"),
        ("{[Ann Roe|PERSON]'s government} left. {The new government} said so.", "new government", "government"),
        ("{A clerk at the [Halden Times|ORG]} said so.", "clerk at the Halden Times", "anonymous"),
        ("{[Hugo Delacort|PERSON]'s spokesman} said so.", "Hugo Delacort's spokesman", "anonymous"),
        ("{Officials} said so.", "officials", "anonymous"),
        ("{both sides} say so.", "both sides", "anonymous"),
        ("{Many} say so.", "many", "anonymous"),
        ("{The [British|NORP] intelligence report} estimated it.", "British intelligence report", "document"),
        ("{A report by the [Velm Desk|ORG]} found it. {The report} said so.", "report by the Velm Desk", "document"),
        ("{I} found it.", "the author", "anonymous"),
    ],
)  # fmt: skip
def test_source_means(marked: str, name: str, kind: str) -> None:
    speaker = speakers_of(marked)[-1][0]
    assert (speaker.name, speaker.kind) == (name, kind), speaker


@pytest.mark.parametrize("line", ["By [Karl Holm|PERSON]", "[Karl Holm|PERSON]"])
def test_who_wrote_the_article_is_not_spoken_of(line: str) -> None:
    assert speakers_of(f"{line}\n\nResidents met. {{He}} said so.") == [()]
    (speaker,) = speakers_of(f"Opened\n\n{line} opened the dam.\n\nResidents met. {{He}} said so.")[0]
    assert speaker.name == "Karl Holm"


@pytest.mark.parametrize(
    "marked",
    ["{He} said so.", "{They} said so.", "{you} said so.", "[Anna Lund|PERSON] left. {He} said so.", "", "{.}"],
)
def test_text_that_supports_nobody_gives_nobody(marked: str) -> None:
    found = speakers_of(marked)
    assert not found or found[-1] == () or (found[-1][0].kind == "anonymous" and not found[-1][0].role)


@pytest.mark.parametrize(
    ("marked", "names"),
    [
        ("{[Anna Lund|PERSON] and [Karl Holm|PERSON]} said so.", ["Anna Lund", "Karl Holm"]),
        ("{[Anna Lund|PERSON] and [Karl Holm|PERSON]} said so. {They} added more.", ["Anna Lund", "Karl Holm"]),
        ("{[Anna Lund|PERSON], [Karl Holm|PERSON]} spoke.", ["Anna Lund", "Karl Holm"]),
        ("{[Karl Holm|PERSON]} left. {he and [Anna Lund|PERSON]} spoke.", ["Karl Holm", "Anna Lund"]),
        ("{Residents of [Norland|GPE] and [Varnia|GPE]} said so.", ["residents of Norland and Varnia"]),
    ],
)
def test_coordinated_sources_are_several_speakers(marked: str, names: list[str]) -> None:
    assert [speaker.name for speaker in speakers_of(marked)[-1]] == names


def test_full_mention_gives_role_and_affiliation_to_later_short_ones() -> None:
    (speaker,) = speakers_of(HAYDAY + "{Hayday} said so.")[0]
    assert (speaker.role, speaker.affiliation, speaker.mention) == ("governor of Luhansk", "Luhansk", "Hayday")
    assert speaker.resolved_by == "full name in the article"


@pytest.mark.parametrize(
    ("marked", "whole"),
    [
        ("{The [Kremlin|FAC]} said so.", "Russia"),
        ("{the [British|NORP] [Defense Ministry|ORG]} said so.", "Britain"),
        ("{[Austrian|NORP] Chancellor [Karl Nehammer|PERSON]} said so.", "Austria"),
        ("{A spokesman for [Halden Chemicals|ORG]} said so.", "Halden Chemicals"),
    ],
)
def test_voice_of_a_body_is_linked_to_it(marked: str, whole: str) -> None:
    assert speakers_of(marked)[0][0].part_of == speaker_id(whole)


@pytest.mark.parametrize(
    "marked",
    [
        "{A critic of [Halden Chemicals|ORG]} said so.",
        "{former [Austrian|NORP] Chancellor [Karl Nehammer|PERSON]} said so.",
    ],
)
def test_who_is_no_voice_of_a_body_is_not_linked(marked: str) -> None:
    speaker = speakers_of(marked)[0][0]
    assert speaker.part_of is None and speaker.affiliation


def test_pronoun_tells_what_was_weighed() -> None:
    marked = "{[Anna Lund|PERSON]} met [Eva Holm|PERSON]. {She} said so."
    (speaker,) = speakers_of(marked)[-1]
    assert speaker.resolved_by == "pronoun: who spoke last"
    assert speaker.alternatives == ("Eva Holm",)
    assert speaker.reasons[0].startswith("Anna Lund ") and "spoke last" in speaker.reasons[0]
    assert 0.5 < speaker.confidence < 1


def test_person_spoken_of_inside_the_quotation_is_not_its_speaker() -> None:
    marked = "[Anna Lund|PERSON] left. <“[Eva Holm|PERSON] is late,”> {she} said."
    assert speakers_of(marked)[-1][0].name == "Anna Lund"


def test_unnamed_speakers_of_two_articles_are_two() -> None:
    text, reading, entities, attributions = read("{Officials} said so.")
    ids = {resolve(Article(number, text), reading, entities, attributions)[0].speakers[0].id for number in ("a", "b")}
    assert len(ids) == 2


def test_aliases_of_a_user_win_over_the_tables() -> None:
    alias = Alias("Kremlin", "Presidential Administration", "organisation", "Russia")
    (speaker,) = speakers_of("{The [Kremlin|FAC]} said so.", (alias,))[0]
    assert (speaker.name, speaker.kind, speaker.part_of) == (
        "Presidential Administration", "organisation", speaker_id("Russia"),
    )  # fmt: skip


def test_article_without_words_has_no_speakers() -> None:
    assert resolve(Article("a", ""), Reading("", []), [], []) == []


def test_who_is_accused_is_spoken_of_by_the_article_itself() -> None:
    marked = "[Karl Holm|PERSON] said so.\n\n[Jon Berg|PERSON] was accused of lying. He left."
    text, reading, entities, _ = read(marked)
    words = {word.text: number for number, word in enumerate(reading.words)}
    reading = Reading(text, [
        replace(word, relation="nsubj:pass", head=words["accused"]) if word.text == "Berg" else word
        for word in reading.words
    ])  # fmt: skip

    def span(first: str, last: str = "") -> Span:
        return reading.span(words[first], words[last or first] + 1)

    made = [
        Attribution((span("said"),), (), (span("Karl", "Holm"),)),
        Attribution((span("accused"),), (span("Jon", "Berg"), span("lying"))),
        Attribution((span("left"),), (), (span("He"),)),
    ]
    assert resolve(Article("a", text), reading, entities, made)[-1].speakers[0].name == "Jon Berg"
