"""The command line: a thin group that imports a command only when it is called."""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any

import click

from claimtrack import __version__
from claimtrack.errors import ClaimtrackError

COMMANDS = {
    "demo": ("claimtrack.cli.demo", "Track the example articles: a first look in one minute."),
    "extract": ("claimtrack.cli.extract", "Print who said what in articles."),
    "export": ("claimtrack.cli.export", "Write claims for other programs: Excel, Parquet, JSON-LD, notes."),
    "read": ("claimtrack.cli.read", "Print the articles in files, pages and feeds."),
    "track": ("claimtrack.cli.track", "Read articles into a project file."),
    "relate": ("claimtrack.cli.relations", "Group claims into topics and find who contradicts whom."),
    "claims": ("claimtrack.cli.claims", "List the claims of a project."),
    "relations": ("claimtrack.cli.relations", "List who agrees with or contradicts whom."),
    "disputes": ("claimtrack.cli.relations", "Show contradictions side by side."),
    "topics": ("claimtrack.cli.browse", "List what claims are about."),
    "speakers": ("claimtrack.cli.browse", "List who made claims."),
    "articles": ("claimtrack.cli.browse", "List the articles of a project."),
    "search": ("claimtrack.cli.claims", "Find claims by their words."),
    "timeline": ("claimtrack.cli.claims", "What a speaker said, or what was said on a topic, by day."),
    "ask": ("claimtrack.cli.ask", "Who contradicts whom, what somebody changed, how many witnesses."),
    "graph": ("claimtrack.cli.graph", "Write the graph of claims for Gephi and other programs."),
    "plot": ("claimtrack.cli.plot", "Draw who contradicts whom, or a topic by day."),
    "show": ("claimtrack.cli.show", "Show a claim in its paragraph."),
    "stats": ("claimtrack.cli.browse", "Count what is in a project."),
    "review": ("claimtrack.cli.review", "Accept, reject and correct claims one by one."),
    "edit": ("claimtrack.cli.correct", "Correct one claim."),
    "merge": ("claimtrack.cli.correct", "Make two speakers one."),
    "split": ("claimtrack.cli.correct", "Undo a merge, or move claims to another speaker."),
    "undo": ("claimtrack.cli.correct", "Take the latest change back."),
    "log": ("claimtrack.cli.correct", "List who changed what, and when."),
    "import-review": ("claimtrack.cli.import_review", "Take over corrections made in a spreadsheet."),
    "learn": ("claimtrack.cli.correct", "Add the aliases that corrections imply."),
    "why": ("claimtrack.cli.why", "Tell why a claim has its speaker, or why two claims are related."),
    "evaluate": ("claimtrack.cli.evaluate", "Score the extractor against annotated articles."),
    "models": ("claimtrack.cli.models", "Show and fetch language models."),
}
"""Each command, the module that holds it under its own name, and its line in the list."""


class LazyGroup(click.Group):
    """Knows its commands by name and imports them on use, so that ``--help`` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(importlib.import_module(COMMANDS[cmd_name][0]), cmd_name.replace("-", "_"))
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ClaimtrackError as error:
            from claimtrack.export.clean import clean

            raise click.ClickException(clean(str(error))) from error
        except BrokenPipeError:
            # Whoever read our output has gone; a closed pipe is no error.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80})
@click.version_option(__version__, prog_name="claimtrack")
def main() -> None:
    """Who said what, when, to whom, in which outlet, and who contradicts whom.

    News articles go in; every attributed statement comes out, with its speaker, as a table, CSV or JSON. What a
    project holds about one matter is compared.

    \b
    Examples:
      claimtrack demo
      claimtrack extract article.txt
      claimtrack extract articles/ --format csv -o claims.csv
      claimtrack track articles/
      claimtrack disputes
    """
