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


def moment_of(days_ago: int, minutes: int = 0) -> Moment:
    """So many days ago at the hour of the export on this machine's wall clock, and some minutes later."""
    local_time = (NOW - timedelta(days=days_ago)).replace(tzinfo=None).astimezone() + timedelta(minutes=minutes)
    return Moment(milliseconds(local_time), study_day(local_time), offset_minutes(local_time))


@dataclass(frozen=True, slots=True)
class InAnki:
    """A card in Anki: the memory that FSRS computes from its log, that which came along with it, its interval, and the
    decay of the forgetting curve."""

    computed_memory: FsrsMemory
    imported_memory: FsrsMemory | None
    interval: int
    decay: float | None


def in_anki(folder: Path, journal: Sequence[JournalEntry]) -> dict[CardId, InAnki]:
    """The cards in a real Anki that has FSRS on and the same parameters, once a package was imported."""
    names = list(dict.fromkeys(record.entry.card.note for record in journal if record.entry.card != ALL_CARDS))
    notes = [Note(NoteId(name), Basic(name, "a"), DeckName("d")) for name in names]
    review_histories = ReviewHistories(histories(journal, find_scheduler), study_day(NOW), fitted_fsrs(journal))
    export_package(notes, folder / "out.apkg", folder / "exports.db", NOW, review_histories=review_histories)
    collection = Collection(str(folder / "collection.anki2"))
    try:
        collection.set_config("fsrs", val=True)
        collection.import_anki_package(with_progress(str(folder / "out.apkg")))
        preset = collection.decks.get_config(1)  # type: ignore[arg-type]
        assert preset is not None
        collection.decks.update_config(preset | {"fsrsParams6": list(fitted_fsrs(journal).parameters)})
        cards = {}
        for number in collection.find_cards(""):
            anki_card = collection.get_card(number)
            state = collection._backend.compute_memory_state(number).state
            memory_state = anki_card.memory_state
            cards[card(anki_card.note().guid)] = InAnki(
                FsrsMemory(state.stability, state.difficulty),
                None if memory_state is None else FsrsMemory(memory_state.stability, memory_state.difficulty),
                anki_card.ivl,
                anki_card.decay,
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
                entries.append(Review(name, moment_of(day, 3 * again + number), grade, dice.choice(schedulers)))
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
    journal = logged(Fitting(ALL_CARDS, moment_of(1000), parameters), *lives(schedulers))
    ours = schedules_under(fitted_fsrs(journal), journal)
    theirs = in_anki(tmp_path, journal)
    assert len(theirs) == 30
    for name, anki in theirs.items():
        our_memory = memory_of(ours[name])
        assert anki.computed_memory.stability == pytest.approx(our_memory.stability, rel=2e-4), name
        assert anki.computed_memory.difficulty == pytest.approx(our_memory.difficulty, abs=1e-4), name
        assert anki.imported_memory is None or anki.decay == pytest.approx(parameters[20], abs=1e-3)
        assert (anki.imported_memory is not None) == isinstance(
            histories(journal, find_scheduler)[name].schedule.memory, FsrsMemory
        )


def test_a_card_that_was_reset_is_new_in_anki_too(tmp_path: Path) -> None:
    name = card("anew")
    journal = logged(
        *(Review(name, moment_of(day), Grade.GOOD, "fsrs") for day in (90, 80, 40)),
        Reset(name, moment_of(30)),
        *(Review(name, moment_of(day), grade, "fsrs") for day, grade in ((20, Grade.HARD), (19, Grade.EASY))),
    )
    (anki,) = in_anki(tmp_path, journal).values()
    our_memory = memory_of(histories(journal, find_scheduler)[name].schedule)
    assert anki.computed_memory.stability == pytest.approx(our_memory.stability, rel=1e-4)


BEGUN = Schedule(StudyDay(20_470), StudyDay(20_420), 50, memory=Sm2Memory(5, 212))


def test_the_memory_of_a_card_with_an_incomplete_log_is_exported_in_its_data(tmp_path: Path) -> None:
    name = card("begun")
    journal = logged(
        ImportedSchedule(name, moment_of(50), BEGUN, "paper"),
        Review(name, moment_of(40), Grade.GOOD, "fsrs", due=StudyDay(moment_of(40).day + 300)),  # retention was low
        Review(name, moment_of(3), Grade.HARD, "fsrs"),
    )
    our_memory = memory_of(histories(journal, find_scheduler)[name].schedule)
    (anki,) = in_anki(tmp_path, journal).values()
    # The log alone does not lead to the same memory.
    assert anki.computed_memory.stability != pytest.approx(our_memory.stability, rel=0.01)
    assert anki.imported_memory is not None
    assert (anki.imported_memory.stability, anki.imported_memory.difficulty) == pytest.approx(
        (our_memory.stability, our_memory.difficulty), rel=1e-3
    )
    assert anki.interval == histories(journal, find_scheduler)[name].schedule.interval
