"""The picture in the README: ``python -m claimtrack.cli.picture ARTICLE.txt > docs/images/demo.svg``.

Drawn from real output, so that it can be drawn again whenever that changes.
"""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import DEFAULT_TERMINAL_THEME

from claimtrack.claims.extractor import Extractor
from claimtrack.export.table import TableWriter
from claimtrack.ingest import Problem, read_articles

WIDTH = 92
_WEB_FONTS = re.compile(r"@font-face \{.*?\}", re.DOTALL)


def picture(path: Path) -> str:
    """Return an SVG of what ``claimtrack extract`` prints for one article of a folder."""
    console = Console(file=io.StringIO(), record=True, force_terminal=True, width=WIDTH, highlight=False)
    target = TableWriter(io.StringIO(), console)
    for article in read_articles([str(path.parent)]):
        if not isinstance(article, Problem) and Path(str(article.path)).name == path.name:
            for claim in Extractor().extract(article):
                target.write(claim)
    target.finish()
    svg = console.export_svg(title=f"claimtrack extract {path.name}", theme=DEFAULT_TERMINAL_THEME)
    # A picture should fetch nothing, fonts neither.
    return _WEB_FONTS.sub("", svg)


if __name__ == "__main__":
    print(picture(Path(sys.argv[1])))
