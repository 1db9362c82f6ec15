"""One card of a session on the screen: question or answer, with hints, pictures and sounds. `Review` adds grading."""

from dataclasses import replace

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Input

from duly.errors import DulyError
from duly.i18n import _, counted, translate
from duly.scheduling.grade import Grade
from duly.study.answer_options import suggested_grade
from duly.study.collection import Collection
from duly.study.session import Session
from duly.text.card_lines import (
    RULE,
    CardPresentation,
    answer_lines,
    clipboard_text,
    has_math,
    question_lines,
    typed_answer,
)
from duly.text.charts.statistics_rows import deck_name
from duly.text.grades import explains, grade_choices, has_easiness
from duly.text.review_actions import key_hints
from duly.text.review_notices import first_grade
from duly.text.wording import grade_name
from duly.tui.card_attachments import Attachments, attachments
from duly.tui.card_pictures import pictures_of
from duly.tui.picture_covers import with_covers
from duly.tui.screens.open_attachments import open_one, play, play_by_itself
from duly.tui.widgets.bottom_line import BottomLine
from duly.tui.widgets.card_view import CardView, CardViewScrolling
from duly.tui.widgets.grade_buttons import GradeButtons
from duly.tui.widgets.progress_line import ProgressLine
from duly.tui.widgets.wrapped_text import Notice


class CardScreen(Screen[bool], CardViewScrolling):
    """Shows the card in `presentation` as far as the session has revealed it; the base of `Review`."""

    presentation: CardPresentation

    def __init__(self, collection: Collection, session: Session) -> None:
        super().__init__()
        self.collection = collection
        self.session = session
        self.lines_below = 0

    def compose(self) -> ComposeResult:
        yield ProgressLine()
        with Vertical(id="card"):
            yield CardView(self.session.settings.width)
            yield Input(placeholder=_("Type the answer, then press Enter"), compact=True)
        yield Notice()
        yield GradeButtons()
        yield BottomLine()

    # Showing

    def _show(self, message: str = "", *, from_top: bool = True) -> None:
        """Draws the current side of the card."""
        presentation, revealed = self.presentation, self.session.is_revealed
        side = answer_lines if revealed else question_lines
        view = self.query_one(CardView)
        pictures = pictures_of(presentation.card, revealed=revealed)
        view.show(lambda width: side(presentation, width), pictures=pictures, from_top=from_top)
        if revealed and from_top:
            view.scroll_to_sign(RULE)
        self.query_one(ProgressLine).show(self._deck_name(), self.session.progress, practice=self.session.is_practice)
        buttons = self.query_one(GradeButtons)
        buttons.set_class(not revealed, "-waiting")
        buttons.shows_changes = has_easiness(self.session)
        if revealed:
            buttons.choices = grade_choices(self.session, self._suggested_grade())
            if explains(self.session) and not self.session.schedules:
                self.query_one(Notice).say(first_grade(self.session), "↻")
        self._say(message)
        self._hint_keys()

    def _show_field(self, visible: bool) -> None:
        """Shows or hides the field for a typed answer, directly below the question."""
        self.query_one(Input).display = visible
        self.query_one("#card").set_class(visible, "-typing")

    def _hint_keys(self) -> None:
        hints = self.query_one(BottomLine)
        typing = self.query_one(Input).has_focus
        hints.keys = key_hints(self.session, self.presentation, grade_name(self._suggested_grade()), typing=typing)
        hints.note = counted("↓ {n} more line", "↓ {n} more lines", self.lines_below) if self.lines_below else ""

    def _suggested_grade(self) -> Grade:
        return suggested_grade(self.presentation.options, self.presentation.chosen_option, self.presentation.comparison)

    def _deck_name(self) -> str:
        star = "★ " if self.session.schedule.starred else ""
        return star + deck_name(self.presentation.card.note.deck)

    def _say(self, message: str) -> None:
        self.query_one(BottomLine).message = message

    # Actions that change only the display

    def action_type(self) -> None:
        if not self.session.is_revealed and typed_answer(self.presentation.card):
            self._show_field(True)
            self.set_focus(self.query_one(Input))
            self._hint_keys()

    def action_hint(self) -> None:
        if not self.session.is_revealed and self.presentation.card.asked_note.hint:
            self.presentation = replace(self.presentation, hint=True)
            self._show(from_top=False)
            self.call_after_refresh(self.action_bottom)

    def action_source(self) -> None:
        if not has_math(self.presentation.card):
            self._say(_("There is no math on this card."))
            return
        self.presentation = replace(self.presentation, source=not self.presentation.source)
        self._show(from_top=False)

    def action_copy(self) -> None:
        self.app.copy_to_clipboard(clipboard_text(self.presentation.card))
        self._say(_("Question and answer are in the clipboard, if this terminal allows it."))

    def action_play(self) -> None:
        play(self, self._attachments(), self._say)

    def _play_by_itself(self) -> None:
        """Plays the sounds of the current side; on an answer, only those that were not on the question."""
        if not self.session.settings.play_sounds:
            return
        question_sounds = self._attachments(revealed=False).sounds if self.session.is_revealed else ()
        sounds = [sound for sound in self._attachments().sounds if sound not in question_sounds]
        if sounds:
            play_by_itself(self, sounds)

    def action_open(self) -> None:
        try:
            attachments = with_covers(self._attachments(), self.presentation.card, revealed=self.session.is_revealed)
        except DulyError as error:
            self._say(translate(error.message))
        else:
            open_one(self, attachments, self._say)

    def _attachments(self, *, revealed: bool | None = None) -> Attachments:
        is_revealed = self.session.is_revealed if revealed is None else revealed
        roots = [path if path.is_dir() else path.parent for path in self.collection.decks.paths]
        return attachments(self.presentation.card, roots, revealed=is_revealed)

    def action_top(self) -> None:
        self.query_one(CardView).scroll_home(animate=False)

    def action_bottom(self) -> None:
        self.query_one(CardView).scroll_end(animate=False)

    def on_card_view_scrolled(self, event: CardView.Scrolled) -> None:
        self.lines_below = event.lines_below
        self._hint_keys()
