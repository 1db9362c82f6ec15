"""Imports packages and collections of Anki: notes with their media and origins, and edits made in Anki."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack, nullcontext, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from duly.anki.importing.import_notes import note_id
from duly.atomic_write import refuse_outside
from duly.cards import Note, NoteId
from duly.deckfile.new_file_names import file_for_deck, name_to_write
from duly.errors import DulyError
from duly.exchange.file_assignment import notes_by_file
from duly.exchange.import_events import AnkiImported, Failure, ImportEvent
from duly.exchange.import_target import ImportTarget, UpdateOptions
from duly.exchange.note_updates import Difference, Outcome, by_outcome
from duly.message import message
from duly.problem import Place, Problem
from duly.work_progress import Watch, silent_watch

if TYPE_CHECKING:
    from duly.anki.importing.compare import NoteComparer
    from duly.anki.importing.import_notes import ImportedNotes
    from duly.anki.notes.note_builder import NoteBuilder
    from duly.anki.notes.origins import Origin


def is_from_anki(file: Path) -> bool:
    """Whether the file is a package or a collection of Anki, not a text."""
    from duly.anki.read.open_anki import is_from_anki

    return is_from_anki(file)


def import_from_anki(
    file: Path,
    target: ImportTarget,
    *,
    with_progress: bool = False,
    only_guids: Collection[str] | None = None,
    watch: Watch = silent_watch,
) -> Iterator[ImportEvent]:
    """Imports one package or collection; failures are reported last.

    `with_progress`: progress will be imported afterwards, so it does not count as lost, but must be readable. With
    `only_guids`, notes with other guids are skipped. `watch` is called for each note before anything is written. Raises
    `DulyError` if the file is damaged, or is not one of Anki's; then, or if `watch` raises, the folder stays unchanged.
    """
    from duly.anki.importing.import_notes import import_notes
    from duly.anki.importing.losses import Loss
    from duly.anki.importing.media_import import open_media_import
    from duly.anki.notes import origin_files
    from duly.anki.notes.origins import Origins
    from duly.anki.read import open_anki as reader
    from duly.deckfile.load import load

    folder = target.folder
    existing_notes = load([folder]).notes if folder.is_dir() else ()
    earlier_origins = origin_files.read(folder)
    problems: list[Problem] = []
    added_by_file: dict[Path, int] = {}
    with ExitStack() as stack:
        collection = stack.enter_context(reader.open_anki(file))
        media_import = stack.enter_context(open_media_import(folder, collection.media))
        comparer = _comparer(target, stack)
        imported_notes = import_notes(
            collection, media_import, partial(file_for_deck, folder), target.known_notes,
            known_origins=earlier_origins.notes, comparer=comparer, only_guids=only_guids, watch=watch,
        )  # fmt: skip
        if with_progress:
            collection.check_learned()
        parts = list(notes_by_file(imported_notes.notes, folder, existing_notes))
        for path in (folder / origin_files.FOLDER, *(deck_path for deck_path, _deck, _notes in parts)):
            refuse_outside(path, folder)
        media_import.move_into_folder()
        if with_progress:
            imported_notes.losses.forget(Loss.SUSPENDED, Loss.PROGRESS)
        all_origins = earlier_origins.merged_with(imported_notes.origins)
        has_new_media = imported_notes.origins.media and any(note.changes for note in imported_notes.edited_notes)
        if imported_notes.origins.notes or has_new_media or origin_files.has_single_file(folder):
            origin_files.write(folder, all_origins)
        for deck_path, deck, notes in parts:
            problem = target.add(
                deck_path, notes, deck=name_to_write(deck_path, folder, deck), language=notes[0].language
            )
            if problem is None:
                added_by_file[deck_path] = len(notes)
            else:
                problems.append(problem)
        updated_origins, redated_origins, update_problems = _update(target, imported_notes, comparer)
        if comparer.ledger is not None:
            comparer.ledger.keep_anki_versions(imported_notes.anki_rows)
        problems += update_problems
        new_origins: dict[str, Origin] = {
            note: origin for note, origin in (updated_origins | redated_origins).items() if origin
        }
        if new_origins:
            origin_files.write(folder, all_origins.merged_with(Origins(notes=new_origins)))
    yield AnkiImported(
        file, added_by_file, imported_notes.known_count,
        by_outcome(imported_notes.edited_notes, updated_origins, target.known_notes),
        [(loss.value, sentence, cases) for loss, sentence, cases in imported_notes.losses.report()],
        has_origins=bool(imported_notes.origins.notes),
    )  # fmt: skip
    yield from map(Failure, problems)


def _comparer(target: ImportTarget, stack: ExitStack) -> "NoteComparer":
    """A comparer for the known notes, with the ledger of exports if it can be used."""
    from duly.anki.history import export_ledger
    from duly.anki.importing.compare import NoteComparer
    from duly.locations import exports_file

    options = target.update_options
    ledger = None
    # Without the ledger, notes are compared less exactly.
    with nullcontext() if options.update else suppress(DulyError):
        ledger = stack.enter_context(export_ledger.open_ledger(exports_file()))
    return NoteComparer(
        target.known_notes, _builder(target), ledger,
        lambda note: target.file_tags.get(note.place.file, ()) if note.place else (),
        update=options.update, force=options.force,
    )  # fmt: skip


def _builder(target: ImportTarget) -> "NoteBuilder":
    from duly.anki.notes.note_builder import NoteBuilder
    from duly.anki.notes.package_media import PackageMedia

    return NoteBuilder(PackageMedia([target.folder]))


def _update(
    target: ImportTarget, imported_notes: "ImportedNotes", comparer: "NoteComparer"
) -> tuple[dict[NoteId, "Origin | None"], dict[NoteId, "Origin | None"], list[Problem]]:
    """Updates notes. Returns the origins of updated notes, those of redated notes, and the problems of others.

    Notes that were edited only here, but have a later date in Anki, are redated, so that Anki accepts an export.
    """
    from duly.anki.history.dates_beside_decks import Dates
    from duly.anki.importing.compare import update_origin

    edited_by_id = {
        edited_note.note.id: edited_note for edited_note in imported_notes.edited_notes if edited_note.changes
    }
    updated_differences, problems = target.update_notes(
        [Difference(edited_note.note, edited_note.changes) for edited_note in edited_by_id.values()]
    )
    builder, ledger = _builder(target), comparer.ledger
    if ledger is None:
        return {}, {}, problems
    dates = Dates([target.folder])
    updated_origins = {
        difference.note.id: update_origin(edited_by_id[difference.note.id], difference.note, ledger, dates, builder)
        for difference in updated_differences
    }
    redated_origins = {
        edited_note.note.id: update_origin(edited_note, edited_note.note, ledger, dates, builder)
        for edited_note in imported_notes.edited_notes
        if edited_note.is_overtaken
    }
    dates.write()
    return updated_origins, redated_origins, problems


def update_decks_from_anki(
    file: Path, paths: Iterable[Path], guids: Collection[str]
) -> tuple[tuple[NoteId, ...], tuple[Problem, ...]]:
    """Writes Anki's edits of the notes with these guids into the deck files below `paths`.

    Returns the ids of the updated notes, and the problems of others. Raises `DulyError` if the collection is damaged.
    """
    updated_ids: dict[NoteId, None] = {}
    problems: list[Problem] = []
    for folder in dict.fromkeys(path if path.is_dir() else path.parent for path in paths):
        target = ImportTarget.read(folder, UpdateOptions(update=True, force=True))
        known_guids = {guid for guid in guids if note_id(guid) in target.known_notes}
        for event in import_from_anki(file, target, only_guids=known_guids) if known_guids else ():
            match event:
                case AnkiImported():
                    updated_groups = [group for group in event.groups if group.outcome is Outcome.UPDATED]
                    updated_ids |= {
                        difference.note.id: None for group in updated_groups for difference in group.differences
                    }
                    empty_groups = [group for group in event.groups if group.outcome is Outcome.EMPTIED]
                    problems += [
                        _empty_in_anki(difference.note, file)
                        for group in empty_groups
                        for difference in group.differences
                    ]
                case Failure():
                    problems.append(event.problem)
    return tuple(updated_ids), tuple(problems)


def _empty_in_anki(note: Note, file: Path) -> Problem:
    sentence = message("{id}: something that the card needs is empty in Anki; the deck file keeps its text", id=note.id)
    return Problem(note.place or Place(file), "not-revised", sentence)
