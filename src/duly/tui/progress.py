"""Long work in a thread, told on the screen: how far it is, in words and per cent."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from duly.i18n import said
from duly.message import Message

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Telling:
    """A `Watch` that tells each further per cent of the work to `tell`."""

    tell: Callable[[str], None]

    def __call__(self, items: Sequence[T], doing: Message) -> Iterable[T]:
        told = -1
        for number, item in enumerate(items):
            percent = 100 * number // len(items)
            if percent > told:
                told = percent
                self.tell(f"{said(doing)} {percent}%")
            yield item
