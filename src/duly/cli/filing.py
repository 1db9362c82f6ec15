"""Notes from elsewhere, filed in the deck files of a folder: each once, and each in the file of its deck."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Self

import click

from duly.cards import DeckName, Note, NoteId, derived_id
from duly.cards.deck import SEPARATOR
from duly.cards.ids import folded
from duly.cli.deck_files import Homes
from duly.cli.excerpt import visible
from duly.cli.problems import show
from duly.deckfile.naming import deck_file, file_below, named_in
from duly.errors import DulyError
from duly.i18n import _, counted
from duly.message import message
from duly.place import Place
from duly.problem import Problem, Severity

if TYPE_CHECKING:
    from duly.deckfile.find import DeckFile
    from duly.deckfile.parse import Parsed
    from duly.importers.importer import Imported

NAMED = 5
"""How many places of edited notes are told."""

Carry = Callable[[Sequence[Note], Path], Iterable[Problem]]
"""Brings what notes show to the file they are about to be added to, and says what could not be brought."""


@dataclass(frozen=True, slots=True)
class Filing:
    """The deck files below a folder, read once before notes are added to them."""

    folder: Path
    known: dict[NoteId, Note]
    """All notes there, even those whose images are missing, by their ids and by those their questions would give."""
    mistakes: tuple[Problem, ...]
    """What keeps cards there from being read: whoever adds notes cannot tell whether these are among them."""
    homes: Homes
    added: set[NoteId] = field(default_factory=set)
    """The ids of those notes that were not there before."""

    @classmethod
    def of(cls, folder: Path) -> Self:
        """Reads the deck files that there are; none where there is no such folder yet."""
        from duly.deckfile.find import deck_files

        known: dict[NoteId, Note] = {}
        mistakes: list[Problem] = []
        for found in deck_files([folder]) if folder.is_dir() else ():
            parsed = _parsed(found)
            _enter(known, (entry.note for entry in parsed.entries))
            mistakes += (problem for problem in parsed.problems if problem.severity is Severity.ERROR)
        return cls(folder, known, tuple(mistakes), Homes(folder, known.values()))

    def file(self, imported: "Imported", levels: Sequence[str], *, lines: Sequence[str], carry: Carry) -> list[Problem]:
        """Adds what was imported from a text of these `lines` and is not known yet, and says how many notes.

        Returns why others could not be added. Warns of those that are left out for one that was added just now, and
        tells which answer otherwise than here.

        Those of the text's own deck go to a file whose path is like these `levels`, which names the deck if its path
        does not; every other deck has a file by its name.
        """
        problems: list[Problem] = []
        for deck, members in _by_deck(imported.notes, imported.deck).items():
            if deck == imported.deck:
                by_path = DeckName(unicodedata.normalize("NFC", SEPARATOR.join(levels)))
                called = DeckName(imported.title) or by_path
                target = self.homes.of(file_below(self.folder, levels), called, by_path)
            else:
                called, target = deck, self.homes.of(deck_file(self.folder, deck), deck)
            fresh = [note for note in members if note.id not in self.known]
            twins = [(note, self.known[note.id]) for note in members if note.id in self.known]
            show(self._left_out(twins, lines), err=True)
            others = [twin for note, twin in twins if twin.id not in self.added and _answers_otherwise(note, twin)]
            try:
                show(carry(fresh, target), err=True)
                problem = self.add(target, fresh, deck=named_in(target, self.folder, called)) if fresh else None
            except DulyError as error:
                problem = Problem(fresh[0].place or Place(target), "not-added", error.said)
            if problem is not None:
                problems.append(problem)
            else:
                click.echo(_said(target, len(fresh), len(twins)))
                if others:
                    click.echo(f"  {_edited(others)}")
        return problems

    def add(self, target: Path, notes: Sequence[Note], *, deck: str, language: str = "") -> Problem | None:
        """Adds notes that are not known yet to a deck file, as `duly.deckfile.add` does."""
        from duly.deckfile.add import add

        problem = add(target, notes, deck=deck, language=language)
        if problem is None:
            _enter(self.known, notes)
            self.added.update(note.id for note in notes)
        return problem

    def _left_out(self, twins: Iterable[tuple[Note, Note]], lines: Sequence[str]) -> Iterator[Problem]:
        """Of notes and what is known in their stead, those for which that was added just now from elsewhere."""
        for note, twin in twins:
            if twin.id in self.added and note.place != twin.place:
                said = message(
                    "{place} counts as the same card, so this was left out; word it differently, or change that one",
                    place=twin.place,
                )
                place = note.place or Place(self.folder)
                yield Problem(place, "same-card", said, Severity.WARNING, lines[place.line - 1])


def _parsed(found: "DeckFile") -> "Parsed":
    from duly.deckfile.parse import Parsed, parse
    from duly.deckfile.source import Source, read

    source = read(found.file)
    return parse(source, found.deck) if isinstance(source, Source) else Parsed((), (source,))


def _enter(known: dict[NoteId, Note], notes: Iterable[Note]) -> None:
    for note in notes:
        known[note.id] = note
        known.setdefault(derived_id(note.question), note)


def _answers_otherwise(note: Note, twin: Note) -> bool:
    """Whether both ask the same, but what is to be answered is not the same; a cloze is all question."""
    answers = [folded(getattr(one.kind, "answer", "")) for one in (note, twin)]
    return folded(note.question) == folded(twin.question) and answers[0] != answers[1]


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


def _edited(notes: Sequence[Note]) -> str:
    """How many notes of the folder have another answer than a text in which they were met again, and where."""
    places = ", ".join(visible(str(note.place)) for note in notes[:NAMED]) + (" …" if len(notes) > NAMED else "")
    answers = counted(
        "{n} of them has another answer here than in the text, and keeps it",
        "{n} of them have other answers here than in the text, and keep them",
        len(notes),
    )
    return f"{answers}: {places}"
