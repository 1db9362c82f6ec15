"""What undo and redo find at the end of a journal, without reading all that came before."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from duly.cards import CardId
from duly.scheduling.entries import Logged, Undo
from duly.scheduling.replay import redoable, undoable


@dataclass(frozen=True, slots=True)
class Ending:
    """The last entries of a journal in which one device wrote, besides Anki; `is_whole` if there are no others.

    An undo comes after what it takes back. So whether an entry counts is known from those that follow it.
    """

    entries: Sequence[Logged]
    is_whole: bool

    def undoable(self, known: Collection[CardId]) -> tuple[Logged, ...] | None:
        """What the next undo takes back, as far as it is about `known` cards; None where more must be read."""
        found = undoable(self._about(known))
        return found if self.is_whole or (found and self._reaches(found[0].first.number)) else None

    def redoable(self, known: Collection[CardId]) -> tuple[Logged, ...] | None:
        """What the next redo takes back, as far as it is about `known` cards; None where more must be read."""
        about = self._about(known)
        undone = [one.entry.target.number for one in about if isinstance(one.entry, Undo)]
        ends = len(undone) < len(about)  # no redo goes back beyond something that was done
        return redoable(about) if self.is_whole or (ends and all(map(self._reaches, undone))) else None

    def _about(self, known: Collection[CardId]) -> list[Logged]:
        return [one for one in self.entries if one.entry.card in known]

    def _reaches(self, number: int) -> bool:
        return bool(self.entries) and self.entries[0].id.number <= number
