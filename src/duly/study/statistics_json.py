"""Statistics as JSON, for other programs."""

from typing import Any

from duly.scheduling.day import calendar_date
from duly.study.statistics import INTERVALS, SECONDS, Share, Statistics


def as_json(figures: Statistics) -> dict[str, Any]:
    """A mapping that JSON can hold. Days are ISO 8601, ``took`` is in milliseconds, classes go by their upper ends."""
    day = calendar_date(figures.today)
    return {
        "today": day.isoformat(),
        "period": figures.period.value,
        "answers": figures.answers,
        "cards": figures.cards,
        "days": figures.days,
        "took": figures.took,
        "grades": {str(int(grade)): number for grade, number in sorted(figures.grades.items())},
        "seconds": dict(zip(map(str, SECONDS), figures.times, strict=True)),
        "retention": {
            "young": _share(figures.young),
            "mature": _share(figures.mature),
            "all": _share(figures.retention),
        },
        "streak": {"longest": figures.streaks.longest, "current": figures.streaks.current},
        "every_day": {calendar_date(day).isoformat(): number for day, number in sorted(figures.every_day.items())},
        "forecast": list(figures.forecast),
        "intervals": dict(zip([*map(str, INTERVALS), "more"], figures.intervals, strict=True)),
        "stages": {stage.value: number for stage, number in figures.stages.items()},
    }


def _share(share: Share) -> dict[str, float | int | None]:
    return {"passed": share.passed, "of": share.number, "share": share.value}
