"""The names of new deck files, which every operating system accepts."""

import re
from collections.abc import Sequence
from pathlib import Path

from duly.atomic_write import is_device
from duly.cards.deck_name import DeckName
from duly.deckfile.find import DeckFile

FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]|[. ]+$|^[. ]+')
"""Characters that some system refuses in file names or strips: ``C/C++?``, ``etc.``; and dots that hide the file."""

LONGEST_NAME = 60
"""The maximum characters of a level of a deck's name in a path."""
MOST_BYTES = 240
"""The maximum bytes of a name that every system accepts, with room for an ending."""


def file_for_deck(folder: Path, deck: DeckName) -> Path:
    """The default file of a deck below `folder`: ``ml/sparse.yaml`` for ``ml::sparse``."""
    return file_below(folder, [level[:LONGEST_NAME] for level in deck.split("::")])


def file_below(folder: Path, levels: Sequence[str]) -> Path:
    """The deck file at this path below `folder`, with every name changed that some system would not accept."""
    names = [_portable_name(level) for level in levels]
    return folder.joinpath(*names[:-1], f"{names[-1]}.yaml")


def name_to_write(file: Path, folder: Path, deck: DeckName) -> str:
    """The deck's name to write into the file; "" if it follows from the path of the file."""
    return "" if DeckFile(file, folder).deck == deck else deck


def _portable_name(name: str) -> str:
    short_name = name.encode(errors="surrogatepass")[:MOST_BYTES].decode(errors="ignore")
    name = FORBIDDEN.sub("_", short_name) or "_"
    if is_device(name):
        stem, dot, ending = name.partition(".")
        return f"{stem}_{dot}{ending}"
    return name
