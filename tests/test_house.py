"""The floors of the house: imports point down only, and every dependency is explained."""

from __future__ import annotations

import ast
import configparser
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "claimtrack"

FLOORS = (
    ("errors",), ("model",), ("models",), ("ingest",), ("analysis",), ("attribution",), ("speakers",), ("claims",),
    ("relations",), ("graph",), ("store",), ("export",), ("tracker",), ("evaluation",), ("training",), ("cli",),
    ("__main__",),
)  # fmt: skip
"""From the ground up; a module imports from its own floor and from those below it."""

FLOOR_OF = {name: level for level, names in enumerate(FLOORS) for name in names}
MODULES = sorted(p for p in PACKAGE.rglob("*.py") if p != PACKAGE / "__init__.py")


def imported(module: Path) -> set[str]:
    """Return the names below ``claimtrack`` that a module imports from, wherever in it."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return {name.split(".")[1] for name in names if name.startswith("claimtrack.")} & set(FLOOR_OF)


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_down_only(module: Path) -> None:
    own = module.relative_to(PACKAGE).parts[0].removesuffix(".py")
    above = {name for name in imported(module) if FLOOR_OF[name] > FLOOR_OF[own]}
    assert not above


def test_modules_are_small() -> None:
    lengths = sorted(len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES)
    assert lengths[len(lengths) // 2] < 150 and lengths[-1] < 450


def test_no_global_switches_nor_unsafe_loading() -> None:
    for module in MODULES:
        source = module.read_text(encoding="utf-8")
        assert "weights_only=False" not in source and "pickle.load" not in source, module


def requirements() -> list[str]:
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg")
    lines = config["options"]["install_requires"].split("\n")
    for extra in config["options.extras_require"].values():
        lines += extra.split("\n")
    return [match[0] for line in lines if (match := re.match(r"[A-Za-z0-9_-]+", line))]


@pytest.mark.parametrize("name", requirements())
def test_every_dependency_is_explained(name: str) -> None:
    assert f"**{name}**" in (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", requirements())
def test_every_dependency_of_users_and_tests_is_pinned(name: str) -> None:
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg")
    trained_with = {line.split(">")[0] for line in config["options.extras_require"]["train"].split("\n")}
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").casefold()
    assert name in trained_with or f"\n{name.casefold()}==" in pins
