"""The interface of importers: recognition of a text, options, and the result of reading."""

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


class Confidence(IntEnum):
    """How certain it is that a text has a format. A format that is only POSSIBLE must be named to be used."""

    NONE = 0
    POSSIBLE = 1
    PLAUSIBLE = 2
    LIKELY = 3
    CLEAR = 4
    CERTAIN = 5


class Recognition(NamedTuple):
    """The confidence that a text has a format, and the numbers of the lines that indicate it."""

    confidence: Confidence = Confidence.NONE
    lines: tuple[int, ...] = ()


class Option(StrEnum):
    """The options of formats on the command line; each format accepts some of them."""

    MAP = "map"
    CLOZE = "cloze"
    SEPARATOR = "separator"
    BETWEEN = "between"


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """Options given by a person or by the settings of a vault.

    `columns`: by the key of a field, the names of columns of a table, or their numbers from 1. `clozes`: further signs
    around hidden text, from `duly.importers.obsidian_text.CLOZES`. `separators`: the signs between question and answer
    on a line; `two_way_separators`: those of cards asked both ways; `multiline`: the lines between question and answer;
    `end_marker` ends a card of several lines. `tags` mark the notes of a vault that have cards. In a list of terms,
    `term_separator` separates term and definition, `card_separator` one card from the next.
    """

    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    clozes: tuple[str, ...] = ()
    separators: tuple[str, ...] = ()
    two_way_separators: tuple[str, ...] = ()
    multiline: tuple[str, str] = ("?", "??")
    end_marker: str = ""
    tags: tuple[str, ...] = ("#flashcards",)
    term_separator: str = ""
    card_separator: str = ""

    @property
    def given_options(self) -> tuple[Option, ...]:
        """The options that have a value."""
        values = {
            Option.MAP: self.columns,
            Option.CLOZE: self.clozes,
            Option.SEPARATOR: self.separators or self.two_way_separators,
            Option.BETWEEN: self.term_separator or self.card_separator,
        }
        return tuple(option for option, value in values.items() if value)


@dataclass(frozen=True, slots=True)
class ImportedText:
    """The notes of a text in order, each id once; its problems sorted by place; its title or "".

    The problems include the passages `left_out` according to `account`. `deck` is the deck of the text; its notes may
    have other decks. With `is_part`, the deck is named after the folder, for all texts in it. `schedules` has the
    schedules of cards in the text.
    """

    notes: tuple[Note, ...]
    problems: tuple[Problem, ...]
    title: str
    deck: DeckName
    account: LineAccount
    left_out: tuple[Problem, ...] = ()
    is_part: bool = False
    schedules: Mapping[CardId, ForeignSchedule] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Importer:
    """One format: its name and description, and functions that recognise and read a text.

    In a folder, files with these `endings` are tried. A `loose` format accepts nearly any text, so it must be named
    for folders.

    The functions get the path, which they do not open, and the text without byte order mark, its line ends unchanged.
    """

    name: str
    description: Message
    recognise: Callable[[Path, str], Recognition]
    read: Callable[[Path, str, ImportOptions], ImportedText]
    endings: tuple[str, ...]
    options: tuple[Option, ...] = ()
    loose: bool = False
