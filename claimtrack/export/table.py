"""Claims as a table for the terminal: one block an article, readable at 80 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from claimtrack.export.clean import clean
from claimtrack.model import Claim

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

PLAIN_WIDTH = 100
"""Columns where the output is no terminal."""


class TableWriter:
    """Prints each article's claims when the article is over."""

    def __init__(self, stream: TextIO, console: Console | None = None) -> None:
        from rich.console import Console

        self._console = console or Console(file=stream, highlight=False)
        if not self._console.is_terminal:
            self._console = Console(file=stream, highlight=False, width=PLAIN_WIDTH, color_system=None)
        self._claims: list[Claim] = []

    def write(self, claim: Claim) -> None:
        if self._claims and self._claims[-1].article.id != claim.article.id:
            self.finish()
        self._claims.append(claim)

    def finish(self) -> None:
        from rich import box
        from rich.table import Table
        from rich.text import Text

        if not self._claims:
            return
        article = self._claims[0].article
        facts = [article.outlet, article.published.isoformat() if article.published else None]
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True, title_justify="left", title_style="")
        table.title = self._heading(article.title or article.path or article.id, [f for f in facts if f])
        table.add_column("Speaker", ratio=3, style="bold")
        table.add_column("Cue", ratio=2, style="cyan")
        table.add_column("What is claimed", ratio=8)
        shown = {claim.id: claim for claim in self._claims}
        for claim in self._claims:
            table.add_row(self._speaker(claim, shown), Text(clean(claim.cue_text)), self._content(claim))
        self._console.print(table)
        self._claims = []

    def _heading(self, title: str, facts: list[str]) -> Text:
        from rich.text import Text

        heading = Text(clean(title), style="bold underline")
        if facts:
            heading.append("  " + ", ".join(map(clean, facts)), style="not bold not underline dim")
        return heading

    def _speaker(self, claim: Claim, shown: dict[str, Claim]) -> Text:
        from rich.text import Text

        known = claim.speaker and claim.speaker.kind != "anonymous"
        name = claim.speaker.name if claim.speaker else claim.source_text or "(no source)"
        text = Text(clean(name), style="" if known else "not bold italic")
        for other in claim.co_speakers:
            text.append(f"\nand {clean(other.name)}", style="" if other.kind != "anonymous" else "not bold italic")
        if claim.via in shown:
            holder = shown[claim.via]
            via = holder.speaker.name if holder.speaker else holder.source_text
            text.append(f"\nvia {clean(via)}" if via else "\nnested", style="not bold dim")
        return text

    def _content(self, claim: Claim) -> Text:
        from rich.text import Text

        commitment = claim.attribution.commitment
        missing = "(nothing said)" if claim.article.text else "(text left out)"
        text = Text(clean(claim.content_text) or missing)
        if commitment != "neutral":
            text.append(f"  [{commitment}]", style="dim")
        return text
