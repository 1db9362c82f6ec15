"""Pictures drawn in the terminal, where it can show them; needs the extra ``images``."""

import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import Any

from textual.widget import Widget

from duly.cards.media_references import has_media
from duly.study.decks import Decks

DRAWING = "textual_image.widget"

MOST_HEIGHT = 0.6
"""The share of the screen's height that a picture may take."""

Source = Any
"""The file of a picture, or the picture itself as Pillow has it."""

Pictures = Callable[[str], Source | None]
"""Returns the picture for its path in a card, None if it is not shown."""


def load_drawing(decks: Decks) -> None:
    """Loads the module that draws pictures, if a note may have one and the extra is installed.

    Call it before the app runs: the module asks the terminal what it can draw, and waits up to 0.3 s for an answer.
    """
    if any(has_media(text) for note in decks.notes for text in note.texts) if decks.media is None else decks.media:
        with suppress(ImportError):
            import_module(DRAWING)


def drawing() -> Any:
    """The module that draws pictures, None if it was not loaded."""
    return sys.modules.get(DRAWING)


def picture(source: Source, columns: int, rows: int) -> Widget | None:
    """A widget with the picture in at most so many columns and rows, in proportion; None if the file is no picture."""
    try:
        widget: Widget = drawing().Image(source)
    except (OSError, ValueError):
        return None
    widget.styles.width = "auto"
    widget.styles.height = "auto"
    widget.styles.max_width = columns
    widget.styles.max_height = max(int(rows * MOST_HEIGHT), 3)
    return widget
