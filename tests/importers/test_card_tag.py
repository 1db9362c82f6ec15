"""Cards with ``#card``: notes of the plugin flashcards-obsidian and pages of Logseq."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.importers.reading import pairs, places

from duly.cards import Basic, Cloze
from duly.importers.card_tag import read, recognise
from duly.scheduling.foreign_progress import ForeignSchedule

PATH = Path("page.md")
ANSWERED_BLOCK = """- What is a lock? #card
  card-last-interval:: {interval}
  card-repeats:: 2
  card-ease-factor:: 2.36
  card-next-schedule:: {due}
  card-last-reviewed:: 2026-09-02T09:49:47.217Z
  card-last-score:: 3
\t- It keeps others out.
"""


@pytest.fixture
def shanghai() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "Asia/Shanghai")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.parametrize(
    ("interval", "due", "day", "days"),
    [
        ("4", "2026-09-06T09:49:47.217Z", 20702, 4),
        ("31.26", "2026-10-03T16:04:11.892Z", 20730, 31),  # past midnight in Shanghai
        ("-1", "2026-09-02T16:00:00.000Z", 20699, 1),  # forgotten: comes back when the next day begins
    ],
)
@pytest.mark.usefixtures("shanghai")
def test_a_logseq_block_is_due_on_the_local_day(interval: str, due: str, day: int, days: int) -> None:
    imported = read(PATH, ANSWERED_BLOCK.format(interval=interval, due=due))
    assert pairs(imported) == [("What is a lock?", "- It keeps others out.")]
    assert [*imported.schedules.values()] == [ForeignSchedule(day, days, 236, "Logseq")]  # type: ignore[arg-type]
    assert not imported.problems


@pytest.mark.parametrize("due", ["", "soon", "0000-00-00T00:00:00Z", "9999-12-31T23:59:59.999Z"])
def test_a_schedule_that_cannot_be_read_is_left_out_with_its_place(due: str) -> None:
    imported = read(PATH, ANSWERED_BLOCK.format(interval="4", due=due))
    assert (len(imported.notes), imported.schedules) == (1, {})
    assert places(imported) == [(2, "not-placed")]


def test_every_gap_of_a_block_is_due_with_the_block() -> None:
    text = (
        "- {{cloze a}} and {{c3 b}} #card\n  card-last-interval:: 2\n  card-next-schedule:: 2026-09-06T12:00:00.000Z\n"
    )
    imported = read(PATH, text)
    assert [note.kind for note in imported.notes] == [Cloze("{{c1::a}} and {{c3::b}}")]
    assert [(card.note, card.face) for card in imported.schedules] == [
        (imported.notes[0].id, face) for face in ("c1", "c3")
    ]


def test_a_heading_in_a_block_and_a_link_to_card_mark_a_card() -> None:
    assert pairs(read(PATH, "- ## Why? #card\n\t- So.\n- How? [[card]]\n\t- Thus.\n")) == [
        ("Why?", "- So."), ("How?", "- Thus."),
    ]  # fmt: skip


def test_highlighted_text_and_text_in_braces_is_hidden_without_an_answer_below() -> None:
    imported = read(PATH, "The ==sun== rises in the {east}. #card\n\n# What is ==this==? #card\nA mark.\n")
    assert [note.kind for note in imported.notes] == [
        Cloze("The {{c1::sun}} rises in the {{c2::east}}."), Basic("What is ==this==?", "A mark."),
    ]  # fmt: skip


def test_a_card_that_is_only_read_again_has_no_answer_and_is_left_out() -> None:
    text = "# Read this often #card-spaced\nText.\n\n# Q #card\nA\n"
    assert recognise(PATH, text).confidence
    (problem,) = read(PATH, text).problems
    assert (problem.place.line, problem.message.values["last"]) == (1, 2)
