"""Every test runs in a world of its own: no learner's data, no settings, English, a clock only where it is given."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from duly.i18n import set_language

# Every property is tried on 100 inputs, or on as many as DULY_FUZZ says.
settings.register_profile("patient", deadline=None, max_examples=int(os.environ.get("DULY_FUZZ", "100")))
settings.load_profile("patient")


@pytest.fixture(autouse=True)
def own_world(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path_factory.mktemp("home")
    for name in ("DULY_DB", "DULY_NOW", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DULY_HOME", str(home))
    monkeypatch.setenv("LANG", "C.UTF-8")
    return home


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """A test may speak another language; the next one begins in English."""
    yield
    set_language("")
