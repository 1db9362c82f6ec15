"""What no file can tell alone: checks over a whole collection, each a function in a list."""

from collections.abc import Callable, Iterator, Sequence

from duly.deckfile.doubles import ids, questions
from duly.deckfile.finding import Audited, Finding
from duly.deckfile.media import media

CHECKS: tuple[Callable[[Sequence[Audited]], Iterator[Finding]], ...] = (ids, questions, media)


def audit(collection: Sequence[Audited]) -> list[Finding]:
    """Everything the checks find, in the order of the checks."""
    return [finding for check in CHECKS for finding in check(collection)]
