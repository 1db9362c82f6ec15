"""What was learned in Anki, as entries of a journal: from its review log, and from where its cards stand."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from duly.anki.notes.anki_note import card_ord
from duly.anki.progress.calendar import Calendar
from duly.anki.progress.current_schedule import current_schedule
from duly.anki.progress.review_log import LeftOut, LogReader
from duly.anki.raw_rows import BURIED, BURIED_BY_ANKI, NEW, SUSPENDED, RawCard, RawNote, RawReview, RawSettings
from duly.cards import CardId
from duly.cards.ids import is_face
from duly.gc_pause import gc_paused
from duly.scheduling.entries import JournalEntry, Reset
from duly.scheduling.foreign_progress import ForeignProgress


@dataclass(frozen=True, slots=True)
class AnkiProgress:
    """What was read: each card that was looked for and is there; how many cards or lines were left out, and why."""

    cards: tuple[ForeignProgress, ...]
    left_out: Mapping[LeftOut, int]


class CollectionRows(Protocol):
    """A collection that can be read, whether from a file or from an Anki that is asked."""

    @property
    def settings(self) -> RawSettings: ...

    def notes(self) -> Iterator[RawNote]: ...

    def cards(self) -> Iterator[RawCard]: ...

    def reviews(self) -> Iterator[RawReview]: ...


@gc_paused()
def read_progress(
    collection: CollectionRows,
    cards: Iterable[CardId],
    calendar: Calendar,
    scheduler: str,
    there: Mapping[CardId, tuple[str, int]] = MappingProxyType({}),
) -> AnkiProgress:
    """What the collection knows of these cards, which are found by guid and number.

    `there` has the guid and the number of those for which their own id does not tell (see
    `duly.anki.notes.origin_lookup.identity_in_anki`). `scheduler` is the name of the one that its answers are given to.
    Raises `DulyError` where the file is damaged.
    """
    wanted = {there.get(card) or (card.note, card_ord(card.face)): card for card in cards if _is_there(card, there)}
    guids = {note.id: note.guid for note in collection.notes()}
    log: defaultdict[int, list[RawReview]] = defaultdict(list)
    for row in collection.reviews():
        log[row.card].append(row)
    left_out: Counter[LeftOut] = Counter()
    reader = LogReader(calendar, scheduler, collection.settings.scheduler != 2, left_out)
    progress: list[ForeignProgress] = []
    for raw in collection.cards():
        rows = log.get(raw.id, [])
        card = wanted.get((guids[raw.note], raw.ord)) if raw.note in guids else None
        if card is not None:
            entries = reader.entries(card, rows)
            if _is_forgotten(raw, entries):
                left_out[LeftOut.FORGOTTEN] += 1
                entries = ()
            left_out[LeftOut.BURIED] += raw.queue in (BURIED, BURIED_BY_ANKI)
            stands = current_schedule(raw, collection.settings, calendar, scheduler)
            progress.append(ForeignProgress(card, entries, stands, suspended=raw.queue == SUSPENDED))
        elif rows or raw.type != NEW:
            left_out[LeftOut.STRANGE] += 1
    return AnkiProgress(tuple(progress), +left_out)


def _is_there(card: CardId, there: Mapping[CardId, tuple[str, int]]) -> bool:
    """Whether Anki can have the card: it has a further card only of a note that came from there."""
    return card in there or not is_face(card.face)


def _is_forgotten(card: RawCard, entries: tuple[JournalEntry, ...]) -> bool:
    """Whether the card was made new again by an old Anki, which wrote no line about it in the log."""
    return card.type == NEW and bool(entries) and not isinstance(entries[-1].entry, Reset)
