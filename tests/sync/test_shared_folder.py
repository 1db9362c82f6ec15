"""A folder that computers share."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.scheduling.histories import CAPITAL, RIVER, journals, moment
from tests.sync.homes import DAY, HOUR, Computer

from duly.errors import DulyError
from duly.journal import Journal
from duly.scheduling.day import StudyDay
from duly.scheduling.fsrs import DEFAULT_PARAMETERS, Fsrs
from duly.scheduling.grade import Grade
from duly.scheduling.journal_entries import ALL_CARDS, EntryId, Fitting, ImportedSchedule, JournalEntry, Undo
from duly.scheduling.review_history import answer_instants
from duly.scheduling.schedule import Schedule, Sm2Memory
from duly.sync.merge_journal_files import merge

NOON = 20_000 * DAY + 12 * HOUR


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    folder = tmp_path / "shared"
    folder.mkdir()
    return folder


@pytest.fixture
def desk(tmp_path: Path) -> Computer:
    return Computer(tmp_path / "desk")


@pytest.fixture
def laptop(tmp_path: Path) -> Computer:
    return Computer(tmp_path / "laptop")


def test_two_computers_know_of_each_others_answers(desk: Computer, laptop: Computer, shared: Path) -> None:
    desk.answers(CAPITAL, NOON)
    laptop.answers(RIVER, NOON + HOUR)
    assert desk.syncs(shared).written_entries == 1
    report = laptop.syncs(shared)
    assert (report.written_entries, report.merge_report.added) == (1, 1)
    desk.syncs(shared)
    assert desk.schedules() == laptop.schedules()
    assert desk.schedules().keys() == {CAPITAL, RIVER}


def test_homes_with_different_schedulers_and_parameters_come_to_the_same_days(
    desk: Computer, laptop: Computer, shared: Path
) -> None:
    desk.answers(CAPITAL, NOON, Grade.EASY, "fsrs", StudyDay(20_025))  # with a low retention
    laptop.answers(CAPITAL, NOON + HOUR, Grade.HARD)
    laptop.answers(RIVER, NOON + HOUR, Grade.GOOD, "fsrs", StudyDay(20_002))
    laptop.writes(Fitting(ALL_CARDS, moment(20_001), (0.3, 1.0, 30.0, *DEFAULT_PARAMETERS[3:])))
    for computer in (desk, laptop, desk):
        computer.syncs(shared)
    assert desk.schedules() == laptop.schedules()
    assert desk.schedules()[RIVER].memory == Fsrs((0.3, 1.0, 30.0, *DEFAULT_PARAMETERS[3:])).first_memory(3)
    assert desk.schedules()[RIVER].due == 20_002


def test_a_second_exchange_has_nothing_to_do(desk: Computer, laptop: Computer, shared: Path) -> None:
    desk.answers(CAPITAL, NOON)
    desk.syncs(shared)
    laptop.syncs(shared)
    before = {file: file.read_bytes() for file in shared.iterdir()}
    for computer in (desk, laptop):
        report = computer.syncs(shared)
        assert (report.written_entries, report.merge_report.added) == (0, 0)
    assert {file: file.read_bytes() for file in shared.iterdir()} == before


def test_each_device_writes_one_file_with_a_line_for_each_entry(desk: Computer, laptop: Computer, shared: Path) -> None:
    desk.answers(CAPITAL, NOON)
    desk.answers(CAPITAL, NOON + DAY)
    desk.syncs(shared)
    first = (shared / f"{desk.device}.jsonl").read_bytes()
    assert [json.loads(line)["number"] for line in first.splitlines()] == [1, 2]
    laptop.answers(RIVER, NOON)
    laptop.syncs(shared)
    desk.answers(RIVER, NOON + DAY)
    desk.syncs(shared)
    assert {file.stem for file in shared.iterdir()} == {desk.device, laptop.device}
    assert (shared / f"{desk.device}.jsonl").read_bytes().startswith(first)  # what was written stays as it is


def test_one_card_answered_on_two_devices_on_one_day_counts_in_the_order_of_the_moments(
    desk: Computer, laptop: Computer, shared: Path, tmp_path: Path
) -> None:
    laptop.answers(CAPITAL, NOON + HOUR, Grade.EASY)
    desk.answers(CAPITAL, NOON, Grade.AGAIN)
    for computer in (laptop, desk, laptop):
        computer.syncs(shared)
    alone = Computer(tmp_path / "alone")
    alone.answers(CAPITAL, NOON, Grade.AGAIN)
    alone.answers(CAPITAL, NOON + HOUR, Grade.EASY)
    assert desk.schedules() == laptop.schedules() == alone.schedules()


def test_three_computers_agree_in_whatever_order_they_sync(tmp_path: Path) -> None:
    for number, order in enumerate(permutations(range(3))):
        shared = tmp_path / f"{number}" / "shared"
        shared.mkdir(parents=True)
        computers = [Computer(tmp_path / f"{number}" / name) for name in ("desk", "laptop", "work")]
        for late, computer in enumerate(computers):
            computer.answers(CAPITAL, NOON + late * DAY)
            computer.answers(RIVER, NOON + 2 * DAY - late * HOUR, Grade.HARD)
        for at in (*order, *order):
            computers[at].syncs(shared)
        assert len(computers[0].entries()) == 6
        assert computers[0].entries() == computers[1].entries() == computers[2].entries()
        assert computers[0].schedules() == computers[1].schedules() == computers[2].schedules()


def test_a_line_that_is_half_copied_waits(desk: Computer, laptop: Computer, shared: Path, tmp_path: Path) -> None:
    desk.answers(CAPITAL, NOON)
    desk.answers(CAPITAL, NOON + DAY)
    desk.syncs(shared)
    whole_content = (shared / f"{desk.device}.jsonl").read_bytes()
    arriving = tmp_path / "arriving"
    arriving.mkdir()
    copy = arriving / f"{desk.device}.jsonl"
    for end in range(len(whole_content) + 1):
        copy.write_bytes(whole_content[:end])
        report = laptop.syncs(arriving).merge_report
        assert (report.unreadable, report.unknown) == (0, ())
        assert report.unfinished_files == (() if whole_content[:end].endswith(b"\n") or not end else (copy,))
        assert len(laptop.entries()) == whole_content[:end].count(b"\n")
    assert laptop.schedules() == desk.schedules()


def test_our_own_file_that_was_cut_short_is_made_whole_again(desk: Computer, shared: Path) -> None:
    for day in range(3):
        desk.answers(CAPITAL, NOON + day * DAY)
    desk.syncs(shared)
    file = shared / f"{desk.device}.jsonl"
    whole_content = file.read_bytes()
    file.write_bytes(whole_content[: len(whole_content) // 2])
    desk.syncs(shared)
    assert file.read_bytes() == whole_content


def test_an_undo_waits_for_what_it_takes_back(desk: Computer, laptop: Computer, shared: Path, tmp_path: Path) -> None:
    answer = desk.answers(CAPITAL, NOON)
    desk.syncs(shared)
    laptop.syncs(shared)
    laptop.undoes(answer, CAPITAL, NOON + HOUR)
    laptop.syncs(shared)
    work = Computer(tmp_path / "work")
    arriving = tmp_path / "arriving"
    arriving.mkdir()
    shutil.copy(shared / f"{laptop.device}.jsonl", arriving)
    assert work.syncs(arriving).merge_report.waiting == 1
    shutil.copy(shared / f"{desk.device}.jsonl", arriving)
    assert work.syncs(arriving).merge_report.waiting == 0
    assert work.entries() == laptop.entries()
    assert work.schedules() == {}


def test_a_device_whose_clock_is_a_year_ahead_leaves_the_days_of_the_others(
    desk: Computer, laptop: Computer, shared: Path
) -> None:
    desk.answers(CAPITAL, NOON)
    desk.answers(RIVER, NOON)
    alone = desk.schedules()
    laptop.answers(CAPITAL, NOON + 365 * DAY)
    for computer in (laptop, desk, laptop):
        computer.syncs(shared)
    assert desk.schedules() == laptop.schedules()
    assert desk.schedules()[RIVER] == alone[RIVER]
    with Journal.open(desk.file) as journal:
        assert journal.last_day(moment(20_001).day) == 20_000  # the clock goes on from what lies not in the future


def test_a_copied_database_writes_a_file_of_its_own(desk: Computer, tmp_path: Path, shared: Path) -> None:
    desk.answers(CAPITAL, NOON)
    desk.syncs(shared)
    copy = Computer(tmp_path / "copy")
    shutil.copy(desk.file, copy.file)
    copy.answers(RIVER, NOON + HOUR)
    desk.answers(RIVER, NOON + 2 * HOUR)
    for computer in (copy, desk, copy):
        computer.syncs(shared)
    assert {file.stem for file in shared.iterdir()} == {desk.device, copy.device}
    assert desk.entries() == copy.entries()
    assert len(desk.entries()) == 3
    assert desk.schedules() == copy.schedules()


def test_what_came_from_anki_goes_to_the_other_computers_as_well(
    desk: Computer, laptop: Computer, shared: Path
) -> None:
    foreign_schedule = Schedule(due=moment(20_010).day, last=moment(20_000).day, interval=10, memory=Sm2Memory(3))
    desk.has(
        [JournalEntry(EntryId("anki:desk", 1), ImportedSchedule(CAPITAL, moment(20_000), foreign_schedule, "Anki"))]
    )
    desk.syncs(shared)
    laptop.syncs(shared)
    assert laptop.schedules() == {CAPITAL: foreign_schedule}


def test_a_folder_that_is_not_there_leaves_the_journal_as_it_was(desk: Computer, tmp_path: Path) -> None:
    desk.answers(CAPITAL, NOON)
    with pytest.raises(DulyError, match="the shared folder is not there"):
        desk.syncs(tmp_path / "stick")
    assert len(desk.entries()) == 1


def test_two_clones_of_a_git_repository_commit_and_merge_without_a_conflict(
    desk: Computer, laptop: Computer, tmp_path: Path
) -> None:
    def git(at: Path, *words: str) -> None:
        who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main")
        subprocess.run(["git", *who, *words], cwd=at, check=True, capture_output=True)

    middle = tmp_path / "middle.git"
    middle.mkdir()
    git(middle, "init", "--bare", "--initial-branch=main")
    clones = {computer: tmp_path / f"clone-{computer.file.parent.name}" for computer in (desk, laptop)}
    for computer, clone in clones.items():
        git(tmp_path, "clone", str(middle), str(clone))
        git(clone, "checkout", "-B", "main")
        computer.answers(CAPITAL, NOON if computer is desk else NOON + HOUR)
        computer.syncs(clone)
        git(clone, "add", ".")
        git(clone, "commit", "-m", "Learned")
    for computer in (desk, laptop, desk):
        if computer is not desk or (middle / "refs" / "heads" / "main").exists():
            git(clones[computer], "pull", "--no-rebase", "--no-edit", "--allow-unrelated-histories", "origin", "main")
        computer.syncs(clones[computer])
        git(clones[computer], "push", "origin", "main")
    assert desk.schedules() == laptop.schedules()
    assert len(desk.entries()) == 2


def on_device(device: str, journal: Sequence[JournalEntry]) -> list[JournalEntry]:
    """The same entries as another device logs them."""

    def merged_entry(logged: JournalEntry) -> JournalEntry:
        entry = logged.entry
        if isinstance(entry, Undo):
            entry = replace(entry, target=EntryId(device, entry.target.number))
        return replace(logged, id=EntryId(device, logged.id.number), entry=entry)

    return [merged_entry(logged) for logged in journal]


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(journals(), min_size=2, max_size=3), st.randoms(use_true_random=False))
def test_journals_merged_in_any_order_give_equal_schedules_and_equal_rows_for_anki(
    tmp_path_factory: pytest.TempPathFactory, histories: list[Sequence[JournalEntry]], chance: object
) -> None:
    folder = tmp_path_factory.mktemp("homes")
    computers = [Computer(folder / str(number)) for number in range(len(histories))]
    for number, (computer, history) in enumerate(zip(computers, histories, strict=True)):
        computer.has(on_device(f"device{number}", history))
    shared = folder / "shared"
    shared.mkdir()
    for _round in range(2):
        order = list(computers)
        chance.shuffle(order)  # type: ignore[attr-defined]
        for computer in order:
            computer.syncs(shared)
    single_copy = Computer(folder / "once")
    with Journal.open(single_copy.file) as journal:
        files = [computer.file for computer in computers]
        chance.shuffle(files)  # type: ignore[attr-defined]
        merge(journal, files)
    entries, schedules = single_copy.entries(), single_copy.schedules()
    assert len(entries) == sum(map(len, histories))
    for computer in computers:
        assert computer.entries() == entries
        assert computer.schedules() == schedules
        with Journal.open(computer.file) as journal, Journal.open(single_copy.file) as single_journal:
            assert answer_instants(journal.entries()) == answer_instants(single_journal.entries())
