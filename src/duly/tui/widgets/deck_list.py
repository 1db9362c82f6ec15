"""The decks, one a line, with what is left of today in each; decks within others can be folded away."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content

from duly.cards import DeckName
from duly.cards.deck_name import SEPARATOR, deck_levels, is_within
from duly.i18n import _
from duly.scheduling.day import StudyDay
from duly.study.deck_counts import DeckCount
from duly.study.search import search_key
from duly.text.charts.bars import bar
from duly.text.wording import days_away
from duly.tui.styles import MUTED
from duly.tui.widgets.rows import Rows
from duly.tui.widgets.top_line import fit_line

WIDE = 56
"""From this many cells on, the columns have room for whole words."""

WITH_NEXT = 64
WITH_MASTERY = 72
BAR = 10
"""The cells of the bar that shows how well a deck is known."""


class DeckList(Rows):
    """A list of decks; those inside a folded one are not seen, nor those that do not match `wanted`."""

    def __init__(self) -> None:
        super().__init__()
        self.every: Sequence[DeckCount] = ()
        self.counts: Sequence[DeckCount] = ()
        self.folded_away: set[DeckName] = set()
        self.wanted = ""
        self.today = StudyDay(0)
        self._widths: dict[int, list[int]] = {}

    @property
    def deck(self) -> DeckName | None:
        """The highlighted deck."""
        return self.counts[self.place].deck if self.counts else None

    def show_decks(self, counts: Sequence[DeckCount], today: StudyDay) -> None:
        """Shows these decks; the highlight stays with its deck, or the nearest one around it that is seen."""
        at = self.deck
        self.every, self.today = counts, today
        self._widths = {}
        self.counts = tuple(count for count in counts if self._is_seen(count.deck))
        seen = [count.deck for count in self.counts]
        near = [level for level in reversed(deck_levels(at)) if level in seen] if at else []
        self.show(len(seen), self._line, seen.index(near[0]) if near else None)

    def fold(self, *, away: bool) -> None:
        """Folds the highlighted deck away or open; where there is nothing to fold, goes to the deck around it."""
        deck = self.deck
        if deck is None:
            return
        if away and (deck in self.folded_away or not self._has_inner(deck)):
            outer = deck_levels(deck)[:-1]
            deck = outer[-1] if outer else deck
            self.place = next((at for at, count in enumerate(self.counts) if count.deck == deck), self.place)
            return
        self.folded_away = self.folded_away | {deck} if away else self.folded_away - {deck}
        self.show_decks(self.every, self.today)

    def filter(self, wanted: str) -> None:
        """Shows only decks with this in their names, and the decks around those."""
        self.wanted = search_key(wanted.strip())
        self.show_decks(self.every, self.today)

    @property
    def heading(self) -> str:
        """The names of the columns, set like the lines below."""
        return fit_line(_("Deck"), self._cells(self._names), self.room)

    def _is_seen(self, deck: DeckName) -> bool:
        if self.wanted:
            return any(self.wanted in search_key(count.deck) for count in self.every if is_within(count.deck, deck))
        return not any(level in self.folded_away for level in deck_levels(deck)[:-1])

    def _has_inner(self, deck: DeckName) -> bool:
        return any(count.deck != deck and is_within(count.deck, deck) for count in self.every)

    @property
    def _names(self) -> tuple[str, ...]:
        names = (_("New"), _("Drill"), _("Due"), _("Total"), *((_("Next"),) if self.room >= WITH_NEXT else ()))
        return (*names, _("Mastery")) if self.room >= WITH_MASTERY else names

    def _cells(self, texts: Sequence[str]) -> str:
        """Texts right-aligned below their headings, in columns that hold every number; bars begin at the left."""
        if self.room not in self._widths:
            self._widths[self.room] = self._column_widths()
        widths = self._widths[self.room]
        cells = [" " * (width - cell_len(text)) + text for text, width in zip(texts, widths, strict=True)]
        if len(texts) > 5:
            cells[-1] = "  " + texts[-1] + " " * (BAR - cell_len(texts[-1]))
        return "".join(cells).removeprefix(" ")

    def _column_widths(self) -> list[int]:
        least = 8 if self.room >= WIDE else 4
        columns = zip(self._names, *(self._values(count) for count in self.every), strict=True)
        return [max(least, *(cell_len(text) + 1 for text in column)) for column in columns]

    def _values(self, count: DeckCount) -> tuple[str, ...]:
        left = (count.new, count.drills, count.due)
        values = (*(f"{number:,}" if number else "·" for number in left), f"{count.total:,}")
        if self.room >= WITH_NEXT:
            values += (
                _("now") if count.waiting else "–" if count.next is None else days_away(count.next - self.today),
            )
        if self.room >= WITH_MASTERY:
            drawn = bar(count.mastery, BAR)
            values += (drawn + "░" * (BAR - cell_len(drawn)),)
        return values

    def _line(self, index: int, width: int) -> Content:
        count = self.counts[index]
        sign = " "
        if self._has_inner(count.deck):
            sign = "▸" if count.deck in self.folded_away and not self.wanted else "▾"
        name = f"{'  ' * count.depth}{sign} {count.deck.rpartition(SEPARATOR)[2]}"
        line = fit_line(name, self._cells(self._values(count)), width)
        return Content.styled(line, "bold" if count.waiting else MUTED)
