"""The progress of a card in another program, as entries and schedules of the journal."""

from dataclasses import dataclass

from duly.cards import CardId
from duly.scheduling.day import StudyDay
from duly.scheduling.journal_entries import JournalEntry
from duly.scheduling.schedule import Schedule, Sm2Memory
from duly.scheduling.sm2 import LEAST_EASINESS, LONGEST, repetitions_of


@dataclass(frozen=True, slots=True)
class ForeignProgress:
    """The progress of a card in another program.

    `entries` are those of its log, oldest first, with ids that are the same wherever the log is read; if the log is
    incomplete at its beginning, the first entry is an `ImportedSchedule`. `schedule` is None if the card is not being
    learned there, or if its schedule is unknown. `origin` is the name of the program.

    The rest describes changes since the last agreement of both sides. `was_suspended` is whether the card was suspended
    then, None if unknown. `is_buried`: it was buried there since. `star_change`: it was starred there since (True), or
    its star was removed (False); None for neither.
    """

    card: CardId
    entries: tuple[JournalEntry, ...] = ()
    schedule: Schedule | None = None
    is_suspended: bool = False
    origin: str = "Anki"
    was_suspended: bool | None = None
    is_buried: bool = False
    star_change: bool | None = None


@dataclass(frozen=True, slots=True)
class ForeignSchedule:
    """The plan of the program `origin` for a card: `interval` is in days, `easiness` in hundredths."""

    due: StudyDay
    interval: int
    easiness: int
    origin: str

    def schedule(self, latest: StudyDay) -> Schedule:
        """The schedule of a card with this plan, which was last answered on `latest` or before."""
        days = max(1, min(self.interval, LONGEST))
        easiness = self.easiness if self.easiness >= LEAST_EASINESS else Sm2Memory().easiness
        last = StudyDay(min(self.due - days, latest))
        return Schedule(due=self.due, last=last, interval=days, memory=Sm2Memory(repetitions_of(days), easiness))
