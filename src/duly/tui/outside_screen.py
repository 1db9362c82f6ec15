"""What is done on the terminal itself, with the screen out of the way."""

from collections.abc import Callable
from typing import Any

from textual.app import App


def aside(app: App[Any], work: Callable[[], object]) -> None:
    """Does work that needs the terminal for itself.

    Raises what `work` raises, but only when the screen is back: Textual would never bring it back otherwise. Raises
    `textual.app.SuspendNotSupported`, with nothing done, where the terminal cannot be left.
    """
    failure: Exception | None = None
    with app.suspend():
        try:
            work()
        except Exception as error:
            failure = error
    if failure is not None:
        raise failure
