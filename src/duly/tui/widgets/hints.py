"""The bottom line: keys and what they do, as many as fit, or one message in their stead."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from duly.tui.widgets.top_line import shortened


class Hints(Widget):
    """`keys` are pairs of a key and a word; `note` stands at the right; `message` takes the place of the keys."""

    DEFAULT_CSS = "Hints { height: 1; width: 1fr; }"

    keys: reactive[Sequence[tuple[str, str]]] = reactive(())
    note: reactive[str] = reactive("")
    message: reactive[str] = reactive("")

    def render(self) -> RenderResult:
        width = self.content_size.width
        room = width - (cell_len(self.note) + 1 if self.note else 0)
        left = self._message(room) if self.message else self._keys(room)
        gap = max(width - left.cell_length - cell_len(self.note), 0)
        return Content.assemble(left, " " * gap, (self.note, "$text-muted"))

    def _message(self, room: int) -> Content:
        return Content.styled(shortened(self.message, room), "bold $text-warning")

    def _keys(self, room: int) -> Content:
        shown: list[Content] = []
        for key, word in self.keys:
            piece = Content.assemble((key, "bold $text-primary"), " ", (word, "$text-muted"))
            room -= piece.cell_length + 2
            if room < -2:
                break
            shown.append(piece)
        return Content("  ").join(shown)
