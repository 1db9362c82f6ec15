"""The file in which a deck is written, where it has none yet."""

import re
from pathlib import Path

from duly.cards import DeckName
from duly.deckfile.find import DeckFile

IN_NO_NAME = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]|[. ]+$|^[. ]+')
"""What some system refuses in the name of a file, and what would hide it."""

LONGEST_NAME = 60


def deck_file(folder: Path, deck: DeckName) -> Path:
    """The file below `folder` in which a deck is looked for: ``ml::sparse`` in ``ml/sparse.yaml``."""
    names = [IN_NO_NAME.sub("_", level)[:LONGEST_NAME] for level in deck.split("::")]
    return folder.joinpath(*names[:-1], f"{names[-1]}.yaml")


def named_in(file: Path, folder: Path, deck: DeckName) -> str:
    """The deck's name as the file must give it; "" where the path of the file gives it already."""
    return "" if DeckFile(file, folder).deck == deck else deck
