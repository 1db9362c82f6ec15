"""Statistics: charts of what was learned, for a deck and a period."""

import json
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from duly.atomic_write import replacing
from duly.cards import DeckName
from duly.cards.deck import SEPARATOR, levels
from duly.errors import DulyError
from duly.i18n import _, translate
from duly.study.collection import Collection
from duly.study.statistics import Period
from duly.text.as_json import statistics_as_json
from duly.text.charts.pages import pages
from duly.text.charts.rows import WITHIN, period_name
from duly.tui.keys import bound
from duly.tui.messages import DecksRead
from duly.tui.screens.prompt import Prompt
from duly.tui.screens.select import Select
from duly.tui.screens.text_page import TextPage
from duly.tui.widgets.card_view import CardView
from duly.tui.widgets.hints import Hints
from duly.tui.widgets.top_line import TopLine

WIDEST = 116
"""In cells: a heat map of a year with two for each day."""

EXPORTED, PAGE = Path("duly-statistics.json"), Path("duly-statistics.html")
PERIODS = tuple(Period)


class StatisticsScreen(Screen[None]):
    """One chart at a time."""

    CSS_PATH = "statistics.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (18, "-tall")]  # noqa: RUF012 - an instance variable of Screen
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("right,l", "turn(1)", "Next chart", "statistics.next"),
        bound("left,h", "turn(-1)", "Previous chart", "statistics.previous"),
        bound("p", "period", "Period: a month, a year, all time", "statistics.period"),
        bound("d", "deck", "Choose a deck", "statistics.deck"),
        bound("e", "evaluate", "Which scheduler foretells your answers best", "statistics.evaluate"),
        bound("g", "plan", "Plan for an exam", "statistics.plan"),
        bound("x", "export", "Write the figures to a JSON file", "statistics.export"),
        bound("w", "write_page", "Write the charts as a page for a browser", "statistics.page"),
        bound("j,down", "line(1)", "Scroll down", "statistics.down"),
        bound("k,up", "line(-1)", "Scroll up", "statistics.up"),
        bound("pagedown,space", "page(1)", "A page down", "statistics.page_down"),
        bound("pageup", "page(-1)", "A page up", "statistics.page_up"),
        bound("q,escape", "close", "Back", "statistics.close"),
    ]

    def __init__(self, collection: Collection) -> None:
        super().__init__()
        self.collection = collection
        self.deck: DeckName | None = None
        self.period = Period.YEAR
        self.page = 0

    def compose(self) -> ComposeResult:
        yield TopLine()
        yield CardView(WIDEST)
        yield Hints()

    def on_mount(self) -> None:
        self.query_one(Hints).keys = (
            ("←→", _("chart")),
            ("p", _("period")),
            ("d", _("deck")),
            ("e", _("evaluate")),
            ("g", _("exam")),
            ("x", _("JSON")),
            ("w", _("page")),
            ("?", _("help")),
            ("esc", _("back")),
        )
        self._read()

    def on_decks_read(self, _event: DecksRead) -> None:
        self._read()

    def on_resize(self) -> None:
        self._head()

    def action_turn(self, by: int) -> None:
        self.page = (self.page + by) % len(pages())
        self._show()

    def action_period(self) -> None:
        self.period = PERIODS[(PERIODS.index(self.period) + 1) % len(PERIODS)]
        self._count()

    def action_deck(self) -> None:
        decks = list(dict.fromkeys(level for card in self.collection.decks.cards for level in levels(card.note.deck)))
        names = [_("All decks"), *(deck.replace(SEPARATOR, WITHIN) for deck in decks)]

        def chosen(index: int | None) -> None:
            if index is not None:
                self.deck = decks[index - 1] if index else None
                self._count()

        self.app.push_screen(Select(_("Deck"), names, decks.index(self.deck) + 1 if self.deck else 0), chosen)

    def action_evaluate(self) -> None:
        self._say(_("Computing…"))
        self.call_after_refresh(self._evaluate)

    def _evaluate(self) -> None:
        from duly.text.charts.reliability import reliability_lines  # only who looks ahead pays for what it takes

        evaluation = self.learned.evaluation()
        self._say("")
        self.app.push_screen(
            TextPage(_("What foretells your answers"), lambda width: reliability_lines(evaluation, width))
        )

    def action_plan(self) -> None:
        from duly.study.exam import exam_day

        def chosen(day: str | None) -> None:
            if day is not None:
                self._say(_("Computing…"))
                self.call_after_refresh(self._plan, day)

        today = self.learned.today
        prompt = Prompt(_("Exam"), _("The day of the exam, as 2027-01-15."), lambda text: exam_day(text, today))
        self.app.push_screen(prompt, chosen)

    def _plan(self, exam: str) -> None:
        from duly.study.exam import exam_day, exam_plans
        from duly.text.exam_report import exam_lines

        collection, today = self.collection, self.learned.today
        plans = exam_plans(
            collection.cards(self.deck),
            collection.journal,
            collection.settings,
            today,
            exam_day(exam, today),
            name=self.deck or "",
        )
        self._say("")
        title = self.deck.replace(SEPARATOR, WITHIN) if self.deck else _("All decks")
        self.app.push_screen(TextPage(title, lambda width: exam_lines(plans, exam, width)))

    def action_export(self) -> None:
        text = json.dumps(statistics_as_json(self.figures), ensure_ascii=False, indent=1) + "\n"
        self._write(EXPORTED, text)

    def action_write_page(self) -> None:
        from duly.text.statistics_page import statistics_page

        self._write(PAGE, statistics_page(self.figures, self.learned.evaluation(), self.deck or ""))

    def _write(self, file: Path, text: str) -> None:
        try:
            with replacing(file) as stream:
                stream.write(text.encode())
        except DulyError as error:
            self._say(translate(error.message))
        else:
            self._say(_("Written to {file}.").format(file=file.absolute()))

    def action_line(self, by: int) -> None:
        self.query_one(CardView).scroll_relative(y=by, animate=False)

    def action_page(self, by: int) -> None:
        self.query_one(CardView).page(by)

    def action_close(self) -> None:
        self.dismiss(None)

    def _read(self) -> None:
        self.learned = self.collection.learned()
        self._count()

    def _count(self) -> None:
        """Computes the figures of the deck and the period."""
        self.figures = self.learned.statistics(self.deck, self.period)
        self._show()

    def _show(self) -> None:
        figures, page = self.figures, pages()[self.page]
        self.query_one(CardView).show(lambda width: page.lines(figures, width))
        self._head()

    def _head(self) -> None:
        line = self.query_one(TopLine)
        deck = self.deck.replace(SEPARATOR, WITHIN) if self.deck else _("All decks")
        titles = [page.title for page in pages()]
        every = "  ".join(f"[{title}]" if index == self.page else title for index, title in enumerate(titles))
        line.left = _("Statistics · {deck} · {period}").format(deck=deck, period=period_name(self.period))
        line.right = every if self.size.width >= 100 else f"‹ {titles[self.page]} {self.page + 1}/{len(titles)} ›"
        if self.size.width < 60:
            line.left = f"{deck} · {period_name(self.period)}"

    def _say(self, message: str) -> None:
        self.query_one(Hints).tell(message)
