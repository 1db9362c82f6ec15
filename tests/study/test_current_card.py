"""Files that change while their cards are asked."""

from tests.student import Student, answer

from duly.scheduling.grade import Grade
from duly.study.decks import read_decks
from duly.study.session import Session

AB = "- {q: a, a: x, id: a}\n- {q: b, a: x, id: b}\n"


def changed(student: Student, session: Session, yaml: str) -> str | None:
    """The question that is asked once the deck file reads like this."""
    student.writes(yaml)
    session.update_decks(read_decks([student.folder]))
    return session.card.note.question if session.card else None


def test_the_asked_card_is_asked_as_it_reads_now_with_the_side_that_is_up(student: Student) -> None:
    student.writes(AB)
    session = student.session()
    session.reveal()
    assert changed(student, session, "- {q: first, a: x, id: z}\n- {q: better, a: x, id: a}\n") == "better"
    assert session.is_revealed
    session.grade(Grade.GOOD)
    assert student.schedule("a/front").repetitions == 1


def test_a_reworded_question_without_an_id_is_found_by_its_place(student: Student) -> None:
    student.writes("- {q: old words, a: x}\n- {q: b, a: x}\n")
    session = student.session()
    assert changed(student, session, "- {q: new words, a: x}\n- {q: b, a: x}\n") == "new words"


def test_another_card_that_moved_into_the_place_is_not_taken_for_it(student: Student) -> None:
    student.writes("- {q: a, a: x}\n- {q: b, a: x}\n- {q: c, a: x}\n")
    session = student.session()
    session.bury()
    session.bury()
    assert changed(student, session, "- {q: b, a: x}\n- {q: a, a: x}\n") is None


def test_a_card_that_was_taken_out_is_asked_no_more(student: Student) -> None:
    student.writes(AB)
    session = student.session()
    assert changed(student, session, "- {q: b, a: x, id: b}\n") == "b"


def test_in_a_broken_file_the_asked_card_is_as_it_last_was_and_the_others_wait(student: Student) -> None:
    student.writes(AB)
    student.writes("- {q: c, a: x, id: c}\n", "e.yaml")
    session = student.session()
    assert changed(student, session, "- {q: a, a: [\n") == "a"
    assert [str(card.id) for card in session.queue.cards] == ["a/front", "c/front"]
    answer(session, Grade.GOOD, "a/front")
    assert changed(student, session, "- {q: a, a: [\n") == "c"
    assert changed(student, session, AB) == "c"
    assert [str(card.id) for card in session.queue.cards] == ["c/front", "b/front"]


def test_a_card_with_a_mistake_is_as_it_last_was(student: Student) -> None:
    student.writes(AB)
    session = student.session()
    assert changed(student, session, "- {q: a, answer: x, id: a}\n- {q: b, a: x, id: b}\n") == "a"
