"""The line by which an editor knows the schema of a deck file: a comment at its head."""

import os
import re
from pathlib import Path

from duly.cards import DeckName
from duly.deckfile.parse import parse
from duly.deckfile.source import LINE_END, Source, decoded, encoded, outgrown
from duly.deckfile.walk import LARGEST
from duly.errors import DulyError
from duly.message import message
from duly.replace import read_file, replace_file

POINTS = re.compile(r"^# yaml-language-server:", re.MULTILINE)


def modeline(schema: Path, file: Path) -> str:
    """The line for `file`; the path to the schema is relative to the file's folder where there is such a path."""
    try:
        way = Path(os.path.relpath(schema.absolute(), file.absolute().parent)).as_posix()
    except ValueError:  # another drive
        way = schema.absolute().as_uri()
    return f"# yaml-language-server: $schema={way}"


def point(file: Path, schema: Path) -> bool:
    """Writes the line at the head of a deck file that has none, and says whether it did. Every other byte stays.

    One that is no text is left to `check`. Raises `DulyError`, with the file as it was, if it cannot be read or written
    or another program changed it.
    """
    old = read_file(file, LARGEST + 1)
    source = decoded(file, old)
    if not isinstance(source, Source) or POINTS.search(source.text):
        return False
    found = LINE_END.search(source.text)
    text = f"{modeline(schema, file)}{found[0] if found else os.linesep}{source.text}"
    if _notes(source) != _notes(Source(file, text)):
        raise DulyError(message("{file}: no line can be written at its head without harm", file=file))
    new = encoded(text, old)
    if (problem := outgrown(file, new)) is not None:
        raise DulyError(message("{place}: {problem}", place=problem.place, problem=problem.message))
    replace_file(file, old, new)
    return True


def _notes(source: Source) -> list[tuple[str, object]]:
    return [(entry.note.id, entry.note.kind) for entry in parse(source, DeckName(source.file.stem)).entries]
