"""A few lines of plain words, broken as cards are: Textual breaks Chinese, and ``tag:`` before it, anywhere."""

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from duly.tui.widgets.hints import broken

MOST_LINES = 4


class Words(Widget):
    """Takes as many lines as its words need; what is longer than it may be ends in an ellipsis."""

    DEFAULT_CSS = "Words { width: 1fr; height: auto; } Words.-warning { color: $text-warning; text-style: bold; }"

    words: reactive[str] = reactive("", layout=True)

    def __init__(self, words: str = "") -> None:
        super().__init__()
        self.set_reactive(Words.words, words)

    def warn(self, words: str) -> None:
        """Shows other words, as a warning."""
        self.words = words
        self.add_class("-warning")

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's signature
        return len(self._lines(width))

    def render(self) -> RenderResult:
        return Content("\n".join(self._lines(self.content_size.width)))

    def _lines(self, width: int) -> list[str]:
        return broken(self.words, width, MOST_LINES)
