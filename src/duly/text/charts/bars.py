"""Horizontal bars: a line for each value, with its name, its number and its share."""

from collections.abc import Sequence

from rich.cells import cell_len

from duly.markup.terminal.styled_lines import Line, Run

LONGEST = 40
"""The cells of the longest bar, where there is room for it."""

PARTS = "▏▎▍▌▋▊▉"
"""An eighth of a cell to seven of them."""


def bar(share: float, cells: int) -> str:
    """A bar for a share of the whole (0 to 1) in `cells` cells, to the eighth of a cell; any share above 0 is seen."""
    eighths = max(round(share * cells * 8), 1 if share > 0 else 0)
    whole, rest = divmod(eighths, 8)
    return "█" * whole + (PARTS[rest - 1] if rest else "")


def percentages(numbers: Sequence[int]) -> list[int]:
    """What part of all of them each number is, in whole percent."""
    whole = sum(numbers)
    return [round(100 * number / whole) if whole else 0 for number in numbers]


def bars(rows: Sequence[tuple[str, int]], width: int) -> list[Line]:
    """A line for each name and number, the longest bar for the largest number; shares are of all numbers."""
    most = max((number for _name, number in rows), default=0)
    names = max((cell_len(name) for name, _number in rows), default=0)
    numbers = max(4, *(len(f"{number:,}") for _name, number in rows)) if rows else 0
    longest = max(min(LONGEST, width - names - numbers - 9), 1)
    lines: list[Line] = []
    for (name, number), share in zip(rows, percentages([number for _name, number in rows]), strict=True):
        drawn = bar(number / most if most else 0, longest)
        lines.append(
            (
                Run(f"{name}{' ' * (names - cell_len(name))}  "),
                Run(drawn, ("bar",)),
                Run(f"{' ' * (longest - len(drawn))} {number:>{numbers},} {share:>4}%"),
            )
        )
    return lines
