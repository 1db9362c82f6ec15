"""What an importer is: how sure it is of a text, what a person may tell it, and what it reads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from pathlib import Path
from typing import NamedTuple

from duly.cards import CardId, DeckName, Note
from duly.importers.source_account import SourceAccount
from duly.message import Message
from duly.problem import Problem
from duly.scheduling.foreign_progress import ForeignSchedule


class Sureness(IntEnum):
    """From no sign at all to one that no other format has. What is only possible is not imported unless named."""

    NONE = 0
    POSSIBLE = 1
    PLAUSIBLE = 2
    LIKELY = 3
    CLEAR = 4
    CERTAIN = 5


class Recognition(NamedTuple):
    """How sure a format is, and the numbers of the lines by which it is."""

    sureness: Sureness = Sureness.NONE
    lines: tuple[int, ...] = ()


class Option(StrEnum):
    """What a person may say of a text, beyond naming its format; each format takes some of them."""

    MAP = "map"
    CLOZE = "cloze"
    SEPARATOR = "separator"
    BETWEEN = "between"


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What a person or the settings of a vault say.

    `columns`: for the key of a field, the names of columns of a table, or their numbers from 1. `clozes`: further signs
    around hidden text, of those that `duly.importers.obsidian_text` lists. `separators`: the signs between question and
    answer on a line, `separators_both` those that are asked both ways, `multiline` those between lines; `end_marker`
    ends a card of several lines. `tags` say which notes of a vault have cards. `between` and `after` are what parts
    term and definition in a list of terms, and one card from the next.
    """

    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    clozes: tuple[str, ...] = ()
    separators: tuple[str, ...] = ()
    separators_both: tuple[str, ...] = ()
    multiline: tuple[str, str] = ("?", "??")
    end_marker: str = ""
    tags: tuple[str, ...] = ("#flashcards",)
    between: str = ""
    after: str = ""

    @property
    def made(self) -> tuple[Option, ...]:
        """The options that were given."""
        given = {
            Option.MAP: self.columns,
            Option.CLOZE: self.clozes,
            Option.SEPARATOR: self.separators or self.separators_both,
            Option.BETWEEN: self.between or self.after,
        }
        return tuple(option for option, value in given.items() if value)


@dataclass(frozen=True, slots=True)
class Imported:
    """The notes of a text in its order, each id once; its problems by place; its title or "".

    The problems are everything that was `left_out`, as `account` has it, and whatever else is to be looked at.

    `deck` is the deck that the text as a whole would be; notes of any other one name it themselves. Where `is_part`,
    the deck is the folder that the text lies in, with all its texts. `planned`: cards that the text has a schedule of.
    """

    notes: tuple[Note, ...]
    problems: tuple[Problem, ...]
    title: str
    deck: DeckName
    account: SourceAccount
    left_out: tuple[Problem, ...] = ()
    is_part: bool = False
    planned: Mapping[CardId, ForeignSchedule] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Importer:
    """One format: its name, what it is, how sure it is of a text, and how to read it.

    `endings` are those of the files in which it is looked for below a folder. A `loose` one takes nearly any text for
    cards, so that below a folder it must be named.

    The functions take the path, which they do not open, and the text: no byte order mark, line ends as in the file.
    """

    name: str
    about: Message
    recognise: Callable[[Path, str], Recognition]
    read: Callable[[Path, str, ImportOptions], Imported]
    endings: tuple[str, ...]
    options: tuple[Option, ...] = ()
    loose: bool = False
