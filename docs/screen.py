"""Takes the picture of the README: the app itself, on the deck that ships with it, drawn by a browser.

Textual's own SVG squeezes Chinese text; here every cell of the screen is a cell of a grid, so that nothing shifts.

    python docs/screen.py docs/screen.png

Needs Chromium, and the fonts DejaVu Sans Mono and Noto Sans Mono CJK SC.
"""

import asyncio
import html
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.pilot import Pilot

from duly.i18n import set_language
from duly.scheduling.grade import Grade
from duly.settings import DEFAULTS
from duly.study.collection import Collection
from duly.study.decks import open_collection
from duly.tui.app import DulyApp

CARDS = Path(__file__).parent.parent / "cards"
EVENING = datetime(2026, 11, 24, 21, 0, tzinfo=timezone(timedelta(hours=8)))
SIZE = (80, 24)
CELL = (10, 24)
"""The width and height of a cell in pixels."""

PAGE = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; background: {background}; }}
i {{ position: absolute; font: 16.6px/{height}px "DejaVu Sans Mono", monospace; white-space: pre;
     height: {height}px; text-align: center; }}
.wide {{ font: 19px/{height}px "Noto Sans Mono CJK SC"; }}
</style>{cells}"""


async def look(pilot: Pilot[None], keys: str) -> list[list[Segment]]:
    """What the screen shows after some keys, line by line."""
    for key in keys.split():
        pilot.app.simulate_key(key)
        await pilot.pause()
    return [list(strip) for strip in pilot.app.screen._compositor.render_strips()]


async def photographed(card: str, keys: str) -> list[list[Segment]]:
    """The lines of the app after some keys, when the cards before the one of this note have been answered."""
    set_language("zh")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DULY_HOME"] = folder
        with open_collection([CARDS], Path(folder, "duly.db")) as (decks, journal):
            collection = Collection(decks, journal, DEFAULTS, lambda: EVENING)
            session = collection.session()
            while session.card is not None and session.card.note.id != card:
                session.reveal()
                session.grade(Grade.GOOD)
            async with DulyApp(collection).run_test(size=SIZE) as pilot:
                await pilot.pause()
                return await look(pilot, keys)


def page(lines: list[list[Segment]]) -> str:
    """The lines as HTML, each character in its own cells."""
    cells = []
    for row, line in enumerate(lines):
        column = 0
        for segment in line:
            for character in segment.text:
                wide = cell_len(character)
                cells.append(_cell(character, segment.style or Style(), row, column, wide))
                column += wide
    background = next(segment.style.bgcolor for segment in lines[0] if segment.style and segment.style.bgcolor)
    return PAGE.format(background=background.get_truecolor().hex, height=CELL[1], cells="".join(cells))


def _cell(character: str, style: Style, row: int, column: int, wide: int) -> str:
    front = style.color.get_truecolor().hex if style.color else "#e0e0e0"
    back = style.bgcolor.get_truecolor().hex if style.bgcolor else "transparent"
    if style.reverse:
        front, back = back, front
    look = f"left:{column * CELL[0]}px;top:{row * CELL[1]}px;width:{wide * CELL[0]}px;color:{front};background:{back}"
    if style.bold:
        look += ";font-weight:bold"
    if style.underline:
        look += ";text-decoration:underline"
    return f'<i class="{"wide" if wide > 1 else ""}" style="{look}">{html.escape(character)}</i>'


def draw(text: str, target: Path) -> None:
    """Has a browser draw the page as a PNG, twice as fine as the screen."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        sys.exit("there is no Chromium here")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "screen.html")
        file.write_text(text, encoding="utf-8")
        width, height = SIZE[0] * CELL[0], SIZE[1] * CELL[1]
        subprocess.run(
            [browser, "--headless", "--no-sandbox", "--hide-scrollbars", "--force-device-scale-factor=2",
             f"--window-size={width},{height}", f"--screenshot={target.absolute()}", file.as_uri()],
            check=True, capture_output=True,
        )  # fmt: skip


if __name__ == "__main__":
    draw(page(asyncio.run(photographed("causal-mask", "a space"))), Path(sys.argv[1]))
