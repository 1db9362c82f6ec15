"""Importing progress: what was learned in Anki, and schedules out of texts, as entries of the journal."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from duly.exchange.events import ImportEvent, ProgressImported, SchedulesFound, SchedulesImported
from duly.scheduling.day import offset_minutes, study_day
from duly.scheduling.entries import Moment
from duly.watch import Watch, unwatched

if TYPE_CHECKING:
    from duly.cards import CardId
    from duly.scheduling.elsewhere import Planned


@dataclass(frozen=True, slots=True)
class ProgressOptions:
    """The journal that progress goes to, and whether cards keep the days on which Anki has planned them.

    `moment` makes a moment on the learner's clock of milliseconds since 1970; `now` is the present one.
    """

    database: Path
    scheduler: str
    now: Moment
    moment: Callable[[int], Moment]
    keep_due: bool = False


def moments(zone: tzinfo | None, rollover: int) -> Callable[[int], Moment]:
    """Makes moments on the clock of a zone (None is this machine's) of milliseconds since 1970."""
    epoch = datetime(1970, 1, 1, tzinfo=UTC)

    def moment(instant: int) -> Moment:
        wall = (epoch + timedelta(milliseconds=instant)).astimezone(zone)
        return Moment(instant, study_day(wall, rollover), offset_minutes(wall))

    return moment


def import_progress(
    file: Path, paths: tuple[Path, ...], options: ProgressOptions, *, watch: Watch = unwatched
) -> Iterator[ImportEvent]:
    """Imports the progress of a package or collection for the cards in `paths`. Raises `DulyError`."""
    from duly.anki.homes import in_anki
    from duly.anki.incoming.reader import opened
    from duly.anki.progress_in import read_progress
    from duly.anki.progress_time import Calendar
    from duly.study.collection import open_collection
    from duly.study.taking import take

    with opened(file) as anki, open_collection(paths, options.database) as collection:
        yield from collection.decks.errors
        cards = [card.id for card in collection.decks.cards]
        there = in_anki(collection.decks.cards)
        read = read_progress(anki, cards, Calendar(options.moment, options.now), options.scheduler, there)
        taken = take(collection.journal, read.cards, options.now, keep_due=options.keep_due, watch=watch)
    yield ProgressImported(file, taken, read.left_out)


def report_schedules(file: Path, planned: "Mapping[CardId, Planned]") -> Iterator[ImportEvent]:
    """Reports that a text has schedules, if it has some."""
    if planned:
        yield SchedulesFound(file, len(planned))


def import_schedules(
    file: Path, planned: "Mapping[CardId, Planned]", options: ProgressOptions
) -> Iterator[ImportEvent]:
    """Imports the schedules of cards that have been neither answered nor imported before.

    Raises `DulyError` where the journal cannot be written.
    """
    from duly.journal import Journal
    from duly.scheduling.elsewhere import Elsewhere
    from duly.study.taking import take

    cards = [
        Elsewhere(card, stands=plan.schedule(options.now.day), origin=plan.origin) for card, plan in planned.items()
    ]
    imported = 0
    if cards:
        with Journal.open(options.database) as journal:
            imported = take(journal, cards, options.now).adopted
    yield SchedulesImported(file, imported, len(cards))
