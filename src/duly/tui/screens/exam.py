"""Exam: the work of the days until an exam and the cards known then, for each plan."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from duly.cards import DeckName
from duly.errors import DulyError
from duly.i18n import _, translate
from duly.scheduling.day import StudyDay, calendar_date
from duly.study.collection import Collection
from duly.text.charts.block_lines import block_lines
from duly.text.charts.statistics_rows import deck_name
from duly.text.exam_report import exam_lines, plan_blocks, plan_names
from duly.tui.app_events import DecksRead
from duly.tui.keys import bind
from duly.tui.screens.chart_screen import ChartScreen, chart_bindings
from duly.tui.screens.prompt import Prompt
from duly.tui.screens.select import choose_deck
from duly.tui.widgets.bottom_line import BottomLine
from duly.tui.widgets.card_view import CardView
from duly.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from duly.study.exam_planning import ExamPlans

USUAL_DAYS = 30
"""The days until the exam, as long as the learner has not set its day."""


class ExamScreen(ChartScreen):
    """The plans together, then one at a time; they are computed again for another day, deck or cram."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("right,l", "turn(1)", "Next plan", "exam.next"),
        bind("left,h", "turn(-1)", "Previous plan", "exam.previous"),
        bind("t", "day", "Set the day of the exam", "exam.day"),
        bind("d", "deck", "Choose a deck", "exam.deck"),
        bind("c", "cram", "Set the minutes a day of a cram", "exam.cram"),
        *chart_bindings("exam"),
    ]

    def __init__(self, collection: Collection, deck: DeckName | None) -> None:
        super().__init__()
        self.collection = collection
        self.deck = deck
        self.review_log = collection.review_log()
        self.exam = calendar_date(StudyDay(self.review_log.today + USUAL_DAYS)).isoformat()
        self.minutes: float | None = None
        self.plans: ExamPlans | None = None
        self.page = 0

    def on_mount(self) -> None:
        self.query_one(BottomLine).keys = (
            ("←→", _("plan")),
            ("t", _("exam day")),
            ("d", _("deck")),
            ("c", _("cram")),
            ("?", _("help")),
            ("esc", _("back")),
        )
        self._work_out()

    def on_decks_read(self, _event: DecksRead) -> None:
        self.review_log = self.collection.review_log()
        self._work_out()

    def action_turn(self, by: int) -> None:
        self.page = (self.page + by) % (1 + len(plan_names()))
        self._show()

    def action_day(self) -> None:
        from duly.study.exam_planning import exam_day

        def on_choice(text: str | None) -> None:
            if text is not None:
                self.exam = text.strip()
                self._work_out()

        words = _("The day of the exam, as 2027-01-15.")
        self.app.push_screen(
            Prompt(_("Exam"), words, lambda text: exam_day(text, self.review_log.today), self.exam), on_choice
        )

    def action_deck(self) -> None:
        def on_choice(deck: DeckName | None) -> None:
            self.deck = deck
            self._work_out()

        choose_deck(self.app, self.collection, self.deck, on_choice)

    def action_cram(self) -> None:
        from duly.study.exam_planning import CRAM_MINUTES, cram_minutes

        def on_choice(text: str | None) -> None:
            if text is not None:
                self.minutes = cram_minutes(text)
                self._work_out()

        words = _("Minutes a day of a cram in the last week.")
        self.app.push_screen(Prompt(_("Cram"), words, cram_minutes, f"{self.minutes or CRAM_MINUTES:g}"), on_choice)

    def _work_out(self) -> None:
        """Simulates the days in a thread, as that may take a second."""
        from duly.study.exam_planning import (  # slow to import
            CRAM_MINUTES,
            exam_day,
            exam_plans,
        )

        self.plans = None
        self._show()
        cards, steps, settings = self.collection.cards(self.deck), self.review_log.steps, self.collection.settings
        today, request = self.review_log.today, self._request
        name, minutes = self.deck or "", self.minutes or CRAM_MINUTES
        try:
            day = exam_day(self.exam, today)
        except DulyError as error:  # the day of the exam has come
            self.say(translate(error.message))
            return

        def on_plans(plans: "ExamPlans") -> None:
            if request == self._request:
                self.plans = plans
                self._show()
            else:  # the learner has changed the request meanwhile
                self._work_out()

        self.background.start(
            lambda _watch: exam_plans(cards, steps, settings, today, day, name=name, cram_minutes=minutes), on_plans
        )

    @property
    def _request(self) -> tuple[object, ...]:
        """The values that the plans depend on."""
        return self.exam, self.deck, self.minutes, self.review_log

    def _show(self) -> None:
        plans, exam, today, page = self.plans, self.exam, self.review_log.today, self.page
        view = self.query_one(CardView)
        if plans is None:
            view.show(lambda _width: [])
        elif page == 0:
            view.show(lambda width: exam_lines(plans, exam, width))
        else:
            blocks = tuple(plan_blocks(plans, plans.plans[page - 1], exam, today))
            view.show(lambda width: block_lines(blocks, width))
        self.show_heading()

    def show_heading(self) -> None:
        line = self.query_one(TopLine)
        names = [_("all plans"), *plan_names()]
        deck = deck_name(self.deck)
        line.left = _("Exam · {deck} · {date}").format(deck=deck, date=self.exam) if self.size.width >= 60 else deck
        line.right = f"‹ {names[self.page]} {self.page + 1}/{len(names)} ›" if self.plans else _("Computing…")
