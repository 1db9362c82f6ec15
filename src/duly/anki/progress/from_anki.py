"""Reads learning progress from Anki: review logs as journal entries, and the current schedules of cards."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from duly.anki.notes.anki_note import card_ord
from duly.anki.progress.calendar import Calendar
from duly.anki.progress.current_schedule import current_schedule
from duly.anki.progress.from_revlog import LeftOutReason, LogReader
from duly.anki.raw_rows import BURIED, BURIED_BY_ANKI, NEW, SUSPENDED, RawCard, RawNote, RawReview, RawSettings
from duly.cards import CardId
from duly.cards.ids import is_face
from duly.gc_pause import pause_gc
from duly.scheduling.foreign_progress import ForeignProgress
from duly.scheduling.journal_entries import JournalEntry, Reset


@dataclass(frozen=True, slots=True)
class AnkiProgress:
    """The progress of each requested card that Anki has; and how many cards or rows were left out, by reason."""

    cards: tuple[ForeignProgress, ...]
    left_out_counts: Mapping[LeftOutReason, int]


class CollectionRows(Protocol):
    """A collection whose rows can be read, from a file or from an open Anki."""

    @property
    def settings(self) -> RawSettings: ...

    def notes(self) -> Iterator[RawNote]: ...

    def cards(self) -> Iterator[RawCard]: ...

    def reviews(self) -> Iterator[RawReview]: ...


@pause_gc()
def read_progress(
    collection: CollectionRows,
    cards: Iterable[CardId],
    calendar: Calendar,
    scheduler: str,
    identities: Mapping[CardId, tuple[str, int]] = MappingProxyType({}),
) -> AnkiProgress:
    """The progress of these cards in the collection, in which they are identified by guid and number.

    `identities` has the guids and numbers of cards whose ids do not determine them (see
    `duly.anki.notes.origin_lookup.identity_in_anki`). `scheduler` is the name of duly's scheduler for the answers.
    Raises `DulyError` if the file is damaged.
    """
    cards_by_identity = {
        identities.get(card) or (card.note, card_ord(card.face)): card
        for card in cards
        if _can_be_in_anki(card, identities)
    }
    guids = {note.id: note.guid for note in collection.notes()}
    reviews_by_card: defaultdict[int, list[RawReview]] = defaultdict(list)
    for row in collection.reviews():
        reviews_by_card[row.card].append(row)
    left_out_counts: Counter[LeftOutReason] = Counter()
    reader = LogReader(calendar, scheduler, collection.settings.scheduler != 2, left_out_counts)
    progress: list[ForeignProgress] = []
    for raw_card in collection.cards():
        rows = reviews_by_card.get(raw_card.id, [])
        card = cards_by_identity.get((guids[raw_card.note], raw_card.ord)) if raw_card.note in guids else None
        if card is not None:
            entries = reader.entries(card, rows)
            if _is_forgotten(raw_card, entries):
                left_out_counts[LeftOutReason.RESET_CARD] += 1
                entries = ()
            left_out_counts[LeftOutReason.BURIED_CARD] += raw_card.queue in (BURIED, BURIED_BY_ANKI)
            schedule = current_schedule(raw_card, collection.settings, calendar, scheduler)
            progress.append(ForeignProgress(card, entries, schedule, is_suspended=raw_card.queue == SUSPENDED))
        elif rows or raw_card.type != NEW:
            left_out_counts[LeftOutReason.UNKNOWN_CARD] += 1
    return AnkiProgress(tuple(progress), +left_out_counts)


def _can_be_in_anki(card: CardId, identities: Mapping[CardId, tuple[str, int]]) -> bool:
    """Whether Anki can have the card: it has a further card only if the note came from Anki."""
    return card in identities or not is_face(card.face)


def _is_forgotten(card: RawCard, entries: tuple[JournalEntry, ...]) -> bool:
    """Whether the card was reset by an old version of Anki, which did not log it."""
    return card.type == NEW and bool(entries) and not isinstance(entries[-1].entry, Reset)
