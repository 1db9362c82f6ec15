"""Help: the keys of the current screen, then all others, with a search."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import ModalScreen
from textual.widgets import Input

from duly.i18n import _
from duly.tui.keys import bind
from duly.tui.screens.help_text import Chapter, manual
from duly.tui.widgets.bottom_line import BottomLine
from duly.tui.widgets.card_view import CardView, CardViewScrolling
from duly.tui.widgets.top_line import TopLine

MOST_WIDTH = 100
"""The largest width in cells."""


class Help(ModalScreen[None], CardViewScrolling):
    """Shows chapters of keys; a search shows only the matching rows."""

    CSS_PATH = "help.tcss"
    AUTO_FOCUS = ""
    VERTICAL_BREAKPOINTS = [(0, "-short"), (18, "-tall")]  # noqa: RUF012 - an instance variable of Screen
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("slash", "search", "Search the keys", "help.search"),
        bind("escape,q,question_mark", "close", "Close", "help.close"),
        bind("j,down", "line(1)", "Scroll down", "help.down"),
        bind("k,up", "line(-1)", "Scroll up", "help.up"),
        bind("pagedown,space", "page(1)", "A page down", "help.page_down"),
        bind("pageup", "page(-1)", "A page up", "help.page_up"),
    ]

    def __init__(self, title: str, chapters: Sequence[Chapter]) -> None:
        super().__init__()
        self.heading = title
        self.chapters = chapters

    def compose(self) -> ComposeResult:
        yield TopLine()
        yield Input(compact=True)
        yield CardView(MOST_WIDTH)
        yield BottomLine()

    def on_mount(self) -> None:
        line = self.query_one(TopLine)
        line.left, line.right = self.heading, "esc"
        self.query_one(BottomLine).keys = (("/", _("search")), ("↓↑", _("scroll")), ("esc", _("close")))
        box = self.query_one(Input)
        box.placeholder = _("a key, or a word in what it does")
        box.display = False
        self._show("")

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._show(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.set_focus(None)

    def action_search(self) -> None:
        box = self.query_one(Input)
        box.display = True
        box.focus()

    def action_close(self) -> None:
        box = self.query_one(Input)
        if not box.display:
            self.dismiss(None)
            return
        box.value = ""
        box.display = False
        self.set_focus(None)

    def _show(self, query: str) -> None:
        self.query_one(CardView).show(lambda width: manual(self.chapters, width, query))
