"""The state of a card: its due day, the memory of its scheduler, whether it is suspended, buried or starred."""

from dataclasses import dataclass

from duly.scheduling.day import StudyDay


@dataclass(frozen=True, slots=True)
class Sm2Memory:
    """SM-2's memory of a card: the repetitions since it was last forgotten, and the easiness in hundredths.

    Hundredths are whole numbers, so that SM-2 stays exact: 250 is an easiness of 2.50.
    """

    repetitions: int = 0
    easiness: int = 250


@dataclass(frozen=True, slots=True)
class FsrsMemory:
    """FSRS's memory of a card: its stability in days, and its difficulty from 1 to 10."""

    stability: float
    difficulty: float


Memory = Sm2Memory | FsrsMemory


@dataclass(frozen=True, slots=True)
class Schedule:
    """The state of a card. The default is a card that was never answered.

    `last` is the study day of the last answer; `interval` is in days; `lapses` counts answers below 3 to a card that
    had been remembered; with `drill`, the card is asked again on the day `last`; `memory` is that of the scheduler of
    the last answer.
    """

    due: StudyDay | None = None
    last: StudyDay | None = None
    interval: int = 0
    lapses: int = 0
    drill: bool = False
    suspended: bool = False
    buried_until: StudyDay | None = None
    starred: bool = False
    memory: Memory = Sm2Memory()

    @property
    def is_new(self) -> bool:
        """Whether the card was never answered, here or in another program."""
        return self.last is None and not self.interval

    @property
    def is_fresh(self) -> bool:
        """Whether the card is new and has no due day, so that it is in the queue of new cards."""
        return self.is_new and self.due is None

    @property
    def repetitions(self) -> int | None:
        """SM-2's repetitions since the card was last forgotten; None for a card scheduled by FSRS."""
        return self.memory.repetitions if isinstance(self.memory, Sm2Memory) else None

    @property
    def easiness(self) -> int | None:
        """SM-2's easiness in hundredths; None for a card scheduled by FSRS."""
        return self.memory.easiness if isinstance(self.memory, Sm2Memory) else None


NEW = Schedule()
