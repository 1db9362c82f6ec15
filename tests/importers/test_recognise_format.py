"""The choice of an importer."""

from pathlib import Path

import pytest

from duly.importers.recognise_format import importer_for


@pytest.mark.parametrize(
    ("name", "text", "format_"),
    [
        ("a.txt", "问：x\n答：y", "qa"),
        ("a.md", "# Why?\nSo.", "qa"),
        ("a", "\n\nq: x\ra: y", "qa"),
        ("a.log", "- **Q**: x", "qa"),
        ("a.md", "Q: x\nA: std::y", "qa"),
        ("a.csv", "Q: x\nA: y", "csv"),
        ("a.txt", "猫\tcat\n狗\tdog", "csv"),
        ("a.jsonl", "", "jsonl"),
        ("a.csv", "what #card,#flashcards\n", "csv"),
        ("a.txt", '{"q": "x", "a": "y"}', "jsonl"),
        ("a.md", "---\ntags: [x]\n---\n# Question\nWhy?\n# Answer\nSo.", "sections"),
        ("a.md", "Q: x\nA: y\n\nC: a [cloze]", "hashcards"),
        ("a.md", "#flashcards\n# Why?\nx::y", "obsidian"),
        ("a.md", "x\n?\ny", "obsidian"),
        ("a.md", "# Cell\nThe unit of life.", "outline"),
        ("a.txt", "- cell\n  - the unit of life", "outline"),
    ],
)
def test_the_format_of_a_text_is_recognised_by_its_content(name: str, text: str, format_: str) -> None:
    importer = importer_for(Path(name), text)
    assert importer is not None
    assert importer.name == format_


@pytest.mark.parametrize(("name", "text"), [("a.txt", "text\n# Title"), ("a.txt", ""), ("a.yaml", "- q: x\n  a: y")])
def test_a_text_without_questions_and_a_deck_file_have_no_format(name: str, text: str) -> None:
    assert importer_for(Path(name), text) is None
