"""The review: a question, its answer, and the grades to choose from. All rules are the session's."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import ClassVar

from textual.binding import BindingType
from textual.widgets import Input

from duly.cards import Note, cards_of
from duly.cards.note import Typed
from duly.errors import DulyError
from duly.i18n import _, translate
from duly.scheduling.grade import Grade
from duly.scheduling.journal_entries import Star, Unstar
from duly.scheduling.leech import calls_for_notice
from duly.scheduling.schedule import NEW
from duly.study.answer_options import shuffled_options
from duly.study.authoring import INBOX, file_of
from duly.study.collection import Collection
from duly.study.parse_due_day import due_day
from duly.study.rewording import write_id
from duly.study.session import Session
from duly.study.undo import ActionResult
from duly.text.card_lines import (
    CardPresentation,
    compare_typed,
    option_number,
    with_card,
)
from duly.text.day_notices import clock_warning, future_warning
from duly.text.grades import grade_keys
from duly.text.review_actions import ACTIONS
from duly.text.review_notices import action_text, file_problem, leech_notice, other_quiz_notice
from duly.tui.app_events import DecksRead
from duly.tui.card_pictures import picture_display
from duly.tui.editor import edit
from duly.tui.screens.card_info import CardInfo
from duly.tui.screens.card_screen import CardScreen
from duly.tui.screens.delete_cards import ask_to_delete, put_back
from duly.tui.screens.new_card import NewCard
from duly.tui.screens.open_attachments import SOUND
from duly.tui.screens.prompt import day_prompt
from duly.tui.screens.review_bindings import KEYS
from duly.tui.screens.summary import Next, Summary
from duly.tui.widgets.card_view import CardView
from duly.tui.widgets.grade_buttons import GradeButtons
from duly.tui.widgets.wrapped_text import Notice


class Review(CardScreen):
    """Shows the cards that the session asks and passes it the answers; the result is whether to study ahead."""

    CSS_PATH = "review.tcss"
    AUTO_FOCUS = ""
    VERTICAL_BREAKPOINTS = [(0, "-short"), (18, "-tall")]  # noqa: RUF012 - an instance variable of Screen
    BINDINGS: ClassVar[list[BindingType]] = [*KEYS]

    def __init__(self, collection: Collection, session: Session, undone_action: ActionResult | None = None) -> None:
        super().__init__(collection, session)
        self.undone_action = undone_action
        self.is_over = False

    def on_mount(self) -> None:
        self._ask(_("Undone: {what}").format(what=self._description(self.undone_action)) if self.undone_action else "")
        if (last := self.session.clock.last_future_day) is not None:
            self.query_one(Notice).say(future_warning(last))
        elif behind := self.session.clock.lag // timedelta(minutes=1):
            self.query_one(Notice).say(clock_warning(timedelta(minutes=behind)))

    def on_unmount(self) -> None:
        self.session.close()

    # Showing

    def _ask(self, message: str = "", notice: str = "") -> None:
        """Shows the card that the session asks, or the summary if there is none."""
        card = self.session.card
        if card is None:
            self.is_over = True
            self.app.push_screen(Summary(self.collection, self.session, message), self._after_summary)
            return
        self.workers.cancel_group(self, SOUND)
        self.presentation = CardPresentation(
            card, shuffled_options(card, self.session.shuffle_seed), picture=picture_display(card)
        )
        self.started_at = time.monotonic()
        box = self.query_one(Input)
        box.value = ""
        self._show_field(isinstance(card.asked_note.kind, Typed) and not self.session.is_revealed)
        self.set_focus(box if box.display else None)
        self.query_one(Notice).say(notice)
        self._show(message)
        self._play_by_itself()

    def _description(self, result: ActionResult) -> str:
        return action_text(result, self.session.cards_by_id)

    # What the learner does

    def action_turn(self) -> None:
        if self.session.is_revealed:
            self._grade(self._suggested_grade())
        else:
            self._reveal(self.presentation)

    def action_digit(self, digit: int) -> None:
        grade = grade_keys(self.session.settings).get(str(digit))
        if self.session.is_revealed and grade is not None:
            self._grade(grade)
        elif not self.session.is_revealed and 1 <= digit <= len(self.presentation.options):
            self._reveal(replace(self.presentation, chosen_option=digit - 1))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        comparison = compare_typed(self.presentation.card, event.value)
        self._reveal(replace(self.presentation, comparison=comparison))

    def action_delete(self) -> None:
        if self._is_recorded():
            ask_to_delete(self.app, self.collection, [self.presentation.card.note], self._on_deleted, self._say)

    def action_undo(self) -> None:
        if not put_back(self.collection, self._on_put_back, self._say):
            self._do(self.session.undo, _("Undone: {what}"), _("There is nothing to undo."))

    def action_redo(self) -> None:
        self._do(self.session.redo, _("Done again: {what}"), _("There is nothing to redo."))

    def action_act(self, name: str) -> None:
        if self._is_recorded():
            self._do(lambda: ACTIONS[name](self.session), "{what}")

    def action_set_due(self) -> None:
        if not self._is_recorded():
            return
        today = self.session.today

        def on_choice(text: str | None) -> None:
            if text is not None:
                self._do(lambda: self.session.set_due(due_day(text, today)), "{what}")

        self.app.push_screen(day_prompt(_("When is it to come back?"), today), on_choice)

    def action_info(self) -> None:
        info = CardInfo(self.presentation.card, self.collection.actions)
        self.app.push_screen(info, lambda has_changed: self._take_up(is_own_change=True) if has_changed else None)

    def action_edit(self) -> None:
        note = self.presentation.card.note
        place = note.place
        if place is None:
            return
        try:
            write_id(note)
            edit(self.app, place)
            self.collection.reread()
        except DulyError as error:
            self._say(translate(error.message))
        else:
            self._take_up()

    def action_add(self) -> None:
        place = self.presentation.card.note.place
        file = place.file if place else file_of(self.collection.decks, INBOX)
        self.app.push_screen(
            NewCard(file, lambda draft: self.collection.write_card(draft, file=file)), self._on_card_added
        )

    def action_leave(self) -> None:
        if self.query_one(Input).has_focus:
            self._show_field(False)
            self.set_focus(None)
            self._hint_keys()
        else:
            self.dismiss(False)

    def on_grade_buttons_chosen(self, event: GradeButtons.Chosen) -> None:
        self._grade(event.grade)

    def on_card_view_clicked(self, event: CardView.Clicked) -> None:
        """Chooses the clicked option, or else turns the card over; only the buttons grade an answer."""
        if self.session.is_revealed:
            return
        number = option_number(event.lines)
        if number:
            self.action_digit(number)
        else:
            self.action_turn()

    def on_decks_read(self, _event: DecksRead) -> None:
        self._take_up()

    # Doing it, and showing the result

    def _take_up(self, *, is_own_change: bool = False) -> None:
        """Takes up changes of the files and the journal; the asked card stays if it is still waiting.

        Says what another quiz did with the card, unless `is_own_change`: this app changed it.
        """
        if self.is_over:  # the summary takes up the changes
            return
        asked_card, revealed, before = self.presentation.card, self.session.is_revealed, self.session.schedule
        self.session.update_decks(self.collection.decks)
        card = self.session.card
        message = (
            ""
            if is_own_change or self.session.schedules.get(asked_card.id, NEW) == before
            else other_quiz_notice(self.session.journal.entries_of([asked_card.id])[-1].entry, asked_card)
        )
        if card is None or (card.id, self.session.is_revealed) != (asked_card.id, revealed):
            self._ask(message)
        else:
            self.presentation = with_card(self.presentation, card, self.session.shuffle_seed)
            self._show(message, from_top=False)
        if card is not None:
            self.query_one(Notice).say(file_problem(card, self.collection.decks.errors))

    def _on_card_added(self, note: Note | None) -> None:
        if note is not None:
            self._take_up()
            self._say(_("Added: {question}").format(question=" ".join(note.question.split())))

    def _on_deleted(self, words: str) -> None:
        self.session.update_decks(self.collection.decks)
        self._ask(words)

    def _on_put_back(self, notes: Sequence[Note], words: str) -> None:
        self.session.update_decks(self.collection.decks, first=cards_of(notes[0])[0].id)
        self._ask(words)

    def _reveal(self, presentation: CardPresentation) -> None:
        self.presentation = presentation
        self.session.reveal()
        self._show_field(False)
        self.set_focus(None)
        self._show()
        self._play_by_itself()

    def _grade(self, grade: Grade) -> None:
        card, before = self.session.card, self.session.schedule
        if card is None or not self.session.is_revealed:
            return
        try:
            outcome = self.session.grade(grade, round((time.monotonic() - self.started_at) * 1000))
        except DulyError as error:
            self._say(translate(error.message))
            return
        self._ask(notice=leech_notice(card, outcome.schedule) if calls_for_notice(before, outcome.schedule) else "")

    def _do(self, do: Callable[[], ActionResult | None], words: str, nothing_done: str = "") -> None:
        """Does an action and says so; after a star, the card stays as it is shown."""
        asked_card = self.session.card
        try:
            result = do()
        except DulyError as error:
            self._say(translate(error.message))
            return
        if result is None:
            self._say(nothing_done)
        elif isinstance(result.entry, Star | Unstar) and self.session.card == asked_card:
            self._show(words.format(what=self._description(result)), from_top=False)
        else:
            self._ask(words.format(what=self._description(result)))

    def _is_recorded(self) -> bool:
        """Whether actions are written down; says so if they are not."""
        if self.session.is_practice:
            self._say(_("This is practice: nothing is written down."))
        return not self.session.is_practice

    def _after_summary(self, choice: Next | None) -> None:
        self.is_over = False
        if choice is Next.UNDO:
            self.action_undo()
        elif choice is Next.CONTINUE:
            self._ask()
        else:
            self.dismiss(choice is Next.AHEAD)
