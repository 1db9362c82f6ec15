"""Deletes cards from their files after a confirmation, and restores them."""

from collections.abc import Callable, Sequence
from typing import Any

from textual.app import App

from duly.cards import Note, cards_of
from duly.errors import DulyError
from duly.i18n import _, counted, translate
from duly.study.collection import Collection
from duly.tui.screens.select import Select

Say = Callable[[str], None]
"""Shows words to the learner."""


def ask_to_delete(
    app: App[Any], collection: Collection, notes: Sequence[Note], on_deleted: Callable[[str], None], say: Say
) -> None:
    """Asks whether to delete notes with all their cards; `on_deleted` gets a message after the deletion."""

    def on_choice(option: int | None) -> None:
        if option != 1:
            return
        try:
            collection.delete(notes)
        except DulyError as error:
            say(translate(error.message))
        else:
            on_deleted(_("Deleted; undo puts it back: {question}").format(question=_questions(notes)))

    cards = sum(len(cards_of(note)) for note in notes)
    title = counted("Delete {n} card from its file?", "Delete {n} cards from their files?", cards)
    app.push_screen(Select(title, [_("No, keep it"), _("Yes, delete it")]), on_choice)


def put_back(collection: Collection, on_done: Callable[[Sequence[Note], str], None], say: Say) -> bool:
    """Restores the notes deleted last, unless there was another action since. Returns whether that handles an undo."""
    try:
        notes = collection.put_back()
    except DulyError as error:
        say(translate(error.message))
        return True
    if notes:
        on_done(notes, _("Put back: {question}").format(question=_questions(notes)))
    return bool(notes)


def _questions(notes: Sequence[Note]) -> str:
    first_question = " ".join(notes[0].question.split())
    return first_question if len(notes) == 1 else f"{first_question} (+{len(notes) - 1})"
