"""Notes that are no longer in the decks. A package cannot delete them in Anki, but it can tag them for deletion."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from duly.anki.history.export_ledger import Ledger, LedgerEntry, next_stamp
from duly.anki.history.search_queries import search_for, search_for_id
from duly.anki.notes.anki_note import AnkiNote
from duly.anki.notes.note_types import NoteType
from duly.anki.notes.occlusion_fields import MARKER
from duly.anki.raw_rows import FIELD_SEPARATOR, RawType
from duly.anki.write.package_rows import NoteRow, anki_note_of, note_row
from duly.cards import NoteId
from duly.cards.cloze import without_deletions
from duly.markup.html.plain_text import plain_text
from duly.message import Message, message

DELETED = "duly::deleted"
"""The tag of notes to be deleted: ``tag:duly::deleted`` finds them in Anki."""

MOST_IDS = 10
"""The most ids in one sentence."""


@dataclass(frozen=True, slots=True)
class RemovedNote:
    """A note that Anki keeps: a search for it in Anki, "" if there is none, and its question as plain text."""

    id: NoteId
    search: str
    question: str


@dataclass(frozen=True, slots=True)
class RemovedNotes:
    """The rows of removed notes for this package, and the guids of those that an earlier package contained."""

    shipped_rows: tuple[NoteRow, ...] = ()
    previously_shipped_guids: tuple[str, ...] = ()
    messages: tuple[Message, ...] = ()


def mark_removed(
    ledger: Ledger, guids: Iterable[str], now: int, types: Mapping[int, NoteType | RawType], *, force: bool = False
) -> RemovedNotes:
    """The last exported versions of these notes, tagged for deletion; saves them in the ledger.

    `types` are the known note types by id. Each note is shipped only once, because a learner who has deleted it would
    get it again; `force` ships it anyway.
    """
    shipped_rows: list[NoteRow] = []
    previously_shipped_guids: list[str] = []
    unknown_guids: list[str] = []
    entries = ledger.notes(sorted(guids))
    for guid in sorted(guids):
        old_entry = entries.get(guid)
        if old_entry is None or (note := _rebuilt(old_entry.row, types)) is None:
            unknown_guids.append(guid)
        elif not force and DELETED in old_entry.row.tags.split():
            previously_shipped_guids.append(guid)
        else:
            stamp = next_stamp(old_entry.stamp, note.digest, now, force=force)
            shipped_rows.append(note_row(note, stamp.mod))
    ledger.keep_notes(map(LedgerEntry, shipped_rows))
    sentence = message(
        "it is not known here what stood in these notes; delete them in Anki by their Duly ID: {ids}",
        ids=_ids_in_short(unknown_guids),
    )
    return RemovedNotes(tuple(shipped_rows), tuple(previously_shipped_guids), (sentence,) if unknown_guids else ())


def describe_removed(
    ledger: Ledger, guids: Iterable[str], is_foreign: Callable[[str], bool]
) -> tuple[RemovedNote, ...]:
    """Descriptions of removed notes, sorted by id. `is_foreign` says whether a note has an imported note type."""
    entries = ledger.notes(sorted(guids))
    return tuple(
        _description(entries[guid].row) if guid in entries else _description_by_id(guid, is_foreign=is_foreign(guid))
        for guid in sorted(guids)
    )


def _description_by_id(guid: str, *, is_foreign: bool) -> RemovedNote:
    """The description of a note that another machine exported: a search for its id, if it has a note type of duly."""
    return RemovedNote(NoteId(guid), "" if is_foreign else search_for_id(guid), "")


def _description(row: NoteRow) -> RemovedNote:
    first_field = next((html for html in row.fields.split(FIELD_SEPARATOR) if html and MARKER not in html), "")
    return RemovedNote(NoteId(row.guid), search_for(row), without_deletions(plain_text(first_field)))


def _rebuilt(row: NoteRow, types: Mapping[int, NoteType | RawType]) -> AnkiNote | None:
    if not row.deck or row.type not in types:
        return None
    note = anki_note_of(row, types[row.type])
    return note._replace(tags=tuple(dict.fromkeys((*note.tags, DELETED))))


def notes_elsewhere(ledger: Ledger, target: Path, guids: Iterable[str]) -> dict[str, Path]:
    """The notes that have moved to another package, which exists, so that they are not removed; the package by guid."""
    holders = ledger.guids_elsewhere(target)
    existing_packages = {package for package in set(holders.values()) if package.exists()}
    return {guid: holders[guid] for guid in guids if holders.get(guid) in existing_packages}


def moved_away_messages(packages: Mapping[str, Path]) -> tuple[Message, ...]:
    """A message for each package to which notes of this one have moved."""
    return tuple(
        message(
            "not taken for removed, for {package} holds them: {ids}",
            package=package,
            ids=_ids_in_short(guid for guid, other_package in packages.items() if other_package == package),
        )
        for package in sorted(set(packages.values()))
    )


def _ids_in_short(guids: Iterable[str]) -> str:
    """The ids, or the first few of many."""
    sorted_guids = sorted(guids)
    return ", ".join(sorted_guids[:MOST_IDS]) + (" …" if len(sorted_guids) > MOST_IDS else "")
