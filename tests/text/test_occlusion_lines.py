"""A picture with covered regions on a terminal."""

from dataclasses import replace
from pathlib import Path

import pytest

from duly.cards import Card, cards_of
from duly.deckfile.load import load
from duly.markup.terminal.styled_lines import line_text, line_width
from duly.text.card_lines import (
    CardPresentation,
    answer_lines,
    clipboard_text,
    compare_typed,
    one_line,
    question_lines,
    typed_answer,
)
from duly.text.occlusion_lines import PictureDisplay

DECK = """- image: heart.png
  q: Name **this** part.
  regions:
    - 1 rect .1 .1 .2 .2 = left *atrium*
    - 2 rect .7 .7 .2 .2
    - 0 rect 0 0 .05 .05
  extra: see Gray
"""


@pytest.fixture
def cards(tmp_path: Path) -> list[Card]:
    (tmp_path / "heart.png").write_bytes(b"picture")
    (tmp_path / "a.yaml").write_text(DECK, encoding="utf-8")
    (note,) = load([tmp_path]).notes
    return [*cards_of(note)]


def text_rows(lines: tuple[object, ...]) -> list[str]:
    return [line_text(line) for line in lines]  # type: ignore[arg-type]


def test_a_map_shows_where_the_asked_region_lies_among_the_others(cards: list[Card]) -> None:
    showing = CardPresentation(cards[0], picture=PictureDisplay.OPENED)
    lines = text_rows(question_lines(showing, 40))
    assert lines[:5] == ["Name this part.", "", "What is under region 1?", "", "▣ heart.png"]
    assert lines[5:7] == ["Not drawn here, only where its regions", "lie; o opens it."]
    assert lines[7] == "┌" + "─" * 38 + "┐"
    assert [line.strip("│").split() for line in lines[8:15] if line.strip("│ ")] == [["[1]"], ["2"]]
    assert len(lines) == 16
    assert not any("atrium" in line for line in lines)


@pytest.mark.parametrize("room", [2, 9, 10, 12, 40, 88])
def test_no_line_is_wider_than_the_terminal(cards: list[Card], room: int) -> None:
    for card in cards:
        showing = CardPresentation(card, picture=PictureDisplay.OPENED)
        assert all(line_width(line) <= room for line in (*question_lines(showing, room), *answer_lines(showing, room)))


def test_where_the_picture_is_drawn_there_is_no_map(cards: list[Card]) -> None:
    showing = CardPresentation(cards[1], picture=PictureDisplay.DRAWN)
    assert text_rows(question_lines(showing, 40)) == [
        *("Name this part.", "", "What is under region 2?", "", "▣ heart.png")
    ]


def test_the_answer_is_the_label_of_the_region_or_says_that_it_has_none(cards: list[Card]) -> None:
    first, second = (text_rows(answer_lines(CardPresentation(card), 60)) for card in cards)
    assert first == [
        *("Name this part.", "", "What is under region 1?", "┄" * 60),
        *("left atrium", "", "▣ heart.png", "", "see Gray"),
    ]
    assert second[4:] == ["Region 2 has no label; look at the picture.", "", "▣ heart.png", "", "see Gray"]


def test_a_label_can_be_typed(cards: list[Card]) -> None:
    assert [typed_answer(card) for card in cards] == ["left atrium", ""]
    showing = replace(CardPresentation(cards[0]), comparison=compare_typed(cards[0], "left atrium"))
    assert "✓ left atrium" in text_rows(answer_lines(showing, 40))


def test_lists_name_the_region_and_the_clipboard_gets_its_label(cards: list[Card]) -> None:
    assert [one_line(card) for card in cards] == ["Name this part. [1]", "Name this part. [2]"]
    assert [clipboard_text(card) for card in cards] == ["Name this part.\n\nleft atrium", "Name this part."]
