"""`duly sync --server` with the real server, and a second real client as the phone."""

import json
import os
import random
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from tests.cli.calling import call
from tests.sync.conftest import WORDS
from tests.sync.desk import Desk, Duly, card_of
from tests.sync.server import Phone, Server
from tests.sync.test_anki_notes import fill

from duly.cli.shared_options import settings
from duly.scheduling.review_history import answer_instants
from duly.sync.sync_server_client import Mirror

pytestmark = pytest.mark.slow

ROUNDS = int(os.environ.get("DULY_ROUNDS", "3"))
"""How many seeds the random rounds have."""


@pytest.fixture
def account(server: Server, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("DULY_ANKI_USER", "anna")
    monkeypatch.setenv("DULY_ANKI_PASSWORD", "secret")
    assert call("sync", "--server", server.address, "--login").exit_code == 0
    return server.address


def syncs(duly: Duly, address: str, *options: str) -> dict[str, Any]:
    run = call("sync", duly.cards, "--server", address, "--db", duly.database, "--yes", "--json", *options)
    assert run.exception is None or isinstance(run.exception, SystemExit), run.exception
    report: dict[str, Any] = json.loads(run.stdout)
    return report


def fails(duly: Duly, address: str) -> str:
    return str(call("sync", duly.cards, "--server", address, "--db", duly.database, "--yes").exception)


def test_cards_reach_a_phone_through_an_account_that_was_empty(duly: Duly, phone: Phone, account: str) -> None:
    assert fails_without_yes(duly, account) == f"{account}: this account is empty; --yes fills it"
    assert syncs(duly, account)["given"]["added"] == ["zi", "mu"]
    phone.syncs()
    assert phone.guids() == {"zi", "mu"}
    assert phone.deck_of("zi") == "Words"


def test_answers_are_sent_although_the_dates_of_both_collections_are_the_same(
    duly: Duly, phone: Phone, account: str
) -> None:
    """After an upload, the date of the last sync may lie a millisecond before that of the collection on the server."""
    syncs(duly, account)
    (mirror,) = duly.home.glob("anki/*/collection.anki2")
    with closing(sqlite3.connect(mirror)) as database, database:
        database.execute("update col set ls = mod - 1")
    duly.quiz(4)
    assert syncs(duly, account)["given"]["answers"] == 1
    phone.syncs()
    assert len(phone.rows("select id from revlog")) == 1


def fails_without_yes(duly: Duly, address: str) -> str:
    return str(call("sync", duly.cards, "--server", address, "--db", duly.database).exception)


def test_answers_go_both_ways_and_none_is_lost(duly: Duly, phone: Phone, account: str) -> None:
    syncs(duly, account)
    phone.syncs()
    phone.answers("zi", 4)
    duly.quiz(4, 4)
    phone.syncs()
    report = syncs(duly, account)
    assert (report["taken"]["answers"], report["given"]["answers"]) == (1, 2)
    phone.syncs()
    assert len(phone.rows("select id from revlog")) == len(duly.entries()) == 3
    assert phone.due_in("zi") == duly.schedule("zi").interval
    assert phone.due_in("mu") == duly.schedule("mu").interval == 1
    before, entries = phone.tables(), duly.entries()
    syncs(duly, account)
    phone.syncs()
    after = phone.tables()
    for table in ("notes", "cards", "revlog", "decks"):
        assert after[table] == before[table], table
    assert duly.entries() == entries


def test_settings_that_the_learner_changed_on_the_phone_stay_theirs(duly: Duly, phone: Phone, account: str) -> None:
    syncs(duly, account)
    phone.syncs()
    with phone.open() as collection:
        collection.set_config("fsrs", True)
        collection.set_config("rollover", 5)
    phone.syncs()
    duly.quiz(4)
    syncs(duly, account)
    phone.syncs()
    with phone.open() as collection:
        assert (collection.get_config("fsrs"), collection.get_config("rollover")) == (True, 5)


def test_a_run_cut_short_before_it_sent_anything_takes_back_no_setting(
    duly: Duly, phone: Phone, account: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the mirror changed is later than the phone's setting then, unless it is dated as of the last sync."""
    syncs(duly, account)
    phone.syncs()
    with phone.open() as collection:
        collection.set_config("fsrs", True)
    duly.quiz(4)
    with monkeypatch.context() as patch:
        patch.setattr(Mirror, "download", lambda *_arguments, **_options: phone.syncs())
        patch.setattr(Mirror, "upload", cut_short)
        with pytest.raises(CutError):
            syncs(duly, account)
    syncs(duly, account)
    phone.syncs()
    with phone.open() as collection:
        assert collection.get_config("fsrs") is True
    assert len(phone.rows("select id from revlog")) == 1


class CutError(Exception):
    """The power went."""


def cut_short(_mirror: Mirror) -> None:
    raise CutError


def test_a_card_learned_on_the_phone_is_not_made_new_by_a_second_computer(
    duly: Duly, phone: Phone, account: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    syncs(duly, account)
    phone.syncs()
    phone.answers("zi", 4)
    laptop = Duly(tmp_path / "laptop", tmp_path / "laptop-home")
    laptop.writes(WORDS)
    monkeypatch.setenv("DULY_HOME", str(laptop.home))
    call("sync", "--server", account, "--login")
    syncs(laptop, account)
    phone.syncs()
    assert syncs(laptop, account)["taken"]["answers"] == 1
    phone.syncs()
    assert (phone.card("zi").type, len(phone.rows("select id from notes"))) == (2, 2)
    monkeypatch.setenv("DULY_HOME", str(duly.home))
    syncs(duly, account)
    assert duly.entries() == laptop.entries()
    assert duly.schedule("zi") == laptop.schedule("zi")


def test_two_computers_add_the_same_cards_and_the_phone_has_them_once(
    duly: Duly, phone: Phone, account: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    syncs(duly, account)
    laptop = Duly(tmp_path / "laptop", tmp_path / "laptop-home")
    more = WORDS.replace("deck: Words", "deck: More::Words") + "  - {cloze: '{{c1::水}} is {{c2::water}}', id: shui}\n"
    for computer in (laptop, duly):
        monkeypatch.setenv("DULY_HOME", str(computer.home))
        computer.writes(more)
        call("sync", "--server", account, "--login")
        syncs(computer, account)
    phone.syncs()
    assert len(phone.rows("select id from notes")) == 3
    assert len(phone.rows("select id from cards")) == 4
    assert phone.decks() == {"Default", "Words", "More", "More::Words"}


def test_a_note_deleted_on_the_phone_does_not_come_back(duly: Duly, phone: Phone, account: str) -> None:
    syncs(duly, account)
    phone.syncs()
    with phone.open() as collection:
        collection.remove_notes([card_of(collection, "zi").nid])
    phone.syncs()
    assert syncs(duly, account)["waiting"]["deleted"] == ["zi"]
    phone.syncs()
    assert phone.guids() == {"mu"}


def test_a_mirror_that_is_lost_is_downloaded_again(duly: Duly, phone: Phone, account: str) -> None:
    syncs(duly, account)
    duly.quiz(4)
    syncs(duly, account)
    for file in duly.home.glob("anki/*/collection.*"):
        if file.is_file():
            file.unlink()
    report = syncs(duly, account)
    assert (report["given"]["added"], report["given"]["answers"], report["taken"]["answers"]) == ([], 0, 0)
    phone.syncs()
    assert len(phone.rows("select id from revlog")) == 1


def test_media_reach_the_server(duly: Duly, account: str, server: Server) -> None:
    (duly.cards / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    duly.writes("- {q: 'What is ![](a.png)?', a: tree, id: mu}\n")
    syncs(duly, account)
    assert [file for file in server.folder.rglob("media/*") if file.stat().st_size == 48]


def test_a_dry_run_changes_nothing_here_and_there(duly: Duly, phone: Phone, account: str) -> None:
    syncs(duly, account)
    phone.syncs()
    phone.answers("zi", 4)
    phone.syncs()
    duly.quiz(4, 4)
    entries = duly.entries()
    report = syncs(duly, account, "--dry-run")
    assert (report["taken"]["answers"], report["given"]["answers"]) == (1, 2)
    assert duly.entries() == entries
    phone.syncs()
    assert len(phone.rows("select id from revlog")) == 1
    assert syncs(duly, account)["given"] == report["given"]


def test_the_key_is_kept_for_its_owner_alone_the_password_is_not_and_logout_forgets_it(
    duly: Duly, account: str
) -> None:
    (file,) = duly.home.glob("anki/*/key.json")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "secret" not in file.read_text() and set(json.loads(file.read_text())) == {"key", "endpoint"}
    assert call("sync", "--server", account, "--logout").stdout == f"Logged out of {account}.\n"
    assert "you are not logged in" in fails(duly, account)


def test_the_key_outlives_the_server_and_without_it_one_sentence_is_said(
    duly: Duly, account: str, server: Server
) -> None:
    syncs(duly, account)
    duly.quiz(4)
    server.stop()
    entries = duly.entries()
    assert fails(duly, account) == f"{account}: the server cannot be reached; nothing is lost, sync again later"
    assert duly.entries() == entries
    server.start()
    assert syncs(duly, account)["given"]["answers"] == 1


def test_a_wrong_password_and_a_rejected_key_are_errors(
    duly: Duly, server: Server, account: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DULY_ANKI_PASSWORD", "guess")
    sentence = f"{account}: the user name, the password or the key is not accepted; log in again with --login"
    assert str(call("sync", "--server", account, "--login").exception) == sentence
    (file,) = duly.home.glob("anki/*/key.json")
    file.write_text(json.dumps({"key": "0" * 40, "endpoint": server.address}))
    assert fails(duly, account) == sentence


def test_a_sync_of_the_same_home_that_is_running_is_named(duly: Duly, account: str) -> None:
    syncs(duly, account)
    (mirror,) = duly.home.glob("anki/*/collection.anki2")
    with Desk(mirror.parent).open():
        assert fails(duly, account) == f"another sync with {account} is running"


@pytest.mark.parametrize("address", ["notaurl", "notaurl:27701", "ftp://anki.example.org/", "https://"])
def test_an_invalid_address_is_an_error(duly: Duly, address: str) -> None:
    assert fails(duly, address) == f"{address}: write the address of the server as https://…"


@pytest.mark.parametrize(
    "address",
    ["", "ankiweb.net", "https://sync.ankiweb.net/", "https://ANKIWEB.NET", "https://sync3.ankiweb.net:443/x"],
)
def test_ankiweb_is_refused_with_the_reason_and_the_way_that_is_open(duly: Duly, address: str) -> None:
    output = fails(duly, address)
    assert "AnkiWeb's terms do not allow other programs to sync with it" in output
    assert "let Anki itself sync with AnkiWeb" in output
    assert not duly.database.exists()


def test_the_server_is_remembered_once_one_has_logged_in(duly: Duly, account: str) -> None:
    settings.cache_clear()
    assert settings().sync.server == account
    run = call("sync", duly.cards, "--db", duly.database, "--yes")
    assert "To Anki: 2 notes new" in run.stdout


def test_two_syncs_of_one_account_at_once_both_come_through(
    duly: Duly, account: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    syncs(duly, account)
    laptop = Duly(tmp_path / "laptop", tmp_path / "laptop-home")
    laptop.writes(WORDS.replace("child", "son"))
    monkeypatch.setenv("DULY_HOME", str(laptop.home))
    call("sync", "--server", account, "--login")
    laptop.quiz(4)
    monkeypatch.setenv("DULY_HOME", str(duly.home))
    duly.quiz(4, 4)
    running = [
        subprocess.Popen(
            [
                sys.executable,
                "-m",
                "duly",
                "sync",
                computer.cards,
                "--server",
                account,
                "--db",
                computer.database,
                "--yes",
            ],
            env={**os.environ, "DULY_HOME": str(computer.home)},
            stdout=subprocess.DEVNULL,
        )
        for computer in (duly, laptop)
    ]
    assert {process.wait(120) for process in running} <= {0, 1}
    for computer in (duly, laptop, duly):
        monkeypatch.setenv("DULY_HOME", str(computer.home))
        syncs(computer, account)
    assert len(duly.entries()) == len(laptop.entries()) == 3
    assert duly.schedule("zi") == laptop.schedule("zi")


@pytest.fixture
def laptop(tmp_path: Path, account: str, monkeypatch: pytest.MonkeyPatch) -> Duly:
    """A second home of duly."""
    laptop = Duly(tmp_path / "laptop", tmp_path / "laptop-home")
    laptop.writes(WORDS)
    with monkeypatch.context() as patch:
        patch.setenv("DULY_HOME", str(laptop.home))
        call("sync", "--server", account, "--login")
    return laptop


@pytest.mark.parametrize("seed", [*range(ROUNDS), None])
def test_after_random_rounds_all_devices_agree_and_every_answer_is_there_once(
    duly: Duly, laptop: Duly, phone: Phone, account: str, seed: int | None
) -> None:
    """Two homes and a phone; a quarter of the runs are cut before they send anything. The last seed is a fresh one."""
    seed = random.SystemRandom().randrange(2**32) if seed is None else seed
    chance = random.Random(seed)
    for computer in (duly, laptop):
        syncs_at(computer, account)
    phone.syncs()
    answer_count = 0
    for _round in range(12):
        computer = chance.choice((duly, laptop))
        if chance.random() < 0.5:
            phone.answers(chance.choice(("zi", "mu")), chance.choice((1, 3, 4)))
            answer_count += 1
        else:
            before = len(computer.entries())
            computer.quiz(chance.choice((1, 4)))
            answer_count += len(computer.entries()) - before
        if chance.random() < 0.5:
            phone.syncs()
        syncs_at(computer, account, cut=chance.random() < 0.25)
    phone.syncs()
    for computer in (duly, laptop, duly, laptop):
        syncs_at(computer, account)
    phone.syncs()
    rows = [number for (number,) in phone.rows("select id from revlog order by id")]
    assert [instants(duly), instants(laptop)] == [rows, rows], seed
    assert len(rows) == answer_count, seed
    for note in ("zi", "mu"):
        assert duly.schedule(note) == laptop.schedule(note), seed


def syncs_at(computer: Duly, address: str, *, cut: bool = False) -> None:
    """A sync of a home, which may be cut before it sends anything."""
    with pytest.MonkeyPatch.context() as patch, suppress(CutError):
        patch.setenv("DULY_HOME", str(computer.home))
        if cut:
            patch.setattr(Mirror, "upload", cut_short)
        syncs(computer, address)


def instants(computer: Duly) -> list[int]:
    return sorted(answer_instants(computer.entries()).values())


def test_nothing_of_the_learners_own_cards_in_the_account_changes(duly: Duly, phone: Phone, account: str) -> None:
    with phone.open() as collection:
        fill(collection, 1000)
    phone.makes_a_filtered_deck("deck:Mine is:new")
    phone.syncs()
    before = dict(phone.tables())
    syncs(duly, account)
    duly.quiz(4, 4)
    syncs(duly, account)
    phone.syncs()
    after = dict(phone.tables())
    assert phone.guids() >= {"zi", "mu"}
    settings_before, settings_after = ([(row[0], row[3]) for row in tables.pop("config")] for tables in (before, after))
    assert settings_after == settings_before
    for table, rows in before.items():
        answer_rows = {tuple(row[:2]) for row in rows}
        assert [row for row in after[table] if tuple(row[:2]) in answer_rows] == rows, table


def test_edits_on_the_phone_can_be_written_into_the_deck_files(duly: Duly, phone: Phone, account: str) -> None:
    syncs(duly, account)
    phone.syncs()
    phone.changes("mu", Back="wood")
    phone.syncs()
    assert syncs(duly, account)["waiting"]["edited"] == {"mu": ["Back"]}
    assert syncs(duly, account, "--update")["taken"]["updated"] == ["mu"]
    assert "a: wood" in (duly.cards / "words.yaml").read_text(encoding="utf-8")
    assert syncs(duly, account)["waiting"]["edited"] == {}
