"""The part of ``duly import`` that reads packages and collections of Anki, and says what it could not carry over."""

from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from duly.cli.deck_files import filed
from duly.cli.excerpt import visible
from duly.cli.filing import Filing
from duly.cli.json_text import json_text
from duly.cli.progress_bar import progress_bar
from duly.deckfile.naming import deck_file, named_in
from duly.i18n import _, counted, said
from duly.problem import Problem

if TYPE_CHECKING:
    from duly.anki.incoming.taken import Taken

SHOWN = 5
"""How many cases of one thing that was not carried are named."""


def is_from_anki(file: Path) -> bool:
    """Whether the file is a package or a collection of Anki, and no text."""
    from duly.anki.incoming.reader import is_from_anki

    return is_from_anki(file)


def import_from_anki(
    file: Path, filing: Filing, *, with_progress: bool = False, as_json: bool = False
) -> list[Problem]:
    """Imports one package or collection and says what it did; returns why notes could not be added.

    `with_progress` tells that what was learned is taken over afterwards, so that nothing need be said of it, but all of
    it must be sound. Raises `DulyError`, with the folder as it was, if the file is damaged or no file of Anki's.
    """
    from duly.anki import origins
    from duly.anki.incoming import reader, shelf
    from duly.anki.incoming.losses import Loss
    from duly.anki.incoming.taken import take
    from duly.deckfile.load import load

    folder = filing.folder
    there = load([folder]).notes if folder.is_dir() else ()
    before = origins.read(folder)
    problems: list[Problem] = []
    added: dict[Path, int] = {}
    with ExitStack() as stack:
        collection = stack.enter_context(reader.opened(file))
        shelved = stack.enter_context(shelf.opened(folder, collection.media))
        taken = take(
            collection, shelved, partial(deck_file, folder), filing.known, led=before.notes, watch=progress_bar
        )
        if with_progress:
            collection.check_learned()
        shelved.settle()
    if with_progress:
        taken.losses.forget(Loss.SUSPENDED, Loss.PROGRESS)
    if taken.origins.notes:
        origins.write(folder, before.joined(taken.origins))
    for target, deck, notes in filed(taken.notes, folder, there):
        problem = filing.add(target, notes, deck=named_in(target, folder, deck), language=notes[0].language)
        if problem is None:
            added[target] = len(notes)
        else:
            problems.append(problem)
    click.echo(_as_json(file, taken, added) if as_json else "\n".join(_lines(file, taken, added)))
    return problems


def _lines(file: Path, taken: "Taken", added: dict[Path, int]) -> Iterator[str]:
    for target, number in added.items():
        yield _("{file}: {added} added").format(
            file=visible(str(target)), added=counted("{n} note", "{n} notes", number)
        )
    yield _("{file}: {added} taken over, {known} already there and left as they are").format(
        file=visible(str(file)), added=counted("{n} note", "{n} notes", sum(added.values())), known=taken.known
    )
    told = list(taken.losses.told())
    if told:
        yield _("Not carried over, or otherwise than in Anki:")
    for _loss, sentence, cases in told:
        yield f"  {visible(said(sentence))}"
        yield from (f"    {visible(case)}" for case in cases[:SHOWN])
        if len(cases) > SHOWN:
            yield _("    … and {n} more; --json names them all").format(n=len(cases) - SHOWN)
    if taken.origins.notes:
        yield _("What leads these notes back to Anki is kept in {file}; keep it in git with the decks.").format(
            file=".duly/anki.json"
        )


def _as_json(file: Path, taken: "Taken", added: dict[Path, int]) -> str:
    """One object, in ASCII, so that no terminal acts on what names hold."""
    losses = [
        {"kind": loss.value, "message": said(sentence), "cases": list(cases)}
        for loss, sentence, cases in taken.losses.told()
    ]
    files = {str(target): number for target, number in added.items()}
    return json_text({"file": str(file), "added": files, "known": taken.known, "not_carried": losses})
