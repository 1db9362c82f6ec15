"""Progress of long work: the work iterates over its items through a `Watch`, which may show how far it is."""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from duly.message import Message

T = TypeVar("T")


class Watch(Protocol):
    """Yields the items unchanged, one after another; `doing` says what is done with them."""

    def __call__(self, items: Sequence[T], doing: Message) -> Iterable[T]: ...


def stage(watch: Watch, doing: Message) -> None:
    """Shows a stage of the work whose length is unknown. Raises what `watch` raises to cancel the work."""
    for _next in watch((doing,), doing):
        pass


def silent_watch(items: Sequence[T], doing: Message) -> Iterable[T]:  # noqa: ARG001 - the signature of a `Watch`
    """A `Watch` that shows nothing."""
    return items
