"""Notes from elsewhere, filed in the deck files of a folder: each once, and each in the file of its deck."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Self

import click

from duly.cards import DeckName, Note, NoteId, derived_id
from duly.cards.deck import SEPARATOR
from duly.cli.deck_files import Homes
from duly.cli.excerpt import visible
from duly.cli.problems import show
from duly.cli.revising import Difference, revised, tell_differing, tell_updated
from duly.deckfile.find import DeckFile, deck_files
from duly.deckfile.naming import deck_file, file_below, named_in
from duly.errors import DulyError
from duly.i18n import _, counted
from duly.message import message
from duly.place import Place
from duly.problem import Problem, Severity
from duly.replace import refuse_outside

if TYPE_CHECKING:
    from duly.deckfile.parse import Parsed
    from duly.importers.importer import Imported

Carry = Callable[[Sequence[Note], Path], Iterable[Problem]]
"""Brings what notes show to the file they are about to be written to, and says what could not be brought."""


@dataclass(frozen=True, slots=True)
class Update:
    """Whether notes that are there already are brought up to date; `force`: also those that were edited here since."""

    wanted: bool = False
    force: bool = False


@dataclass(frozen=True, slots=True)
class Filing:
    """The deck files below a folder, read once before notes are added to them."""

    folder: Path
    known: dict[NoteId, Note]
    """All notes there, even those whose images are missing, by their ids and by those their questions would give."""
    mistakes: tuple[Problem, ...]
    """What keeps cards there from being read: whoever adds notes cannot tell whether these are among them."""
    homes: Homes
    update: Update
    shared: dict[Path, tuple[str, ...]] = field(default_factory=dict)
    """The tags that files give to all their notes."""
    twice: set[NoteId] = field(default_factory=set)
    """The ids that several notes have, so that nobody can tell which of them is meant."""
    added: set[NoteId] = field(default_factory=set)
    """The ids of those notes that were not there before."""
    met: dict[NoteId, Place | None] = field(default_factory=dict)
    """Where notes that are there now were met first in what is imported."""

    @classmethod
    def of(cls, folder: Path, update: Update = Update()) -> Self:
        """Reads the deck files that there are; none where there is no such folder yet."""
        known: dict[NoteId, Note] = {}
        shared: dict[Path, tuple[str, ...]] = {}
        ids: Counter[NoteId] = Counter()
        mistakes: list[Problem] = []
        for found in deck_files([folder]) if folder.is_dir() else ():
            parsed = _parsed(found)
            _enter(known, (entry.note for entry in parsed.entries))
            ids.update(entry.note.id for entry in parsed.entries)
            shared[found.file] = parsed.entries[0].shared if parsed.entries else ()
            mistakes += parsed.errors
        twice = {note for note, number in ids.items() if number > 1}
        return cls(folder, known, tuple(mistakes), Homes(folder, known.values()), update, shared, twice)

    def file(self, imported: "Imported", levels: Sequence[str], *, lines: Sequence[str], carry: Carry) -> list[Problem]:
        """Adds what was imported from a text of these `lines` and is not known yet, and says how many notes.

        Returns why others could not be added. Those that are known and otherwise here are told, or brought up to date;
        of several, the first counts, and the others are warned of.

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
            first, later = self._parted(twins)
            show(self._left_out(later, lines), err=True)
            parts = list(self.homes.parted(target, called, fresh)) or [(target, [])]
            failed = []
            for number, (file, part) in enumerate(parts):
                if (problem := self._carried(file, part, called, carry)) is not None:
                    failed.append(problem)
                else:
                    known = 0 if number else len(twins)
                    click.echo(_said(file if file.exists() else self.folder, len(part), known))
            problems += failed or self._compared(first, carry)
        return problems

    def _carried(self, target: Path, notes: Sequence[Note], deck: DeckName, carry: Carry) -> Problem | None:
        """Adds notes, with what they show, to a file that may have to name their deck; why that could not be."""
        try:
            show(carry(notes, target), err=True)
            return self._added(target, notes, named_in(target, self.folder, deck)) if notes else None
        except DulyError as error:
            return Problem(notes[0].place or Place(target), "not-added", error.said)

    def _added(self, target: Path, notes: Sequence[Note], deck: str) -> Problem | None:
        """Adds notes of a text, in whose language a new file is if that is certain."""
        from duly.importers.language import language_of

        text = "\n".join(part for note in notes for part in note.texts)
        return self.add(target, notes, deck=deck, language=language_of(text))

    def add(self, target: Path, notes: Sequence[Note], *, deck: str, language: str = "") -> Problem | None:
        """Adds notes that are not known yet to a deck file, as `duly.deckfile.add` does."""
        from duly.deckfile.add import add

        refuse_outside(target, self.folder)
        problem = add(target, notes, deck=deck, language=language)
        if problem is None:
            _enter(self.known, (note._replace(place=Place(target)) for note in notes))
            self.added.update(note.id for note in notes)
            self.met.update((note.id, note.place) for note in notes)
        return problem

    def revise(self, differences: Sequence[Difference]) -> tuple[list[Difference], list[Problem]]:
        """Brings notes up to date in their files; gives those that were, where they are now, and what kept others."""
        done, problems = revised([one for one in differences if one.note.id not in self.twice])
        problems += (_unclear(one.note, self.folder) for one in differences if one.note.id in self.twice)
        for file in {one.note.place.file for one in differences if one.note.place and one.note.id in done}:
            _enter(self.known, [entry.note for entry in _parsed(DeckFile(file, self.folder)).entries])
        updated = [one for one in differences if one.note.id in done]
        return [Difference(self.known[one.note.id], one.changes) for one in updated], problems

    def _parted(self, twins: Iterable[tuple[Note, Note]]) -> tuple[list[tuple[Note, Note]], list[tuple[Note, Note]]]:
        """Notes with what is known in their stead: those that are the first to meet it, and the others."""
        first: list[tuple[Note, Note]] = []
        later: list[tuple[Note, Note]] = []
        for note, twin in twins:
            is_first = self.met.setdefault(twin.id, note.place) == note.place
            (first if is_first else later).append((note, twin))
        return first, later

    def _compared(self, twins: Sequence[tuple[Note, Note]], carry: Carry) -> list[Problem]:
        """Tells which notes are otherwise in the text, or brings them up to date; gives why some could not be."""
        from duly.importers.edits import edits, reworded_here

        force = self.update.force
        found = [(note, Difference(twin, told)) for note, twin in twins if (told := edits(note, twin, anyway=force))]
        if not self.update.wanted:
            tell_differing([one for _, one in found])
            return []
        reworded = [one for note, one in found if not force and reworded_here(note, one.note)]
        taken = [(note, one) for note, one in found if force or not reworded_here(note, one.note)]
        for note, one in taken:
            if one.note.place:
                show(carry([note], one.note.place.file), err=True)
        done, problems = self.revise([one for _, one in taken])
        tell_updated(done, reworded)
        return problems

    def _left_out(self, twins: Iterable[tuple[Note, Note]], lines: Sequence[str]) -> Iterator[Problem]:
        """Of notes and what is known in their stead, those that are not what came in their stead just now."""
        from duly.importers.edits import edits

        for note, twin in twins:
            if twin.id in self.added or edits(note, twin):
                said = message(
                    "{place} counts as the same card, so this was left out; word it differently, or change that one",
                    place=self.met[twin.id],
                )
                place = note.place or Place(self.folder)
                yield Problem(place, "same-card", said, Severity.WARNING, lines[place.line - 1])


def _parsed(found: DeckFile) -> "Parsed":
    from duly.deckfile.parse import Parsed, parse
    from duly.deckfile.source import Source, read

    source = read(found.file)
    return parse(source, found.deck) if isinstance(source, Source) else Parsed((), (source,))


def _enter(known: dict[NoteId, Note], notes: Iterable[Note]) -> None:
    for note in notes:
        known[note.id] = note
        known.setdefault(derived_id(note.question), note)


def _unclear(note: Note, folder: Path) -> Problem:
    said = message("another card here has the same id, so neither was changed; give each its own, or remove one")
    return Problem(note.place or Place(folder), "not-revised", said)


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
