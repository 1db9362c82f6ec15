"""The part of ``duly import`` that reads texts: which format, in which encoding, and what became of it."""

from dataclasses import dataclass, field
from pathlib import Path

import click

from duly.cli.excerpt import visible
from duly.cli.filing import file_notes
from duly.cli.problems import show
from duly.i18n import _, said
from duly.importers.importer import Importer, Wishes
from duly.message import message
from duly.place import Place
from duly.problem import Problem, Severity


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read a text: its format and encoding, "" where they are to be found; what else was said of it."""

    format: str = ""
    encoding: str = ""
    wishes: Wishes = field(default_factory=Wishes)


def import_text(file: Path, folder: Path, reading: Reading) -> list[Problem]:
    """Imports one text and says what it did; returns why anything could not be."""
    from duly.deckfile.naming import file_below
    from duly.importers.decoding import Decoded, read_text
    from duly.importers.lines import LINE_END
    from duly.importers.media import Carrier

    decoded = read_text(file, reading.encoding)
    if not isinstance(decoded, Decoded):
        return [decoded]
    importer = _importer(file, decoded.text, reading)
    if isinstance(importer, Problem):
        return [importer]
    imported = importer.read(file, decoded.text, reading.wishes)
    click.echo(_said(file, importer, decoded.encoding))
    if errors := [problem for problem in imported.problems if problem.severity is Severity.ERROR]:
        return errors
    show(imported.problems, err=True)
    if not imported.notes and (reading.format or not imported.problems):
        return [_nothing(file, importer)]
    own = file_below(folder, [file.stem])
    title = imported.title or ("" if own.stem == file.stem else file.stem)
    carry = Carrier(file, LINE_END.split(decoded.text)).carry
    return file_notes(imported.notes, folder, own, imported.deck, title, carry=carry)


def _importer(file: Path, text: str, reading: Reading) -> Importer | Problem:
    """The importer that was named, or the first one that takes the text; or why there is none."""
    from duly.importers.registry import importer_for, importer_named

    importer = importer_named(reading.format) if reading.format else importer_for(file, text)
    if importer is None:
        said_of_it = message("no question was found here; begin one with Q: or 问：, or name the format with --format")
        return Problem(Place(file), "no-questions", said_of_it)
    if unheard := [wish for wish in reading.wishes.made if wish not in importer.heeds]:
        said_of_it = message(
            "--{option} says nothing about {format}; leave it out, or name another --format",
            option=unheard[0],
            format=importer.about,
        )
        return Problem(Place(file), "option", said_of_it)
    return importer


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
