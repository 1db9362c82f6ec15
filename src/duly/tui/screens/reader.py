"""A page of text over the screen below: help, problems."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from duly.tui.keys import bound
from duly.tui.widgets.top_line import TopLine


class Reader(ModalScreen[None]):
    """Shows a title and paragraphs until it is closed."""

    CSS_PATH = "reader.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("escape,q,question_mark", "close", "Close", "reader.close"),
        bound("j,down", "line(1)", "Scroll down", "reader.down"),
        bound("k,up", "line(-1)", "Scroll up", "reader.up"),
    ]

    def __init__(self, title: str, text: Sequence[Content]) -> None:
        super().__init__()
        self.heading = title
        self.text = text

    def compose(self) -> ComposeResult:
        yield TopLine(id="heading")
        with VerticalScroll():
            yield Static(Content("\n").join(self.text))

    def on_mount(self) -> None:
        line = self.query_one(TopLine)
        line.left, line.right = self.heading, "esc"

    def action_close(self) -> None:
        self.dismiss(None)

    def action_line(self, by: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)
