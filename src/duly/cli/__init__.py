"""The commands: one file each, loaded only when called."""

import sys
from importlib import import_module

import click

from duly import __version__
from duly.errors import DulyError
from duly.i18n import _, said, speak

COMMANDS = (
    "quiz",
    "export",
    "check",
    "import",
    "stamp",
    "orphans",
    "list",
    "show",
    "due",
    "stats",
    "journal",
    "backup",
    "restore",
    "tour",
    "schema",
    "completion",
)
"""The commands in the order in which help shows them; each is `command` in the module of its name (``import_``)."""


class Commands(click.Group):
    """Finds a command by importing the one file it lives in."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"duly.cli.{'import_' if cmd_name == 'import' else cmd_name}")
        command: click.Command = module.command
        return command


@click.group(cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="duly", message="%(prog)s %(version)s")
@click.pass_context
def duly(context: click.Context) -> None:
    if context.invoked_subcommand is None:
        from duly.cli.quiz import command

        context.invoke(command)


def main() -> None:
    """Runs duly; a `DulyError` becomes one line on standard error and exit status 2."""
    from duly.cli.common import settings

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")
    try:
        speak(settings().language)
        duly.help = _("Flashcards written as plain YAML, learned in Anki and in the terminal. Alone: quiz ./cards.")
        duly(prog_name="duly")
    except DulyError as error:
        click.echo(_("duly: {problem}").format(problem=said(error.said)), err=True)
        sys.exit(2)
