"""What the screens ask of the rooms they may not enter: whoever starts the app hands these in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from duly.watch import Watch


@dataclass(frozen=True, slots=True)
class Services:
    """`export` writes a package for Anki from these paths and says what came of it; it is called in a thread.

    `bring` turns a file from elsewhere into deck files in a folder; it prints what it does. Both raise `DulyError`.
    """

    export: Callable[[Sequence[Path], Watch], str]
    bring: Callable[[Path, Path], None]
