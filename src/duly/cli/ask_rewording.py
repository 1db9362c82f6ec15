"""Asks whether a new question is an old one in other words."""

import sys
import unicodedata
from collections.abc import Callable, Iterable

import click

from duly.cards import Note
from duly.cli.problems import print_problems
from duly.cli.safe_text import one_line, visible
from duly.cli.shared_options import prompt_line
from duly.i18n import _
from duly.study.rewording import Rewording, restore, rewording_problem

ANSWERS = {"y": True, "yes": True, "是": True, "n": False, "no": False, "否": False, "": None}


def settle_rewordings(
    rewordings: Iterable[Rewording],
    keep: bool | None = None,
    separate: Callable[[Rewording], None] = lambda _: None,
    *,
    asks: bool = True,
) -> list[Rewording]:
    """Decides for each question whether it keeps its progress: as `keep` says, or asks at a terminal, or prints advice.

    `separate` is called for those that do not keep it. With `asks` off, nobody is asked. Returns the undecided ones.
    """
    from duly.deckfile.yaml.source import with_excerpts

    undecided = []
    for rewording in rewordings:
        match ask_rewording(rewording) if asks and keep is None and sys.stdin.isatty() else keep:
            case True:
                restore(rewording)
                click.echo(progress_kept_line(rewording.note))
            case False:
                separate(rewording)
            case None:
                undecided.append(rewording)
                print_problems(with_excerpts([rewording_problem(rewording)]), err=True)
    return undecided


def ask_rewording(rewording: Rewording) -> bool | None:
    """Asks whether the new question keeps the progress of the old one; None for later, or at the end of the input."""
    click.echo(
        _("{place}: this question seems to have been reworded.").format(place=visible(str(rewording.note.place)))
    )
    click.echo(_("  was: {question}").format(question=one_line(rewording.old.question)))
    click.echo(_("  now: {question}").format(question=one_line(rewording.note.question)))
    while True:
        line = prompt_line(_("Keep its progress? (y yes, n no, Enter later): "))
        answer = unicodedata.normalize("NFKC", line or "").casefold()
        if answer in ANSWERS:
            return ANSWERS[answer]


def progress_kept_line(note: Note) -> str:
    """The message that a note has got the old id, and so keeps its progress."""
    return _("{place}: progress kept").format(place=visible(str(note.place)))
