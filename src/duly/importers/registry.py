"""Every format there is, and the choice among them."""

from collections.abc import Callable
from pathlib import Path

from duly.importers import qa, table
from duly.importers.importer import Imported, Importer, Wish, Wishes
from duly.message import message


def _without_wishes(read: Callable[[Path, str], Imported]) -> Callable[[Path, str, Wishes], Imported]:
    return lambda path, text, _: read(path, text)


IMPORTERS = (
    Importer("csv", message("a table"), table.accepts, table.read, heeds=(Wish.MAP,)),
    Importer("qa", message("questions and answers"), qa.accepts, _without_wishes(qa.read)),
)
"""In the order in which they are asked; a new format is a new file and a line here."""


def importer_for(path: Path, text: str) -> Importer | None:
    """The first importer that accepts the text; None if there is none."""
    return next((importer for importer in IMPORTERS if importer.accepts(path, text)), None)


def importer_named(name: str) -> Importer:
    """The importer of this name; it must be one of those there are."""
    return next(importer for importer in IMPORTERS if importer.name == name)
