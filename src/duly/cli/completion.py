"""``duly completion``: the completion script for a shell, and the ids, decks and tags that it offers."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem, get_completion_class

from duly.cli.safe_text import visible

if TYPE_CHECKING:
    from duly.cards import Note

SHELLS = ("bash", "zsh", "fish")

LONGEST_QUESTION = 60
"""The most characters of a question shown beside its id."""


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    completion_class = get_completion_class(shell)
    assert completion_class is not None, "click knows these shells"
    script = completion_class(context.find_root().command, {}, "duly", "_DULY_COMPLETE").source()
    # click's script for fish splits every offer at all commas; only the first comma separates the type from the text.
    click.echo(script.replace('string split ","', 'string split --max 1 ","'))


def complete_note_ids(context: click.Context, _parameter: click.Parameter, prefix: str) -> list[CompletionItem]:
    """The ids that begin with `prefix`, each with its question."""
    return [
        CompletionItem(note.id, help=visible(" ".join(note.question.split())[:LONGEST_QUESTION]))
        for note in _notes(context)
        if note.id.startswith(prefix)
    ]


def complete_decks(context: click.Context, _parameter: click.Parameter, prefix: str) -> list[CompletionItem]:
    """The names of decks that begin with `prefix`."""
    return _items((note.deck for note in _notes(context)), prefix)


def complete_tags(context: click.Context, _parameter: click.Parameter, prefix: str) -> list[CompletionItem]:
    """The tags that begin with `prefix`."""
    return _items((tag for note in _notes(context) for tag in note.tags), prefix)


def complete_query(context: click.Context, _parameter: click.Parameter, prefix: str) -> list[CompletionItem]:
    """The fields of the query language; after ``deck:`` and ``tag:`` their values, after ``is:`` all states."""
    from duly.study.search import FIELDS

    earlier_words = context.params.get("query") or ()
    match (*earlier_words, prefix):
        case (*_, str(field), ":"):  # bash splits words at colons, and completes the part after the last one
            return _items(_values(field.removeprefix("-"), context), "")
        case (*_, str(field), ":", str(value)):
            return _items(_values(field.removeprefix("-"), context), value)
    field, colon, _ = prefix.partition(":")
    if colon:
        return _items((f"{field}:{value}" for value in _values(field, context)), prefix)
    return _items((f"{name}:" for name in FIELDS), prefix)


def _values(field: str, context: click.Context) -> Iterable[str]:
    """The values of a field of the query language."""
    from duly.study.search import STATES

    match field:
        case "deck":
            return (_quote(note.deck) for note in _notes(context))
        case "tag":
            return (tag for note in _notes(context) for tag in note.tags)
        case "is":
            return STATES
        case _:
            return ()


def _items(values: Iterable[str], prefix: str) -> list[CompletionItem]:
    """The values that begin with `prefix`, without those that a shell would print with characters a terminal obeys."""
    return [
        CompletionItem(value) for value in sorted(set(values)) if value.startswith(prefix) and visible(value) == value
    ]


def _quote(value: str) -> str:
    return f'"{value}"' if " " in value else value


def _notes(context: click.Context) -> "tuple[Note, ...]":
    from duly.deckfile.load import load
    from duly.errors import DulyError

    paths = context.params.get("paths") or (Path("cards"),)
    with suppress(DulyError):
        return load([path for path in map(Path, paths) if path.exists()]).notes
    return ()
