"""The decks, one a line, with what is left of today in each."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.events import Resize
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from duly.cards.deck import SEPARATOR
from duly.i18n import _
from duly.study.counts import DeckCount
from duly.tui.widgets.top_line import fitted

WIDE = 60
"""From this many cells on, the columns have room for whole words."""


class DeckList(OptionList):
    """A list of decks; selecting one posts `OptionList.OptionSelected` with its index."""

    DEFAULT_CSS = """
    DeckList { height: 1fr; border: none; padding: 0 1; background: transparent; scrollbar-size-vertical: 1; }
    DeckList:focus { border: none; }
    """

    counts: Sequence[DeckCount] = ()

    def show(self, counts: Sequence[DeckCount]) -> None:
        """Shows these decks; the highlighted line stays where it is."""
        self.counts = counts
        self._draw()

    def on_resize(self, _event: Resize) -> None:
        self._draw()

    @property
    def heading(self) -> str:
        """The names of the columns, set like the lines below."""
        return fitted(_("Deck"), self._cells(self._names), self._width)

    @property
    def _width(self) -> int:
        return max(self.size.width - 3, 0)

    @property
    def _names(self) -> tuple[str, ...]:
        return (_("New"), _("Drill"), _("Due"), _("Total"))

    def _cells(self, texts: Sequence[str]) -> str:
        """Texts right-aligned below their headings, in columns that hold every number."""
        least = 8 if self._width >= WIDE else 4
        columns = zip(self._names, *(_numbers(count) for count in self.counts), strict=True)
        widths = [max(least, *(cell_len(text) + 1 for text in column)) for column in columns]
        cells = (" " * (width - cell_len(text)) + text for text, width in zip(texts, widths, strict=True))
        return "".join(cells).removeprefix(" ")

    def _draw(self) -> None:
        place = self.highlighted
        self.clear_options()
        self.add_options([Option(self._line(count)) for count in self.counts])
        if self.counts:
            self.highlighted = min(place or 0, len(self.counts) - 1)

    def _line(self, count: DeckCount) -> Content:
        name = "  " * count.depth + count.deck.rpartition(SEPARATOR)[2]
        line = fitted(name, self._cells(_numbers(count)), self._width)
        return Content.styled(line, "bold" if count.waiting else "$text-muted")


def _numbers(count: DeckCount) -> tuple[str, ...]:
    left = (count.new, count.drills, count.due)
    return (*(f"{number:,}" if number else "·" for number in left), f"{count.total:,}")
