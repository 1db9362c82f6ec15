"""The end of a session: what today came to."""

from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from duly.i18n import _, counted
from duly.scheduling.grade import Grade
from duly.study.session import Session
from duly.study.summary import Summary as Sums
from duly.tui.keys import bound
from duly.tui.showing import one_line
from duly.tui.widgets.hints import Hints
from duly.tui.widgets.top_line import TopLine
from duly.tui.words import grade_name

BAR = 24


class Summary(Screen[bool]):
    """Shows the day's figures; its result says whether the last answer is to be undone."""

    CSS_PATH = "summary.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("u,ctrl+z", "undo", "Undo the last answer", "summary.undo"),
        bound("q,escape,enter,space", "close", "Back to the decks", "summary.close"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session

    def compose(self) -> ComposeResult:
        yield TopLine()
        with VerticalScroll():
            yield Static()
        yield Hints()

    def on_mount(self) -> None:
        self.query_one(TopLine).left = _("Done for today")
        self.query_one(Hints).keys = (("u", _("undo the last answer")), ("q", _("back")))
        self.query_one(Static).update(Content("\n").join(self._lines(self.session.summary())))

    def action_undo(self) -> None:
        self.dismiss(True)

    def action_close(self) -> None:
        self.dismiss(False)

    def _lines(self, sums: Sums) -> list[Content]:
        time = _("{minutes} min {seconds:02} s").format(minutes=sums.took // 60_000, seconds=sums.took // 1000 % 60)
        cards = counted("{n} card", "{n} cards", sums.cards)
        answers = counted("{n} answer", "{n} answers", sums.answers)
        lines = [Content.styled(f"✓ {cards} · {answers} · {time}", "bold"), Content("")]
        most = max(sums.grades.values(), default=0)
        names = {grade: grade_name(grade) for grade in Grade if sums.grades.get(grade)}
        widest = max((cell_len(name) for name in names.values()), default=0)
        for grade, name in names.items():
            number = sums.grades[grade]
            bar = "█" * max(BAR * number // most, 1)
            share = round(100 * number / sums.answers)
            pad = " " * (widest - cell_len(name))
            lines.append(Content(f"{name}{pad}  {bar:<{BAR}} {number:>4} {share:>4} %"))
        if sums.remembered is not None:
            lines += [Content(""), Content(_("Remembered: {percent} %").format(percent=round(100 * sums.remembered)))]
        lines.append(Content(counted("Due tomorrow: {n} card", "Due tomorrow: {n} cards", sums.tomorrow)))
        if sums.hard:
            lines += [Content(""), Content(_("Worth a second look (failed twice today):"))]
            lines += [Content(f"  {one_line(card)}  {card.note.place or ''}") for card in sums.hard]
        return lines
