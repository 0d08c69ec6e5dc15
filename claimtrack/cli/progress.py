"""Progress on long work: a moving line on a terminal, nothing elsewhere."""

from __future__ import annotations

from types import TracebackType
from typing import Any

from claimtrack.cli.output import stderr_is_terminal


class Progress:
    """A spinner with a count and what is being done, on standard error.

    Args:
        label: what is being done.
        counted: what :meth:`step` counts, None for no count.
    """

    def __init__(self, label: str, counted: str | None = "articles") -> None:
        self._label = label
        self._counted = counted
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> Progress:
        if stderr_is_terminal():
            from rich.console import Console
            from rich.progress import Progress as Bar
            from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

            count = [TextColumn(f"{{task.completed}} {self._counted}")] if self._counted else []
            columns = (SpinnerColumn(), *count, TimeElapsedColumn(), TextColumn("{task.description}"))
            self._bar = Bar(*columns, console=Console(stderr=True), transient=True)
            self._bar.start()
            self._task = self._bar.add_task(self._label, total=None)
        return self

    def step(self, label: str) -> None:
        """Count one and name it."""
        if self._bar:
            self._bar.advance(self._task)
        self.tell(label)

    def tell(self, label: str) -> None:
        """Say what is being done."""
        if self._bar:
            from rich.markup import escape

            from claimtrack.export.clean import clean

            self._bar.update(self._task, description=escape(clean(label)[:50]))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()
