"""Advice on notes beside one another, and on cards by how they are learned."""

from pathlib import Path

import pytest

from duly.advice import advice_on_card, advice_on_notes
from duly.advice.all_advice import CHECKS
from duly.cards import BACK, FRONT, Basic, Card, DeckName, Note, NoteId, Occlusion
from duly.deckfile.load import load
from duly.problem import Place
from duly.scheduling.schedule import Schedule, Sm2Memory

CARDS = Path(__file__).parents[2] / "cards"


def basic(question: str, answer: str, line: int = 1) -> Note:
    return Note(NoteId(question), Basic(question, answer), DeckName("d"), place=Place(Path("d.yaml"), line, 3))


def test_the_shipped_decks_need_no_advice() -> None:
    notes = load([CARDS]).notes
    assert len(notes) > 40
    assert [(advice.note.id, advice.kind) for advice in advice_on_notes(notes)] == []


@pytest.mark.parametrize(
    ("first", "other", "alike"),
    [
        (
            ("What does CSR stand for?", "compressed sparse row"),
            ("what does csr stand for", "Compressed sparse row"),
            True,
        ),
        (("什么是泛化能力？", "在新数据上也正确的能力"), ("泛化能力是什么？", "在新数据上也正确的能力"), False),
        (("模型的泛化能力是指什么？", "在新数据上也正确"), ("模型的泛化能力指什么？", "在新数据上也正确"), True),
        (("What does CSR stand for?", "compressed sparse row"), ("What does CSC stand for?", "column"), False),
        (("Bits in 2 bytes of memory?", "16"), ("Bits in 3 bytes of memory?", "24"), False),
        (("What is CSR?", "a format"), ("What is CSR!", "something else"), True),
        (("Capital of Peru?", "Lima"), ("Capital of Chile?", "Santiago"), False),
    ],
)
def test_near_duplicates_are_reported(first: tuple[str, str], other: tuple[str, str], alike: bool) -> None:
    advices = list(advice_on_notes([basic(*first), basic(*other, line=3)]))
    expected = [("near-duplicate", other[0])] if alike else []
    assert [(advice.kind, advice.note.question) for advice in advices] == expected
    assert all("d.yaml:1:3" in str(advice.message) for advice in advices)


def test_pictures_with_the_same_question_and_labels_are_no_duplicates() -> None:
    regions = ("1 rect .1 .1 .2 .2 = left atrium, and a very long name for it: whatever fits into a hundred letters",)
    kinds = [
        Occlusion("Name this part of the heart.", f"media/heart {side}.png", regions) for side in ("front", "back")
    ]
    assert [*advice_on_notes([Note(NoteId(kind.image), kind, DeckName("d")) for kind in kinds])] == []


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        (Schedule(), []),
        (Schedule(lapses=7, memory=Sm2Memory(easiness=140)), []),
        (Schedule(memory=Sm2Memory(easiness=130)), ["hard"]),
        (Schedule(lapses=8, memory=Sm2Memory(easiness=130)), ["leech"]),
    ],
)
def test_a_card_that_is_often_forgotten_should_be_reworded(schedule: Schedule, expected: list[str]) -> None:
    card = Card(basic("q", "a"), FRONT)
    assert [advice.kind for advice in advice_on_card(card, schedule)] == expected
    assert advice_on_card(Card(basic("Is it?", "yes"), BACK), schedule)[0].kind == "yes-no"


def test_all_advice_names_its_source() -> None:
    works = {work for _, _, work in CHECKS}
    assert all(work.author and work.title and 1885 <= work.year <= 2026 for work in works)
