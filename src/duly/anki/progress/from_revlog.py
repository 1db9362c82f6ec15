"""Converts Anki's review log of a card to journal entries."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from duly.anki.progress.calendar import Calendar
from duly.anki.progress.current_schedule import imported_schedule
from duly.anki.raw_rows import RawReview
from duly.cards import CardId
from duly.scheduling.day import StudyDay
from duly.scheduling.fsrs import LONGEST
from duly.scheduling.fsrs import NAME as FSRS
from duly.scheduling.grade import BUTTONS
from duly.scheduling.journal_entries import (
    ANKI,
    LONGEST_ANSWER,
    Entry,
    EntryId,
    ImportedSchedule,
    JournalEntry,
    Reset,
    Review,
)

LEARN, RELEARN, FILTERED, MANUAL = 0, 2, 3, 4
"""Types of rows: an answer in the first learning steps, after a lapse, in a filtered deck; a manual change."""

START_DEVICE = f"{ANKI}:begun"
"""The device of entries about the time before a card's first row; their number is the id of that row."""

DIFFICULTIES = range(100, 1101)
"""The values of `factor` in rows written under FSRS: a difficulty from 1 to 10, scaled."""


class LeftOutReason(StrEnum):
    """Why a card or a row of the log is left out.

    A card is in no deck file, was reset, or is buried; a row is a manual change, a preview in a filtered deck, or
    impossible.
    """

    UNKNOWN_CARD = "not-in-deck-files"
    RESET_CARD = "new-again"
    BURIED_CARD = "buried"
    CHANGE = "changes"
    PREVIEW = "previews"
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True, slots=True)
class LogReader:
    """Reads the rows about cards. `old_buttons`: the version 1 scheduler had three buttons in its learning steps.

    `scheduler` is the name of duly's scheduler for the answers; `left_out_counts` counts rows by reason.
    """

    calendar: Calendar
    scheduler: str
    old_buttons: bool
    left_out_counts: Counter[LeftOutReason]

    def entries(self, card: CardId, rows: Sequence[RawReview]) -> tuple[JournalEntry, ...]:
        """The entries for the rows about a card, oldest first.

        If the card had been learned before its first row, they begin with an `ImportedSchedule`.
        """
        usable_rows = [row for row in rows if not self._is_left_out(row)]
        start_entries = [self._start_entry(card, row) for row in usable_rows[:1] if _is_in_the_middle(row)]
        return (*start_entries, *(JournalEntry(EntryId(ANKI, row.id), self._entry(card, row)) for row in usable_rows))

    def _is_left_out(self, row: RawReview) -> bool:
        if not self.calendar.is_possible(row.id) or not 0 <= row.ease <= len(BUTTONS):
            reason: LeftOutReason | None = LeftOutReason.IMPOSSIBLE
        elif row.type >= MANUAL or not row.ease:
            reason = None if _is_reset(row) else LeftOutReason.CHANGE
        else:
            reason = LeftOutReason.PREVIEW if row.type == FILTERED and not row.factor else None
        if reason is not None:
            self.left_out_counts[reason] += 1
        return reason is not None

    def _entry(self, card: CardId, row: RawReview) -> Entry:
        moment = self.calendar.moment(row.id)
        if _is_reset(row):
            return Reset(card, moment)
        is_old_button = self.old_buttons and row.type in (LEARN, RELEARN) and row.ease in (2, 3)
        grade = BUTTONS[row.ease if is_old_button else row.ease - 1]
        milliseconds = max(0, min(row.milliseconds, LONGEST_ANSWER))
        return Review(card, moment, grade, self.scheduler, milliseconds, self._due(row, moment.day))

    def _due(self, row: RawReview, day: StudyDay) -> StudyDay | None:
        """The due day that Anki's FSRS, with its own parameters and retention, set at this answer.

        None for answers in learning steps, or if FSRS is not duly's scheduler.
        """
        is_planned = self.scheduler == FSRS and row.factor in DIFFICULTIES and 0 < row.interval <= LONGEST
        return StudyDay(day + row.interval) if is_planned else None

    def _start_entry(self, card: CardId, row: RawReview) -> JournalEntry:
        """The schedule of the card a millisecond before its first row."""
        moment = self.calendar.moment(row.id - 1)
        schedule = imported_schedule(row.last_interval, row.factor, moment.day, StudyDay(moment.day - 1))
        return JournalEntry(EntryId(START_DEVICE, row.id), ImportedSchedule(card, moment, schedule, "Anki"))


def _is_reset(row: RawReview) -> bool:
    """Whether the learner reset the card."""
    return row.type == MANUAL and not row.ease and not row.factor and not row.interval


def _is_in_the_middle(row: RawReview) -> bool:
    """Whether the card had been learned before this row, its first one."""
    return row.last_interval > 0 and row.type not in (LEARN, MANUAL)
