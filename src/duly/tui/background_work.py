"""Long work in a thread, its progress shown on the screen in words and per cent."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from textual.screen import Screen
from textual.worker import get_current_worker

from duly.errors import DulyError
from duly.i18n import _, translate
from duly.message import Message
from duly.work_progress import Watch

T = TypeVar("T")


class WorkCancelled(Exception):  # noqa: N818 - nothing went wrong
    """The learner has cancelled the work."""


@dataclass(frozen=True, slots=True)
class ScreenProgress:
    """A `Watch` that calls `report` at each new per cent, or once for a single item.

    Raises `WorkCancelled` when `is_cancelled` returns True.
    """

    report: Callable[[str], None]
    is_cancelled: Callable[[], bool]

    def __call__(self, items: Sequence[T], doing: Message) -> Iterable[T]:
        if len(items) == 1:
            self.report(_("{doing}… · esc cancels").format(doing=translate(doing)))
        shown_percent = -1 if len(items) > 1 else 0
        for number, item in enumerate(items):
            if self.is_cancelled():
                raise WorkCancelled
            percent = 100 * number // len(items)
            if percent > shown_percent:
                shown_percent = percent
                self.report(_("{doing} {percent}% · esc cancels").format(doing=translate(doing), percent=percent))
            yield item


class BackgroundWork:
    """Runs the work of a screen, one at a time. `say` is called with its progress, and with the reason of a failure."""

    def __init__(self, screen: Screen[Any], say: Callable[[str], None]) -> None:
        self.is_running = False
        self._screen = screen
        self._say = say
        self._is_cancelled = False

    def start(self, work: Callable[[Watch], T], on_done: Callable[[T], None]) -> None:
        """Runs `work` in a thread, unless other work is running, and calls `on_done` with its result."""
        if not self.is_running:
            self.is_running, self._is_cancelled = True, False
            self._screen.run_worker(partial(self._run, work, on_done), thread=True)

    def cancel(self) -> bool:
        """Cancels the work at its next item. Returns whether there is any."""
        self._is_cancelled = self.is_running
        return self.is_running

    def _run(self, work: Callable[[Watch], T], on_done: Callable[[T], None]) -> None:
        worker, call = get_current_worker(), self._screen.app.call_from_thread
        watch = ScreenProgress(partial(call, self._say), lambda: self._is_cancelled or worker.is_cancelled)
        try:
            finish = partial(on_done, work(watch))
        except WorkCancelled:
            finish = partial(self._say, _("Cancelled."))
        except DulyError as error:
            finish = partial(self._say, translate(error.message))
        finally:
            self.is_running = False
        if not worker.is_cancelled:  # it is cancelled when the screen is closed
            call(finish)
