"""A page of text over the current screen, such as problems or the tour."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import ModalScreen

from duly.tui.keys import bind
from duly.tui.widgets.card_view import CardView, CardViewScrolling, Lines
from duly.tui.widgets.top_line import TopLine

MOST_WIDTH = 400
"""The default largest width in cells: that of any terminal."""


class TextPage(ModalScreen[None], CardViewScrolling):
    """Shows a title and lines until it is closed."""

    CSS_PATH = "text_page.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (18, "-tall")]  # noqa: RUF012 - an instance variable of Screen
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("escape,q,question_mark", "close", "Close", "reader.close"),
        bind("j,down", "line(1)", "Scroll down", "reader.down"),
        bind("k,up", "line(-1)", "Scroll up", "reader.up"),
        bind("pagedown,space", "page(1)", "A page down", "reader.page_down"),
        bind("pageup", "page(-1)", "A page up", "reader.page_up"),
    ]

    def __init__(self, title: str, lines: Lines, widest: int = MOST_WIDTH) -> None:
        super().__init__()
        self.heading = title
        self.lines = lines
        self.widest = widest

    def compose(self) -> ComposeResult:
        yield TopLine(id="heading")
        yield CardView(self.widest)

    def on_mount(self) -> None:
        line = self.query_one(TopLine)
        line.left, line.right = self.heading, "esc"
        self.query_one(CardView).show(self.lines)

    def action_close(self) -> None:
        self.dismiss(None)
