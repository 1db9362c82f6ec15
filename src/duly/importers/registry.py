"""Every format there is, and the choice among them."""

from pathlib import Path

from duly.importers import qa
from duly.importers.importer import Importer

IMPORTERS = (Importer("questions and answers", qa.accepts, qa.read),)
"""In the order in which they are asked; a new format is a new file and a line here."""


def importer_for(path: Path, text: str) -> Importer | None:
    """The first importer that accepts the text; None if there is none."""
    return next((importer for importer in IMPORTERS if importer.accepts(path, text)), None)
