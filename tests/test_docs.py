"""The docs keep up with the program: commands, options, columns, and commands that readers will copy."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from claimtrack.cli.reference import commands, reference
from claimtrack.export import FORMATS
from claimtrack.export.rows import ARTICLE_COLUMNS, COLUMNS, RELATION_COLUMNS, SPEAKER_COLUMNS
from claimtrack.model import ATTITUDES, COMMITMENTS, KINDS, RELATION_KINDS, SPEAKER_KINDS
from claimtrack.store.relating import TOPIC_COLUMNS
from claimtrack.store.relations import VIEW_COLUMNS
from claimtrack.store.schema import metadata

ROOT = Path(__file__).resolve().parent.parent
DOCS = {path.name: path.read_text(encoding="utf-8") for path in [*ROOT.glob("docs/*.md"), ROOT / "README.md"]}


def test_command_reference_is_what_the_program_prints() -> None:
    assert DOCS["commands.md"] == reference(), "run: python -m claimtrack.cli.reference > docs/commands.md"


def test_every_column_is_explained_in_its_order() -> None:
    table = DOCS["outputs.md"].partition("## The columns of CSV")[2].partition("\n## ")[0]
    assert tuple(re.findall(r"^\| `(\w+)` \|", table, flags=re.MULTILINE)) == COLUMNS


@pytest.mark.parametrize("column", sorted({*SPEAKER_COLUMNS, *ARTICLE_COLUMNS, *RELATION_COLUMNS}))
def test_every_column_of_the_other_tables_is_named(column: str) -> None:
    side = re.sub("^[ab]_", "_", column)
    assert f"`{side}`" in DOCS["outputs.md"]


@pytest.mark.parametrize("column", [*VIEW_COLUMNS, *TOPIC_COLUMNS])
def test_every_column_of_the_lists_is_explained(column: str) -> None:
    part = DOCS["outputs.md"].partition("## The columns of the lists of relations and topics")[2].partition("\n## ")[0]
    assert f"`{column}`" in part


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_explained(name: str) -> None:
    if name == "table":
        assert "`table` for the" in DOCS["outputs.md"]
    else:
        assert f"| `{name}` |" in DOCS["export.md"]
        assert re.search(rf"^## .*\b{name}\b", DOCS["export.md"], flags=re.MULTILINE)


@pytest.mark.parametrize("value", [*KINDS, *ATTITUDES, *COMMITMENTS, *SPEAKER_KINDS, *RELATION_KINDS])
def test_every_value_is_explained(value: str) -> None:
    assert f"`{value}`" in DOCS["outputs.md"]


@pytest.mark.parametrize("table", metadata.tables)
def test_every_table_of_the_project_file_is_explained(table: str) -> None:
    assert f"| `{table}` |" in DOCS["project.md"]


@pytest.mark.parametrize("page", DOCS)
def test_no_figure_is_left_open(page: str) -> None:
    assert not re.findall(r"@[A-Z]+@", DOCS[page])


@pytest.mark.parametrize("page", DOCS)
def test_links_lead_somewhere(page: str) -> None:
    folder = ROOT if page == "README.md" else ROOT / "docs"
    for target in re.findall(r"\]\(([^)#\s]+)", DOCS[page]):
        assert target.startswith("https://") or (folder / target).exists(), target


def test_commands_in_the_docs_exist() -> None:
    known = {name.split()[1] for name, _ in commands()} | {"--help", "--version", "COMMAND"}
    for page, text in DOCS.items():
        for word in re.findall(r"^    claimtrack (\S+)", text, flags=re.MULTILINE):
            assert word in known, f"{page}: claimtrack {word}"
