"""A card's lines in a scrolling column of bounded width, centred."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.events import Resize
from textual.message import Message
from textual.widgets import Static

from duly.markup.lines import Line
from duly.tui.styles import content

Lines = Callable[[int], Sequence[Line]]
"""Lines for a width in cells: they are made anew when the width changes."""


class CardView(VerticalScroll, can_focus=False):
    """Shows lines made for the width there is, at most `widest` cells."""

    DEFAULT_CSS = """
    CardView { align-horizontal: center; scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
    CardView Static { width: auto; text-wrap: nowrap; }
    """

    @dataclass
    class Scrolled(Message):
        """How many lines lie below what is seen."""

        below: int

    def __init__(self, widest: int) -> None:
        super().__init__()
        self.widest = widest
        self._lines: Lines = lambda _width: ()
        self._width = 0

    def compose(self) -> ComposeResult:
        yield Static()

    @property
    def reading_width(self) -> int:
        """The cells a line may fill; the scrollbar has a column of its own, seen or not."""
        return max(min(self.widest, self.scrollable_content_region.width), 2)

    def show(self, lines: Lines, *, from_top: bool = True) -> None:
        """Shows these lines, from their top unless the place is to be kept."""
        self._lines = lines
        self._draw()
        if from_top:
            self.scroll_home(animate=False)
        self.call_after_refresh(self._tell)

    def page(self, by: int) -> None:
        """Scrolls so many pages, one line of the last still to be seen."""
        self.scroll_relative(y=by * max(self.size.height - 1, 1), animate=False)

    def on_resize(self, _event: Resize) -> None:
        if self.reading_width != self._width:
            self._draw()
        self.call_after_refresh(self._tell)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._tell()

    def _draw(self) -> None:
        self._width = self.reading_width
        column = self.query_one(Static)
        column.styles.width = self._width
        column.update(content(self._lines(self._width)))

    def _tell(self) -> None:
        self.post_message(self.Scrolled(max(round(self.max_scroll_y - self.scroll_y), 0)))
