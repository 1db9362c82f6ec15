"""The learner of these tests, in a folder of its own, so that paths on the screen are short and always alike."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.tui.learner import Learner

from duly.i18n import speak


@pytest.fixture
def learner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Learner:
    monkeypatch.chdir(tmp_path)
    return Learner()


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """A test may speak another language; the next one begins in English."""
    yield
    speak("")
