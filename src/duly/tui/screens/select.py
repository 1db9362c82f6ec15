"""Asks for one of several options, such as a deck, in a box over the current screen."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

from duly.cards import DeckName
from duly.cards.deck_name import deck_levels
from duly.i18n import _
from duly.study.collection import Collection
from duly.text.charts.statistics_rows import deck_name
from duly.text.paragraphs import shorten
from duly.tui.keys import bind
from duly.tui.widgets.rows import Rows
from duly.tui.widgets.top_line import TopLine

MOST_ROWS = 20
"""The most visible rows, if the screen has room for them."""


class Select(ModalScreen[int | None]):
    """A title and options; the result is the index of the chosen option, None if the box was closed.

    `initial` is the index highlighted at first; `preview` is called with the index of each highlighted option.
    """

    CSS_PATH = "select.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("escape,q", "close", "Close", "chooser.close"),
        bind("enter,space", "choose", "Choose", "chooser.choose"),
        bind("j,down", "move(1)", "Down", "chooser.down"),
        bind("k,up", "move(-1)", "Up", "chooser.up"),
    ]

    def __init__(
        self, title: str, options: Sequence[str], initial: int = 0, preview: Callable[[int], None] | None = None
    ) -> None:
        super().__init__()
        self.preview = preview
        self.heading = title
        self.options = options
        self.initial = initial

    def compose(self) -> ComposeResult:
        with Vertical():
            yield TopLine()
            yield Rows()

    def on_mount(self) -> None:
        line = self.query_one(TopLine)
        line.left, line.right = self.heading, "esc"
        rows = self.query_one(Rows)
        rows.styles.height = min(len(self.options), MOST_ROWS)
        rows.show(len(self.options), lambda index, width: Content(shorten(self.options[index], width)), self.initial)

    def on_rows_highlighted(self, event: Rows.Highlighted) -> None:
        event.stop()
        if self.preview is not None:
            self.preview(event.index)

    def on_rows_clicked(self, event: Rows.Clicked) -> None:
        event.stop()
        self.dismiss(event.index)

    def action_choose(self) -> None:
        self.dismiss(self.query_one(Rows).place)

    def action_move(self, by: int) -> None:
        self.query_one(Rows).move(by)

    def action_close(self) -> None:
        self.dismiss(None)


def choose_deck(
    app: App[Any], collection: Collection, current: DeckName | None, on_choice: Callable[[DeckName | None], None]
) -> None:
    """Asks for a deck, or None for all decks, and calls `on_choice` with it unless the box is closed."""
    levels_of = (deck_levels(card.note.deck) for card in collection.decks.cards)
    decks = [None, *dict.fromkeys(deck for outer in levels_of for deck in outer)]

    def on_selection(index: int | None) -> None:
        if index is not None:
            on_choice(decks[index])

    initial = decks.index(current) if current in decks else 0
    app.push_screen(Select(_("Deck"), [deck_name(deck) for deck in decks], initial), on_selection)
