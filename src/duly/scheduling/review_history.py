"""The history of a card: every answer that counts, with the schedules before and after it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from duly.cards import CardId
from duly.scheduling.grade import Grade
from duly.scheduling.journal_entries import ANKI, EntryId, ImportedSchedule, JournalEntry, Reset, Review
from duly.scheduling.replay import replay_steps
from duly.scheduling.schedule import NEW, FsrsMemory, Schedule
from duly.scheduling.scheduler_protocol import Scheduler


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """An answer that counts. `instant` is a unique millisecond since 1970 in UTC; `took` is in
    milliseconds."""

    instant: int
    grade: Grade
    took: int
    before: Schedule
    after: Schedule


@dataclass(frozen=True, slots=True)
class History:
    """The schedule of a card, and the answers that count since it was last new or imported."""

    schedule: Schedule = NEW
    answers: tuple[ReviewRecord, ...] = ()

    @property
    def memory_beyond_answers(self) -> FsrsMemory | None:
        """The FSRS memory of a card that was learned elsewhere before its first answer, and so cannot be computed from
        the answers; None for any other card."""
        is_complete = bool(self.answers) and self.answers[0].before.is_new
        memory = self.schedule.memory
        return memory if isinstance(memory, FsrsMemory) and not is_complete else None


def histories(entries: Iterable[JournalEntry], scheduler_named: Callable[[str], Scheduler]) -> dict[CardId, History]:
    """The history of every card that is not new. `entries` is a whole journal, in the order of writing."""
    entries = tuple(entries)
    instants = answer_instants(entries)
    schedules: dict[CardId, Schedule] = {}
    answers: dict[CardId, list[ReviewRecord]] = {}
    for step in replay_steps(entries, scheduler_named):
        entry = step.entry
        schedules[entry.card] = step.after
        records = answers.setdefault(entry.card, [])
        if isinstance(entry, Reset) or (isinstance(entry, ImportedSchedule) and step.before.is_new):
            records.clear()
        elif isinstance(entry, Review):
            records.append(
                ReviewRecord(instants[step.journal_entry.id], entry.grade, entry.took, step.before, step.after)
            )
    return {card: History(schedule, tuple(answers[card])) for card, schedule in schedules.items() if schedule != NEW}


def answer_instants(entries: Iterable[JournalEntry]) -> dict[EntryId, int]:
    """A unique millisecond for each answer of a journal, undone or not: the id of its row in Anki's log.

    It is the millisecond of the answer or, if another answer has it, the next free one. Anki's own rows come first,
    then the devices one by one, each in the order of its numbers. So the order in which journals were merged does not
    matter, and entries that a device appends later do not change its earlier instants. Only an answer in the same
    millisecond as one on another device can change them.
    """
    instants: dict[EntryId, int] = {}
    used_instants: set[int] = set()
    answers = [item for item in entries if isinstance(item.entry, Review)]
    for item in sorted(answers, key=lambda item: (item.id.device != ANKI, item.id)):
        instant = max(1, item.entry.moment.at)
        while instant in used_instants:
            instant += 1
        used_instants.add(instant)
        instants[item.id] = instant
    return instants
