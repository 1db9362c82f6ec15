"""The quiz line by line: for screen readers, pipes and terminals that can draw no screen."""

import shutil
import time
from collections.abc import Sequence

import click

from duly.cards import Card
from duly.cards.answer import compared
from duly.cards.kinds import Choice, Typed
from duly.cli.common import entered
from duly.cli.reworded import ask
from duly.errors import DulyError
from duly.i18n import _, counted, said
from duly.markup.lines import Line, text
from duly.scheduling.grade import BUTTONS, Grade
from duly.study.desk import Desk
from duly.study.options import shuffled
from duly.study.rewording import Rewording
from duly.study.session import Session
from duly.study.suggestion import suggested
from duly.tui.showing import Showing, answer_lines, one_line, question_lines, typed_answer
from duly.tui.words import grade_name, leads


def quiz(desk: Desk) -> None:
    """Asks until today is done or the input ends. Warns first of cards that could not be read."""
    for problem in desk.decks.errors:
        click.echo(f"{problem.place}: {said(problem.message)}", err=True)
    for one in desk.rewordings():
        _settle(desk, one)
    session = desk.session()
    while session.card is not None:
        if not _ask(session, desk.settings.width):
            break
    sums = session.summary()
    click.echo()
    click.echo(counted("{n} answer today.", "{n} answers today.", sums.answers))
    if session.card is not None:
        click.echo(counted("{n} card is left for today.", "{n} cards are left for today.", len(session.queue)))


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
    options = shuffled(kind, card.id, session.showing) if isinstance(kind, Choice) else ()
    showing = Showing(card, options)
    began = time.monotonic()
    now = session.progress
    click.echo(f"\n[{now.done + 1}/{now.total}] {card.note.deck}")
    if not session.revealed:
        _print(question_lines(showing, width))
        prompt = _("Your answer: ") if isinstance(kind, Typed) else _("Enter shows the answer: ")
        given = entered(_("Number of your answer: ") if options else prompt)
        if given is None or _command(given, card) == "q":
            return False
        if _command(given, card) == "u":
            return _undo(session)
        if isinstance(kind, Typed) and given:
            showing = Showing(card, comparison=compared(given, typed_answer(card)))
        elif options and given.isdecimal() and 1 <= int(given) <= len(options):
            showing = Showing(card, options, chosen=int(given) - 1)
        session.reveal()
    _print(answer_lines(showing, width))
    return _grade(session, suggested(options, showing.chosen, showing.comparison), began)


def _command(given: str, card: Card) -> str:
    """What was typed at a question, as a command. Where the answer is typed, which may be ``q``, a colon marks one."""
    if not isinstance(card.note.kind, Typed):
        return given
    return given[1:] if given.startswith(":") and given != typed_answer(card) else ""


def _grade(session: Session, best: Grade, began: float) -> bool:
    grades = {str(int(grade)): grade for grade in Grade} if session.settings.raw_grades else {
        str(number): grade for number, grade in enumerate(BUTTONS, 1)
    }  # fmt: skip
    futures, today = session.futures, session.today
    for key, grade in grades.items():
        click.echo(f"  {key} {grade_name(grade)} ({leads(futures[grade], today)})")
    while True:
        given = entered(_("Grade (Enter: {best}; u undo, s suspend, q quit): ").format(best=grade_name(best)))
        match given:
            case None | "q":
                return False
            case "u":
                return _undo(session)
            case "s":
                session.suspend()
                return True
            case _:
                grade = best if given == "" else grades.get(given)  # type: ignore[assignment]
                if grade is not None:
                    session.grade(grade, round((time.monotonic() - began) * 1000))
                    return True


def _undo(session: Session) -> bool:
    step = session.undo()
    if step is None:
        click.echo(_("There is nothing to undo."))
    else:
        card = session.known.get(step.card)
        click.echo(_("Undone: {what}").format(what=one_line(card) if card else step.card))
    return True


def _print(lines: Sequence[Line]) -> None:
    for line in lines:
        click.echo(text(line))
