"""Notes that the decks hold no more. A package cannot delete them in Anki; it can bring them once more, marked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from duly.anki.incoming.values import RawType
from duly.anki.ledger import Content, Entry, Ledger, stamped
from duly.anki.notes import AnkiNote
from duly.anki.notetypes import TYPES, NoteType
from duly.anki.rows import Dated
from duly.message import Message, message

DELETED = "duly::deleted"
"""The tag of notes to delete: ``tag:duly::deleted`` finds them in Anki."""

NAMED = 10
"""How many ids a sentence names."""


@dataclass(frozen=True, slots=True)
class Removed:
    """Notes on their way out: those that are shipped now, and the guids of those that were before."""

    shipped: tuple[Dated, ...] = ()
    before: tuple[str, ...] = ()
    messages: tuple[Message, ...] = ()


def removed(
    book: Ledger, guids: Iterable[str], now: int, foreign: Mapping[int, RawType], *, again: bool = False
) -> Removed:
    """These notes as they were exported last, but tagged, and remembered so.

    `foreign` are the note types, by id, that came from Anki.
    A note is shipped once, for a learner who has deleted it would get it anew; `again` says to do it all the same.
    """
    shipped: list[Dated] = []
    before: list[str] = []
    unknown: list[str] = []
    for guid in sorted(guids):
        old = book.note(guid)
        if old is None or (note := _rebuilt(guid, old, {**TYPES, **foreign})) is None:
            unknown.append(guid)
        elif not again and old.content and DELETED in old.content.tags:
            before.append(guid)
        else:
            stamp = stamped(old.stamp, note.digest, now, anew=again)
            book.keep_note(guid, replace(old, stamp=stamp, content=Content(note.deck, note.fields, note.tags)))
            shipped.append(Dated(note, stamp.mod))
    said = message(
        "these notes were exported by a duly that did not remember what stood in them; delete them in Anki by their"
        " Duly ID: {ids}",
        ids=named(unknown),
    )
    return Removed(tuple(shipped), tuple(before), (said,) if unknown else ())


def _rebuilt(guid: str, old: Entry, types: Mapping[int, NoteType | RawType]) -> AnkiNote | None:
    if old.content is None or old.note_type not in types:
        return None
    tags = tuple(dict.fromkeys((*old.content.tags, DELETED)))
    return AnkiNote(guid, old.content.deck, types[old.note_type], old.content.fields, tags, old.ords)


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
