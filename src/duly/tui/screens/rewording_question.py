"""Asks whether a reworded question keeps its progress."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import ModalScreen

from duly.i18n import _
from duly.markup.terminal.styled_lines import Line
from duly.study.rewording import Rewording
from duly.text.paragraphs import paragraph
from duly.tui.keys import bind
from duly.tui.widgets.bottom_line import BottomLine
from duly.tui.widgets.card_view import CardView, CardViewScrolling
from duly.tui.widgets.top_line import TopLine


class RewordingScreen(ModalScreen[bool | None], CardViewScrolling):
    """Shows both questions. The result is whether the question keeps its progress; None leaves that open."""

    CSS_PATH = "rewording_question.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (18, "-tall")]  # noqa: RUF012 - an instance variable of Screen
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("y", "decide(True)", "Keep its progress", "reworded.yes"),
        bind("n", "decide(False)", "Treat it as a new question", "reworded.no"),
        bind("l,escape,q", "decide(None)", "Decide later", "reworded.later"),
        bind("j,down", "line(1)", "Scroll down", "reworded.down"),
        bind("k,up", "line(-1)", "Scroll up", "reworded.up"),
    ]

    def __init__(self, rewording: Rewording, count: str) -> None:
        super().__init__()
        self.rewording = rewording
        self.count = count

    def compose(self) -> ComposeResult:
        yield TopLine()
        yield CardView(88)
        yield BottomLine()

    def on_mount(self) -> None:
        line = self.query_one(TopLine)
        line.left, line.right = _("A question was reworded"), self.count
        self.query_one(BottomLine).keys = (("y", _("yes")), ("n", _("no")), ("l", _("later")))
        self.query_one(CardView).show(self._lines)

    def action_decide(self, keep: bool | None) -> None:
        self.dismiss(keep)

    def _lines(self, width: int) -> list[Line]:
        note = self.rewording.note
        parts = (
            (_("This question seems to be an old one in other words. Keep its progress?"), ("strong",)),
            (_("Until now:"), ("dim",)),
            (self.rewording.old.question, ()),
            (_("Now, in {place}:").format(place=note.place), ("dim",)),
            (note.question, ()),
            (_("Yes writes the old id into the file and changes nothing else. No treats it as new."), ("dim",)),
        )  # fmt: skip
        lines: list[Line] = []
        for text, styles in parts:
            lines += [*paragraph(" ".join(text.split()), width, styles=styles)]
            lines += [()] if styles != ("dim",) or text == parts[-1][0] else []
        return lines
