"""Sentences about today: remaining and done cards, the forecast, warnings of a wrong clock."""

from datetime import timedelta

from duly.i18n import _, counted
from duly.scheduling.day import StudyDay, calendar_date
from duly.study.forecast import HomeForecast
from duly.study.session import QueueProgress, Session
from duly.text.charts.columns import sparkline
from duly.text.wording import span


def nothing_to_ask(session: Session) -> str:
    """Why a session has nothing to ask: no card matches, or all that match are done or not due."""
    return _("Nothing is left here for today.") if session.scope_cards else _("No card matches.")


def remaining_today(progress: QueueProgress) -> str:
    """How many cards remain today, by the columns of the deck list, and how many are done."""
    drills = [_("drill {n}").format(n=progress.drills)] if progress.drills else []
    return " · ".join(
        [
            _("due {n}").format(n=progress.due),
            *drills,
            _("new {n}").format(n=progress.new),
            _("done {n}").format(n=progress.done),
        ]
    )


def forecast_line(forecast: HomeForecast, progress: QueueProgress) -> str:
    """How many cards come due on each of the next days, and how long today will take."""
    words = _("Next 14 days {days}").format(days=sparkline(forecast.due))
    if remaining := progress.due + progress.drills + progress.new:
        minutes = max(round(remaining * forecast.milliseconds_per_card / 60_000), 1)
        words += "   " + _("about {n} min today").format(n=minutes)
    return words


def day_summary(progress: QueueProgress, forecast: HomeForecast) -> str:
    """Today in one line: the cards that are done and left, those due tomorrow, and the days running."""
    words = (
        _("Today: done {done}, left {left}, tomorrow {tomorrow}, {days} running")
        if forecast.streak
        else _("Today: done {done}, left {left}, tomorrow {tomorrow}")
    )
    remaining, days = progress.total - progress.done, span(forecast.streak)
    return words.format(done=progress.done, left=remaining, tomorrow=forecast.due[1], days=days)


def future_warning(last_day: StudyDay) -> str:
    """The warning that the journal has answers from the future, until the study day `last_day`."""
    return _(
        "A clock was ahead: there are answers until {date}. duly journal --future list shows them,"
        " --future redate gives them new dates."
    ).format(date=calendar_date(last_day))


def clock_warning(behind: timedelta) -> str:
    """The warning that the clock is `behind` the last entry of the journal."""
    minutes = max(round(behind / timedelta(minutes=1)), 1)
    hours = round(minutes / 60)
    span = counted("{n} minute", "{n} minutes", minutes) if minutes < 120 else counted("{n} hour", "{n} hours", hours)
    return _("The clock is {span} behind the last entry of the journal. Is it set right?").format(span=span)
