"""Regions of a picture that are covered and asked for, each in one line: ``1 rect .1 .2 .3 .1 = left atrium``."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from duly.cards.cloze import LARGEST

COORDINATES = {"rect": 4, "ellipse": 4, "text": 2}
"""How many numbers follow a shape: left, top, width and height, or left and top alone; a polygon has its corners."""
FEWEST_CORNERS = 3

NUMBER = r"-?(?:[0-9]{1,6}(?:\.[0-9]{0,12})?|\.[0-9]{1,12})"
"""A share, of twelve decimals at most."""
REGION = (
    rf"^\s*([0-9]{{1,3}})\s+(rect|ellipse|polygon|text)((?:\s+{NUMBER}(?:,{NUMBER})?)+)"
    r"((?:\s+[A-Za-z]+=[^\s=]\S*)*)(?:\s+=(?:\s+(\S[\s\S]*))?)?\s*$"
)
"""Number, shape, coordinates, properties of Anki such as ``fill=#ff8e8e``, and behind ``=`` the label.

Both Python and ECMAScript (the schema) read it alike.
"""
_REGION = re.compile(REGION)


@dataclass(frozen=True, slots=True)
class Region:
    """What a line says. Regions with one number are one card; those with 0 are on every card and asked on none.

    `coordinates` are shares of the picture's width and height from its upper left corner: left, top, width and height,
    or the corners of a polygon, x and y in turn. `label` is Markdown; of a text it is what is written on the picture.
    `properties` are those of Anki, as pairs of name and value: ``oi=0`` leaves the other regions uncovered while this
    one is asked.
    """

    number: int
    shape: str
    coordinates: tuple[Decimal, ...]
    label: str = ""
    properties: tuple[tuple[str, str], ...] = ()

    @property
    def is_cover(self) -> bool:
        """Whether it covers something; a text only stands on the picture."""
        return self.shape != "text"

    @property
    def hides_others(self) -> bool:
        """Whether the other regions stay covered while this one is asked."""
        return dict(self.properties).get("oi", "1") == "1"

    @property
    def bounds(self) -> tuple[Decimal, Decimal, Decimal, Decimal]:
        """Left, top, right and bottom."""
        if self.shape == "polygon":
            across, down = self.coordinates[::2], self.coordinates[1::2]
            return min(across), min(down), max(across), max(down)
        left, top, *size = self.coordinates
        width, height = size or (Decimal(0), Decimal(0))
        return left, top, left + width, top + height

    @property
    def is_empty(self) -> bool:
        """Whether it is meant to cover something, but has no width or no height."""
        left, top, right, bottom = self.bounds
        return self.is_cover and (right <= left or bottom <= top)

    @property
    def is_outside(self) -> bool:
        """Whether no part of it lies in the picture."""
        left, top, right, bottom = self.bounds
        return left >= 1 or top >= 1 or right < 0 or bottom < 0

    @property
    def crosses_edge(self) -> bool:
        """Whether some part of it lies outside of the picture."""
        left, top, right, bottom = self.bounds
        return left < 0 or top < 0 or right > 1 or bottom > 1

    def __str__(self) -> str:
        written = [share_text(value) for value in self.coordinates]
        if self.shape == "polygon":
            written = [",".join(corner) for corner in zip(written[::2], written[1::2], strict=True)]
        own = [f"{name}={value}" for name, value in self.properties]
        return " ".join([str(self.number), self.shape, *written, *own, *(["=", self.label] if self.label else [])])


def share_text(share: Decimal) -> str:
    """A share as Anki writes it, too: ``.25``."""
    return re.sub(r"^(-?)0(?=\.)", r"\1", f"{share.normalize():f}")


def read_region(line: str) -> Region | None:
    """The region that a line describes; None if it describes none."""
    match = _REGION.match(line)
    if match is None:
        return None
    number, shape, numbers, properties, label = match.groups()
    words = [word.split(",") for word in numbers.split()]
    if shape == "polygon":
        is_whole = len(words) >= FEWEST_CORNERS and all(len(word) == len("xy") for word in words)
    else:
        is_whole = len(words) == COORDINATES[shape] and all(len(word) == 1 for word in words)
    if not is_whole:
        return None
    coordinates = tuple(Decimal(value) for word in words for value in word)
    own = tuple((name, value) for name, _, value in (word.partition("=") for word in properties.split()))
    return Region(int(number), shape, coordinates, (label or "").rstrip(), own)


def read_regions(lines: Iterable[str]) -> tuple[Region, ...]:
    """The regions that lines describe, in their order; a line that describes none is left out."""
    return tuple(region for line in lines if (region := read_region(line)) is not None)


def region_numbers(regions: Iterable[Region]) -> tuple[int, ...]:
    """The numbers of the cards, in ascending order: those of covers from 1 to 500."""
    return tuple(sorted({region.number for region in regions if region.is_cover and 1 <= region.number <= LARGEST}))


def label_of(regions: Iterable[Region], number: int) -> str:
    """The label of the card with this number, "" if it has none."""
    return next(
        (region.label for region in regions if region.is_cover and region.number == number and region.label), ""
    )
