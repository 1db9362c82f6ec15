"""The gallery of golden screens: what the terminal shows, compared with what it showed before."""

import os
from collections.abc import Mapping
from pathlib import Path

from tests.tui.learner import resized, screen
from textual.pilot import Pilot

GOLDEN = Path(__file__).parent / "golden"
USUAL = (80, 24)
SIZES = (USUAL, (40, 12), (120, 40))
AT_ALL_SIZES = {"decks", "answer", "browse", "exam", "exam-plan", "evaluation", "statistics-decks"}
"""The views whose layout changes most with the size; the others are compared at the usual one."""


async def at_its_sizes(pilot: Pilot[None], view: str, language: str) -> dict[str, str]:
    """The screen as it is, resized to each size at which its view is compared, by the names of the golden files."""
    screens = {}
    for width, height in SIZES if view in AT_ALL_SIZES else (USUAL,):
        await resized(pilot, width, height)
        screens[f"{view}.{language}.{width}x{height}.txt"] = screen(pilot)
    return screens


def compare(screens: Mapping[str, str]) -> None:
    """Compares screens with the golden files; ``DULY_GOLDEN=write`` writes those anew."""
    if os.environ.get("DULY_GOLDEN") == "write":
        for file, text in screens.items():
            (GOLDEN / file).write_text(text, encoding="utf-8")
    for file, text in screens.items():
        assert text == (GOLDEN / file).read_text(encoding="utf-8"), file
