"""The part of ``duly import`` that reads texts: which format, in which encoding, and what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click

from duly.cards import CardId
from duly.cards.card import faces
from duly.cli.excerpt import visible
from duly.cli.problems import show
from duly.exchange.target import Filing
from duly.i18n import _, said
from duly.importers.importer import Imported, Importer, Wishes
from duly.importers.lookup import Lookup
from duly.importers.shared import Shared
from duly.message import message
from duly.place import Place, legible
from duly.problem import Problem, Severity
from duly.scheduling.elsewhere import Planned


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read a text: its format and encoding, "" where they are to be found; what else was said of it."""

    format: str = ""
    encoding: str = ""
    wishes: Wishes = field(default_factory=Wishes)


NOTHING_FOUND = ("no-questions", "no-cards")
"""The problems of a text that nobody took for cards."""
NOT_PLACED = "not-placed"
"""The problem of what stands beside the cards of a text."""


@dataclass(slots=True)
class TextImport:
    """Imports texts: those that a person named, or those below the folder that `lookup` names.

    Of the latter `left_out` counts what belongs to no card, for prose is no mistake there; formats and wishes need not
    fit each of them. `planned` has the schedules that they have of cards in the folder.
    """

    filing: Filing
    reading: Reading
    lookup: Lookup = field(default_factory=Lookup)
    left_out: int = 0
    planned: dict[CardId, Planned] = field(default_factory=dict)
    _shared: Shared = field(init=False)

    def __post_init__(self) -> None:
        self._shared = Shared(self.lookup)

    @property
    def is_named(self) -> bool:
        """Whether a person named each text itself."""
        return self.lookup.named is None

    def take(self, file: Path) -> list[Problem]:
        """Imports one text and says what it did; returns why anything could not be."""
        from duly.importers.decoding import Decoded, read_text

        decoded = read_text(file, self.reading.encoding)
        if not isinstance(decoded, Decoded):
            return [decoded]
        importer = self._importer(file, decoded.text)
        if isinstance(importer, Problem):
            return [importer]
        told = importer.read(Path(legible(file)), decoded.text, self.reading.wishes)
        imported, paths = self._shared.applied(told, file, len(self.lookup.levels(file)) - 1)
        errors = [problem for problem in imported.problems if problem.severity is Severity.ERROR]
        is_empty = not imported.notes and not errors and bool(self.reading.format or not imported.problems)
        if is_empty and not self.is_named:
            return [_nothing(file, importer)]
        click.echo(_said(file, importer, decoded.encoding))
        if errors:
            return errors
        self._tell(imported.problems)
        return [_nothing(file, importer)] if is_empty else self._filed(file, decoded.text, imported, paths)

    def _importer(self, file: Path, text: str) -> Importer | Problem:
        """The importer that was named, or the first one that takes the text; or why there is none."""
        from duly.importers.registry import importer_for, importer_named

        named = self.reading.format
        importer = importer_named(named) if named else importer_for(file, text, loose=self.is_named)
        if importer is None:
            said_of_it = message(
                "no question was found here; begin one with Q: or 问：, or name the format with --format"
            )
            return Problem(Place(file), "no-questions", said_of_it)
        unheard = [wish for wish in self.reading.wishes.made if wish not in importer.heeds]
        if unheard and self.is_named:
            said_of_it = message(
                "--{option} says nothing about {format}; leave it out, or name another --format",
                option=unheard[0],
                format=importer.about,
            )
            return Problem(Place(file), "option", said_of_it)
        return importer

    def _tell(self, problems: Sequence[Problem]) -> None:
        from duly.importers.qa import OTHER_CARD

        if self.reading.format:  # whoever names it knows of no other
            problems = [problem for problem in problems if problem.kind != OTHER_CARD]
        told = [problem for problem in problems if self.is_named or problem.kind != NOT_PLACED]
        self.left_out += len(problems) - len(told)
        show(told, err=True)

    def _filed(self, file: Path, text: str, imported: Imported, paths: Mapping[str, str]) -> list[Problem]:
        """Adds the notes to deck files; those of the text's own deck to one whose path is like its path.

        `paths` has, for a path in a note that is another one in the text, that one.
        """
        from duly.importers.lines import LINE_END
        from duly.importers.media import Carrier

        levels = self.lookup.levels(file)
        if imported.is_part:
            levels = levels[:-1] or (imported.deck,)
        lines = LINE_END.split(text)
        carry = Carrier(file, lines, self.filing.folder, self.lookup, paths).carry
        problems = self.filing.file(imported, levels, lines=lines, carry=carry)
        for card, planned in imported.planned.items():
            there = self.filing.known.get(card.note)
            if there is not None and card.face in faces(there):
                self.planned.setdefault(CardId(there.id, card.face), planned)
        return problems


def _nothing(file: Path, importer: Importer) -> Problem:
    return Problem(
        Place(file),
        "no-cards",
        message("no card was found here, read as {format}; name another format with --format", format=importer.about),
    )


def _said(file: Path, importer: Importer, encoding: str) -> str:
    """How the text was read: ``notes.csv: read as a table (csv)``, with its encoding if that is not UTF-8."""
    names = importer.name if encoding == "utf-8" else f"{importer.name}, {encoding.upper()}"
    return _("{file}: read as {format} ({names})").format(
        file=visible(str(file)), format=said(importer.about), names=names
    )
