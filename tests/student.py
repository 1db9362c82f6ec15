"""A student: decks written as YAML, a real journal, and a clock that is set by hand."""

from collections.abc import Iterable
from contextlib import ExitStack
from datetime import datetime, timedelta, timezone
from pathlib import Path

from duly.cards import Card
from duly.journal import Journal
from duly.scheduling.day import StudyDay, study_day
from duly.scheduling.grade import Grade
from duly.scheduling.replay import replay
from duly.scheduling.schedule import NEW, Schedule
from duly.scheduling.scheduler_registry import find_scheduler
from duly.settings import DEFAULTS, Settings
from duly.study.collection import Collection
from duly.study.decks import read_decks
from duly.study.session import Session

EVENING = datetime(2026, 3, 1, 21, 0, tzinfo=timezone(timedelta(hours=8)))
TODAY = study_day(EVENING)


def day(ahead: int) -> StudyDay:
    """The study day so many days after the evening on which a test begins."""
    return StudyDay(TODAY + ahead)


def cards(yaml: str, folder: Path) -> tuple[Card, ...]:
    """The cards of a deck file with this text."""
    (folder / "deck.yaml").write_text(yaml, encoding="utf-8")
    decks = read_decks([folder / "deck.yaml"])
    assert not decks.errors
    return decks.cards


def ids(asked: Iterable[Card]) -> list[str]:
    return [str(card.id) for card in asked]


class Student:
    """Has a collection with the deck files in `folder` and the journal there. `now` is what the clock says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = EVENING
        self._open = ExitStack()

    def writes(self, yaml: str, name: str = "deck.yaml") -> None:
        (self.folder / name).write_text(yaml, encoding="utf-8")

    def sleeps(self, days: int = 1) -> None:
        self.now += timedelta(days=days)

    def collection(self, settings: Settings = DEFAULTS) -> Collection:
        """A collection with a connection of its own, as another process would have."""
        journal = self._open.enter_context(Journal.open(self.folder / "duly.db"))
        decks = read_decks([self.folder])
        assert not decks.errors
        return Collection(decks, journal, settings, lambda: self.now)

    def session(self, settings: Settings = DEFAULTS) -> Session:
        return self.collection(settings).session()

    def schedule(self, card: str) -> Schedule:
        """Where a card stands, as somebody finds it who opens the journal now."""
        with Journal.open(self.folder / "duly.db") as journal:
            schedules = journal.schedules()
            assert {key: schedule for key, schedule in schedules.items() if schedule != NEW} == replay(
                journal.entries(), find_scheduler
            )
            return {str(key): schedule for key, schedule in schedules.items()}.get(card, NEW)

    def leaves(self) -> None:
        self._open.close()


def answer(session: Session, grade: Grade, card: str | None = None) -> None:
    """Turns the asked card over and grades it; `card` is the one it should be."""
    assert session.card is not None
    if card is not None:
        assert str(session.card.id) == card
    session.reveal()
    session.grade(grade)
