"""Comparing a typed answer with the right one."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duly.cards.typed_answer import Comparison, Stretch, compare_answer


def test_the_same_text_is_right_whatever_its_white_space() -> None:
    assert compare_answer("  缩放  点积 ", "缩放 点积").is_right


def test_a_missing_letter_is_shown_in_the_right_answer() -> None:
    comparison = compare_answer("Dot-Prodct", "Dot-Product")
    assert not comparison.is_right
    assert comparison.typed_stretches == (Stretch("Dot-Prod", True), Stretch("ct", True))
    assert comparison.expected_stretches == (Stretch("Dot-Prod", True), Stretch("u", False), Stretch("ct", True))
    assert 0.9 < comparison.likeness < 1


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("lima", "Lima"), ("naive", "naïve"), ("１４", "14"), ("［ＭＡＳＫ］", "[MASK]"), ("２２％", "22%"),
        ("ABC", "ＡＢＣ"),
        ("缩放点积。", "缩放点积"), ("“训练集”", "训练集"), ("编码器，解码器", "编码器、解码器"),
        ("Lima!", "Lima"), ("(Lima)", "lima"),
        ("掩 码", "掩码"), ("用CSR存", "用 CSR 存"), ("甲, 乙", "甲、乙"), ("a,b", "a, b"), ("f( x )", "f(x)"),
        ("don't", "don’t"), ("−1", "-1"), ("“甲”和「乙」", '"甲"和「乙」'),
    ],
)  # fmt: skip
def test_width_case_accents_final_punctuation_quotes_around_it_and_spaces_between_signs_are_no_errors(
    typed: str, asked: str
) -> None:
    assert compare_answer(typed, asked).is_right
    assert compare_answer(asked, typed).is_right


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("35", "3.5"),
        ("5", "-5"),
        ("か", "が"),
        ("x^2", "x2"),
        ("", "…"),
        ("编码器", "解码器"),
        ("C", "C++"),
        ("ice cream", "icecream"),
    ],
)
def test_what_changes_the_meaning_is_an_error(typed: str, asked: str) -> None:
    assert not compare_answer(typed, asked).is_right


@pytest.mark.parametrize("typed", ["a cat", "A cat.", "the cat"])
def test_each_of_several_right_answers_is_right(typed: str) -> None:
    assert compare_answer(typed, "the cat", ["a cat"]).is_right


def test_a_wrong_answer_is_shown_beside_the_right_one_that_it_is_most_like() -> None:
    assert (
        "".join(part.text for part in compare_answer("colr", "hue", ["colour", "tint"]).expected_stretches) == "colour"
    )


@pytest.mark.parametrize("typed", ["Lima", "lima.", "ｌｉｍａ", "limá"])
def test_where_every_sign_counts_only_white_space_is_forgiven(typed: str) -> None:
    assert not compare_answer(typed, "lima", exact=True).is_right
    assert compare_answer("  lima ", "lima", exact=True).is_right


@pytest.mark.parametrize(
    ("typed", "asked", "is_part"),
    [
        ("a cat", "the cat; a cat", True), ("color", "colour / color", True), ("猫", "猫；喵", True),
        ("data", "data and indices", False), ("and/or", "and/or", False), ("", "a; ", False),
    ],
)  # fmt: skip
def test_one_of_several_answers_in_one_text_is_noticed(typed: str, asked: str, is_part: bool) -> None:
    assert compare_answer(typed, asked).is_one_of_several is is_part


@pytest.mark.parametrize(
    ("typed", "asked", "wrong", "missing"),
    [
        ("sigmoid", "softmax", ["sigmoid"], ["softmax"]),
        (
            "a weighted mean of the values",
            "the weighted sum of all values",
            ["a", "mean", "the"],
            ["the", "sum", "all"],
        ),
        ("编码器", "解码器", ["编"], ["解"]),
        ("👩\u200d🚀", "👩\u200d🔬", ["👩\u200d🚀"], ["👩\u200d🔬"]),
        ("attension", "attention", ["s"], ["t"]),
    ],
)
def test_words_and_graphemes_differ_not_single_letters_of_other_words(
    typed: str, asked: str, wrong: list[str], missing: list[str]
) -> None:
    comparison = compare_answer(typed, asked)
    assert [part.text for part in comparison.typed_stretches if not part.is_right] == wrong
    assert [part.text for part in comparison.expected_stretches if not part.is_right] == missing


def test_a_capital_letter_is_shown_though_it_is_no_error() -> None:
    assert compare_answer("lima", "Lima").expected_stretches == (Stretch("L", False), Stretch("ima", True))


def test_long_texts_are_compared_from_the_first_difference_to_the_last_alike_letters_or_not() -> None:
    begin, middle, end = "ab" * 5_000, "a" * 10_000, "ba" * 5_000
    comparison = compare_answer(f"{begin}x{middle}{end}", f"{begin}{'ab' * 10_000}y{end}")
    assert comparison.typed_stretches == (Stretch(begin, True), Stretch(f"x{middle}", False), Stretch(end, True))
    assert comparison.expected_stretches == (
        Stretch(begin, True),
        Stretch(f"{'ab' * 10_000}y", False),
        Stretch(end, True),
    )
    assert comparison.likeness == 40_000 / 70_002


def test_one_slip_in_a_very_long_text_is_found() -> None:
    text = "attention " * 2_000
    comparison = compare_answer(text, text.replace("attention", "atention", 1))
    assert [stretch.text for stretch in comparison.typed_stretches if not stretch.is_right] == ["t"]
    assert comparison.likeness > 0.99


def test_an_empty_answer_to_an_empty_question_is_right() -> None:
    assert compare_answer(" ", "") == Comparison((), (), 1.0, is_right=True)


@given(st.text(), st.text())
def test_stretches_make_up_both_texts(given_text: str, expected: str) -> None:
    comparison = compare_answer(given_text, expected)
    assert "".join(stretch.text for stretch in comparison.typed_stretches) == " ".join(composed(given_text).split())
    assert "".join(stretch.text for stretch in comparison.expected_stretches) == " ".join(composed(expected).split())


def composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)
