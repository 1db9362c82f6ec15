"""Card info: everything about a card and the actions on it, in a box over the current screen."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from duly.cards import Card
from duly.errors import DulyError
from duly.i18n import _, translate
from duly.scheduling.schedule import NEW
from duly.study.card_actions import Actions
from duly.study.card_history import card_history
from duly.study.parse_due_day import due_day
from duly.study.rewording import write_id
from duly.study.undo import ActionResult
from duly.text.card_details import card_details
from duly.text.card_lines import one_line
from duly.tui.editor import edit
from duly.tui.keys import bind
from duly.tui.screens.prompt import day_prompt
from duly.tui.widgets.bottom_line import BottomLine
from duly.tui.widgets.card_view import CardView, CardViewScrolling
from duly.tui.widgets.top_line import TopLine

MOST_WIDTH = 88


class CardInfo(ModalScreen[bool], CardViewScrolling):
    """Everything about a card; the result is whether the card was changed."""

    CSS_PATH = "card_info.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (18, "-tall")]  # noqa: RUF012 - an instance variable of Screen
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("escape,q,i", "close", "Close", "info.close"),
        bind("e", "edit", "Open the card in your editor", "info.edit"),
        bind("at", "suspend", "Suspend the card, or take it up again", "info.suspend"),
        bind("asterisk", "star", "Star the card, or take the star off", "info.star"),
        bind("d", "due", "Set the day on which it comes back", "info.due"),
        bind("x", "reset", "Make it as new; its past stays on record", "info.reset"),
        bind("y", "copy", "Copy its id", "info.copy"),
        bind("u", "undo", "Undo", "info.undo"),
        bind("j,down", "line(1)", "Scroll down", "info.down"),
        bind("k,up", "line(-1)", "Scroll up", "info.up"),
        bind("pagedown,space", "page(1)", "A page down", "info.page_down"),
        bind("pageup", "page(-1)", "A page up", "info.page_up"),
    ]

    def __init__(self, card: Card, actions: Actions) -> None:
        super().__init__()
        self.card = card
        self.actions = actions
        self.has_changed = False

    def compose(self) -> ComposeResult:
        with Vertical():
            yield TopLine()
            yield CardView(MOST_WIDTH)
            yield BottomLine()

    def on_mount(self) -> None:
        line = self.query_one(TopLine)
        line.left, line.right = one_line(self.card), "esc"
        self.query_one(BottomLine).keys = (
            ("e", _("edit")),
            ("@", _("suspend")),
            ("d", _("set due")),
            ("x", _("reset")),
            ("*", _("star")),
            ("y", _("copy id")),
            ("u", _("undo")),
        )
        self._show()

    def action_edit(self) -> None:
        if self.card.note.place is None:
            return
        try:
            write_id(self.card.note)
            edit(self.app, self.card.note.place)
        except DulyError as error:
            self.query_one(BottomLine).message = translate(error.message)
        else:
            self.dismiss(True)

    def action_suspend(self) -> None:
        self._do(lambda: self.actions.toggle_suspended([self.card.id]))

    def action_star(self) -> None:
        self._do(lambda: self.actions.toggle_star([self.card.id]))

    def action_reset(self) -> None:
        self._do(lambda: self.actions.reset([self.card.id]))

    def action_due(self) -> None:
        today = self.actions.clock.today

        def on_choice(text: str | None) -> None:
            if text is not None:
                self._do(lambda: self.actions.set_due([self.card.id], due_day(text, today)))

        self.app.push_screen(day_prompt(_("When is it to come back?"), today), on_choice)

    def action_undo(self) -> None:
        self._do(lambda: self.actions.undo([self.card.id]))

    def action_copy(self) -> None:
        self.app.copy_to_clipboard(str(self.card.note.id))
        self.query_one(BottomLine).message = _("Copied: {text}").format(text=self.card.note.id)

    def action_close(self) -> None:
        self.dismiss(self.has_changed)

    def _do(self, act: Callable[[], ActionResult | None]) -> None:
        try:
            result = act()
        except DulyError as error:
            self.query_one(BottomLine).message = translate(error.message)
            return
        self.query_one(BottomLine).message = "" if result else _("There was nothing to do.")
        self.has_changed = self.has_changed or result is not None
        self._show()

    def _show(self) -> None:
        history = card_history(self.actions.journal.entries_of([self.card.id]))
        steps = [fact.step for fact in history.facts if fact.step is not None]
        schedule = steps[-1].after if steps else NEW
        today = self.actions.clock.today
        self.query_one(CardView).show(lambda width: card_details(self.card, schedule, history, today, width))
