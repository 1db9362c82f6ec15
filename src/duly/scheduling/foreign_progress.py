"""What another program knows about a card's learning, in the terms of the journal."""

from dataclasses import dataclass

from duly.cards import CardId
from duly.scheduling.day import StudyDay
from duly.scheduling.journal_entries import JournalEntry
from duly.scheduling.schedule import Schedule, Sm2Memory
from duly.scheduling.sm2 import LEAST_EASINESS, LONGEST, repetitions_of


@dataclass(frozen=True, slots=True)
class ForeignProgress:
    """A card as another program knows it.

    `entries` are those of its log, oldest first, each under the id it has wherever that log is read; where the log
    begins in the middle, the first is an `ImportedSchedule`. `stands` is its schedule there, None if it is not being
    learned or that is not known; `suspended`, whether it is set aside there. `origin` is the name of the program.
    `given_suspended` is whether it was set aside when both sides last agreed, None where that is not known: a change
    made here since then did not come from there. `bury`: it was buried there since then. `star`: whether it was starred
    there since then (True) or its star removed (False); None where neither happened.
    """

    card: CardId
    entries: tuple[JournalEntry, ...] = ()
    stands: Schedule | None = None
    suspended: bool = False
    origin: str = "Anki"
    given_suspended: bool | None = None
    bury: bool = False
    star: bool | None = None


@dataclass(frozen=True, slots=True)
class ForeignSchedule:
    """When a card comes back, as a program named `origin` planned it: `interval` in days, `easiness` in hundredths."""

    due: StudyDay
    interval: int
    easiness: int
    origin: str

    def schedule(self, latest: StudyDay) -> Schedule:
        """The schedule of a card with this plan, last answered on `latest` or before."""
        days = max(1, min(self.interval, LONGEST))
        easiness = self.easiness if self.easiness >= LEAST_EASINESS else Sm2Memory().easiness
        last = StudyDay(min(self.due - days, latest))
        return Schedule(due=self.due, last=last, interval=days, memory=Sm2Memory(repetitions_of(days), easiness))
