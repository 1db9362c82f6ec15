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

    update: bool = False
    force: bool = False


@dataclass(frozen=True, slots=True)
class ImportTarget:
    """The deck files below a folder, read once before notes are added to them."""

    folder: Path
    known_notes: dict[NoteId, Note]
    """All notes in it, even with missing images, by their id and by the id derived from their question."""
    errors: tuple[Problem, ...]
    """Errors in its deck files: notes could be added twice if they are among the unreadable ones."""
    files: FileAssigner
    update_options: UpdateOptions
    file_tags: dict[Path, tuple[str, ...]] = field(default_factory=dict)
    """The tags that each file gives to all its notes."""
    ambiguous_ids: set[NoteId] = field(default_factory=set)
    """The ids that several notes share: such notes are never updated."""
    added_ids: set[NoteId] = field(default_factory=set)
    """The ids of the notes that this import has added."""
    first_places: dict[NoteId, Place | None] = field(default_factory=dict)
    """The place of the first imported note of each id."""

    @classmethod
    def read(cls, folder: Path, update_options: UpdateOptions = UpdateOptions()) -> Self:
        """Reads the deck files in the folder, which need not exist yet."""
        known_notes: dict[NoteId, Note] = {}
        file_tags: dict[Path, tuple[str, ...]] = {}
        id_counts: Counter[NoteId] = Counter()
        errors: list[Problem] = []
        for file in deck_files([folder]) if folder.is_dir() else ():
            parsed_file = _parse_file(file)
            _add_known(known_notes, (entry.note for entry in parsed_file.entries))
            id_counts.update(entry.note.id for entry in parsed_file.entries)
            file_tags[file.file] = parsed_file.entries[0].file_tags if parsed_file.entries else ()
            errors += parsed_file.errors
        ambiguous_ids = {note for note, number in id_counts.items() if number > 1}
        return cls(
            folder,
            known_notes,
            tuple(errors),
            FileAssigner(folder, known_notes.values()),
            update_options,
            file_tags,
            ambiguous_ids,
        )

    def add_text(
        self, imported_text: "ImportedText", levels: Sequence[str], *, lines: Sequence[str], copy_media: CopyMedia
    ) -> Iterator[ImportEvent]:
        """Adds the new notes of a text with these `lines`.

        Known notes that differ are reported, or updated. Of several notes that count as the same card, the first is
        used, with a warning for the others.

        Notes of the text's own deck are added to the file at the path `levels`, after which a deck without a title is
        named; notes of other decks are added to the file for the deck's name.
        """
        for deck, notes in _by_deck(imported_text.notes, imported_text.deck).items():
            if deck == imported_text.deck:
                path_name = DeckName(unicodedata.normalize("NFC", SEPARATOR.join(levels)))
                deck_name = DeckName(imported_text.title) or path_name
                target = self.files.of(file_below(self.folder, levels), deck_name, path_name)
            else:
                deck_name, target = deck, self.files.of(file_for_deck(self.folder, deck), deck)
            new_notes = [note for note in notes if note.id not in self.known_notes]
            known_rewordings = self._known_rewordings(new_notes, imported_text)
            yield from self._reworded_warnings(new_notes, known_rewordings, lines)
            notes_to_add = [note for note in new_notes if note.id not in known_rewordings]
            known_pairs = [(note, self.known_notes[note.id]) for note in notes if note.id in self.known_notes]
            first_pairs, later_pairs = self._split_pairs(known_pairs)
            yield from self._same_card_warnings(later_pairs, lines)
            parts = list(self.files.split(target, deck_name, notes_to_add)) or [(target, [])]
            has_failed = False
            for number, (file, part) in enumerate(parts):
                try:
                    yield from copy_media(part, file)
                    problem = (
                        self._add_text_notes(file, part, name_to_write(file, self.folder, deck_name)) if part else None
                    )
                except DulyError as error:
                    problem = Problem(part[0].place or Place(file), "not-added", error.message)
                if problem is not None:
                    has_failed = True
                    yield Failure(problem)
                else:
                    yield NotesFiled(
                        file if file.exists() else self.folder, len(part), 0 if number else len(known_pairs)
                    )
            if not has_failed:
                yield from self._update_or_report(first_pairs, copy_media)

    def _known_rewordings(self, new_notes: Sequence[Note], imported_text: "ImportedText") -> dict[NoteId, Note]:
        """The known note that each new note seems to reword, by the id of the new note."""
        from duly.importers.note_differences import rewordings

        known_ids = {self.known_notes[note.id].id for note in imported_text.notes if note.id in self.known_notes}
        return rewordings(new_notes, self.known_notes.values(), known_ids) if self.known_notes else {}

    def _reworded_warnings(
        self, new_notes: Sequence[Note], known_rewordings: dict[NoteId, Note], lines: Sequence[str]
    ) -> Iterator[Problem]:
        for note in new_notes:
            if note.id in known_rewordings:
                place = note.place or Place(self.folder)
                sentence = message(
                    "this seems to be {place} in other words, so it was not added again; change the question there, or"
                    " remove that card",
                    place=known_rewordings[note.id].place,
                )
                yield Problem(place, "reworded", sentence, Severity.WARNING, lines[place.line - 1])

    def _add_text_notes(self, target: Path, notes: Sequence[Note], deck: str) -> Problem | None:
        """Adds notes of a text. A new file gets the language of the text if it is certain."""
        from duly.importers.guess_language import language_of

        text = "\n".join(part for note in notes for part in note.texts)
        return self.add(target, notes, deck=deck, language=language_of(text))

    def add(self, target: Path, notes: Sequence[Note], *, deck: str, language: str = "") -> Problem | None:
        """Adds new notes to a deck file, as `duly.deckfile.write.add` does."""
        from duly.deckfile.write.add import add_notes

        refuse_outside(target, self.folder)
        problem = add_notes(target, notes, deck=deck, language=language)
        if problem is None:
            _add_known(self.known_notes, (note._replace(place=Place(target)) for note in notes))
            self.added_ids.update(note.id for note in notes)
            self.first_places.update((note.id, note.place) for note in notes)
        return problem

    def update_notes(self, differences: Sequence[Difference]) -> tuple[list[Difference], list[Problem]]:
        """Updates notes in their files. Returns them at their new places, and the problems of others."""
        updated_ids, problems = update_notes(
            [difference for difference in differences if difference.note.id not in self.ambiguous_ids]
        )
        problems += (
            _ambiguous_problem(difference.note, self.folder)
            for difference in differences
            if difference.note.id in self.ambiguous_ids
        )
        for file in {
            difference.note.place.file
            for difference in differences
            if difference.note.place and difference.note.id in updated_ids
        }:
            _add_known(self.known_notes, [entry.note for entry in _parse_file(DeckFile(file, self.folder)).entries])
        updated_differences = [difference for difference in differences if difference.note.id in updated_ids]
        return [
            Difference(self.known_notes[difference.note.id], difference.changes) for difference in updated_differences
        ], problems

    def _split_pairs(
        self, pairs: Iterable[tuple[Note, Note]]
    ) -> tuple[list[tuple[Note, Note]], list[tuple[Note, Note]]]:
        """Splits pairs of a note and the known note of the same card into the first pair of each card and others."""
        first_pairs: list[tuple[Note, Note]] = []
        later_pairs: list[tuple[Note, Note]] = []
        for note, known_note in pairs:
            is_first = self.first_places.setdefault(known_note.id, note.place) == note.place
            (first_pairs if is_first else later_pairs).append((note, known_note))
        return first_pairs, later_pairs

    def _update_or_report(self, pairs: Sequence[tuple[Note, Note]], copy_media: CopyMedia) -> Iterator[ImportEvent]:
        """Reports which notes differ in the text, or updates them."""
        from duly.importers.note_differences import differences, is_reworded_in_deck

        force = self.update_options.force
        differing_pairs = [
            (note, Difference(known_note, changes))
            for note, known_note in pairs
            if (changes := differences(note, known_note, include_rewordings=force))
        ]
        if not self.update_options.update:
            if differing_pairs:
                yield NotesDiffer([difference for _, difference in differing_pairs])
            return
        reworded_differences = [
            difference
            for note, difference in differing_pairs
            if not force and is_reworded_in_deck(note, difference.note)
        ]
        pairs_to_update = [
            (note, difference)
            for note, difference in differing_pairs
            if force or not is_reworded_in_deck(note, difference.note)
        ]
        for note, difference in pairs_to_update:
            if difference.note.place:
                yield from copy_media([note], difference.note.place.file)
        updated_differences, problems = self.update_notes([difference for _, difference in pairs_to_update])
        yield NotesUpdated(updated_differences, reworded_differences)
        yield from map(Failure, problems)

    def _same_card_warnings(self, pairs: Iterable[tuple[Note, Note]], lines: Sequence[str]) -> Iterator[Problem]:
        """Warnings for notes that count as the same card as a known note, but differ from it."""
        from duly.importers.note_differences import differences

        for note, known_note in pairs:
            if known_note.id in self.added_ids or differences(note, known_note):
                sentence = message(
                    "{place} counts as the same card, so this was left out; word it differently, or change that one",
                    place=self.first_places[known_note.id],
                )
                place = note.place or Place(self.folder)
                yield Problem(place, "same-card", sentence, Severity.WARNING, lines[place.line - 1])


def _parse_file(deck_file: DeckFile) -> "ParsedFile":
    from duly.deckfile.parse_file import ParsedFile, parse
    from duly.deckfile.yaml.source import Source, read_source

    source = read_source(deck_file.file)
    return parse(source, deck_file.deck) if isinstance(source, Source) else ParsedFile((), (source,))


def _add_known(known_notes: dict[NoteId, Note], notes: Iterable[Note]) -> None:
    for note in notes:
        known_notes[note.id] = note
        known_notes.setdefault(derived_id(note.question), note)


def _ambiguous_problem(note: Note, folder: Path) -> Problem:
    sentence = message("another card here has the same id, so neither was changed; give each its own, or remove one")
    return Problem(note.place or Place(folder), "not-revised", sentence)


def _by_deck(notes: Sequence[Note], text_deck: DeckName) -> dict[DeckName, list[Note]]:
    """The notes by deck; without notes, the text's own deck alone."""
    by_deck: dict[DeckName, list[Note]] = {} if notes else {text_deck: []}
    for note in notes:
        by_deck.setdefault(note.deck, []).append(note)
    return by_deck
