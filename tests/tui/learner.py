"""A learner at the terminal: writes deck files, opens the app at a size, reads what the screen shows."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path

from tests.tui.settling import settled
from textual.events import Paste
from textual.pilot import Pilot

from duly.journal import Journal
from duly.scheduling.grade import Grade
from duly.scheduling.journal_entries import Entry
from duly.scheduling.replay import without_undone
from duly.scheduling.schedule import NEW, Schedule
from duly.settings import DEFAULTS, Settings
from duly.study.collection import Collection
from duly.study.decks import open_decks
from duly.tui.app import DulyApp
from duly.tui.screens.review import Review
from duly.work_progress import Watch

EVENING = datetime(2026, 3, 1, 21, 0, tzinfo=timezone(timedelta(hours=8)))
SIZE = (80, 24)


class Learner:
    """Has the deck files in ``cards`` of the working folder, a journal beside them, and a clock set by hand."""

    def __init__(self) -> None:
        self.now = EVENING
        self.folder = Path("cards")
        self.folder.mkdir()
        self.database = Path("duly.db")
        self.sync: Callable[[Watch], str] = lambda _watch: "Synced."

    def writes(self, yaml: str, name: str = "deck.yaml") -> None:
        (self.folder / name).write_text(yaml, encoding="utf-8")

    @contextmanager
    def collection(self, settings: Settings = DEFAULTS) -> Iterator[Collection]:
        with open_decks([self.folder], self.database) as (decks, journal):
            yield Collection(decks, journal, settings, lambda: self.now)

    @asynccontextmanager
    async def app(
        self, *, settings: Settings = DEFAULTS, size: tuple[int, int] = SIZE, colour: bool = True
    ) -> AsyncIterator[Pilot[None]]:
        """The app on its first screen, the decks."""
        with self.collection(settings) as collection:
            async with DulyApp(collection, sync=self.sync, colour=colour).run_test(size=size) as pilot:
                await settled(pilot)
                yield pilot

    @asynccontextmanager
    async def review(
        self, *, settings: Settings = DEFAULTS, size: tuple[int, int] = SIZE, colour: bool = True
    ) -> AsyncIterator[Pilot[None]]:
        """The app, studying all decks."""
        async with self.app(settings=settings, size=size, colour=colour) as pilot:
            await press(pilot, "a")
            assert isinstance(pilot.app.screen, Review)
            yield pilot

    def forgets(self, card: str, times: int) -> None:
        """Learns the only card there is and forgets it again, so many times; it waits on the day after."""
        with self.collection() as collection:
            for grade in (Grade.GOOD, *(Grade.AGAIN, Grade.GOOD) * times):
                session = collection.session()
                assert session.card is not None and str(session.card.id) == card
                session.reveal()
                session.grade(grade)
                self.now += timedelta(days=grade is Grade.GOOD)

    def grades(self) -> list[Grade]:
        """The answers that count, as somebody finds them who opens the journal now."""
        with Journal.open(self.database) as journal:
            return [
                logged.entry.grade for logged in without_undone(journal.entries()) if hasattr(logged.entry, "grade")
            ]

    def entries(self) -> list[Entry]:
        with Journal.open(self.database) as journal:
            return [logged.entry for logged in journal.entries()]

    def schedule(self, card: str) -> Schedule:
        with Journal.open(self.database) as journal:
            return {str(key): schedule for key, schedule in journal.schedules().items()}.get(card, NEW)


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Presses keys, each when the screen shows what came of the one before. Much quicker than `Pilot.press`."""
    for key in keys:
        pilot.app.simulate_key(key)
        await settled(pilot)


async def write(pilot: Pilot[None], text: str) -> None:
    """Enters a text at once, as an input method does."""
    pilot.app.post_message(Paste(text))
    await settled(pilot)


async def changed(pilot: Pilot[None], learner: Learner, yaml: str) -> None:
    """Another program writes the deck file, and the app looks."""
    learner.writes(yaml)
    assert isinstance(pilot.app, DulyApp)
    pilot.app.reread_changed_files()
    await settled(pilot)


async def resized(pilot: Pilot[None], width: int, height: int) -> None:
    """The terminal gets another size."""
    await pilot.resize_terminal(width, height)
    await settled(pilot)


def screen(pilot: Pilot[None]) -> str:
    """What the terminal shows, as plain text without the spaces at the ends of lines."""
    strips = pilot.app.screen._compositor.render_strips()
    return "".join(strip.text.rstrip() + "\n" for strip in strips)


async def shows(pilot: Pilot[None], text: str) -> bool:
    """Whether the screen comes to show a text: for what takes more than one refresh, as scrolling to the end does."""
    for _ in range(100):
        if text in screen(pilot):
            return True
        await pilot.pause(0.02)
    return False


def rows(pilot: Pilot[None]) -> list[str]:
    return screen(pilot).splitlines()
