"""What a card shows, as lines: no screen is needed."""

from pathlib import Path

import pytest

from duly.cards import BACK, FRONT, Card
from duly.cards.typed_answer import compare_answer
from duly.markup.terminal.styled_lines import Line, line_text, line_width
from duly.study.answer_options import Option
from duly.study.decks import read_decks
from duly.text.card_lines import CardPresentation, answer_lines, compare_typed, one_line, question_lines, typed_answer

RIGHT, WRONG = Option("the decoder", True), Option("the encoder", False)


def cards(tmp_path: Path, yaml: str) -> tuple[Card, ...]:
    (tmp_path / "deck.yaml").write_text(yaml, encoding="utf-8")
    decks = read_decks([tmp_path])
    assert not decks.problems
    return decks.cards


def text_rows(lines: tuple[Line, ...]) -> list[str]:
    return [line_text(line).rstrip() for line in lines]


def test_a_question_shows_its_tags_and_no_answer(tmp_path: Path) -> None:
    (card,) = cards(tmp_path, "- {q: What is CSR?, a: a format, tags: [sparse, storage], hint: It is stored.}")
    assert text_rows(question_lines(CardPresentation(card), 40)) == ["What is CSR?", "", "#sparse #storage"]
    assert text_rows(question_lines(CardPresentation(card, hint=True), 40))[3:] == ["", "Hint", "It is stored."]


def test_an_answer_stands_below_its_question_with_extra_and_source(tmp_path: Path) -> None:
    (card,) = cards(tmp_path, "- {q: What is CSR?, a: a format, extra: It is *old*., source: 'A & B <1>'}")
    assert text_rows(answer_lines(CardPresentation(card), 14)) == [
        "What is CSR?", "┄" * 14, "a format", "", "It is old.", "", "A & B <1>",
    ]  # fmt: skip


def test_the_back_of_a_reversed_card_asks_for_its_question(tmp_path: Path) -> None:
    front, back = cards(tmp_path, "- {q: 自回归, a: autoregressive, reverse: true}")
    assert (front.face, back.face) == (FRONT, BACK)
    assert text_rows(question_lines(CardPresentation(back), 40)) == ["autoregressive"]
    assert text_rows(answer_lines(CardPresentation(back), 20)) == ["autoregressive", "┄" * 20, "自回归"]
    assert (typed_answer(front), typed_answer(back)) == ("autoregressive", "自回归")
    assert (one_line(front), one_line(back)) == ("自回归", "autoregressive")


def test_the_right_option_is_marked_and_the_wrong_choice_too(tmp_path: Path) -> None:
    (card,) = cards(tmp_path, "- {q: Which half?, a: the decoder, wrong: [the encoder]}")
    showing = CardPresentation(card, (WRONG, RIGHT))
    assert text_rows(question_lines(showing, 40))[2:] == ["  1  the encoder", "  2  the decoder"]
    assert text_rows(answer_lines(showing, 40))[2:] == ["  1  the encoder", "✓ 2  the decoder"]
    chosen = CardPresentation(card, (WRONG, RIGHT), chosen_option=0)
    assert text_rows(answer_lines(chosen, 40))[2:] == ["✗ 1  the encoder", "✓ 2  the decoder"]


def test_an_option_of_many_lines_is_indented_behind_its_number(tmp_path: Path) -> None:
    (card,) = cards(tmp_path, "- {q: Which half?, a: the decoder, wrong: [the encoder]}")
    showing = CardPresentation(card, (Option("one two three four", True),))
    assert text_rows(question_lines(showing, 14))[2:] == ["  1  one two", "     three", "     four"]


@pytest.mark.parametrize(
    ("typed_text", "lines"),
    [
        ("a format", ["Your answer", "✓ a format"]),
        ("a fromat", ["Your answer", "✗ a fromat", "Right answer", "  a format", "", "88% alike"]),
        ("", ["Your answer", "✗ (nothing)", "Right answer", "  a format", "", "0% alike"]),
    ],
)
def test_a_typed_answer_is_shown_beside_the_right_one(typed_text: str, lines: list[str], tmp_path: Path) -> None:
    (card,) = cards(tmp_path, "- {q: What is CSR?, a: a format, typed: true}")
    showing = CardPresentation(card, comparison=compare_answer(typed_text, "a format"))
    assert text_rows(answer_lines(showing, 40))[2:] == lines


def test_readings_above_an_answer_are_not_typed(tmp_path: Path) -> None:
    (card,) = cards(tmp_path, "- {q: script?, a: '{汉字|hàn zì}', typed: true}")
    assert compare_typed(card, "汉字").is_right


def test_differences_have_a_style_of_their_own(tmp_path: Path) -> None:
    (card,) = cards(tmp_path, "- {q: What is CSR?, a: a format, typed: true}")
    lines = answer_lines(CardPresentation(card, comparison=compare_answer("a formXt", "a format")), 40)
    assert ("X", ("wrong",)) in [(run.text, run.styles) for run in lines[3]]
    assert ("a", ("missing",)) in [(run.text, run.styles) for run in lines[5]]


def test_other_right_answers_stand_below_the_one_that_was_typed(tmp_path: Path) -> None:
    (card,) = cards(tmp_path, "- {q: Le chat?, a: the cat, typed: true, also: [a cat, '**puss**']}")
    for typed_text in ("A Cat", "the cat"):
        answer_text = "\n".join(
            line_text(line)
            for line in answer_lines(CardPresentation(card, comparison=compare_typed(card, typed_text)), 40)
        )
        assert f"✓ {typed_text}" in answer_text
        assert "Right as well: a cat; puss" in answer_text


def test_one_of_several_answers_in_one_text_is_told_how_it_would_count(tmp_path: Path) -> None:
    (card,) = cards(tmp_path, "- {q: Le chat?, a: the cat; a cat, typed: true}")
    comparison = compare_typed(card, "a cat")
    assert "also:" in "\n".join(
        line_text(line) for line in answer_lines(CardPresentation(card, comparison=comparison), 80)
    )


def test_where_every_sign_counts_a_capital_is_an_error(tmp_path: Path) -> None:
    (card,) = cards(tmp_path, "- {q: The null device?, a: /dev/null, typed: exact}")
    assert not compare_typed(card, "/dev/Null").is_right
    assert compare_typed(card, "/dev/null").is_right


def test_a_long_typed_answer_is_broken_where_the_line_is_full(tmp_path: Path) -> None:
    (card,) = cards(tmp_path, "- {q: 问, a: 答, typed: true}")
    lines = answer_lines(CardPresentation(card, comparison=compare_answer("稀疏矩阵" * 5, "答")), 11)
    assert all(line_width(line) <= 11 for line in lines)
    assert "稀疏矩阵" * 5 in "".join(text_rows(lines))


def test_a_cloze_hides_one_gap_and_is_one_line_in_lists(tmp_path: Path) -> None:
    first, second = cards(tmp_path, "- cloze: '{{c1::CSR}} keeps {{c2::three::how many}} arrays.'")
    assert text_rows(question_lines(CardPresentation(first), 40)) == ["[...] keeps three arrays."]
    assert text_rows(answer_lines(CardPresentation(first), 40)) == ["CSR keeps three arrays."]
    assert one_line(second) == "CSR keeps [how many] arrays."
    assert typed_answer(first) == ""


def test_the_typed_answer_is_the_plain_text_of_the_markdown(tmp_path: Path) -> None:
    (card,) = cards(tmp_path, "- {q: What?, a: '**Bold** and `code`', typed: true}")
    assert typed_answer(card) == "Bold and code"


def test_math_in_a_list_reads_as_on_the_card(tmp_path: Path) -> None:
    (card,) = cards(tmp_path, "- {q: 'What is $x^2$ of $$a_1$$?', a: b}")
    assert one_line(card) == "What is x² of a₁?"
