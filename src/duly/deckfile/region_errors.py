"""What can be wrong with the regions of a picture."""

from collections.abc import Sequence

from duly.cards.cloze import LARGEST
from duly.cards.occlusion import Region, label_of, read_region, region_numbers
from duly.deckfile.yaml.nodes import Node
from duly.deckfile.yaml.source import ProblemCollector
from duly.message import message

EXAMPLE = "1 rect .1 .2 .3 .15 = left atrium"


def check_regions(lines: Sequence[str], nodes: Sequence[Node], place: int, report: ProblemCollector) -> None:
    """Reports lines that describe no region, cover nothing in the picture, or share a number; `place` is the list's."""
    errors = report.errors
    regions: list[Region] = []
    for line, node in zip(lines, nodes, strict=True):
        region = read_region(line)
        if region is None:
            sentence = message(
                "{line!r} is no region; write its number, its shape, its place and its label, as in {example}",
                line=line[:40], example=EXAMPLE,
            )  # fmt: skip
            report.error(node.start, "bad-region", sentence)
        else:
            _check_region(region, regions, node, report)
            regions.append(region)
    if report.errors == errors and not region_numbers(regions):
        sentence = message("no region here is asked; write one as in {example}", example=EXAMPLE)
        report.error(place, "no-region", sentence)


def _check_region(region: Region, before: Sequence[Region], node: Node, report: ProblemCollector) -> None:
    label = label_of(before, region.number)
    if region.number > LARGEST or (region.is_cover and region.label and not region.number):
        sentence = message(
            "{number} makes no card; number regions from 1 to {limit}", number=region.number, limit=LARGEST
        )
        report.error(node.start, "bad-region-number", sentence)
    elif region.is_empty:
        report.error(node.start, "bad-region", message("this region has no width or no height, so it covers nothing"))
    elif region.is_outside:
        sentence = message(
            "this region lies outside of the picture; its numbers are shares of the picture's size, from 0 to 1"
        )
        report.error(node.start, "outside-picture", sentence)
    elif region.is_cover and region.label and label and region.label != label:
        sentence = message(
            "region {number} has another label already; give each region a number of its own", number=region.number
        )
        report.error(node.start, "same-number", sentence)
    elif region.crosses_edge:
        report.warning(node.start, "outside-picture", message("a part of this region lies outside of the picture"))
