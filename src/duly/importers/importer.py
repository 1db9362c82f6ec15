"""What an importer is: how sure it is of a text, what a person may tell it, and what it reads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from pathlib import Path
from typing import NamedTuple

from duly.cards import CardId, DeckName, Note
from duly.importers.line_account import LineAccount
from duly.message import Message
from duly.problem import Problem
from duly.scheduling.foreign_progress import ForeignSchedule


class Sureness(IntEnum):
    """How certain it is that a text has a format. A format that is only POSSIBLE is not used unless named."""

    NONE = 0
    POSSIBLE = 1
    PLAUSIBLE = 2
    LIKELY = 3
    CLEAR = 4
    CERTAIN = 5


class Recognition(NamedTuple):
    """How sure a format is of a text, and the numbers of the lines that indicate it."""

    sureness: Sureness = Sureness.NONE
    lines: tuple[int, ...] = ()


class Option(StrEnum):
    """The options of formats on the command line; each format has some of them."""

    MAP = "map"
    CLOZE = "cloze"
    SEPARATOR = "separator"
    BETWEEN = "between"


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """Options given by a person or by the settings of a vault.

    `columns`: for the key of a field, the names of columns of a table, or their numbers from 1. `clozes`: further signs
    around hidden text, of those that `duly.importers.obsidian_text` lists. `separators`: the signs between question and
    answer on a line, `separators_both` those that are asked both ways, `multiline` those between lines; `end_marker`
    ends a card of several lines. `tags` mark the notes of a vault that have cards. In a list of terms,
    `between` separates term and definition, `after` one card from the next.
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
    """The notes of a text in order, each id once; its problems sorted by place; its title or "".

    The problems include all that was `left_out`, according to `account`.

    `deck` is the deck of the text as a whole; notes may have other decks. With `is_part`, that deck is the folder of
    the text, for all texts in it. `planned` has the schedules of cards in the text.
    """

    notes: tuple[Note, ...]
    problems: tuple[Problem, ...]
    title: str
    deck: DeckName
    account: LineAccount
    left_out: tuple[Problem, ...] = ()
    is_part: bool = False
    planned: Mapping[CardId, ForeignSchedule] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Importer:
    """One format: its name, what it is, how sure it is of a text, and how to read it.

    `endings` are those of the files that are tried in a folder. A `loose` format accepts nearly any text, so for
    folders it must be named.

    The functions get the path, which they do not open, and the text, without byte order mark, with its own line ends.
    """

    name: str
    about: Message
    recognise: Callable[[Path, str], Recognition]
    read: Callable[[Path, str, ImportOptions], Imported]
    endings: tuple[str, ...]
    options: tuple[Option, ...] = ()
    loose: bool = False
