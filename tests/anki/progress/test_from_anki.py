"""What was learned in a real Anki, as the journal is told of it."""

import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.learner import Learner
from tests.scheduling.histories import sm2_memory

from duly.anki.progress.calendar import Calendar
from duly.anki.progress.current_schedule import current_schedule
from duly.anki.progress.from_anki import AnkiProgress, read_progress
from duly.anki.progress.from_revlog import LeftOutReason, LogReader
from duly.anki.raw_rows import RawCard, RawReview, RawSettings
from duly.anki.read.open_anki import open_anki
from duly.cards import BACK, FRONT, CardId, Face, NoteId
from duly.scheduling.day import StudyDay, calendar_date, milliseconds, offset_minutes, study_day
from duly.scheduling.foreign_progress import ForeignProgress
from duly.scheduling.grade import Grade
from duly.scheduling.journal_entries import EntryId, ImportedSchedule, Moment, Reset, Review
from duly.scheduling.replay import replay
from duly.scheduling.schedule import FsrsMemory, Schedule, Sm2Memory
from duly.scheduling.scheduler_registry import find_scheduler

DAY = 86_400_000


def moment(instant: int) -> Moment:
    local_time = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=instant)).astimezone()
    return Moment(instant, study_day(local_time), offset_minutes(local_time))


def now() -> Moment:
    return moment(milliseconds(datetime.now().astimezone()))


def read(file: Path, *cards: CardId, scheduler: str = "sm2-paper") -> AnkiProgress:
    with open_anki(file) as collection:
        return read_progress(collection, cards, Calendar(moment, now()), scheduler)


def progress_of(file: Path, card: CardId, scheduler: str = "sm2-paper") -> ForeignProgress:
    (progress,) = read(file, card, scheduler=scheduler).cards
    return progress


def grades(progress: ForeignProgress) -> list[Grade]:
    return [logged.entry.grade for logged in progress.entries if isinstance(logged.entry, Review)]


def open_collection(learner: Learner) -> Path:
    """The collection as it lies there while Anki has it open."""
    return Path(learner.collection.path)


def front(guid: str) -> CardId:
    return CardId(NoteId(guid), FRONT)


def make_older(learner: Learner, days: int) -> None:
    """Lets days pass: all that was learned was so many days ago."""
    assert learner.collection.db is not None
    learner.collection.db.execute("update revlog set id = id - ?", days * DAY)
    learner.collection.db.execute("update cards set due = due - ? where type = 2", days)


@pytest.mark.parametrize(
    "packed",
    [
        lambda learner, folder: learner.packs(folder / "new.apkg"),
        lambda learner, folder: learner.packs(folder / "old.apkg", legacy=True),
        lambda learner, folder: learner.packs_collection(folder / "all.colpkg"),
        lambda learner, _folder: open_collection(learner),
    ],
    ids=["apkg", "old apkg", "colpkg", "live"],
)
def test_every_answer_comes_from_every_kind_of_file(
    learner: Learner, tmp_path: Path, packed: Callable[[Learner, Path], Path]
) -> None:
    guid = learner.adds("Basic", "q", "a").guid
    for button in (1, 2, 3, 4):
        learner.reviews(guid, button=button)
    progress = progress_of(packed(learner, tmp_path), front(guid))
    assert grades(progress) == [Grade.AGAIN, Grade.HARD, Grade.GOOD, Grade.EASY]
    assert learner.collection.db is not None
    ids = learner.collection.db.list("select id from revlog order by id")
    assert [logged.id for logged in progress.entries] == [EntryId("anki", number) for number in ids]
    assert [logged.entry.moment for logged in progress.entries] == [moment(number) for number in ids]
    assert not progress.is_suspended


def test_a_card_is_found_by_its_guid_and_number(learner: Learner) -> None:
    both = learner.adds("Basic (and reversed card)", "q", "a").guid
    cloze = learner.adds("Cloze", "{{c1::a}} {{c3::b}}").guid
    stranger = learner.adds("Basic", "other", "a").guid
    learner.adds("Basic", "never answered", "a")
    for guid, number, button in ((both, 1, 3), (cloze, 2, 4), (cloze, 0, 1), (stranger, 0, 3)):
        learner.reviews(guid, number, button)
    card_ids = (CardId(NoteId(both), BACK), CardId(NoteId(cloze), Face("c3")), CardId(NoteId(both), FRONT))
    result = read(open_collection(learner), *card_ids)
    assert {str(progress.card): grades(progress) for progress in result.cards} == {
        f"{both}/front": [], f"{both}/back": [Grade.GOOD], f"{cloze}/c3": [Grade.EASY],
    }  # fmt: skip
    assert result.left_out_counts == {LeftOutReason.UNKNOWN_CARD: 2}


@pytest.mark.parametrize("fsrs", [False, True], ids=["SM-2", "FSRS"])
def test_the_current_schedule_has_the_due_day(learner: Learner, fsrs: bool) -> None:
    learner.collection.set_config("fsrs", fsrs)
    guid = learner.adds("Basic", "q", "a").guid
    learner.reviews(guid)
    make_older(learner, 3)
    schedule = progress_of(open_collection(learner), front(guid)).schedule
    card = learner.card(guid)
    assert schedule is not None
    assert (schedule.interval, schedule.easiness, schedule.due, schedule.last) == (
        card.ivl,
        250,
        now().day + card.due - learner.collection.sched.today,
        now().day - 3,
    )


def test_a_card_scheduled_by_fsrs_on_both_sides_keeps_its_memory_and_due_days(learner: Learner) -> None:
    learner.collection.set_config("fsrs", val=True)
    guid = learner.adds("Basic", "q", "a").guid
    learner.reviews(guid)
    make_older(learner, 5)
    learner.reviews(guid, button=3)
    progress, card = progress_of(open_collection(learner), front(guid), "fsrs"), learner.card(guid)
    first, last = (logged.entry for logged in progress.entries)
    assert isinstance(first, Review) and isinstance(last, Review) and progress.schedule is not None
    assert first.due is not None and first.due > first.moment.day
    assert last.due == progress.schedule.due == now().day + card.ivl
    assert card.memory_state is not None
    assert isinstance(memory := progress.schedule.memory, FsrsMemory)
    anki_memory = card.memory_state.stability, card.memory_state.difficulty
    assert (memory.stability, memory.difficulty) == pytest.approx(anki_memory, rel=1e-3)


def test_under_sm2_an_answer_scheduled_by_fsrs_in_anki_is_rescheduled(learner: Learner) -> None:
    learner.collection.set_config("fsrs", val=True)
    guid = learner.adds("Basic", "q", "a").guid
    learner.reviews(guid)
    (logged,) = progress_of(open_collection(learner), front(guid)).entries
    assert isinstance(logged.entry, Review) and logged.entry.due is None


def test_an_answer_scheduled_by_sm2_in_anki_is_rescheduled_by_fsrs(learner: Learner) -> None:
    guid = learner.adds("Basic", "q", "a").guid
    learner.reviews(guid)
    progress = progress_of(open_collection(learner), front(guid), "fsrs")
    (logged,) = progress.entries
    assert isinstance(logged.entry, Review) and logged.entry.due is None
    assert progress.schedule is not None and isinstance(progress.schedule.memory, Sm2Memory)


def test_a_card_in_a_filtered_deck_is_due_as_in_its_home_deck(learner: Learner) -> None:
    guid = learner.adds("Basic", "q", "a").guid
    learner.reviews(guid)
    home_schedule = progress_of(open_collection(learner), front(guid)).schedule
    learner.collection.sched.rebuild_filtered_deck(learner.collection.decks.new_filtered("Cram"))
    assert learner.card(guid).odid
    assert progress_of(open_collection(learner), front(guid)).schedule == home_schedule


def test_a_relearned_card_has_its_last_interval(learner: Learner) -> None:
    guid = learner.adds("Basic", "q", "a").guid
    learner.reviews(guid)
    make_older(learner, 9)
    learner.reviews(guid, button=1)
    schedule, card = progress_of(open_collection(learner), front(guid)).schedule, learner.card(guid)
    assert schedule is not None
    assert (card.type, schedule.repetitions, schedule.lapses) == (3, 0, 1)
    days_on = card.due - learner.collection.sched.today  # Anki counts days where ten minutes reach tomorrow
    assert schedule.due == now().day + (days_on if card.queue == 3 else 0)


def test_suspended_cards_are_imported_and_buried_ones_are_left_out(learner: Learner) -> None:
    suspended, buried = (learner.adds("Basic", name, "a").guid for name in ("one", "two"))
    learner.collection.sched.suspend_cards([learner.card(suspended).id])
    learner.collection.sched.bury_cards([learner.card(buried).id])
    result = read(open_collection(learner), front(suspended), front(buried))
    assert [progress.is_suspended for progress in result.cards] == [True, False]
    assert result.left_out_counts == {LeftOutReason.BURIED_CARD: 1}


def test_a_card_made_new_again_is_reset_and_a_manual_change_is_no_answer(learner: Learner) -> None:
    guid = learner.adds("Basic", "q", "a").guid
    learner.reviews(guid)
    learner.collection.sched.set_due_date([learner.card(guid).id], "7")
    result = read(open_collection(learner), front(guid))
    assert [type(logged.entry) for logged in result.cards[0].entries] == [Review]
    assert result.left_out_counts == {LeftOutReason.CHANGE: 1}
    learner.collection.sched.schedule_cards_as_new([learner.card(guid).id])
    progress = progress_of(open_collection(learner), front(guid))
    assert [type(logged.entry) for logged in progress.entries] == [Review, Reset]
    assert progress.schedule is None


def test_a_rescheduled_card_without_answers_gets_its_current_schedule(learner: Learner) -> None:
    guid = learner.adds("Basic", "q", "a").guid
    learner.collection.sched.set_due_date([learner.card(guid).id], "5")
    progress = progress_of(open_collection(learner), front(guid))
    assert (progress.entries, progress.schedule and progress.schedule.due) == ((), now().day + 5)


def test_a_log_that_begins_after_the_first_answers_starts_with_an_imported_schedule(learner: Learner) -> None:
    guid = learner.adds("Basic", "q", "a").guid
    learner.reviews(guid)
    make_older(learner, 8)
    learner.reviews(guid, button=2)
    assert learner.collection.db is not None
    learner.collection.db.execute("delete from revlog where id = (select min(id) from revlog)")
    adoption, review = progress_of(open_collection(learner), front(guid)).entries
    assert isinstance(adoption.entry, ImportedSchedule)
    assert (adoption.id, adoption.entry.moment.at) == (EntryId("anki:begun", review.id.number), review.id.number - 1)
    row = learner.collection.db.first("select lastIvl, factor from revlog")
    stood = adoption.entry.schedule
    assert row is not None
    assert [stood.interval, 10 * sm2_memory(stood).easiness] == list(row)
    assert (stood.due, stood.last) == (now().day, now().day - row[0])


def test_impossible_answers_are_left_out(learner: Learner) -> None:
    guid = learner.adds("Basic", "q", "a").guid
    card, late = learner.card(guid).id, now().at
    rows = [  # id, ease, ivl, lastIvl, factor, type
        (late + 2 * 3_600_000, 3, 1, 0, 2500, 0),  # two hours from now
        (253_402_300_800_000, 3, 1, 0, 2500, 0),  # the year 10000
        (-5, 3, 1, 0, 2500, 0),
        (5, 3, 1, 0, 2500, 0),  # seconds after 1970
        (late - 9, 7, 1, 0, 2500, 0),
        (late - 8, -1, 1, 0, 2500, 0),
        (late - 7, 2, 1, 0, 0, 3),  # a preview
        (late - 6, 0, 1, 0, 2500, 5),  # rescheduled
        (late - 5, 4, -60, -600, 0, 0),
    ]
    assert learner.collection.db is not None
    for row in rows:
        learner.collection.db.execute(
            "insert into revlog (id, ease, ivl, lastIvl, factor, type, cid, usn, time) values (?,?,?,?,?,?,?,-1,-3)",
            *row, card,
        )  # fmt: skip
    learner.collection.db.execute("update cards set type = 2, queue = 2")
    result = read(open_collection(learner), front(guid))
    assert [logged.id.number for logged in result.cards[0].entries] == [late - 5]
    assert result.left_out_counts == {LeftOutReason.IMPOSSIBLE: 6, LeftOutReason.PREVIEW: 1, LeftOutReason.CHANGE: 1}


def test_a_card_that_an_old_anki_made_new_again_is_new(learner: Learner) -> None:
    guid = learner.adds("Basic", "q", "a").guid
    learner.reviews(guid)
    assert learner.collection.db is not None
    learner.collection.db.execute("update cards set type = 0, queue = 0, due = 1, ivl = 0, factor = 0")
    result = read(open_collection(learner), front(guid))
    assert (result.cards[0].entries, result.cards[0].schedule) == ((), None)
    assert result.left_out_counts == {LeftOutReason.RESET_CARD: 1}


def test_the_first_scheduler_had_three_buttons_in_its_steps(learner: Learner, tmp_path: Path) -> None:
    guid = learner.adds("Basic", "q", "a").guid
    for button in (1, 2, 3, 4):
        learner.reviews(guid, button=button)
    make_older(learner, 30)
    learner.reviews(guid, button=2)
    file = tmp_path / "old.anki2"
    learner.packs(tmp_path / "old.apkg", legacy=True)
    with open_anki(tmp_path / "old.apkg") as collection, closing(sqlite3.connect(file)) as copy:
        collection._connection.backup(copy)
        copy.execute("""update col set conf = json_remove(conf, '$.schedVer')""")
        copy.execute("update revlog set ease = 1 + (id - (select min(id) from revlog) > 0) where type = 0")
        copy.execute("update revlog set ease = 3 where id = (select max(id) from revlog where type = 0)")
        copy.commit()
    progress = progress_of(file, front(guid))
    assert grades(progress) == [Grade.AGAIN, Grade.GOOD, Grade.GOOD, Grade.EASY, Grade.HARD]


def test_a_collection_without_a_time_zone_counts_days_in_the_local_one(learner: Learner) -> None:
    guid = learner.adds("Basic", "q", "a").guid
    learner.reviews(guid)
    anki_schedule = progress_of(open_collection(learner), front(guid)).schedule
    learner.collection.remove_config("creationOffset")
    local_schedule = progress_of(open_collection(learner), front(guid)).schedule
    assert anki_schedule is not None
    assert local_schedule is not None
    assert local_schedule.due == anki_schedule.due


@pytest.mark.parametrize(
    ("created", "west", "first"),
    [
        (datetime(2025, 12, 31, 20, tzinfo=UTC), -480, date(2026, 1, 1)),  # 4:00 of the new year in Shanghai
        (datetime(2026, 1, 1, 9, tzinfo=UTC), 300, date(2026, 1, 1)),  # 4:00 in New York
        (datetime(2025, 12, 31, 22, 15, tzinfo=UTC), -345, date(2026, 1, 1)),  # 4:00 in Kathmandu
        (datetime(2026, 1, 1, 15, tzinfo=UTC), 660, date(2026, 1, 1)),  # 4:00 in Pago Pago
    ],
)
def test_due_days_count_from_the_local_date_of_the_collections_creation(
    created: datetime, west: int, first: date
) -> None:
    calendar = Calendar(moment, moment(1_772_366_400_000))
    settings = RawSettings(int(created.timestamp()), west, 4, 2, fsrs=False)
    card = RawCard(1, 1, 1, 0, 2, 2, 100, 50, 2500, 3, 0, 0, 0, 0, "")
    assert calendar_date(calendar.due_day(card, settings)) == first + timedelta(days=100)


numbers = st.integers(-(2**53) + 1, 2**53 - 1)
few = st.integers(-4, 8)
likely = numbers | st.integers(0, 40_000) | st.sampled_from([0, 1, 2_500, 1_600_000_000, 1_700_000_000_000])
rows = st.builds(RawReview, likely, st.just(1), few, likely, likely, likely, likely, few)
kinds = st.builds(RawSettings, likely, st.none() | likely, few, few, st.booleans())
data = st.sampled_from(
    ["", "{}", "[]", "{", '{"s": 3.5, "d": 4.2}', '{"s": NaN, "d": 5}', '{"s": "x", "d": null}', '{"s": -1}']
)
raws = st.builds(RawCard, st.just(1), st.just(1), few, few, few, few, *[likely] * 6, few, few, data)


@given(st.lists(rows, max_size=5), raws, kinds, st.sampled_from(["sm2-paper", "fsrs"]))
def test_any_numbers_in_a_collection_give_a_possible_schedule(
    log: list[RawReview], card: RawCard, settings: RawSettings, scheduler: str
) -> None:
    calendar = Calendar(moment, moment(1_772_366_400_000))
    entries = LogReader(calendar, scheduler, settings.scheduler != 2, Counter()).entries(front("n"), log)
    current = current_schedule(card, settings, calendar, scheduler)
    for schedule in (
        current,
        *(logged.entry.schedule for logged in entries if isinstance(logged.entry, ImportedSchedule)),
    ):
        assert schedule is None or is_sane(schedule, calendar.now.day)
    for logged in entries:
        assert 0 <= logged.entry.moment.day <= calendar.now.day + 1
        assert not isinstance(logged.entry, Review) or 0 <= logged.entry.took <= 60_000
    replay(entries, find_scheduler)


def is_sane(schedule: Schedule, today: StudyDay) -> bool:
    assert schedule.due is not None
    assert schedule.last is not None
    return (
        1 <= schedule.interval <= 36_500
        and (isinstance(schedule.memory, FsrsMemory) or 130 <= sm2_memory(schedule).easiness <= 999)
        and 0 <= schedule.due <= today + 36_500
        and -36_500 <= schedule.last <= today
        and 0 <= schedule.lapses < 10_000
    )
