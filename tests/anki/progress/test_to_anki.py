"""What a learner finds in a real Anki of what was learned here."""

import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.anki import progress_reader
from tests.learner import Learner
from tests.scheduling.histories import logged, moment, review, sm2_memory, undo

from duly.anki.package_export import export_package
from duly.anki.progress.to_anki import ReviewHistories
from duly.cards import BACK, FRONT, Basic, CardId, Cloze, DeckName, Face, Note, NoteId, Reversed
from duly.scheduling.day import StudyDay, calendar_date, study_day
from duly.scheduling.journal_entries import Bury, Entry, EntryId, ImportedSchedule, JournalEntry, Reset, SetDue, Suspend
from duly.scheduling.review_history import histories
from duly.scheduling.schedule import Schedule, Sm2Memory
from duly.scheduling.scheduler_registry import find_scheduler

pytestmark = pytest.mark.slow

DECK = DeckName("d")
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TODAY = study_day(NOW)
ZONES = (
    "SST11",  # as far west as people live
    "LINT-14",  # as far east
    "NPT-5:45",
    "CST-8",
    "NST3:30NDT,M3.2.0,M11.1.0",
    "EST5EDT,M3.2.0,M11.1.0",
    "LHST-10:30LHDT-11,M10.1.0,M4.1.0",  # half an hour of summer time, in the northern winter
)


def card(name: str) -> CardId:
    return CardId(NoteId(name), FRONT)


def note(name: str) -> Note:
    return Note(NoteId(name), Basic(name, "a"), DECK)


def facts() -> list[JournalEntry]:
    """A journal in which each card has another story, told by its name."""
    entries: list[Entry] = []
    for grade in range(6):
        entries += [review(card(f"grade {grade}"), TODAY - 9, grade), review(card(f"grade {grade}"), TODAY - 8, 4)]
    entries += [review(card("long known"), TODAY - 900 + day, 5) for day in (0, 1, 7, 24, 70, 200, 700)]
    entries += [review(card("hard"), TODAY - 9000 + 700 * day, 3) for day in range(12)]
    entries += [
        review(card("lapsed"), TODAY - 60 + day, grade) for day, grade in ((0, 4), (1, 4), (7, 1), (7, 4), (8, 2))
    ]
    entries += [review(card("drilled"), TODAY, 2), review(card("drilled"), TODAY, 3), review(card("drilled"), TODAY, 5)]
    entries += [review(card("fuzzed"), TODAY - 7), review(card("fuzzed"), TODAY - 6, due=TODAY + 1)]
    entries += [review(card("suspended"), TODAY - 3), Suspend(card("suspended"), moment(TODAY - 2))]
    entries += [Suspend(card("suspended new"), moment(TODAY - 2))]
    entries += [review(card("buried"), TODAY - 3), Bury(card("buried"), moment(TODAY), StudyDay(TODAY + 1))]
    entries += [review(card("was buried"), TODAY - 3), Bury(card("was buried"), moment(TODAY - 1), TODAY)]
    entries += [review(card("reset"), TODAY - 3), Reset(card("reset"), moment(TODAY - 2))]
    entries += [review(card("begun anew"), day, 4) for day in (TODAY - 30, TODAY - 29)]
    entries += [Reset(card("begun anew"), moment(TODAY - 9)), review(card("begun anew"), TODAY - 8, 5)]
    entries += [SetDue(card("set"), moment(TODAY - 8), StudyDay(TODAY + 400))]
    entries += [review(card("put off"), TODAY - 8), SetDue(card("put off"), moment(TODAY - 8), StudyDay(TODAY + 40))]
    imported = Schedule(interval=50, lapses=3, due=TODAY, last=StudyDay(TODAY - 50), memory=Sm2Memory(5, 212))
    entries += [ImportedSchedule(card("adopted"), moment(TODAY - 2), imported, "a box of paper")]
    entries += [
        ImportedSchedule(card("adopted, answered"), moment(TODAY - 2), imported, "x"),
        review(card("adopted, answered"), TODAY),
    ]
    journal = logged(*entries, review(card("undone"), TODAY), review(card("last undone"), TODAY - 6, 5))
    journal.append(JournalEntry(EntryId("desk", len(journal) + 1), undo(journal[-2], TODAY)))
    journal += logged(review(card("last undone"), TODAY - 5, 1), device="phone")
    journal.append(JournalEntry(EntryId("phone", 2), undo(journal[-1], TODAY)))
    return journal


def names(journal: Iterable[JournalEntry]) -> list[str]:
    return list(dict.fromkeys(logged_entry.entry.card.note for logged_entry in journal))


def exported(folder: Path, notes: Sequence[Note], journal: Sequence[JournalEntry], now: datetime = NOW) -> Path:
    review_histories = ReviewHistories(histories(journal, find_scheduler), study_day(now))
    export_package(notes, folder / "out.apkg", folder / "exports.db", now, review_histories=review_histories)
    return folder / "out.apkg"


@pytest.fixture
def exported_journal(tmp_path: Path) -> tuple[list[JournalEntry], Path]:
    journal = facts()
    return journal, exported(tmp_path, [note(name) for name in ("never seen", *names(journal))], journal)


def test_progress_is_exported_with_notes_from_the_ledger(tmp_path: Path) -> None:
    notes = [
        note("one"),
        Note(NoteId("two"), Reversed("q", "a"), DECK),
        Note(NoteId("three"), Cloze("{{c3::a}} {{c1::b}}"), DECK),
    ]
    cards = [CardId(NoteId(name), Face(face)) for name, face in (("one", FRONT), ("two", BACK), ("three", "c3"))]
    journal = logged(*(review(each, TODAY - number, 5) for number, each in enumerate(cards, 1)))
    before = exported(tmp_path, notes, journal).read_bytes()
    assert exported(tmp_path, notes, journal).read_bytes() == before
    with zipfile.ZipFile(tmp_path / "out.apkg") as package, closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(package.read("collection.anki2"))
        rows = connection.execute(
            "select guid, ord, ease from revlog join cards on cards.id = cid join notes on notes.id = nid order by guid"
        )
        assert rows.fetchall() == [("one", 0, 4), ("three", 2, 4), ("two", 1, 4)]


def read_in_anki(package: Path, folder: Path) -> dict[str, Any]:
    """What `progress_reader` finds, in this process."""
    folder.mkdir()
    return progress_reader.read(str(package), "sm2", str(folder))


def expected(journal: Sequence[JournalEntry], notes: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Each card by its columns, as the journal has them."""
    histories_by_card = histories(journal, find_scheduler)
    columns: dict[str, dict[str, Any]] = {}
    for position, name in enumerate(notes, 1):
        history = histories_by_card.get(card(name))
        if history is None or history.schedule.is_fresh:
            queue = -1 if history and history.schedule.suspended else 0
            columns[name] = {"type": 0, "queue": queue, "due": position, "ivl": 0, "factor": 0, "reps": 0, "lapses": 0}
            continue
        schedule = history.schedule
        assert schedule.due is not None
        aside = -3 if schedule.buried_until == TODAY + 1 else 2
        columns[name] = {
            "type": 2,
            "queue": -1 if schedule.suspended else aside,
            "day": calendar_date(schedule.due).isoformat(),
            "ivl": max(1, schedule.interval),
            "factor": 10 * sm2_memory(schedule).easiness,
            "reps": len(history.answers),
            "lapses": schedule.lapses,
        }
    return columns


def test_due_days_intervals_ease_counts_and_history_are_the_same_in_every_zone_with_fsrs_or_without(
    exported_journal: tuple[list[JournalEntry], Path], tmp_path: Path
) -> None:
    journal, package = exported_journal
    runs = {}
    for number, zone in enumerate(ZONES):
        folder = tmp_path / f"{number}"
        folder.mkdir()
        runs[zone] = subprocess.Popen(
            [sys.executable, progress_reader.__file__, str(package), str(folder)],
            env={**os.environ, "TZ": zone},
            stdout=subprocess.PIPE,
            text=True,
        )
    expected_columns = expected(journal, ["never seen", *names(journal)])
    histories_by_card = histories(journal, find_scheduler)
    answered = {
        name: [answer.instant for answer in histories_by_card[card(name)].answers]
        for name in expected_columns
        if card(name) in histories_by_card
    }
    for zone, run in runs.items():
        output, _ = run.communicate(timeout=300)
        assert run.returncode == 0
        for scheduler, anki in json.loads(output.splitlines()[-1]).items():
            assert anki["check"] == "Database rebuilt and optimized.", (zone, scheduler)
            cards = {name: anki["cards"][f"{name}/0"] for name in expected_columns}
            seen = {name: {key: cards[name][key] for key in columns} for name, columns in expected_columns.items()}
            assert seen == expected_columns, (zone, scheduler)
            log = {name: [row["id"] for row in card["log"]] for name, card in cards.items() if card["log"]}
            assert log == {name: instants for name, instants in answered.items() if instants}


def test_the_review_log_has_every_answer_with_its_effect(
    exported_journal: tuple[list[JournalEntry], Path], tmp_path: Path
) -> None:
    cards = read_in_anki(exported_journal[1], tmp_path / "anki")["cards"]

    def log(name: str) -> list[tuple[int, ...]]:
        """Days ago, button, interval before and after, ease, type; see `duly.anki.progress.to_anki` for their
        numbers.
        """
        rows = cards[f"{name}/0"]["log"]
        assert all(row["time"] == 1500 for row in rows)
        return [
            (TODAY - row["id"] // 86_400_000, row["ease"], row["lastIvl"], row["ivl"], row["factor"], row["type"])
            for row in rows
        ]

    assert log("lapsed") == [
        (60, 3, 0, 1, 2500, 0),
        (59, 3, 1, 6, 2500, 1),
        (53, 1, 6, 1, 2500, 1),
        (53, 3, 1, 1, 2500, 2),
        (52, 1, 1, 1, 2500, 1),
    ]
    assert log("drilled") == [(0, 1, 0, 1, 2500, 0), (0, 2, 1, 1, 2500, 2), (0, 4, 1, 1, 2500, 2)]
    assert log("hard")[-1][1:] == (2, 634, 825, 1300, 1)
    assert [log(f"grade {grade}")[0][1] for grade in range(6)] == [1, 1, 1, 2, 3, 4]
    assert log("begun anew") == [(8, 4, 0, 1, 2600, 0)]
    assert log("adopted, answered") == [(0, 3, 50, 106, 2120, 1)]
    assert [log(name) for name in ("never seen", "undone", "reset", "set", "adopted", "suspended new")] == [[]] * 6


def test_anki_finds_cards_by_their_state(exported_journal: tuple[list[JournalEntry], Path], tmp_path: Path) -> None:
    cards = read_in_anki(exported_journal[1], tmp_path / "anki")["cards"]
    searches = {name.removesuffix("/0"): columns["found"] for name, columns in cards.items()}
    assert searches["suspended"] == ["is:suspended", "prop:ivl=1"]
    assert searches["suspended new"] == ["is:new", "is:suspended", "prop:ivl=0"]
    assert searches["buried"] == ["is:buried", "prop:ivl=1"]
    assert searches["was buried"] == ["is:due", "prop:ivl=1"]
    assert searches["never seen"] == searches["reset"] == searches["undone"] == ["is:new", "prop:ivl=0"]
    assert searches["adopted"] == ["is:due", "prop:ivl=50"]


def test_each_face_of_a_note_has_its_own_progress(tmp_path: Path) -> None:
    cloze = Note(NoteId("cloze"), Cloze("{{c1::a}} {{c4::b}}"), DECK)
    both = Note(NoteId("both"), Reversed("q", "a"), DECK)
    journal = logged(
        *(review(CardId(NoteId("cloze"), Face("c4")), day) for day in (TODAY - 9, TODAY - 8)),
        review(CardId(NoteId("both"), BACK), TODAY, 5),
    )
    cards = read_in_anki(exported(tmp_path, [cloze, both], journal), tmp_path / "anki")["cards"]
    assert {name: columns["ivl"] for name, columns in cards.items()} == {
        "cloze/0": 0, "cloze/3": 6, "both/0": 0, "both/1": 1,
    }  # fmt: skip


def test_an_export_with_progress_is_deterministic_and_redates_no_note(tmp_path: Path) -> None:
    journal = facts()
    notes = [note(name) for name in names(journal)]
    plain = mods(exported(tmp_path, notes, []))
    package = exported(tmp_path, notes, journal, NOW + timedelta(hours=5))
    first = package.read_bytes()
    assert mods(package) == plain
    package.unlink()
    assert exported(tmp_path, notes, journal, NOW + timedelta(hours=9)).read_bytes() == first


def test_progress_is_taken_only_where_it_is_asked_for_and_the_card_is_not_there_yet(
    learner: Learner, tmp_path: Path
) -> None:
    notes = [note("known"), note("later")]
    journal = logged(review(card("known"), TODAY - 1), review(card("later"), TODAY - 1))
    learner.imports(exported(tmp_path, notes[:1], journal))
    assert (learner.card("known").type, learner.card("known").due) == (0, 1)
    learner.imports(exported(tmp_path, notes, journal), progress=True)
    assert [learner.card(name).ivl for name in ("known", "later")] == [0, 1]
    learner.reviews("later")
    reps, ivl = learner.card("later").reps, learner.card("later").ivl
    assert (reps, ivl > 1) == (2, True)
    learner.imports(exported(tmp_path, notes, journal), progress=True)
    assert (learner.card("later").reps, learner.card("later").ivl) == (reps, ivl)
    learner.assert_sound()


def mods(package: Path) -> dict[str, int]:
    with zipfile.ZipFile(package) as archive, closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(archive.read("collection.anki2"))
        return dict(connection.execute("select guid, mod from notes").fetchall())
