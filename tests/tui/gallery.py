"""The gallery of golden screens: what the terminal shows at every size, compared with what it showed before."""

import os
from collections.abc import Mapping
from pathlib import Path

from tests.tui.learner import resized, screen
from textual.pilot import Pilot

GOLDEN = Path(__file__).parent / "golden"
SIZES = ((80, 24), (40, 12), (120, 40))


async def at_all_sizes(pilot: Pilot[None], name: str) -> dict[str, str]:
    """The screen as it is, resized to each size in turn, by the names of the golden files."""
    seen = {}
    for width, height in SIZES:
        await resized(pilot, width, height)
        seen[f"{name}.{width}x{height}.txt"] = screen(pilot)
    return seen


def compare(seen: Mapping[str, str]) -> None:
    """Compares screens with the golden files; ``DULY_GOLDEN=write`` writes those anew."""
    if os.environ.get("DULY_GOLDEN") == "write":
        for file, text in seen.items():
            (GOLDEN / file).write_text(text, encoding="utf-8")
    for file, text in seen.items():
        assert text == (GOLDEN / file).read_text(encoding="utf-8"), file
