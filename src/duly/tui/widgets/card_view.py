"""A card's lines in a scrolling column of bounded width, centred."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.dom import DOMNode
from textual.events import Click, Resize
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from duly.markup.terminal.styled_lines import Line, line_text, pictures
from duly.tui.picture_drawing import Pictures, picture
from duly.tui.styles import content

Lines = Callable[[int], Sequence[Line]]
"""Makes the lines for a width in cells; called again when the width changes."""


LINES_AFTER = 3
"""How many lines must be visible from the line that is scrolled to."""


def _no_picture(_path: str) -> None:
    """No picture."""


def _count_letters(lines: Sequence[Line]) -> int:
    """The number of letters and digits in lines, which does not depend on the width, unlike spaces and table frames."""
    return sum(map(str.isalnum, "".join(map(line_text, lines))))


def _lines_before_letter(lines: Sequence[Line], letters: int) -> int:
    """The index of the line that contains the letter after the first `letters` ones."""
    for number, line in enumerate(lines):
        letters -= _count_letters((line,))
        if letters < 0:
            return number
    return len(lines)


class CardView(VerticalScroll, can_focus=False):
    """Shows lines in the available width, at most `widest` cells."""

    DEFAULT_CSS = """
    CardView { align-horizontal: center; scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
    CardView Static { width: auto; text-wrap: nowrap; }
    """

    @dataclass
    class Scrolled(Message):
        """The view was scrolled; `lines_below` lines are below the visible ones."""

        lines_below: int

    @dataclass
    class Clicked(Message):
        """The card was clicked; `lines` are the lines down to the clicked one."""

        lines: Sequence[Line]

    def __init__(self, widest: int) -> None:
        super().__init__()
        self.widest = widest
        self._lines: Lines = lambda _width: ()
        self._pictures: Pictures = _no_picture
        self._drawn_lines: Sequence[Line] = ()
        self._width = 0

    def compose(self) -> ComposeResult:
        yield Static(id="text")

    @property
    def reading_width(self) -> int:
        """The largest width of a line in cells; a column is always reserved for the scrollbar."""
        return max(min(self.widest, self.scrollable_content_region.width), 2)

    def show(self, lines: Lines, *, pictures: Pictures = _no_picture, from_top: bool = True) -> None:
        """Shows lines and their pictures; with `from_top` off the scroll position stays."""
        self._lines = lines
        self._pictures = pictures
        if self.size.width:  # before the first resize, which draws, there is no width
            self._draw()
        if from_top:
            self.scroll_home(animate=False)

    def scroll_to_sign(self, sign: str) -> None:
        """Scrolls to the first line that begins with `sign`, unless it and the lines after it are visible.

        With pictures between the lines, the positions of lines are not known, and nothing is scrolled.
        """
        first_line = next(
            (number for number, line in enumerate(self._drawn_lines) if line_text(line).startswith(sign)), 0
        )
        if len(self.children) == 1:
            self.call_after_refresh(self._scroll_if_hidden, first_line)

    def _scroll_if_hidden(self, line: int) -> None:
        if line + LINES_AFTER > self.size.height:
            self.scroll_to(y=line, animate=False)

    def page(self, by: int) -> None:
        """Scrolls `by` pages; one line of the previous page stays visible."""
        self.scroll_relative(y=by * max(self.size.height - 1, 1), animate=False)

    def on_click(self, event: Click) -> None:
        if not self.screen.get_selected_text():
            text_top = self.query_one("#text", Static).region.y
            self.post_message(self.Clicked(self._drawn_lines[: max(event.screen_y - text_top + 1, 0)]))

    def on_resize(self, _event: Resize) -> None:
        if self.reading_width != self._width:
            letters_above = _count_letters(self._drawn_lines[: round(self.scroll_y)])
            self._draw()
            if letters_above:
                self.call_after_refresh(
                    self.scroll_to, y=_lines_before_letter(self._drawn_lines, letters_above), animate=False
                )
        self._post_scrolled()

    def watch_virtual_size(self) -> None:
        self.call_later(self._post_scrolled)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._post_scrolled()

    def _draw(self) -> None:
        self._width = self.reading_width
        self._drawn_lines = self._lines(self._width)
        parts = list(self._parts(self._drawn_lines))
        column = self.query_one("#text", Static)
        column.styles.width = self._width
        column.update(content(parts[0]) if isinstance(parts[0], list) else "")
        if len(self.children) > 1:
            self.query(".more").remove()
        if len(parts) > 1:
            self.mount(*(self._part_widget(part) for part in parts[1:]))

    def _parts(self, lines: Sequence[Line]) -> Iterator[list[Line] | Widget]:
        """The lines, with the pictures of a line after it, if they can be shown."""
        part: list[Line] = []
        for line in lines:
            part.append(line)
            for source in filter(None, map(self._pictures, pictures(line))):
                if widget := picture(source, self._width, self.size.height):
                    yield part
                    yield widget
                    part = []
        yield part

    def _part_widget(self, part: list[Line] | Widget) -> Widget:
        """A part below the first one."""
        widget = part if isinstance(part, Widget) else Static(content(part))
        if not isinstance(part, Widget):
            widget.styles.width = self._width
        widget.add_class("more")
        return widget

    def _post_scrolled(self) -> None:
        self.post_message(self.Scrolled(max(round(self.max_scroll_y - self.scroll_y), 0)))


class CardViewScrolling(DOMNode):
    """The actions that scroll the `CardView` of a screen. A base class after `Screen`, whose styles take precedence."""

    def action_line(self, by: int) -> None:
        """Scrolls `by` lines down, or up if negative."""
        self.query_one(CardView).scroll_relative(y=by, animate=False)

    def action_page(self, by: int) -> None:
        """Scrolls `by` pages down, or up if negative."""
        self.query_one(CardView).page(by)
