"""Progress of long work: a room iterates over its items through a `Watch`, and a face may count along."""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from duly.message import Message

T = TypeVar("T")


class Watch(Protocol):
    """Gives the items one after another, as they are; `doing` says what is done with them."""

    def __call__(self, items: Sequence[T], doing: Message) -> Iterable[T]: ...


def stage(watch: Watch, doing: Message) -> None:
    """Shows what is done next, where nobody knows how long that takes. Raises what `watch` raises to cancel it."""
    for _next in watch((doing,), doing):
        pass


def unwatched(items: Sequence[T], doing: Message) -> Iterable[T]:  # noqa: ARG001 - a `Watch` nobody looks through
    """The items, and nothing is shown."""
    return items
