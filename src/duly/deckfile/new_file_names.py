"""The names of new deck files, which every operating system accepts."""

import re
from collections.abc import Sequence
from pathlib import Path

from duly.atomic_write import is_device
from duly.cards.deck_name import DeckName
from duly.deckfile.find import DeckFile

IN_NO_NAME = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]|[. ]+$|^[. ]+')
"""What some system refuses in file names, or removes at their end, and what would hide the file."""

LONGEST_NAME = 60
"""The maximum characters of a level of a deck's name in a path."""
MOST_BYTES = 240
"""The maximum bytes of a name on every system, with room for an ending. Shorter ones could make names the same."""


def file_for_deck(folder: Path, deck: DeckName) -> Path:
    """The default file of a deck below `folder`: that of ``ml::sparse`` is ``ml/sparse.yaml``."""
    return file_below(folder, [level[:LONGEST_NAME] for level in deck.split("::")])


def file_below(folder: Path, levels: Sequence[str]) -> Path:
    """The deck file at this path below `folder`, each name changed where some system would not accept it."""
    names = [_portable_name(level) for level in levels]
    return folder.joinpath(*names[:-1], f"{names[-1]}.yaml")


def name_to_write(file: Path, folder: Path, deck: DeckName) -> str:
    """The deck's name to be written into the file; "" if the path of the file gives it already."""
    return "" if DeckFile(file, folder).deck == deck else deck


def _portable_name(name: str) -> str:
    short = name.encode(errors="surrogatepass")[:MOST_BYTES].decode(errors="ignore")
    name = IN_NO_NAME.sub("_", short) or "_"
    if is_device(name):
        stem, dot, rest = name.partition(".")
        return f"{stem}_{dot}{rest}"
    return name
