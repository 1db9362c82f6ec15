"""The base of screens with charts: a line at the top, charts that scroll, keys at the bottom."""

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from duly.tui.background_work import BackgroundWork
from duly.tui.keys import bind
from duly.tui.widgets.bottom_line import BottomLine
from duly.tui.widgets.card_view import CardView, CardViewScrolling
from duly.tui.widgets.top_line import TopLine

MOST_WIDTH = 116
"""The largest width in cells: a heat map of a year with two cells for each week."""


def chart_bindings(screen: str) -> list[BindingType]:
    """The keys that scroll and close a screen with charts; their ids begin with its name."""
    return [
        bind("j,down", "line(1)", "Scroll down", f"{screen}.down"),
        bind("k,up", "line(-1)", "Scroll up", f"{screen}.up"),
        bind("pagedown,space", "page(1)", "A page down", f"{screen}.page_down"),
        bind("pageup", "page(-1)", "A page up", f"{screen}.page_up"),
        bind("q,escape", "close", "Back", f"{screen}.close"),
    ]


class ChartScreen(Screen[None], CardViewScrolling):
    """Shows charts below a line that `show_heading` writes; long computations run in the `background`."""

    CSS_PATH = "chart_screen.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (18, "-tall")]  # noqa: RUF012 - an instance variable of Screen

    def __init__(self) -> None:
        super().__init__()
        self.background = BackgroundWork(self, self.say)

    def compose(self) -> ComposeResult:
        yield TopLine()
        yield CardView(MOST_WIDTH)
        yield BottomLine()

    def on_resize(self) -> None:
        self.show_heading()

    def show_heading(self) -> None:
        """Writes the line at the top, in the current width."""

    def action_close(self) -> None:
        self.dismiss(None)

    def say(self, message: str) -> None:
        """Shows a message for some seconds in the place of the keys."""
        self.query_one(BottomLine).show_message(message)
