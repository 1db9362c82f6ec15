"""Notes that are there already but otherwise elsewhere: where they are, and how they are brought up to date."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from duly.cards import Note, NoteId
from duly.cards.values import Value
from duly.cli.excerpt import visible
from duly.errors import DulyError
from duly.i18n import counted
from duly.place import Place, legible
from duly.problem import Problem

NAMED = 5
"""How many notes are named."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A note of a deck file, and the values by key that it has elsewhere; empty ones for keys that it has only here."""

    note: Note
    changes: Mapping[str, Value]

    def __str__(self) -> str:
        """Where it is, and in what it differs."""
        place = visible(str(self.note.place))
        return f"{place} ({', '.join(self.changes)})" if self.changes else place

    def as_json(self) -> dict[str, object]:
        """The same for programs, with its id."""
        place = self.note.place
        where = {"file": legible(place.file), "line": place.line} if place else {}
        return {"id": self.note.id, **where, "keys": list(self.changes)}


def _named(differences: Sequence[Difference]) -> str:
    """The first of them, in one line."""
    return ", ".join(map(str, differences[:NAMED])) + (" …" if len(differences) > NAMED else "")


def revised(differences: Iterable[Difference]) -> tuple[set[NoteId], list[Problem]]:
    """Brings the notes up to date in their files; gives which were, and why others were not."""
    from duly.deckfile.revise import revise

    files: dict[Path, dict[NoteId, Mapping[str, Value]]] = defaultdict(dict)
    for one in differences:
        if one.note.place is not None:
            files[one.note.place.file][one.note.id] = one.changes
    done: set[NoteId] = set()
    problems: list[Problem] = []
    for file, changes in files.items():
        try:
            found = revise(file, changes)
            done |= found.notes
            problems += found.problems
        except DulyError as error:
            problems.append(Problem(Place(file), "not-revised", error.said))
    return done, problems


def tell_differing(found: Sequence[Difference]) -> None:
    """Says which notes are otherwise in a text in which they were met again."""
    if found:
        said = counted(
            "{n} of them reads otherwise in the text and stays as it is here; --update takes over what the text says",
            "{n} of them read otherwise in the text and stay as they are here; --update takes over what the text says",
            len(found),
        )
        click.echo(f"  {said}: {_named(found)}")


def tell_updated(done: Sequence[Difference], reworded: Sequence[Difference]) -> None:
    """Says which notes were brought up to date, and which were not because they had been reworded in their files."""
    if done:
        said = counted("{n} of them was brought up to date", "{n} of them were brought up to date", len(done))
        click.echo(f"  {said}: {_named(done)}")
    if reworded:
        said = counted(
            "{n} of them was reworded here and stays as it is; --update --force takes over what the text says",
            "{n} of them were reworded here and stay as they are; --update --force takes over what the text says",
            len(reworded),
        )
        click.echo(f"  {said}: {_named(reworded)}")
