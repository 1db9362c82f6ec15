from pathlib import Path

import pytest

from duly.code import code_of, installed


def test_another_version_of_a_library_is_other_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "renders.py").write_text("version = 1")
    before = installed("renders", "there_is_no_such_library")
    (tmp_path / "renders.py").write_text("version = 10")
    installed.cache_clear()
    assert installed("renders", "there_is_no_such_library") != before


def test_every_package_of_ours_is_code_of_its_own() -> None:
    assert len({code_of("cards"), code_of("markup"), code_of("cards", "markup")}) == 3
