"""Card info: where a card is written, where it stands, its past, and what is done with it there."""

from pathlib import Path

from tests.scheduling.histories import logged, moment, review, undo
from tests.student import TODAY, cards, day
from tests.tui.learner import Learner, press, rows, screen, write

from duly.cards import CardId
from duly.markup.terminal.styled_lines import Line, line_text
from duly.scheduling.journal_entries import Entry, ImportedSchedule, SetDue
from duly.scheduling.schedule import NEW, Schedule
from duly.study.card_history import card_history
from duly.text.card_details import card_details
from duly.tui.screens.card_info import CardInfo

CARD = CardId.parse("csr/front")
DECK = "- {q: What is CSR?, a: a format, id: csr, tags: [sparse]}"


def lines_of(folder: Path, *entries: Entry, schedule: Schedule = NEW, width: int = 60) -> list[Line]:
    (card,) = cards(DECK, folder)
    return card_details(card, schedule, card_history(logged(*entries)), TODAY, width)


def text_rows(lines: list[Line]) -> list[str]:
    return [line_text(line) for line in lines]


def test_a_card_without_a_past_says_so(tmp_path: Path) -> None:
    lines = text_rows(lines_of(tmp_path, width=80))
    assert [line for line in lines if line[:4] in ("Id  ", "Deck", "Tags")] == [
        "Id     csr/front", "Deck   deck", "Tags   #sparse",
    ]  # fmt: skip
    assert "State  new" in lines
    assert lines[-1] == "Nothing has been written down about this card yet."


def test_the_past_tells_the_interval_after_each_answer_the_latest_first(tmp_path: Path) -> None:
    lines = text_rows(lines_of(tmp_path, review(CARD, day(-7)), review(CARD, day(-6)), review(CARD, day(0), 2)))
    assert [line.split("  ")[1:] for line in lines[-3:]] == [
        ["Again", "→ 1 d", "1.5 s"], ["Good", "→ 6 d", "1.5 s"], ["Good", "→ 1 d", "1.5 s"],
    ]  # fmt: skip
    assert any("3 answers · 0 lapses · 1.5 s on average" in line for line in lines)


def test_an_undone_answer_is_struck_out_and_has_no_interval(tmp_path: Path) -> None:
    first, second = logged(review(CARD, day(-1)), review(CARD, day(0), 2))
    lines = lines_of(tmp_path, first.entry, second.entry, undo(second, day(0)))
    assert line_text(lines[-2]).endswith("Again  undone  1.5 s")
    assert "strike" in lines[-2][-1].styles
    assert "strike" not in lines[-1][-1].styles
    assert any("1 answer · " in line_text(line) for line in lines)


def test_imported_schedules_and_due_days_set_by_hand_are_shown(tmp_path: Path) -> None:
    lines = text_rows(
        lines_of(
            tmp_path,
            ImportedSchedule(CARD, moment(day(-9)), Schedule(interval=40, due=day(5), last=day(-35)), "Anki"),
            SetDue(CARD, moment(day(-1)), day(2)),
            schedule=Schedule(interval=40, due=day(2), last=day(-35), starred=True),
        )
    )
    assert lines[-1].endswith("taken from Anki  → 40 d")
    assert lines[-2].endswith("due on 2026-03-03")
    assert any(line.split() == ["State", "mature", "·", "★", "starred"] for line in lines)


async def test_a_day_is_set_and_undone(learner: Learner) -> None:
    learner.writes(DECK)
    async with learner.app() as pilot:
        await press(pilot, "b", "i")
        assert isinstance(pilot.app.screen, CardInfo)
        await press(pilot, "d")
        await write(pilot, "5")
        await press(pilot, "enter")
        assert "2026-03-06" in screen(pilot)
        await press(pilot, "u")
        assert "State  new" in screen(pilot)
        assert "undone" in screen(pilot)
        await press(pilot, "u")
        assert "There was nothing to do." in screen(pilot)


async def test_suspending_starring_and_resetting_show_at_once(learner: Learner) -> None:
    learner.writes(DECK)
    async with learner.review() as pilot:
        await press(pilot, "space", "3", "q", "b", "i", "at", "asterisk")
        assert "State     suspended · ★ starred" in screen(pilot)
        await press(pilot, "at", "x")
        assert "State    new · ★ starred" in screen(pilot)
        assert "as new again" in screen(pilot)
        await press(pilot, "y")
        assert "Copied: csr" in screen(pilot)
        assert pilot.app.clipboard == "csr"


async def test_a_long_past_scrolls(learner: Learner) -> None:
    learner.writes(DECK)
    async with learner.app(size=(40, 12)) as pilot:
        await press(pilot, "b", "i", *["at"] * 12)
        top = rows(pilot)
        await press(pilot, "pagedown", "j")
        assert rows(pilot) != top
        await press(pilot, "pageup", "k")
        assert rows(pilot) == top


async def test_an_action_in_the_info_of_the_asked_card_takes_effect_in_the_review(learner: Learner) -> None:
    learner.writes(DECK + "\n- {q: What is COO?, a: a list, id: coo}")
    async with learner.review() as pilot:
        await press(pilot, "space", "i", "escape")
        assert "a format" in screen(pilot)
        await press(pilot, "i", "asterisk", "escape")
        assert rows(pilot)[0].startswith(" ★ deck")
        assert "a format" in screen(pilot)
        await press(pilot, "i", "at", "escape")
        assert "What is COO?" in screen(pilot)
        assert "0/1" in rows(pilot)[0]
