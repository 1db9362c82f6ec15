"""How much every deck holds."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st
from tests.student import TODAY, Student, answer, day

from duly.cards import Basic, Card, DeckName, Face, Note, NoteId
from duly.cards.deck_name import is_within
from duly.scheduling.grade import Grade
from duly.scheduling.schedule import NEW, Schedule
from duly.settings import DeckLimits, Settings
from duly.study.deck_counts import DeckCount, deck_counts
from duly.study.queue import AnsweredToday, Limits, queue


def counts(student: Student) -> list[tuple[str, int, int, int, int]]:
    return [(row.deck, row.new, row.drills, row.due, row.total) for row in student.collection().session().counts()]


def test_a_deck_counts_those_within_it_and_comes_before_them(student: Student) -> None:
    student.writes("deck: ml::nn\ncards:\n- {q: a, a: x, id: a}\n- {q: b, a: x, id: b}\n", "1.yaml")
    student.writes("deck: maths\ncards:\n- {q: c, a: x, id: c}\n", "2.yaml")
    student.writes("deck: ml\ncards:\n- {q: d, a: x, id: d}\n", "3.yaml")
    assert counts(student) == [("ml", 3, 0, 0, 3), ("ml::nn", 2, 0, 0, 2), ("maths", 1, 0, 0, 1)]
    assert [(row.depth, row.waiting_count) for row in student.collection().session().counts()] == [
        (0, 3),
        (1, 2),
        (0, 1),
    ]


def test_answers_move_cards_from_new_to_drilled_to_due(student: Student) -> None:
    student.writes("deck: d\ncards:\n- {q: a, a: x, id: a}\n- {q: b, a: x, id: b}\n")
    session = student.session()
    answer(session, Grade.AGAIN)
    assert counts(student) == [("d", 1, 1, 0, 2)]
    answer(session, Grade.GOOD)
    answer(session, Grade.GOOD)
    assert counts(student) == [("d", 0, 0, 0, 2)]
    student.sleeps()
    assert counts(student) == [("d", 0, 0, 2, 2)]


def test_a_deck_tells_when_its_next_card_comes_back_and_how_well_it_is_known(student: Student) -> None:
    student.writes("deck: d::e\ncards:\n- {q: a, a: x, id: a}\n- {q: b, a: x, id: b}\n")
    session = student.session()
    assert [(row.next_day, row.mastery) for row in session.counts()] == [(None, 0), (None, 0)]
    answer(session, Grade.GOOD, "a/front")
    answer(session, Grade.GOOD, "b/front")
    student.sleeps()
    session = student.session()
    answer(session, Grade.EASY, "a/front")
    outer, inner = session.counts()
    assert (outer.next_day, outer.mastery) == (inner.next_day, inner.mastery) == (session.today + 6, (6 + 1) / 42)
    session.suspend()
    student.sleeps(6)
    assert student.session().counts()[0].next_day is None


def five(deck: str) -> str:
    return f"deck: {deck}\ncards:\n" + "".join(f"- {{q: {deck} {n}, a: x, id: '{deck}{n}'}}\n" for n in range(5))


def count(student: Student, name: str, settings: Settings) -> DeckCount:
    return next(row for row in student.session(settings).counts() if row.deck == name)


def test_every_deck_shows_what_studying_it_brings_whatever_comes_before_it(student: Student) -> None:
    student.writes(five("a"), "1.yaml")
    student.writes(five("b"), "2.yaml")
    three = Settings(new_per_day=3)
    session = student.session(three)
    assert session.progress.new == 3
    assert [(row.deck, row.new) for row in session.counts()] == [("a", 3), ("b", 3)]
    for card in ("a0/front", "a1/front"):
        answer(session, Grade.GOOD, card)
    assert [(row.deck, row.new) for row in student.session(three).counts()] == [("a", 1), ("b", 1)]


def test_a_deck_whose_cards_the_limit_holds_back_goes_on_tomorrow(student: Student) -> None:
    student.writes(five("a"), "1.yaml")
    student.writes(five("b"), "2.yaml")
    one_a_day = Settings(new_per_day=1)
    answer(student.session(one_a_day), Grade.GOOD, "a0/front")
    left = count(student, "b", one_a_day)
    assert (left.waiting_count, left.next_day) == (0, student.session().today + 1)
    assert count(student, "b", Settings(new_per_day=0)).next_day is None
    assert count(student, "b", Settings(decks={"b": DeckLimits(new_per_day=0)})).next_day is None


def test_a_new_card_that_is_buried_comes_on_its_day(student: Student) -> None:
    student.writes("deck: d\ncards: [{q: a, a: x}]\n")
    session = student.session()
    session.bury()
    assert [(row.waiting_count, row.next_day) for row in session.counts()] == [(0, session.today + 1)]


STANDING = st.one_of(
    st.just(NEW),
    st.builds(
        Schedule,
        interval=st.just(6),
        due=st.integers(-2, 2).map(day),
        last=st.integers(-2, 0).map(day),
        drill=st.booleans(),
        suspended=st.booleans(),
    ),
)
LIMITS = st.builds(
    Limits,
    st.integers(0, 4),
    st.integers(0, 4),
    st.booleans(),
    st.dictionaries(st.sampled_from(["m", "m::a"]), st.builds(DeckLimits, st.integers(0, 2), st.integers(0, 2))),
)


@dataclass(frozen=True)
class Placed:
    """A card as it may lie somewhere; `done` says whether it was answered today."""

    deck: DeckName
    stands: Schedule
    done: bool


PLACED = st.builds(Placed, st.sampled_from(["m::a", "m", "m::b", "n"]).map(DeckName), STANDING, st.booleans())


@given(st.lists(PLACED), LIMITS)
def test_a_deck_counts_what_a_queue_of_its_cards_holds(placed: list[Placed], limits: Limits) -> None:
    notes = [Note(NoteId(str(at // 2)), Basic("q", "a"), place.deck) for at, place in enumerate(placed)]
    lying = [(Card(note, Face(f"c{at}")), placed[at]) for at, note in enumerate(notes)]
    schedules = {card.id: place.stands for card, place in lying}
    answered = [AnsweredToday(card.id, place.stands == NEW, place.deck) for card, place in lying if place.done]
    for row in deck_counts([card for card, _one in lying], schedules, TODAY, answered, limits):
        inside = [card for card, place in lying if is_within(place.deck, row.deck)]
        today = queue(inside, schedules, TODAY, answered, limits)
        assert (row.new, row.drills, row.due) == (len(today.new), len(today.drills), len(today.reviews))
        assert row.total == len(inside)
