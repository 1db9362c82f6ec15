"""A list that draws only its visible rows: ten thousand rows are as fast as ten."""

from collections.abc import Callable, Container
from dataclasses import dataclass
from typing import ClassVar

from textual.content import Content
from textual.events import Click, Resize
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

Row = Callable[[int, int], Content]
"""The row of an index, for a width in cells."""

MARGIN = 2
"""The cells before a row: one for the bar beside the highlighted row, one for the mark of a selected row."""


class Rows(ScrollView, can_focus=False):
    """Rows made when they are drawn, one of them highlighted, any of them marked; the screen handles the keys."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"rows--row", "rows--highlighted"}
    DEFAULT_CSS = """
    Rows { height: 1fr; scrollbar-size-vertical: 1; scrollbar-gutter: stable; overflow-x: hidden; }
    Rows > .rows--highlighted { background: $block-cursor-blurred-background; text-style: bold; }
    """

    @dataclass
    class Highlighted(Message):
        """Another row is highlighted, or the rows have changed."""

        index: int

    @dataclass
    class Clicked(Message):
        """A row was clicked and is now highlighted; `x` counts from its first cell."""

        index: int
        x: int

    class Resized(Message):
        """The `room` of a row has changed; also sent under a modal screen, when the screen gets no resize event."""

    place: reactive[int] = reactive(0)
    """The index of the highlighted row; meaningless without rows."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.count = 0
        self.marked_rows: Container[int] = ()
        self._row: Row = lambda _index, _width: Content("")

    @property
    def room(self) -> int:
        """The cells a row may fill."""
        return max(self.scrollable_content_region.width - MARGIN, 0)

    def show(self, count: int, row: Row, place: int | None = None) -> None:
        """Shows `count` rows; the highlight moves to `place`, or stays at its index if it is None."""
        self.count, self._row = count, row
        self.virtual_size = Size(self.size.width, count)
        self.place = max(min(self.place if place is None else place, count - 1), 0)
        self._reveal()
        self.refresh()
        if count:
            self.post_message(self.Highlighted(self.place))

    def move(self, by: int) -> None:
        """Highlights the row `by` rows below, or above if negative, at most the last or first."""
        self.place = max(min(self.place + by, self.count - 1), 0)

    def page(self, by: int) -> None:
        """Highlights the row `by` pages below, or above if negative."""
        self.move(by * max(self.size.height - 1, 1))

    def watch_place(self, old: int, new: int) -> None:
        self._reveal()
        if old != new and self.count:
            self.refresh()
            self.post_message(self.Highlighted(new))

    def on_resize(self, _event: Resize) -> None:
        self.virtual_size = Size(self.size.width, self.count)
        self.call_after_refresh(self._reveal)
        self.post_message(self.Resized())

    def on_click(self, event: Click) -> None:
        index = event.y + self.scroll_offset.y
        if index < self.count:
            event.stop()
            self.place = index
            self.post_message(self.Clicked(index, event.x - MARGIN))

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        index = y + self.scroll_offset.y
        style = self.get_visual_style("rows--row")
        if index >= self.count:
            return Strip.blank(width, style.rich_style)
        row = self._row(index, self.room)
        mark = "✓" if index in self.marked_rows else " "
        if index == self.place:
            style = self.get_visual_style("rows--highlighted")
            line = Content.assemble(("▌", "$primary"), mark, row.plain)
        else:
            line = Content.assemble(" ", mark, row)
        strips = Visual.to_strips(self, line, width, 1, style, pad=True)
        return strips[0] if strips else Strip.blank(width, style.rich_style)

    def _reveal(self) -> None:
        self.scroll_to_region(Region(0, self.place, 1, 1), animate=False, force=True, x_axis=False)
