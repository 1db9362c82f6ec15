"""The end of a session: the figures of today, and the cards to learn since a file has changed."""

from enum import StrEnum
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from duly.errors import DulyError
from duly.i18n import _, counted, translate
from duly.markup.terminal.styled_lines import Line, Run
from duly.scheduling.grade import Grade
from duly.study.collection import Collection
from duly.study.day_summary import DaySummary
from duly.study.rewording import write_id
from duly.study.session import Session
from duly.text.card_lines import one_line
from duly.text.charts.bars import bars
from duly.text.paragraphs import paragraph
from duly.text.wording import grade_name
from duly.tui.app_events import DecksRead
from duly.tui.editor import edit
from duly.tui.keys import bind
from duly.tui.screens.select import Select
from duly.tui.widgets.bottom_line import BottomLine
from duly.tui.widgets.card_view import CardView, CardViewScrolling
from duly.tui.widgets.top_line import TopLine


class Next(StrEnum):
    """The learner's choice after the summary."""

    UNDO = "undo"
    CONTINUE = "on"
    AHEAD = "ahead"
    DECKS = "decks"


class Summary(Screen[Next], CardViewScrolling):
    """Shows the figures of the day; the result is the learner's choice."""

    CSS_PATH = "summary.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (18, "-tall")]  # noqa: RUF012 - an instance variable of Screen
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("u", "undo", "Undo the last answer", "summary.undo"),
        bind("e", "edit", "Open a card that was hard in your editor", "summary.edit"),
        bind("l", "ahead", "Study on: what waits again, or comes due tomorrow", "summary.ahead"),
        bind("q,escape,enter,space", "close", "Back to the decks", "summary.close"),
        bind("j,down", "line(1)", "Scroll down", "summary.down"),
        bind("k,up", "line(-1)", "Scroll up", "summary.up"),
    ]

    def __init__(self, collection: Collection, session: Session, message: str = "") -> None:
        """`message` says what ended the session, if it was not an answer."""
        super().__init__()
        self.message = message
        self.collection = collection
        self.session = session

    def compose(self) -> ComposeResult:
        yield TopLine()
        yield CardView(self.session.settings.width)
        yield BottomLine()

    def on_mount(self) -> None:
        self._show()
        self.query_one(BottomLine).show_message(self.message)

    def on_decks_read(self, _event: DecksRead) -> None:
        """Takes up changes of the files: a corrected mistake may have added a card."""
        self.session.update_decks(self.collection.decks)
        self._show(from_top=False)

    def _show(self, *, from_top: bool = True) -> None:
        practice, waiting = self.session.is_practice, len(self.session.queue)
        top = self.query_one(TopLine)
        if waiting:
            top.left = counted("{n} more card to learn", "{n} more cards to learn", waiting)
        else:
            top.left = _("Practice is over; nothing was written down") if practice else _("Done for today")
        problems = len(self.collection.decks.errors)
        words = counted("⚠ {n} problem in the files", "⚠ {n} problems in the files", problems)
        top.right = words if problems else ""
        figures = self.session.summary()
        continue_keys = (("l", _("study on")),) if waiting or not practice else ()
        hard_keys = (("e", _("edit hard cards")),) if figures.hard_cards else ()
        undo_keys = (("u", _("undo the last answer")),)
        main_keys = (*continue_keys, *undo_keys, *hard_keys) if waiting else (*undo_keys, *hard_keys, *continue_keys)
        self.query_one(BottomLine).keys = (*main_keys, ("q", _("back")))
        lines = partial(_lines, figures, practice=practice)
        self.query_one(CardView).show(lines, from_top=from_top)

    def action_undo(self) -> None:
        self.dismiss(Next.UNDO)

    def action_edit(self) -> None:
        """Opens the only hard card; of several, the one that the learner chooses."""
        hard_cards = self.session.summary().hard_cards

        def on_choice(index: int | None) -> None:
            if index is not None and (place := hard_cards[index].note.place) is not None:
                try:
                    write_id(hard_cards[index].note)
                    edit(self.app, place)
                except DulyError as error:
                    self.query_one(BottomLine).message = translate(error.message)

        if len(hard_cards) > 1:
            self.app.push_screen(Select(_("Edit"), [one_line(card) for card in hard_cards]), on_choice)
        elif hard_cards:
            on_choice(0)

    def action_ahead(self) -> None:
        if self.session.card is not None:
            self.dismiss(Next.CONTINUE)
        elif not self.session.is_practice:
            self.dismiss(Next.AHEAD)

    def action_close(self) -> None:
        self.dismiss(Next.DECKS)


def _lines(summary: DaySummary, width: int, *, practice: bool) -> list[Line]:
    time = _("{minutes} min {seconds:02} s").format(minutes=summary.took // 60_000, seconds=summary.took // 1000 % 60)
    cards = counted("{n} card", "{n} cards", summary.cards)
    answers = counted("{n} answer", "{n} answers", summary.answers)
    grades = [(grade_name(grade), summary.grades[grade]) for grade in Grade if summary.grades.get(grade)]
    lines = [*paragraph(f"✓ {cards} · {answers} · {time}", width, styles=("strong",)), (), *bars(grades, width)]
    if summary.pass_share is not None:
        figures = [_("Remembered: {percent}%").format(percent=round(100 * summary.pass_share))]
        if summary.retention.value is not None:
            figures.append(_("when due: {percent}%").format(percent=round(100 * summary.retention.value)))
        if summary.new:
            figures.append(_("new {n}").format(n=summary.new))
        if summary.new_mature:
            figures.append(counted("{n} became mature", "{n} became mature", summary.new_mature))
        lines += [(), *paragraph(" · ".join(figures), width)]
    if not practice:
        lines += paragraph(counted("Due tomorrow: {n} card", "Due tomorrow: {n} cards", summary.due_tomorrow), width)
    if summary.hard_cards:
        lines += [(), *paragraph(_("Worth a second look (failed twice today):"), width)]
        for card in summary.hard_cards:
            lines += paragraph(one_line(card), width, Run("  "))
            lines += paragraph(str(card.note.place or ""), width, Run("    "), ("dim",))
    return lines
