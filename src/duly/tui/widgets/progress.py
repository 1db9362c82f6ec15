"""The line above a card: its deck, how far today has come, and what is left of each sort."""

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from duly.i18n import _
from duly.study.session import Progress
from duly.tui.widgets.top_line import shortened

NARROW = 60


class ProgressLine(Widget):
    """Deck, bar and counts; the narrower it is, the less it says."""

    DEFAULT_CSS = "ProgressLine { height: 1; width: 1fr; }"

    deck: reactive[str] = reactive("")
    progress: reactive[Progress] = reactive(Progress(0, 0, 0, 0, 0))

    def show(self, deck: str, progress: Progress) -> None:
        self.deck, self.progress = deck, progress

    def render(self) -> RenderResult:
        width, now = self.content_size.width, self.progress
        position = f"{now.done}/{now.total} "
        words = (_("new {n}").format(n=now.new), _("drill {n}").format(n=now.drills), _("due {n}").format(n=now.due))
        left = " " + "  ".join(words) if width >= NARROW else f" {now.new} {now.drills} {now.due}"
        deck = shortened(self.deck if width >= NARROW else self.deck.split(" › ")[-1], width * 2 // 5)
        room = max(width - cell_len(deck) - cell_len(position) - cell_len(left) - 2, 0)
        done = room * now.done // now.total if now.total else 0
        return Content.assemble(
            (deck, "bold"),
            "  ",
            position,
            ("━" * done, "$text-primary"),
            ("─" * (room - done), "$text-muted"),
            (left, "$text-muted"),
        )
