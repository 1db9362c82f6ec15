"""How much alike texts are, and finding those that are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duly.cards.similarity import SimilarityIndex, bigrams, similarity


@pytest.mark.parametrize(
    ("text", "other"),
    [("What is CSR?", "what is csr"), ("ＣＳＲ 是什么", "CSR是什么？"), ("a", "A!"), ("x y", "xy")],
)
def test_case_width_white_space_and_punctuation_make_no_difference(text: str, other: str) -> None:
    assert similarity(bigrams(text), bigrams(other)) == 1.0


@pytest.mark.parametrize(("text", "other"), [("", ""), ("?", "!"), ("abc", ""), ("ab", "cd"), ("是", "否")])
def test_nothing_in_common_is_nothing(text: str, other: str) -> None:
    assert similarity(bigrams(text), bigrams(other)) == 0.0


def test_likeness_is_the_share_of_common_pairs() -> None:
    assert similarity(bigrams("night"), bigrams("nacht")) == 0.25


LETTERS = st.text(st.sampled_from("abcde 中文"), max_size=12)


@given(st.lists(LETTERS, max_size=8), LETTERS, st.sampled_from([0.3, 0.5, 0.8, 0.9, 1.0]))
def test_all_texts_that_are_alike_enough_are_found_and_no_others(texts: list[str], text: str, least: float) -> None:
    alike = {number: similarity(bigrams(other), bigrams(text)) for number, other in enumerate(texts)}
    assert dict(SimilarityIndex(texts, least).similar_to(text)) == {
        number: likeness for number, likeness in alike.items() if likeness >= least
    }
