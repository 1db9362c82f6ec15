"""A sync with a server that is killed at any moment, or whose server is, is completed by the next one."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.cli.calling import call
from tests.sync.conftest import WORDS
from tests.sync.desk import Duly
from tests.sync.server import Phone, Server, serving
from tests.sync.test_anki_cut import history, same
from tests.sync.test_server import syncs

KILLS = int(os.environ.get("DULY_KILLS", "4"))
"""How many times it is killed."""


@pytest.mark.slow
@pytest.mark.parametrize("victim", ["client", "server"])
@pytest.mark.parametrize("seed", range(KILLS))
def test_after_a_killed_sync_the_next_one_ends_like_an_uninterrupted_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, victim: str
) -> None:
    monkeypatch.setenv("DULY_ANKI_USER", "anna")
    monkeypatch.setenv("DULY_ANKI_PASSWORD", "secret")
    ends = []
    for name in ("whole", "killed"):
        home = tmp_path / name / "home"
        monkeypatch.setenv("DULY_HOME", str(home))
        duly = Duly(tmp_path / name / "duly", home)
        duly.writes(WORDS)
        with serving(tmp_path / name / "server") as server:
            phone = Phone(tmp_path / name / "phone", server)
            call("sync", "--server", server.address, "--login")
            syncs(duly, server.address)
            phone.syncs()
            between = history(phone, duly)
            next(between)
            next(between)
            phone.syncs()
            if name == "killed":
                kill(duly, server, victim, random.Random(seed).random())
            for _run in range(2):
                syncs(duly, server.address)
                phone.syncs()
            ends.append(same(phone, duly))
    assert ends[0] == ends[1]


def kill(duly: Duly, server: Server, victim: str, share: float) -> None:
    """Starts a sync and ends it, or the server, with SIGKILL, some time after the mirror was opened."""
    words = ("sync", duly.cards, "--server", server.address, "--db", duly.database, "--yes")
    (mirror,) = duly.home.glob("anki/*/collection.anki2")
    log = mirror.with_name(mirror.name + "-wal")
    with subprocess.Popen([sys.executable, "-m", "duly", *map(str, words)], stderr=subprocess.DEVNULL) as process:
        while process.poll() is None and not log.exists():
            time.sleep(0.001)
        time.sleep(0.5 * share)
        (process if victim == "client" else server.process).send_signal(signal.SIGKILL)
    if victim == "server":
        server.process.wait()
        server.start()
