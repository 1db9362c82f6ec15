"""Pictures within cards, on terminals that can show them; needs the extra ``images``."""

import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from importlib import import_module
from typing import Any

from textual.widget import Widget

from duly.cards import Card, Note, Occlusion
from duly.cards.media import references
from duly.text.occlusion_lines import PictureDisplay
from duly.tui.covers import covered_picture

DRAWING = "textual_image.widget"

TALLEST = 0.6
"""The share of the screen's height that a picture may take."""

Source = Any
"""The file of a picture, or the picture itself as Pillow has it."""

Pictures = Callable[[str], Source | None]
"""A picture by its path in a card; None where it is not to be shown."""


def load_drawing(notes: Iterable[Note]) -> None:
    """Loads the module that draws pictures, if a note shows one and the extra is there. To be called before the app
    runs: the module asks the terminal what it can draw, and waits 0.3 s for one that does not answer."""
    if any(True for note in notes for text in note.texts for _reference in references(text)):
        with suppress(ImportError):
            import_module(DRAWING)


def pictures_of(card: Card, *, revealed: bool = True) -> Pictures:
    """The pictures of a card: files its text names, which were found to lie in the collection when it was read.

    A picture with regions comes with the covers that it has on this side.
    """
    place = card.note.place
    if place is None or not _drawing():
        return lambda _path: None
    named = {reference.path for text in card.note.texts for reference in references(text) if not reference.is_remote}
    kind = card.note.kind

    def source(path: str) -> Source | None:
        file = place.file.parent / path
        if isinstance(kind, Occlusion) and path == kind.image:
            return covered_picture(file, card, kind, revealed=revealed)
        return file if path in named else None

    return source


def picture_display(card: Card) -> PictureDisplay:
    """What becomes of the picture of a card with regions."""
    kind = card.note.kind
    is_drawn = isinstance(kind, Occlusion) and pictures_of(card)(kind.image) is not None
    return PictureDisplay.DRAWN if is_drawn else PictureDisplay.OPENED


def _drawing() -> Any:
    """The module that draws pictures, None if it was not loaded."""
    return sys.modules.get(DRAWING)


def picture(source: Source, columns: int, rows: int) -> Widget | None:
    """The picture, at most so many cells wide and high, its proportions kept; None if it is none."""
    try:
        widget: Widget = _drawing().Image(source)
    except (OSError, ValueError):
        return None
    widget.styles.width = "auto"
    widget.styles.height = "auto"
    widget.styles.max_width = columns
    widget.styles.max_height = max(int(rows * TALLEST), 3)
    return widget
