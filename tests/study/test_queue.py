"""Which cards come today, and in which order."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.student import TODAY, cards, day, ids

from duly.cards import Basic, Card, CardId, DeckName, Face, Note, NoteId
from duly.scheduling.day import StudyDay
from duly.scheduling.schedule import NEW, Schedule, Sm2Memory
from duly.settings import DeckLimits
from duly.study.queue import AnsweredToday, Limits, queue

Make = Callable[[str], tuple[Card, ...]]

ABC = "- {q: a, a: x, id: a}\n- {q: b, a: x, id: b}\n- {q: c, a: x, id: c}\n"
PAIRS = "- {q: a, a: x, id: a, reverse: true}\n- {q: b, a: x, id: b, reverse: true}\n"


@pytest.fixture
def deck(tmp_path: Path) -> Make:
    return lambda yaml: cards(yaml, tmp_path)


def known(due: int, *, last: int = -10, drill: bool = False) -> Schedule:
    """A card that was remembered, due so many days from today."""
    return Schedule(interval=6, due=day(due), last=day(last), drill=drill, memory=Sm2Memory(2))


def answered_card(card: Card, *, first: bool) -> AnsweredToday:
    return AnsweredToday(card.id, first, card.note.deck)


def of(**schedules: Schedule) -> dict[CardId, Schedule]:
    return {CardId(NoteId(note), Face("front")): schedule for note, schedule in schedules.items()}


def test_new_cards_come_in_the_order_in_which_they_are_written(deck: Make) -> None:
    assert ids(queue(deck(ABC), {}, TODAY).cards) == ["a/front", "b/front", "c/front"]


def test_reviews_come_before_new_cards_and_the_longest_due_first(deck: Make) -> None:
    today = queue(deck(ABC), of(b=known(0), c=known(-3)), TODAY)
    assert (ids(today.reviews), ids(today.new)) == (["c/front", "b/front"], ["a/front"])
    assert ids(today.cards) == ["c/front", "b/front", "a/front"]
    assert len(today) == 3


def test_reviews_due_on_one_day_stay_as_written(deck: Make) -> None:
    assert ids(queue(deck(ABC), of(c=known(-1), a=known(-1), b=known(-1)), TODAY).reviews) == [
        "a/front",
        "b/front",
        "c/front",
    ]


def test_a_card_due_tomorrow_does_not_come_today(deck: Make) -> None:
    assert ids(queue(deck(ABC), of(a=known(1)), TODAY).cards) == ["b/front", "c/front"]


def test_a_card_answered_today_does_not_come_again_unless_it_is_drilled(deck: Make) -> None:
    schedules = of(a=known(0, last=0), b=known(1, last=0, drill=True))
    today = queue(deck(ABC), schedules, TODAY)
    assert (ids(today.reviews), ids(today.drills), ids(today.new)) == ([], ["b/front"], ["c/front"])


def test_a_drill_that_was_left_on_an_earlier_day_is_an_ordinary_review(deck: Make) -> None:
    today = queue(deck(ABC), of(b=known(0, last=-1, drill=True)), TODAY)
    assert (ids(today.reviews), today.drills) == (["b/front"], ())


def test_drills_come_last_and_the_one_answered_longest_ago_first(deck: Make) -> None:
    drilled = known(1, last=0, drill=True)
    answered = [answered_card(card, first=True) for card in reversed(deck(ABC)[:2])]
    today = queue(deck(ABC), of(a=drilled, b=drilled), TODAY, answered)
    assert ids(today.cards) == ["c/front", "b/front", "a/front"]


def test_limits_count_what_was_answered_today(deck: Make) -> None:
    a, b, c = deck(ABC)
    limits = Limits(new=2, reviews=1)
    assert ids(queue((a, b, c), {}, TODAY, (), limits).new) == ["a/front", "b/front"]
    done = of(a=known(1, last=0))
    assert ids(queue((a, b, c), done, TODAY, [answered_card(a, first=True)], limits).new) == ["b/front"]
    due = of(a=known(6, last=0), b=known(0), c=known(0))
    assert ids(queue((a, b, c), due, TODAY, (), limits).reviews) == ["b/front"]
    assert queue((a, b, c), due, TODAY, [answered_card(a, first=False)], limits).reviews == ()


def test_a_new_card_and_its_drills_count_once_and_only_as_new(deck: Make) -> None:
    a, b, c = deck(ABC)
    answered = [answered_card(a, first=True), answered_card(a, first=False)]
    due = of(a=known(1, last=0, drill=True), b=known(0))
    today = queue((a, b, c), due, TODAY, answered, Limits(new=1, reviews=1))
    assert (ids(today.reviews), ids(today.new), ids(today.drills)) == (["b/front"], [], ["a/front"])


def test_limits_of_nothing_still_let_drills_be_finished(deck: Make) -> None:
    a, b, c = deck(ABC)
    due = of(a=known(1, last=0, drill=True), b=known(0))
    assert ids(queue((a, b, c), due, TODAY, (), Limits(new=0, reviews=0)).cards) == ["a/front"]


DECKS = """
deck: ml
cards:
- {q: a, a: x, id: a}
- {q: b, a: x, id: b}
- {q: c, a: x, id: c}
"""


def inner(deck: Make) -> tuple[Card, ...]:
    """Two cards of the deck ``ml`` and one of ``ml::nn``, which lies in it."""
    a, b, c = deck(DECKS)
    return a, b, Card(c.note._replace(deck=DeckName("ml::nn")), c.face)


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ({"ml": DeckLimits(new_per_day=2)}, ["a/front", "b/front"]),
        ({"ML": DeckLimits(new_per_day=2)}, ["a/front", "b/front"]),
        ({"ml::nn": DeckLimits(new_per_day=0)}, ["a/front", "b/front"]),
        ({"ml": DeckLimits(new_per_day=0), "ml::nn": DeckLimits(new_per_day=1)}, []),
        ({"m": DeckLimits(new_per_day=0), "ml::n": DeckLimits(new_per_day=0)}, ["a/front", "b/front", "c/front"]),
        ({"ml": DeckLimits(reviews_per_day=0)}, ["a/front", "b/front", "c/front"]),
    ],
)
def test_a_deck_has_limits_of_its_own_that_count_for_those_within_it(
    deck: Make, limits: dict[str, DeckLimits], expected: list[str]
) -> None:
    assert ids(queue(inner(deck), {}, TODAY, (), Limits(decks=limits)).new) == expected


def test_a_decks_limit_counts_what_was_answered_in_it_today(deck: Make) -> None:
    a, b, c = inner(deck)
    limits = Limits(decks={"ml": DeckLimits(new_per_day=2, reviews_per_day=1)})
    assert ids(queue((a, b), {}, TODAY, [answered_card(c, first=True)], limits).new) == ["a/front"]
    due = of(a=known(0), b=known(-1))
    assert ids(queue((a, b), due, TODAY, (), limits).reviews) == ["b/front"]
    assert queue((a, b), due, TODAY, [answered_card(c, first=False)], limits).reviews == ()


def test_a_card_for_which_its_deck_has_no_room_takes_none_of_the_others(deck: Make) -> None:
    limits = Limits(new=1, decks={"ml::nn": DeckLimits(new_per_day=0)})
    assert ids(queue(inner(deck)[::-1], {}, TODAY, (), limits).new) == ["b/front"]


def test_ahead_brings_reviews_before_their_day_and_nothing_new(deck: Make) -> None:
    schedules = of(a=known(2), b=known(1), c=known(3))
    assert ids(queue(deck(ABC), schedules, TODAY, days_ahead=2).cards) == ["b/front", "a/front"]
    assert ids(queue(deck(ABC), of(a=known(0), b=known(1, last=0)), TODAY, days_ahead=2).cards) == ["a/front"]


def test_one_card_of_a_note_a_day(deck: Make) -> None:
    assert ids(queue(deck(PAIRS), {}, TODAY).new) == ["a/front", "b/front"]
    both = queue(deck(PAIRS), {}, TODAY, (), Limits(bury_siblings=False))
    assert ids(both.new) == ["a/front", "a/back", "b/front", "b/back"]


def test_a_review_keeps_its_new_sibling_for_another_day(deck: Make) -> None:
    assert ids(queue(deck(PAIRS), of(a=known(0)), TODAY).cards) == ["a/front", "b/front"]


def test_an_answer_of_today_keeps_the_siblings_for_another_day(deck: Make) -> None:
    pairs = deck(PAIRS)
    answered = [answered_card(pairs[0], first=True)]
    assert ids(queue(pairs, of(a=known(1, last=0)), TODAY, answered).cards) == ["b/front"]


def test_a_sibling_that_is_kept_takes_no_room(deck: Make) -> None:
    assert ids(queue(deck(PAIRS), {}, TODAY, (), Limits(new=2)).new) == ["a/front", "b/front"]


def test_cards_set_aside_do_not_come(deck: Make) -> None:
    schedules = of(a=Schedule(suspended=True), b=Schedule(buried_until=day(1)), c=Schedule(buried_until=TODAY))
    assert ids(queue(deck(ABC), schedules, TODAY).cards) == ["c/front"]


SCHEDULES = st.builds(
    Schedule,
    due=st.one_of(st.none(), st.integers(-3, 3).map(day)),
    last=st.one_of(st.none(), st.integers(-3, 0).map(day)),
    drill=st.booleans(),
    suspended=st.booleans(),
    buried_until=st.one_of(st.none(), st.integers(-1, 1).map(day)),
)


@given(st.lists(SCHEDULES, max_size=8), st.integers(0, 4), st.integers(0, 4), st.booleans())
def test_no_queue_breaks_its_limits_or_asks_a_card_twice(
    schedules: list[Schedule], new: int, reviews: int, siblings: bool
) -> None:
    notes = [Note(NoteId(str(number // 2)), Basic("q", "a"), DeckName("d")) for number in range(len(schedules))]
    deck = [Card(note, Face(f"c{number}")) for number, note in enumerate(notes)]
    table = {card.id: schedule for card, schedule in zip(deck, schedules, strict=True)}
    today = queue(deck, table, TODAY, (), Limits(new, reviews, siblings))
    assert len(today.new) <= new and len(today.reviews) <= reviews
    assert len({card.id for card in today.cards}) == len(today)
    if siblings:
        asked = [card.note.id for card in (*today.reviews, *today.new)]
        assert len(set(asked)) == len(asked)
    for card in today.cards:
        schedule = table.get(card.id, NEW)
        assert not schedule.suspended and (schedule.buried_until or StudyDay(0)) <= TODAY
        assert schedule.is_new or schedule.drill or (schedule.due is not None and schedule.due <= TODAY)
