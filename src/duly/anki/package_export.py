"""Plans and writes a package from notes, which Anki can import repeatedly without losing anything."""

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from duly.anki.export_plan import ExportPlan, ExportSummary
from duly.anki.history import export_ledger
from duly.anki.history.date_file import NoteDate
from duly.anki.history.dates_beside_decks import Dates
from duly.anki.history.export_ledger import Ledger
from duly.anki.history.moved_notes import moved_notes, spelled_former_decks
from duly.anki.history.note_dates import ChangeTracker
from duly.anki.history.removed_notes import describe_removed, mark_removed, moved_away_messages, notes_elsewhere
from duly.anki.notes.anki_note import Stamp, digest
from duly.anki.notes.note_builder import NoteBuilder
from duly.anki.notes.note_types import TYPES_BY_ID, NoteType, styles
from duly.anki.notes.origin_files import FOLDER
from duly.anki.notes.package_media import PackageMedia
from duly.anki.progress.to_anki import NO_HISTORIES, PackageProgress, ReviewHistories
from duly.anki.raw_rows import RawType
from duly.anki.write.write_package import deck_count, write_package
from duly.cards import Note, NoteId
from duly.errors import DulyError
from duly.gc_pause import pause_gc
from duly.message import Message, message
from duly.work_progress import Watch, silent_watch


@pause_gc()
def export_package(
    notes: Sequence[Note],
    target: Path,
    ledger_file: Path,
    now: datetime,
    *,
    paths: Sequence[Path] = (),
    undecided_ids: Collection[str] = (),
    is_complete: bool = True,
    review_histories: ReviewHistories = NO_HISTORIES,
    force: bool = False,
    with_removed: bool = False,
    watch: Watch = silent_watch,
) -> ExportSummary:
    """Plans the package `target` as `plan_package` does, and writes it.

    `review_histories` are exported with their cards. `watch` is called for each note and each media file.
    Raises `DulyError`, and leaves package and ledger unchanged, if there are no notes or a file cannot be read or
    written.

    The ledger is updated before the package replaces an older one. A recorded package that was never imported does no
    harm; but if an imported one were not recorded, reverting a note here would never revert it in Anki.
    """
    warnings: list[Message] = []
    with plan_package(
        notes, target, export_ledger.open_ledger(ledger_file), now,
        paths=paths, undecided_ids=undecided_ids, is_complete=is_complete, force=force, with_removed=with_removed,
        watch=watch,
    ) as plan:  # fmt: skip
        card_ids = [card for row in plan.rows for card in plan.card_ids_of(row)] if review_histories.by_card else []
        write_package(
            target, plan.rows, plan.types, PackageProgress(review_histories, card_ids),
            scratch=ledger_file.with_suffix(".part"), media=plan.media, watch=watch,
            ready=lambda: warnings.extend(plan.remember()),
        )  # fmt: skip
    return replace(plan.summary, messages=(*plan.summary.messages, *warnings))


@contextmanager
def plan_package(
    notes: Sequence[Note],
    target: Path,
    ledger_context: AbstractContextManager[Ledger],
    now: datetime,
    *,
    paths: Sequence[Path] = (),
    undecided_ids: Collection[str] = (),
    is_complete: bool = True,
    force: bool = False,
    with_removed: bool = False,
    watch: Watch = silent_watch,
) -> Iterator[ExportPlan]:
    """Plans a package of the notes, in order, for the file `target`. The ids of the notes must be distinct.

    `ledger_context` opens the ledger of earlier exports for the block; it records the plan only if the block succeeds.
    New notes and changes are dated `now`. The notes are those of the files and folders `paths`, and only media in these
    folders are used. Without `is_complete` some notes could not be read: then, or if an earlier package had notes of
    other paths, no note counts as removed. Notes with `undecided_ids` may have been reworded, and do not count as
    removed, either.
    `force` gives all notes and note types a new date, so that Anki updates every one. `with_removed` adds the removed
    notes to the package once more, tagged for deletion (with `force`, also those that were in an earlier one).
    `watch` is called for each note. Raises `DulyError` if there are no notes or a file cannot be read.
    """
    no_cards = DulyError(message("there is no card to export"))
    if not notes and not with_removed:
        raise no_cards
    media = PackageMedia([path if path.is_dir() else path.parent for path in paths])
    builder = NoteBuilder(media)
    dates = Dates(paths)
    real_target = Path(os.path.realpath(target))
    now_seconds = int(now.timestamp())
    with ledger_context as ledger:
        tracker = ChangeTracker(ledger, dates, builder, now_seconds, force=force)
        rows = list(tracker.rows(watch(notes, message("Making notes for Anki"))))
        guids = frozenset(row.guid for row in rows)
        if len(guids) < len(rows):
            raise ValueError("two notes with one id would be two notes in Anki for ever")
        paths_left_out = ledger.paths_left_out(real_target, paths)
        is_complete = is_complete and not paths_left_out
        earlier_guids = ledger.package_guids(real_target)
        removed_guids = earlier_guids.difference(guids, undecided_ids) if is_complete else frozenset()
        if is_complete:
            newly_removed_ids = dates.newly_removed_ids({*(note.id for note in notes), *undecided_ids})
            removed_guids |= (
                {builder.guid(note) for note in newly_removed_ids} - guids - ledger.removed_guids(real_target)
            )
            dates.set_removed(newly_removed_ids)
        ledger.keep_output(real_target, guids - earlier_guids, removed_guids)
        packages_elsewhere = notes_elsewhere(
            ledger, real_target, ledger.removed_guids(real_target) | removed_guids if with_removed else removed_guids
        )
        descriptions = describe_removed(ledger, removed_guids - packages_elsewhere.keys(), builder.is_foreign)
        all_removed_guids = ledger.removed_guids(real_target) | (
            {builder.guid(note) for note in dates.removed_ids()} - guids
        )
        guids_to_ship = all_removed_guids - packages_elsewhere.keys() if with_removed and is_complete else ()
        note_types: dict[int, NoteType | RawType] = {**TYPES_BY_ID, **builder.types}
        shipment = mark_removed(ledger, guids_to_ship, now_seconds, note_types, force=force)
        dates.set_removed((row.guid for row in shipment.shipped_rows), now_seconds)
        tracker.note_types |= {row.type: note_types[row.type] for row in shipment.shipped_rows}
        all_rows = [*rows, *shipment.shipped_rows]
        if not all_rows:
            raise no_cards
        type_dates = {
            note_type: _type_mod(note_type, ledger, dates, now_seconds, force=force)
            for note_type in tracker.note_types.values()
        }

        def remember() -> tuple[Message, ...]:
            warnings = dates.write()
            ledger.commit()
            return warnings

        summary = ExportSummary(
            notes=len(rows),
            cards=sum(len(row.ords.split()) for row in rows),
            decks=deck_count(row.deck for row in rows),
            media=len(media.files),
            added=len(tracker.added_guids),
            changed=len(tracker.changed_guids),
            unchanged=len(rows) - len(tracker.added_guids) - len(tracker.changed_guids),
            moves=moved_notes(rows, tracker.former_decks),
            removed_notes=descriptions,
            shipped_ids=_ids(row.guid for row in shipment.shipped_rows),
            previously_shipped_ids=_ids(shipment.previously_shipped_guids),
            empty_cards=tracker.empty_cards,
            messages=(
                *media.messages,
                *builder.messages,
                *map(_refused_type, tracker.refused_notes),
                *map(_unknown_origin, tracker.notes_without_origin),
                *moved_away_messages(packages_elsewhere),
                *shipment.messages,
                *map(_path_left_out, paths_left_out),
            ),
        )
        yield ExportPlan(
            summary, all_rows, type_dates, media.files, tracker.added_guids, tracker.changed_guids,
            spelled_former_decks(rows, tracker.former_decks), tracker.card_ids_of, remember,
        )  # fmt: skip


def _type_mod(note_type: NoteType | RawType, ledger: Ledger, dates: Dates, now: int, *, force: bool) -> int:
    if isinstance(note_type, RawType):  # an imported type: Anki has it, and keeps its own version
        return note_type.mod
    design = digest([(template.front, template.back) for template in note_type.templates], styles(note_type))
    note_date = dates.type_date(note_type.id)
    stamp = ledger.stamped_type(
        note_type.id,
        design,
        now,
        shared_stamp=note_date and Stamp(bytes.fromhex(note_date.digest), note_date.mod),
        force=force,
    )
    dates.set_type_date(note_type.id, NoteDate(stamp.digest.hex(), stamp.mod))
    return stamp.mod


def _ids(guids: Iterable[str]) -> tuple[NoteId, ...]:
    return tuple(map(NoteId, sorted(guids)))


def _unknown_origin(note: Note) -> Message:
    return message(
        "{place}: {id!r} came from Anki, but {file} no longer says which note type it had, so Anki will leave it as it"
        " was; bring that file back, or import the note from Anki once more",
        place=note.place,
        id=note.id,
        file=FOLDER.as_posix(),
    )


def _path_left_out(path: Path) -> Message:
    return message(
        "this package was made of {path} too before; as that is left out now, no note of it counts as removed",
        path=path,
    )


def _refused_type(note: Note) -> Message:
    return message(
        "{place}: Anki cannot turn a question into a cloze, or back, and where it has {id!r} already it leaves it"
        " as it was; give the card a new id",
        place=note.place,
        id=note.id,
    )
