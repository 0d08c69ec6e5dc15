"""The Markdown vault: notes that link to each other, names that every file system takes, text that stays text."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from support import BRANDT, CLAIM, DENIAL, RELATION

from claimtrack.errors import InputError
from claimtrack.export import Export, write_export
from claimtrack.export.clean import clean
from claimtrack.export.filenames import MAX_BYTES, Names, safe_stem
from claimtrack.export.markdown import escaped, front_matter
from claimtrack.model import Speaker

EXPORT = Export([CLAIM, DENIAL], relations=[RELATION])


def notes(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*.md")}


def written(tmp_path: Path, export: Export) -> dict[str, str]:
    assert write_export("vault", export, tmp_path / "vault") == ()
    return notes(tmp_path / "vault")


def test_a_note_a_speaker_a_topic_and_an_article(tmp_path: Path) -> None:
    assert set(written(tmp_path, EXPORT)) == {
        "index.md", "speakers/Ida Brandt.md", "speakers/Officials.md", "topics/the cranes.md",
        "articles/2022-05-28 Cranes.md", "articles/undated b.md",
    }  # fmt: skip


def test_every_link_leads_to_a_note_and_every_anchor_to_a_heading(tmp_path: Path) -> None:
    pages = written(tmp_path, replace(EXPORT, claims=[CLAIM, replace(DENIAL, via="c_1")]))
    count = 0
    for name, text in pages.items():
        for address, anchor in re.findall(r"\]\(([^)#]+)(?:#([^)]+))?\)", text):
            path = (Path("/") / name).parent / unquote(address)
            target = pages[str(Path(*_resolved(path)))]
            assert not anchor or f"### {unquote(anchor)}\n" in target
            count += 1
    assert count >= 15


def _resolved(path: Path) -> list[str]:
    parts: list[str] = []
    for part in path.parts[1:]:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return parts


def test_article_note_tells_who_says_what_and_what_others_say_to_it(tmp_path: Path) -> None:
    note = written(tmp_path, EXPORT)["articles/2022-05-28 Cranes.md"]
    assert '[Ida Brandt](../speakers/Ida%20Brandt.md) said:\n\n> "No, never."' in note
    assert "- direct, statement, neutral, to Bloomberg, characters 0-5;23-31" in note
    assert (
        "- **contradicts**: [Officials, undated](../articles/undated%20b.md#c_2): "
        "One says never, the other denies it. (suggested, 0.91)"
    ) in note


def test_speaker_note_lists_claims_by_day(tmp_path: Path) -> None:
    early = replace(CLAIM, id="c_0", said_on=CLAIM.said_on and CLAIM.said_on.replace(year=2020))
    lines = written(tmp_path, Export([CLAIM, early]))["speakers/Ida Brandt.md"].splitlines()
    assert [line[3:13] for line in lines if line.startswith("- [")] == ["2020-05-27", "2022-05-27"]


def test_front_matter_is_for_programs() -> None:
    text = front_matter({"title": 'a: "b"\n---\n#x', "url": None, "claims": 2})
    assert text == '---\ntitle: "a: \\"b\\" --- #x"\nclaims: 2\n---\n'
    assert json.loads(text.splitlines()[1].partition(": ")[2]) == 'a: "b" --- #x'


ANY_TEXT = st.one_of(st.text(), st.text(st.sampled_from("#*_[]()<>!`\\~=+-.1: a\n|$%^&;/\"'")))


@given(ANY_TEXT)
@example("<script>alert(1)</script>")
@example("[x](javascript:alert(1))")
@example("1. one")
@example("---")
@example("&lt;b&gt;")
@example("    code")
def test_text_stays_text(text: str) -> None:
    """Whatever an article says, Markdown shows the same characters in one plain paragraph."""
    text = text.replace("\0", "")
    shown = MarkdownIt("commonmark").render(f"{escaped(text)}\n").rstrip("\n")
    if clean(text):
        assert shown.startswith("<p>") and shown.endswith("</p>") and "<" not in shown[3:-4]
        assert html.unescape(shown[3:-4]) == clean(text)


@pytest.mark.parametrize("text", ["https://evil.example", "www.evil.example", "mail a@b.example", "==x==", "%%x%%"])
def test_nothing_becomes_a_link_or_a_highlight_elsewhere(text: str) -> None:
    assert text not in escaped(text)


@pytest.mark.parametrize(
    ("text", "stem"),
    [
        ("../../etc/passwd", "etc-passwd"), ("..", "untitled"), ("", "untitled"), ("a/b\\c:d", "a-b-c-d"),
        ("CON", "_CON"), ("nul.txt", "_nul.txt"), ("com1", "_com1"), ("Console", "Console"), (".hidden", "hidden"),
        ("-rf", "rf"), ("end. ", "end"), ("a\0b\n c\u202e", "ab c"), ("What? <Why>", "What- -Why"),
        ("[[link|#x^y]]", "link--x-y"), ("Zoë", "Zoë"), ("C#", "C"),
    ],
)  # fmt: skip
def test_file_names_are_safe_everywhere(text: str, stem: str) -> None:
    assert safe_stem(text) == stem


@given(st.text())
def test_any_text_makes_a_file_name(text: str) -> None:
    stem = safe_stem(text)
    assert stem and len(stem.encode()) <= MAX_BYTES + 1 and not set(stem) & set('<>:"/\\|?*#^[]`\0')
    assert stem == stem.strip(" .") and Path(stem).name == stem


def test_names_that_a_file_system_takes_for_one_are_told_apart() -> None:
    names = Names()
    given_out = [names.give(text, str(number)) for number, text in enumerate(
        ["Ida Brandt", "IDA BRANDT", "Ida  Brandt", "Zoë", unicodedata.normalize("NFD", "Zoë"), "ﬁ", "fi", "ß", "SS"]
    )]  # fmt: skip
    assert given_out[0] == "Ida Brandt" and re.fullmatch(r"IDA BRANDT \([0-9a-f]{6}\)", given_out[1])
    assert len({unicodedata.normalize("NFKC", name.casefold()) for name in given_out}) == 9


def test_name_of_a_second_thing_hangs_on_its_id_alone() -> None:
    def second(*between: str) -> str:
        names = Names()
        for text in ("A", *between):
            names.give(text, text)
        return names.give("A", "s_7")

    assert second() == second("B") == second("a")


def test_namesakes_and_hostile_names_get_notes_of_their_own(tmp_path: Path) -> None:
    speakers = [replace(BRANDT, id="s_8"), Speaker("s_9", "../../../outside", "group"), Speaker("s_10", "aux", "group")]
    pages = written(tmp_path, Export([CLAIM], speakers=speakers))
    assert len([name for name in pages if name.startswith("speakers/")]) == 4
    assert "speakers/outside.md" in pages and "speakers/_aux.md" in pages
    assert [path.name for path in tmp_path.iterdir()] == ["vault"]


def test_html_in_every_field_is_only_text(tmp_path: Path) -> None:
    evil = "<img src=x onerror=alert(1)>"
    claim = replace(
        CLAIM, proposition=evil, addressee=evil, topic=evil, speaker=replace(BRANDT, name=evil, role=evil),
        article=replace(CLAIM.article, title=evil, outlet=evil, url=f"https://a.example/{evil}"),
    )  # fmt: skip
    relation = replace(RELATION, a=claim, reason=evil)
    for page in written(tmp_path, Export([claim, DENIAL], relations=[relation])).values():
        body = page.partition("\n---\n")[2] or page
        assert "<img" not in MarkdownIt("commonmark").render(body)


def test_a_folder_with_anything_in_it_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    folder.mkdir()
    (folder / "mine.md").write_text("mine")
    with pytest.raises(InputError, match="is there already; name a new or an empty folder"):
        write_export("vault", EXPORT, folder)
    assert notes(folder) == {"mine.md": "mine"}


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "vault").mkdir()
    assert "index.md" in written(tmp_path, EXPORT)


def test_folder_appears_only_when_complete(tmp_path: Path) -> None:
    def broken() -> object:
        yield CLAIM
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_export("vault", Export(broken()), tmp_path / "vault")  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_relation_to_a_claim_that_was_not_chosen_is_told_without_a_link(tmp_path: Path) -> None:
    page = written(tmp_path, Export([CLAIM], relations=[RELATION]))["speakers/Ida Brandt.md"]
    (line,) = [line for line in page.splitlines() if "**contradicts**" in line]
    assert "Officials, undated: that the cranes had failed" in line and "](" not in line


def test_joint_claim_is_in_the_notes_of_both(tmp_path: Path) -> None:
    other = Speaker("s_5", "Ola Lund", "person")
    pages = written(tmp_path, Export([replace(CLAIM, co_speakers=(other,))]))
    assert "never" in pages["speakers/Ida Brandt.md"] and "never" in pages["speakers/Ola Lund.md"]
    (article,) = [page for name, page in pages.items() if name.startswith("articles/")]
    assert "[Ida Brandt](../speakers/Ida%20Brandt.md) and [Ola Lund](../speakers/Ola%20Lund.md) said:" in article
