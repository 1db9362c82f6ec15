"""Horizontal bars: a line for each value, with its name, its number and its share."""

from collections.abc import Sequence

from rich.cells import cell_len

from duly.markup.terminal.styled_lines import Line, Run

LONGEST_BAR = 40
"""The most cells of the longest bar."""

BAR_PARTS = "▏▎▍▌▋▊▉"
"""From one eighth of a cell to seven eighths."""


def bar(share: float, cells: int) -> str:
    """A bar for a share (0 to 1) of `cells` cells, to the eighth of a cell; any share above 0 is visible."""
    eighths = max(round(share * cells * 8), 1 if share > 0 else 0)
    full_cells, eighth = divmod(eighths, 8)
    return "█" * full_cells + (BAR_PARTS[eighth - 1] if eighth else "")


def percentages(numbers: Sequence[int]) -> list[int]:
    """The share of each number in their sum, in whole percent."""
    total = sum(numbers)
    return [round(100 * number / total) if total else 0 for number in numbers]


def bars(rows: Sequence[tuple[str, int]], width: int) -> list[Line]:
    """A line for each name and number, the longest bar for the largest number; shares are of all numbers."""
    largest = max((number for _name, number in rows), default=0)
    names = max((cell_len(name) for name, _number in rows), default=0)
    numbers = max(4, *(len(f"{number:,}") for _name, number in rows)) if rows else 0
    longest = max(min(LONGEST_BAR, width - names - numbers - 9), 1)
    lines: list[Line] = []
    for (name, number), share in zip(rows, percentages([number for _name, number in rows]), strict=True):
        blocks = bar(number / largest if largest else 0, longest)
        lines.append(
            (
                Run(f"{name}{' ' * (names - cell_len(name))}  "),
                Run(blocks, ("bar",)),
                Run(f"{' ' * (longest - len(blocks))} {number:>{numbers},} {share:>4}%"),
            )
        )
    return lines
