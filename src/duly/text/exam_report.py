"""The report on plans for an exam: each way there with its days as a graph, and as JSON."""

from collections.abc import Sequence
from dataclasses import asdict
from statistics import fmean
from typing import TYPE_CHECKING

from rich.cells import cell_len

from duly.i18n import _
from duly.markup.terminal.lines import Line, Run
from duly.text.charts.columns import sparkline
from duly.text.paragraphs import paragraph

if TYPE_CHECKING:
    from duly.planning.exam import Plan
    from duly.study.exam import ExamPlans

WIDEST = 60
"""Cells of a graph: longer times are drawn with several days in one."""

INDENT = Run("  ")


def exam_lines(exam_plans: "ExamPlans", exam: str, width: int) -> list[Line]:
    """The plans one below the other, each with its days as graphs, and what they assume."""
    summary = _("{date}, in {days} days: {cards} cards, {new} of them new").format(
        date=exam, days=exam_plans.days, cards=exam_plans.cards, new=exam_plans.new
    )
    lines = [*paragraph(summary, width, styles=("strong",))]
    for plan in exam_plans.plans:
        figures = _("{known} known, {safe} safe, {unseen} never seen; {reviews} answers, {minutes} min a day").format(
            known=round(plan.result.known),
            safe=round(plan.result.safe),
            unseen=round(plan.result.unseen),
            reviews=round(plan.reviews),
            minutes=round(plan.minutes / exam_plans.days),
        )
        lines += [(), *paragraph(_title(plan), width, styles=("strong",)), *paragraph(figures, width, INDENT)]
        answers = [day.reviews + day.new for day in plan.result.days]
        minutes = [day.minutes for day in plan.result.days]
        lines.append(_graph(answers, _("most {n} answers").format(n=round(max(answers))), width))
        lines.append(_graph(minutes, _("most {n} min").format(n=round(max(minutes))), width))
    return [*lines, (), *paragraph(_assumptions(exam_plans), width, styles=("dim",))]


def _graph(values: Sequence[float], words: str, width: int) -> Line:
    """A line of small columns, and words behind it; neighbouring days share a column where there are many."""
    cells = max(min(WIDEST, width - cell_len(words) - 4), 8)
    size = -(-len(values) // cells)
    shown = sparkline([fmean(values[at : at + size]) for at in range(0, len(values), size)])
    return (INDENT, Run(shown, ("bar",)), Run(f"  {words}"))


def _title(plan: "Plan") -> str:
    from duly.planning.exam import PlanName

    limits = {"new": plan.policy.new_per_day, "reviews": plan.policy.reviews_per_day}
    return {
        PlanName.PRESENT: _("As you go on now: {new} new cards and {reviews} reviews a day"),
        PlanName.ALL: _("To reach every card: {new} new cards and {reviews} reviews a day"),
        PlanName.CRAM: _("As now, and {minutes} minutes a day of cramming in the last week"),
    }[plan.name].format(**limits, minutes=round(plan.policy.cram_minutes))


def _assumptions(exam_plans: "ExamPlans") -> str:
    memory = _("FSRS fitted to you") if exam_plans.is_fitted else _("FSRS with the usual parameters")
    return _(
        "Assumes that you remember as {memory} says, and study on {share} of the days, as quickly as lately."
    ).format(memory=memory, share=f"{exam_plans.habits.studied:.0%}")


def exam_as_json(exam_plans: "ExamPlans", exam: str) -> dict[str, object]:
    """The plans, for programs; figures of cards and minutes are rounded to hundredths."""
    return {
        "exam": exam,
        "days": exam_plans.days,
        "cards": exam_plans.cards,
        "new": exam_plans.new,
        "fitted": exam_plans.is_fitted,
        "studied": exam_plans.habits.studied,
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
            for plan in exam_plans.plans
        ],
    }
