"""Pictures within cards, on terminals that can show them; needs the extra ``images``."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from textual.widget import Widget

from duly.cards import Card
from duly.cards.media import references

TALLEST = 0.6
"""The share of the screen's height that a picture may take."""

Pictures = Callable[[str], Path | None]
"""The file of a picture by its path in a card; None where it is not to be shown."""


def pictures_of(card: Card) -> Pictures:
    """The pictures of a card: files its text names, which were found to lie in the collection when it was read."""
    place = card.note.place
    if place is None or not drawing():
        return lambda _path: None
    named = {reference.path for text in card.note.texts for reference in references(text) if not reference.is_remote}
    return lambda path: place.file.parent / path if path in named else None


@cache
def drawing() -> Any:
    """The module that draws pictures, None without the extra. It asks the terminal what it can: before the app runs."""
    try:
        from textual_image import widget
    except ImportError:
        return None
    return widget


def picture(file: Path, columns: int, rows: int) -> Widget | None:
    """The picture in a file, at most so many cells wide and high, its proportions kept; None if it is none."""
    try:
        widget: Widget = drawing().Image(file)
    except (OSError, ValueError):
        return None
    widget.styles.width = "auto"
    widget.styles.height = "auto"
    widget.styles.max_width = columns
    widget.styles.max_height = max(int(rows * TALLEST), 3)
    return widget
