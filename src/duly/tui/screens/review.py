"""The review: a question, its answer, and the grades to choose from. All rules are the session's."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import Input

from duly.cards import DeckName
from duly.cards.answer import compared
from duly.cards.deck import SEPARATOR
from duly.cards.kinds import Choice as MultipleChoice
from duly.cards.kinds import Cloze, Typed
from duly.errors import DulyError
from duly.i18n import _, counted, said
from duly.scheduling.entries import Review as ReviewEntry
from duly.scheduling.grade import BUTTONS, Grade
from duly.study.options import shuffled
from duly.study.session import Session
from duly.study.step import Step
from duly.study.suggestion import suggested
from duly.tui.keys import bound
from duly.tui.pictures import pictures_of
from duly.tui.screens.summary import Summary
from duly.tui.showing import Showing, answer_lines, one_line, question_lines, typed_answer
from duly.tui.widgets.buttons import Buttons, Choice
from duly.tui.widgets.card_view import CardView
from duly.tui.widgets.hints import Hints
from duly.tui.widgets.progress import ProgressLine
from duly.tui.words import grade_name, leads


class Review(Screen[None]):
    """Shows what the session asks, and tells it what the learner does."""

    CSS_PATH = "review.tcss"
    AUTO_FOCUS = ""
    VERTICAL_BREAKPOINTS = [(0, "-short"), (18, "-tall")]  # noqa: RUF012 - an instance variable of Screen
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("space,enter", "turn", "Show the answer; then: Good, or the suggested grade", "review.good"),
        bound("1", "digit(1)", "Again (or the first option)", "review.1"),
        bound("2", "digit(2)", "Hard (or the second option)", "review.2"),
        bound("3", "digit(3)", "Good (or the third option)", "review.3"),
        bound("4", "digit(4)", "Easy (or the fourth option)", "review.4"),
        bound("5", "digit(5)", "Grade 5, if set to raw grades (or the option)", "review.5"),
        bound("0", "digit(0)", "Grade 0, if set to raw grades", "review.0"),
        *(
            bound(str(digit), f"digit({digit})", "The option of this number", f"review.{digit}")
            for digit in range(6, 10)
        ),
        bound("t", "type", "Type the answer", "review.type"),
        bound("h", "hint", "Show the hint", "review.hint"),
        bound("m", "source", "Show math as it was written", "review.source"),
        bound("u,ctrl+z", "undo", "Undo, as far back as you like", "review.undo"),
        bound("U,ctrl+y", "redo", "Redo", "review.redo"),
        bound("at", "suspend", "Suspend the card", "review.suspend"),
        bound("j,down", "scroll(1)", "Scroll down", "review.down"),
        bound("k,up", "scroll(-1)", "Scroll up", "review.up"),
        bound("pagedown", "page(1)", "A page down", "review.page_down"),
        bound("pageup", "page(-1)", "A page up", "review.page_up"),
        bound("g,home", "top", "To the top", "review.top"),
        bound("G,end", "bottom", "To the bottom", "review.bottom"),
        bound("q,escape", "leave", "Back to the decks; everything is saved", "review.leave"),
    ]

    def __init__(self, session: Session, deck: DeckName | None = None, undone: Step | None = None) -> None:
        super().__init__()
        self.session = session
        self.deck = deck
        self.undone = undone
        self.below = 0

    def compose(self) -> ComposeResult:
        yield ProgressLine()
        yield CardView(self.session.settings.width)
        yield Input(placeholder=_("Type the answer, then press Enter"), compact=True)
        yield Buttons()
        yield Hints()

    def on_mount(self) -> None:
        self._ask()
        if self.undone:
            self._tell_step(_("Undone: {what}"), self.undone)

    # Showing

    def _ask(self, message: str = "") -> None:
        """Shows the card the session asks, or the summary when none is left."""
        card = self.session.card
        if card is None:
            self.app.push_screen(Summary(self.session), self._after_summary)
            return
        kind = card.note.kind
        options = shuffled(kind, card.id, self.session.showing) if isinstance(kind, MultipleChoice) else ()
        self.showing = Showing(card, options)
        self.began = time.monotonic()
        box = self.query_one(Input)
        box.value = ""
        box.display = isinstance(kind, Typed) and not self.session.revealed
        self.set_focus(box if box.display else None)
        self._show(message)

    def _show(self, message: str = "", *, from_top: bool = True) -> None:
        """Draws the side of the card that is up."""
        showing, revealed = self.showing, self.session.revealed
        side = answer_lines if revealed else question_lines
        self.query_one(CardView).show(
            lambda width: side(showing, width), pictures=pictures_of(showing.card), from_top=from_top
        )
        self.query_one(ProgressLine).show(self._deck_name(), self.session.progress)
        buttons = self.query_one(Buttons)
        buttons.set_class(not revealed, "-waiting")
        if revealed:
            buttons.choices = self._choices()
        self.query_one(Hints).message = message
        self._hint_keys()

    def _choices(self) -> tuple[Choice, ...]:
        futures, today = self.session.futures, self.session.today
        best = self._best()
        return tuple(
            Choice(grade, key, grade_name(grade), leads(futures[grade], today), grade == best)
            for key, grade in self._grades().items()
        )

    def _grades(self) -> dict[str, Grade]:
        if self.session.settings.raw_grades:
            return {str(int(grade)): grade for grade in Grade}
        return {str(number): grade for number, grade in enumerate(BUTTONS, 1)}

    def _best(self) -> Grade:
        return suggested(self.showing.options, self.showing.chosen, self.showing.comparison)

    def _hint_keys(self) -> None:
        hints = self.query_one(Hints)
        card = self.showing.card
        rest = [("?", _("help")), ("u", _("undo")), ("q", _("back")), ("@", _("suspend"))]
        if self.query_one(Input).has_focus:
            keys, rest = [("⏎", _("show answer")), ("esc", _("back"))], []
        elif self.session.revealed:
            keys, rest = [("␣", grade_name(self._best()))], [*rest, ("m", _("source"))]
        else:
            keys = [("␣", _("show answer"))]
            if self.showing.options:
                keys.append((f"1–{len(self.showing.options)}", _("choose")))
            elif not isinstance(card.note.kind, Cloze):
                keys.append(("t", _("type")))
            if card.note.hint and not self.showing.hint:
                keys.append(("h", _("hint")))
        hints.keys = (*keys, *rest)
        hints.note = counted("↓ {n} more line", "↓ {n} more lines", self.below) if self.below else ""

    def _deck_name(self) -> str:
        return self.showing.card.note.deck.replace(SEPARATOR, " › ")

    # What the learner does

    def action_turn(self) -> None:
        if self.session.revealed:
            self._grade(self._best())
        else:
            self._reveal(self.showing)

    def action_digit(self, digit: int) -> None:
        grade = self._grades().get(str(digit))
        if self.session.revealed and grade is not None:
            self._grade(grade)
        elif not self.session.revealed and 1 <= digit <= len(self.showing.options):
            self._reveal(replace(self.showing, chosen=digit - 1))

    def action_type(self) -> None:
        if not self.session.revealed and typed_answer(self.showing.card):
            box = self.query_one(Input)
            box.display = True
            self.set_focus(box)
            self._hint_keys()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        comparison = compared(event.value, typed_answer(self.showing.card))
        self._reveal(replace(self.showing, comparison=comparison))

    def action_hint(self) -> None:
        if not self.session.revealed and self.showing.card.note.hint:
            self.showing = replace(self.showing, hint=True)
            self._show(from_top=False)
            self.call_after_refresh(self.action_bottom)

    def action_source(self) -> None:
        self.showing = replace(self.showing, source=not self.showing.source)
        self._show(from_top=False)

    def action_undo(self) -> None:
        self._step(self.session.undo, _("Undone: {what}"), _("There is nothing to undo."))

    def action_redo(self) -> None:
        self._step(self.session.redo, _("Done again: {what}"), _("There is nothing to redo."))

    def action_suspend(self) -> None:
        card = self.session.card
        try:
            self.session.suspend()
        except DulyError as error:
            self._say(said(error.said))
            return
        if card is not None:
            self._ask(_("Suspended: {card}").format(card=one_line(card)))

    def action_scroll(self, by: int) -> None:
        self.query_one(CardView).scroll_relative(y=by, animate=False)

    def action_page(self, by: int) -> None:
        self.query_one(CardView).page(by)

    def action_top(self) -> None:
        self.query_one(CardView).scroll_home(animate=False)

    def action_bottom(self) -> None:
        self.query_one(CardView).scroll_end(animate=False)

    def action_leave(self) -> None:
        if self.query_one(Input).has_focus:
            self.query_one(Input).display = False
            self.set_focus(None)
            self._hint_keys()
        else:
            self.dismiss(None)

    def on_buttons_chosen(self, event: Buttons.Chosen) -> None:
        self._grade(event.grade)

    def on_card_view_scrolled(self, event: CardView.Scrolled) -> None:
        self.below = event.below
        self._hint_keys()

    # What comes of it

    def _reveal(self, showing: Showing) -> None:
        self.showing = showing
        self.session.reveal()
        box = self.query_one(Input)
        box.display = False
        self.set_focus(None)
        self._show()

    def _grade(self, grade: Grade) -> None:
        if not self.session.revealed:
            return
        try:
            self.session.grade(grade, round((time.monotonic() - self.began) * 1000))
        except DulyError as error:
            self._say(said(error.said))
            return
        self._ask()

    def _step(self, step: Callable[[], Step | None], words: str, nothing: str) -> None:
        try:
            done = step()
        except DulyError as error:
            self._say(said(error.said))
            return
        if done is None:
            self._say(nothing)
        else:
            self._ask()
            self._tell_step(words, done)

    def _tell_step(self, words: str, step: Step) -> None:
        name = grade_name(step.entry.grade) if isinstance(step.entry, ReviewEntry) else _("set aside")
        card = self.session.known.get(step.card)
        self._say(words.format(what=f"{name} · {one_line(card) if card else step.card}"))

    def _say(self, message: str) -> None:
        self.query_one(Hints).message = message

    def _after_summary(self, undo: bool | None) -> None:
        if undo:
            self.action_undo()
        else:
            self.dismiss(None)
