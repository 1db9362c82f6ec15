"""How sure a format is that a text is of it."""

from enum import IntEnum
from typing import NamedTuple


class Sureness(IntEnum):
    """From no sign at all to one that no other format has. What is only possible is not imported unless named."""

    NONE = 0
    POSSIBLE = 1
    PLAUSIBLE = 2
    LIKELY = 3
    CLEAR = 4
    CERTAIN = 5


class Recognition(NamedTuple):
    """How sure a format is, and the numbers of the lines by which it is."""

    sureness: Sureness = Sureness.NONE
    lines: tuple[int, ...] = ()
