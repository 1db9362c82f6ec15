"""Plans and writes a package from notes, which Anki can import repeatedly without losing anything."""

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from duly.anki.export_plan import ExportPlan, ExportSummary
from duly.anki.history import export_ledger
from duly.anki.history.date_file import Dated
from duly.anki.history.dates_beside_decks import Dates
from duly.anki.history.export_ledger import Ledger
from duly.anki.history.moved_notes import decks_before, moved_notes
from duly.anki.history.note_dates import ChangeTracker
from duly.anki.history.removed_notes import describe_removed, elsewhere_messages, held_elsewhere, mark_removed
from duly.anki.notes.anki_note import Stamp, digest
from duly.anki.notes.note_builder import NoteBuilder
from duly.anki.notes.note_types import TYPES, NoteType, styles
from duly.anki.notes.origin_files import FOLDER
from duly.anki.notes.package_media import PackageMedia
from duly.anki.progress.to_anki import NOTHING, PackageProgress, ReviewHistories
from duly.anki.raw_rows import RawType
from duly.anki.write.write_package import deck_count, write_package
from duly.cards import Note, NoteId
from duly.errors import DulyError
from duly.gc_pause import gc_paused
from duly.message import Message, message
from duly.work_progress import Watch, unwatched


@gc_paused()
def export_package(
    notes: Sequence[Note],
    target: Path,
    memory: Path,
    now: datetime,
    *,
    paths: Sequence[Path] = (),
    undecided: Collection[str] = (),
    whole: bool = True,
    learned: ReviewHistories = NOTHING,
    force: bool = False,
    gone: bool = False,
    watch: Watch = unwatched,
) -> ExportSummary:
    """Plans the package `target` as `plan_package` does, and writes it.

    `learned` goes along with the cards it is about. `watch` is called for each note and each media file.
    Raises `DulyError`, with package and memory as they were, if there are no notes or a file cannot be read or written.

    The memory is updated before the package is put in its place. A remembered package that was never imported does no
    harm; but if an imported one were not remembered, reverting a note here would never revert it in Anki.
    """
    warnings: list[Message] = []
    with plan_package(
        notes, target, export_ledger.open_ledger(memory), now,
        paths=paths, undecided=undecided, whole=whole, force=force, gone=gone, watch=watch,
    ) as plan:  # fmt: skip
        asked = [card for row in plan.rows for card in plan.cards(row)] if learned.histories else []
        write_package(
            target, plan.rows, plan.types, PackageProgress(learned, asked),
            scratch=memory.with_suffix(".part"), media=plan.media, watch=watch,
            ready=lambda: warnings.extend(plan.remember()),
        )  # fmt: skip
    return replace(plan.summary, messages=(*plan.summary.messages, *warnings))


@contextmanager
def plan_package(
    notes: Sequence[Note],
    target: Path,
    memory: AbstractContextManager[Ledger],
    now: datetime,
    *,
    paths: Sequence[Path] = (),
    undecided: Collection[str] = (),
    whole: bool = True,
    force: bool = False,
    gone: bool = False,
    watch: Watch = unwatched,
) -> Iterator[ExportPlan]:
    """Plans a package of the notes, in order; their ids must be distinct. It would be written to `target`.

    `memory` is the ledger of earlier exports; it is open within the block, and remembers the plan only if the block
    succeeds. `now` dates what is new. The notes are those of the files and folders `paths`, and media are taken only
    from these folders. `whole` says that `notes` is complete; where some were not read, or the package had notes of
    other paths before, no note counts as removed. `undecided` are ids that may have been reworded: they do not count as
    removed, either.
    `force` gives all notes and note types a new date, so that Anki updates every one. `gone` adds the removed notes to
    the package once more, tagged for deletion (with `force`, also those that were in an earlier one).
    `watch` is called for each note. Raises `DulyError` if there are no notes or a file cannot be read.
    """
    nothing = DulyError(message("there is no card to export"))
    if not notes and not gone:
        raise nothing
    media = PackageMedia([path if path.is_dir() else path.parent for path in paths])
    builder = NoteBuilder(media)
    dates = Dates(paths)
    real_target = Path(os.path.realpath(target))
    second = int(now.timestamp())
    with memory as book:
        dating = ChangeTracker(book, dates, builder, second, anew=force)
        rows = list(dating.rows(watch(notes, message("Making notes for Anki"))))
        guids = frozenset(row.guid for row in rows)
        if len(guids) < len(rows):
            raise ValueError("two notes with one id would be two notes in Anki for ever")
        left_out = book.left_out(real_target, paths)
        whole = whole and not left_out
        earlier = book.package_guids(real_target)
        removed = earlier.difference(guids, undecided) if whole else frozenset()
        if whole:
            newly_removed = dates.newly_removed({*(note.id for note in notes), *undecided})
            removed |= {builder.guid(note) for note in newly_removed} - guids - book.removed_guids(real_target)
            dates.keep_removed(newly_removed)
        book.keep_output(real_target, guids - earlier, removed)
        elsewhere = held_elsewhere(book, real_target, book.removed_guids(real_target) | removed if gone else removed)
        descriptions = describe_removed(book, removed - elsewhere.keys(), builder.is_foreign)
        all_removed = book.removed_guids(real_target) | ({builder.guid(note) for note in dates.removed()} - guids)
        to_ship = all_removed - elsewhere.keys() if gone and whole else ()
        known: dict[int, NoteType | RawType] = {**TYPES, **builder.types}
        shipment = mark_removed(book, to_ship, second, known, again=force)
        dates.keep_removed((row.guid for row in shipment.shipped), second)
        dating.kinds |= {row.type: known[row.type] for row in shipment.shipped}
        all_rows = [*rows, *shipment.shipped]
        if not all_rows:
            raise nothing
        types = {kind: _type_mod(kind, book, dates, second, anew=force) for kind in dating.kinds.values()}

        def remember() -> tuple[Message, ...]:
            warnings = dates.write()
            book.keep()
            return warnings

        summary = ExportSummary(
            notes=len(rows),
            cards=sum(len(row.ords.split()) for row in rows),
            decks=deck_count(row.deck for row in rows),
            media=len(media.files),
            added=len(dating.added),
            changed=len(dating.changed),
            unchanged=len(rows) - len(dating.added) - len(dating.changed),
            moved=moved_notes(rows, dating.moved),
            gone=descriptions,
            shipped=_ids(row.guid for row in shipment.shipped),
            shipped_before=_ids(shipment.before),
            emptied=dating.emptied,
            messages=(
                *media.absent,
                *builder.messages,
                *map(_refusal, dating.refused),
                *map(_unknown_origin, dating.strayed),
                *elsewhere_messages(elsewhere),
                *shipment.messages,
                *map(_left_out, left_out),
            ),
        )
        yield ExportPlan(
            summary, all_rows, types, media.files, dating.added, dating.changed, decks_before(rows, dating.moved),
            dating.cards, remember,
        )  # fmt: skip


def _type_mod(kind: NoteType | RawType, book: Ledger, dates: Dates, now: int, *, anew: bool) -> int:
    if isinstance(kind, RawType):  # it is the learner's, and is brought only where it is not
        return kind.mod
    look = digest([(template.front, template.back) for template in kind.templates], styles(kind))
    known = dates.type(kind.id)
    stamp = book.stamped_type(
        kind.id, look, now, known=known and Stamp(bytes.fromhex(known.digest), known.mod), anew=anew
    )
    dates.keep_type(kind.id, Dated(stamp.digest.hex(), stamp.mod))
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


def _left_out(path: Path) -> Message:
    return message(
        "this package was made of {path} too before; as that is left out now, no note of it counts as removed",
        path=path,
    )


def _refusal(note: Note) -> Message:
    return message(
        "{place}: Anki cannot turn a question into a cloze, or back, and where it has {id!r} already it leaves it"
        " as it was; give the card a new id",
        place=note.place,
        id=note.id,
    )
