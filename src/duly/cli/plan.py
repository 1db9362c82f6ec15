"""``duly plan``: what the days until an exam will cost, and how many cards will be known then."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from duly.cli.common import chosen, database_option, now, paths_argument, settings
from duly.cli.completing import decks
from duly.errors import DulyError
from duly.i18n import _
from duly.message import message

if TYPE_CHECKING:
    from duly.planning.exam import Plan
    from duly.study.exam import ExamPlans

LEVELS = " ▁▂▃▄▅▆▇█"
WIDEST = 60
"""Cells of a graph: longer times are drawn with several days in one."""


@click.command("plan")
@paths_argument
@database_option
@click.option("--exam", required=True, metavar="DATE", help=_("The day of the exam, as 2027-01-15."))
@click.option("--deck", metavar="NAME", shell_complete=decks, help=_("Only this deck and those within it."))
@click.option("--cram", type=click.FloatRange(1, 600), default=60.0, metavar="MINUTES",
              help=_("Minutes a day of a cram in the last week."))  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON."))
def command(
    paths: tuple[Path, ...], *, db: Path | None, exam: str, deck: str | None, cram: float, as_json: bool
) -> None:
    from duly.locations import journal_file
    from duly.scheduling.day import EPOCH, StudyDay, study_day
    from duly.study.collection import Collection
    from duly.study.decks import open_collection
    from duly.study.exam import exam_plans
    from duly.study.scope import find_deck

    today = study_day(now(), settings().rollover)
    try:
        day = StudyDay((date.fromisoformat(exam) - EPOCH).days)
    except ValueError as error:
        raise DulyError(message("{text!r} is not a date; write it as 2027-01-15", text=exam)) from error
    if not 1 <= day - today <= 3650:
        raise DulyError(message("{date} does not lie in the next ten years; name a day after today", date=exam))
    with open_collection(chosen(paths), db or journal_file(), create=False) as (decks, journal):
        collection = Collection(decks, journal, settings(), now)
        about = find_deck(deck, collection.decks.cards) if deck else None
        found = exam_plans(
            collection.cards(about), collection.journal, settings(), today, day, name=deck or "", cram_minutes=cram
        )
    if as_json:
        from duly.cli.json_text import json_text

        click.echo(json_text(_as_json(found, exam), indent=2))
        return
    for line in lines(found, exam):
        click.echo(line)


def lines(found: "ExamPlans", exam: str) -> list[str]:
    """The plans one below the other, each with its days as a graph, and what they assume."""
    told = _("{date}, in {days} days: {cards} cards, {new} of them new").format(
        date=exam, days=found.days, cards=found.cards, new=found.new
    )
    rows = [told]
    for plan in found.plans:
        minutes = [day.minutes for day in plan.result.days]
        rows += ["", _title(plan)]
        rows.append(
            "  "
            + _("{known} known, {safe} safe, {unseen} never seen; {reviews} answers, {minutes} min a day").format(
                known=round(plan.result.known),
                safe=round(plan.result.safe),
                unseen=round(plan.result.unseen),
                reviews=round(plan.reviews),
                minutes=round(plan.minutes / found.days),
            )
        )
        rows.append("  " + graph(minutes) + "  " + _("most {n} min").format(n=round(max(minutes))))
    rows += ["", _assumptions(found)]
    return rows


def graph(values: Sequence[float]) -> str:
    """A line of bars, one character each; neighbouring values share one where there are many."""
    size = -(-len(values) // WIDEST)
    means = [sum(part) / len(part) for part in (values[at : at + size] for at in range(0, len(values), size))]
    most = max(means) or 1
    return "".join(LEVELS[round(value / most * (len(LEVELS) - 1))] for value in means)


def _title(plan: "Plan") -> str:
    from duly.planning.exam import PlanName

    limits = {"new": plan.policy.new_per_day, "reviews": plan.policy.reviews_per_day}
    return {
        PlanName.PRESENT: _("As you go on now: {new} new cards and {reviews} reviews a day"),
        PlanName.ALL: _("To reach every card: {new} new cards and {reviews} reviews a day"),
        PlanName.CRAM: _("As now, and {minutes} minutes a day of cramming in the last week"),
    }[plan.name].format(**limits, minutes=round(plan.policy.cram_minutes))


def _assumptions(found: "ExamPlans") -> str:
    memory = _("FSRS fitted to you") if found.is_fitted else _("FSRS with the usual parameters")
    return _(
        "Assumes that you remember as {memory} says, and study on {share} of the days, as quickly as lately."
    ).format(memory=memory, share=f"{found.habits.studied:.0%}")


def _as_json(found: "ExamPlans", exam: str) -> dict[str, object]:
    return {
        "exam": exam,
        "days": found.days,
        "cards": found.cards,
        "new": found.new,
        "fitted": found.is_fitted,
        "studied": found.habits.studied,
        "plans": [
            {
                "name": plan.name.value,
                "new_per_day": plan.policy.new_per_day,
                "reviews_per_day": plan.policy.reviews_per_day,
                "cram_minutes": plan.policy.cram_minutes,
                "known": round(plan.result.known, 2),
                "safe": round(plan.result.safe, 2),
                "unseen": round(plan.result.unseen, 2),
                "answers": round(plan.reviews, 2),
                "minutes": round(plan.minutes, 2),
                "per_day": [{name: round(value, 2) for name, value in asdict(day).items()} for day in plan.result.days],
            }
            for plan in found.plans
        ],
    }
