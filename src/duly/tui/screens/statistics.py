"""Statistics: charts of what was learned, for a deck and a period."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import BindingType

from duly.atomic_write import replacing
from duly.cards import DeckName
from duly.errors import DulyError
from duly.i18n import _, translate
from duly.study.collection import Collection
from duly.study.statistics import Period
from duly.text.as_json import statistics_as_json
from duly.text.charts.block_lines import block_lines
from duly.text.charts.statistics_pages import pages
from duly.text.charts.statistics_rows import deck_name, period_name
from duly.tui.app_events import DecksRead
from duly.tui.keys import bind
from duly.tui.screens.chart_screen import MOST_WIDTH, ChartScreen, chart_bindings
from duly.tui.screens.exam import ExamScreen
from duly.tui.screens.select import choose_deck
from duly.tui.screens.text_page import TextPage
from duly.tui.widgets.bottom_line import BottomLine
from duly.tui.widgets.card_view import CardView
from duly.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from duly.evaluation.evaluate import Evaluation

JSON_FILE, PAGE_FILE = Path("duly-statistics.json"), Path("duly-statistics.html")
PERIODS = tuple(Period)


class StatisticsScreen(ChartScreen):
    """One chart at a time."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("right,l", "turn(1)", "Next chart", "statistics.next"),
        bind("left,h", "turn(-1)", "Previous chart", "statistics.previous"),
        bind("p", "period", "Period: a month, a year, all time", "statistics.period"),
        bind("d", "deck", "Choose a deck", "statistics.deck"),
        bind("e", "evaluate", "Which scheduler predicts your answers best", "statistics.evaluate"),
        bind("g", "plan", "Plan for an exam", "statistics.plan"),
        bind("x", "export", "Write the figures to a JSON file", "statistics.export"),
        bind("w", "write_page", "Write the charts as a page for a browser", "statistics.page"),
        *chart_bindings("statistics"),
    ]

    def __init__(self, collection: Collection) -> None:
        super().__init__()
        self.collection = collection
        self.deck: DeckName | None = None
        self.period = Period.YEAR
        self.page = 0

    def on_mount(self) -> None:
        self.query_one(BottomLine).keys = (
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

    def action_turn(self, by: int) -> None:
        self.page = (self.page + by) % len(pages())
        self._show()

    def action_period(self) -> None:
        self.period = PERIODS[(PERIODS.index(self.period) + 1) % len(PERIODS)]
        self._count()

    def action_deck(self) -> None:
        def on_choice(deck: DeckName | None) -> None:
            self.deck = deck
            self._count()

        choose_deck(self.app, self.collection, self.deck, on_choice)

    def action_evaluate(self) -> None:
        """Measures in a thread, as that may take seconds, and shows the result unless the screen was left."""

        def on_evaluation(evaluation: "Evaluation") -> None:
            from duly.text.evaluation_report import evaluation_blocks

            self.say("")
            blocks = tuple(evaluation_blocks(evaluation))
            if self.is_current:
                self.app.push_screen(
                    TextPage(_("What predicts your answers"), lambda width: block_lines(blocks, width), MOST_WIDTH)
                )

        self.say(_("Computing…"))
        review_log = self.review_log
        self.background.start(lambda _watch: review_log.evaluation(), on_evaluation)

    def action_plan(self) -> None:
        self.app.push_screen(ExamScreen(self.collection, self.deck))

    def action_export(self) -> None:
        text = json.dumps(statistics_as_json(self.figures), ensure_ascii=False, indent=1) + "\n"
        self._try(JSON_FILE, lambda: self._write(JSON_FILE, text))

    def action_write_page(self) -> None:
        from duly.text.statistics_html import statistics_page, write_page

        review_log, figures, deck = self.review_log, self.figures, self.deck

        def on_page(page: str) -> None:
            self._try(PAGE_FILE, lambda: write_page(PAGE_FILE, page))

        self.say(_("Computing…"))
        self.background.start(lambda _watch: statistics_page(figures, review_log.evaluation(), deck), on_page)

    def _write(self, file: Path, text: str) -> None:
        with replacing(file) as stream:
            stream.write(text.encode())

    def _try(self, file: Path, write: Callable[[], None]) -> None:
        """Writes a file and shows its path, or why it could not be written."""
        try:
            write()
        except DulyError as error:
            self.say(translate(error.message))
        else:
            self.say(_("Written to {file}.").format(file=file.absolute()))

    def _read(self) -> None:
        self.review_log = self.collection.review_log()
        self._count()

    def _count(self) -> None:
        """Computes the figures of the deck and the period."""
        self.figures = self.review_log.statistics(self.deck, self.period)
        self._show()

    def _show(self) -> None:
        figures, page = self.figures, pages()[self.page]
        self.query_one(CardView).show(lambda width: block_lines(page.blocks(figures), width))
        self.show_heading()

    def show_heading(self) -> None:
        line = self.query_one(TopLine)
        deck = deck_name(self.deck)
        titles = [page.title for page in pages()]
        all_titles = "  ".join(f"[{title}]" if index == self.page else title for index, title in enumerate(titles))
        line.left = _("Statistics · {deck} · {period}").format(deck=deck, period=period_name(self.period))
        fits = cell_len(line.left) + cell_len(all_titles) + 4 <= self.size.width
        line.right = all_titles if fits else f"‹ {titles[self.page]} {self.page + 1}/{len(titles)} ›"
        if self.size.width < 60:
            line.left = f"{deck} · {period_name(self.period)}"
