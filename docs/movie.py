"""Makes the moving pictures of the README and of docs/zh.md: two lines are written, and learned in the app itself.

    python docs/movie.py [FOLDER]

An SVG whose frames take turns by CSS, each a grid of the app's cells. It needs no browser and no fonts.
"""

import asyncio
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from html import escape
from pathlib import Path

from rich.cells import cell_len
from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.pilot import Pilot

from duly.i18n import set_language
from duly.settings import Settings
from duly.study.collection import Collection
from duly.study.decks import open_decks
from duly.tui.app import DulyApp

CARDS: Mapping[str, tuple[str, str]] = {
    "en": ("movie.svg", "- q: What does CSR stand for?\n  a: Compressed sparse row\n"),
    "zh": ("movie.zh.svg", "- q: CSR 是什么的缩写？\n  a: Compressed sparse row，压缩稀疏行\n"),
}
"""For each language, the file that is made and the card that is written in it."""

EVENING = datetime(2026, 11, 24, 21, 0, tzinfo=timezone(timedelta(hours=8)))
SIZE = (64, 18)
CELL = (8.4, 18)
"""The width and height of a cell in pixels: those of most monospaced letters of 14 pixels."""
SECONDS = 2.4
"""How long a frame is seen."""
STILL = 5
"""The frame, counted from 1, that is shown where a reader wants nothing to move: the answer."""

Frame = Sequence[Sequence[Segment]]


def movie(language: str, card: str) -> str:
    """The moving picture, as the text of an SVG."""
    frames = asyncio.run(_learned(language, card))
    background = next(_colour(one.style.bgcolor) for one in frames[0][0] if one.style and one.style.bgcolor)
    bare = [[[_without(one, background) for one in line] for line in frame] for frame in frames]
    return _svg([*_written(card), *bare], background)


def _written(card: str) -> Iterator[Frame]:
    """The shell: the file as it was written, and the command."""
    prompt, plain = Style(color="#8ec07c", bold=True), Style(color="#d8dee9")
    file = [[Segment("$ ", prompt), Segment("cat cards/sparse.yaml", plain)]]
    file += [[Segment(line, plain)] for line in card.splitlines()]
    yield file
    yield [*file, [Segment("$ ", prompt), Segment("duly", plain)]]


async def _learned(language: str, card: str) -> list[Frame]:
    """The app: its decks, a question, its answer, and what comes after it is graded."""
    set_language(language)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DULY_HOME"] = folder
        os.chdir(folder)
        Path("cards").mkdir()
        Path("cards", "sparse.yaml").write_text(card, encoding="utf-8")
        with open_decks([Path("cards")], Path("duly.db")) as (decks, journal):
            collection = Collection(decks, journal, Settings(), lambda: EVENING)
            async with DulyApp(collection, sync=lambda _watch: "").run_test(size=SIZE) as pilot:
                return [await _look(pilot, key) for key in ("", "enter", "space", "3")]


async def _look(pilot: Pilot[None], key: str) -> Frame:
    if key:
        pilot.app.simulate_key(key)
    for _turn in range(5):
        await pilot.pause()
    return [list(strip) for strip in pilot.app.screen._compositor.render_strips()]


def _svg(frames: Sequence[Frame], background: str) -> str:
    """The frames as one picture, each seen in its turn."""
    width, height = SIZE[0] * CELL[0] + 16, SIZE[1] * CELL[1] + 16
    groups = [
        f'<g style="animation-delay:{number * SECONDS:.1f}s">{"".join(_lines(frame))}</g>'
        for number, frame in enumerate(frames)
    ]
    style = (
        "text{font:14px ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;white-space:pre}"
        f"g{{opacity:0;animation:turn {len(frames) * SECONDS:.1f}s step-end infinite}}"
        f"@keyframes turn{{0%{{opacity:1}}{100 / len(frames):.3f}%{{opacity:0}}}}"
        f"@media(prefers-reduced-motion){{g{{animation:none}}g:nth-of-type({STILL}){{opacity:1}}}}"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}"'
        f' xml:space="preserve"><title>duly</title><style>{style}</style>'
        f'<rect width="100%" height="100%" rx="6" fill="{background}"/>{"".join(groups)}</svg>\n'
    )


def _lines(frame: Frame) -> Iterator[str]:
    for row, line in enumerate(frame):
        column = 0
        for segment in line:
            yield from _run(segment.text, segment.style or Style(), row, column)
            column += cell_len(segment.text)


def _run(text: str, style: Style, row: int, column: int) -> Iterator[str]:
    """A run of cells: its background where it has one of its own, and its letters, held to the grid."""
    x, y = 8 + column * CELL[0], 8 + row * CELL[1]
    front, back = _colour(style.color) or "#d8dee9", _colour(style.bgcolor)
    if style.reverse:
        front, back = back or "#121212", front
    if back:
        yield f'<rect x="{x:.1f}" y="{y:.0f}" width="{cell_len(text) * CELL[0]:.1f}" height="{CELL[1]}" fill="{back}"/>'
    if bare := text.strip():
        lead = len(text) - len(text.lstrip())
        bold = ' font-weight="bold"' if style.bold else ""
        yield (
            f'<text x="{x + lead * CELL[0]:.1f}" y="{y + 13:.0f}" textLength="{cell_len(bare) * CELL[0]:.1f}"'
            f' fill="{front}"{bold}>{escape(bare)}</text>'
        )


def _colour(colour: Color | None) -> str:
    """The colour as ``#rrggbb``; "" for the terminal's own."""
    return colour.triplet.hex if colour and colour.triplet else ""


def _without(segment: Segment, background: str) -> Segment:
    """The run without the background that all have."""
    style = segment.style or Style()
    same = _colour(style.bgcolor) == background and not style.reverse
    return Segment(segment.text, Style(color=style.color, bold=style.bold) if same else style)


if __name__ == "__main__":
    target = Path(sys.argv[1] if len(sys.argv) > 1 else __file__).resolve()
    folder = target if target.is_dir() else target.parent
    for language, (file, card) in CARDS.items():
        (folder / file).write_text(movie(language, card), encoding="utf-8")
