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
from duly.text.charts.pages import pages, period_name
from duly.tui.keys import bound
from duly.tui.messages import DecksRead
from duly.tui.screens.select import Select
from duly.tui.widgets.card_view import CardView
from duly.tui.widgets.hints import Hints
from duly.tui.widgets.top_line import TopLine

WIDEST = 116
"""In cells: a heat map of a year with two for each day."""

EXPORTED = Path("duly-statistics.json")
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
        bound("x", "export", "Write the figures to a JSON file", "statistics.export"),
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
            ("x", _("export JSON")),
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
        names = [_("All decks"), *(deck.replace(SEPARATOR, " › ") for deck in decks)]

        def chosen(index: int | None) -> None:
            if index is not None:
                self.deck = decks[index - 1] if index else None
                self._count()

        self.app.push_screen(Select(_("Deck"), names, decks.index(self.deck) + 1 if self.deck else 0), chosen)

    def action_export(self) -> None:
        text = json.dumps(statistics_as_json(self.figures), ensure_ascii=False, indent=1) + "\n"
        try:
            with replacing(EXPORTED) as stream:
                stream.write(text.encode())
        except DulyError as error:
            self._say(translate(error.message))
        else:
            self._say(_("Written to {file}.").format(file=EXPORTED.absolute()))

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
        deck = self.deck.replace(SEPARATOR, " › ") if self.deck else _("All decks")
        titles = [page.title for page in pages()]
        every = "  ".join(f"[{title}]" if index == self.page else title for index, title in enumerate(titles))
        line.left = _("Statistics · {deck} · {period}").format(deck=deck, period=period_name(self.period))
        line.right = every if self.size.width >= 100 else f"‹ {titles[self.page]} {self.page + 1}/{len(titles)} ›"
        if self.size.width < 60:
            line.left = f"{deck} · {period_name(self.period)}"

    def _say(self, message: str) -> None:
        self.query_one(Hints).tell(message)
