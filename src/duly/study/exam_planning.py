"""Plans for an exam on a collection, computed from its cards, the journal and the settings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from duly.cards import Card, CardId
from duly.errors import DulyError
from duly.message import message
from duly.planning.compare_plans import Plan, compare_plans
from duly.planning.habits import Habits, habits
from duly.planning.simulation import Policy, SimulatedCard, World
from duly.scheduling.day import StudyDay, day_of
from duly.scheduling.fsrs import Fsrs
from duly.scheduling.replay import ReplayStep, with_memory_of
from duly.scheduling.schedule import NEW, FsrsMemory, Schedule
from duly.scheduling.scheduler_registry import fitted_fsrs
from duly.scheduling.sm2 import repetitions_of
from duly.settings import Settings


@dataclass(frozen=True, slots=True)
class ExamPlans:
    """The plans to compare, the habits that they assume, and whether FSRS was fitted to the answers."""

    days: int
    cards: int
    new: int
    habits: Habits
    is_fitted: bool
    plans: Sequence[Plan]


CRAM_MINUTES = 60.0
"""The default minutes per day of a cram."""

MOST_MINUTES = 600

MOST_DAYS = 3650
"""The maximum number of days until an exam: ten years."""


def exam_day(text: str, today: StudyDay) -> StudyDay:
    """The study day of an exam, written as 2027-01-15. Raises `DulyError` if it is not a day after today."""
    try:
        day = day_of(date.fromisoformat(text.strip()))
    except ValueError as error:
        raise DulyError(message("{text!r} is not a date; write it as 2027-01-15", text=text)) from error
    if not 1 <= day - today <= MOST_DAYS:
        raise DulyError(message("{date} does not lie in the next ten years; name a day after today", date=text))
    return day


def cram_minutes(text: str) -> float:
    """The minutes per day of a cram. Raises `DulyError` if they are not a number from 1 to 600."""
    try:
        minutes = float(text)
    except ValueError:
        minutes = 0
    if not 1 <= minutes <= MOST_MINUTES:
        raise DulyError(message("{text!r} is not a number of minutes from 1 to {most}", text=text, most=MOST_MINUTES))
    return minutes


def exam_plans(
    cards: Iterable[Card],
    steps: Sequence[ReplayStep],
    settings: Settings,
    today: StudyDay,
    exam: StudyDay,
    *,
    name: str,
    cram_minutes: float,
) -> ExamPlans:
    """Plans for an exam on a study day after today, after these steps of the journal.

    `name` and the day of the exam are the random seed, so that the plans are reproducible.
    """
    fsrs = replace(fitted_fsrs([step.journal_entry for step in steps]), retention=settings.retention)
    card_ids = {card.id for card in cards}
    steps_by_card: dict[CardId, list[ReplayStep]] = {}
    for step in steps:
        steps_by_card.setdefault(step.entry.card, []).append(step)
    starts = [_simulated_card(steps_by_card.get(card, []), fsrs, today) for card in sorted(card_ids)]
    learner_habits = habits(steps, today)
    answers_today = [step for step in steps if step.kind is not None and step.entry.moment.day == today]
    new_today = {answer.entry.card for answer in answers_today if answer.before.is_new}
    reviewed_today = {answer.entry.card for answer in answers_today} - new_today
    present = Policy(
        settings.new_per_day,
        settings.reviews_per_day,
        sm2=settings.scheduler != fsrs.name,
        reviews_today=len(reviewed_today),
        new_today=len(new_today),
    )
    world = World(exam - today, learner_habits, fsrs)
    seed = f"plan:{name}:{exam}"
    all_plans = compare_plans(lambda: list(map(replace, starts)), world, present, seed=seed, cram_minutes=cram_minutes)
    new_count = sum(card.memory is None for card in starts)
    return ExamPlans(
        world.days, len(starts), new_count, learner_habits, fsrs.parameters != Fsrs().parameters, all_plans
    )


def _simulated_card(steps: Sequence[ReplayStep], fsrs: Fsrs, today: StudyDay) -> SimulatedCard:
    """The state of a card at the start of the simulation. Suspended and buried cards are included."""
    schedule = steps[-1].after if steps else NEW
    if schedule.is_new:
        return SimulatedCard()
    fsrs_schedule = with_memory_of(fsrs, schedule, (step.entry for step in steps))
    last = schedule.last if schedule.last is not None else today
    return SimulatedCard(
        _memory(fsrs_schedule, fsrs),
        last - today,
        (schedule.due if schedule.due is not None else today) - today,
        schedule.repetitions if schedule.repetitions is not None else repetitions_of(schedule.interval),
        max(1, schedule.interval),
        schedule.easiness or NEW.easiness or 0,
    )


def _memory(schedule: Schedule, fsrs: Fsrs) -> FsrsMemory:
    if isinstance(schedule.memory, FsrsMemory):
        return schedule.memory
    return fsrs.memory_from_sm2(max(1, schedule.interval), schedule.memory.easiness / 100)
