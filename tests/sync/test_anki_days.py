"""Days in `duly sync`: collections made in other zones, other rollovers, a phone that travels."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.sync.desk import Desk, Duly, card_of

from duly.anki.progress.calendar import Calendar
from duly.anki.raw_rows import RawCard, RawDeck, RawNote, RawReview, RawSettings
from duly.cards import CardId, Face, NoteId
from duly.exchange.import_progress import moments
from duly.journal import Journal
from duly.scheduling.day import StudyDay, milliseconds, study_day
from duly.scheduling.journal_entries import Review
from duly.sync.anki_interface import AnkiState, NoteTypeInfo
from duly.sync.pull_progress import PullContext, pull_progress
from duly.sync.sync_base import SyncBase

ZI = CardId(NoteId("zi"), Face("front"))


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kolkata", "America/New_York", "UTC"])
@pytest.mark.parametrize("rollover", [0, 4, 23])
def test_a_card_comes_back_on_the_same_day_there_wherever_the_collection_was_made(
    desk: Desk, duly: Duly, zone: str, rollover: int
) -> None:
    """Anki itself is asked on which of its days the card is due."""
    creation_time = datetime(2026, 3, 7, rollover, 30, tzinfo=ZoneInfo(zone))  # in New York, the day before summer time
    offset = creation_time.utcoffset()
    assert offset is not None
    with desk.open() as collection:
        collection.set_config("creationOffset", -int(offset / timedelta(minutes=1)))
        collection.set_config("rollover", rollover)
        assert collection.db
        collection.db.execute("update col set crt = ?", int(creation_time.timestamp()))
    (duly.home / "config.toml").write_text(f"rollover = {rollover}\n")
    duly.syncs(desk)
    duly.quiz(4)
    duly.syncs(desk)
    schedule = duly.schedule("zi")
    today = study_day(datetime.now().astimezone(), rollover)
    assert schedule.due == today + 1
    with desk.open() as collection:
        assert card_of(collection, "zi").due - collection.sched.today == 1
        collection.sched.set_due_date([card_of(collection, "zi").id], "5")
    duly.syncs(desk)
    assert duly.schedule("zi").due == today + 5


def test_another_rollover_in_anki_is_named(desk: Desk, duly: Duly) -> None:
    with desk.open() as collection:
        collection.set_config("rollover", 2)
    (message,) = duly.syncs(desk)["waiting"]["messages"]
    assert message == "a day begins at 2:00 in Anki and at 4:00 here; set rollover = 2 to have one day"


@pytest.mark.parametrize("ahead", [14, -10])
def test_an_answer_on_a_phone_in_another_zone_counts_to_the_day_that_it_was_there(ahead: int) -> None:
    """The row of an answer does not tell the zone; the day on which the card comes back does."""
    instant = milliseconds(datetime(2026, 11, 24, 15 if ahead > 0 else 13, tzinfo=UTC))
    moment_here = moments(UTC, 4)
    day_there = StudyDay(study_day(datetime.fromtimestamp(instant / 1000, UTC) + timedelta(hours=ahead), 4))
    settings = RawSettings(0, 0, 4, 2, fsrs=False)
    card = RawCard(7, 3, 1, 0, 2, 2, day_there + 6, 6, 2500, 2, 0, 0, 0, 0, "")
    rows = [RawReview(instant, 7, 3, 6, 1, 2500, 1000, 1)]
    note = RawNote(3, "zi", 5, 0, (), ("q", "a"))
    state = AnkiState(
        settings,
        {5: NoteTypeInfo("Duly", ("Front", "Back"), is_cloze=False)},
        {1: RawDeck(1, "Default", is_filtered=False)},
        {"zi": note},
        [card],
        rows,
        change_times={7: instant // 1000},
    )
    with Journal.in_memory() as journal:
        calendar = Calendar(moment_here, moment_here(instant + 3_600_000))
        pull_progress(journal, state, SyncBase(), PullContext({ZI: card}, {ZI: ("zi", 0)}, calendar, "sm2-paper"))
        (answer,) = [logged.entry for logged in journal.entries() if isinstance(logged.entry, Review)]
    assert answer.moment.day == day_there
    assert moment_here(instant).day != day_there  # the clock here says another day
