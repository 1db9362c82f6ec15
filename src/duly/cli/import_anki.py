"""The part of ``duly import`` that reads packages and collections of Anki, and says what it could not carry over."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, nullcontext, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from duly.cards import NoteId
from duly.cli.deck_files import filed
from duly.cli.edits_told import Told, told
from duly.cli.excerpt import visible
from duly.cli.filing import Filing
from duly.cli.json_text import json_text
from duly.cli.progress_bar import progress_bar
from duly.cli.revising import Difference
from duly.deckfile.naming import deck_file, named_in
from duly.errors import DulyError
from duly.i18n import _, counted, said
from duly.problem import Problem
from duly.replace import refuse_outside

if TYPE_CHECKING:
    from duly.anki.incoming.edited import Comparing
    from duly.anki.incoming.taken import Taken
    from duly.anki.making import Maker
    from duly.anki.origins import Origin

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
        comparing = _comparing(filing, stack)
        taken = take(
            collection, shelved, partial(deck_file, folder), filing.known,
            led=before.notes, comparing=comparing, watch=progress_bar,
        )  # fmt: skip
        if with_progress:
            collection.check_learned()
        parts = list(filed(taken.notes, folder, there))
        for written in (folder / origins.FILE, *(target for target, _deck, _notes in parts)):
            refuse_outside(written, folder)
        shelved.settle()
        if with_progress:
            taken.losses.forget(Loss.SUSPENDED, Loss.PROGRESS)
        known = before.joined(taken.origins)
        if taken.origins.notes or (taken.origins.media and any(one.changes for one in taken.edited)):
            origins.write(folder, known)
        for target, deck, notes in parts:
            problem = filing.add(target, notes, deck=named_in(target, folder, deck), language=notes[0].language)
            if problem is None:
                added[target] = len(notes)
            else:
                problems.append(problem)
        updated, kept_back = _update(filing, taken, comparing)
        problems += kept_back
        leading: dict[str, Origin] = {note: origin for note, origin in updated.items() if origin is not None}
        if leading:
            origins.write(folder, known.joined(origins.Origins(notes=leading)))
    edits = told(taken.edited, updated, filing)
    click.echo(_as_json(file, taken, added, edits) if as_json else "\n".join(_lines(file, taken, added, edits)))
    return problems


def _comparing(filing: Filing, stack: ExitStack) -> "Comparing":
    """What compares the notes that are here already; it writes into the memory of exports only to update them."""
    from duly.anki import ledger
    from duly.anki.incoming.edited import Comparing
    from duly.locations import exports_file

    update, file = filing.update, exports_file()
    book = None
    with nullcontext() if update.wanted else suppress(DulyError):  # one that cannot be used tells nothing
        book = stack.enter_context(ledger.opened(file)) if update.wanted or file.is_file() else None
    return Comparing(
        filing.known, _maker(filing), book, lambda note: filing.shared.get(note.place.file, ()) if note.place else (),
        update=update.wanted, force=update.force,
    )  # fmt: skip


def _maker(filing: Filing) -> "Maker":
    from duly.anki.making import Maker
    from duly.anki.media import Media

    return Maker(Media([filing.folder]))


def _update(
    filing: Filing, taken: "Taken", comparing: "Comparing"
) -> tuple[dict[NoteId, "Origin | None"], list[Problem]]:
    """Brings notes up to date; gives those that were with what leads them back, and why others were not."""
    from duly.anki.incoming.edited import settled

    wanted = {one.note.id: one for one in taken.edited if one.changes}
    done, problems = filing.revise([Difference(one.note, one.changes) for one in wanted.values()])
    maker, book = _maker(filing), comparing.book
    if book is None:
        return {}, problems
    return {one.note.id: settled(wanted[one.note.id], one.note, book, maker) for one in done}, problems


def _lines(file: Path, taken: "Taken", added: dict[Path, int], edits: Sequence[Told]) -> Iterator[str]:
    for target, number in added.items():
        yield _("{file}: {added} added").format(
            file=visible(str(target)), added=counted("{n} note", "{n} notes", number)
        )
    yield _("{file}: {added} taken over, {known} already there").format(
        file=visible(str(file)), added=counted("{n} note", "{n} notes", sum(added.values())), known=taken.known
    )
    for one in edits:
        yield f"  {one.sentence}:"
        yield from _some(list(map(str, one.differences)))
    losses = list(taken.losses.told())
    if losses:
        yield _("Not carried over, or otherwise than in Anki:")
    for _loss, sentence, cases in losses:
        yield f"  {visible(said(sentence))}"
        yield from _some(cases)
    if taken.origins.notes:
        yield _("What leads these notes back to Anki is kept in {file}; keep it in git with the decks.").format(
            file=".duly/anki.json"
        )


def _some(cases: Sequence[str]) -> Iterator[str]:
    yield from (f"    {visible(case)}" for case in cases[:SHOWN])
    if len(cases) > SHOWN:
        yield _("    … and {n} more; --json names them all").format(n=len(cases) - SHOWN)


def _as_json(file: Path, taken: "Taken", added: dict[Path, int], edits: Sequence[Told]) -> str:
    """One object, in ASCII, so that no terminal acts on what names hold."""
    losses = [
        {"kind": loss.value, "message": said(sentence), "cases": list(cases)}
        for loss, sentence, cases in taken.losses.told()
    ]
    files = {str(target): number for target, number in added.items()}
    edited = [{**one.as_json(), "what": group.kind} for group in edits for one in group.differences]
    return json_text({"file": str(file), "added": files, "known": taken.known, "edited": edited, "not_carried": losses})
