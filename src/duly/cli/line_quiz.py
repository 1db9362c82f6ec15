"""The quiz line by line: for screen readers, pipes and terminals that cannot draw a screen."""

import shutil
import sys
import time
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import click

from duly.cards import Card
from duly.cards.note import Typed
from duly.cli.ask_rewording import ask_rewording
from duly.cli.safe_text import visible
from duly.cli.shared_options import prompt_line, warn_of_future_entries
from duly.errors import DulyError
from duly.i18n import _, translate
from duly.markup.terminal.styled_lines import Line, line_text
from duly.scheduling.grade import Grade
from duly.scheduling.leech import calls_for_notice
from duly.study.answer_options import shuffled_options, suggested_grade
from duly.study.collection import Collection
from duly.study.rewording import Rewording
from duly.study.session import Session
from duly.text.card_lines import CardPresentation, answer_lines, compare_typed, question_lines, typed_answer
from duly.text.day_notices import day_summary, nothing_to_ask
from duly.text.grades import grade_keys
from duly.text.review_actions import ACTIONS
from duly.text.review_notices import action_text, leech_notice
from duly.text.wording import grade_name, next_interval

COMMANDS: Mapping[str, str] = {
    "u": "undo", "s": "suspend", "b": "bury", "*": "star", "h": "hint", "q": "quit",
    "@": "suspend", "-": "bury", "=": "bury_note", "!": "suspend_note", "?": "help",
    **{word: word for word in ("undo", "suspend", "bury", "star", "hint", "help", "quit")},
}  # fmt: skip
"""What may be typed instead of an answer or a grade: a word, its first letter, or its key on the screen."""

ASCII_SIGNS = str.maketrans(
    {"┄": "-", "↻": "~", "·": "-", "✓": "+", "✗": "x", "•": "*", "…": "...", "“": '"', "”": '"'}
)
"""The replacements of our own signs on terminals that cannot show them."""


def quiz(collection: Collection, begin: Callable[[], Session]) -> None:
    """Asks the cards of the session from `begin` until it or the input ends. Warns first of cards that are invalid."""
    for problem in collection.decks.errors:
        click.echo(visible(f"{problem.place}: {translate(problem.message)}"), err=True)
    warn_of_future_entries(collection.clock)
    for rewording in collection.rewordings():
        _settle(collection, rewording)
    session = begin()
    if session.is_practice:
        _say(_("This is practice: nothing is written down."))
    if session.card is not None:
        _explain()
    else:
        _say(nothing_to_ask(session))
    while session.card is not None:
        if not _ask(session, collection.settings.width):
            break
    click.echo()
    if session.is_practice:
        _say(_("Practice is over; nothing was written down"))
    else:
        _say(day_summary(session.progress, collection.home_forecast()))
    session.close()


def _explain() -> None:
    """Explains the commands."""
    _say(_("Instead of an answer or a grade, type undo, suspend, bury, star, hint or quit (u, s, b, *, h, q)."))
    _say(_("Where an answer is typed, put a colon in front. “help” shows this again."))


def _settle(collection: Collection, rewording: Rewording) -> None:
    """Asks whether a reworded question keeps its progress."""
    keep = ask_rewording(rewording)
    if keep is None:
        return
    try:
        collection.decide_rewording(rewording, keep=keep)
    except DulyError as error:
        click.echo(visible(translate(error.message)), err=True)


def _ask(session: Session, widest: int) -> bool:
    """Asks one card: question, answer, grade. Returns False when the learner wants to stop."""
    card = session.card
    assert card is not None
    kind = card.asked_note.kind
    width = max(min(widest, shutil.get_terminal_size().columns - 1), 20)
    options = shuffled_options(card, session.shuffle_seed)
    numbers = [str(number) for number in range(1, len(options) + 1)]
    presentation = CardPresentation(card, options)
    started_at = time.monotonic()
    progress = session.progress
    star = "* " if session.schedule.starred else ""
    click.echo()
    _say(f"[{progress.done + 1}/{progress.total}] {star}{card.note.deck}")
    if not session.is_revealed:
        _print(question_lines(presentation, width))
        typed_text, command = _read_answer(presentation, width)
        if command:
            return _obey(command, session)
        if isinstance(kind, Typed) and typed_text:
            presentation = CardPresentation(card, comparison=compare_typed(card, typed_text))
        elif _half_width(typed_text) in numbers:
            presentation = CardPresentation(card, options, chosen_option=numbers.index(_half_width(typed_text)))
        session.reveal()
    _print(answer_lines(presentation, width))
    return _grade(session, suggested_grade(options, presentation.chosen_option, presentation.comparison), started_at)


def _read_answer(presentation: CardPresentation, width: int) -> tuple[str, str]:
    """The text typed at the question, and the command that it is, or "". Handles hints and help itself."""
    card = presentation.card
    prompt = _("Your answer: ") if isinstance(card.asked_note.kind, Typed) else _("Press Enter to show the answer: ")
    while True:
        typed_text = prompt_line(_("Number of your answer: ") if presentation.options else prompt)
        if typed_text is None:
            return "", "quit"
        command = _command(typed_text, card)
        if command == "help":
            _explain()
        elif command != "hint":
            return typed_text, command
        elif card.asked_note.hint:
            _print(question_lines(replace(presentation, hint=True), width))
        else:
            _say(_("There is no hint."))


def _command(typed_text: str, card: Card) -> str:
    """The command in a text typed at a question; "" if it is none.

    If the answer is typed, a colon marks a command, since the answer itself may be ``q``.
    """
    command_text = _half_width(typed_text)
    if not isinstance(card.asked_note.kind, Typed):
        return COMMANDS.get(command_text, "")
    is_answer = command_text == _half_width(typed_answer(card))
    return COMMANDS.get(command_text[1:], "") if command_text.startswith(":") and not is_answer else ""


def _half_width(typed_text: str) -> str:
    """The text without the full-width forms of an input method: ``ｑ`` becomes ``q``."""
    return unicodedata.normalize("NFKC", typed_text).strip()


def _grade(session: Session, best: Grade, started_at: float) -> bool:
    card, before = session.card, session.schedule
    assert card is not None
    grades = grade_keys(session.settings)
    futures, today = session.outcomes, session.today
    for key, grade in grades.items():
        interval_text = "" if session.is_practice else f" ({next_interval(futures[grade], today)})"
        _say(f"  {key} {grade_name(grade)}{interval_text}")
    while True:
        typed_text = prompt_line(_("Grade (Enter: {best}): ").format(best=grade_name(best)))
        if typed_text is None:
            return False
        typed_text = _half_width(typed_text)
        chosen_grade = best if typed_text == "" else grades.get(typed_text)
        if chosen_grade is not None:
            after = session.grade(chosen_grade, round((time.monotonic() - started_at) * 1000)).schedule
            if calls_for_notice(before, after):
                _say(leech_notice(card, after))
            return True
        command = COMMANDS.get(typed_text, "")
        if command == "help":
            _explain()
        elif command and command != "hint":
            return _obey(command, session)
        else:
            _say(
                _("{given} is not a grade; type one of {keys}, or Enter for the one proposed").format(
                    given=typed_text, keys=_(", ").join(grades)
                )
            )


def _obey(command: str, session: Session) -> bool:
    """Does a command and says what was done. Returns False when the learner wants to stop."""
    if command == "quit":
        return False
    if command == "undo":
        result = session.undo()
        words = (
            _("Undone: {what}").format(what=action_text(result, session.cards_by_id))
            if result
            else _("There is nothing to undo.")
        )
        _say(words)
    elif session.is_practice:
        _say(_("This is practice: nothing is written down."))
    elif result := ACTIONS[command](session):
        _say(action_text(result, session.cards_by_id))
    return True


def _print(lines: Sequence[Line]) -> None:
    for line in lines:
        _say(line_text(line))


def _say(words: str) -> None:
    click.echo(_printable(words))


def _printable(words: str) -> str:
    """The words without characters that a terminal obeys, in ASCII signs if the output cannot encode ours."""
    words = visible(words)
    try:
        words.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return words.translate(ASCII_SIGNS)
    return words
