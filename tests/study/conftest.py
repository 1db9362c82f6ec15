"""The student of these tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.student import Student


@pytest.fixture
def student(tmp_path: Path) -> Iterator[Student]:
    student = Student(tmp_path)
    yield student
    student.leaves()
