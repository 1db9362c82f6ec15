"""A measurement: work and its reference in turn, so that a busy machine slows both down alike."""

import gc
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

Step = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Trial:
    """Work and reference. `reset`, untimed, comes before each work; `end` closes what was opened."""

    work: Step
    reference: Step
    reset: Step = lambda: None
    end: Step = lambda: None

    def ratio(self, runs: int) -> float:
        """The median ratio of work to reference, after one run to warm up."""
        ratios: list[float] = []
        try:
            for _ in range(runs + 1):
                reference = _seconds(self.reference)
                self.reset()
                ratios.append(_seconds(self.work) / reference)
        finally:
            self.end()
        return median(ratios[1:])


def _seconds(step: Step) -> float:
    gc.collect()
    start = perf_counter()
    result = step()
    seconds = perf_counter() - start
    del result
    return seconds


def environment(home: Path) -> dict[str, str]:
    """The environment of a learner in `home`, with compiled modules as after an installation."""
    settings = {"DULY_HOME": str(home), "PYTHONPYCACHEPREFIX": str(home.parent / "pyc"), "PYTHONDONTWRITEBYTECODE": ""}
    return {**os.environ, **settings, "LC_ALL": "C.UTF-8"}


def python(home: Path, *words: str, **variables: str) -> Step:
    """A step that runs Python in a process, which must succeed."""
    command, variables = (sys.executable, *words), environment(home) | variables
    return lambda: subprocess.run(command, env=variables, stdout=subprocess.DEVNULL, check=True)
