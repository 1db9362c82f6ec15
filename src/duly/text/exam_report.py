"""The report on plans for an exam: each plan with its days as graphs, and as JSON."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING

from rich.cells import cell_len

from duly.i18n import _, counted
from duly.markup.terminal.styled_lines import Line, Run
from duly.scheduling.day import StudyDay
from duly.text.charts.chart_blocks import NOTE, TITLE, Block, Columns, Paragraph, ShareRow, Shares
from duly.text.charts.columns import means, sparkline, week_labels
from duly.text.paragraphs import paragraph

if TYPE_CHECKING:
    from duly.planning.compare_plans import Plan
    from duly.study.exam_planning import ExamPlans

WIDEST_GRAPH = 60
"""The most cells of a graph; over more days, several share a cell."""

INDENT = Run("  ")


def exam_lines(exam_plans: "ExamPlans", exam: str, width: int) -> list[Line]:
    """The plans one below the other, each with its days as graphs, and what they assume."""
    lines = paragraph(_summary(exam_plans, exam), width, styles=TITLE)
    for plan in exam_plans.plans:
        lines += [
            (),
            *paragraph(_title(plan), width, styles=TITLE),
            *paragraph(_figures(exam_plans, plan), width, INDENT),
        ]
        lines += _graphs(plan, width)
    notes = (_meanings(), _assumptions(exam_plans))
    return [*lines, (), *(line for note in notes for line in paragraph(note, width, styles=NOTE))]


def plan_blocks(exam_plans: "ExamPlans", plan: "Plan", exam: str, today: StudyDay) -> Iterable[Block]:
    """One plan: its result on the morning of the exam, and its answers and minutes day by day."""
    card_counts = (
        (_("known"), plan.result.known_cards),
        (_("safe"), plan.result.safe_cards),
        (_("never seen"), plan.result.unseen_cards),
    )
    labels = week_labels(today, exam_plans.days)
    yield Paragraph(_title(plan), TITLE)
    yield Paragraph(_summary(exam_plans, exam))
    if exam_plans.cards:
        yield Shares(tuple(ShareRow(name, number / exam_plans.cards, exam_plans.cards) for name, number in card_counts))
    yield Paragraph(_("Answers a day"), TITLE)
    yield Columns(tuple(day.reviews + day.new for day in plan.result.days), labels)
    yield Paragraph(_("Minutes a day"), TITLE)
    yield Columns(tuple(day.minutes for day in plan.result.days), labels)
    yield Paragraph(_meanings(), NOTE)
    yield Paragraph(_assumptions(exam_plans), NOTE)


def plan_names() -> list[str]:
    """Short names of the plans, in their order."""
    return [_("as now"), _("all cards"), _("cram")]


def _summary(exam_plans: "ExamPlans", exam: str) -> str:
    return _("{date}, in {days}: {cards}, {new} of them new").format(
        date=exam,
        days=counted("{n} day", "{n} days", exam_plans.days),
        cards=counted("{n} card", "{n} cards", exam_plans.cards),
        new=exam_plans.new,
    )


def _figures(exam_plans: "ExamPlans", plan: "Plan") -> str:
    return _("{known} known, {safe} safe, {unseen} never seen; {reviews} answers, {minutes} min a day").format(
        known=round(plan.result.known_cards),
        safe=round(plan.result.safe_cards),
        unseen=round(plan.result.unseen_cards),
        reviews=round(plan.reviews),
        minutes=round(plan.minutes / exam_plans.days),
    )


def _graphs(plan: "Plan", width: int) -> list[Line]:
    """The answers and the minutes of each day as small columns; neighbouring days share one where there are many."""
    answers = [day.reviews + day.new for day in plan.result.days]
    minutes = [day.minutes for day in plan.result.days]
    graphs = (
        (answers, _("most {n} answers").format(n=round(max(answers)))),
        (minutes, _("most {n} min").format(n=round(max(minutes)))),
    )
    cells = max(min(WIDEST_GRAPH, width - max(cell_len(words) for _values, words in graphs) - 4), 8)
    sparklines = ((sparkline(means(values, -(-len(values) // cells))), words) for values, words in graphs)
    return [(INDENT, Run(line, ("bar",)), Run(f"  {words}")) for line, words in sparklines]


def _title(plan: "Plan") -> str:
    from duly.planning.compare_plans import PlanName

    limits = {"new": plan.policy.new_per_day, "reviews": plan.policy.reviews_per_day}
    return {
        PlanName.PRESENT: _("As you go on now: {new} new cards and {reviews} reviews a day"),
        PlanName.ALL: _("To reach every card: {new} new cards and {reviews} reviews a day"),
        PlanName.CRAM: _("As now, and {minutes} minutes a day of cramming in the last week"),
    }[plan.name].format(**limits, minutes=round(plan.policy.cram_minutes))


def _meanings() -> str:
    """What "known" and "safe" count."""
    from duly.planning.simulation import SAFE

    return _(
        "Known: the number to expect, the sum of the chances of all cards."
        " Safe: cards with a chance of {share} or more."
    ).format(share=f"{SAFE:.0%}")


def _assumptions(exam_plans: "ExamPlans") -> str:
    memory = _("FSRS fitted to you") if exam_plans.is_fitted else _("FSRS with the usual parameters")
    return _(
        "Assumes that you remember as {memory} says, and study on {share} of the days, as quickly as lately."
    ).format(memory=memory, share=f"{exam_plans.habits.studied_share:.0%}")


def exam_as_json(exam_plans: "ExamPlans", exam: str) -> dict[str, object]:
    """The plans, for programs; figures of cards and minutes are rounded to hundredths."""
    return {
        "exam": exam,
        "days": exam_plans.days,
        "cards": exam_plans.cards,
        "new": exam_plans.new,
        "fitted": exam_plans.is_fitted,
        "studied": exam_plans.habits.studied_share,
        "plans": [
            {
                "name": plan.name.value,
                "new_per_day": plan.policy.new_per_day,
                "reviews_per_day": plan.policy.reviews_per_day,
                "cram_minutes": plan.policy.cram_minutes,
                "known": round(plan.result.known_cards, 2),
                "safe": round(plan.result.safe_cards, 2),
                "unseen": round(plan.result.unseen_cards, 2),
                "answers": round(plan.reviews, 2),
                "minutes": round(plan.minutes, 2),
                "per_day": [{name: round(value, 2) for name, value in asdict(day).items()} for day in plan.result.days],
            }
            for plan in exam_plans.plans
        ],
    }
