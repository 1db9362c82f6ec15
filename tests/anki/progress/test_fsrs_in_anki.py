"""What Anki's own FSRS makes of an exported log: the memory that ours has of the same answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from anki.collection import Collection
from tests.anki.progress_reader import with_progress
from tests.scheduling.histories import logged

from duly.anki.package_export import export_package
from duly.anki.progress.to_anki import ReviewHistories
from duly.cards import FRONT, Basic, CardId, DeckName, Note, NoteId
from duly.scheduling.day import StudyDay, milliseconds, offset_minutes, study_day
from duly.scheduling.fsrs import DEFAULT_PARAMETERS
from duly.scheduling.grade import Grade
from duly.scheduling.journal_entries import (
    ALL_CARDS,
    Entry,
    Fitting,
    ImportedSchedule,
    JournalEntry,
    Moment,
    Reset,
    Review,
)
from duly.scheduling.review_history import histories
from duly.scheduling.schedule import FsrsMemory, Schedule, Sm2Memory
from duly.scheduling.scheduler_registry import find_scheduler, fitted_fsrs
from duly.study.scheduler_switch import schedules_under

pytestmark = pytest.mark.slow

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC).astimezone()
FITTED = (
    *(0.1622, 0.7553, 2.2, 5.4694, 6.6124, 0.6026, 3.0358, 0.0144, 1.7055, 0.2151, 0.6497),
    *(1.5855, 0.0187, 0.3944, 1.8257, 0.6024, 1.8729, 0.7114, 0.0544, 0.1764, 0.3311),
)


def card(name: str) -> CardId:
    return CardId(NoteId(name), FRONT)


def at(days_ago: int, minutes: int = 0) -> Moment:
    """So many days ago at the hour of the export on this machine's wall clock, and some minutes later."""
    then = (NOW - timedelta(days=days_ago)).replace(tzinfo=None).astimezone() + timedelta(minutes=minutes)
    return Moment(milliseconds(then), study_day(then), offset_minutes(then))


@dataclass(frozen=True, slots=True)
class InAnki:
    """A card in Anki: the memory that FSRS computes from its log, that which came along with it, its interval, and the
    decay of the forgetting curve."""

    computed: FsrsMemory
    held: FsrsMemory | None
    interval: int
    decay: float | None


def in_anki(folder: Path, journal: Sequence[JournalEntry]) -> dict[CardId, InAnki]:
    """The cards in a real Anki that has FSRS on and the same parameters, once a package was imported."""
    names = list(dict.fromkeys(record.entry.card.note for record in journal if record.entry.card != ALL_CARDS))
    notes = [Note(NoteId(name), Basic(name, "a"), DeckName("d")) for name in names]
    learned = ReviewHistories(histories(journal, find_scheduler), study_day(NOW), fitted_fsrs(journal))
    export_package(notes, folder / "out.apkg", folder / "exports.db", NOW, review_histories=learned)
    collection = Collection(str(folder / "collection.anki2"))
    try:
        collection.set_config("fsrs", val=True)
        collection.import_anki_package(with_progress(str(folder / "out.apkg")))
        preset = collection.decks.get_config(1)  # type: ignore[arg-type]
        assert preset is not None
        collection.decks.update_config(preset | {"fsrsParams6": list(fitted_fsrs(journal).parameters)})
        cards = {}
        for number in collection.find_cards(""):
            held = collection.get_card(number)
            state = collection._backend.compute_memory_state(number).state
            came = held.memory_state
            cards[card(held.note().guid)] = InAnki(
                FsrsMemory(state.stability, state.difficulty),
                None if came is None else FsrsMemory(came.stability, came.difficulty),
                held.ivl,
                held.decay,
            )
        return cards
    finally:
        collection.close()


def lives(schedulers: Sequence[str]) -> list[Entry]:
    """Answers to cards, early and late, some drilled or given twice on a day, each ruled by one of the schedulers."""
    dice = Random(f"{schedulers}")
    entries: list[Entry] = []
    for number in range(30):
        name, day = card(f"n{number}"), dice.randrange(300, 900)
        while day > 0:
            for again in range(dice.choice((1, 1, 1, 2, 3))):
                grade = Grade(dice.choice((0, 2, 3, 4, 4, 4, 5)))
                entries.append(Review(name, at(day, 3 * again + number), grade, dice.choice(schedulers)))
            day -= dice.choice((1, 2, 6, 15, 40, 150))
    return sorted(entries, key=lambda entry: entry.moment.at)


def memory_of(schedule: Schedule) -> FsrsMemory:
    assert isinstance(schedule.memory, FsrsMemory)
    return schedule.memory


@pytest.mark.parametrize("parameters", [DEFAULT_PARAMETERS, FITTED], ids=["usual", "fitted"])
@pytest.mark.parametrize("schedulers", [["sm2-paper"], ["fsrs"], ["sm2-paper", "fsrs"]], ids="+".join)
def test_anki_computes_the_same_memory_from_a_complete_log_of_any_scheduler(
    tmp_path: Path, schedulers: list[str], parameters: tuple[float, ...]
) -> None:
    journal = logged(Fitting(ALL_CARDS, at(1000), parameters), *lives(schedulers))
    ours = schedules_under(fitted_fsrs(journal), journal)
    theirs = in_anki(tmp_path, journal)
    assert len(theirs) == 30
    for name, anki in theirs.items():
        mine = memory_of(ours[name])
        assert anki.computed.stability == pytest.approx(mine.stability, rel=2e-4), name
        assert anki.computed.difficulty == pytest.approx(mine.difficulty, abs=1e-4), name
        assert anki.held is None or anki.decay == pytest.approx(parameters[20], abs=1e-3)
        assert (anki.held is not None) == isinstance(
            histories(journal, find_scheduler)[name].schedule.memory, FsrsMemory
        )


def test_a_card_that_was_reset_is_new_in_anki_too(tmp_path: Path) -> None:
    name = card("anew")
    journal = logged(
        *(Review(name, at(day), Grade.GOOD, "fsrs") for day in (90, 80, 40)),
        Reset(name, at(30)),
        *(Review(name, at(day), grade, "fsrs") for day, grade in ((20, Grade.HARD), (19, Grade.EASY))),
    )
    (anki,) = in_anki(tmp_path, journal).values()
    mine = memory_of(histories(journal, find_scheduler)[name].schedule)
    assert anki.computed.stability == pytest.approx(mine.stability, rel=1e-4)


BEGUN = Schedule(StudyDay(20_470), StudyDay(20_420), 50, memory=Sm2Memory(5, 212))


def test_the_memory_of_a_card_with_an_incomplete_log_is_exported_in_its_data(tmp_path: Path) -> None:
    name = card("begun")
    journal = logged(
        ImportedSchedule(name, at(50), BEGUN, "paper"),
        Review(name, at(40), Grade.GOOD, "fsrs", due=StudyDay(at(40).day + 300)),  # retention was low
        Review(name, at(3), Grade.HARD, "fsrs"),
    )
    mine = memory_of(histories(journal, find_scheduler)[name].schedule)
    (anki,) = in_anki(tmp_path, journal).values()
    assert anki.computed.stability != pytest.approx(mine.stability, rel=0.01)  # the log alone does not lead there
    assert anki.held is not None
    assert (anki.held.stability, anki.held.difficulty) == pytest.approx((mine.stability, mine.difficulty), rel=1e-3)
    assert anki.interval == histories(journal, find_scheduler)[name].schedule.interval
