"""Asks for one line of text, in a box over the current screen."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from duly.errors import DulyError
from duly.i18n import _, translate
from duly.scheduling.day import StudyDay
from duly.study.parse_due_day import due_day
from duly.tui.keys import bind
from duly.tui.widgets.top_line import TopLine
from duly.tui.widgets.wrapped_text import WrappedText


def day_prompt(title: str, today: StudyDay) -> "Prompt":
    """A `Prompt` for the day on which cards are to come back; `due_day` reads its result."""
    help_text = _("In how many days (0 is today), or a date like 2026-12-05")
    return Prompt(title, help_text, lambda text: due_day(text, today))


class Prompt(ModalScreen[str | None]):
    """A title, an input line and a help text; the result is the text, None if the box was closed.

    The message of a `DulyError` from `check` replaces the help text, and the text can be corrected.
    """

    CSS_PATH = "prompt.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [bind("escape", "close", "Close", "asker.close")]

    def __init__(self, title: str, help_text: str, check: Callable[[str], object], value: str = "") -> None:
        super().__init__()
        self.heading = title
        self.help_text = help_text
        self.check = check
        self.value = value

    def compose(self) -> ComposeResult:
        with Vertical():
            yield TopLine()
            yield Input(self.value, compact=True)
            yield WrappedText(self.help_text)

    def on_mount(self) -> None:
        line = self.query_one(TopLine)
        line.left, line.right = self.heading, "esc"
        self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        try:
            self.check(event.value)
        except DulyError as error:
            self.query_one(WrappedText).warn(translate(error.message))
        else:
            self.dismiss(event.value)

    def action_close(self) -> None:
        self.dismiss(None)
