"""The decks, one per line, with the cards that remain today; decks within others can be folded."""

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

WIDTH_WITH_WORDS = 56
"""The width in cells from which columns have room for whole words."""

WIDTH_WITH_NEXT = 64
WIDTH_WITH_MASTERY = 72
BAR_WIDTH = 10
"""The cells of the bar that shows the mastery of a deck."""


class DeckList(Rows):
    """A list of decks, without those in folded decks and those that do not match `filter_text`."""

    def __init__(self) -> None:
        super().__init__()
        self.all_counts: Sequence[DeckCount] = ()
        self.counts: Sequence[DeckCount] = ()
        self.folded_decks: set[DeckName] = set()
        self.filter_text = ""
        self.today = StudyDay(0)
        self._widths: dict[int, list[int]] = {}

    @property
    def deck(self) -> DeckName | None:
        """The highlighted deck."""
        return self.counts[self.place].deck if self.counts else None

    def show_decks(self, counts: Sequence[DeckCount], today: StudyDay) -> None:
        """Shows the decks; the highlight stays on its deck, or on the nearest visible deck that contains it."""
        deck = self.deck
        self.all_counts, self.today = counts, today
        self._widths = {}
        self.counts = tuple(count for count in counts if self._is_visible(count.deck))
        visible_decks = [count.deck for count in self.counts]
        visible_levels = [level for level in reversed(deck_levels(deck)) if level in visible_decks] if deck else []
        self.show(len(visible_decks), self._line, visible_decks.index(visible_levels[0]) if visible_levels else None)

    def fold(self, *, away: bool) -> None:
        """Folds or unfolds the highlighted deck; if there is nothing to fold, highlights the deck that contains it."""
        deck = self.deck
        if deck is None:
            return
        if away and (deck in self.folded_decks or not self._has_inner(deck)):
            outer = deck_levels(deck)[:-1]
            deck = outer[-1] if outer else deck
            self.place = next((index for index, count in enumerate(self.counts) if count.deck == deck), self.place)
            return
        self.folded_decks = self.folded_decks | {deck} if away else self.folded_decks - {deck}
        self.show_decks(self.all_counts, self.today)

    def filter(self, text: str) -> None:
        """Shows only decks whose names contain `text`, and the decks that contain those."""
        self.filter_text = search_key(text.strip())
        self.show_decks(self.all_counts, self.today)

    @property
    def heading(self) -> str:
        """The names of the columns, aligned like the rows."""
        return fit_line(_("Deck"), self._cells(self._names), self.room)

    def _is_visible(self, deck: DeckName) -> bool:
        if self.filter_text:
            return any(
                self.filter_text in search_key(count.deck) for count in self.all_counts if is_within(count.deck, deck)
            )
        return not any(level in self.folded_decks for level in deck_levels(deck)[:-1])

    def _has_inner(self, deck: DeckName) -> bool:
        return any(count.deck != deck and is_within(count.deck, deck) for count in self.all_counts)

    @property
    def _names(self) -> tuple[str, ...]:
        names = (_("New"), _("Drill"), _("Due"), _("Total"), *((_("Next"),) if self.room >= WIDTH_WITH_NEXT else ()))
        return (*names, _("Mastery")) if self.room >= WIDTH_WITH_MASTERY else names

    def _cells(self, texts: Sequence[str]) -> str:
        """Texts right-aligned below their headings, in columns wide enough for every number; bars are left-aligned."""
        if self.room not in self._widths:
            self._widths[self.room] = self._column_widths()
        widths = self._widths[self.room]
        cells = [" " * (width - cell_len(text)) + text for text, width in zip(texts, widths, strict=True)]
        if len(texts) > 5:
            cells[-1] = "  " + texts[-1] + " " * (BAR_WIDTH - cell_len(texts[-1]))
        return "".join(cells).removeprefix(" ")

    def _column_widths(self) -> list[int]:
        least_width = 8 if self.room >= WIDTH_WITH_WORDS else 4
        columns = zip(self._names, *(self._values(count) for count in self.all_counts), strict=True)
        return [max(least_width, *(cell_len(text) + 1 for text in column)) for column in columns]

    def _values(self, count: DeckCount) -> tuple[str, ...]:
        remaining_counts = (count.new, count.drills, count.due)
        values = (*(f"{number:,}" if number else "·" for number in remaining_counts), f"{count.total:,}")
        if self.room >= WIDTH_WITH_NEXT:
            next_day = "–" if count.next_day is None else days_away(count.next_day - self.today)
            values += (_("now") if count.waiting_count else next_day,)
        if self.room >= WIDTH_WITH_MASTERY:
            blocks = bar(count.mastery, BAR_WIDTH)
            values += (blocks + "░" * (BAR_WIDTH - cell_len(blocks)),)
        return values

    def _line(self, index: int, width: int) -> Content:
        count = self.counts[index]
        sign = " "
        if self._has_inner(count.deck):
            sign = "▸" if count.deck in self.folded_decks and not self.filter_text else "▾"
        name = f"{'  ' * count.depth}{sign} {count.deck.rpartition(SEPARATOR)[2]}"
        line = fit_line(name, self._cells(self._values(count)), width)
        return Content.styled(line, "bold" if count.waiting_count else MUTED)
