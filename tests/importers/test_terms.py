"""Lists of terms whose signs a person names."""

from pathlib import Path

import pytest
from tests.cli.calling import call
from tests.importers.reading import pairs, places

from duly.importers.importer import ImportOptions
from duly.importers.terms import read, recognise

PATH = Path("terms.txt")


@pytest.mark.parametrize(
    ("text", "between", "after", "expected"),
    [
        ("猫 :: cat ## 狗 :: dog\nbig", " :: ", " ## ", [("猫", "cat"), ("狗", "dog\nbig")]),
        ("a=b\n\nc=d\ne\n", "=", "\n\n", [("a", "b"), ("c", "d\ne")]),
        ("a=b\r\nc=d=e", "=", "", [("a", "b"), ("c", "d=e")]),
    ],
)
def test_custom_signs_separate_terms_definitions_and_cards(
    text: str, between: str, after: str, expected: list[tuple[str, str]]
) -> None:
    assert pairs(read(PATH, text, ImportOptions(term_separator=between, card_separator=after))) == expected


def test_term_and_definition_are_accounted_for_and_lines_without_a_sign_left_out() -> None:
    imported = read(PATH, "\n猫 = cat;狗 = dog\nbig;nothing", ImportOptions(term_separator=" = ", card_separator=";"))
    rows = [(line.number, text, use[0]) for line, text, use in imported.account.rows()]
    assert rows == [
        (2, "猫 = ", "q"), (2, "cat", "a"), (2, "狗 = ", "q"), (2, "dog\nbig", "a"), (3, "nothing", "not-placed"),
    ]  # fmt: skip
    assert places(imported) == [(3, "not-placed")]


@pytest.mark.parametrize("text", ["Name: a\nAge: b\nName: c\nAge: d", "a\tb\tc\nd\te\tf"])
def test_repeated_labels_and_three_columns_are_no_list_of_terms(text: str) -> None:
    assert not recognise(PATH, text).confidence


def test_a_sign_that_a_person_names_says_that_a_text_is_a_list_of_terms(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("猫 ~ cat", encoding="utf-8")
    assert call("import", text, "--to", tmp_path / "cards").exit_code == 1
    assert call("import", text, "--to", tmp_path / "cards", "--between", "~").exit_code == 0
