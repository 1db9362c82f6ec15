"""Switching the scheduler or its retention: on which days cards would be due, and moving them there."""

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
from duly.study.recall import counted_in
from duly.study.scheduler_in_force import scheduler_in_force
from duly.study.undo import ActionResult

PERIODS: Sequence[tuple[int, int | None]] = ((0, 0), (1, 1), (2, 7), (8, 30), (31, 90), (91, 365), (366, None))
"""The days ahead that are counted together, each by its first and its last; today has all that is overdue."""


@dataclass(frozen=True, slots=True)
class SwitchPreview:
    """The days on which cards are due (`old`), and those on which they would be, had the scheduler of `after` ruled all
    answers (`new`). Cards that are new or suspended are left out."""

    before: Settings
    after: Settings
    today: StudyDay
    old: Mapping[CardId, StudyDay]
    new: Mapping[CardId, StudyDay]

    @property
    def earlier(self) -> int:
        """How many cards would come sooner."""
        return sum(self.new[card] < day for card, day in self.old.items())

    @property
    def later(self) -> int:
        """How many cards would come later."""
        return sum(self.new[card] > day for card, day in self.old.items())

    def counts(self) -> list[tuple[int, int]]:
        """How many cards are due in each of `PERIODS`, and how many would be."""
        return list(zip(self._by_period(self.old.values()), self._by_period(self.new.values()), strict=True))

    def _by_period(self, days: Iterable[StudyDay]) -> tuple[int, ...]:
        return counted_in((max(day - self.today, 0) for day in days), [last for _, last in PERIODS if last is not None])


def preview_switch(collection: Collection, after: Settings) -> SwitchPreview:
    """What a switch to these settings would come to for the cards of a collection. Raises `DulyError`."""
    schedules = collection.journal.schedules()
    scheduler = scheduler_in_force(after, collection.journal)
    planned = ruled_by(scheduler, collection.journal.entries())
    old: dict[CardId, StudyDay] = {}
    new: dict[CardId, StudyDay] = {}
    for card in collection.decks.cards:
        here, there = schedules.get(card.id), planned.get(card.id)
        if here and there and here.due is not None and there.due is not None and not here.suspended:
            old[card.id], new[card.id] = here.due, there.due
    return SwitchPreview(collection.settings, after, collection.clock.today, old, new)


def ruled_by(scheduler: Scheduler, entries: Iterable[JournalEntry]) -> dict[CardId, Schedule]:
    """The schedules to which this scheduler alone would have led, without fuzz and balance."""
    facts = [
        replace(logged, entry=replace(logged.entry, due=None)) if isinstance(logged.entry, Review) else logged
        for logged in entries
        if not isinstance(logged.entry, Fitting)  # the scheduler has its parameters already
    ]
    return replay(facts, lambda _name: scheduler)


def move_cards(collection: Collection, preview: SwitchPreview) -> ActionResult | None:
    """Has cards come on the new days, as one step that undo takes back; None if all do already. Raises `DulyError`."""
    moment = collection.clock.moment()

    def moved(card: CardId, schedule: Schedule) -> Entry | None:
        day = preview.new[card]
        return SetDue(card, moment, day) if schedule.due != day else None

    return perform(collection.journal, preview.new, moved)
