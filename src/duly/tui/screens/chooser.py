"""Choosing one of a few things, in a box over the screen below."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from duly.tui.keys import bound
from duly.tui.widgets.top_line import TopLine


class Chooser(ModalScreen[int | None]):
    """A title and options; its result is the index of the chosen one, None if it was closed."""

    CSS_PATH = "chooser.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("escape,q", "close", "Close", "chooser.close"),
        bound("enter,space", "choose", "Choose", "chooser.choose"),
        bound("j,down", "move(1)", "Down", "chooser.down"),
        bound("k,up", "move(-1)", "Up", "chooser.up"),
    ]

    def __init__(self, title: str, options: Sequence[str], chosen: int = 0) -> None:
        super().__init__()
        self.heading = title
        self.options = options
        self.chosen = chosen

    def compose(self) -> ComposeResult:
        with Vertical():
            yield TopLine()
            yield OptionList(*(Option(Content(option)) for option in self.options), compact=True)

    def on_mount(self) -> None:
        line = self.query_one(TopLine)
        line.left, line.right = self.heading, "esc"
        self.query_one(OptionList).highlighted = self.chosen

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(event.option_index)

    def action_choose(self) -> None:
        self.dismiss(self.query_one(OptionList).highlighted)

    def action_move(self, by: int) -> None:
        options = self.query_one(OptionList)
        options.action_cursor_down() if by > 0 else options.action_cursor_up()

    def action_close(self) -> None:
        self.dismiss(None)
