"""The bottom line of a screen: as many key hints as fit, or a message of up to three lines."""

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

from duly.text.paragraphs import wrap_text
from duly.tui.keys import hinted_key
from duly.tui.styles import MUTED

MOST_LINES = 3
SCREEN_DIVISOR = 4
"""A message takes at most three lines, and at most a quarter of the screen, so that the card stays in sight."""


class BottomLine(Widget):
    """`keys` are pairs of a key and a word; `note` stands at the right; `message` takes the place of the keys."""

    DEFAULT_CSS = "BottomLine { height: auto; width: 1fr; }"

    @dataclass
    class Pressed(Message):
        """A key was clicked."""

        key: str

    keys: reactive[Sequence[tuple[str, str]]] = reactive(())
    note: reactive[str] = reactive("")
    message: reactive[str] = reactive("", layout=True)

    def show_message(self, words: str) -> None:
        """Shows a message for as long as it takes to read it."""
        self.message = words
        self.set_timer(reading_time(words), lambda: self._remove_message(words))

    def _remove_message(self, words: str) -> None:
        if self.message == words:
            self.message = ""

    def on_click(self, event: Click) -> None:
        """Presses the key whose hint was clicked."""
        start = 0
        for key, word in () if self.message else self._fitting_keys(self._room):
            end = start + cell_len(f"{key} {word}")
            if start <= event.x - self.gutter.left < end and (name := hinted_key(key)):
                self.post_message(self.Pressed(name))
            start = end + 2

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
        return wrap_text(self.message, width, max(min(MOST_LINES, self.app.size.height // SCREEN_DIVISOR), 1))

    @property
    def _room(self) -> int:
        """The cells that keys may take, beside the note."""
        return self.content_size.width - (cell_len(self.note) + 1 if self.note else 0)

    def _fitting_keys(self, room: int) -> Iterator[tuple[str, str]]:
        """As many of the keys as there is room for."""
        for key, word in self.keys:
            room -= cell_len(f"{key} {word}") + 2
            if room < -2:
                return
            yield key, word

    def _keys(self, room: int) -> Content:
        pieces = [
            Content.assemble((key, "bold $text-primary"), " ", (word, MUTED)) for key, word in self._fitting_keys(room)
        ]
        return Content("  ").join(pieces)


def show_message(screen: Screen[Any], words: str) -> None:
    """Shows a message in the bottom line of a screen; a screen without one gets one for the time of the message."""
    line = next(iter(screen.query(BottomLine)), None)
    if line is None:
        line = BottomLine()
        line.styles.dock = "bottom"
        line.styles.padding = (0, 1)
        screen.mount(line)
        screen.set_timer(reading_time(words), line.remove)
    line.show_message(words)


def reading_time(words: str) -> float:
    """The seconds it takes to read a message."""
    return 4 + len(words) / 20
