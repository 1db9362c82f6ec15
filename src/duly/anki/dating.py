"""The notes of an export beside what was exported last: which are new, which changed, and from when each dates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from duly.anki.ledger import Known, Ledger, Stamp, stamped
from duly.anki.making import Made
from duly.anki.notes import AnkiNote
from duly.anki.notetypes import TYPES

TOGETHER = 500
"""How many notes are looked up at once."""


@dataclass(slots=True)
class Dating:
    """Dates notes by the ledger, where they are remembered so, and counts what became of them.

    `now` is in seconds since 1970; notes that are the same as before are dated `anew` only if told so. `emptied` counts
    the cards that notes have no more. `refused` are notes that Anki has as the other one of our note types.
    """

    book: Ledger
    now: int
    anew: bool
    added: int = 0
    changed: int = 0
    emptied: int = 0
    refused: set[str] = field(default_factory=set)

    def mods(self, made: Sequence[Made]) -> Iterator[int]:
        """For each note, the second from which its content dates."""
        for first in range(0, len(made), TOGETHER):
            yield from self._dated(made[first : first + TOGETHER])

    def _dated(self, made: Sequence[Made]) -> list[int]:
        known = self.book.known([one.note.guid for one in made])
        stamps: list[Stamp] = []
        fresh: list[tuple[AnkiNote, Stamp]] = []
        for one in made:
            note = one.note
            old = known.get(note.guid)
            stamp = stamped(old.stamp if old else one.stamp, note.digest, self.now, anew=self.anew)
            stamps.append(stamp)
            if old and old.note_type != note.type.id:
                self._refuse(note.guid, old, stamp)
            elif old is None or old.stamp != stamp or old.deck != note.deck:
                fresh.append((note, stamp))
            self._count(note, old, stamp)
        self.book.keep_made(fresh)
        return [stamp.mod for stamp in stamps]

    def _refuse(self, guid: str, old: Known, stamp: Stamp) -> None:
        """What Anki keeps is the note of the other type, so that is what is remembered of it."""
        if old.note_type in TYPES:
            self.refused.add(guid)
        if old.stamp != stamp:
            self.book.keep_stamp(guid, stamp)

    def _count(self, note: AnkiNote, old: Known | None, stamp: Stamp) -> None:
        if old is None:
            self.added += 1
        else:
            self.changed += old.stamp.digest != stamp.digest
            self.emptied += len(set(old.ords) - set(note.ords)) if old.note_type == note.type.id else 0
