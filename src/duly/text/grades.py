"""The grades that a learner chooses from: their keys, names, and resulting intervals."""

from dataclasses import dataclass

from duly.scheduling.fsrs import NAME as FSRS
from duly.scheduling.grade import BUTTONS, Grade
from duly.settings import Settings
from duly.study.session import Session
from duly.text.wording import grade_name, next_interval


@dataclass(frozen=True, slots=True)
class GradeChoice:
    """A grade to choose: its key, its name, the resulting interval, and whether it is the suggested one.

    `change` is its effect on the easiness, as ``E 2.50 → 2.36``; "" for none.
    """

    grade: Grade
    key: str
    name: str
    interval: str
    suggested: bool = False
    change: str = ""


def grade_keys(settings: Settings) -> dict[str, Grade]:
    """The grades by their keys: 1 to 4, or SM-2's own 0 to 5."""
    if settings.raw_grades:
        return {str(int(grade)): grade for grade in Grade}
    return {str(number): grade for number, grade in enumerate(BUTTONS, 1)}


def explains(session: Session) -> bool:
    """Whether the effect of grades is explained; in practice they have none."""
    return session.settings.explain_grades and not session.is_practice


def has_easiness(session: Session) -> bool:
    """Whether the effect of grades on the easiness is shown; FSRS has no easiness."""
    return explains(session) and session.scheduler.name != FSRS


def grade_choices(session: Session, best: Grade) -> tuple[GradeChoice, ...]:
    """The grades for the asked card; `best` is the suggested one. In practice no interval is shown, only a ↻."""
    futures, today = session.outcomes, session.today
    intervals = {
        grade: ("↻" if future.schedule.drill else "") if session.is_practice else next_interval(future, today)
        for grade, future in futures.items()
    }
    easiness = session.schedule.easiness if has_easiness(session) else None
    return tuple(
        GradeChoice(
            grade,
            key,
            grade_name(grade),
            intervals[grade],
            grade == best,
            _change(easiness, futures[grade].schedule.easiness),
        )
        for key, grade in grade_keys(session.settings).items()
    )


def _change(before: int | None, after: int | None) -> str:
    if before is None or after is None or before == after:
        return ""
    return f"E {before / 100:.2f} → {after / 100:.2f}"
