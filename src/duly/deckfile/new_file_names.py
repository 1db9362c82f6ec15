"""The names of new deck files, which every operating system accepts."""

import re
from collections.abc import Sequence
from pathlib import Path

from duly.atomic_write import is_device
from duly.cards.deck_name import DeckName
from duly.deckfile.find import DeckFile

IN_NO_NAME = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]|[. ]+$|^[. ]+')
"""What some system refuses in the name of a file, or drops from its end, and what would hide it."""

LONGEST_NAME = 60
"""How many characters of a level of a deck's name go into a path."""
MOST_BYTES = 240
"""What every system takes as a name, with an ending. No fewer, for long names that are cut may become the same."""


def file_for_deck(folder: Path, deck: DeckName) -> Path:
    """The file below `folder` in which a deck is looked for: ``ml::sparse`` in ``ml/sparse.yaml``."""
    return file_below(folder, [level[:LONGEST_NAME] for level in deck.split("::")])


def file_below(folder: Path, levels: Sequence[str]) -> Path:
    """The deck file whose path below `folder` has these names, each changed where some system would not take it."""
    names = [_portable_name(level) for level in levels]
    return folder.joinpath(*names[:-1], f"{names[-1]}.yaml")


def name_to_write(file: Path, folder: Path, deck: DeckName) -> str:
    """The deck's name as the file must give it; "" where the path of the file gives it already."""
    return "" if DeckFile(file, folder).deck == deck else deck


def _portable_name(name: str) -> str:
    short = name.encode(errors="surrogatepass")[:MOST_BYTES].decode(errors="ignore")
    name = IN_NO_NAME.sub("_", short) or "_"
    if is_device(name):
        stem, dot, rest = name.partition(".")
        return f"{stem}_{dot}{rest}"
    return name
