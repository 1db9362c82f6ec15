"""Reviewing: revealing, grading, typing, choosing, going back, on a real screen with a real journal."""

import sqlite3

import pytest
from tests.tui.learner import Learner, press, resized, rows, screen, shows, write
from tests.tui.settling import settled
from textual.command import CommandPalette
from textual.pilot import Pilot
from textual.widgets import Input

from duly.scheduling.grade import Grade
from duly.settings import Settings
from duly.tui.app import DulyApp
from duly.tui.screens.decks import DecksScreen
from duly.tui.screens.review import Review
from duly.tui.screens.summary import Summary
from duly.tui.widgets.card_view import CardView
from duly.tui.widgets.grade_buttons import GradeButtons

TWO = """
- {q: What does CSR stand for?, a: compressed sparse row, id: csr, hint: It begins with a c.}
- {q: What does COO stand for?, a: coordinates, id: coo}
"""
TYPED = "- {q: The English name of CSR?, a: compressed sparse row, typed: true, id: csr}"
CHOICE = "- {q: Which half is GPT built from?, a: the decoder, wrong: [the encoder, both halves], id: gpt}"
LONG = "- {q: Count., id: long, a: '" + " ".join(f"${number}$.\n\n" for number in range(1, 41)) + "'}"


def card_of(pilot: Pilot[None]) -> str:
    review = pilot.app.screen
    assert isinstance(review, Review)
    return str(review.presentation.card.note.id)


async def test_a_card_is_turned_over_and_then_graded(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        assert "What does CSR stand for?" in screen(pilot)
        assert "compressed sparse row" not in screen(pilot)
        await press(pilot, "space")
        assert "compressed sparse row" in screen(pilot)
        assert "4 Easy" in screen(pilot)
        await press(pilot, "4")
        assert "What does COO stand for?" in screen(pilot)
        assert "4 Easy" not in screen(pilot)
    assert learner.grades() == [Grade.EASY]


async def test_a_grade_before_the_answer_does_nothing(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        await press(pilot, "1", "2", "3", "4", "5", "0")
        assert "What does CSR stand for?" in screen(pilot)
    assert learner.grades() == []


@pytest.mark.parametrize(
    ("key", "grade"), [("1", Grade.AGAIN), ("2", Grade.HARD), ("3", Grade.GOOD), ("4", Grade.EASY)]
)
async def test_each_digit_gives_the_grade_above_it(key: str, grade: Grade, learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        await press(pilot, "space", key)
    assert learner.grades() == [grade]


async def test_raw_grades_go_from_0_to_5(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review(settings=Settings(raw_grades=True)) as pilot:
        await press(pilot, "space")
        assert "0 Blackout" in screen(pilot)
        await press(pilot, "0", "space", "5")
    assert learner.grades() == [Grade.BLACKOUT, Grade.EASY]


@pytest.mark.parametrize("key", ["space", "enter"])
async def test_space_and_enter_turn_the_card_over_and_then_mean_good(key: str, learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        await press(pilot, key, key)
        assert "What does COO stand for?" in screen(pilot)
    assert learner.grades() == [Grade.GOOD]


async def test_a_failed_card_comes_again_after_the_others(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        await press(pilot, "space", "1")
        assert card_of(pilot) == "coo"
        await press(pilot, "space", "3")
        assert card_of(pilot) == "csr"


async def test_full_width_keys_work_like_plain_ones(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        await press(pilot, "ideographic_space")
        assert "compressed sparse row" in screen(pilot)
        await press(pilot, "１")
        assert card_of(pilot) == "coo"
        await press(pilot, "fullwidth_question_mark")
        assert rows(pilot)[0].startswith(" Help")
    assert learner.grades() == [Grade.AGAIN]


async def test_the_learners_own_keys_take_the_place_of_the_usual_ones(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review(settings=Settings(keys={"review.good": "l", "review.4": "semicolon"})) as pilot:
        await press(pilot, "space")
        assert "compressed sparse row" not in screen(pilot)
        await press(pilot, "l")
        assert "compressed sparse row" in screen(pilot)
        await press(pilot, "fullwidth_semicolon")
    assert learner.grades() == [Grade.EASY]


async def test_a_click_on_a_grade_gives_it(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        await press(pilot, "space")
        await pilot.click(GradeButtons, offset=(30, 1))
        await settled(pilot)
        assert card_of(pilot) == "coo"
    assert learner.grades() == [Grade.HARD]


async def test_a_typed_answer_is_compared_and_a_slip_suggests_hard(learner: Learner) -> None:
    learner.writes(TYPED)
    async with learner.review() as pilot:
        assert pilot.app.screen.query_one(Input).has_focus
        await write(pilot, "compresed sparse row")
        await press(pilot, "enter")
        shown_rows = [row.strip() for row in rows(pilot)]
        assert "✗ compresed sparse row" in shown_rows
        assert "compressed sparse row" in shown_rows
        assert "98% alike" in shown_rows
        assert shown_rows[-1].startswith("␣ Hard")
        await press(pilot, "space")
    assert learner.grades() == [Grade.HARD]


@pytest.mark.parametrize(
    ("typed_text", "grade"), [("compressed sparse row", Grade.GOOD), ("no idea", Grade.AGAIN), ("", Grade.AGAIN)]
)
async def test_what_was_typed_suggests_the_grade(typed_text: str, grade: Grade, learner: Learner) -> None:
    learner.writes(TYPED)
    async with learner.review() as pilot:
        await write(pilot, typed_text)
        await press(pilot, "enter", "enter")
    assert learner.grades() == [grade]


async def test_the_letters_of_a_typed_answer_are_no_commands(learner: Learner) -> None:
    learner.writes(TYPED)
    async with learner.review() as pilot:
        await pilot.press("q", "u", "at", "1", "question_mark", "colon")
        await settled(pilot)
        assert pilot.app.screen.query_one(Input).value == "qu@1?:"
        assert rows(pilot)[-1].startswith(" ⏎ show answer  esc back")
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, Review)
        assert rows(pilot)[-1].startswith(" ␣ show answer  t type")
        await press(pilot, "q")
        assert isinstance(pilot.app.screen, DecksScreen)
    assert learner.entries() == []


async def test_any_answer_can_be_typed_if_one_wants_to(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        await press(pilot, "t")
        await write(pilot, "compressed sparse row")
        await press(pilot, "enter")
        assert "✓ compressed sparse row" in screen(pilot)


async def test_an_option_is_chosen_by_its_digit_and_marked(learner: Learner) -> None:
    learner.writes(CHOICE)
    async with learner.review() as pilot:
        review = pilot.app.screen
        assert isinstance(review, Review)
        wrong_number = next(
            number for number, option in enumerate(review.presentation.options, 1) if not option.is_right
        )
        text = review.presentation.options[wrong_number - 1].text
        await press(pilot, str(wrong_number))
        shown_rows = [row.strip() for row in rows(pilot)]
        assert f"✗ {wrong_number}  {text}" in shown_rows
        assert sum(row.startswith("✓") and row.endswith("the decoder") for row in shown_rows) == 1
        assert shown_rows[-1].startswith("␣ Again")
        await press(pilot, "space")
    assert learner.grades() == [Grade.AGAIN]


async def test_a_digit_beyond_the_options_chooses_nothing(learner: Learner) -> None:
    learner.writes(CHOICE)
    async with learner.review() as pilot:
        await press(pilot, "4", "9")
        assert "✓" not in screen(pilot)


async def test_a_cloze_hides_its_own_gap_only(learner: Learner) -> None:
    learner.writes("- cloze: 'CSR keeps {{c1::three::how many}} arrays, COO keeps {{c2::triples}}.'")
    async with learner.review() as pilot:
        assert "CSR keeps [how many] arrays, COO keeps triples." in screen(pilot)
        await press(pilot, "space")
        assert "CSR keeps three arrays, COO keeps triples." in screen(pilot)


async def test_the_hint_shows_when_asked_for_even_below_a_long_question(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        assert "It begins with a c." not in screen(pilot)
        await press(pilot, "h")
        assert "It begins with a c." in screen(pilot)
    learner.writes("- {a: end, id: long, hint: Look up., q: '" + "A long line.\n\n" * 30 + "'}")
    async with learner.review() as pilot:
        await press(pilot, "h")
        assert await shows(pilot, "Look up.")


async def test_math_is_shown_as_written_on_demand(learner: Learner) -> None:
    learner.writes(r"- {q: 'Which letter is $\alpha$?', a: alpha}")
    async with learner.review() as pilot:
        assert "Which letter is α?" in screen(pilot)
        await press(pilot, "m")
        assert r"\alpha" in screen(pilot)


async def test_an_answer_is_undone_and_its_card_shown_turned_over(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        await press(pilot, "space", "1", "u")
        assert card_of(pilot) == "csr"
        assert "compressed sparse row" in screen(pilot)
        assert "Undone: Again · What does CSR stand for?" in screen(pilot)
        await press(pilot, "4")
        assert card_of(pilot) == "coo"
    assert learner.grades() == [Grade.EASY]


async def test_an_undo_is_done_again(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        await press(pilot, "space", "2", "u", "U")
        assert "Done again: Hard · What does CSR stand for?" in screen(pilot)
        await press(pilot, "U")
        assert "There is nothing to redo." in screen(pilot)
    assert learner.grades() == [Grade.HARD]


async def test_after_a_redo_the_next_card_is_asked_and_space_turns_it_over(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        await press(pilot, "space", "1", "u", "U")
        assert card_of(pilot) == "coo"
        await press(pilot, "space")
        assert "coordinate" in screen(pilot)
    assert learner.grades() == [Grade.AGAIN]


async def test_with_no_answer_there_is_nothing_to_undo(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        await press(pilot, "u")
        assert "There is nothing to undo." in screen(pilot)


async def test_undo_reaches_answers_from_before_a_restart(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        await press(pilot, "space", "3")
    async with learner.app() as pilot:
        await press(pilot, "u")
        assert "Undone: Good · What does CSR stand for?" in screen(pilot)
        assert "compressed sparse row" in screen(pilot)
    assert learner.grades() == []


async def test_undo_from_the_summary_shows_the_last_card_again(learner: Learner) -> None:
    learner.writes(TYPED)
    async with learner.review() as pilot:
        await press(pilot, "enter", "4")
        assert isinstance(pilot.app.screen, Summary)
        await press(pilot, "u")
        assert isinstance(pilot.app.screen, Review)
        assert "Undone: Easy · The English name of CSR?" in screen(pilot)
        await press(pilot, "4")
        assert isinstance(pilot.app.screen, Summary)
    assert learner.grades() == [Grade.EASY]


async def test_a_suspended_card_leaves_and_undo_brings_it_back(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        await press(pilot, "at")
        assert card_of(pilot) == "coo"
        assert "suspended · What does CSR stand for?" in screen(pilot)
        await press(pilot, "u")
        assert card_of(pilot) == "csr"
    assert not learner.schedule("csr/front").suspended


async def test_a_long_answer_scrolls_and_says_how_much_is_left(learner: Learner) -> None:
    learner.writes(LONG)
    async with learner.review() as pilot:
        await press(pilot, "space")
        view = pilot.app.screen.query_one(CardView)
        left = view.max_scroll_y
        assert left > 20
        assert rows(pilot)[-1].endswith(f"↓ {left} more lines")
        await press(pilot, "j", "down")
        assert rows(pilot)[-1].endswith(f"↓ {left - 2} more lines")
        await press(pilot, "k")
        assert rows(pilot)[-1].endswith(f"↓ {left - 1} more lines")
        await press(pilot, "pagedown")
        assert rows(pilot)[-1].endswith(f"↓ {left - 1 - (view.size.height - 1)} more lines")
        await press(pilot, "G")
        assert "more line" not in screen(pilot)
        assert any(row.strip(" ▁▂▃▄▅▆▇█") == "40." for row in rows(pilot))
        await press(pilot, "g")
        assert rows(pilot)[-1].endswith(f"↓ {left} more lines")
        await press(pilot, "3")
    assert learner.grades() == [Grade.GOOD]


async def test_a_message_too_long_for_its_line_takes_further_ones_and_the_card_stays_in_sight(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review(size=(40, 12)) as pilot:
        await press(pilot, "y")
        assert rows(pilot)[-2:] == [
            " Question and answer are in the",
            " clipboard, if this terminal allows it.",
        ]
        assert "What does CSR stand for?" in screen(pilot)
        await press(pilot, "space")
        assert rows(pilot)[-1].startswith(" ␣ Good")


async def test_resizing_breaks_the_lines_anew_and_keeps_the_card(learner: Learner) -> None:
    learner.writes("- {a: end, q: 'Which of the storage formats suits a matrix that is built entry by entry?'}")
    async with learner.review() as pilot:
        assert "Which of the storage formats suits a matrix that is built entry by entry?" in screen(pilot)
        await press(pilot, "space")
        await resized(pilot, 40, 12)
        assert len(rows(pilot)) == 12
        assert max(map(len, rows(pilot))) <= 40
        assert "Which of the storage formats suits a\n matrix that is built entry by entry?\n" in screen(pilot)
        assert "4 Easy" in screen(pilot)
        await press(pilot, "3")
    assert learner.grades() == [Grade.GOOD]


async def test_a_journal_that_cannot_be_written_is_told_and_the_card_stays(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    learner.writes(TWO)
    connect = sqlite3.connect

    def impatient(*arguments: object, **options: object) -> sqlite3.Connection:
        return connect(*arguments, **{**options, "timeout": 0.01})  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr(sqlite3, "connect", impatient)
    async with learner.review(size=(120, 40)) as pilot:
        await press(pilot, "space")
        other_connection = connect(learner.database, isolation_level=None)
        other_connection.execute("begin immediate")
        for key in ("4", "at", "u"):
            await press(pilot, key)
            assert "another program is using the database; close it and try again" in rows(pilot)[-1]
            assert "compressed sparse row" in screen(pilot)
        other_connection.close()
        await press(pilot, "4")
        assert card_of(pilot) == "coo"
    assert learner.grades() == [Grade.EASY]


async def test_without_colour_nothing_is_coloured_and_marks_tell_right_from_wrong(learner: Learner) -> None:
    learner.writes(TYPED)
    async with learner.review(colour=False) as pilot:
        await write(pilot, "compresed")
        await press(pilot, "enter")
        assert "✗ compresed" in screen(pilot)
        strips = pilot.app.screen._compositor.render_strips()
        colours = {
            str(colour.name)
            for strip in strips
            for segment in strip
            if segment.style
            for colour in (segment.style.color, segment.style.bgcolor)
            if colour is not None
        }
        assert not any(name.startswith("#") for name in colours), colours


async def test_leaving_keeps_every_answer(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        await press(pilot, "space", "4", "q")
        assert isinstance(pilot.app.screen, DecksScreen)
        assert rows(pilot)[0].endswith("due 0 · new 1 · done 1")
    assert learner.grades() == [Grade.EASY]


async def test_a_resize_keeps_the_sentence_that_is_read_at_the_top(learner: Learner) -> None:
    sentences = "\n\n".join(
        f"第{number}句：这一段文字足够长，窄的屏幕上要折成好几行才放得下，宽的则不必。" for number in range(40)
    )
    learner.writes("- q: long?\n  a: |\n" + "".join(f"    {line}\n" for line in sentences.split("\n")))
    async with learner.review(size=(80, 24)) as pilot:
        await press(pilot, "space", "pagedown", "pagedown")
        (first, *_rest) = [line for line in rows(pilot)[2:] if "第" in line]
        await resized(pilot, 40, 24)
        sentence = first.split("：")[0].strip()
        assert sentence in "\n".join(rows(pilot)[2:8])


@pytest.mark.parametrize("key", ["ctrl+p", "colon"])
async def test_the_palette_opens_and_finds_commands_by_their_words(learner: Learner, key: str) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        await press(pilot, key)
        assert isinstance(pilot.app.screen, CommandPalette)


async def test_an_answer_below_a_long_question_comes_into_sight_when_it_is_shown(learner: Learner) -> None:
    learner.writes("- {a: the end, q: '" + "A long line.\n\n" * 30 + "'}\n- {q: short?, a: short}\n")
    async with learner.review() as pilot:
        assert rows(pilot)[3].strip() == "A long line."
        await press(pilot, "space")
        assert await shows(pilot, "the end")
        await press(pilot, "g")
        assert "the end" not in screen(pilot)
        await press(pilot, "4", "space")
        assert rows(pilot)[3].strip() == "short?"


async def test_a_mistake_in_the_file_that_is_too_long_to_be_shown_whole_ends_in_an_ellipsis(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.app(size=(40, 12)) as pilot:
        await press(pilot, "a")
        learner.writes("- {q: broken, a: x, '" + "unheard-of-key " * 20 + "': x}\n")
        assert isinstance(pilot.app, DulyApp)
        pilot.app.reread_changed_files()
        await settled(pilot)
        shown_rows = [row.strip() for row in rows(pilot)]
        first = next(number for number, row in enumerate(shown_rows) if row.startswith("⚠ "))
        assert shown_rows[first + 3].endswith("…")
        assert "unheard-of-key" not in shown_rows[first + 4]


async def test_a_right_answer_beside_the_first_one_suggests_good(learner: Learner) -> None:
    learner.writes("- {q: Le chat?, a: the cat, typed: true, also: [a cat], id: chat}")
    async with learner.review() as pilot:
        await write(pilot, "Ａ Cat。")
        await press(pilot, "enter")
        assert "✓ Ａ Cat。" in screen(pilot)
        assert "Right as well: a cat" in screen(pilot)
        await press(pilot, "space")
    assert learner.grades() == [Grade.GOOD]


async def test_the_first_answer_ever_says_what_the_grades_do_and_the_next_does_not(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        assert "asks again today" not in screen(pilot)
        await press(pilot, "space")
        assert "↻ asks again today. Hard and Easy" in screen(pilot)
        await press(pilot, "3", "space")
        assert "asks again today" not in screen(pilot)


async def test_the_effect_on_the_easiness_is_shown_below_hard_and_easy(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        await press(pilot, "space")
        grades, changes = rows(pilot)[-4], rows(pilot)[-2]
        assert changes.split("  ")[-1].strip() == "E 2.50 → 2.60"
        assert abs(changes.index("E 2.50 → 2.36") + 6 - grades.index("2 Hard") - 3) <= 1
        await resized(pilot, 40, 12)
        assert "E 2.50" not in screen(pilot)


async def test_nothing_is_said_of_the_easiness_in_practice_or_where_the_learner_does_not_want_it(
    learner: Learner,
) -> None:
    learner.writes(TWO)
    async with learner.review(settings=Settings(explain_grades=False)) as pilot:
        await press(pilot, "space")
        assert "4 Easy" in screen(pilot)
        assert "E 2.50" not in screen(pilot) and "asks again today" not in screen(pilot)
    async with learner.app() as pilot:
        await press(pilot, "c", "space")
        assert "E 2.50" not in screen(pilot) and "asks again today" not in screen(pilot)


async def test_help_on_a_review_explains_the_grades(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        await press(pilot, "question_mark", "slash")
        await write(pilot, "asked again today")
        words = " ".join(screen(pilot).split())
        assert "↻" in words and "its easiness E sinks" in words


async def test_the_key_for_math_is_offered_only_where_there_is_math(learner: Learner) -> None:
    learner.writes("- {q: What is CSR?, a: a format that costs $5, id: a}\n- {q: 'What is $x^2$?', a: b, id: b}")
    async with learner.review(size=(120, 24)) as pilot:
        assert "m source" not in rows(pilot)[-1]
        await press(pilot, "m")
        assert "There is no math on this card." in screen(pilot)
        await press(pilot, "space", "3")
        assert "m source" in rows(pilot)[-1] and "What is x²?" in screen(pilot)
        await press(pilot, "m")
        assert "What is x^2?" in screen(pilot) or "$x^2$" in screen(pilot)


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_the_field_stands_under_the_question_which_does_not_move_when_it_is_turned(
    size: tuple[int, int], learner: Learner
) -> None:
    learner.writes(TYPED)
    async with learner.review(size=size) as pilot:
        before = rows(pilot)
        question = next(number for number, line in enumerate(before) if "The English name" in line)
        field = next(number for number, line in enumerate(before) if "Type the answer" in line)
        assert 0 < field - question <= 3
        await write(pilot, "compressed sparse row")
        await press(pilot, "enter")
        assert rows(pilot)[question] == before[question]


async def test_the_field_is_in_sight_below_a_long_question(learner: Learner) -> None:
    learner.writes("- {a: the end, typed: true, q: '" + "A long line.\n\n" * 30 + "'}\n")
    async with learner.review(size=(40, 12)) as pilot:
        assert "Type the answer" in screen(pilot) and "A long line." in screen(pilot)


async def test_with_fsrs_no_easiness_is_shown(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review(settings=Settings(scheduler="fsrs")) as pilot:
        await press(pilot, "space")
        assert "↻ asks again today (? tells more)." in screen(pilot)
        assert "E 2.50" not in screen(pilot) and "4 Easy" in rows(pilot)[-3]
        await press(pilot, "question_mark", "slash")
        await write(pilot, "longer the interval")
        assert "Hard Good Easy" in screen(pilot)
