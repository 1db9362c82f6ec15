"""The commands: each in a file of its own, imported when it is called."""

import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import click

from duly import __version__
from duly.errors import DulyError, reason
from duly.i18n import _, install, set_language, translate
from duly.message import Message, message

COMMANDS: Mapping[str, Message] = {
    "quiz": message("Learn what is due today. Every answer is saved at once."),
    "export": message(
        "Write decks as a package for Anki. Importing it again updates what was changed and keeps all else."
    ),
    "check": message(
        "Check deck files for mistakes. Shows where each one is and how to fix it; exits with 1 if there is an error."
    ),
    "import": message(
        "Turn files of other programs into deck files. Reads texts with questions and answers, tables, folders of "
        "them, and packages and collections of Anki. Cards that DIR already holds are left as they are, so a file can "
        "be imported again; --update takes over what was edited there."
    ),
    "add": message(
        "Add a card to a deck file, with its id. Without --q, prompts for cards until you enter an empty question."
    ),
    "stamp": message(
        "Write ids for notes that have none. Adds one line per note to its file; all else stays the same."
    ),
    "orphans": message(
        "List progress whose card is gone. Shows the text as last seen, and can move the progress to another card."
    ),
    "list": message("List cards and their schedules. QUERY: words, deck:, tag:, is:, prop:, -not."),
    "show": message("Show a card with its schedule and history. Also its text, place and advice."),
    "due": message("Count what is left for today. Due, drilled and new cards."),
    "stats": message("Show statistics. A heat map, the forecast, retention, intervals, grades and times."),
    "evaluate": message("Measure which scheduler predicts your answers best. SM-2 and FSRS, on your own journal."),
    "plan": message("Plan for an exam. What the days until then will cost, and how many cards you will know."),
    "settings": message("Show the settings, or switch the scheduler. Shows beforehand how many cards come due when."),
    "optimize": message("Fit FSRS to your answers. Writes its parameters to the journal, for all your devices."),
    "journal": message("Print every answer, undo and suspension. Oldest first."),
    "backup": message("Back up the database of answers. Copies it to FILE, or to the automatic backups next to it."),
    "restore": message(
        "Go back to BACKUP, or to the newest one. Keeps later answers that can still be read, and moves the present "
        "file to the backups."
    ),
    "merge": message(
        "Take over what was learned on another computer. FILE is its database, or the file it writes into a shared "
        "folder; nothing is taken over twice."
    ),
    "sync": message(
        "Share what you learned with your Anki, which is closed, and your other computers. Cards and answers go both "
        "ways."
    ),
    "tour": message("Read in three minutes how duly works."),
    "schema": message("Print the JSON Schema of deck files. Or write it to a file and point editors to it."),
    "completion": message(
        "Print a script that completes what is typed after duly. It completes commands, options, ids and tags. "
        'bash: eval "$(duly completion bash)" in ~/.bashrc; zsh: the same in ~/.zshrc; '
        "fish: duly completion fish > ~/.config/fish/completions/duly.fish"
    ),
}
"""What each command does; the list of commands shows the first sentence. A command is `command` in the module of its
name (``import_``); the help is shown without importing them."""

SECTIONS: Sequence[tuple[Message, Sequence[str]]] = (
    (message("Learn"), ("quiz", "due", "stats", "plan", "tour")),
    (message("Cards"), ("add", "check", "list", "show", "stamp", "orphans", "schema")),
    (message("Anki and other devices"), ("export", "import", "sync")),
    (message("Journal and scheduling"), ("backup", "restore", "merge", "journal", "settings", "optimize", "evaluate")),
    (message("Shell"), ("completion",)),
)
"""The commands in the order of the help, the most used ones first."""


class _Formatter(click.HelpFormatter):
    """Ends headings with the colon of the language."""

    def write_heading(self, heading: str) -> None:
        self.write(" " * self.current_indent + heading + _(":") + "\n")

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or _("Usage: "))


click.Context.formatter_class = _Formatter


class Commands(click.Group):
    """Finds a command by importing its module."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"duly.cli.{'import_' if cmd_name == 'import' else cmd_name}")
        command: click.Command = module.command
        command.help = translate(COMMANDS[cmd_name])
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in COMMANDS and not ctx.resilient_parsing:
            from difflib import get_close_matches

            if matches := get_close_matches(args[0], COMMANDS, n=1):
                ctx.fail(
                    _("there is no command {name!r}; did you mean {meant}?").format(name=args[0], meant=matches[0])
                )
        return super().resolve_command(ctx, args)

    def make_context(self, *words: Any, **options: Any) -> click.Context:
        with _printable_errors():
            return super().make_context(*words, **options)

    def invoke(self, ctx: click.Context) -> Any:
        with _printable_errors():
            return super().invoke(ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        margin = max(map(len, COMMANDS))
        for title, names in SECTIONS:
            rows = [
                (f"{name:<{margin}}", re.split("(?<=[.。])", translate(COMMANDS[name]), maxsplit=1)[0])
                for name in names
            ]
            with formatter.section(translate(title)):
                formatter.write_dl(rows)


class Version(click.Option):
    """``--version``, whose help is in the language in force when it is shown, not when this module is loaded."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        self.help = _("Show the version and exit.")
        return super().get_help_record(ctx)


def _print_version(context: click.Context, _option: click.Parameter, is_set: bool) -> None:
    if is_set and not context.resilient_parsing:
        click.echo(_("duly {version}").format(version=__version__))
        context.exit()


@click.group(cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, expose_value=False, is_eager=True, callback=_print_version, cls=Version)
@click.pass_context
def duly(context: click.Context) -> None:
    context.color = colours()
    if context.invoked_subcommand is None:
        from duly.cli.quiz import command

        context.invoke(command)


def colours() -> bool | None:
    """Whether output is coloured: not where ``NO_COLOR`` is set, always where ``FORCE_COLOR`` is, else on a terminal.

    As with other programs (no-color.org, force-color.org) an empty variable is as good as none.
    """
    if os.environ.get("NO_COLOR"):
        return False
    return True if os.environ.get("FORCE_COLOR") else None


def run(words: Sequence[str]) -> None:
    """Runs the command that `words` call.

    A `DulyError`, or output that cannot be written, becomes one line on standard error and exit status 2.
    """
    from duly.cli.shared_options import settings

    try:
        set_language(settings().language)
        install()
        duly.help = _(
            "Flashcards written as plain YAML, learned in Anki and in the terminal. Alone: learn the decks here."
        )
        duly(prog_name="duly", obj=tuple(words))
    except DulyError as error:
        _give_up(translate(error.message))
    except OSError as error:
        if error.filename is not None:  # the error is about a file, not about standard output
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # buffered output would fail once more
        _give_up(_("what is printed cannot be written: {error}").format(error=reason(error)))


@contextmanager
def _printable_errors() -> Iterator[None]:
    """Makes errors about arguments safe to print: a file name may have characters that a terminal obeys."""
    try:
        yield
    except click.ClickException as error:
        from duly.cli.safe_text import visible

        error.message = "\n".join(map(visible, error.message.split("\n")))  # type: ignore[misc]
        if isinstance(error, click.NoSuchOption):  # Chinese has no space between sentences
            raise click.UsageError(error.format_message().replace("。 ", "。"), error.ctx) from error
        raise


def _give_up(problem: str) -> None:
    from duly.cli.safe_text import visible

    click.echo(visible(_("duly: {problem}").format(problem=problem)), err=True)
    sys.exit(2)
