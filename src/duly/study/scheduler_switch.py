"""Switches the scheduler or its retention: previews the new due days, and moves cards to them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from duly.cards import CardId
from duly.scheduling.day import StudyDay
from duly.scheduling.journal_entries import Entry, Fitting, JournalEntry, Review, SetDue
from duly.scheduling.replay import replay
from duly.scheduling.schedule import Schedule
from duly.scheduling.scheduler_protocol import Scheduler
from duly.settings import Settings
from duly.study.card_actions import perform
from duly.study.collection import Collection
from duly.study.recall import count_by_class
from duly.study.scheduler_in_force import scheduler_in_force
from duly.study.undo import ActionResult

PERIODS: Sequence[tuple[int, int | None]] = ((0, 0), (1, 1), (2, 7), (8, 30), (31, 90), (91, 365), (366, None))
"""Periods of due days, each by its first and last day from today; today includes overdue cards."""


@dataclass(frozen=True, slots=True)
class SwitchPreview:
    """The due days of cards before and after a switch: `new_days` assumes that the scheduler of the settings `after`
    had scheduled all answers. New and suspended cards are left out."""

    before: Settings
    after: Settings
    today: StudyDay
    old_days: Mapping[CardId, StudyDay]
    new_days: Mapping[CardId, StudyDay]

    @property
    def earlier(self) -> int:
        """The number of cards that would be due earlier."""
        return sum(self.new_days[card] < day for card, day in self.old_days.items())

    @property
    def later(self) -> int:
        """The number of cards that would be due later."""
        return sum(self.new_days[card] > day for card, day in self.old_days.items())

    def counts(self) -> list[tuple[int, int]]:
        """The numbers of due cards in each of `PERIODS` before and after the switch."""
        return list(zip(self._by_period(self.old_days.values()), self._by_period(self.new_days.values()), strict=True))

    def _by_period(self, days: Iterable[StudyDay]) -> tuple[int, ...]:
        ends = [last for _, last in PERIODS if last is not None]
        return count_by_class((max(day - self.today, 0) for day in days), ends)


def preview_switch(collection: Collection, after: Settings) -> SwitchPreview:
    """The preview of a switch to these settings for the cards of a collection. Raises `DulyError`."""
    schedules = collection.journal.schedules()
    scheduler = scheduler_in_force(after, collection.journal)
    planned_schedules = schedules_under(scheduler, collection.journal.entries())
    old_days: dict[CardId, StudyDay] = {}
    new_days: dict[CardId, StudyDay] = {}
    for card in collection.decks.cards:
        current, planned = schedules.get(card.id), planned_schedules.get(card.id)
        if current and planned and current.due is not None and planned.due is not None and not current.suspended:
            old_days[card.id], new_days[card.id] = current.due, planned.due
    return SwitchPreview(collection.settings, after, collection.clock.today, old_days, new_days)


def schedules_under(scheduler: Scheduler, entries: Iterable[JournalEntry]) -> dict[CardId, Schedule]:
    """The schedules if this scheduler had scheduled all answers, without fuzz and load balancing."""
    journal_entries = [
        replace(journal_entry, entry=replace(journal_entry.entry, due=None))
        if isinstance(journal_entry.entry, Review)
        else journal_entry
        for journal_entry in entries
        if not isinstance(journal_entry.entry, Fitting)  # the scheduler has its parameters already
    ]
    return replay(journal_entries, lambda _name: scheduler)


def move_cards(collection: Collection, preview: SwitchPreview) -> ActionResult | None:
    """Moves cards to the new days as one undo step; None if there is nothing to move. Raises `DulyError`."""
    moment = collection.clock.moment()

    def set_due(card: CardId, schedule: Schedule) -> Entry | None:
        day = preview.new_days[card]
        return SetDue(card, moment, day) if schedule.due != day else None

    return perform(collection.journal, preview.new_days, set_due)
