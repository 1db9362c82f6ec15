"""The quiz line by line: for screen readers, pipes and terminals that can draw no screen."""

import shutil
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import click

from duly.cards import Card
from duly.cards.answer import compared
from duly.cards.kinds import Typed
from duly.cli.common import entered, warn_of_entries_ahead
from duly.cli.reworded import ask
from duly.errors import DulyError
from duly.i18n import _, counted, said
from duly.markup.lines import Line, text
from duly.scheduling.grade import Grade
from duly.scheduling.leech import calls_for_notice
from duly.study.desk import Desk
from duly.study.options import options_of
from duly.study.rewording import Rewording
from duly.study.session import Session
from duly.study.suggestion import suggested
from duly.tui.acts import ACTS
from duly.tui.grades import grade_keys
from duly.tui.showing import Showing, answer_lines, question_lines, typed_answer
from duly.tui.telling import leech_told, step_told
from duly.tui.words import grade_name, leads

COMMANDS: Mapping[str, str] = {
    "u": "undo", "s": "suspend", "b": "bury", "*": "star", "h": "hint", "q": "quit",
    "@": "suspend", "-": "bury", "=": "bury_note", "!": "suspend_note", "?": "help", "？": "help",
    **{word: word for word in ("undo", "suspend", "bury", "star", "hint", "help", "quit")},
}  # fmt: skip
"""What may be written instead of an answer or a grade: a word, its first letter, or the key it has on a screen."""

SIMPLER = str.maketrans({"┄": "-", "↻": "~", "·": "-", "✓": "+", "✗": "x", "•": "*", "…": "...", "“": '"', "”": '"'})
"""What stands for our own signs where a terminal cannot show them."""


def quiz(desk: Desk, begin: Callable[[], Session]) -> None:
    """Asks what `begin` makes, until it is done or the input ends. Warns first of cards that could not be read."""
    for problem in desk.decks.errors:
        click.echo(f"{problem.place}: {said(problem.message)}", err=True)
    warn_of_entries_ahead(desk.clock)
    for one in desk.rewordings():
        _settle(desk, one)
    session = begin()
    if session.practice:
        _say(_("This is practice: nothing is written down."))
    if session.card is not None:
        _explain()
    else:
        _say(_("Nothing is left here for today."))
    while session.card is not None:
        if not _ask(session, desk.settings.width):
            break
    sums = session.summary()
    click.echo()
    _say(counted("{n} answer today.", "{n} answers today.", sums.answers))
    if session.card is not None:
        _say(counted("{n} card is left for today.", "{n} cards are left for today.", len(session.queue)))
    session.close()


def _explain() -> None:
    """The words that may be written."""
    _say(_("Instead of an answer or a grade, type undo, suspend, bury, star, hint or quit (u, s, b, *, h, q)."))
    _say(_("Where an answer is typed, put a colon in front. “help” shows this again."))


def _settle(desk: Desk, rewording: Rewording) -> None:
    """Has it decided whether a reworded question keeps its progress."""
    keep = ask(rewording)
    if keep is None:
        return
    try:
        desk.settle(rewording, keep=keep)
    except DulyError as error:
        click.echo(said(error.said), err=True)


def _ask(session: Session, widest: int) -> bool:
    """One card: question, answer, grade. False when the learner wants to stop."""
    card = session.card
    assert card is not None
    kind = card.note.kind
    width = max(min(widest, shutil.get_terminal_size().columns - 1), 20)
    options = options_of(card, session.showing)
    showing = Showing(card, options)
    began = time.monotonic()
    now = session.progress
    star = "* " if session.schedule.starred else ""
    _say(f"\n[{now.done + 1}/{now.total}] {star}{card.note.deck}")
    if not session.revealed:
        _print(question_lines(showing, width))
        given, command = _given(showing, width)
        if command:
            return _obey(command, session)
        if isinstance(kind, Typed) and given:
            showing = Showing(card, comparison=compared(given, typed_answer(card)))
        elif options and given.isdecimal() and 1 <= int(given) <= len(options):
            showing = Showing(card, options, chosen=int(given) - 1)
        session.reveal()
    _print(answer_lines(showing, width))
    return _grade(session, suggested(options, showing.chosen, showing.comparison), began)


def _given(showing: Showing, width: int) -> tuple[str, str]:
    """What was written at the question, and the command that it is; "" where it is none. Hints and help come first."""
    card = showing.card
    prompt = _("Your answer: ") if isinstance(card.note.kind, Typed) else _("Press Enter to show the answer: ")
    while True:
        given = entered(_("Number of your answer: ") if showing.options else prompt)
        if given is None:
            return "", "quit"
        command = _command(given, card)
        if command == "help":
            _explain()
        elif command != "hint":
            return given, command
        elif card.note.hint:
            _print(question_lines(replace(showing, hint=True), width))
        else:
            _say(_("There is no hint."))


def _command(given: str, card: Card) -> str:
    """What was written at a question, as a command; "" if it is none.

    Where the answer is typed, which may be ``q``, a colon marks a command.
    """
    if not isinstance(card.note.kind, Typed):
        return COMMANDS.get(given, "")
    return COMMANDS.get(given[1:], "") if given.startswith(":") and given != typed_answer(card) else ""


def _grade(session: Session, best: Grade, began: float) -> bool:
    card, before = session.card, session.schedule
    assert card is not None
    grades = grade_keys(session.settings)
    futures, today = session.futures, session.today
    for key, grade in grades.items():
        leading = "" if session.practice else f" ({leads(futures[grade], today)})"
        _say(f"  {key} {grade_name(grade)}{leading}")
    while True:
        given = entered(_("Grade (Enter: {best}): ").format(best=grade_name(best)))
        if given is None:
            return False
        chosen = best if given == "" else grades.get(given)
        if chosen is not None:
            after = session.grade(chosen, round((time.monotonic() - began) * 1000)).schedule
            if calls_for_notice(before, after):
                _say(leech_told(card, after))
            return True
        command = COMMANDS.get(given, "")
        if command == "help":
            _explain()
        elif command and command != "hint":
            return _obey(command, session)


def _obey(command: str, session: Session) -> bool:
    """Does what was asked for besides answering, and says what was done. False when the learner wants to stop."""
    if command == "quit":
        return False
    if command == "undo":
        step = session.undo()
        told = (
            _("Undone: {what}").format(what=step_told(step, session.known)) if step else _("There is nothing to undo.")
        )
        _say(told)
    elif session.practice:
        _say(_("This is practice: nothing is written down."))
    elif step := ACTS[command](session):
        _say(step_told(step, session.known))
    return True


def _print(lines: Sequence[Line]) -> None:
    for line in lines:
        _say(text(line))


def _say(words: str) -> None:
    click.echo(_shown(words))


def _shown(words: str) -> str:
    """The words, with simpler signs where the output cannot have ours."""
    try:
        words.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return words.translate(SIMPLER)
    return words
