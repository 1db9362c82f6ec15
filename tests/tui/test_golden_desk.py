"""Whole screens around the quiz: they are seen with a past, which the journal of these tests has from the start."""

from pathlib import Path

import pytest
from tests.evaluation.learner import journal
from tests.student import day
from tests.tui.gallery import at_its_sizes, compare
from tests.tui.learner import EVENING, Learner, press, shows

from duly.cards import CardId
from duly.i18n import set_language
from duly.journal import Journal
from duly.scheduling.day import milliseconds
from duly.scheduling.grade import Grade
from duly.scheduling.journal_entries import Moment, Review
from duly.scheduling.replay import replay
from duly.scheduling.schedule import NEW
from duly.scheduling.scheduler_registry import find_scheduler
from duly.scheduling.sm2 import PROFILES

DECKS = {
    "en": ("Mathematics::Sparse matrices", "Mathematics::Probability", "What is number {n}?"),
    "zh": ("数学::稀疏矩阵", "数学::概率论", "第 {n} 题是什么？"),
}
CARDS = 40
DAYS = 120


def learned(database: Path) -> None:
    """Writes a past: every few days some answers, the same ones each time."""
    scheduler = PROFILES["sm2-paper"]
    with Journal.open(database) as learned_journal, learned_journal.transaction() as transaction:
        for ago in range(DAYS, 0, -1):
            today = day(-ago)
            for number in range(CARDS):
                card = CardId.parse(f"n{number}/front")
                before = transaction.schedule(card)
                begins = before == NEW and number * 2 <= DAYS - ago
                if ago % 7 == 3 or not (begins or (before.due is not None and before.due <= today)):
                    continue
                grade = list(Grade)[2 + (number * 7 + ago) % 4] if (number + ago) % 5 else Grade.GOOD
                at = Moment(milliseconds(EVENING) - ago * 86_400_000 + number * 1000, today, 480)
                entry = Review(card, at, grade, scheduler.name, 2000 + (number * ago * 977) % 30_000)
                transaction.append(entry, scheduler.answer(before, grade, today).schedule)


def write_cards(learner: Learner, language: str) -> None:
    first, second, question = DECKS[language]
    for deck, numbers in ((first, range(30)), (second, range(30, CARDS + 5))):
        notes = "".join(f"- {{q: '{question.format(n=n)}', a: '{n}', id: n{n}}}\n" for n in numbers)
        learner.writes(f"deck: '{deck}'\ncards:\n{notes}", f"{numbers[0]}.yaml")


WORKED_OUT = {("Plans", "en"): "in 30 days", ("Plans", "zh"): "还有 30 天"}
"""What a screen shows once it has been worked out in a thread."""

TOUR: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("home", ()),
    ("home-folded", ("left",)),
    ("settings", ("right", "comma", "j", "j", "j")),
    ("statistics", ("escape", "s")),
    ("statistics-forecast", ("right",)),
    ("statistics-retention", ("right",)),
    ("statistics-intervals", ("right",)),
    ("statistics-grades", ("right",)),
    ("statistics-time", ("right",)),
    ("statistics-decks", ("right",)),
    ("statistics-leeches", ("right",)),
    ("exam", ("g", "Plans")),
    ("exam-plan", ("right", "right")),
    ("chooser", ("escape", "d")),
    ("browse", ("escape", "escape", "b", "j", "space", "j", "asterisk")),
    ("card-info", ("i",)),
    ("asker", ("d",)),
)


FIRST: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("first-run", ("j",)),
    ("folder", ("enter",)),
    ("tour", ("escape", "4")),
)


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_the_first_run_looks_as_it_did(language: str, learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    set_language(language)
    monkeypatch.setenv("DULY_HOME", "home")
    screens: dict[str, str] = {}
    async with learner.app() as pilot:
        for name, keys in FIRST:
            await press(pilot, *keys)
            screens |= await at_its_sizes(pilot, name, language)
    compare(screens)


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_every_screen_looks_as_it_did(language: str, learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    set_language(language)
    monkeypatch.setenv("DULY_HOME", "home")
    learned(learner.database)
    write_cards(learner, language)
    screens: dict[str, str] = {}
    async with learner.app() as pilot:
        for name, keys in TOUR:
            for key in keys:
                await (shows(pilot, WORKED_OUT[key, language]) if (key, language) in WORKED_OUT else press(pilot, key))
            screens |= await at_its_sizes(pilot, name, language)
    compare(screens)


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_the_evaluation_looks_as_before(language: str, learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    set_language(language)
    monkeypatch.setattr("duly.evaluation.fsrs_fit.LIBRARY", "no_such_library")  # its figures differ between machines
    write_cards(learner, language)
    with Journal.open(learner.database) as opened_journal:
        with opened_journal.transaction() as transaction:
            for entry in journal(70):
                transaction.import_entry(entry)
        opened_journal.replace_schedules(replay(opened_journal.entries(), find_scheduler))
    async with learner.app() as pilot:
        await press(pilot, "s", "e")
        assert await shows(pilot, {"en": "What predicts your answers", "zh": "什么最能预测你的回答"}[language])
        screens = await at_its_sizes(pilot, "evaluation", language)
    compare(screens)
