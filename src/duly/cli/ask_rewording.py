"""Asking whether a new question is an old one in other words."""

import sys
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Protocol

import click

from duly.cards import Note
from duly.cli.common import entered
from duly.cli.excerpt import visible
from duly.cli.problems import show
from duly.i18n import _
from duly.study.rewording import Rewording, as_problem, restore

ANSWERS = {"y": True, "yes": True, "是": True, "n": False, "no": False, "否": False, "": None}


class Read(Protocol):
    """What was read from deck files."""

    @property
    def notes(self) -> tuple[Note, ...]: ...
    @property
    def kept_out(self) -> tuple[Note, ...]: ...


def exported_before(read: Read, paths: Iterable[Path], target: Path | None = None) -> tuple[Rewording, ...]:
    """The questions in `paths` that were exported in other words, and would be second notes in Anki.

    `target` is the package that is about to be made. Raises `DulyError` if the memory of exports cannot be used.
    """
    from duly.anki.rewording import rewordings
    from duly.locations import exports_file

    kept_out = {note.id for note in read.kept_out}
    found = rewordings(read.notes, paths, exports_file(), kept_out=kept_out, target=target)
    return tuple(Rewording(old, note) for old, note in found)


def exported_too(read: Read, paths: Iterable[Path], learned: Sequence[Rewording]) -> list[Rewording]:
    """Those of `exported_before` that are not among those that were `learned`. Raises `DulyError` as that does."""
    settled = {each for one in learned for each in (one.note.id, one.old.id)}
    return [one for one in exported_before(read, paths) if not settled & {one.note.id, one.old.id}]


def settle(
    found: Iterable[Rewording], keep: bool | None = None, part: Callable[[Rewording], None] = lambda _: None
) -> list[Rewording]:
    """Has it decided whether each keeps its progress, or does as `keep` says; `part` is told of those that do not.

    Gives those of which it was not decided, and tells what is to be done about them.
    """
    from duly.deckfile.source import with_lines

    undecided = []
    for one in found:
        match ask(one) if keep is None and sys.stdin.isatty() else keep:
            case True:
                restore(one)
                click.echo(kept(one.note))
            case False:
                part(one)
            case None:
                undecided.append(one)
                show(with_lines([as_problem(one)]), err=True)
    return undecided


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
