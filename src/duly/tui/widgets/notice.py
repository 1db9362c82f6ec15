"""A few lines about something that wants attention, shown until the next card."""

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from duly.tui.widgets.hints import broken

MOST_LINES = 4


class Notice(Widget):
    """Takes no room while it says nothing; what is longer than it may be ends in an ellipsis."""

    DEFAULT_CSS = "Notice { width: 1fr; height: auto; display: none; color: $text-warning; }"

    words: reactive[str] = reactive("", layout=True)

    def say(self, words: str, sign: str = "⚠") -> None:
        """Shows words behind a sign; nothing for none."""
        self.display = bool(words)
        self.words = f"{sign} {words}" if words else ""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's signature
        return len(self._lines(width))

    def render(self) -> RenderResult:
        return Content("\n".join(self._lines(self.content_size.width)))

    def _lines(self, width: int) -> list[str]:
        return broken(self.words, width, MOST_LINES)
