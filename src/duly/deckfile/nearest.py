"""The decks that are meant where none are named: those in ``cards``, in this folder, or in ``cards`` further up."""

import re
from collections.abc import Iterator
from pathlib import Path

from duly.deckfile.walk import ENDINGS

FOLDER = "cards"
BEGINNING = 20_000
"""How many bytes of a file are looked at."""

_DECK = re.compile(rb"^\s*(?:-\s+)?(?:\{\s*)?(?:q|cloze)\s*:", re.MULTILINE)
"""The question of a card: ``- q: What?``, ``- {q: What?`` or, where another key comes first, ``  q: What?``."""


def nearest_decks(here: Path, home: Path) -> tuple[Path, ...]:
    """``cards`` of this folder, the deck files in it, or ``cards`` of a folder around it. Nothing if there are none.

    Within ``cards`` the whole of it is meant, by which decks have their names. Folders around this one are looked at up
    to the home folder, and outside of it up to that of the repository.
    """
    if (here / FOLDER).is_dir():
        return (here / FOLDER,)
    above = next((folder / FOLDER for folder in _around(here, home) if (folder / FOLDER).is_dir()), None)
    beside = tuple(sorted(_decks_in(here)))
    if above and (not beside or here.is_relative_to(above)):
        return (above,)
    return beside


def _around(here: Path, home: Path) -> list[Path]:
    repository = next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), here)
    top = home if here.is_relative_to(home) else repository
    return [folder for folder in here.parents if folder.is_relative_to(top)]


def _decks_in(folder: Path) -> Iterator[Path]:
    """The files of a folder that look like decks; other YAML is left alone."""
    for file in folder.iterdir():
        if file.suffix.lower() in ENDINGS and not file.name.startswith(".") and file.is_file():
            with file.open("rb") as stream:
                if _DECK.search(stream.read(BEGINNING)):
                    yield file
