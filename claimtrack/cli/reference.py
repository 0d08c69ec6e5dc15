"""The help of every command as one page: ``python -m claimtrack.cli.reference > docs/commands.md``."""

from __future__ import annotations

from collections.abc import Iterator

import click

from claimtrack.cli import main

HEAD = """# Commands

The help of every command, as `claimtrack COMMAND --help` prints it. This page is generated with
`python -m claimtrack.cli.reference > docs/commands.md`, and a test holds it against the program.
"""


def commands(group: click.Group = main, prefix: str = "claimtrack") -> Iterator[tuple[str, click.Command]]:
    """Yield every command below a group with its full name, groups before what they hold."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield f"{prefix} {name}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{prefix} {name}")


def reference() -> str:
    """Return the page."""
    sections = [HEAD]
    for name, command in [("claimtrack", main), *commands()]:
        context = click.Context(command, info_name=name, terminal_width=80, max_content_width=80,
                                help_option_names=["-h", "--help"])  # fmt: skip
        sections.append(f"## {name}\n\n```\n{command.get_help(context)}\n```\n")
    return "\n".join(sections)


if __name__ == "__main__":
    click.echo(reference(), nl=False)
