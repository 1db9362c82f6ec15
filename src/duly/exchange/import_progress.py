"""Imports progress into the journal: from Anki, and from schedules in texts."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from duly.exchange.import_events import ImportEvent, ProgressImported, SchedulesFound, SchedulesImported
from duly.scheduling.day import offset_minutes, study_day
from duly.scheduling.journal_entries import Moment
from duly.work_progress import Watch, silent_watch

if TYPE_CHECKING:
    from duly.cards import CardId
    from duly.scheduling.foreign_progress import ForeignSchedule


@dataclass(frozen=True, slots=True)
class ProgressOptions:
    """The journal for the progress, and whether cards keep their due days in Anki.

    `moment` converts milliseconds since 1970 to a moment on the learner's clock; `now` is the present.
    """

    database: Path
    scheduler: str
    now: Moment
    moment: Callable[[int], Moment]
    keep_due: bool = False


def moments(zone: tzinfo | None, rollover: int) -> Callable[[int], Moment]:
    """A function from milliseconds since 1970 to moments in a time zone (None is that of this machine)."""
    epoch = datetime(1970, 1, 1, tzinfo=UTC)

    def moment(instant: int) -> Moment:
        local_time = (epoch + timedelta(milliseconds=instant)).astimezone(zone)
        return Moment(instant, study_day(local_time, rollover), offset_minutes(local_time))

    return moment


def import_progress(
    file: Path, paths: tuple[Path, ...], options: ProgressOptions, *, watch: Watch = silent_watch
) -> Iterator[ImportEvent]:
    """Imports the progress of a package or collection for the cards in `paths`. Raises `DulyError`."""
    from duly.anki.notes.origin_lookup import identity_in_anki
    from duly.anki.progress.calendar import Calendar
    from duly.anki.progress.from_anki import read_progress
    from duly.anki.read.open_anki import open_anki
    from duly.study.decks import open_decks
    from duly.study.import_into_journal import import_into_journal

    with open_anki(file) as anki, open_decks(paths, options.database) as (decks, journal):
        yield from decks.errors
        cards = [card.id for card in decks.cards]
        identities = identity_in_anki(decks.cards)
        anki_progress = read_progress(anki, cards, Calendar(options.moment, options.now), options.scheduler, identities)
        report = import_into_journal(journal, anki_progress.cards, options.now, keep_due=options.keep_due, watch=watch)
    yield ProgressImported(file, report, anki_progress.left_out_counts)


def report_schedules(file: Path, schedules: "Mapping[CardId, ForeignSchedule]") -> Iterator[ImportEvent]:
    """Reports the number of schedules in a text, if any."""
    if schedules:
        yield SchedulesFound(file, len(schedules))


def import_schedules(
    file: Path, schedules: "Mapping[CardId, ForeignSchedule]", options: ProgressOptions
) -> Iterator[ImportEvent]:
    """Imports the schedules of cards that have been neither answered nor imported before.

    Raises `DulyError` if the journal cannot be written.
    """
    from duly.journal import Journal
    from duly.scheduling.foreign_progress import ForeignProgress
    from duly.study.import_into_journal import import_into_journal

    cards = [
        ForeignProgress(card, schedule=foreign_schedule.schedule(options.now.day), origin=foreign_schedule.origin)
        for card, foreign_schedule in schedules.items()
    ]
    imported_count = 0
    if cards:
        with Journal.open(options.database) as journal:
            imported_count = import_into_journal(journal, cards, options.now).adopted
    yield SchedulesImported(file, imported_count, len(cards))
