"""How much every deck holds."""

from tests.student import Student, answer

from duly.scheduling.grade import Grade


def counts(student: Student) -> list[tuple[str, int, int, int, int]]:
    return [(one.deck, one.new, one.drills, one.due, one.total) for one in student.desk().session().counts()]


def test_a_deck_counts_those_within_it_and_comes_before_them(student: Student) -> None:
    student.writes("deck: ml::nn\ncards:\n- {q: a, a: x, id: a}\n- {q: b, a: x, id: b}\n", "1.yaml")
    student.writes("deck: maths\ncards:\n- {q: c, a: x, id: c}\n", "2.yaml")
    student.writes("deck: ml\ncards:\n- {q: d, a: x, id: d}\n", "3.yaml")
    assert counts(student) == [("ml", 3, 0, 0, 3), ("ml::nn", 2, 0, 0, 2), ("maths", 1, 0, 0, 1)]
    assert [(one.depth, one.waiting) for one in student.desk().session().counts()] == [(0, 3), (1, 2), (0, 1)]


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
    assert [(one.next, one.mastery) for one in session.counts()] == [(None, 0), (None, 0)]
    answer(session, Grade.GOOD, "a/front")
    answer(session, Grade.GOOD, "b/front")
    student.sleeps()
    session = student.session()
    answer(session, Grade.EASY, "a/front")
    outer, inner = session.counts()
    assert (outer.next, outer.mastery) == (inner.next, inner.mastery) == (session.today + 6, (6 + 1) / 42)
    session.suspend()
    student.sleeps(6)
    assert student.session().counts()[0].next is None
