"""The learner of these tests, in a folder of its own, so that paths on the screen are short and always alike."""

from pathlib import Path

import pytest
from tests.tui.learner import Learner


@pytest.fixture
def learner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Learner:
    monkeypatch.chdir(tmp_path)
    return Learner()
