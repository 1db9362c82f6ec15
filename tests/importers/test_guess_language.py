"""The language of a text in Chinese characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duly.importers.guess_language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("什么是泛化能力？对没有见过的数据也能给出正确结果的能力。", "zh-Hans"),
        ("Transformer 里的注意力让每个词看见别的词，这样就不会丢失长距离的关系", "zh-Hans"),
        ("什麼是泛化能力？對沒有見過的資料也能給出正確結果的能力。", "zh-Hant"),
        ("汎化能力とは何か？未知のデータに対しても正しい結果を出す能力。", "ja"),
        ("学校へ行く", "ja"),
        ("它是鲜の每日，这们说对过吗，没见过这样的东西", "zh-Hans"),
    ],
)
def test_a_script_is_recognised_by_characters_that_only_it_has(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "What is attention? A weighted sum.",
        "猫 cat",
        "中国 国家 学会",
        "食べる 吃；这个词说的是",
        "这是简体，這是繁體",
        "日本語 語彙 経済 国家",
        "한국어 漢字",
        "the word 学习 and the word 说话 are two words of many",
    ],
)
def test_an_uncertain_language_is_not_guessed(text: str) -> None:
    assert language_of(text) == ""


@given(st.text())
def test_any_text_has_one_of_three_languages_or_none(text: str) -> None:
    assert language_of(text) in ("", "zh-Hans", "zh-Hant", "ja")
