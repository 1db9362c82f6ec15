"""FSRS on both sides of `duly sync`: one memory, and one day for each answer."""

from collections.abc import Sequence

import pytest
from anki.collection import Collection
from tests.sync.desk import Desk, Duly, card_of
from tests.sync.test_anki_answers import ZI, changes_nothing

from duly.cli.shared_options import now, settings
from duly.journal import Journal
from duly.scheduling.day import StudyDay
from duly.scheduling.journal_entries import ImportedSchedule
from duly.scheduling.schedule import FsrsMemory, Schedule, Sm2Memory
from duly.study.clock import Clock


@pytest.fixture(autouse=True)
def fsrs_everywhere(desk: Desk, duly: Duly) -> None:
    with desk.open() as collection:
        collection.set_config("fsrs", val=True)
    (duly.home / "config.toml").write_text('scheduler = "fsrs"\nretention = 0.85\n')
    settings.cache_clear()


def retention(collection: Collection, share: float) -> None:
    preset = collection.decks.get_config(1)  # type: ignore[arg-type]
    assert preset is not None
    collection.decks.update_config(preset | {"desiredRetention": share})


def memory(schedule: Schedule) -> Sequence[float]:
    assert isinstance(schedule.memory, FsrsMemory)
    return schedule.memory.stability, schedule.memory.difficulty


def test_an_answer_in_anki_keeps_the_day_that_it_got_there(desk: Desk, duly: Duly) -> None:
    with desk.open() as collection:
        retention(collection, 0.8)
    duly.syncs(desk)
    desk.answers("zi", 4)
    before = desk.tables()["cards"]
    assert duly.syncs(desk)["taken"]["answers"] == 1
    assert desk.tables()["cards"] == before
    assert desk.due_in("zi") == duly.schedule("zi").interval > 15  # at 0.9 it would be 8
    changes_nothing(desk, duly)


def test_after_answers_on_both_sides_anki_computes_the_memory_that_duly_has(desk: Desk, duly: Duly) -> None:
    duly.syncs(desk)
    duly.quiz(4, 3)
    duly.syncs(desk)
    desk.answers("zi", 2)
    duly.syncs(desk)
    for note in ("zi", "mu"):
        with desk.open() as collection:
            state = collection._backend.compute_memory_state(card_of(collection, note).id).state
        assert (state.stability, state.difficulty) == pytest.approx(memory(duly.schedule(note)), rel=1e-4)
    changes_nothing(desk, duly)


def test_the_ease_that_a_card_had_in_anki_stays_where_fsrs_plans_it(desk: Desk, duly: Duly) -> None:
    duly.quiz(4, 4)
    duly.syncs(desk)
    with desk.open() as collection:
        card = card_of(collection, "zi")
        card.factor = 1800
        collection.update_card(card)
    duly.syncs(desk)
    assert desk.card("zi").factor == 1800
    changes_nothing(desk, duly)


def test_where_the_log_begins_in_the_middle_the_memory_goes_along(desk: Desk, duly: Duly) -> None:
    with Journal.open(duly.database) as journal, journal.transaction() as transaction:
        moment = Clock(journal, now, 4).moment()
        foreign_schedule = Schedule(moment.day, StudyDay(moment.day - 50), 50, memory=Sm2Memory(5, 212))
        transaction.append(ImportedSchedule(ZI, moment, foreign_schedule, "a box of paper"), foreign_schedule)
    duly.quiz(3)
    duly.syncs(desk)
    anki_memory = desk.card("zi").memory_state
    assert anki_memory is not None
    assert (anki_memory.stability, anki_memory.difficulty) == pytest.approx(memory(duly.schedule("zi")), rel=1e-3)
    changes_nothing(desk, duly)
