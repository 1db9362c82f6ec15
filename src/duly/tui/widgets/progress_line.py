"""The line above a card: its deck, the progress of today, and the remaining new, drilled and due cards."""

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from duly.i18n import _
from duly.study.session import QueueProgress
from duly.text.charts.statistics_rows import DECK_SEPARATOR
from duly.text.paragraphs import shorten
from duly.tui.styles import MUTED

NARROW = 60


class ProgressLine(Widget):
    """Deck, bar and counts, abbreviated on narrow screens."""

    DEFAULT_CSS = "ProgressLine { height: 1; width: 1fr; }"

    deck: reactive[str] = reactive("")
    progress: reactive[QueueProgress] = reactive(QueueProgress(0, 0, 0, 0, 0))
    practice: reactive[bool] = reactive(False)

    def show(self, deck: str, progress: QueueProgress, *, practice: bool = False) -> None:
        self.deck, self.progress, self.practice = deck, progress, practice

    def render(self) -> RenderResult:
        width, progress = self.content_size.width, self.progress
        position = f"{progress.done}/{progress.total} "
        counts = " " + self._counts(is_wide=width >= NARROW)
        deck = shorten(self.deck if width >= NARROW else self.deck.split(DECK_SEPARATOR)[-1], width * 2 // 5)
        room = max(width - cell_len(deck) - cell_len(position) - cell_len(counts) - 2, 0)
        done_cells = room * progress.done // progress.total if progress.total else 0
        return Content.assemble(
            (deck, "bold"),
            "  ",
            position,
            ("━" * done_cells, "$text-primary"),
            ("─" * (room - done_cells), MUTED),
            (counts, MUTED),
        )

    def _counts(self, *, is_wide: bool) -> str:
        """The remaining cards of each kind; in practice, a word that says so."""
        progress = self.progress
        if self.practice:
            return _("practice: nothing is written") if is_wide else _("practice")
        if not is_wide:
            return f"{progress.new} {progress.drills} {progress.due}"
        words = (
            _("new {n}").format(n=progress.new),
            _("drill {n}").format(n=progress.drills),
            _("due {n}").format(n=progress.due),
        )
        return "  ".join(words)
