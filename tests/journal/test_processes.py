"""Several processes on one journal, and one that is killed in the middle."""

import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from duly.journal import Journal
from duly.scheduling.journal_entries import EntryId
from duly.scheduling.replay import replay
from duly.scheduling.scheduler_registry import find_scheduler

WRITER = dedent("""
    import sys
    from pathlib import Path
    from duly.cards import FRONT, CardId, NoteId
    from duly.journal import Journal
    from duly.scheduling.day import StudyDay
    from duly.scheduling.journal_entries import Moment, Review
    from duly.scheduling.grade import Grade
    from duly.scheduling.sm2 import PROFILES

    card = CardId(NoteId(sys.argv[2]), FRONT)
    scheduler = PROFILES["sm2-paper"]

    def answer(page, day):
        review = Review(card, Moment(day * 86_400_000, StudyDay(day), 0), Grade.GOOD, scheduler.name)
        return page.append(review, scheduler.answer(page.schedule(card), review.grade, StudyDay(day)).schedule)
""")

ANSWERS = WRITER + dedent("""
    print("ready", flush=True)
    sys.stdin.readline()
    with Journal.open(Path(sys.argv[1])) as journal:
        for day in range(int(sys.argv[3])):
            with journal.transaction() as page:
                logged = answer(page, day)
            print(logged.id.number, flush=True)
""")

STOPS_HALFWAY = WRITER + dedent("""
    with Journal.open(Path(sys.argv[1])) as journal:
        with journal.transaction() as page:
            answer(page, 0)
        with journal.transaction() as page:
            answer(page, 1)
            print("halfway", flush=True)
            sys.stdin.readline()
""")


def start(script: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def line_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def kill(process: subprocess.Popen[str]) -> str:
    """Ends the process as a power cut would, and gives what it had still said."""
    process.kill()
    output, _ = process.communicate()
    return output


def assert_whole(journal: Journal) -> None:
    """Numbers without a gap, and schedules that are what the entries come to."""
    entries = list(journal.entries())
    assert [logged.id for logged in entries] == [EntryId(journal.device, number + 1) for number in range(len(entries))]
    assert journal.schedules() == replay(entries, find_scheduler)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "duly.db"


def test_processes_that_make_and_write_one_journal_at_once_lose_no_answer(file: Path) -> None:
    writers = [start(ANSWERS, file, f"card{number}", 30) for number in range(3)]
    assert [line_of(writer) for writer in writers] == ["ready"] * 3
    for writer in writers:
        go(writer)
    written = [number for writer in writers for number in writer.communicate()[0].split()]
    assert sorted(map(int, written)) == list(range(1, 91))
    with Journal.open(file) as journal:
        assert len(list(journal.entries())) == 90
        assert_whole(journal)


@pytest.mark.parametrize("answers", [1, 20])
def test_a_process_that_is_killed_while_writing_loses_nothing_it_had_saved(file: Path, answers: int) -> None:
    writer = start(ANSWERS, file, "card", 100_000)
    line_of(writer)
    go(writer)
    for number in range(1, answers + 1):
        assert line_of(writer) == str(number)
    last = [answers, *map(int, kill(writer).split())][-1]
    with Journal.open(file) as journal:
        saved = len(list(journal.entries()))
        assert saved in (last, last + 1)  # it may have been killed between saving and saying so
        assert_whole(journal)


def test_a_process_that_is_killed_halfway_through_an_answer_leaves_nothing_of_it(file: Path) -> None:
    writer = start(STOPS_HALFWAY, file, "card")
    assert line_of(writer) == "halfway"
    kill(writer)
    with Journal.open(file) as journal:
        assert len(list(journal.entries())) == 1
        assert_whole(journal)
