"""What undo and redo take back, found at the end of a journal without reading all of it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from duly.cards import CardId
from duly.scheduling.entries import JournalEntry, Undo
from duly.scheduling.replay import in_order, undone_ids, without_undone


@dataclass(frozen=True, slots=True)
class JournalTail:
    """The last entries of a journal in which one device wrote, besides Anki; `is_whole` if there are no others.

    An undo comes after what it takes back. So whether an entry counts is known from those that follow it.
    """

    entries: Sequence[JournalEntry]
    is_whole: bool

    def undoable(self, known: Collection[CardId]) -> tuple[JournalEntry, ...] | None:
        """What the next undo takes back, as far as it is about `known` cards; None where more must be read."""
        found = undoable(self._about(known))
        return found if self.is_whole or (found and self._reaches(found[0].first.number)) else None

    def redoable(self, known: Collection[CardId]) -> tuple[JournalEntry, ...] | None:
        """What the next redo takes back, as far as it is about `known` cards; None where more must be read."""
        about = self._about(known)
        undone = [one.entry.target.number for one in about if isinstance(one.entry, Undo)]
        ends = len(undone) < len(about)  # no redo goes back beyond something that was done
        return redoable(about) if self.is_whole or (ends and all(map(self._reaches, undone))) else None

    def _about(self, known: Collection[CardId]) -> list[JournalEntry]:
        return [item for item in self.entries if item.entry.card in known]

    def _reaches(self, number: int) -> bool:
        return bool(self.entries) and self.entries[0].id.number <= number


def undoable(logged: Iterable[JournalEntry]) -> tuple[JournalEntry, ...]:
    """What the next undo takes back: the last fact that counts, with those of its step, and was not made elsewhere."""
    return _last_step([item for item in without_undone(logged) if not item.id.is_from_elsewhere])


def redoable(logged: Iterable[JournalEntry]) -> tuple[JournalEntry, ...]:
    """What the next redo takes back: the last undo of facts that still holds, unless one was made after it here."""
    entries = in_order(logged)
    voided = undone_ids(entries)
    undos = {item.id for item in entries if isinstance(item.entry, Undo)}
    holding: list[JournalEntry] = []
    for one in reversed(entries):
        if one.id.is_from_elsewhere:
            continue
        if not isinstance(one.entry, Undo):
            break
        if one.id not in voided and one.entry.target not in undos:
            holding.append(one)
    return _last_step(holding[::-1])


def _last_step(entries: Sequence[JournalEntry]) -> tuple[JournalEntry, ...]:
    return tuple(item for item in entries if item.first == entries[-1].first)
