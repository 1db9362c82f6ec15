"""The choice of an importer."""

from pathlib import Path

import pytest

from duly.importers.registry import importer_for


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.txt", "问：x\n答：y"), ("a.md", "# Why?\nSo."), ("a", "\n\nq: x\ra: y"), ("a.log", "- **Q**: x")],
)
def test_a_text_that_asks_is_taken_whatever_its_name(name: str, text: str) -> None:
    importer = importer_for(Path(name), text)
    assert importer is not None
    assert importer.name == "qa"


@pytest.mark.parametrize(("name", "text"), [("a.txt", "text\n# Title"), ("a.txt", ""), ("a.yaml", "- q: x\n  a: y")])
def test_a_text_that_asks_nothing_and_a_deck_file_are_not(name: str, text: str) -> None:
    assert importer_for(Path(name), text) is None
