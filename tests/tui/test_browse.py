"""Browse: a query, the cards it finds, and what is done with many at once."""

from pathlib import Path

import pytest
from tests.tui.learner import Learner, press, rows, screen, write
from tests.tui.settling import settled

from duly.problem import Place
from duly.scheduling.grade import Grade
from duly.scheduling.journal_entries import Undo
from duly.tui.screens.browse import Browse
from duly.tui.screens.card_info import CardInfo
from duly.tui.screens.decks import DecksScreen
from duly.tui.screens.text_page import TextPage
from duly.tui.widgets.card_rows import CardRows

THREE = """\
deck: ml::sparse
cards:
- {q: What is CSR?, a: compressed rows, id: csr}
- {q: What is COO?, a: a list of coordinates, id: coo}
- {q: 稀疏矩阵是什么？, a: 零很多的矩阵, id: zh}
"""


def row_texts(pilot_rows: list[str]) -> list[str]:
    """The first words of the rows of cards."""
    return [row[2:].split("  ")[0].strip() for row in pilot_rows[3:] if "new" in row.split() or "suspended" in row]


async def test_the_cards_of_the_deck_are_listed_with_the_first_one_shown_beside(learner: Learner) -> None:
    learner.writes(THREE)
    async with learner.app() as pilot:
        await press(pilot, "b")
        assert isinstance(pilot.app.screen, Browse)
        assert rows(pilot)[0].split() == ["/", 'deck:"ml"', "3", "/", "3"]
        assert row_texts(rows(pilot)) == ["What is CSR?", "What is COO?", "稀疏矩阵是什么？"]
        assert "compressed rows" in screen(pilot)
        await press(pilot, "j")
        assert "a list of coordinates" in screen(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, DecksScreen)


async def test_the_list_follows_the_query_while_it_is_typed(learner: Learner) -> None:
    learner.writes(THREE)
    async with learner.app() as pilot:
        await press(pilot, "b", "slash", "end")
        await write(pilot, "矩阵")
        assert row_texts(rows(pilot)) == ["稀疏矩阵是什么？"]
        assert rows(pilot)[0].endswith("1 / 3")
        await press(pilot, "backspace", "backspace")
        await write(pilot, "nothing like it")
        assert row_texts(rows(pilot)) == []
        await press(pilot, "enter", "j", "space", "at", "enter", "i")
        assert isinstance(pilot.app.screen, Browse)


async def test_a_query_that_cannot_be_read_says_why_and_keeps_the_list(learner: Learner) -> None:
    learner.writes(THREE)
    async with learner.app() as pilot:
        await press(pilot, "b", "slash", "end")
        await write(pilot, "is:old")
        assert "is:old is unknown" in screen(pilot)
        assert {"What is CSR?", "What is COO?", "稀疏矩阵是什么？"} <= {*row_texts(rows(pilot))}


async def test_the_highlight_stays_with_its_card(learner: Learner) -> None:
    learner.writes(THREE)
    async with learner.app() as pilot:
        await press(pilot, "b", "j", "j", "slash", "end")
        await write(pilot, "是什么")
        assert pilot.app.screen.query_one(CardRows).place == 0
        await press(pilot, *["backspace"] * 3)
        assert pilot.app.screen.query_one(CardRows).place == 2


async def test_an_action_on_selected_cards_is_undone_as_one(learner: Learner) -> None:
    learner.writes(THREE)
    async with learner.app() as pilot:
        await press(pilot, "b", "A")
        assert "3 selected" in rows(pilot)[0]
        await press(pilot, "at")
        assert "suspended · 3 cards" in screen(pilot)
        assert len([row for row in rows(pilot) if "suspended" in row]) == 4
        await press(pilot, "u")
        assert "Undone: suspended · 3 cards" in screen(pilot)
        assert not learner.schedule("csr/front").suspended
        await press(pilot, "U")
        assert learner.schedule("zh/front").suspended
        assert len([entry for entry in learner.entries() if isinstance(entry, Undo)]) == 6


async def test_only_the_cards_that_were_selected_are_meant(learner: Learner) -> None:
    learner.writes(THREE)
    async with learner.app() as pilot:
        await press(pilot, "b", "space", "j", "space", "asterisk")
        assert "✓★ What is CSR?" in screen(pilot)
        assert "✓★ 稀疏矩阵是什么？" in screen(pilot)
        assert [learner.schedule(f"{name}/front").starred for name in ("csr", "coo", "zh")] == [True, False, True]
        await press(pilot, "escape")
        assert "selected" not in rows(pilot)[0]
        await press(pilot, "k", "asterisk")
        assert learner.schedule("coo/front").starred


async def test_a_day_is_set_and_a_wrong_one_is_explained(learner: Learner) -> None:
    learner.writes(THREE)
    async with learner.app() as pilot:
        await press(pilot, "b", "d")
        await write(pilot, "soon")
        await press(pilot, "enter")
        assert "'soon' is not a day" in screen(pilot)
        await press(pilot, *["backspace"] * 4)
        await write(pilot, "3")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, Browse)
        assert "2026-03-04" in rows(pilot)[3]
        await press(pilot, "minus", "j", "minus")
        assert sum("buried" in row for row in rows(pilot)[3:5]) == 2


async def test_a_card_is_reset_and_the_list_is_sorted(learner: Learner) -> None:
    learner.writes(THREE)
    async with learner.review() as pilot:
        await press(pilot, "space", "4", "q", "b")
        assert "tomorrow" in rows(pilot)[3]
        await press(pilot, "o", "j", "enter")
        assert "CSR" in rows(pilot)[3]
        await press(pilot, "k", "x")
        assert "tomorrow" not in rows(pilot)[3]
        assert learner.grades() == [Grade.EASY]


async def test_info_and_the_whole_card_open_over_the_list(learner: Learner) -> None:
    learner.writes(THREE)
    async with learner.app(size=(40, 12)) as pilot:
        await press(pilot, "b")
        assert "compressed rows" not in screen(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, TextPage)
        assert "compressed rows" in screen(pilot)
        await press(pilot, "escape", "i")
        assert isinstance(pilot.app.screen, CardInfo)
        await press(pilot, "at", "escape")
        assert "suspended" in rows(pilot)[2]


async def test_a_click_highlights_a_card(learner: Learner) -> None:
    learner.writes(THREE)
    async with learner.app() as pilot:
        await press(pilot, "b")
        await pilot.click(offset=(5, 4))
        await settled(pilot)
        assert rows(pilot)[4].startswith("▌")
        assert "a list of coordinates" in screen(pilot)


async def test_of_many_cards_only_those_in_sight_are_made(learner: Learner) -> None:
    learner.writes("cards:\n" + "".join(f"- {{q: number {n}, a: '{n}', id: n{n}}}\n" for n in range(500)))
    async with learner.app() as pilot:
        await press(pilot, "b", "G")
        assert "▌ number 499" in screen(pilot)
        await press(pilot, "g", "pagedown")
        assert pilot.app.screen.query_one(CardRows).place == 18
        assert len(pilot.app.screen.query_one(CardRows)._questions) < 80


async def test_a_card_is_edited_and_read_again(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    def edit(_app: object, place: Place) -> None:
        assert (place.file, place.line) == (Path("cards/deck.yaml"), 4)
        learner.writes(THREE.replace("What is COO?", "What is a coordinate list?"))

    monkeypatch.setattr("duly.tui.screens.browse.edit", edit)
    learner.writes(THREE)
    async with learner.app() as pilot:
        await press(pilot, "b", "j", "e")
        assert row_texts(rows(pilot)) == ["What is CSR?", "What is a coordinat…", "稀疏矩阵是什么？"]


async def test_a_missing_editor_is_told(learner: Learner) -> None:
    learner.writes(THREE)
    async with learner.app() as pilot:
        await press(pilot, "b", "e")
        assert "editor" in rows(pilot)[-1]


async def test_the_clozes_of_a_note_are_told_apart_in_the_list_and_beside_it(learner: Learner) -> None:
    learner.writes("- cloze: A sentence that goes on for long before {{c1::the first}} and {{c2::the second}} gap\n")
    async with learner.app() as pilot:
        await press(pilot, "b")
        assert row_texts(rows(pilot)) == ["c1 · A sentence tha…", "c2 · A sentence tha…"]
        preview_text = " ".join(row.partition("│")[2].strip() for row in rows(pilot))
        assert (
            "before [...] and the second gap" in preview_text and "before the first and the second gap" in preview_text
        )
        await press(pilot, "j")
        preview_text = " ".join(row.partition("│")[2].strip() for row in rows(pilot))
        assert "before the first and [...] gap" in preview_text


async def test_a_choice_is_shown_with_its_options(learner: Learner) -> None:
    learner.writes("- {q: Which one?, a: this, wrong: [that]}\n")
    async with learner.app() as pilot:
        await press(pilot, "b")
        assert "✓ 1  this" in screen(pilot) and "2  that" in screen(pilot)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("tag：sparse", ["What is CSR?"]),
        ("is：new　矩阵", ["稀疏矩阵是什么？"]),
        ("－tag:sparse", ["What is COO?", "稀疏矩阵是什么？"]),
        ("ivl＞20", []),
        ("TAG:sparse", ["What is CSR?"]),
    ],
)
async def test_a_query_with_full_width_signs_means_what_it_says(
    query: str, expected: list[str], learner: Learner
) -> None:
    learner.writes(THREE.replace("id: csr", "tags: [sparse], id: csr"))
    async with learner.app() as pilot:
        await press(pilot, "b", "slash", "end")
        await write(pilot, query)
        assert row_texts(rows(pilot)) == expected


async def test_an_unknown_key_in_a_query_is_refused_with_the_one_it_is_like(learner: Learner) -> None:
    learner.writes(THREE)
    async with learner.app() as pilot:
        await press(pilot, "b", "slash", "end")
        await write(pilot, "dekc:ml")
        assert "dekc" in rows(pilot)[-1] and "did you mean deck:" in rows(pilot)[-1]


async def test_math_in_the_list_reads_as_in_the_review(learner: Learner) -> None:
    learner.writes("- {q: 'What is $x^2$?', a: a square, id: sq}")
    async with learner.app() as pilot:
        await press(pilot, "b")
        assert screen(pilot).count("What is x²?") == 2  # in the list and in the preview
