"""What a row of the table is: work and its reference, taken in turn, so that a busy machine strikes both alike."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Step = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Trial:
    """Work and reference. `reset`, untimed, comes before each work; `end` closes what was opened."""

    work: Step
    reference: Step
    reset: Step = lambda: None
    end: Step = lambda: None


@dataclass(frozen=True, slots=True)
class Row:
    """`prepare` makes what is needed for `size` notes (cards, entries) in a folder; 0 where there is no number.

    `goal` is the largest ratio that will do, and `why` the reason where it is missed.
    """

    name: str
    work: str
    reference: str
    goal: float
    size: int
    prepare: Callable[[Path, int], Trial]
    runs: int = 5
    why: str = ""
