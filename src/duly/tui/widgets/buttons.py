"""The grades to choose from, each with where it leads; they can be clicked."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from duly.scheduling.grade import Grade
from duly.text.grades import GradeChoice
from duly.tui.widgets.top_line import shortened


class Buttons(Widget):
    """A row of grades, drawn as one: a row of widgets would be mounted anew for every card."""

    DEFAULT_CSS = "Buttons { height: 2; width: 1fr; }"

    @dataclass
    class Chosen(Message):
        """A grade was clicked."""

        grade: Grade

    choices: reactive[Sequence[GradeChoice]] = reactive(())

    def render(self) -> RenderResult:
        names, leads = [], []
        for choice, (left, right) in zip(self.choices, self._columns(), strict=True):
            room = right - left
            look = "bold reverse" if choice.suggested else "bold"
            names.append(_centred(Content.styled(shortened(f" {choice.key} {choice.name} ", room), look), room))
            leads.append(_centred(Content.styled(shortened(choice.leads, room), "$text-muted"), room))
        return Content("\n").join((Content("").join(names), Content("").join(leads)))

    def on_click(self, event: Click) -> None:
        for choice, (left, right) in zip(self.choices, self._columns(), strict=True):
            if left <= event.x < right:
                self.post_message(self.Chosen(choice.grade))

    def _columns(self) -> list[tuple[int, int]]:
        number = len(self.choices)
        width = self.content_size.width
        return [(width * at // number, width * (at + 1) // number) for at in range(number)]


def _centred(text: Content, width: int) -> Content:
    left = (width - cell_len(text.plain)) // 2
    return Content.assemble(" " * left, text, " " * (width - left - cell_len(text.plain)))
