"""The bottom line: keys and what they do, as many as fit, or a message in their stead, which may take further lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget

from duly.markup.terminal.line_breaking import wrap
from duly.tui.keys import pressed
from duly.tui.styles import MUTED

MOST_LINES = 3
LEAST_PART = 4
"""A message has at most so many lines, and at most one of so many of the screen's: the card stays in sight."""


class Hints(Widget):
    """`keys` are pairs of a key and a word; `note` stands at the right; `message` takes the place of the keys."""

    DEFAULT_CSS = "Hints { height: auto; width: 1fr; }"

    @dataclass
    class Pressed(Message):
        """A key was clicked."""

        key: str

    keys: reactive[Sequence[tuple[str, str]]] = reactive(())
    note: reactive[str] = reactive("")
    message: reactive[str] = reactive("", layout=True)

    def tell(self, words: str) -> None:
        """Shows a message for as long as it takes to read it."""
        self.message = words
        self.set_timer(reading(words), lambda: self._untell(words))

    def _untell(self, words: str) -> None:
        if self.message == words:
            self.message = ""

    def on_click(self, event: Click) -> None:
        """Presses the key that was clicked on: the key itself, or the word beside it."""
        at = 0
        for key, word in () if self.message else self._fitting(self._room):
            end = at + cell_len(f"{key} {word}")
            if at <= event.x - self.gutter.left < end and (name := pressed(key)):
                self.post_message(self.Pressed(name))
            at = end + 2

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's signature
        return len(self._lines(width)) if self.message else 1

    def render(self) -> RenderResult:
        width = self.content_size.width
        if self.message:
            lines = self._lines(width)
            left = Content.styled("\n".join(lines), "bold $text-warning")
            room = width - cell_len(lines[-1]) if len(lines) == 1 else 0
        else:
            left = self._keys(self._room)
            room = width - left.cell_length
        gap = room - cell_len(self.note)
        return Content.assemble(left, " " * gap, (self.note, MUTED)) if self.note and gap > 0 else left

    def _lines(self, width: int) -> list[str]:
        return broken(self.message, width, max(min(MOST_LINES, self.app.size.height // LEAST_PART), 1))

    @property
    def _room(self) -> int:
        """The cells that keys may take, beside the note."""
        return self.content_size.width - (cell_len(self.note) + 1 if self.note else 0)

    def _fitting(self, room: int) -> Iterator[tuple[str, str]]:
        """As many of the keys as there is room for."""
        for key, word in self.keys:
            room -= cell_len(f"{key} {word}") + 2
            if room < -2:
                return
            yield key, word

    def _keys(self, room: int) -> Content:
        pieces = [
            Content.assemble((key, "bold $text-primary"), " ", (word, MUTED)) for key, word in self._fitting(room)
        ]
        return Content("  ").join(pieces)


def tell(screen: Screen[Any], words: str) -> None:
    """Tells something in the bottom line of a screen. One that has none is lent it meanwhile."""
    hints = next(iter(screen.query(Hints)), None)
    if hints is None:
        hints = Hints()
        hints.styles.dock = "bottom"
        hints.styles.padding = (0, 1)
        screen.mount(hints)
        screen.set_timer(reading(words), hints.remove)
    hints.tell(words)


def reading(words: str) -> float:
    """The seconds it takes to read a message."""
    return 4 + len(words) / 20


def broken(text: str, width: int, most: int) -> list[str]:
    """The text in at most so many lines of at most `width` cells; where it goes on, it ends in "…" behind a word."""
    if width < 3:
        return ["…"[:width]]
    spans = wrap(text, width)
    lines = [text[start:end] for start, end in spans[:most]]
    if len(spans) > most:
        rest = text[spans[most - 1][0] :]
        start, end = wrap(rest, width - 1)[0]
        lines[-1] = rest[start:end].rstrip() + "…"
    return lines
