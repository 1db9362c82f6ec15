"""A fresh Anki for each test that asks for one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from learner import Learner


@pytest.fixture
def learner(tmp_path: Path) -> Iterator[Learner]:
    someone = Learner(tmp_path / "anki")
    yield someone
    someone.close()
