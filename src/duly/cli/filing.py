"""Notes from elsewhere, filed in the deck files of a folder: each once, and each in the file of its deck."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import click

from duly.cards import DeckName, Note, NoteId, derived_id
from duly.cli.excerpt import visible
from duly.cli.problems import show
from duly.deckfile.naming import deck_file, named_in
from duly.i18n import _, counted
from duly.problem import Problem, Severity

Carry = Callable[[Sequence[Note], Path], Iterable[Problem]]
"""Brings what notes show to the file they are about to be added to, and says what could not be brought."""


def file_notes(
    notes: Sequence[Note], folder: Path, own: Path, own_deck: DeckName, title: str, *, carry: Carry
) -> list[Problem]:
    """Adds the notes that `folder` does not hold yet and says how many; returns why others could not be added.

    Those of the deck `own_deck` go to the file `own`, which names the deck if it has a `title`; every other deck has a
    file by its name.
    """
    known = known_ids(folder)
    problems: list[Problem] = []
    for deck, members in _by_deck(notes, own_deck).items():
        target = own if deck == own_deck else deck_file(folder, deck)
        fresh = [note for note in members if note.id not in known]
        show(carry(fresh, target), err=True)
        problem = _add(target, fresh, title if deck == own_deck else named_in(target, folder, deck))
        if problem is not None:
            problems.append(problem)
        else:
            click.echo(_said(target, len(fresh), len(members) - len(fresh)))
    return problems


def known_ids(folder: Path) -> set[NoteId]:
    """The ids of all notes in the folder, even those whose images are missing, and those their questions would give."""
    return {known for held in _held_in(folder) for known in held.ids}


def mistakes(folder: Path) -> list[Problem]:
    """What keeps cards in the folder from being read: whoever adds notes cannot tell whether these are among them."""
    return [problem for held in _held_in(folder) for problem in held.mistakes]


@dataclass(frozen=True, slots=True)
class _Held:
    """What a deck file holds: the ids of its notes, and the mistakes that keep others from being read."""

    ids: frozenset[NoteId]
    mistakes: tuple[Problem, ...]


def _held_in(folder: Path) -> list[_Held]:
    from duly.deckfile.find import deck_files

    files = [found.file for found in deck_files([folder])] if folder.is_dir() else []
    return [_held_by(file, *_stamp(file)) for file in files]


def _stamp(file: Path) -> tuple[int, int]:
    """What is another number once the file has changed."""
    try:
        found = file.stat()
    except OSError:  # it will not be read either
        return 0, 0
    return found.st_mtime_ns, found.st_size


@cache
def _held_by(file: Path, _changed: int, _size: int) -> _Held:
    """What a file holds, read again only if it has changed: many texts may go to one folder."""
    from duly.deckfile.parse import parse
    from duly.deckfile.source import Source, read

    source = read(file)
    if not isinstance(source, Source):
        return _Held(frozenset(), (source,))
    parsed = parse(source, DeckName(file.stem))
    ids = (known for entry in parsed.entries for known in (entry.note.id, derived_id(entry.note.question)))
    return _Held(frozenset(ids), tuple(one for one in parsed.problems if one.severity is Severity.ERROR))


def _by_deck(notes: Sequence[Note], own_deck: DeckName) -> dict[DeckName, list[Note]]:
    """The notes of each deck; the text's own deck is there even if no note is in it and in no other."""
    found: dict[DeckName, list[Note]] = {} if notes else {own_deck: []}
    for note in notes:
        found.setdefault(note.deck, []).append(note)
    return found


def _add(target: Path, notes: Sequence[Note], deck: str) -> Problem | None:
    from duly.deckfile.add import add

    return add(target, notes, deck=deck) if notes else None


def _said(target: Path, added: int, known: int) -> str:
    return _("{file}: {added} added, {known} already there").format(
        file=visible(str(target)), added=counted("{n} note", "{n} notes", added), known=known
    )
