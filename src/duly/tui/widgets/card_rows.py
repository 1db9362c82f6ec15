"""Cards, one per line: question, due day and interval; for one of several clozes of a note also its number."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content

from duly.cards import Card, Cloze, cards_of
from duly.i18n import _
from duly.scheduling.day import StudyDay
from duly.study.search import CardRow
from duly.text.card_lines import one_line
from duly.text.wording import due_word, short_span
from duly.tui.styles import MUTED
from duly.tui.widgets.rows import Rows
from duly.tui.widgets.top_line import fit_line

DUE_WIDTH = 11
INTERVAL_WIDTH = 10
WIDTH_WITH_INTERVALS = 36
"""The width in cells from which intervals are shown."""


class CardRows(Rows):
    """A list of cards; a question is converted to plain text only when its row is drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.cards: Sequence[CardRow] = ()
        self.today = StudyDay(0)
        self._questions: dict[Card, str] = {}

    def show_cards(self, cards: Sequence[CardRow], today: StudyDay) -> None:
        """Shows the cards with their schedules on a study day; the highlight stays on its card if it is among them."""
        highlighted_id = self.cards[self.place].card.id if self.cards else None
        place = next((index for index, row in enumerate(cards) if row.card.id == highlighted_id), 0)
        self.cards, self.today = cards, today
        self.show(len(cards), self._line, place)

    @property
    def heading(self) -> str:
        """The names of the columns, aligned like the rows."""
        return self._row_text(_("Question"), _("Due"), _("Interval"), self.room)

    def _line(self, index: int, width: int) -> Content:
        row = self.cards[index]
        interval = "–" if row.schedule.is_new else short_span(row.schedule.interval)
        question = ("★ " if row.schedule.starred else "") + self._question(row.card)
        line = self._row_text(question, due_word(row.schedule, self.today), interval, width)
        return Content.styled(line, MUTED if row.schedule.suspended else "")

    def _question(self, card: Card) -> str:
        if card not in self._questions:
            number = f"{card.face} · " if isinstance(card.note.kind, Cloze) and len(cards_of(card.note)) > 1 else ""
            self._questions[card] = number + one_line(card)
        return self._questions[card]

    @staticmethod
    def _row_text(question: str, due: str, interval: str, width: int) -> str:
        cells = [(due, DUE_WIDTH), (interval, INTERVAL_WIDTH)] if width >= WIDTH_WITH_INTERVALS else [(due, DUE_WIDTH)]
        return fit_line(
            question, "".join(" " * (cell_width - cell_len(text)) + text for text, cell_width in cells), width
        )
