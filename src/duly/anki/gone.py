"""Notes that the decks hold no more. A package cannot delete them in Anki; it can bring them once more, marked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from duly.anki.browser import search_for
from duly.anki.incoming.values import RawType
from duly.anki.ledger import Entry, Ledger, stamped
from duly.anki.notes import AnkiNote
from duly.anki.notetypes import NoteType
from duly.anki.rows import BETWEEN, NoteRow, anki_note_of, note_row
from duly.cards import NoteId
from duly.cards.cloze import without_deletions
from duly.markup.plain import plain_text
from duly.message import Message, message

DELETED = "duly::deleted"
"""The tag of notes to delete: ``tag:duly::deleted`` finds them in Anki."""

NAMED = 10
"""How many ids a sentence names."""


@dataclass(frozen=True, slots=True)
class Gone:
    """A note that Anki keeps: what finds it there, "" if nothing does for sure, and its question as plain text."""

    id: NoteId
    search: str
    question: str


@dataclass(frozen=True, slots=True)
class Removed:
    """The rows of notes on their way out that are shipped now, and the guids of those that were before."""

    shipped: tuple[NoteRow, ...] = ()
    before: tuple[str, ...] = ()
    messages: tuple[Message, ...] = ()


def removed(
    book: Ledger, guids: Iterable[str], now: int, types: Mapping[int, NoteType | RawType], *, again: bool = False
) -> Removed:
    """These notes as they were exported last, but tagged, and remembered so.

    `types` are the note types, by id, that are known.
    A note is shipped once, for a learner who has deleted it would get it anew; `again` says to do it all the same.
    """
    shipped: list[NoteRow] = []
    before: list[str] = []
    unknown: list[str] = []
    known = book.notes(sorted(guids))
    for guid in sorted(guids):
        old = known.get(guid)
        if old is None or (note := _rebuilt(old.row, types)) is None:
            unknown.append(guid)
        elif not again and DELETED in old.row.tags.split():
            before.append(guid)
        else:
            stamp = stamped(old.stamp, note.digest, now, anew=again)
            shipped.append(note_row(note, stamp.mod))
    book.keep_notes(map(Entry, shipped))
    said = message(
        "these notes were exported by a duly that did not remember what stood in them; delete them in Anki by their"
        " Duly ID: {ids}",
        ids=named(unknown),
    )
    return Removed(tuple(shipped), tuple(before), (said,) if unknown else ())


def described(book: Ledger, guids: Iterable[str]) -> tuple[Gone, ...]:
    """What is to be said of notes that were exported once, by id."""
    known = book.notes(sorted(guids))
    return tuple(
        Gone(NoteId(guid), search_for(entry.row), without_deletions(plain_text(entry.row.fields.partition(BETWEEN)[0])))
        for guid, entry in sorted(known.items())
    )


def _rebuilt(row: NoteRow, types: Mapping[int, NoteType | RawType]) -> AnkiNote | None:
    if not row.deck or row.type not in types:
        return None
    note = anki_note_of(row, types[row.type])
    return note._replace(tags=tuple(dict.fromkeys((*note.tags, DELETED))))


def elsewhere(book: Ledger, target: Path, guids: Iterable[str]) -> dict[str, Path]:
    """Those of the notes that another package holds, as long as it is there: they have moved, and are not gone."""
    holders = book.held_beside(target)
    there = {package for package in set(holders.values()) if package.exists()}
    return {guid: holders[guid] for guid in guids if holders.get(guid) in there}


def told(moved: Mapping[str, Path]) -> tuple[Message, ...]:
    """A sentence for each package that holds what this one holds no more."""
    return tuple(
        message(
            "not taken for removed, for {package} holds them: {ids}",
            package=package,
            ids=named(guid for guid, holder in moved.items() if holder == package),
        )
        for package in sorted(set(moved.values()))
    )


def named(guids: Iterable[str]) -> str:
    """The ids, or the first of many."""
    first = sorted(guids)
    return ", ".join(first[:NAMED]) + (" …" if len(first) > NAMED else "")
