"""What an importer is, what it is told, and what it gives."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from duly.cards import CardId, DeckName, Note
from duly.message import Message
from duly.problem import Problem
from duly.scheduling.elsewhere import Planned


class Wish(StrEnum):
    """What a person may say of a text, beyond naming its format; some formats heed it."""

    MAP = "map"
    CLOZE = "cloze"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person said. `columns`: for the key of a field, the name of a column of a table, or its number from 1.

    `clozes`: further signs around hidden text, of those that `duly.importers.obsidian` lists.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    clozes: tuple[str, ...] = ()

    @property
    def made(self) -> tuple[Wish, ...]:
        return tuple(wish for wish, said in ((Wish.MAP, self.columns), (Wish.CLOZE, self.clozes)) if said)


@dataclass(frozen=True, slots=True)
class Imported:
    """The notes of a text in its order, each id once; what could not be placed, by place; the text's title or "".

    `deck` is the deck that the text as a whole would be; notes of any other one name it themselves. Where `is_part`,
    the deck is the folder that the text lies in, with all its texts. `planned`: cards that the text has a schedule of.
    """

    notes: tuple[Note, ...]
    problems: tuple[Problem, ...]
    title: str
    deck: DeckName
    is_part: bool = False
    planned: Mapping[CardId, Planned] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Importer:
    """One format: its name, what it is, whether a text is of it, and how to read it.

    `endings` are those of the files in which it is looked for below a folder. A `loose` one takes nearly any text for
    cards, so that below a folder it must be named.

    The functions take the path, which they do not open, and the text: no byte order mark, line ends as in the file.
    """

    name: str
    about: Message
    accepts: Callable[[Path, str], bool]
    read: Callable[[Path, str, Wishes], Imported]
    endings: tuple[str, ...]
    heeds: tuple[Wish, ...] = ()
    loose: bool = False
