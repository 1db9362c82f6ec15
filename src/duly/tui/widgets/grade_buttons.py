"""The grades to choose from, each with the interval it leads to; they can be clicked."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from duly.scheduling.grade import Grade
from duly.text.grades import GradeChoice
from duly.text.paragraphs import shorten
from duly.tui.styles import MUTED

LEAST_WIDTH, LEAST_HEIGHT = 60, 18
"""The least width and height of a screen in cells to show ``E 2.50 → 2.36`` below each grade."""


class GradeButtons(Widget):
    """A row of grades in one widget: single widgets would be mounted again for every card."""

    DEFAULT_CSS = "GradeButtons { height: auto; width: 1fr; }"

    @dataclass
    class Chosen(Message):
        """A grade was clicked."""

        grade: Grade

    choices: reactive[Sequence[GradeChoice]] = reactive(())

    shows_changes: reactive[bool] = reactive(False, layout=True)
    """Whether a third line shows the effect on the easiness, if there is room for it."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's signature
        return 3 if self.shows_changes and width >= LEAST_WIDTH and viewport.height >= LEAST_HEIGHT else 2

    def render(self) -> RenderResult:
        names, intervals, changes = [], [], []
        for choice, (left, right) in zip(self.choices, self._columns(), strict=True):
            room = right - left
            style = "bold reverse" if choice.suggested else "bold"
            names.append(_centre(Content.styled(shorten(f" {choice.key} {choice.name} ", room), style), room))
            intervals.append(_centre(Content.styled(shorten(choice.interval, room), MUTED), room))
            changes.append(_centre(Content.styled(shorten(choice.change, room), MUTED), room))
        lines = (names, intervals, changes) if self.content_size.height > 2 else (names, intervals)
        return Content("\n").join(Content("").join(line) for line in lines)

    def on_click(self, event: Click) -> None:
        for choice, (left, right) in zip(self.choices, self._columns(), strict=True):
            if left <= event.x < right:
                self.post_message(self.Chosen(choice.grade))

    def _columns(self) -> list[tuple[int, int]]:
        number = len(self.choices)
        width = self.content_size.width
        return [(width * at // number, width * (at + 1) // number) for at in range(number)]


def _centre(text: Content, width: int) -> Content:
    left = (width - cell_len(text.plain)) // 2
    return Content.assemble(" " * left, text, " " * (width - left - cell_len(text.plain)))
