"""The JSON that commands print for other programs: schedules and statistics."""

from typing import Any

from duly.scheduling.day import StudyDay, calendar_date
from duly.scheduling.schedule import Schedule, Sm2Memory
from duly.study.recall import INTERVALS, Share
from duly.study.statistics import SECONDS, Statistics


def schedule_as_json(schedule: Schedule) -> dict[str, object]:
    """The state of a card and its scheduler's memory: SM-2's easiness in hundredths (250 is 2.50), or FSRS's stability
    in days.
    """
    memory = schedule.memory
    memory_values = (
        {"repetitions": memory.repetitions, "interval": schedule.interval, "easiness": memory.easiness}
        if isinstance(memory, Sm2Memory)
        else {"interval": schedule.interval, "stability": memory.stability, "difficulty": memory.difficulty}
    )
    return {**memory_values, "due": date_or_none(schedule.due), "lapses": schedule.lapses}


def date_or_none(day: StudyDay | None) -> str | None:
    """A study day in ISO 8601; None for None."""
    return None if day is None else calendar_date(day).isoformat()


def statistics_as_json(figures: Statistics) -> dict[str, Any]:
    """The statistics. Days are in ISO 8601, ``took`` in milliseconds, classes are named by their upper ends."""
    day = calendar_date(figures.today)
    classes = [*map(str, INTERVALS), "more"]
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
        "intervals": dict(zip(classes, figures.intervals, strict=True)),
        "stages": {stage.value: number for stage, number in figures.stages.items()},
        "recall": {
            name: recall and {**_share(recall.real_share), "predicted": recall.predicted_share}
            for name, recall in zip(classes, figures.recall, strict=True)
        },
        "decks": {
            deck: {
                **_share(deck_figures.recalled),
                "young": _share(deck_figures.young),
                "mature": _share(deck_figures.mature),
                "cards": deck_figures.cards,
                "took": deck_figures.took,
            }
            for deck, deck_figures in figures.decks.items()
        },
        "leeches": [
            {"card": str(leech.card.id), "lapses": leech.schedule.lapses, "took": leech.took}
            for leech in figures.leeches
        ],
        "slowest": [
            {"card": str(time.card.id), "answers": time.answers, "took": time.took} for time in figures.slowest
        ],
    }


def _share(share: Share) -> dict[str, float | int | None]:
    return {"passed": share.pass_count, "of": share.count, "share": share.value}
