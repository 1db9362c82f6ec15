"""The decks: what is left of today in each, and where to begin."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static

from duly.cards import DeckName
from duly.i18n import _, counted, said
from duly.markup.lines import Line, Run
from duly.study.desk import Desk
from duly.study.due_day import number_of_days
from duly.study.scope import EVERYTHING, Scope
from duly.study.session import Session
from duly.tui.keys import bound
from duly.tui.paragraphs import paragraph
from duly.tui.screens.asker import Asker
from duly.tui.screens.browse import Browse
from duly.tui.screens.reader import Reader
from duly.tui.screens.review import Review
from duly.tui.screens.statistics import StatisticsScreen
from duly.tui.widgets.deck_list import DeckList
from duly.tui.widgets.hints import Hints
from duly.tui.widgets.top_line import TopLine


class Decks(Screen[None]):
    """Home: choose a deck and study it."""

    CSS_PATH = "decks.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (18, "-tall")]  # noqa: RUF012 - an instance variable of Screen
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("enter,space", "study", "Study the deck", "decks.study"),
        bound("a", "study_all", "Study all decks", "decks.all"),
        bound("f", "study_found", "Study what a query finds", "decks.query"),
        bound("A", "study_ahead", "Study the deck ahead of its days", "decks.ahead"),
        bound("c", "practise", "Practise the deck; nothing is written down", "decks.practice"),
        bound("j,down", "move(1)", "Next deck", "decks.down"),
        bound("k,up", "move(-1)", "Previous deck", "decks.up"),
        bound("u,ctrl+z", "undo", "Undo the last answer", "decks.undo"),
        bound("R", "reread", "Read the files again", "decks.reread"),
        bound("b", "browse", "Browse the cards of the deck", "decks.browse"),
        bound("s", "statistics", "Statistics", "decks.statistics"),
        bound("v", "problems", "Show the problems of the files", "decks.problems"),
        bound("q", "app.quit", "Quit", "decks.quit"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def compose(self) -> ComposeResult:
        yield TopLine(id="top")
        yield TopLine(id="columns")
        yield DeckList()
        yield Static(id="empty")
        yield Static(id="problems")
        yield Hints()

    def on_mount(self) -> None:
        self.query_one(Hints).keys = (
            ("⏎", _("study")),
            ("a", _("all")),
            ("b", _("browse")),
            ("s", _("statistics")),
            ("?", _("help")),
            ("u", _("undo")),
            ("q", _("quit")),
            ("R", _("re-read")),
        )

    def on_screen_resume(self) -> None:
        self._refresh()

    def on_resize(self) -> None:
        self.call_after_refresh(self._head)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_study()

    def action_move(self, by: int) -> None:
        decks = self.query_one(DeckList)
        decks.action_cursor_down() if by > 0 else decks.action_cursor_up()

    def action_study(self) -> None:
        if self._deck is not None:
            self._study(Scope(self._deck))

    def action_study_all(self) -> None:
        self._study(EVERYTHING)

    def action_study_found(self) -> None:
        def chosen(query: str | None) -> None:
            if query is not None:
                self._study(Scope(query=query))

        words = _("Words, deck:, tag:, is:, prop:, and a minus before each. For example: tag:exam -is:new")
        title = _("Study what a query finds")
        self.app.push_screen(Asker(title, words, lambda query: self.desk.cards(Scope(query=query))), chosen)

    def action_study_ahead(self) -> None:
        def chosen(days: str | None) -> None:
            if days is not None:
                self._study(Scope(self._deck, ahead=number_of_days(days)))

        words = _("In how many days do the cards come due that you want to be asked today?")
        self.app.push_screen(Asker(_("Study ahead"), words, number_of_days), chosen)

    def action_practise(self) -> None:
        self.review(self.desk.practice(self._deck))

    def action_undo(self) -> None:
        session = self.desk.session()
        if step := session.undo():
            self.app.push_screen(Review(session, undone=step))
        else:
            self._say(_("There is nothing to undo."))

    def action_reread(self) -> None:
        self.desk.reread()
        self._refresh()
        self._say(counted("Read {n} card.", "Read {n} cards.", len(self.desk.decks.cards)))

    def action_browse(self) -> None:
        self.app.push_screen(Browse(self.desk, self._deck))

    def action_statistics(self) -> None:
        self.app.push_screen(StatisticsScreen(self.desk))

    def action_problems(self) -> None:
        problems = self.desk.decks.problems
        if not problems:
            self._say(_("There are no problems in the files."))
            return

        def lines(width: int) -> list[Line]:
            return [
                line
                for problem in problems
                for part in (
                    paragraph(str(problem.place), width, styles=("strong",)),
                    paragraph(said(problem.message), width, Run("  ")),
                    [()],
                )
                for line in part
            ]

        self.app.push_screen(Reader(_("Problems"), lines))

    @property
    def _deck(self) -> DeckName | None:
        """The deck of the highlighted line."""
        place = self.query_one(DeckList).highlighted
        return self.counts[place].deck if place is not None and self.counts else None

    def _study(self, about: Scope) -> None:
        self.review(self.desk.session(about))

    def review(self, session: Session) -> None:
        """Begins a session, if it has a card to ask."""
        if session.card is None:
            session.close()
            self._say(_("Nothing is left here for today."))
        else:
            self.app.push_screen(Review(session))

    def _refresh(self) -> None:
        session = self.desk.session()
        self.progress = session.progress
        self.counts = session.counts()
        decks = self.query_one(DeckList)
        decks.show(self.counts)
        decks.display = bool(self.counts)
        decks.focus()
        empty = self.query_one("#empty", Static)
        empty.display = not self.counts
        empty.update(Content(self._first_words()))
        problems = len(self.desk.decks.problems)
        line = self.query_one("#problems", Static)
        line.display = bool(problems)
        line.update(Content("⚠ " + counted("{n} problem in the files (v)", "{n} problems in the files (v)", problems)))
        self._head()

    def _head(self) -> None:
        top = self.query_one("#top", TopLine)
        top.left = "duly · " + ", ".join(str(path) for path in self.desk.decks.paths)
        top.right = _("due {due} · new {new} · done {done}").format(
            due=self.progress.due + self.progress.drills, new=self.progress.new, done=self.progress.done
        )
        self.query_one("#columns", TopLine).left = self.query_one(DeckList).heading

    def _first_words(self) -> str:
        return _(
            "There are no cards here yet. A card is two lines of YAML in a file ending in .yaml:\n\n"
            "  - q: What does CSR stand for?\n"
            "    a: Compressed sparse row\n\n"
            "Save it in the folder above, then press R."
        )

    def _say(self, message: str) -> None:
        self.query_one(Hints).message = message
        self.set_timer(4, lambda: setattr(self.query_one(Hints), "message", ""))
