"""Asking whether a new question is an old one in other words."""

import unicodedata

import click

from duly.cards import Note
from duly.cli.common import entered
from duly.cli.excerpt import visible
from duly.i18n import _
from duly.study.rewording import Rewording

ANSWERS = {"y": True, "yes": True, "是": True, "n": False, "no": False, "否": False, "": None}


def ask(rewording: Rewording) -> bool | None:
    """Whether the new question keeps the progress of the old one; None for later, and where the input ends."""
    click.echo(
        _("{place}: this question seems to have been reworded.").format(place=visible(str(rewording.note.place)))
    )
    click.echo(_("  was: {question}").format(question=one_line(rewording.old.question)))
    click.echo(_("  now: {question}").format(question=one_line(rewording.note.question)))
    while True:
        given = entered(_("Keep its progress? (y yes, n no, Enter later): "))
        answer = unicodedata.normalize("NFKC", given or "").casefold()
        if answer in ANSWERS:
            return ANSWERS[answer]


def kept(note: Note) -> str:
    """What is said once the old id stands beside the question."""
    return _("{place}: progress kept").format(place=visible(str(note.place)))


def one_line(text: str) -> str:
    """A text in one line that no terminal acts on."""
    return visible(" ".join(text.split()))
