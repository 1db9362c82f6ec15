"""A picture with covered regions as lines: the question, a map of the regions, and the label."""

from collections.abc import Sequence
from enum import Enum, auto

from duly.cards import Card, Occlusion
from duly.cards.occlusion import Region, label_of, read_regions
from duly.i18n import _
from duly.markup.terminal.styled_lines import Line, Run

NARROWEST_MAP, WIDEST_MAP, ROWS = 8, 44, 7
"""The cells and lines within the frame of a map; where there are fewer, none is drawn."""


class PictureDisplay(Enum):
    """How the picture is shown: drawn with its covers, opened with them by the key ``o``, or by its path alone."""

    DRAWN = auto()
    OPENED = auto()
    NAMED = auto()


def region_number(card: Card) -> int:
    """The number of the region, or of the deletion, that the card asks for."""
    return int(card.face[1:])


def region_label(card: Card, occlusion: Occlusion) -> str:
    """The Markdown of the label of the region that is asked, "" if it has none."""
    return label_of(read_regions(occlusion.regions), region_number(card))


def region_question(
    card: Card, occlusion: Occlusion, display: PictureDisplay, width: int
) -> tuple[list[Line], str, str]:
    """A map of the regions unless the picture is drawn, and two sentences: the question, and what is not shown."""
    regions, number = read_regions(occlusion.regions), region_number(card)
    question = _("What is under region {number}?").format(number=number)
    match display:
        case PictureDisplay.DRAWN:
            return [], question, ""
        case PictureDisplay.OPENED:
            note = _("Not drawn here, only where its regions lie; o opens it.")
        case PictureDisplay.NAMED:
            note = _("Not drawn here, only where its regions lie.")
    return _map(regions, number, min(width - 2, WIDEST_MAP)), question, note


def no_label(card: Card) -> str:
    """The sentence shown where the answer is in the picture alone."""
    return _("Region {number} has no label; look at the picture.").format(number=region_number(card))


def _map(regions: Sequence[Region], number: int, width: int) -> list[Line]:
    """A frame as the picture's edge, with each number where its regions lie; `number`, which is asked, in brackets."""
    if width < NARROWEST_MAP:
        return []
    rows = [[" "] * width for _row in range(ROWS)]
    marks = [(region, str(region.number)) for region in regions if region.is_cover and region.number not in (0, number)]
    marks += [(region, f"[{number}]") for region in regions if region.is_cover and region.number == number]
    for region, mark in marks:
        left, top, right, bottom = map(float, region.bounds)
        column = _within(round((left + right) / 2 * width - len(mark) / 2), width - len(mark))
        row = _within(int((top + bottom) / 2 * ROWS), ROWS - 1)
        rows[row][column : column + len(mark)] = mark
    edge = "─" * width
    return [_run(f"┌{edge}┐"), *(_run(f"│{''.join(row)}│", f"[{number}]") for row in rows), _run(f"└{edge}┘")]


def _within(place: int, last: int) -> int:
    return max(0, min(place, last))


def _run(text: str, highlighted: str = "\n") -> Line:
    """The text in one line, with `highlighted` in the colour of a cloze deletion."""
    before, mark, after = text.partition(highlighted)
    return tuple(run for run in (Run(before, ("dim",)), Run(mark, ("cloze",)), Run(after, ("dim",))) if run.text)
