"""Checks the regions of a picture."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from duly.cards.cloze import LARGEST
from duly.cards.occlusion import Region, read_region, read_regions, region_numbers
from duly.message import Message, message

if TYPE_CHECKING:  # the form for a new card uses these checks without loading the YAML parser
    from duly.deckfile.yaml.nodes import Node
    from duly.deckfile.yaml.source import ProblemCollector

EXAMPLE = "1 rect .1 .2 .3 .15 = left atrium"


@dataclass(frozen=True, slots=True)
class RegionError:
    """A mistake in the line of a region: its kind and its message."""

    kind: str
    message: Message


def check_regions(lines: Sequence[str], nodes: "Sequence[Node]", start: int, report: "ProblemCollector") -> None:
    """Reports invalid lines, and a list (which begins at index `start`) without a region that makes a card."""
    errors = report.errors
    for number, error in region_errors(lines):
        report.error(nodes[number].start, error.kind, error.message)
    for line, node in zip(lines, nodes, strict=True):
        region = read_region(line)
        if region and region.crosses_edge and not region.is_outside:
            sentence = message("a part of this region lies outside of the picture")
            report.warning(node.start, "outside-picture", sentence)
    if report.errors == errors and not region_numbers(read_regions(lines)):
        sentence = message("no region here is asked; write one as in {example}", example=EXAMPLE)
        report.error(start, "no-region", sentence)


def region_errors(lines: Sequence[str]) -> Iterator[tuple[int, RegionError]]:
    """The mistakes in lines of regions, each with the number of its line, counted from 0."""
    labels: dict[int, str] = {}
    for number, line in enumerate(lines):
        region = read_region(line)
        error = _region_error(region, labels) if region else _syntax_error(line)
        if error is not None:
            yield number, error
        elif region and region.is_cover and region.label:
            labels[region.number] = region.label


def _syntax_error(line: str) -> RegionError:
    sentence = message(
        "{line!r} is not a region; write its number, its shape, its place and its label, as in {example}",
        line=line[:40],
        example=EXAMPLE,
    )
    return RegionError("bad-region", sentence)


def _region_error(region: Region, labels: Mapping[int, str]) -> RegionError | None:
    """The mistake in a region, given the labels of earlier regions by number; None if there is none."""
    if region.number > LARGEST or (region.is_cover and region.label and not region.number):
        sentence = message(
            "{number} makes no card; number regions from 1 to {limit}", number=region.number, limit=LARGEST
        )
        return RegionError("bad-region-number", sentence)
    if region.is_empty:
        return RegionError("bad-region", message("this region has no width or no height, so it covers nothing"))
    if region.is_outside:
        sentence = message(
            "this region lies outside of the picture; its numbers are shares of the picture's size, from 0 to 1"
        )
        return RegionError("outside-picture", sentence)
    if region.is_cover and region.label and labels.get(region.number, region.label) != region.label:
        sentence = message(
            "region {number} has another label already; give each region a number of its own", number=region.number
        )
        return RegionError("same-number", sentence)
    return None
