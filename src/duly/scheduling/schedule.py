"""Where a card stands: what SM-2 remembers of it, whether it is set aside, and its star."""

from dataclasses import dataclass

from duly.scheduling.day import StudyDay


@dataclass(frozen=True, slots=True)
class Schedule:
    """The state of a card. The default is a card that was never answered.

    `interval` is in days; `easiness` in hundredths, so that SM-2 stays exact (250 is 2.50); `lapses` counts answers
    below 3 on a card that had been remembered; `drill` asks for the card again before `last`, its day, is over.
    """

    repetitions: int = 0
    interval: int = 0
    easiness: int = 250
    lapses: int = 0
    due: StudyDay | None = None
    last: StudyDay | None = None
    drill: bool = False
    suspended: bool = False
    buried_until: StudyDay | None = None
    starred: bool = False

    @property
    def is_new(self) -> bool:
        """Whether it was never answered, here or where it was learned before."""
        return self.last is None and not self.interval

    @property
    def is_fresh(self) -> bool:
        """Whether it is new and was given no day: it waits among the new cards."""
        return self.is_new and self.due is None


NEW = Schedule()
