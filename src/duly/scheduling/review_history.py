"""The history of a card that counts: every answer with where the card stood before and after it."""

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
    """An answer that counts. `instant` is its millisecond since 1970 in UTC, which no other answer shares; `took` is in
    milliseconds."""

    instant: int
    grade: Grade
    took: int
    before: Schedule
    after: Schedule


@dataclass(frozen=True, slots=True)
class History:
    """Where a card stands, and the answers that count since it was last new, or taken over from elsewhere."""

    schedule: Schedule = NEW
    answers: tuple[ReviewRecord, ...] = ()

    @property
    def memory_beyond_answers(self) -> FsrsMemory | None:
        """What FSRS remembers of a card that was learned elsewhere before its first answer: the answers alone do not
        lead there. None for any other card."""
        is_whole = bool(self.answers) and self.answers[0].before.is_new
        memory = self.schedule.memory
        return memory if isinstance(memory, FsrsMemory) and not is_whole else None


def histories(logged: Iterable[JournalEntry], scheduler_named: Callable[[str], Scheduler]) -> dict[CardId, History]:
    """The history of every card that is no longer new. `logged` is a whole journal, in the order it was written."""
    entries = tuple(logged)
    instants = answer_instants(entries)
    schedules: dict[CardId, Schedule] = {}
    answers: dict[CardId, list[ReviewRecord]] = {}
    for step in replay_steps(entries, scheduler_named):
        entry = step.logged.entry
        schedules[entry.card] = step.after
        records = answers.setdefault(entry.card, [])
        if isinstance(entry, Reset) or (isinstance(entry, ImportedSchedule) and step.before.is_new):
            records.clear()
        elif isinstance(entry, Review):
            records.append(ReviewRecord(instants[step.logged.id], entry.grade, entry.took, step.before, step.after))
    return {card: History(schedule, tuple(answers[card])) for card, schedule in schedules.items() if schedule != NEW}


def answer_instants(logged: Iterable[JournalEntry]) -> dict[EntryId, int]:
    """A millisecond of its own for each answer of a journal, undone or not: the id of its row in Anki's log.

    It is the one in which the answer was given or, where that is another answer's, the next free one. Anki's own rows
    come first, then device after device, each in the order of its numbers. So it does not matter in which order
    journals were merged, and what a device appends later changes no instant that it gave out before; only an answer
    in the very millisecond of one on another device can.
    """
    instants: dict[EntryId, int] = {}
    used: set[int] = set()
    answers = [item for item in logged if isinstance(item.entry, Review)]
    for item in sorted(answers, key=lambda item: (item.id.device != ANKI, item.id)):
        instant = max(1, item.entry.moment.at)
        while instant in used:
            instant += 1
        used.add(instant)
        instants[item.id] = instant
    return instants
