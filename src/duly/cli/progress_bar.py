"""A progress bar for long work, on a terminal only; it is removed when the work is done."""

import sys
from collections.abc import Iterable, Sequence
from typing import TypeVar

from duly.i18n import translate
from duly.message import Message

T = TypeVar("T")


def progress_bar(items: Sequence[T], doing: Message) -> Iterable[T]:
    """A `Watch` on standard error; shows nothing if that is not a terminal."""
    if len(items) < 2 or not sys.stderr.isatty():
        return items
    from rich.console import Console
    from rich.progress import track

    return track(items, translate(doing), console=Console(stderr=True), transient=True)
