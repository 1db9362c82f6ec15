"""Measuring: work and its reference in turn, so that what else the machine does strikes both alike."""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

LARGE = 100_000
"""The size from which on a row is measured less often."""

Step = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Trial:
    """What is measured, and against what.

    `reset` puts things as they were, untimed, before each work; `end` closes what was opened, when all is done.
    """

    work: Step
    reference: Step
    reset: Step = lambda: None
    end: Step = lambda: None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table.

    `prepare` makes what is needed for so many notes (or cards, or entries) in a folder. `goal` is the largest ratio
    that will do; `why` says why it is missed, where it is. `sizes` are the numbers it is measured at; a row without any
    has no size, and 1 stands for it.
    """

    name: str
    work: str
    reference: str
    goal: float
    sizes: tuple[int, ...]
    prepare: Callable[[Path, int], Trial]
    runs: int = 5
    why: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """The seconds that work and reference took in one row at one size, run by run."""

    row: Row
    size: int
    works: tuple[float, ...]
    references: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """The median of the ratios within each run."""
        return median(work / reference for work, reference in zip(self.works, self.references, strict=True))

    @property
    def tail(self) -> float | None:
        """The ratio of the 99th percentiles; None where there were too few runs to tell."""
        if len(self.works) < 100:
            return None
        return quantiles(self.works, n=100)[98] / quantiles(self.references, n=100)[98]

    @property
    def is_met(self) -> bool:
        return self.ratio <= self.row.goal

    @property
    def seconds(self) -> float:
        return median(self.works)


def measured(row: Row, size: int, folder: Path, runs: int) -> Measured:
    """Runs a row as often as asked and, where it is quick, once before to warm up."""
    trial = row.prepare(folder, size)
    works: list[float] = []
    references: list[float] = []
    try:
        for _ in range(runs + (size < LARGE)):
            references.append(_seconds(trial.reference))
            trial.reset()
            works.append(_seconds(trial.work))
    finally:
        trial.end()
    return Measured(row, size, tuple(works[-runs:]), tuple(references[-runs:]))


def _seconds(step: Step) -> float:
    gc.collect()
    start = perf_counter()
    result = step()
    took = perf_counter() - start
    del result
    return took
