"""The orders of a list of cards."""

from pathlib import Path

import pytest
from tests.student import cards, day

from duly.cards import CardId
from duly.scheduling.schedule import Schedule, Sm2Memory
from duly.study.search import Order, card_rows, sort_rows

DECK = "".join(f"- {{q: {name}, a: x, id: {name}}}\n" for name in ("late", "fresh", "hard", "long"))
SCHEDULES = {
    CardId.parse("late/front"): Schedule(interval=3, due=day(-2), last=day(-5), memory=Sm2Memory(easiness=200)),
    CardId.parse("hard/front"): Schedule(interval=1, due=day(1), last=day(0), lapses=4, memory=Sm2Memory(easiness=130)),
    CardId.parse("long/front"): Schedule(
        interval=90, due=day(80), last=day(-10), lapses=1, memory=Sm2Memory(easiness=260)
    ),
}


@pytest.mark.parametrize(
    ("order", "names"),
    [
        (Order.WRITTEN, "late fresh hard long"),
        (Order.DUE, "late hard long fresh"),
        (Order.INTERVAL, "long late hard fresh"),
        (Order.EASINESS, "hard late long fresh"),
        (Order.LAPSES, "hard long late fresh"),
    ],
)
def test_cards_are_sorted_and_new_ones_come_last(order: Order, names: str, tmp_path: Path) -> None:
    rows = sort_rows(card_rows(cards(DECK, tmp_path), SCHEDULES), order)
    assert [row.card.note.id for row in rows] == names.split()
