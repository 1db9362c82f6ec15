"""Comparing a typed answer with the right one."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duly.cards.answer import Comparison, Stretch, compare_answer


def test_the_same_text_is_right_whatever_its_white_space() -> None:
    assert compare_answer("  缩放  点积 ", "缩放 点积").right


def test_a_missing_letter_is_shown_in_the_right_answer() -> None:
    comparison = compare_answer("Dot-Prodct", "Dot-Product")
    assert not comparison.right
    assert comparison.given == (Stretch("Dot-Prod", True), Stretch("ct", True))
    assert comparison.expected == (Stretch("Dot-Prod", True), Stretch("u", False), Stretch("ct", True))
    assert 0.9 < comparison.likeness < 1


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("lima", "Lima"), ("naive", "naïve"), ("１４", "14"), ("［ＭＡＳＫ］", "[MASK]"), ("２２％", "22%"),
        ("ABC", "ＡＢＣ"),
        ("缩放点积。", "缩放点积"), ("“训练集”", "训练集"), ("编码器，解码器", "编码器、解码器"),
        ("Lima!", "Lima"), ("(Lima)", "lima"),
    ],
)  # fmt: skip
def test_width_case_accents_final_punctuation_and_quotes_around_it_are_no_errors(typed: str, asked: str) -> None:
    assert compare_answer(typed, asked).right
    assert compare_answer(asked, typed).right


@pytest.mark.parametrize(
    ("typed", "asked"),
    [("35", "3.5"), ("5", "-5"), ("か", "が"), ("x^2", "x2"), ("", "…"), ("编码器", "解码器"), ("C", "C++")],
)
def test_what_changes_the_meaning_is_an_error(typed: str, asked: str) -> None:
    assert not compare_answer(typed, asked).right


def test_a_capital_letter_is_shown_though_it_is_no_error() -> None:
    assert compare_answer("lima", "Lima").expected == (Stretch("L", False), Stretch("ima", True))


def test_long_texts_are_compared_from_the_first_difference_to_the_last_alike_letters_or_not() -> None:
    begin, middle, end = "ab" * 5_000, "a" * 10_000, "ba" * 5_000
    comparison = compare_answer(f"{begin}x{middle}{end}", f"{begin}{'ab' * 10_000}y{end}")
    assert comparison.given == (Stretch(begin, True), Stretch(f"x{middle}", False), Stretch(end, True))
    assert comparison.expected == (Stretch(begin, True), Stretch(f"{'ab' * 10_000}y", False), Stretch(end, True))
    assert comparison.likeness == 40_000 / 70_002


def test_one_slip_in_a_very_long_text_is_found() -> None:
    text = "attention " * 2_000
    comparison = compare_answer(text, text.replace("attention", "atention", 1))
    assert [stretch.text for stretch in comparison.given if not stretch.right] == ["t"]
    assert comparison.likeness > 0.99


def test_an_empty_answer_to_an_empty_question_is_right() -> None:
    assert compare_answer(" ", "") == Comparison((), (), 1.0, right=True)


@given(st.text(), st.text())
def test_stretches_make_up_both_texts(given_text: str, expected: str) -> None:
    comparison = compare_answer(given_text, expected)
    assert "".join(stretch.text for stretch in comparison.given) == " ".join(composed(given_text).split())
    assert "".join(stretch.text for stretch in comparison.expected) == " ".join(composed(expected).split())


def composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)
