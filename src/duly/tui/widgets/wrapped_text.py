"""A few lines of plain text, wrapped like cards (Textual breaks Chinese anywhere), and a notice below a card."""

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from duly.text.paragraphs import wrap_text

MOST_LINES = 4


class WrappedText(Widget):
    """Takes as many lines as its text needs, up to `MOST_LINES`; longer text ends in an ellipsis."""

    DEFAULT_CSS = (
        "WrappedText { width: 1fr; height: auto; } WrappedText.-warning { color: $text-warning; text-style: bold; }"
    )

    text: reactive[str] = reactive("", layout=True)

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.set_reactive(WrappedText.text, text)

    def warn(self, text: str) -> None:
        """Shows other text, as a warning."""
        self.text = text
        self.add_class("-warning")

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's signature
        return len(self._lines(width))

    def render(self) -> RenderResult:
        return Content("\n".join(self._lines(self.content_size.width)))

    def _lines(self, width: int) -> list[str]:
        return wrap_text(self.text, width, MOST_LINES)


class Notice(WrappedText):
    """Something that wants attention, shown until the next card; it takes no room while it is empty."""

    DEFAULT_CSS = "Notice { display: none; color: $text-warning; }"

    def say(self, text: str, sign: str = "⚠") -> None:
        """Shows the text behind a sign; hides the notice where there is none."""
        self.display = bool(text)
        self.text = f"{sign} {text}" if text else ""
