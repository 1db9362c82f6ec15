"""Covered regions of a picture, each written in one line: ``1 rect .1 .2 .3 .1 = left atrium``."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from duly.cards.cloze import LARGEST

COORDINATES = {"rect": 4, "ellipse": 4, "text": 2}
"""The number of coordinates of a shape: left, top, width and height, or left and top alone. A polygon has corners."""
FEWEST_CORNERS = 3

NUMBER = r"-?(?:[0-9]{1,6}(?:\.[0-9]{0,12})?|\.[0-9]{1,12})"
"""A share of the picture's size, with at most twelve decimals: ``.25``, ``-0.5``, ``1``."""
REGION = (
    r"^\s*([0-9]{1,3})\s+(rect|ellipse|polygon|text)"  # ``1 rect``
    rf"((?:\s+{NUMBER}(?:,{NUMBER})?)+)"  # `` .1 .2 .3 .1``, `` .1,.2 .3,.1 .5,.5``
    r"((?:\s+[A-Za-z]+=[^\s=]\S*)*)"  # `` fill=#ff8e8e``
    r"(?:\s+=(?:\s+(\S[\s\S]*))?)?\s*$"  # `` = left atrium``
)
"""Number, shape, coordinates, properties of Anki such as ``fill=#ff8e8e``, and after ``=`` the label.

Python and ECMAScript (the schema) read this pattern alike.
"""
_REGION = re.compile(REGION)  # ``1 rect .1 .2 .3 .1 = left atrium``


@dataclass(frozen=True, slots=True)
class Region:
    """A region of a picture. Regions with the same number are one card; those with 0 are only shown, on every card.

    `coordinates` are shares of the picture's width and height from its upper left corner: left, top, width and height,
    or the corners of a polygon, x and y in turn. `label` is Markdown; the label of a ``text`` is drawn on the picture.
    `properties` are those of Anki, as pairs of name and value: ``oi=0`` uncovers the other regions while this one is
    asked.
    """

    number: int
    shape: str
    coordinates: tuple[Decimal, ...]
    label: str = ""
    properties: tuple[tuple[str, str], ...] = ()

    @property
    def is_cover(self) -> bool:
        """Whether the region covers something; a text does not."""
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
        """Whether this is a cover without width or height."""
        left, top, right, bottom = self.bounds
        return self.is_cover and (right <= left or bottom <= top)

    @property
    def is_outside(self) -> bool:
        """Whether the region lies entirely outside of the picture."""
        left, top, right, bottom = self.bounds
        return left >= 1 or top >= 1 or right < 0 or bottom < 0

    @property
    def crosses_edge(self) -> bool:
        """Whether the region lies at least partly outside of the picture."""
        left, top, right, bottom = self.bounds
        return left < 0 or top < 0 or right > 1 or bottom > 1

    def __str__(self) -> str:
        shares = [share_text(value) for value in self.coordinates]
        if self.shape == "polygon":
            shares = [",".join(corner) for corner in zip(shares[::2], shares[1::2], strict=True)]
        properties = [f"{name}={value}" for name, value in self.properties]
        label = ["=", self.label] if self.label else []
        return " ".join([str(self.number), self.shape, *shares, *properties, *label])


def share_text(share: Decimal) -> str:
    """A share in the notation of Anki: ``.25``."""
    return re.sub(r"^(-?)0(?=\.)", r"\1", f"{share.normalize():f}")  # 0.25 becomes .25


def read_region(line: str) -> Region | None:
    """The region that a line describes; None if the line is invalid."""
    match = _REGION.match(line)
    if match is None:
        return None
    number, shape, numbers, properties, label = match.groups()
    words = [word.split(",") for word in numbers.split()]
    if shape == "polygon":
        is_complete = len(words) >= FEWEST_CORNERS and all(len(word) == len("xy") for word in words)
    else:
        is_complete = len(words) == COORDINATES[shape] and all(len(word) == 1 for word in words)
    if not is_complete:
        return None
    coordinates = tuple(Decimal(value) for word in words for value in word)
    name_value_pairs = tuple((name, value) for name, _, value in (word.partition("=") for word in properties.split()))
    return Region(int(number), shape, coordinates, (label or "").rstrip(), name_value_pairs)


def read_regions(lines: Iterable[str]) -> tuple[Region, ...]:
    """The regions that lines describe, in order, without invalid lines."""
    return tuple(region for line in lines if (region := read_region(line)) is not None)


def region_numbers(regions: Iterable[Region]) -> tuple[int, ...]:
    """The numbers of the cards, in ascending order: those of covers from 1 to 500."""
    return tuple(sorted({region.number for region in regions if region.is_cover and 1 <= region.number <= LARGEST}))


def label_of(regions: Iterable[Region], number: int) -> str:
    """The label of the card with this number; "" if it has none."""
    return next(
        (region.label for region in regions if region.is_cover and region.number == number and region.label), ""
    )
