"""Browse: the cards a query finds, looked at one by one, and what can be done with many at once."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Input

from duly.cards import CardId, DeckName
from duly.errors import DulyError
from duly.i18n import _, counted, translate
from duly.study.collection import Collection
from duly.study.parse_due_day import due_day
from duly.study.rewording import write_id
from duly.study.search import CardRow, Order, card_rows, search_rows, sort_rows
from duly.study.undo import ActionResult
from duly.text.card_details import card_summary
from duly.text.card_lines import both_sides
from duly.text.wording import entry_words, order_name
from duly.tui.app_events import DecksRead
from duly.tui.editor import edit
from duly.tui.keys import bound
from duly.tui.screens.card_info import CardInfo
from duly.tui.screens.delete_cards import ask_to_delete, put_back
from duly.tui.screens.prompt import day_prompt
from duly.tui.screens.select import Select
from duly.tui.screens.text_page import TextPage
from duly.tui.widgets.bottom_line import BottomLine
from duly.tui.widgets.card_rows import CardRows
from duly.tui.widgets.card_view import CardView
from duly.tui.widgets.rows import Rows
from duly.tui.widgets.top_line import TopLine

ORDERS = tuple(Order)


class Browse(Screen[None]):
    """A query, the cards it finds, and a preview beside them where there is room."""

    CSS_PATH = "browse.tcss"
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (76, "-wide")]  # noqa: RUF012 - an instance variable of Screen
    VERTICAL_BREAKPOINTS = [(0, "-short"), (18, "-tall")]  # noqa: RUF012 - an instance variable of Screen
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("slash", "query", "Search", "browse.query"),
        bound("enter", "open", "Show the whole card", "browse.open"),
        bound("space", "choose", "Select the card, or deselect it", "browse.choose"),
        bound("A", "choose_all", "Select all cards found, or none", "browse.choose_all"),
        bound("at", "suspend", "Suspend, or take up again", "browse.suspend"),
        bound("asterisk", "star", "Star, or take the star off", "browse.star"),
        bound("minus", "bury", "Bury until tomorrow", "browse.bury"),
        bound("d", "due", "Set the day on which cards come back", "browse.due"),
        bound("x", "reset", "Make cards as new; their past stays on record", "browse.reset"),
        bound("D,delete", "delete", "Delete cards from their files", "browse.delete"),
        bound("e", "edit", "Open the card in your editor", "browse.edit"),
        bound("i", "info", "Card info", "browse.info"),
        bound("o", "order", "Sort", "browse.order"),
        bound("u", "undo", "Undo", "browse.undo"),
        bound("U,ctrl+y", "redo", "Redo", "browse.redo"),
        bound("j,down", "move(1)", "Next card", "browse.down"),
        bound("k,up", "move(-1)", "Previous card", "browse.up"),
        bound("pagedown", "page(1)", "A page down", "browse.page_down"),
        bound("pageup", "page(-1)", "A page up", "browse.page_up"),
        bound("g,home", "move(-1000000)", "To the first card", "browse.top"),
        bound("G,end", "move(1000000)", "To the last card", "browse.bottom"),
        bound("q,escape", "close", "Back", "browse.close"),
    ]

    def __init__(self, collection: Collection, deck: DeckName | None = None) -> None:
        super().__init__()
        self.collection = collection
        self.first_query = f'deck:"{deck}" ' if deck else ""
        self.order = Order.WRITTEN
        self.every: list[CardRow] = []
        self.shown: list[CardRow] = []
        self.chosen: set[CardId] = set()

    def compose(self) -> ComposeResult:
        with Horizontal(id="search"):
            yield TopLine(id="sign")
            yield Input(
                self.first_query,
                compact=True,
                select_on_focus=False,
                placeholder=_("words, deck:, tag:, is:due, prop:ivl>20, -not"),
            )
            yield TopLine(id="number")
        yield TopLine(id="columns")
        with Horizontal(id="cards"):
            yield CardRows()
            yield CardView(self.collection.settings.width)
        yield BottomLine()

    def on_mount(self) -> None:
        self.query_one("#sign", TopLine).left = "/"
        self.query_one(BottomLine).keys = (
            ("⏎", _("show")),
            ("/", _("search")),
            ("␣", _("select")),
            ("@", _("suspend")),
            ("*", _("star")),
            ("e", _("edit")),
            ("d", _("set due")),
            ("i", _("info")),
            ("o", _("sort")),
            ("?", _("help")),
            ("esc", _("back")),
        )
        self._read()

    def on_rows_resized(self, event: Rows.Resized) -> None:
        event.stop()
        self._head()

    # Searching and sorting

    def action_query(self) -> None:
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._find()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.set_focus(None)

    def action_order(self) -> None:
        def chosen(index: int | None) -> None:
            if index is not None:
                self.order = ORDERS[index]
                self._find()

        names = [order_name(order) for order in ORDERS]
        self.app.push_screen(Select(_("Sort"), names, ORDERS.index(self.order)), chosen)

    # Going through the cards

    def action_move(self, by: int) -> None:
        self.query_one(CardRows).move(by)

    def action_page(self, by: int) -> None:
        self.query_one(CardRows).page(by)

    def action_open(self) -> None:
        if row := self._at:
            self.app.push_screen(TextPage(str(row.card.note.place or ""), lambda width: both_sides(row.card, width)))

    def action_info(self) -> None:
        if row := self._at:
            self.app.push_screen(CardInfo(row.card, self.collection.actions), self._after_info)

    def action_edit(self) -> None:
        if (row := self._at) is None or row.card.note.place is None:
            return
        try:
            write_id(row.card.note)
            edit(self.app, row.card.note.place)
            self.collection.reread()
        except DulyError as error:
            self._say(translate(error.message))
        else:
            self._read()

    def on_decks_read(self, _event: DecksRead) -> None:
        self._read()

    def on_rows_highlighted(self, event: Rows.Highlighted) -> None:
        event.stop()
        self._preview()

    def action_close(self) -> None:
        if self.query_one(Input).has_focus:
            self.set_focus(None)
        elif self.chosen:
            self.chosen = set()
            self._mark()
        else:
            self.dismiss(None)

    # Choosing cards, and doing something with them

    def action_choose(self) -> None:
        if row := self._at:
            self.chosen ^= {row.card.id}
            self._mark()
            self.action_move(1)

    def action_choose_all(self) -> None:
        all_shown = {row.card.id for row in self.shown}
        self.chosen = set() if all_shown <= self.chosen else self.chosen | all_shown
        self._mark()

    def action_suspend(self) -> None:
        self._do(self.collection.actions.toggle_suspended)

    def action_star(self) -> None:
        self._do(self.collection.actions.toggle_star)

    def action_bury(self) -> None:
        self._do(self.collection.actions.bury)

    def action_reset(self) -> None:
        self._do(self.collection.actions.reset)

    def action_due(self) -> None:
        today = self.collection.clock.today
        if not self._meant:
            return

        def chosen(text: str | None) -> None:
            if text is not None:
                self._do(lambda cards: self.collection.actions.set_due(cards, due_day(text, today)))

        title = counted("When is {n} card to come back?", "When are {n} cards to come back?", len(self._meant))
        self.app.push_screen(day_prompt(title, today), chosen)

    def action_delete(self) -> None:
        meant = {card.note for card in self._meant}
        notes = {row.card.note.id: row.card.note for row in self.every if row.card.id.note in meant}
        if notes:
            ask_to_delete(self.app, self.collection, [*notes.values()], self._deleted, self._say)

    def action_undo(self) -> None:
        if not put_back(self.collection, lambda _notes, words: self._reread(words), self._say):
            self._take(self.collection.undo, _("Undone: {what}"), _("There is nothing to undo."))

    def action_redo(self) -> None:
        self._take(self.collection.redo, _("Done again: {what}"), _("There is nothing to redo."))

    # Doing it, and showing the result

    @property
    def _at(self) -> CardRow | None:
        """The highlighted card."""
        return self.shown[self.query_one(CardRows).place] if self.shown else None

    @property
    def _meant(self) -> list[CardId]:
        """The chosen cards, in their order; if there are none, the highlighted one."""
        if self.chosen:
            return [row.card.id for row in self.every if row.card.id in self.chosen]
        return [self._at.card.id] if self._at else []

    def _do(self, act: Callable[[Sequence[CardId]], ActionResult | None]) -> None:
        if cards := self._meant:
            self._take(lambda: act(cards), "{what}", _("There was nothing to do."))

    def _take(self, step: Callable[[], ActionResult | None], words: str, nothing: str) -> None:
        """Takes a step and shows where it left the cards; what the query finds stays as it was."""
        try:
            done = step()
        except DulyError as error:
            self._say(translate(error.message))
            return
        if done is None:
            self._say(nothing)
            return
        self._restand(done)
        cards = counted("{n} card", "{n} cards", len(done.schedules))
        self._say(words.format(what=f"{entry_words(done.entry)} · {cards}"))

    def _restand(self, step: ActionResult) -> None:
        for cards in (self.every, self.shown):
            for index, row in enumerate(cards):
                if row.card.id in step.schedules:
                    cards[index] = row.at(step.schedules[row.card.id])
        self._draw()

    def _deleted(self, words: str) -> None:
        self.chosen = set()
        self._reread(words)

    def _reread(self, words: str) -> None:
        self._read()
        self._say(words)

    def _after_info(self, changed: bool | None) -> None:
        if changed:
            self._read()

    def _read(self) -> None:
        """Takes up the cards and where they stand."""
        self.every = card_rows(self.collection.decks.cards, self.collection.journal.schedules())
        self._find()

    def _find(self) -> None:
        try:
            matching = search_rows(self.query_one(Input).value, self.every, self.collection.clock.today)
        except DulyError as error:
            self._say(translate(error.message))
            return
        self._say("")
        self.shown = sort_rows(matching, self.order)
        self._draw()

    def _draw(self) -> None:
        self.query_one(CardRows).show_cards(self.shown, self.collection.clock.today)
        self._mark()
        self._preview()
        self._head()

    def _mark(self) -> None:
        rows = self.query_one(CardRows)
        rows.marked = {index for index, row in enumerate(self.shown) if row.card.id in self.chosen}
        rows.refresh()
        self._head()

    def _preview(self) -> None:
        view = self.query_one("#cards CardView", CardView)
        row = self._at
        if row is None:
            view.show(lambda _width: ())
        else:
            view.show(lambda width: [*both_sides(row.card, width), (), *card_summary(row.card, row.schedule, width)])

    def _head(self) -> None:
        number = f"{len(self.shown):,} / {len(self.every):,}"
        if self.chosen:
            number = _("{n} selected").format(n=f"{len(self.chosen):,}") + f" · {number}"
        self.query_one("#number", TopLine).right = number
        self.query_one("#number", TopLine).styles.width = len(number) + 2
        self.query_one("#columns", TopLine).left = self.query_one(CardRows).heading

    def _say(self, message: str) -> None:
        self.query_one(BottomLine).message = message
