"""Notes from elsewhere, filed in the deck files of a folder: each once, and each in the file of its deck."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

import click

from duly.cards import DeckName, Note, NoteId, derived_id
from duly.cli.excerpt import visible
from duly.cli.problems import show
from duly.deckfile.naming import deck_file, named_in
from duly.i18n import _, counted
from duly.problem import Problem, Severity

if TYPE_CHECKING:
    from duly.deckfile.parse import Parsed

Carry = Callable[[Sequence[Note], Path], Iterable[Problem]]
"""Brings what notes show to the file they are about to be added to, and says what could not be brought."""


@dataclass(frozen=True, slots=True)
class Filing:
    """The deck files below a folder, read once before notes are added to them."""

    folder: Path
    known: set[NoteId]
    """The ids of all notes there, even those whose images are missing, and those their questions would give."""
    mistakes: tuple[Problem, ...]
    """What keeps cards there from being read: whoever adds notes cannot tell whether these are among them."""

    @classmethod
    def of(cls, folder: Path) -> Self:
        """Reads the deck files that there are; none where there is no such folder yet."""
        from duly.deckfile.find import deck_files

        known: set[NoteId] = set()
        mistakes: list[Problem] = []
        for found in deck_files([folder]) if folder.is_dir() else ():
            parsed = _parsed(found.file)
            known.update(_ids(entry.note for entry in parsed.entries))
            mistakes += (problem for problem in parsed.problems if problem.severity is Severity.ERROR)
        return cls(folder, known, tuple(mistakes))

    def file(self, notes: Sequence[Note], own: Path, own_deck: DeckName, title: str, *, carry: Carry) -> list[Problem]:
        """Adds the notes that are not known yet and says how many; returns why others could not be added.

        Those of the deck `own_deck` go to the file `own`, which names the deck if it has a `title`; every other deck
        has a file by its name.
        """
        problems: list[Problem] = []
        for deck, members in _by_deck(notes, own_deck).items():
            target = own if deck == own_deck else deck_file(self.folder, deck)
            fresh = [note for note in members if note.id not in self.known]
            show(carry(fresh, target), err=True)
            named = title if deck == own_deck else named_in(target, self.folder, deck)
            problem = self.add(target, fresh, deck=named) if fresh else None
            if problem is not None:
                problems.append(problem)
            else:
                click.echo(_said(target, len(fresh), len(members) - len(fresh)))
        return problems

    def add(self, target: Path, notes: Sequence[Note], *, deck: str, language: str = "") -> Problem | None:
        """Adds notes that are not known yet to a deck file, as `duly.deckfile.add` does."""
        from duly.deckfile.add import add

        problem = add(target, notes, deck=deck, language=language)
        if problem is None:
            self.known.update(_ids(notes))
        return problem


def _parsed(file: Path) -> "Parsed":
    from duly.deckfile.parse import Parsed, parse
    from duly.deckfile.source import Source, read

    source = read(file)
    return parse(source, DeckName(file.stem)) if isinstance(source, Source) else Parsed((), (source,))


def _ids(notes: Iterable[Note]) -> Iterator[NoteId]:
    for note in notes:
        yield note.id
        yield derived_id(note.question)


def _by_deck(notes: Sequence[Note], own_deck: DeckName) -> dict[DeckName, list[Note]]:
    """The notes of each deck; the text's own deck is there even if no note is in it and in no other."""
    found: dict[DeckName, list[Note]] = {} if notes else {own_deck: []}
    for note in notes:
        found.setdefault(note.deck, []).append(note)
    return found


def _said(target: Path, added: int, known: int) -> str:
    return _("{file}: {added} added, {known} already there").format(
        file=visible(str(target)), added=counted("{n} note", "{n} notes", added), known=known
    )
