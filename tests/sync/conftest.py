"""An Anki that is closed, a server with a phone, and a home of duly with two words."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.sync.desk import Desk, Duly
from tests.sync.server import Phone, Server, serving

from duly.cli.shared_options import settings

WORDS = """\
deck: Words
cards:
  - {q: What is 子?, a: child, id: zi, tags: [hsk1]}
  - {q: What is 木?, a: tree, id: mu}
"""


@pytest.fixture(autouse=True)
def settings_are_read_anew() -> Iterator[None]:
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "Anki2" / "User 1")


@pytest.fixture
def duly(tmp_path: Path, own_world: Path) -> Duly:
    home = Duly(tmp_path / "duly", own_world)
    home.writes(WORDS)
    return home


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with serving(tmp_path / "server") as server:
        yield server


@pytest.fixture
def phone(tmp_path: Path, server: Server) -> Phone:
    return Phone(tmp_path / "phone", server)
