"""What tests share beside fixtures: documents parsed by hand, claims made by hand, and where corpora lie."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from claimtrack.errors import InputError
from claimtrack.model import (
    Article,
    Attribution,
    Claim,
    Relation,
    Span,
    Speaker,
    article_id,
    claim_id,
    speaker_id,
)

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
"""Corpora beside the checkout; they are no part of the project, and tests that want them skip without."""

BRANDT = Speaker("s_1", "Ida Brandt", "person", "safety chief", "Ida Brandt", "name", alternatives=("Ann Roe", "B"))
"""Who speaks in :data:`CLAIM`."""

CLAIM = Claim(
    id="c_1",
    article=Article("a_1", '"No," said Ida Brandt, "never."', "Coast Courier", "Cranes", "https://courier.example/1",
                    datetime.date(2022, 5, 28), "a.txt"),
    attribution=Attribution((Span(6, 10),), (Span(0, 5), Span(23, 31)), (Span(11, 21),), kind="direct", confidence=0.9),
    speaker=BRANDT, proposition='"No, never."', said_on=datetime.date(2022, 5, 27), said_on_precision="day",
    addressee="Bloomberg",
)  # fmt: skip
"""A claim in two pieces, with everything known about it."""

DENIAL = Claim(
    id="c_2",
    article=Article("a_2", "Officials denied that the cranes had failed.", "Meridian Wire", path="b.txt"),
    attribution=Attribution((Span(10, 16),), (Span(17, 43),), (Span(0, 9),), commitment="denied"),
    speaker=Speaker("s_2", "Officials", "anonymous", mention="Officials"),
    topic="the cranes",
)
"""A claim by somebody unnamed, without a date."""

RELATION = Relation(
    "r_1", "contradicts", CLAIM, DENIAL, 0.91, "One says never, the other denies it.", {"polarity": -1, "cue": "denied"}
)


def document(text: str, conllu: str) -> Any:
    """Return a Stanza document: a text, rows ``form lemma upos head deprel``, a blank line between sentences."""
    from stanza.models.common.doc import Document

    sentences, position = [], 0
    for block in conllu.strip().split("\n\n"):
        sentence = []
        for number, line in enumerate(block.strip().splitlines(), start=1):
            form, lemma, upos, head, deprel = line.split()
            start = text.index(form, position)
            position = start + len(form)
            sentence.append(
                {"id": number, "text": form, "lemma": lemma, "upos": upos, "head": int(head), "deprel": deprel,
                 "start_char": start, "end_char": position}
            )  # fmt: skip
        sentences.append(sentence)
    return Document(sentences, text=text)


_MARK = re.compile(r"\{([SCT]) |\}")


def marked(words: str) -> tuple[str, Attribution]:
    """Return a text without its marks, and the attribution that they mark.

    ``{S ...}`` is the source, ``{C ...}`` the cue, ``{T ...}`` the content, each in as many pieces as it has.
    """
    text, position, opened = "", 0, ("", 0)
    spans: dict[str, list[Span]] = {"S": [], "C": [], "T": []}
    for mark in _MARK.finditer(words):
        text += words[position : mark.start()]
        position = mark.end()
        if mark[1]:
            opened = (mark[1], len(text))
        else:
            spans[opened[0]].append(Span(opened[1], len(text)))
    text += words[position:]
    return text, Attribution(tuple(spans["C"]), tuple(spans["T"]), tuple(spans["S"]))


class SayingExtractor:
    """Finds ``Name said: words`` on each line, so that tests of what happens to claims load no models."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def extract_all(self, articles: Iterable[Article]) -> Iterator[tuple[Article, list[Claim] | Exception]]:
        for article in articles:
            self.seen.append(article.id)
            if "unreadable" in article.text:
                yield article, InputError(f"{article.path}: cannot be analysed")
            else:
                yield article, sayings(article)


def sayings(article: Article) -> list[Claim]:
    """Return one claim for each line ``Name said: words``."""
    claims = []
    for match in re.finditer(r"^(.+?) (said|denied): (.+)$", article.text, flags=re.MULTILINE):
        source, cue, content = (Span(*match.span(n)) for n in (1, 2, 3))
        name = match[1]
        attribution = Attribution(
            (cue,), (content,), (source,), commitment="denied" if match[2] == "denied" else "neutral"
        )
        speaker = Speaker(speaker_id(name), name, "person", mention=name, resolved_by="name")
        claims.append(Claim(claim_id(article.id, (cue,), (content,)), article, attribution, speaker, match[3]))
    return claims


def saying(text: str, **facts: Any) -> Article:
    """Return an article with a text, whose id is that of the text unless ``facts`` say otherwise."""
    return Article(**{"id": article_id(text), "text": text, **facts})
