"""Comparing a typed answer with the right one."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from duly.cards.answer import Stretch, compared


def test_the_same_text_is_right_whatever_its_white_space() -> None:
    assert compared("  缩放  点积 ", "缩放 点积").right


def test_a_missing_letter_is_shown_in_the_right_answer() -> None:
    comparison = compared("Dot-Prodct", "Dot-Product")
    assert not comparison.right
    assert comparison.given == (Stretch("Dot-Prod", True), Stretch("ct", True))
    assert comparison.expected == (Stretch("Dot-Prod", True), Stretch("u", False), Stretch("ct", True))
    assert 0.9 < comparison.likeness < 1


def test_case_counts() -> None:
    assert not compared("lima", "Lima").right


@given(st.text(), st.text())
def test_stretches_make_up_both_texts(given_text: str, expected: str) -> None:
    comparison = compared(given_text, expected)
    assert "".join(stretch.text for stretch in comparison.given) == " ".join(composed(given_text).split())
    assert "".join(stretch.text for stretch in comparison.expected) == " ".join(composed(expected).split())


def composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)
