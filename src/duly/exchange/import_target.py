"""The folder into which notes are imported: each note once, in the file of its deck."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Self

from duly.atomic_write import refuse_outside
from duly.cards import DeckName, Note, NoteId, derived_id
from duly.cards.deck_name import SEPARATOR
from duly.deckfile.find import DeckFile, deck_files
from duly.deckfile.new_file_names import file_below, file_for_deck, name_to_write
from duly.errors import DulyError
from duly.exchange.file_assignment import FileAssigner
from duly.exchange.import_events import Failure, ImportEvent, NotesDiffer, NotesFiled, NotesUpdated
from duly.exchange.note_updates import Difference, update_notes
from duly.message import message
from duly.problem import Place, Problem, Severity

if TYPE_CHECKING:
    from duly.deckfile.parse_file import ParsedFile
    from duly.importers.importer import ImportedText

CopyMedia = Callable[[Sequence[Note], Path], Iterable[Problem]]
"""Copies the media of notes beside their deck file; returns a warning for each file that was not copied."""


@dataclass(frozen=True, slots=True)
class UpdateOptions:
    """Whether known notes are updated; `force`: also those that were edited here since."""

    wanted: bool = False
    force: bool = False


@dataclass(frozen=True, slots=True)
class ImportTarget:
    """The deck files below a folder, read once before notes are added to them."""

    folder: Path
    known_notes: dict[NoteId, Note]
    """All notes in it, even with missing images, by their id and by the id derived from their question."""
    mistakes: tuple[Problem, ...]
    """Errors in its deck files: notes could be added twice if they are among the unreadable ones."""
    files: FileAssigner
    update: UpdateOptions
    shared: dict[Path, tuple[str, ...]] = field(default_factory=dict)
    """The tags that each file gives to all its notes."""
    twice: set[NoteId] = field(default_factory=set)
    """The ids that several notes share: such notes are never updated."""
    added: set[NoteId] = field(default_factory=set)
    """The ids of the notes that this import has added."""
    first_places: dict[NoteId, Place | None] = field(default_factory=dict)
    """The place of the first imported note of each id."""

    @classmethod
    def of(cls, folder: Path, update: UpdateOptions = UpdateOptions()) -> Self:
        """Reads the deck files in the folder, which need not exist yet."""
        known_notes: dict[NoteId, Note] = {}
        shared: dict[Path, tuple[str, ...]] = {}
        ids: Counter[NoteId] = Counter()
        mistakes: list[Problem] = []
        for file in deck_files([folder]) if folder.is_dir() else ():
            parsed = _parsed(file)
            _enter(known_notes, (entry.note for entry in parsed.entries))
            ids.update(entry.note.id for entry in parsed.entries)
            shared[file.file] = parsed.entries[0].file_tags if parsed.entries else ()
            mistakes += parsed.errors
        twice = {note for note, number in ids.items() if number > 1}
        return cls(
            folder, known_notes, tuple(mistakes), FileAssigner(folder, known_notes.values()), update, shared, twice
        )

    def file(
        self, imported: "ImportedText", levels: Sequence[str], *, lines: Sequence[str], carry: CopyMedia
    ) -> Iterator[ImportEvent]:
        """Adds the new notes of a text with these `lines`.

        Known notes that differ are reported, or updated; of several that count as the same card, the first is used,
        with a warning for the others.

        Notes of the text's own deck go to the file at the path `levels`, which names the deck if the path does not;
        notes of other decks go to the file for the deck's name.
        """
        for deck, members in _by_deck(imported.notes, imported.deck).items():
            if deck == imported.deck:
                by_path = DeckName(unicodedata.normalize("NFC", SEPARATOR.join(levels)))
                called = DeckName(imported.title) or by_path
                target = self.files.of(file_below(self.folder, levels), called, by_path)
            else:
                called, target = deck, self.files.of(file_for_deck(self.folder, deck), deck)
            new = [note for note in members if note.id not in self.known_notes]
            reworded = self._reworded(new, imported)
            yield from self._reworded_warnings(new, reworded, lines)
            fresh = [note for note in new if note.id not in reworded]
            twins = [(note, self.known_notes[note.id]) for note in members if note.id in self.known_notes]
            first, later = self._split(twins)
            yield from self._same_card_warnings(later, lines)
            parts = list(self.files.split(target, called, fresh)) or [(target, [])]
            failed = False
            for number, (file, part) in enumerate(parts):
                try:
                    yield from carry(part, file)
                    problem = (
                        self._add_text_notes(file, part, name_to_write(file, self.folder, called)) if part else None
                    )
                except DulyError as error:
                    problem = Problem(part[0].place or Place(file), "not-added", error.message)
                if problem is not None:
                    failed = True
                    yield Failure(problem)
                else:
                    yield NotesFiled(file if file.exists() else self.folder, len(part), 0 if number else len(twins))
            if not failed:
                yield from self._update_or_report(first, carry)

    def _reworded(self, new: Sequence[Note], imported: "ImportedText") -> dict[NoteId, Note]:
        """The known cards of which new notes seem to be rewordings, by the ids of the new notes."""
        from duly.importers.note_differences import rewordings

        there = {self.known_notes[note.id].id for note in imported.notes if note.id in self.known_notes}
        return rewordings(new, self.known_notes.values(), there) if self.known_notes else {}

    def _reworded_warnings(
        self, new: Sequence[Note], reworded: dict[NoteId, Note], lines: Sequence[str]
    ) -> Iterator[Problem]:
        for note in new:
            if note.id in reworded:
                place = note.place or Place(self.folder)
                seems = message(
                    "this seems to be {place} in other words, so it was not added again; change the question there, or"
                    " remove that card",
                    place=reworded[note.id].place,
                )
                yield Problem(place, "reworded", seems, Severity.WARNING, lines[place.line - 1])

    def _add_text_notes(self, target: Path, notes: Sequence[Note], deck: str) -> Problem | None:
        """Adds notes of a text. A new file gets the language of the text if that is certain."""
        from duly.importers.guess_language import language_of

        text = "\n".join(part for note in notes for part in note.texts)
        return self.add(target, notes, deck=deck, language=language_of(text))

    def add(self, target: Path, notes: Sequence[Note], *, deck: str, language: str = "") -> Problem | None:
        """Adds new notes to a deck file, as `duly.deckfile.write.add` does."""
        from duly.deckfile.write.add import add_notes

        refuse_outside(target, self.folder)
        problem = add_notes(target, notes, deck=deck, language=language)
        if problem is None:
            _enter(self.known_notes, (note._replace(place=Place(target)) for note in notes))
            self.added.update(note.id for note in notes)
            self.first_places.update((note.id, note.place) for note in notes)
        return problem

    def update_notes(self, differences: Sequence[Difference]) -> tuple[list[Difference], list[Problem]]:
        """Updates notes in their files. Returns them at their new places, and why others were not updated."""
        done, problems = update_notes(
            [difference for difference in differences if difference.note.id not in self.twice]
        )
        problems += (
            _unclear(difference.note, self.folder) for difference in differences if difference.note.id in self.twice
        )
        for file in {
            difference.note.place.file
            for difference in differences
            if difference.note.place and difference.note.id in done
        }:
            _enter(self.known_notes, [entry.note for entry in _parsed(DeckFile(file, self.folder)).entries])
        updated = [difference for difference in differences if difference.note.id in done]
        return [
            Difference(self.known_notes[difference.note.id], difference.changes) for difference in updated
        ], problems

    def _split(self, twins: Iterable[tuple[Note, Note]]) -> tuple[list[tuple[Note, Note]], list[tuple[Note, Note]]]:
        """Splits pairs of a note and the known note that is the same card: the first pair of each card, and the
        others.
        """
        first: list[tuple[Note, Note]] = []
        later: list[tuple[Note, Note]] = []
        for note, twin in twins:
            is_first = self.first_places.setdefault(twin.id, note.place) == note.place
            (first if is_first else later).append((note, twin))
        return first, later

    def _update_or_report(self, twins: Sequence[tuple[Note, Note]], carry: CopyMedia) -> Iterator[ImportEvent]:
        """Reports which notes differ in the text, or updates them."""
        from duly.importers.note_differences import differences, reworded_here

        force = self.update.force
        differing = [
            (note, Difference(twin, changes))
            for note, twin in twins
            if (changes := differences(note, twin, anyway=force))
        ]
        if not self.update.wanted:
            if differing:
                yield NotesDiffer([difference for _, difference in differing])
            return
        reworded = [difference for note, difference in differing if not force and reworded_here(note, difference.note)]
        wanted = [
            (note, difference) for note, difference in differing if force or not reworded_here(note, difference.note)
        ]
        for note, difference in wanted:
            if difference.note.place:
                yield from carry([note], difference.note.place.file)
        done, problems = self.update_notes([difference for _, difference in wanted])
        yield NotesUpdated(done, reworded)
        yield from map(Failure, problems)

    def _same_card_warnings(self, twins: Iterable[tuple[Note, Note]], lines: Sequence[str]) -> Iterator[Problem]:
        """Warnings for notes that count as the same card as a known note, but differ from it."""
        from duly.importers.note_differences import differences

        for note, twin in twins:
            if twin.id in self.added or differences(note, twin):
                sentence = message(
                    "{place} counts as the same card, so this was left out; word it differently, or change that one",
                    place=self.first_places[twin.id],
                )
                place = note.place or Place(self.folder)
                yield Problem(place, "same-card", sentence, Severity.WARNING, lines[place.line - 1])


def _parsed(deck_file: DeckFile) -> "ParsedFile":
    from duly.deckfile.parse_file import ParsedFile, parse
    from duly.deckfile.yaml.source import Source, read_source

    source = read_source(deck_file.file)
    return parse(source, deck_file.deck) if isinstance(source, Source) else ParsedFile((), (source,))


def _enter(known: dict[NoteId, Note], notes: Iterable[Note]) -> None:
    for note in notes:
        known[note.id] = note
        known.setdefault(derived_id(note.question), note)


def _unclear(note: Note, folder: Path) -> Problem:
    sentence = message("another card here has the same id, so neither was changed; give each its own, or remove one")
    return Problem(note.place or Place(folder), "not-revised", sentence)


def _by_deck(notes: Sequence[Note], own_deck: DeckName) -> dict[DeckName, list[Note]]:
    """The notes by deck; without notes, the text's own deck alone."""
    by_deck: dict[DeckName, list[Note]] = {} if notes else {own_deck: []}
    for note in notes:
        by_deck.setdefault(note.deck, []).append(note)
    return by_deck
