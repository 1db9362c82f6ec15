"""The decks: the cards of each that remain today, and the actions that start a session."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from duly.cards import Note
from duly.errors import DulyError
from duly.i18n import _, counted, translate
from duly.locations import settings_file
from duly.problem import Place, legible
from duly.study.authoring import INBOX, file_of
from duly.study.collection import Collection
from duly.study.parse_due_day import number_of_days
from duly.study.scope import EVERYTHING, Scope
from duly.study.session import QueueProgress, Session
from duly.text.day_notices import forecast_line, future_warning, nothing_to_ask, remaining_today
from duly.text.wording import span
from duly.tui.app_events import DecksRead
from duly.tui.background_work import BackgroundWork
from duly.tui.editor import edit
from duly.tui.keys import bind
from duly.tui.widgets.bottom_line import BottomLine
from duly.tui.widgets.deck_list import DeckList
from duly.tui.widgets.rows import Rows
from duly.tui.widgets.top_line import TopLine
from duly.work_progress import Watch


class DecksScreen(Screen[None]):
    """Home: choose a deck and study it."""

    CSS_PATH = "decks.tcss"
    AUTO_FOCUS = ""
    VERTICAL_BREAKPOINTS = [(0, "-short"), (18, "-tall")]  # noqa: RUF012 - an instance variable of Screen
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("enter,space", "study", "Study the deck", "decks.study"),
        bind("a", "study_all", "Study all decks", "decks.all"),
        bind("f", "study_found", "Study what a query finds", "decks.query"),
        bind("A", "study_ahead", "Study the deck ahead of its days", "decks.ahead"),
        bind("c", "practise", "Practise the deck; nothing is written down", "decks.practice"),
        bind("j,down", "move(1)", "Next deck", "decks.down"),
        bind("k,up", "move(-1)", "Previous deck", "decks.up"),
        bind("left,h", "fold(True)", "Fold the deck, or go to the one around it", "decks.fold"),
        bind("right,l", "fold(False)", "Unfold the deck", "decks.unfold"),
        bind("slash", "filter", "Filter the decks by name", "decks.filter"),
        bind("u", "undo", "Undo the last answer", "decks.undo"),
        bind("n", "add", "Write a new card for the deck", "decks.new"),
        bind("e", "edit", "Open the deck's file in your editor", "decks.edit"),
        bind("R", "reread", "Read the files again", "decks.reread"),
        bind("b", "browse", "Browse the cards of the deck", "decks.browse"),
        bind("s", "statistics", "Statistics", "decks.statistics"),
        bind("g", "plan", "Plan for an exam in the deck", "decks.plan"),
        bind("y", "sync", "Sync with Anki and other computers", "decks.sync"),
        bind("x", "export", "Write a package for Anki", "decks.export"),
        bind("v", "problems", "Show the problems of the files", "decks.problems"),
        bind("comma", "settings", "Settings", "decks.settings"),
        bind("escape", "clear", "Show all decks again", "decks.clear"),
        bind("q", "app.quit", "Quit", "decks.quit"),
    ]

    def __init__(self, collection: Collection, sync: Callable[[Watch], str]) -> None:
        """`sync` syncs in any thread and returns a summary; it may raise `DulyError`."""
        super().__init__()
        self.collection = collection
        self._sync = sync
        self.progress = QueueProgress(0, 0, 0, 0, 0)
        self.streak = 0
        self.background = BackgroundWork(self, self.say)

    def compose(self) -> ComposeResult:
        yield TopLine(id="top")
        yield TopLine(id="columns")
        yield DeckList()
        yield Static(id="empty")
        yield Input(compact=True, select_on_focus=False)
        yield TopLine(id="forecast")
        yield BottomLine()

    def on_mount(self) -> None:
        self.query_one(Input).display = False

    def on_screen_resume(self) -> None:
        self._refresh()

    def on_resize(self) -> None:
        self.call_after_refresh(self._show_heading)

    # Going through the decks

    def on_rows_clicked(self, event: Rows.Clicked) -> None:
        event.stop()
        self.action_study()

    def action_move(self, by: int) -> None:
        self._list.move(by)

    def action_fold(self, away: bool) -> None:
        self._list.fold(away=away)

    def action_filter(self) -> None:
        box = self.query_one(Input)
        box.placeholder = _("part of a deck's name")
        box.display = True
        box.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._list.filter(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        event.input.display = bool(event.value)
        self.set_focus(None)

    def action_clear(self) -> None:
        box = self.query_one(Input)
        box.value = ""
        box.display = False
        self.set_focus(None)
        self.background.cancel()

    # Studying

    def action_study(self) -> None:
        if self._list.deck is not None:
            self._study(Scope(self._list.deck))

    def action_study_all(self) -> None:
        self._study(EVERYTHING)

    def action_study_found(self) -> None:
        from duly.tui.screens.prompt import Prompt

        def on_choice(query: str | None) -> None:
            if query is not None:
                self._study(Scope(query=query))

        words = _("Words, deck:, tag:, is:, prop:, and a minus before each. For example: tag:exam -is:new")
        title = _("Study what a query finds")
        self.app.push_screen(Prompt(title, words, lambda query: self.collection.cards(Scope(query=query))), on_choice)

    def action_study_ahead(self) -> None:
        from duly.tui.screens.prompt import Prompt

        def on_choice(days: str | None) -> None:
            if days is not None:
                self._study(Scope(self._list.deck, days_ahead=number_of_days(days)))

        words = _("Study cards that come due within how many days?")
        self.app.push_screen(Prompt(_("Study ahead"), words, number_of_days), on_choice)

    def action_practise(self) -> None:
        self.review(self.collection.practice(self._list.deck))

    def action_undo(self) -> None:
        from duly.tui.screens.delete_cards import put_back
        from duly.tui.screens.review import Review

        if put_back(self.collection, self._on_put_back, self.say):
            return
        session = self.collection.session()
        if result := session.undo():
            self.app.push_screen(Review(self.collection, session, undone_action=result))
        else:
            self.say(_("There is nothing to undo."))

    def _on_put_back(self, _notes: Sequence[Note], words: str) -> None:
        self._refresh()
        self.say(words)

    def review(self, session: Session) -> None:
        """Opens a session, if it has a card to ask."""
        if session.card is None:
            session.close()
            self.say(nothing_to_ask(session))
        else:
            from duly.tui.screens.review import Review

            screen = Review(self.collection, session)
            self.app.push_screen(screen, lambda ahead: self._study_on(session.scope) if ahead else None)

    def _study_on(self, scope: Scope) -> None:
        """Asks those of the same cards that come due tomorrow."""
        self._study(replace(scope, days_ahead=scope.days_ahead + 1))

    def _study(self, scope: Scope) -> None:
        self.review(self.collection.session(scope))

    # Writing

    def action_add(self) -> None:
        from duly.tui.screens.new_card import NewCard

        deck = self._list.deck
        file = file_of(self.collection.decks, deck or INBOX)
        self.app.push_screen(NewCard(file, lambda draft: self.collection.write_card(draft, deck)), self._on_card_added)

    def action_edit(self) -> None:
        places = (card.note.place for card in self.collection.cards(self._list.deck))
        place = next(filter(None, places), None)
        if place is None:
            return
        try:
            edit(self.app, Place(place.file))
        except DulyError as error:
            self.say(translate(error.message))
        else:
            self.action_reread()

    def _on_card_added(self, note: Note | None) -> None:
        if note is not None:
            self._refresh()
            self.say(_("Added: {question}").format(question=" ".join(note.question.split())))

    def on_decks_read(self, _event: DecksRead) -> None:
        if self.is_current:
            self._refresh()

    # Everything else

    def action_reread(self) -> None:
        try:
            self.collection.reread()
        except DulyError as error:
            self.say(translate(error.message))
            return
        self._refresh()
        self.say(counted("Read {n} card.", "Read {n} cards.", len(self.collection.decks.cards)))

    def action_browse(self) -> None:
        from duly.tui.screens.browse import Browse

        self.app.push_screen(Browse(self.collection, self._list.deck))

    def action_statistics(self) -> None:
        from duly.tui.screens.statistics import StatisticsScreen

        self.app.push_screen(StatisticsScreen(self.collection))

    def action_plan(self) -> None:
        from duly.tui.screens.exam import ExamScreen

        self.app.push_screen(ExamScreen(self.collection, self._list.deck))

    def action_settings(self) -> None:
        from duly.tui.screens.settings import SettingsScreen

        self.app.push_screen(SettingsScreen(self.collection, settings_file()))

    def action_problems(self) -> None:
        from duly.text.problem_lines import problem_lines
        from duly.tui.screens.text_page import TextPage

        problems = self.collection.decks.problems
        if problems:
            self.app.push_screen(TextPage(_("Problems"), lambda width: problem_lines(problems, width)))
        else:
            self.say(_("There are no problems in the files."))

    def action_sync(self) -> None:
        """Syncs in a thread, so that the learner can go on."""
        self.background.start(self._sync, self._on_synced)

    def _on_synced(self, words: str) -> None:
        for screen in self.app.screen_stack:
            screen.post_message(DecksRead())
        self.say(words)

    def action_export(self) -> None:
        from duly.tui.screens.export_package import ask_for_package

        if self.collection.decks.cards:
            ask_for_package(self.app, self.collection, self.background, self.say)
        else:
            self.say(_("There is no card to export."))

    # Showing

    @property
    def _list(self) -> DeckList:
        return self.query_one(DeckList)

    def say(self, message: str) -> None:
        """Shows a message for some seconds in the place of the keys."""
        self.query_one(BottomLine).show_message(message)

    def _refresh(self) -> None:
        if not self.collection.decks.cards and not self.collection.decks.problems:
            from duly.tui.screens.first_run import FirstRun

            self.app.push_screen(FirstRun(self.collection))
            return
        session = self.collection.session()
        self.progress = session.progress
        self._list.show_decks(session.counts(), session.today)
        self._list.display = bool(self.collection.decks.cards)
        empty = self.query_one("#empty", Static)
        empty.display = not self.collection.decks.cards
        empty.update(Content(_("No card could be read: v shows why.")))
        self.query_one(BottomLine).keys = (
            ("⏎", _("study")),
            ("a", _("all")),
            ("b", _("browse")),
            ("s", _("statistics")),
            ("/", _("filter")),
            ("?", _("help")),
            ("u", _("undo")),
            (",", _("settings")),
            ("q", _("quit")),
        )
        self._show_forecast()
        self._show_heading()

    def _show_forecast(self) -> None:
        forecast = self.collection.home_forecast()
        line = self.query_one("#forecast", TopLine)
        line.left = forecast_line(forecast, self.progress)
        problems = len(self.collection.decks.problems)
        words = counted("{n} problem in the files (v)", "{n} problems in the files (v)", problems)
        line.right = f"⚠ {words}" if problems else ""
        if (last := self.collection.clock.last_future_day) is not None:
            self.query_one(BottomLine).show_message(future_warning(last))
        self.streak = forecast.streak

    def _show_heading(self) -> None:
        top = self.query_one("#top", TopLine)
        top.left = "duly · " + ", ".join(legible(path) for path in self.collection.decks.paths)
        words = remaining_today(self.progress)
        shows_streak = self.size.width >= 60 and self.streak > 1
        top.right = f"{words} · " + _("{days} running").format(days=span(self.streak)) if shows_streak else words
        self.query_one("#columns", TopLine).left = self._list.heading
