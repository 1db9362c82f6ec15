"""The grades as they are offered: their keys, names, and where they lead."""

from duly.scheduling.grade import BUTTONS, Grade
from duly.settings import Settings
from duly.study.session import Session
from duly.tui.widgets.buttons import Choice
from duly.tui.words import grade_name, leads


def grade_keys(settings: Settings) -> dict[str, Grade]:
    """The grades by their keys: 1 to 4, or SM-2's own 0 to 5."""
    if settings.raw_grades:
        return {str(int(grade)): grade for grade in Grade}
    return {str(number): grade for number, grade in enumerate(BUTTONS, 1)}


def choices(session: Session, best: Grade) -> tuple[Choice, ...]:
    """What the asked card can be graded with. In practice only what is asked again leads anywhere."""
    futures, today = session.futures, session.today
    told = {
        grade: ("↻" if future.schedule.drill else "") if session.practice else leads(future, today)
        for grade, future in futures.items()
    }
    return tuple(
        Choice(grade, key, grade_name(grade), told[grade], grade == best)
        for key, grade in grade_keys(session.settings).items()
    )
