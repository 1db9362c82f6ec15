"""A database that the disk has damaged: no command ends in a traceback, and `duly restore` can always be run again."""

import os
import random
from pathlib import Path

import pytest
from tests.cli.calling import call
from tests.scheduling.histories import moment

from duly.cards import CardId, Face, NoteId
from duly.journal import Journal
from duly.journal.restore import SIDE_FILES
from duly.scheduling.grade import Grade
from duly.scheduling.journal_entries import Review, Star, Undo
from duly.scheduling.replay import replay
from duly.scheduling.schedule import NEW
from duly.scheduling.scheduler_registry import find_scheduler

DAMAGES = int(os.environ.get("DULY_FAULT_DAMAGES", "24"))
"""How many random damages are tried."""
ANSWERS = 400


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A journal of 400 answers by both schedulers, with a few entries of other kinds."""
    file = tmp_path_factory.mktemp("sound") / "duly.db"
    with Journal.open(file) as journal:
        with journal.transaction() as transaction:
            for number in range(ANSWERS):
                card = CardId(NoteId(f"n{number % 40}"), Face("front"))
                scheduler = "fsrs" if number % 2 else "sm2-paper"
                answer = transaction.append(Review(card, moment(number // 20), Grade(number % 6), scheduler, 1500), NEW)
                if number % 50 == 0:
                    transaction.append(Undo(card, moment(number // 20), answer.id), NEW)
                    transaction.append(Star(card, moment(number // 20)), NEW)
        journal.replace_schedules(replay(journal.entries(), find_scheduler))
    return file.read_bytes()


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Bytes changed here and there, a stretch overwritten, or the end cut off."""
    data = bytearray(content)
    match chance.randrange(4):
        case 0:
            for _ in range(chance.randint(1, 40)):
                data[chance.randrange(len(data))] = chance.randrange(256)
        case 1:
            start = chance.randrange(len(data))
            length = min(chance.choice((16, 512, 1024, 4096, 20_000)), len(data) - start)
            data[start : start + length] = chance.choice((b"\0", b"\xa5", b"7")) * length
        case 2:
            del data[chance.randrange(len(data)) :]
        case _:  # a bit in what the rows hold, where SQLite itself sees no damage
            word = chance.choice((b"sm2-paper", b"fsrs", b"review", b"front", b"undo"))
            at = data.find(word, chance.randrange(len(data)))
            data[max(at, 0) + chance.randrange(-12, 12)] ^= 1 << chance.randrange(8)
    return bytes(data)


@pytest.mark.parametrize("seed", range(DAMAGES))
def test_a_damaged_database_ends_no_command_in_a_traceback_and_is_restored_as_often_as_one_likes(
    sound: bytes, seed: int, own_world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DULY_NOW", "2026-03-02T21:30:00+08:00")
    journal = own_world / "duly.db"
    deck = own_world / "deck.yaml"
    deck.write_text("".join(f"- q: n{number}?\n  a: yes\n  id: n{number}\n" for number in range(40)), encoding="utf-8")
    journal.parent.mkdir(parents=True, exist_ok=True)

    def asks() -> None:
        for command in (("due",), ("stats",), ("quiz", "--plain"), ("list", "--in"), ("journal",)):
            call(*command, *([] if command == ("journal",) else [deck]), input="\n4\n")

    content = damaged(sound, random.Random(seed))
    journal.write_bytes(content)
    asks()
    journal.write_bytes(content)
    for ending in SIDE_FILES:
        journal.with_name(journal.name + ending).unlink(missing_ok=True)
    assert call("restore").exit_code == 0
    with Journal.open(journal) as opened:
        entries = list(opened.entries())
        assert opened.schedules() == replay(entries, find_scheduler)
    assert call("restore").exit_code == 0
    with Journal.open(journal) as opened:
        assert list(opened.entries()) == entries
    asks()
