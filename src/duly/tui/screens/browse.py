"""Browse: the cards that a query finds, a preview of each, and actions on several cards at once."""

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
from duly.tui.keys import bind
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
        bind("slash", "query", "Search", "browse.query"),
        bind("enter", "open", "Show the whole card", "browse.open"),
        bind("space", "choose", "Select the card, or deselect it", "browse.choose"),
        bind("A", "choose_all", "Select all cards found, or none", "browse.choose_all"),
        bind("at", "suspend", "Suspend, or take up again", "browse.suspend"),
        bind("asterisk", "star", "Star, or take the star off", "browse.star"),
        bind("minus", "bury", "Bury until tomorrow", "browse.bury"),
        bind("d", "due", "Set the day on which cards come back", "browse.due"),
        bind("x", "reset", "Make cards as new; their past stays on record", "browse.reset"),
        bind("D,delete", "delete", "Delete cards from their files", "browse.delete"),
        bind("e", "edit", "Open the card in your editor", "browse.edit"),
        bind("i", "info", "Card info", "browse.info"),
        bind("o", "order", "Sort", "browse.order"),
        bind("u", "undo", "Undo", "browse.undo"),
        bind("U,ctrl+y", "redo", "Redo", "browse.redo"),
        bind("j,down", "move(1)", "Next card", "browse.down"),
        bind("k,up", "move(-1)", "Previous card", "browse.up"),
        bind("pagedown", "page(1)", "A page down", "browse.page_down"),
        bind("pageup", "page(-1)", "A page up", "browse.page_up"),
        bind("g,home", "move(-1000000)", "To the first card", "browse.top"),
        bind("G,end", "move(1000000)", "To the last card", "browse.bottom"),
        bind("q,escape", "close", "Back", "browse.close"),
    ]

    def __init__(self, collection: Collection, deck: DeckName | None = None) -> None:
        super().__init__()
        self.collection = collection
        self.first_query = f'deck:"{deck}" ' if deck else ""
        self.order = Order.WRITTEN
        self.all_rows: list[CardRow] = []
        self.shown_rows: list[CardRow] = []
        self.selected_cards: set[CardId] = set()

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
        self._show_heading()

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
        def on_choice(index: int | None) -> None:
            if index is not None:
                self.order = ORDERS[index]
                self._find()

        names = [order_name(order) for order in ORDERS]
        self.app.push_screen(Select(_("Sort"), names, ORDERS.index(self.order)), on_choice)

    # Going through the cards

    def action_move(self, by: int) -> None:
        self.query_one(CardRows).move(by)

    def action_page(self, by: int) -> None:
        self.query_one(CardRows).page(by)

    def action_open(self) -> None:
        if row := self._highlighted_row:
            self.app.push_screen(TextPage(str(row.card.note.place or ""), lambda width: both_sides(row.card, width)))

    def action_info(self) -> None:
        if row := self._highlighted_row:
            self.app.push_screen(CardInfo(row.card, self.collection.actions), self._after_info)

    def action_edit(self) -> None:
        if (row := self._highlighted_row) is None or row.card.note.place is None:
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
        elif self.selected_cards:
            self.selected_cards = set()
            self._mark()
        else:
            self.dismiss(None)

    # Selecting cards, and acting on them

    def action_choose(self) -> None:
        if row := self._highlighted_row:
            self.selected_cards ^= {row.card.id}
            self._mark()
            self.action_move(1)

    def action_choose_all(self) -> None:
        shown_cards = {row.card.id for row in self.shown_rows}
        self.selected_cards = set() if shown_cards <= self.selected_cards else self.selected_cards | shown_cards
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
        if not self._target_cards:
            return

        def on_choice(text: str | None) -> None:
            if text is not None:
                self._do(lambda cards: self.collection.actions.set_due(cards, due_day(text, today)))

        title = counted("When is {n} card to come back?", "When are {n} cards to come back?", len(self._target_cards))
        self.app.push_screen(day_prompt(title, today), on_choice)

    def action_delete(self) -> None:
        target_notes = {card.note for card in self._target_cards}
        notes = {row.card.note.id: row.card.note for row in self.all_rows if row.card.id.note in target_notes}
        if notes:
            ask_to_delete(self.app, self.collection, [*notes.values()], self._on_deleted, self._say)

    def action_undo(self) -> None:
        if not put_back(self.collection, lambda _notes, words: self._reread(words), self._say):
            self._take(self.collection.undo, _("Undone: {what}"), _("There is nothing to undo."))

    def action_redo(self) -> None:
        self._take(self.collection.redo, _("Done again: {what}"), _("There is nothing to redo."))

    # Doing it, and showing the result

    @property
    def _highlighted_row(self) -> CardRow | None:
        """The highlighted card."""
        return self.shown_rows[self.query_one(CardRows).place] if self.shown_rows else None

    @property
    def _target_cards(self) -> list[CardId]:
        """The cards that an action applies to: the selected ones in their order, or else the highlighted one."""
        if self.selected_cards:
            return [row.card.id for row in self.all_rows if row.card.id in self.selected_cards]
        return [self._highlighted_row.card.id] if self._highlighted_row else []

    def _do(self, act: Callable[[Sequence[CardId]], ActionResult | None]) -> None:
        if cards := self._target_cards:
            self._take(lambda: act(cards), "{what}", _("There was nothing to do."))

    def _take(self, act: Callable[[], ActionResult | None], words: str, nothing_done: str) -> None:
        """Takes a step and shows the new schedules; the cards that the query found stay the same."""
        try:
            result = act()
        except DulyError as error:
            self._say(translate(error.message))
            return
        if result is None:
            self._say(nothing_done)
            return
        self._update_rows(result)
        cards = counted("{n} card", "{n} cards", len(result.schedules))
        self._say(words.format(what=f"{entry_words(result.entry)} · {cards}"))

    def _update_rows(self, result: ActionResult) -> None:
        for cards in (self.all_rows, self.shown_rows):
            for index, row in enumerate(cards):
                if row.card.id in result.schedules:
                    cards[index] = row.with_schedule(result.schedules[row.card.id])
        self._draw()

    def _on_deleted(self, words: str) -> None:
        self.selected_cards = set()
        self._reread(words)

    def _reread(self, words: str) -> None:
        self._read()
        self._say(words)

    def _after_info(self, has_changed: bool | None) -> None:
        if has_changed:
            self._read()

    def _read(self) -> None:
        """Reads the cards and their schedules again."""
        self.all_rows = card_rows(self.collection.decks.cards, self.collection.journal.schedules())
        self._find()

    def _find(self) -> None:
        try:
            matching = search_rows(self.query_one(Input).value, self.all_rows, self.collection.clock.today)
        except DulyError as error:
            self._say(translate(error.message))
            return
        self._say("")
        self.shown_rows = sort_rows(matching, self.order)
        self._draw()

    def _draw(self) -> None:
        self.query_one(CardRows).show_cards(self.shown_rows, self.collection.clock.today)
        self._mark()
        self._preview()
        self._show_heading()

    def _mark(self) -> None:
        rows = self.query_one(CardRows)
        rows.marked_rows = {index for index, row in enumerate(self.shown_rows) if row.card.id in self.selected_cards}
        rows.refresh()
        self._show_heading()

    def _preview(self) -> None:
        view = self.query_one("#cards CardView", CardView)
        row = self._highlighted_row
        if row is None:
            view.show(lambda _width: ())
        else:
            view.show(lambda width: [*both_sides(row.card, width), (), *card_summary(row.card, row.schedule, width)])

    def _show_heading(self) -> None:
        number = f"{len(self.shown_rows):,} / {len(self.all_rows):,}"
        if self.selected_cards:
            number = _("{n} selected").format(n=f"{len(self.selected_cards):,}") + f" · {number}"
        self.query_one("#number", TopLine).right = number
        self.query_one("#number", TopLine).styles.width = len(number) + 2
        self.query_one("#columns", TopLine).left = self.query_one(CardRows).heading

    def _say(self, message: str) -> None:
        self.query_one(BottomLine).message = message
