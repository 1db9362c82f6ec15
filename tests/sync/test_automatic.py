"""A quiz that syncs when it begins and ends."""

import json
from pathlib import Path

import pytest
from tests.cli.calling import call
from tests.sync.desk import Desk, Duly

from duly.cli.shared_options import settings


@pytest.fixture
def automatic(desk: Desk, duly: Duly, own_world: Path) -> Duly:
    duly.syncs(desk)
    (own_world / "config.toml").write_text(f"[sync]\nautomatic = true\ncollection = {json.dumps(str(desk.file))}\n")
    settings.cache_clear()
    return duly


def test_a_quiz_pulls_answers_from_anki_before_it_and_pushes_its_own_after_it(desk: Desk, automatic: Duly) -> None:
    desk.answers("zi", 4)
    run = call("quiz", "--plain", automatic.cards, "--db", automatic.database, input="\n4\n\n4\n")
    assert run.stdout.startswith("Synced: 1 answer in, 0 notes and 0 answers out.\n")
    assert run.stdout.endswith("Synced: 0 answers in, 0 notes and 1 answer out.\n")
    assert "What is 子?" not in run.stdout
    assert len(desk.rows("select id from revlog")) == len(automatic.entries()) == 2


def test_an_anki_that_is_open_does_not_keep_one_from_learning(desk: Desk, automatic: Duly) -> None:
    with desk.open():
        run = call("quiz", "--plain", automatic.cards, "--db", automatic.database, input="\n4\n\n4\n")
    assert run.exit_code == 0
    assert run.stderr.count("not synced: Anki is open; close it and sync again\n") == 2
    assert len(automatic.entries()) == 2
