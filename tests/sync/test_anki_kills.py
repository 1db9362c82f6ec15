"""A sync with Anki that is killed at any moment is completed by the next one."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.sync.conftest import WORDS
from tests.sync.desk import Desk, Duly
from tests.sync.test_anki_cut import history, same

KILLS = int(os.environ.get("DULY_KILLS", "6"))
"""How many times it is killed."""


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(KILLS))
def test_a_sync_that_is_killed_ends_after_the_next_one_where_one_that_was_not_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    ends = []
    for name in ("whole", "killed"):
        home = tmp_path / name / "home"
        monkeypatch.setenv("DULY_HOME", str(home))
        desk, duly = Desk(tmp_path / name / "Anki2"), Duly(tmp_path / name / "duly", home)
        duly.writes(WORDS)
        for number, _between in enumerate(history(desk, duly)):
            if name == "killed" and number == seed % 2:
                kill(desk, duly, random.Random(seed).random())
            duly.syncs(desk)
        ((sound,),) = desk.rows("pragma quick_check")
        ends.append((sound, same(desk, duly)))
    assert ends[0] == ends[1]


def kill(desk: Desk, duly: Duly, share: float) -> None:
    """Ends a sync with SIGKILL, once it has opened the collection and then some time has gone by."""
    words = ("sync", duly.cards, "--collection", desk.file, "--db", duly.database, "--yes")
    with subprocess.Popen([sys.executable, "-m", "duly", *map(str, words)]) as process:
        log = desk.file.with_name(desk.file.name + "-wal")
        while process.poll() is None and not log.exists():
            time.sleep(0.001)
        time.sleep(0.4 * share)
        process.send_signal(signal.SIGKILL)
