"""Finds the entries that undo and redo take back, without reading the whole journal."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from duly.cards import CardId
from duly.scheduling.journal_entries import EntryId, JournalEntry, Undo
from duly.scheduling.replay import DAY, in_order, undone_ids, with_order_keys, without_undone


@dataclass(frozen=True, slots=True)
class JournalTail:
    """The newest entries of each device, in the order of their numbers; imported entries are left out.

    `unread_devices` have earlier entries that were not read. An undo comes after the entry that it undoes, so whether
    an entry counts depends only on the entries after it on its device, and on the undos of other devices:
    `unread_targets` has the targets of those that were not read.
    """

    entries: Sequence[JournalEntry]
    unread_devices: Collection[str] = ()
    unread_targets: Collection[EntryId] = ()

    def entries_to_undo(self, cards: Collection[CardId]) -> tuple[JournalEntry, ...] | None:
        """The entries of `cards` that the next undo takes back; None if more of the journal must be read."""
        entries_of_cards = self._entries_of(cards)
        step = entries_to_undo(entries_of_cards)
        if not self.unread_devices:
            return step
        is_certain = step and self._is_read_from(step[0].first_in_step) and self._is_newest(step[-1], entries_of_cards)
        return step if is_certain else None

    def entries_to_redo(self, cards: Collection[CardId]) -> tuple[JournalEntry, ...] | None:
        """The entries of `cards` that the next redo takes back; None if more of the journal must be read."""
        entries_of_cards = self._entries_of(cards)
        if not self.unread_devices:
            return entries_to_redo(entries_of_cards)
        # A redo never goes back beyond an entry that is not an undo.
        actions = [item for *_key, item in with_order_keys(entries_of_cards) if not isinstance(item.entry, Undo)]
        undone_entries = (item.entry.target for item in entries_of_cards if isinstance(item.entry, Undo))
        is_enough = (
            actions and all(map(self._is_read_from, undone_entries)) and self._is_newest(actions[-1], entries_of_cards)
        )
        return entries_to_redo(entries_of_cards) if is_enough else None

    def _entries_of(self, cards: Collection[CardId]) -> list[JournalEntry]:
        return [item for item in self.entries if item.entry.card in cards]

    def _is_read_from(self, entry: EntryId) -> bool:
        """Whether an entry and all later ones of its device were read."""
        if entry.device not in self.unread_devices:
            return True
        first_id = next((item.id for item in self.entries if item.id.device == entry.device), None)
        return first_id is not None and first_id.number <= entry.number

    def _is_newest(self, last: JournalEntry, entries_of_cards: Sequence[JournalEntry]) -> bool:
        """Whether an entry comes after all unread ones in the order of `with_order_keys`.

        The entries of one device are in the order of their numbers. With several devices, the time of an unread entry
        is at most a day after the first read entry of its device.
        """
        if len({item.id.device for item in self.entries} | {*self.unread_devices}) == 1:
            return True
        if any(item.id in self.unread_targets for item in entries_of_cards):
            return False
        first_times: dict[str, int] = {}
        for item in entries_of_cards:
            first_times.setdefault(item.id.device, item.entry.moment.at)
        moment = next(at for at, _device, _number, item in with_order_keys(entries_of_cards) if item is last)
        return all(device in first_times and first_times[device] + DAY < moment for device in self.unread_devices)


def entries_to_undo(entries: Iterable[JournalEntry]) -> tuple[JournalEntry, ...]:
    """The entries that the next undo takes back: the last undo step that counts and was not made in another program."""
    return _last_step([item for item in without_undone(entries) if not item.id.is_from_elsewhere])


def entries_to_redo(entries: Iterable[JournalEntry]) -> tuple[JournalEntry, ...]:
    """The undos that the next redo takes back: the last step of valid undos, unless another entry follows it."""
    entries = in_order(entries)
    undone = undone_ids(entries)
    undos = {item.id for item in entries if isinstance(item.entry, Undo)}
    valid_undos: list[JournalEntry] = []
    for item in reversed(entries):
        if item.id.is_from_elsewhere:
            continue
        if not isinstance(item.entry, Undo):
            break
        if item.id not in undone and item.entry.target not in undos:
            valid_undos.append(item)
    return _last_step(valid_undos[::-1])


def _last_step(entries: Sequence[JournalEntry]) -> tuple[JournalEntry, ...]:
    return tuple(item for item in entries if item.first_in_step == entries[-1].first_in_step)
