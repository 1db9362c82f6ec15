"""One line with a text at its left and one at its right, cut where they would meet."""

from rich.cells import cell_len, set_cell_size
from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from duly.text.paragraphs import shorten


class TopLine(Widget):
    """`left` gives way to `right` where both do not fit."""

    DEFAULT_CSS = "TopLine { height: 1; width: 1fr; }"

    left: reactive[str] = reactive("")
    right: reactive[str] = reactive("")

    def render(self) -> RenderResult:
        return Content(fit_line(self.left, self.right, self.content_size.width))


def fit_line(left: str, right: str, width: int) -> str:
    """Both texts in `width` cells, the left one cut with an ellipsis if need be."""
    room = width - cell_len(right) - (1 if right else 0)
    return set_cell_size(shorten(left, max(room, 0)), max(width - cell_len(right), 0)) + right
