"""Writing a new card: a question and an answer, added to a deck file with an id."""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from duly.cards import Note
from duly.errors import DulyError
from duly.i18n import _, translate
from duly.problem import legible
from duly.study.authoring import Draft
from duly.tui.keys import bind
from duly.tui.widgets.top_line import TopLine
from duly.tui.widgets.wrapped_text import WrappedText


class NewCard(ModalScreen[Note | None]):
    """A form for question and answer; `write` adds the card to `file`. The result is the new note, None for none.

    The message of a `DulyError` from `write` is shown in the form, which stays open.
    """

    CSS_PATH = "new_card.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("ctrl+s", "save", "Save the card", "new_card.save"),
        bind("ctrl+underscore", "undo", "Undo what was typed", "new_card.undo"),
        bind("escape", "close", "Close", "new_card.close"),
    ]

    def __init__(self, file: Path, write: Callable[[Draft], Note]) -> None:
        super().__init__()
        self.file = file
        self.write = write
        self.has_warned = False

    def compose(self) -> ComposeResult:
        with Vertical():
            yield TopLine()
            yield Static(Content(_("Question, or a text with {{c1::a gap}}")), classes="name")
            yield TextArea(id="question", compact=True)
            yield Static(Content(_("Answer")), classes="name")
            yield TextArea(id="answer", compact=True)
            yield WrappedText(_("ctrl+s saves, tab goes on, esc closes. Both are Markdown."))

    def on_mount(self) -> None:
        line = self.query_one(TopLine)
        line.left, line.right = _("New card"), legible(self.file)

    def action_save(self) -> None:
        try:
            note = self.write(self._draft)
        except DulyError as error:
            self._say(translate(error.message))
        else:
            self.dismiss(note)

    def action_undo(self) -> None:
        if isinstance(box := self.app.focused, TextArea):
            box.undo()

    def action_close(self) -> None:
        """Closes the form; if it has text, only when the key is pressed a second time."""
        if self.has_warned or not (self._draft.question or self._draft.answer):
            self.dismiss(None)
        else:
            self.has_warned = True
            self._say(_("The card is not saved. esc once more throws it away."))

    @property
    def _draft(self) -> Draft:
        question, answer = (self.query_one(f"#{name}", TextArea).text for name in ("question", "answer"))
        return Draft(question, answer)

    def _say(self, words: str) -> None:
        self.query_one(WrappedText).warn(words)
