"""The blocks of charts with their computed numbers: the terminal and the web page draw the same blocks."""

from collections.abc import Mapping
from dataclasses import dataclass

from duly.markup.terminal.styled_lines import Styles
from duly.scheduling.day import StudyDay

TITLE: Styles = ("strong",)
NOTE: Styles = ("dim",)
"""The styles of a title and of a note."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; its `styles` make it a `TITLE` or a `NOTE`."""

    text: str
    styles: Styles = ()


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar for each name and number, the longest for the largest; shares are of all numbers."""

    rows: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A named share of `number` answers that were right, beside the share that was predicted; each 0 to 1.

    `share` is None if there were no answers, `predicted_share` if nothing was predicted.
    """

    name: str
    share: float | None
    number: int
    predicted_share: float | None = None


@dataclass(frozen=True, slots=True)
class Shares:
    """A bar for each share on a track that stands for 100 %, with a mark at the predicted share."""

    rows: tuple[ShareRow, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """A column for each value, and labels below some of them, by their index."""

    values: tuple[float, ...]
    labels: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Calendar:
    """How many answers each day had, until today."""

    every_day: Mapping[StudyDay, int]
    today: StudyDay


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of words below their heads, if there are any. The first column may be long, the others are short."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Paragraph | Bars | Shares | Columns | Calendar | Table
