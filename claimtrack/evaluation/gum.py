"""Pronouns against GUM: for each he and she of its news documents, is it given to the right person?

GUM (Zeldes, *The GUM Corpus*, LRE 2017) marks coreference in the MISC column of its treebank
(``Entity=(7-person-...``). Texts are put together from its sentences, a blank line between paragraphs, and read
from scratch with claimtrack's own models; nothing but the text is taken from the gold.

A pronoun is right when the entity it is given to has more mentions, of those that are names or descriptions,
where the gold entity has one than where any other has one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claimtrack.errors import GoldError
from claimtrack.model import Article, Span
from claimtrack.speakers.places import gazetteer
from claimtrack.speakers.reader import Reader
from claimtrack.speakers.reading import reading_of
from claimtrack.speakers.story import Utterance
from claimtrack.speakers.vocabulary import HE, SHE

PARTS = ("dev.conllu", "test.conllu")

_ENTITY = re.compile(r"(?:^|\|)Entity=([^|]*)")
_BRACKET = re.compile(r"\(([^()]+)\)?|([^()]*)\)")


@dataclass(frozen=True)
class Marked:
    """One gold mention: its place, its entity, and the entity's type."""

    place: Span
    entity: str
    type: str


@dataclass(frozen=True)
class CoreferenceArticle:
    """A document with its mentions."""

    article: Article
    mentions: tuple[Marked, ...]


def read_gum(folder: Path, genre: str = "news", parts: Iterable[str] = PARTS) -> list[CoreferenceArticle]:
    """Read the documents of a genre from GUM's treebank files.

    Raises:
        GoldError: when a file is missing or is no treebank with entities.
    """
    found = []
    for part in parts:
        try:
            lines = (folder / part).read_text(encoding="utf-8").split("\n")
            found += [d for d in _documents(lines) if d.article.id.startswith(f"GUM_{genre}")]
        except (OSError, ValueError, IndexError, KeyError) as error:
            raise GoldError(f"{folder / part}: cannot be read as GUM ({type(error).__name__}: {error})") from error
    if not found:
        raise GoldError(f"{folder}: no documents of the genre {genre!r} there")
    return found


def pronouns_right(gold: CoreferenceArticle, document: Any) -> tuple[int, int]:
    """Return how many he and she for a person an article has, and how many of them are given to the right one.

    Args:
        gold: the article with its mentions.
        document: its ``stanza`` Document with entities and attributions.
    """
    text = gold.article.text
    reading = reading_of(text, document.sentences)
    entities = [(e.start_char, e.end_char, e.type) for e in document.entities or []]
    utterances = [Utterance(a.source, a.cue, a.content) for a in document.attributions]
    reader = Reader(reading, entities, gazetteer(), utterances)
    reader.read()
    seen = right = 0
    for mark in gold.mentions:
        if mark.type != "person" or mark.place.of(text).lower() not in HE | SHE:
            continue
        if sum(m.entity == mark.entity for m in gold.mentions) < 2:
            continue
        seen += 1
        found = reader.pronouns.get(reading.at(mark.place.start))
        if found is None:
            continue
        votes: Counter[str] = Counter()
        for mention in reader.discourse.mentions_of(found.entity):
            if mention.end > mention.word and mention.form.lower() not in HE | SHE:
                place = reading.span(mention.word, mention.end)
                votes.update({m.entity for m in gold.mentions if _same(place, m.place)})
        best = votes.most_common(2)
        right += bool(best) and best[0][0] == mark.entity and (len(best) < 2 or best[0][1] > best[1][1])
    return seen, right


def _same(a: Span, b: Span) -> bool:
    shared = min(a.end, b.end) - max(a.start, b.start)
    return shared > 0 and (a.end == b.end or a.start == b.start) and 3 * shared >= max(len(a), len(b))


def _documents(lines: Iterable[str]) -> Iterator[CoreferenceArticle]:
    name, text, words, new = "", "", [], True
    open_: dict[str, list[tuple[int, str]]] = {}
    mentions: list[Marked] = []
    for line in lines:
        if line.startswith("# newdoc id = "):
            if name:
                yield CoreferenceArticle(Article(name, text, path=name), tuple(mentions))
            name, text, mentions, open_ = line.partition(" = ")[2].strip(), "", [], {}
        elif line.startswith("# newpar"):
            new = True
        elif line.startswith("# text = "):
            text += ("\n\n" if new else " ") if text else ""
            words, new = [len(text), 0], False
            text += line.partition(" = ")[2]
        elif line[:1].isdigit():
            columns = line.split("\t")
            if "." in columns[0]:
                continue  # a word that is understood, not written
            if "-" in columns[0]:
                start, end = _placed(columns[1], text, words)
                words = [words[0], end, int(columns[0].partition("-")[2]), start]
                continue
            if len(words) == 4 and int(columns[0]) <= words[2]:
                start, end = words[3], words[1]
            else:
                start, end = _placed(columns[1], text, words)
                words = [words[0], end]
            entity = _ENTITY.search(columns[9])
            for bracket in _BRACKET.finditer(entity[1] if entity else ""):
                if bracket[1]:
                    number, kind = bracket[1].split("-")[:2]
                    open_.setdefault(number, []).append((start, kind))
                if bracket[0].endswith(")"):
                    number = (bracket[1] or bracket[2]).partition("-")[0]
                    begun, kind = open_[number].pop()
                    mentions.append(Marked(Span(begun, end), number, kind))
    if name:
        yield CoreferenceArticle(Article(name, text, path=name), tuple(mentions))


def _placed(form: str, text: str, words: list[int]) -> tuple[int, int]:
    start = text.index(form, words[1] or words[0])
    return start, start + len(form)
