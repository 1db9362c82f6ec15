"""What undo and redo take back, found at the end of a journal without reading all of it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from duly.cards import CardId
from duly.scheduling.journal_entries import EntryId, JournalEntry, Undo
from duly.scheduling.replay import DAY, in_order, undone_ids, with_order_keys, without_undone


@dataclass(frozen=True, slots=True)
class JournalTail:
    """The last entries of every device that wrote in a journal, besides Anki, each device's by number.

    `unread` are the devices that wrote others before. An undo comes after what it takes back. So whether an entry
    counts is known from those that follow it on its device, and from the undos of other devices: `crossing` has the
    targets of those that were not read.
    """

    entries: Sequence[JournalEntry]
    unread: Collection[str] = ()
    crossing: Collection[EntryId] = ()

    def undoable(self, known: Collection[CardId]) -> tuple[JournalEntry, ...] | None:
        """What the next undo takes back, as far as it is about `known` cards; None where more must be read."""
        about = self._about(known)
        step = undoable(about)
        if not self.unread:
            return step
        return step if step and self._reaches(step[0].first) and self._follows_unread(step[-1], about) else None

    def redoable(self, known: Collection[CardId]) -> tuple[JournalEntry, ...] | None:
        """What the next redo takes back, as far as it is about `known` cards; None where more must be read."""
        about = self._about(known)
        if not self.unread:
            return redoable(about)
        # No redo goes back beyond something that was done.
        done = [item for *_key, item in with_order_keys(about) if not isinstance(item.entry, Undo)]
        undone = (item.entry.target for item in about if isinstance(item.entry, Undo))
        is_enough = done and all(map(self._reaches, undone)) and self._follows_unread(done[-1], about)
        return redoable(about) if is_enough else None

    def _about(self, known: Collection[CardId]) -> list[JournalEntry]:
        return [item for item in self.entries if item.entry.card in known]

    def _reaches(self, entry: EntryId) -> bool:
        """Whether an entry and all later ones of its device were read."""
        if entry.device not in self.unread:
            return True
        first = next((item.id for item in self.entries if item.id.device == entry.device), None)
        return first is not None and first.number <= entry.number

    def _follows_unread(self, last: JournalEntry, about: Sequence[JournalEntry]) -> bool:
        """Whether an entry is later than all that were not read, in the order of `with_order_keys`.

        One device's entries are in the order of their numbers. Of several, an unread entry counts at most as a day
        after the first that was read of its device.
        """
        if len({item.id.device for item in self.entries} | {*self.unread}) == 1:
            return True
        if any(item.id in self.crossing for item in about):
            return False
        first: dict[str, int] = {}
        for item in about:
            first.setdefault(item.id.device, item.entry.moment.at)
        moment = next(at for at, _device, _number, item in with_order_keys(about) if item is last)
        return all(device in first and first[device] + DAY < moment for device in self.unread)


def undoable(logged: Iterable[JournalEntry]) -> tuple[JournalEntry, ...]:
    """What the next undo takes back: the last fact that counts, with those of its step, and was not made elsewhere."""
    return _last_step([item for item in without_undone(logged) if not item.id.is_from_elsewhere])


def redoable(logged: Iterable[JournalEntry]) -> tuple[JournalEntry, ...]:
    """What the next redo takes back: the last undo of facts that still holds, unless one was made after it here."""
    entries = in_order(logged)
    voided = undone_ids(entries)
    undos = {item.id for item in entries if isinstance(item.entry, Undo)}
    holding: list[JournalEntry] = []
    for item in reversed(entries):
        if item.id.is_from_elsewhere:
            continue
        if not isinstance(item.entry, Undo):
            break
        if item.id not in voided and item.entry.target not in undos:
            holding.append(item)
    return _last_step(holding[::-1])


def _last_step(entries: Sequence[JournalEntry]) -> tuple[JournalEntry, ...]:
    return tuple(item for item in entries if item.first == entries[-1].first)
