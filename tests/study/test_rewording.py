"""Questions that are reworded before they have an id: noticed, never acted on alone, restored on a yes."""

import pytest
from tests.student import Student, answer

from duly.cards import derived_id
from duly.errors import DulyError
from duly.scheduling.grade import Grade
from duly.study.collection import Collection
from duly.study.decks import read_decks
from duly.study.rewording import rewordings

CSR = "- q: What does CSR stand for?\n  a: compressed sparse row\n"
REWORDED = "- q: What is CSR short for?\n  a: compressed sparse row\n"
OLD, NEW = derived_id("What does CSR stand for?"), derived_id("What is CSR short for?")


def learns(student: Student) -> None:
    """One good answer to every card there is."""
    collection = student.collection()
    assert collection.rewordings() == ()
    session = collection.session()
    while session.card:
        answer(session, Grade.GOOD)


def noticed(collection: Collection) -> list[tuple[str, str]]:
    return [(rewording.old.id, rewording.note.id) for rewording in collection.rewordings()]


def test_a_reworded_question_is_noticed_and_waits_for_an_answer(student: Student) -> None:
    student.writes(CSR)
    learns(student)
    student.writes(REWORDED)
    for _ in range(3):
        assert noticed(student.collection()) == [(OLD, NEW)]
    assert (student.folder / "deck.yaml").read_text() == REWORDED


def test_on_a_yes_the_old_id_is_written_and_progress_goes_on(student: Student) -> None:
    student.writes(CSR)
    learns(student)
    student.writes(REWORDED)
    collection = student.collection()
    (rewording,) = collection.rewordings()
    collection.decide_rewording(rewording, keep=True)
    assert (student.folder / "deck.yaml").read_text() == f"{REWORDED}  id: {OLD}\n"
    assert collection.session().card is None
    student.sleeps()
    session = collection.session()
    answer(session, Grade.GOOD, f"{OLD}/front")
    assert student.schedule(f"{OLD}/front").repetitions == 2
    assert noticed(student.collection()) == []


def test_on_a_no_the_question_is_new_and_is_not_asked_about_again(student: Student) -> None:
    student.writes(CSR)
    learns(student)
    student.writes(REWORDED)
    collection = student.collection()
    (rewording,) = collection.rewordings()
    collection.decide_rewording(rewording, keep=False)
    assert noticed(student.collection()) == []
    assert (student.folder / "deck.yaml").read_text() == REWORDED
    assert student.schedule(f"{OLD}/front").repetitions == 1


def test_an_old_note_beside_the_one_that_is_gone_is_no_rewording(student: Student) -> None:
    student.writes(CSR + REWORDED)
    session = student.collection().session()
    student.collection().rewordings()
    answer(session, Grade.GOOD, f"{OLD}/front")
    student.writes(REWORDED)
    assert noticed(student.collection()) == []


def test_a_note_without_progress_is_not_missed(student: Student) -> None:
    student.writes(CSR)
    student.collection().rewordings()
    student.writes(REWORDED)
    assert noticed(student.collection()) == []


def test_an_id_that_was_lost_is_noticed_too(student: Student) -> None:
    student.writes(CSR + "  id: csr\n")
    learns(student)
    student.writes(CSR)
    assert noticed(student.collection()) == [("csr", OLD)]


def test_a_stamped_question_may_be_reworded_without_a_word(student: Student) -> None:
    student.writes(CSR + "  id: csr\n")
    learns(student)
    student.writes(REWORDED + "  id: csr\n")
    assert noticed(student.collection()) == []
    assert student.schedule("csr/front").repetitions == 1


def test_nothing_is_missed_in_a_file_that_has_mistakes_now(student: Student) -> None:
    student.writes(CSR)
    learns(student)
    journal = student.collection().journal
    student.writes("- q: What does CSR stand for?\n  answer: compressed sparse row\n" + REWORDED)
    assert rewordings(read_decks([student.folder]), journal) == ()
    student.writes(REWORDED)
    assert len(rewordings(read_decks([student.folder]), journal)) == 1


def test_a_file_that_changed_in_between_is_not_written_over(student: Student) -> None:
    student.writes(CSR)
    learns(student)
    student.writes(REWORDED)
    collection = student.collection()
    (rewording,) = collection.rewordings()
    student.writes("- q: Something else?\n  a: yes\n")
    with pytest.raises(DulyError, match=f"the id of {NEW} cannot be changed here"):
        collection.decide_rewording(rewording, keep=True)
    assert (student.folder / "deck.yaml").read_text() == "- q: Something else?\n  a: yes\n"


@pytest.mark.parametrize("stamped", [True, False])
def test_a_card_that_moves_to_another_file_and_deck_keeps_everything(student: Student, stamped: bool) -> None:
    card = CSR + ("  id: csr\n" if stamped else "")
    student.writes("- {q: other, a: x}\n" + card, "one.yaml")
    student.writes("- {q: another, a: y}\n", "two.yaml")
    learns(student)
    student.writes("- {q: other, a: x}\n", "one.yaml")
    student.writes("- {q: another, a: y}\n" + card, "two.yaml")
    collection = student.collection()
    assert noticed(collection) == []
    assert collection.session().card is None
    assert student.schedule(f"{'csr' if stamped else OLD}/front").repetitions == 1


def test_a_note_that_came_while_learning_is_remembered_too(student: Student) -> None:
    student.writes("- {q: other, a: x}\n")
    collection = student.collection()
    collection.rewordings()
    student.writes(CSR)
    collection.reread()
    answer(collection.session(), Grade.GOOD, f"{OLD}/front")
    student.writes(REWORDED)
    assert noticed(student.collection()) == [(OLD, NEW)]


def test_a_note_that_is_gone_without_progress_is_forgotten(student: Student) -> None:
    student.writes(CSR + "- {q: other, a: x, id: other}\n")
    answer(student.session(), Grade.GOOD, f"{OLD}/front")
    collection = student.collection()
    collection.rewordings()
    student.writes("[]\n")
    collection.reread()
    assert collection.journal.seen_notes().keys() == {OLD}


def test_only_what_is_new_or_has_changed_is_written(student: Student) -> None:
    student.writes(CSR + "- {q: other, a: x}\n")
    collection = student.collection()
    collection.rewordings()
    before = collection.journal._connection.total_changes
    collection.rewordings()
    assert collection.journal._connection.total_changes == before
    student.writes(CSR + "- {q: other, a: changed}\n")
    collection.reread()
    collection.rewordings()
    assert collection.journal._connection.total_changes == before + 1
