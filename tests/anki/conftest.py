"""A fresh Anki for each test that asks for one."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.anki.household import Household
from tests.learner import Export, Learner

from duly.anki.package_export import export_package
from duly.cards import Note


@pytest.fixture
def learner(tmp_path: Path) -> Iterator[Learner]:
    learner = Learner(tmp_path / "anki")
    yield learner
    learner.close()


@pytest.fixture
def package(tmp_path: Path) -> Export:
    """Exports notes to the same file each time, a day later each time, and gives that file."""
    moments = (datetime(2026, 3, 1, 12, tzinfo=UTC) + timedelta(days=days) for days in range(1000))

    def write(*notes: Note, paths: Sequence[Path] = ()) -> Path:
        export_package(notes, tmp_path / "out.apkg", tmp_path / "exports.db", next(moments), paths=paths)
        return tmp_path / "out.apkg"

    return write


@pytest.fixture
def household(tmp_path: Path) -> Iterator[Household]:
    household = Household(tmp_path)
    yield household
    household.learner.close()
