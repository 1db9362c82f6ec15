"""The first screen: decks with what is left of today, problems of the files, reading them again."""

from pathlib import Path

import pytest
from rich.cells import cell_len
from tests.tui.learner import Learner, press, rows, screen, write
from tests.tui.settling import settled
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widgets import Input

from duly.cards import DeckName
from duly.i18n import set_language
from duly.scheduling.day import StudyDay
from duly.scheduling.grade import Grade
from duly.settings import Settings
from duly.study.deck_counts import DeckCount
from duly.study.scope import Scope
from duly.tui.app import DulyApp
from duly.tui.screens.decks import DecksScreen
from duly.tui.screens.review import Review
from duly.tui.screens.text_page import TextPage
from duly.tui.widgets.deck_list import DeckList

MATRICES = "deck: Maths::Matrices\ncards: [{q: What is CSR?, a: a format}, {q: What is COO?, a: a format}]\n"
CHANCE = "deck: Maths::Chance\ncards: [{q: P of the sure event?, a: one}]\n"


def figures(pilot: Pilot[None]) -> dict[str, list[str]]:
    """New, drilled, due and all cards of each deck that is seen, by its name."""
    words = [row.replace("▌", " ").replace("▾", " ").replace("▸", " ").split() for row in rows(pilot)[3:-3]]
    return {row[0]: row[1:5] for row in words if row}


async def test_each_deck_counts_what_is_left_in_it_and_below_it(learner: Learner) -> None:
    learner.writes(MATRICES, "1.yaml")
    learner.writes(CHANCE, "2.yaml")
    async with learner.app() as pilot:
        assert figures(pilot) == {
            "Maths": ["3", "·", "·", "3"], "Matrices": ["2", "·", "·", "2"], "Chance": ["1", "·", "·", "1"],
        }  # fmt: skip


async def test_the_chosen_deck_alone_is_studied(learner: Learner) -> None:
    learner.writes(MATRICES, "1.yaml")
    learner.writes(CHANCE, "2.yaml")
    async with learner.app() as pilot:
        await press(pilot, "j", "down", "k", "up", "down", "j", "enter")
        assert isinstance(pilot.app.screen, Review)
        assert "P of the sure event?" in screen(pilot)
        assert "0/1" in rows(pilot)[0]


async def test_a_deck_shows_its_cards_of_today_and_the_head_those_of_all_decks(learner: Learner) -> None:
    learner.writes(MATRICES, "1.yaml")
    learner.writes(CHANCE, "2.yaml")
    async with learner.app(settings=Settings(new_per_day=1)) as pilot:
        assert rows(pilot)[0].endswith("due 0 · new 1 · done 0")
        assert {name: row[0] for name, row in figures(pilot).items()} == {"Maths": "1", "Matrices": "1", "Chance": "1"}
        await press(pilot, "j", "j", "enter")
        assert "P of the sure event?" in screen(pilot)
        await press(pilot, "space", "3", "q")
        await press(pilot, "q")
        assert rows(pilot)[0].endswith("due 0 · new 0 · done 1")
        assert next(row for row in rows(pilot) if "Matrices" in row).split()[1:6] == ["·", "·", "·", "2", "tomorrow"]


async def test_a_click_on_a_deck_studies_it(learner: Learner) -> None:
    learner.writes(MATRICES, "1.yaml")
    async with learner.app() as pilot:
        await pilot.click(offset=(4, 4))
        await settled(pilot)
        assert "What is CSR?" in screen(pilot)


async def test_a_deck_with_nothing_left_says_so_and_stays(learner: Learner) -> None:
    learner.writes(CHANCE)
    async with learner.app(settings=Settings(new_per_day=0)) as pilot:
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, DecksScreen)
        assert "Nothing is left here for today." in screen(pilot)


async def test_a_quiz_that_was_called_for_and_has_nothing_left_says_so_on_the_decks(learner: Learner) -> None:
    learner.writes(CHANCE)
    with learner.collection() as collection:
        app = DulyApp(collection, sync=learner.sync, begin=lambda: collection.session(Scope(query="tag:exam")))
        async with app.run_test() as pilot:
            await pilot.pause()
            assert isinstance(pilot.app.screen, DecksScreen)
            assert "No card matches." in screen(pilot)
            assert figures(pilot) == {"Maths": ["1", "·", "·", "1"], "Chance": ["1", "·", "·", "1"]}


async def test_answers_are_counted_after_the_return_to_the_decks(learner: Learner) -> None:
    learner.writes(MATRICES)
    async with learner.review() as pilot:
        await press(pilot, "space", "1", "q")
        assert rows(pilot)[0].endswith("due 0 · drill 1 · new 1 · done 0")
        assert figures(pilot)["Matrices"] == ["1", "1", "·", "2"]
    assert learner.grades() == [Grade.AGAIN]


async def test_a_broken_card_is_told_with_its_place_while_the_others_are_learned(learner: Learner) -> None:
    learner.writes("- {q: What is CSR?, a: a format}\n- {q: What is COO?, answer: a format}\n")
    async with learner.app() as pilot:
        assert "⚠ " in screen(pilot)
        await press(pilot, "v")
        assert isinstance(pilot.app.screen, TextPage)
        assert rows(pilot)[0].startswith(" Problems")
        assert "cards/deck.yaml:2:" in screen(pilot)
        assert "answer" in screen(pilot)
        await press(pilot, "escape", "a")
        assert "What is CSR?" in screen(pilot)


async def test_a_file_that_is_no_yaml_keeps_no_other_file_out(learner: Learner) -> None:
    learner.writes("- {q: unclosed", "broken.yaml")
    learner.writes(CHANCE, "good.yaml")
    async with learner.app() as pilot:
        await press(pilot, "v")
        assert "cards/broken.yaml:1:" in screen(pilot)
        await press(pilot, "q", "a")
        assert "P of the sure event?" in screen(pilot)


async def test_without_problems_v_says_so(learner: Learner) -> None:
    learner.writes(CHANCE)
    async with learner.app() as pilot:
        await press(pilot, "v")
        assert "There are no problems in the files." in screen(pilot)


async def test_files_are_read_again_on_demand(learner: Learner) -> None:
    learner.writes(CHANCE, "1.yaml")
    async with learner.app() as pilot:
        learner.writes(MATRICES, "2.yaml")
        await press(pilot, "R")
        assert "Read 3 cards." in screen(pilot)
        assert "Matrices" in screen(pilot)


async def test_a_file_that_was_mended_has_no_problem_left(learner: Learner) -> None:
    learner.writes("- {q: What is CSR?}\n")
    async with learner.app() as pilot:
        assert "⚠" in screen(pilot)
        learner.writes("- {q: What is CSR?, a: a format}\n")
        await press(pilot, "R")
        assert "⚠" not in screen(pilot)
        await press(pilot, "a")
        assert "What is CSR?" in screen(pilot)


async def test_decks_within_others_fold_away_and_open_again(learner: Learner) -> None:
    learner.writes(MATRICES, "1.yaml")
    learner.writes(CHANCE, "2.yaml")
    async with learner.app() as pilot:
        await press(pilot, "j", "left")
        assert rows(pilot)[3].startswith("▌ ▾ Maths")
        await press(pilot, "h")
        assert rows(pilot)[3].startswith("▌ ▸ Maths")
        assert list(figures(pilot)) == ["Maths"]
        await press(pilot, "right")
        assert list(figures(pilot)) == ["Maths", "Matrices", "Chance"]
        await press(pilot, "l")
        assert rows(pilot)[3].startswith("▌ ▾ Maths")


async def test_a_filter_shows_the_decks_of_that_name_and_those_around_them(learner: Learner) -> None:
    learner.writes(MATRICES, "1.yaml")
    learner.writes(CHANCE, "2.yaml")
    async with learner.app() as pilot:
        await press(pilot, "slash")
        await write(pilot, "ＣＨＡ")
        assert list(figures(pilot))[:2] == ["Maths", "Chance"]
        await press(pilot, "enter", "j", "enter")
        assert "P of the sure event?" in screen(pilot)
        await press(pilot, "q", "escape")
        assert list(figures(pilot)) == ["Maths", "Matrices", "Chance"]


async def test_a_deck_tells_when_it_goes_on_and_how_well_it_is_known(learner: Learner) -> None:
    learner.writes(CHANCE)
    async with learner.review() as pilot:
        await press(pilot, "space", "3", "q")
        assert "tomorrow  ▌░░░░░░░░░" in rows(pilot)[3]
        assert "Next 14 days ·█············" in screen(pilot)
    async with learner.app(size=(64, 24)) as pilot:
        assert rows(pilot)[3].endswith("1")


async def test_today_takes_about_as_long_as_its_cards_do(learner: Learner) -> None:
    learner.writes("cards:\n" + "".join(f"- {{q: number {n}, a: '{n}'}}\n" for n in range(18)))
    async with learner.app() as pilot:
        assert "about 3 min today" in screen(pilot)


async def test_a_package_for_anki_is_written_in_the_background(learner: Learner) -> None:
    learner.writes(CHANCE)
    async with learner.app() as pilot:
        await press(pilot, "x", "enter")
        await pilot.app.workers.wait_for_complete()
        await settled(pilot)
        assert "cards.apkg: " in screen(pilot)
        assert Path("cards.apkg").is_file()


async def test_the_reason_why_a_package_cannot_be_written_is_shown(learner: Learner) -> None:
    learner.writes(CHANCE)
    Path("cards.apkg").mkdir()
    async with learner.app() as pilot:
        await press(pilot, "x", "enter")
        assert "cards.apkg: this is not a name for a package" in screen(pilot)
        pilot.app.screen.query_one(Input).value = "~no-such-user/x"
        await press(pilot, "enter")
        assert "~no-such-user/x: this is not a name for a package" in screen(pilot)
        pilot.app.screen.query_one(Input).value = "nowhere/../cards/deck.yaml/x"
        await press(pilot, "enter")
        await pilot.app.workers.wait_for_complete()
        await settled(pilot)
        assert "deck.yaml" in screen(pilot)


async def test_a_package_is_written_where_the_learner_wants_it(learner: Learner, tmp_path: Path) -> None:
    learner.writes(CHANCE)
    (tmp_path / "phone").mkdir()
    async with learner.app() as pilot:
        await press(pilot, "x")
        pilot.app.screen.query_one(Input).value = "phone/chance"
        await press(pilot, "enter")
        await pilot.app.workers.wait_for_complete()
        await settled(pilot)
    assert (tmp_path / "phone" / "chance.apkg").is_file()
    assert not Path("cards.apkg").exists()


async def test_how_far_an_export_is_is_shown_and_escape_cancels_it_with_nothing_written(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    learner.writes("cards:\n" + "".join(f"- {{q: number {n}, a: '{n}'}}\n" for n in range(18)))
    sentences: list[str] = []
    async with learner.app() as pilot:
        decks = pilot.app.screen
        assert isinstance(decks, DecksScreen)

        def tell(words: str) -> None:
            sentences.append(words)
            if "50%" in words:
                decks.action_clear()

        monkeypatch.setattr(decks.background, "_say", tell)
        await press(pilot, "x", "enter")
        await pilot.app.workers.wait_for_complete()
        await settled(pilot)
    assert sentences[0] == "Making notes for Anki 0% · esc cancels"
    assert sentences[-2:] == ["Making notes for Anki 50% · esc cancels", "Cancelled."]
    assert not Path("cards.apkg").exists()


async def test_only_problems_and_no_card_says_where_to_look(learner: Learner) -> None:
    learner.writes("- {q: What is CSR?}\n")
    async with learner.app() as pilot:
        assert isinstance(pilot.app.screen, DecksScreen)
        assert "No card could be read: v shows why." in screen(pilot)


async def test_many_decks_keep_their_columns_in_line(learner: Learner) -> None:
    for number in range(30):
        learner.writes(f"deck: '稀疏矩阵 {number}'\ncards: [{{q: 问 {number}, a: 答}}]\n", f"{number:02}.yaml")
    async with learner.app(size=(40, 12)) as pilot:
        deck_rows = [row for row in rows(pilot) if "稀疏矩阵" in row]
        assert len({row.index("·") for row in deck_rows if row.split()[1] in map(str, range(10, 30))}) <= 1
        assert len({row.index("·") for row in deck_rows if row.split()[1] in map(str, range(10))}) == 1


async def test_numbers_of_many_digits_keep_the_columns_in_line(learner: Learner) -> None:
    set_language("zh")
    learner.writes(CHANCE)
    async with learner.app(size=(40, 12)) as pilot:
        decks = pilot.app.screen.query_one(DeckList)
        decks.show_decks(
            [DeckCount(DeckName("大"), 1000, 0, 20, 12345), DeckCount(DeckName("小"), 1, 0, 0, 1)], StudyDay(0)
        )
        await settled(pilot)
        shown_rows = [decks.heading, *(row[2:] for row in rows(pilot)[2:4])]
        assert [row.split() for row in shown_rows[1:]] == [
            ["大", "1,000", "·", "20", "12,345"],
            ["小", "1", "·", "·", "1"],
        ]
        assert len({cell_len(row) for row in shown_rows}) == 1
        ends = {
            cell_len(row[: row.index(new) + len(new)])
            for row, new in zip(shown_rows, ("新", "1,000", "1"), strict=True)
        }
        assert len(ends) == 1


async def test_a_query_that_finds_nothing_says_so_and_not_that_today_is_done(learner: Learner) -> None:
    learner.writes(CHANCE)
    async with learner.app() as pilot:
        await press(pilot, "f")
        await write(pilot, "deck:nowhere")
        await press(pilot, "enter")
        assert "No card matches." in screen(pilot)


async def test_the_words_beside_the_keys_are_duller_than_the_text(learner: Learner) -> None:
    learner.writes(CHANCE)
    async with learner.app() as pilot:
        for theme, sign in (("textual-dark", 1), ("textual-light", -1)):
            pilot.app.theme = theme
            await settled(pilot)
            strips = pilot.app.screen._compositor.render_strips()
            text, word = brightness(strips[0], "duly · "), brightness(strips[-1], "study")
            assert sign * (text - word) > 0, (theme, text, word)


def brightness(strip: Strip, words: str) -> int:
    """How bright the run with these words is: red, green and blue together, 0 to 765."""
    style = next(run.style for run in strip if words in run.text)
    assert style is not None and style.color is not None and style.color.triplet is not None
    return sum(style.color.triplet)


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_the_words_of_a_box_are_not_broken_within_an_example(size: tuple[int, int], learner: Learner) -> None:
    learner.writes(CHANCE)
    set_language("zh")
    async with learner.app(size=size) as pilot:
        await press(pilot, "f")
        assert any("tag:考试" in row for row in rows(pilot))
