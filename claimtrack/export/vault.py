"""Claims as a vault: a folder of Markdown notes, one a speaker, a topic and an article, linked to each other.

Links are relative Markdown links, not ``[[...]]``: Obsidian follows them, draws its graph from them and lists
backlinks all the same, while GitHub, editors and converters know no other; and they need no name that is unique in
the whole vault.
"""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from claimtrack.export.filenames import Names
from claimtrack.export.linked import web_address
from claimtrack.export.markdown import escaped, front_matter, link
from claimtrack.model import Article, Claim, Relation, Spans, Speaker

_UNKNOWN_DAY = "undated"


@dataclass(frozen=True)
class _Entry:
    """What the notes tell of a claim; the article's text is let go."""

    id: str
    article: str
    speaker: str | None
    speaker_name: str
    with_speakers: tuple[tuple[str, str], ...]
    topic: str | None
    day: str
    cue: str
    said: str
    details: str
    via: str | None


class VaultWriter:
    """Holds a few lines a claim, and writes the notes at the end, when every link is known."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._claims: dict[str, _Entry] = {}
        self._articles: dict[str, Article] = {}
        self._speakers: dict[str, Speaker] = {}
        self._relations: dict[str, list[tuple[str, _Entry, str]]] = defaultdict(list)

    def write(self, claim: Claim) -> None:
        self._claims[claim.id] = _entry(claim)
        if claim.article.id not in self._articles:
            self._articles[claim.article.id] = replace(claim.article, text="")
        for speaker in (claim.speaker, *claim.co_speakers) if claim.speaker else ():
            self._speakers.setdefault(speaker.id, speaker)

    def write_relation(self, relation: Relation) -> None:
        note = f"{relation.reason} ({relation.status}, {relation.score:.2f})".strip()
        self._relations[relation.a.id].append((relation.kind, _entry(relation.b), note))
        self._relations[relation.b.id].append((f"{relation.kind} (from the other side)", _entry(relation.a), note))

    def write_speaker(self, speaker: Speaker, claims: int) -> None:
        self._speakers[speaker.id] = speaker

    def write_article(self, article: Article, claims: int) -> None:
        self._articles[article.id] = article

    def finish(self) -> None:
        self._paths = self._named()
        groups: dict[tuple[str, str], list[_Entry]] = defaultdict(list)
        for entry in self._claims.values():
            groups["article", entry.article].append(entry)
            if entry.speaker is not None:
                for identifier in dict.fromkeys([entry.speaker, *(other for other, _ in entry.with_speakers)]):
                    groups["speaker", identifier].append(entry)
            if entry.topic is not None:
                groups["topic", entry.topic].append(entry)
        for article in self._articles.values():
            self._write("article", article.id, self._article_note(article, groups["article", article.id]))
        for speaker in self._speakers.values():
            self._write("speaker", speaker.id, self._speaker_note(speaker, groups["speaker", speaker.id]))
        topics = [name for kind, name in groups if kind == "topic"]
        for topic in topics:
            self._write("topic", topic, self._topic_note(topic, groups["topic", topic]))
        (self._folder / "index.md").write_text(self._index(), encoding="utf-8", errors="backslashreplace", newline="\n")

    def _named(self) -> dict[tuple[str, str], str]:
        """Give each note its path within the vault."""
        paths = {}
        names = {kind: Names() for kind in ("speaker", "topic", "article")}
        for speaker in self._speakers.values():
            paths["speaker", speaker.id] = f"speakers/{names['speaker'].give(speaker.name, speaker.id)}.md"
        for topic in dict.fromkeys(entry.topic for entry in self._claims.values() if entry.topic is not None):
            paths["topic", topic] = f"topics/{names['topic'].give(topic, topic)}.md"
        for article in self._articles.values():
            stem = names["article"].give(f"{_day(article.published)} {_title(article)}", article.id)
            paths["article", article.id] = f"articles/{stem}.md"
        return paths

    def _write(self, kind: str, identifier: str, note: str) -> None:
        path = self._folder / self._paths[kind, identifier]
        path.parent.mkdir(exist_ok=True)
        # Line ends are the same everywhere, so that a vault under version control is.
        path.write_text(note, encoding="utf-8", errors="backslashreplace", newline="\n")

    def _article_note(self, article: Article, entries: list[_Entry]) -> str:
        head = front_matter({
            "type": "article", "id": article.id, "title": article.title, "outlet": article.outlet,
            "published": article.published.isoformat() if article.published else None, "url": article.url,
            "claims": len(entries),
        })  # fmt: skip
        address = web_address(article.url)
        facts = [article.outlet and escaped(article.outlet), article.published and article.published.isoformat(),
                 address and f"<{address}>"]  # fmt: skip
        lines = [head, f"# {escaped(_title(article))}", "", " · ".join(map(str, filter(None, facts))), ""]
        for entry in entries:
            # The id is the heading because links to a heading work in every program.
            lines += [
                f"### {_heading(entry.id)}",
                "",
                self._introduced(entry),
                "",
                f"> {entry.said}",
                "",
                f"- {entry.details}",
            ]
            if entry.topic is not None:
                lines.append(f"- topic: {self._link('topic', entry.topic, entry.topic)}")
            lines += [*self._relatives(entry), ""]
        return "\n".join(lines)

    def _introduced(self, entry: _Entry) -> str:
        name = entry.speaker_name
        who = escaped(name) if entry.speaker is None else self._link("speaker", entry.speaker, name)
        names = " and ".join([who, *(self._link("speaker", *other) for other in entry.with_speakers)])
        return f"{names} {entry.cue}:" if entry.cue else f"{names}:"

    def _relatives(self, entry: _Entry) -> Iterable[str]:
        if entry.via in self._claims:
            yield f"- told by: {self._claim_link(self._claims[entry.via])}"
        for kind, other, note in self._relations[entry.id]:
            if other.id in self._claims:
                yield f"- **{kind}**: {self._claim_link(self._claims[other.id])}: {escaped(note)}"
            else:
                # The claims were chosen, and this one was not: it has no place to link to.
                yield f"- **{kind}**: {escaped(other.speaker_name)}, {other.day}: {other.said}: {escaped(note)}"

    def _speaker_note(self, speaker: Speaker, entries: list[_Entry]) -> str:
        head = front_matter({
            "type": "speaker", "id": speaker.id, "name": speaker.name, "kind": speaker.kind, "role": speaker.role,
            "affiliation": speaker.affiliation, "claims": len(entries),
        })  # fmt: skip
        facts = [fact for fact in (speaker.kind, speaker.role, speaker.affiliation) if fact]
        lines = [head, f"# {escaped(speaker.name)}", "", escaped(", ".join(facts)), ""]
        if ("speaker", speaker.part_of) in self._paths:
            body = self._speakers[str(speaker.part_of)]
            lines += [f"Part of {self._link('speaker', body.id, body.name)}.", ""]
        return "\n".join([*lines, *self._timeline(entries, with_speaker=False), ""])

    def _topic_note(self, topic: str, entries: list[_Entry]) -> str:
        head = front_matter({"type": "topic", "name": topic, "claims": len(entries)})
        return "\n".join([head, f"# {escaped(topic)}", "", *self._timeline(entries, with_speaker=True), ""])

    def _timeline(self, entries: list[_Entry], with_speaker: bool) -> Iterable[str]:
        for entry in sorted(entries, key=lambda entry: (entry.day == _UNKNOWN_DAY, entry.day)):
            place = link(entry.day, f"../{self._paths['article', entry.article]}", entry.id)
            head = self._introduced(entry) if with_speaker else f"{entry.cue}:" if entry.cue else ""
            yield " ".join(filter(None, ("-", place, head, entry.said)))
            yield from (f"  {relative}" for relative in self._relatives(entry))

    def _index(self) -> str:
        lines = ["# Claims", "", f"Claims: {len(self._claims)}. Articles: {len(self._articles)}.", ""]
        for kind, heading in (("topic", "Topics"), ("speaker", "Speakers"), ("article", "Articles")):
            own = sorted((path for (kind_, _), path in self._paths.items() if kind_ == kind), key=str.casefold)
            if own:
                lines += [f"## {heading}", "", *(f"- {link(Path(path).stem, path)}" for path in own), ""]
        return "\n".join(lines)

    def _link(self, kind: str, identifier: str, text: str) -> str:
        return link(text, f"../{self._paths[kind, identifier]}")

    def _claim_link(self, entry: _Entry) -> str:
        return link(f"{entry.speaker_name}, {entry.day}", f"../{self._paths['article', entry.article]}", entry.id)


def _entry(claim: Claim) -> _Entry:
    attribution = claim.attribution
    content = claim.proposition or claim.content_text
    details: list[str] = [attribution.kind, attribution.attitude, attribution.commitment]
    if claim.addressee:
        details.append(f"to {claim.addressee}")
    details.append(f"characters {_offsets(attribution.content)}")
    return _Entry(
        id=claim.id,
        article=claim.article.id,
        speaker=claim.speaker.id if claim.speaker else None,
        speaker_name=claim.speaker.name if claim.speaker else claim.source_text or "(no source)",
        with_speakers=tuple((other.id, other.name) for other in claim.co_speakers) if claim.speaker else (),
        topic=claim.topic,
        day=_day(claim.said_on or claim.article.published),
        cue=escaped(claim.cue_text),
        said=escaped(content) if content else "(text left out)",
        details=escaped(", ".join(details)),
        via=claim.via,
    )


def _heading(identifier: str) -> str:
    """Leave our own ids as they are, so that programs which compare the source of headings find them."""
    return identifier if re.fullmatch(r"[A-Za-z0-9]+(_[A-Za-z0-9]+)*", identifier) else escaped(identifier)


def _day(day: datetime.date | None) -> str:
    return day.isoformat() if day else _UNKNOWN_DAY


def _title(article: Article) -> str:
    name = Path(article.path).name if article.path else ""
    return article.title or re.sub(r"\.[a-z]{1,5}$", "", name) or article.id


def _offsets(spans: Spans) -> str:
    return ";".join(f"{span.start}-{span.end}" for span in spans)
