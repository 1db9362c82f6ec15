"""Streaks: study days with an answer, one after another without a gap."""

from collections.abc import Iterable
from dataclasses import dataclass

from duly.scheduling.day import StudyDay


@dataclass(frozen=True, slots=True)
class Streaks:
    """How many days running: the longest time ever, and now."""

    longest: int = 0
    current: int = 0


def streaks(days: Iterable[StudyDay], today: StudyDay) -> Streaks:
    """The streaks in a set of study days. One that reaches to yesterday still runs: today is not over."""
    longest = running = 0
    last: int | None = None
    for day in sorted(set(days)):
        running = running + 1 if last is not None and day == last + 1 else 1
        longest = max(longest, running)
        last = day
    return Streaks(longest, running if last is not None and last >= today - 1 else 0)
