"""Syncs that cannot be done: one sentence says why, nothing is changed, and the next one does it."""

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType, SimpleNamespace
from typing import Any

import pytest
from tests.cli.calling import call
from tests.sync.clock import World, build_clock
from tests.sync.conftest import WORDS
from tests.sync.desk import Desk, Duly
from tests.sync.proxy import Answer, Proxy, between
from tests.sync.server import Phone, Server
from tests.sync.test_anki_cut import same
from tests.sync.test_server import fails, syncs

from duly.anki.raw_rows import RawSettings
from duly.sync import sync_server_client
from duly.sync.official_anki import OfficialAnki

LATER = "nothing is lost, sync again later"


@pytest.fixture
def proxy(server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Proxy]:
    """A server that was logged in to and synced with, and may be made to fail."""
    monkeypatch.setenv("DULY_ANKI_USER", "anna")
    monkeypatch.setenv("DULY_ANKI_PASSWORD", "secret")
    monkeypatch.setattr(sync_server_client, "time", SimpleNamespace(sleep=lambda _seconds: None))
    with between(server) as proxy:
        assert call("sync", "--server", proxy.address, "--login").exit_code == 0
        yield proxy


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/sync/meta", "/sync/start", "/sync/applyChunk", "/sync/finish"])
@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (400, f"the server could not sync; {LATER}"),
        (403, "the user name, the password or the key is not accepted; log in again with --login"),
        (404, f"the server cannot be reached; {LATER}"),
        (409, "another device is syncing this account; sync again later"),
        (500, f"the server could not sync; {LATER}"),
        (501, f"the server could not sync; {LATER}"),
        (503, f"the server could not sync; {LATER}"),
    ],
)
def test_a_server_that_fails_is_said_in_a_sentence_and_the_next_sync_makes_good(
    duly: Duly, proxy: Proxy, path: str, status: int, sentence: str
) -> None:
    syncs(duly, proxy.address)
    duly.quiz(4, 4)
    assert len(duly.entries()) == 2
    proxy.fails(path, status)
    assert fails(duly, proxy.address) == f"{proxy.address}: {sentence}"
    assert len(duly.entries()) == 2
    proxy.fails(path, status, times=0)
    syncs(duly, proxy.address)
    assert len(duly.entries()) == 2
    report = syncs(duly, proxy.address, "--dry-run")
    assert (report["given"]["answers"], report["taken"]["answers"]) == (0, 0)


@pytest.mark.slow
def test_a_sync_that_another_one_breaks_off_is_tried_again(duly: Duly, phone: Phone, proxy: Proxy) -> None:
    syncs(duly, proxy.address)
    duly.quiz(4)
    proxy.fails("/sync/start", 409, times=3)
    assert syncs(duly, proxy.address)["given"]["answers"] == 1
    phone.syncs()
    assert len(phone.rows("select id from revlog")) == 1


@pytest.mark.slow
def test_a_server_that_has_moved_is_followed_and_its_new_address_remembered(
    duly: Duly, phone: Phone, proxy: Proxy, server: Server
) -> None:
    """Downloads of all that there is, and media, do not follow by themselves."""
    (duly.cards / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    duly.writes(WORDS + "  - {q: '![](a.png)?', a: tree, id: shu}\n")
    proxy.answers = lambda path: Answer(308, server.address) if path == "/sync/meta" else None
    assert syncs(duly, proxy.address)["given"]["added"] == ["zi", "mu", "shu"]
    (key,) = duly.home.glob("anki/*/key.json")
    assert json.loads(key.read_text())["endpoint"] == server.address
    request_count = len(proxy.requested_paths)
    duly.quiz(4)
    syncs(duly, proxy.address)
    assert len(proxy.requested_paths) == request_count
    phone.syncs()
    assert phone.guids() == {"zi", "mu", "shu"}
    assert [file for file in server.folder.rglob("media/*") if file.stat().st_size == 48]


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux") or shutil.which("cc") is None, reason="the clock is preloaded")
@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_that_is_off_is_named(duly: Duly, phone: Phone, proxy: Proxy, tmp_path: Path, hours: int) -> None:
    syncs(duly, proxy.address)
    duly.quiz(4)
    phone.syncs()
    before = phone.tables()
    run = ran(
        duly,
        "--server",
        proxy.address,
        environment=World(build_clock(tmp_path), timedelta(hours=hours), "").environment(),
    )
    sentence = "the clocks of this computer and of the server differ; set yours right"
    assert (run.returncode, run.stderr) == (2, f"duly: {proxy.address}: {sentence}\n")
    phone.syncs()
    assert phone.tables() == before
    assert syncs(duly, proxy.address)["given"]["answers"] == 1


@pytest.mark.slow
def test_more_than_a_server_takes_is_said(
    duly: Duly, proxy: Proxy, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.stop()
    with monkeypatch.context() as patch:
        patch.setenv("MAX_SYNC_PAYLOAD_MEGS", "1")
        server.start()
    text = random.Random(0).randbytes(3_000_000).hex()
    duly.writes(WORDS + f"  - {{q: long, a: x{text}, id: long}}\n")
    sentence = "the collection is too large for the server; raise MAX_SYNC_PAYLOAD_MEGS there"
    assert fails(duly, proxy.address) == f"{proxy.address}: {sentence}"


@pytest.mark.slow
def test_an_address_without_a_server_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DULY_ANKI_USER", "anna")
    monkeypatch.setenv("DULY_ANKI_PASSWORD", "secret")
    run = call("sync", "--server", "http://nowhere.invalid/", "--login")
    assert f"http://nowhere.invalid/: the server cannot be reached; {LATER}" in str(run.exception)


@pytest.mark.slow
@pytest.mark.parametrize("damage", [b"", b"no collection", bytes(5000)])
def test_a_mirror_that_is_damaged_is_named_or_downloaded_again(duly: Duly, proxy: Proxy, damage: bytes) -> None:
    syncs(duly, proxy.address)
    duly.quiz(4)
    (mirror,) = duly.home.glob("anki/*/collection.anki2")
    mirror.write_bytes(damage)
    if damage:
        assert str(mirror) in fails(duly, proxy.address)
        mirror.unlink()
    assert syncs(duly, proxy.address)["given"]["answers"] == 1


def test_a_collection_that_does_not_tell_its_zone_is_to_be_opened_in_anki_once(
    desk: Desk, duly: Duly, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Old ones do not; newer versions of Anki write it down when they open one."""
    old = RawSettings(0, None, 4, 2, fsrs=False)
    before = desk.tables()
    with monkeypatch.context() as patch:
        patch.setattr(OfficialAnki, "_settings", lambda _anki: old)
        run = duly.sync(desk, "--yes")
    assert str(run.exception) == "this collection of Anki is an old one; open it once in Anki, then sync again"
    assert desk.tables() == before
    assert duly.entries() == []


@pytest.mark.skipif(sys.platform == "win32", reason="file sizes are limited on POSIX only")
@pytest.mark.parametrize("room", [1_000, 20_000, 60_000, 100_000, 130_000, 150_000])
def test_a_full_disk_is_said_and_the_next_sync_ends_where_one_with_room_does(
    tmp_path: Path, room: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends = []
    for name in ("room", "full"):
        home = tmp_path / name / "home"
        monkeypatch.setenv("DULY_HOME", str(home))
        desk, duly = Desk(tmp_path / name / "Anki2" / "User 1"), Duly(tmp_path / name / "duly", home)
        duly.writes(WORDS)
        duly.syncs(desk)
        duly.quiz(4)
        desk.answers("mu", 4)
        duly.writes(WORDS + "".join(f"  - {{q: {n}?, a: {'long ' * 100}, id: n{n}}}\n" for n in range(100)))
        if name == "full":
            run = ran(duly, "--collection", str(desk.file), room=room)
            assert (run.returncode, run.stderr.count("\n"), run.stderr[:6]) == (2, 1, "duly: "), run.stderr
        duly.syncs(desk)
        ends.append(same(desk, duly))
    assert ends[0] == ends[1]


def ran(
    duly: Duly, *options: str, room: int | None = None, environment: Mapping[str, str] = MappingProxyType({})
) -> "subprocess.CompletedProcess[str]":
    """A sync in a process of its own, which may have no more than `room` bytes for each file that it writes."""

    def limit() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (room or 0, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))

    words: list[Any] = [sys.executable, "-m", "duly", "sync", duly.cards, "--db", duly.database, "--yes", *options]
    return subprocess.run(
        words, env={**os.environ, **environment}, capture_output=True, text=True, check=False, timeout=60,
        preexec_fn=None if room is None else limit,
    )  # fmt: skip
