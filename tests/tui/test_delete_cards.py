"""Cards deleted from their files in the review and in the list, and put back."""

from pathlib import Path

from tests.tui.learner import Learner, press, rows, screen
from tests.tui.settling import settled
from textual.pilot import Pilot
from textual.widgets import Input

from duly.scheduling.grade import Grade
from duly.study.orphans import orphans
from duly.tui.app import DulyApp
from duly.tui.screens.review import Review
from duly.tui.screens.summary import Summary

TWO = "# mine\n- q: What is CSR?\n  a: a format\n  id: csr\n\n- q: What is COO?\n  a: another\n  id: coo\n"
FILE = Path("cards/deck.yaml")


def orphaned(pilot: Pilot[None]) -> list[str]:
    """The ids of notes whose progress has no card any more."""
    assert isinstance(pilot.app, DulyApp)
    collection = pilot.app.collection
    return [str(orphan.id) for orphan in orphans(collection.decks, collection.journal)]


async def test_a_card_is_deleted_in_the_review_after_a_yes_and_the_next_one_is_asked(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        await press(pilot, "D")
        assert "Delete 1 card from its file?" in screen(pilot) and "No, keep it" in screen(pilot)
        await press(pilot, "down", "enter")
        assert "Deleted; undo puts it back: What is CSR?" in rows(pilot)[-1]
        assert "What is COO?" in screen(pilot)
    assert FILE.read_text() == "# mine\n- q: What is COO?\n  a: another\n  id: coo\n"


async def test_without_a_yes_nothing_is_deleted(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        await press(pilot, "D", "enter", "D", "escape")
        assert "What is CSR?" in screen(pilot)
    assert FILE.read_text() == TWO


async def test_undo_puts_the_card_back_byte_for_byte_and_asks_it(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        await press(pilot, "D", "down", "enter", "u")
        assert "Put back: What is CSR?" in rows(pilot)[-1]
        assert "What is CSR?" in rows(pilot)[3]
        assert FILE.read_text() == TWO
        await press(pilot, "u")
        assert "There is nothing to undo." in rows(pilot)[-1]


async def test_after_another_answer_undo_takes_that_back_and_the_card_stays_deleted(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        await press(pilot, "D", "down", "enter", "space", "3")
        assert isinstance(pilot.app.screen, Summary)
        await press(pilot, "u")
        assert "What is COO?" in screen(pilot) and "CSR" not in FILE.read_text()
    assert learner.grades() == []


async def test_the_last_card_is_deleted_and_put_back_from_the_summary(learner: Learner) -> None:
    learner.writes("- {q: What is CSR?, a: a format, id: csr}\n")
    async with learner.review() as pilot:
        await press(pilot, "D", "down", "enter")
        assert isinstance(pilot.app.screen, Summary)
        assert FILE.read_text() == ""
        await press(pilot, "u")
        assert isinstance(pilot.app.screen, Review) and "What is CSR?" in rows(pilot)[3]


async def test_the_progress_of_a_deleted_card_stays_and_counts_again_once_it_is_back(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        await press(pilot, "space", "4", "q", "b", "D", "down", "enter")
        assert "Deleted; undo puts it back: What is CSR?" in screen(pilot)
        assert orphaned(pilot) == ["csr"]
        await press(pilot, "u")
        assert orphaned(pilot) == []
    assert learner.grades() == [Grade.EASY]


async def test_the_chosen_cards_of_the_list_are_deleted_together_a_note_with_all_its_cards(learner: Learner) -> None:
    learner.writes("- {q: H₂O, a: water, reverse: true, id: w}\n- {q: NaCl, a: salt, id: s}\n")
    learner.writes("- {q: CO₂, a: a gas, id: g}\n", "air.yaml")
    async with learner.app() as pilot:
        await press(pilot, "b")
        pilot.app.screen.query_one("Input", Input).value = "-salt"
        await settled(pilot)
        await press(pilot, "A", "D")
        assert "Delete 3 cards from their files?" in screen(pilot)
        await press(pilot, "down", "enter")
        assert "(+1)" in screen(pilot)
        assert FILE.read_text() == "- {q: NaCl, a: salt, id: s}\n"
        assert Path("cards/air.yaml").read_text() == ""
        await press(pilot, "escape", "escape", "u")
        assert "Put back: CO₂ (+1)" in screen(pilot)
    assert Path("cards/air.yaml").read_text() == "- {q: CO₂, a: a gas, id: g}\n"


async def test_a_file_that_was_written_to_since_keeps_that(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        await press(pilot, "D", "down", "enter")
        learner.writes("- {q: What is COO?, a: mine, id: coo}\n")
        await press(pilot, "u")
        assert "was changed since, so nothing can be put back" in screen(pilot)
        assert "try again" not in screen(pilot)
    assert FILE.read_text() == "- {q: What is COO?, a: mine, id: coo}\n"


async def test_a_card_that_others_lean_on_is_not_deleted_and_the_reason_is_shown(learner: Learner) -> None:
    text = "- {q: What is CSR?, a: &f a format, id: csr}\n- {q: What is COO?, a: *f, id: coo}\n"
    learner.writes(text)
    async with learner.review(size=(120, 24)) as pilot:
        await press(pilot, "D", "down", "enter")
        assert "this card cannot be deleted here without harm; delete it by hand" in screen(pilot)
        assert "What is CSR?" in screen(pilot)
    assert FILE.read_text() == text


async def test_in_practice_nothing_is_deleted(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.app() as pilot:
        await press(pilot, "c", "D")
        assert "This is practice: nothing is written down." in screen(pilot)
    assert FILE.read_text() == TWO
