"""Every format there is, and the choice among them."""

from collections.abc import Callable
from pathlib import Path

from duly.importers import gocard, hashcards, jsonl, obsidian, outline, qa, table
from duly.importers.importer import Imported, Importer, Wish, Wishes
from duly.message import message


def _without_wishes(read: Callable[[Path, str], Imported]) -> Callable[[Path, str, Wishes], Imported]:
    return lambda path, text, _: read(path, text)


MARKDOWN = (".md", ".markdown")
TEXTS = (".txt", ".text", *MARKDOWN)

IMPORTERS = (
    Importer("jsonl", message("JSON Lines"), jsonl.accepts, _without_wishes(jsonl.read), jsonl.ENDINGS),
    Importer("csv", message("a table"), table.accepts, table.read, (*table.ENDINGS, ".txt"), heeds=(Wish.MAP,)),
    Importer("gocard", message("a file of GoCard"), gocard.accepts, _without_wishes(gocard.read), MARKDOWN),
    Importer("hashcards", message("cards of hashcards"), hashcards.accepts, _without_wishes(hashcards.read), MARKDOWN),
    Importer("repeater", message("cards of repeater"), hashcards.accepts, _without_wishes(hashcards.read), MARKDOWN),
    Importer("obsidian", message("a note of Obsidian"), obsidian.accepts, obsidian.read, MARKDOWN, heeds=(Wish.CLOZE,)),
    Importer("qa", message("questions and answers"), qa.accepts, _without_wishes(qa.read), TEXTS),
    Importer(
        "outline", message("headings and lists"), outline.accepts, _without_wishes(outline.read), TEXTS, loose=True
    ),
)
"""In the order in which they are asked, the surest signs first; a new format is a new file and a line here."""

DECK_FILES = (".yaml", ".yml")


def importer_for(path: Path, text: str, *, loose: bool = True) -> Importer | None:
    """The first importer that accepts the text; None if there is none, or the text is a deck file.

    With `loose` off, those that take nearly any text for cards are not asked.
    """
    if path.suffix.lower() in DECK_FILES:
        return None
    asked = (importer for importer in IMPORTERS if loose or not importer.loose)
    return next((importer for importer in asked if importer.accepts(path, text)), None)


def endings_of(name: str = "") -> tuple[str, ...]:
    """The endings of the files below a folder that the importer of this name reads, or any, if none is named."""
    return tuple({ending: None for importer in IMPORTERS if name in ("", importer.name) for ending in importer.endings})


def importer_named(name: str) -> Importer:
    """The importer of this name; it must be one of those there are."""
    return next(importer for importer in IMPORTERS if importer.name == name)
