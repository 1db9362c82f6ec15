"""Progress without a card."""

from pathlib import Path

import pytest
from tests.student import Student, answer

from duly.cards import NoteId
from duly.errors import DulyError
from duly.scheduling.grade import Grade
from duly.study.decks import read_decks
from duly.study.orphans import adopt, orphans


def learns(student: Student) -> None:
    collection = student.collection()
    collection.rewordings()
    session = collection.session()
    while session.card:
        answer(session, Grade.GOOD)


def lost(student: Student, *paths: Path) -> list[tuple[str, str]]:
    """The ids of what is without a card, and the questions last seen."""
    gone = orphans(read_decks(paths or (student.folder,)), student.collection().journal)
    return [(orphan.id, orphan.snapshot.question if orphan.snapshot else "") for orphan in gone]


def test_what_was_removed_is_listed_with_the_text_last_seen(student: Student) -> None:
    student.writes("- {q: one?, a: x, id: '1'}\n- {q: two?, a: y, id: '2'}\n")
    learns(student)
    student.writes("- {q: one!, a: x, id: '1'}\n- {q: three?, a: z, id: '3'}\n")
    assert lost(student) == [("2", "two?")]


def test_what_was_never_seen_is_listed_without_a_text(student: Student) -> None:
    student.writes("- {q: one?, a: x, id: '1'}\n")
    answer(student.session(), Grade.GOOD)
    student.writes("[]\n")
    assert lost(student) == [("1", "")]


def test_a_card_in_a_file_that_is_not_read_is_not_gone(student: Student) -> None:
    student.writes("- {q: one?, a: x, id: '1'}\n", "one.yaml")
    student.writes("- {q: two?, a: y, id: '2'}\n", "two.yaml")
    learns(student)
    assert lost(student, student.folder / "one.yaml") == []
    (student.folder / "two.yaml").unlink()
    assert lost(student, student.folder / "one.yaml") == [("2", "two?")]


def test_a_file_that_became_a_link_is_read_where_it_leads(student: Student) -> None:
    student.writes("- {q: one?, a: x, id: '1'}\n- {q: two?, a: y, id: '2'}\n")
    learns(student)
    student.writes("- {q: one?, a: x, id: '1'}\n", ".elsewhere.yaml")
    (student.folder / "deck.yaml").unlink()
    (student.folder / "deck.yaml").symlink_to(".elsewhere.yaml")
    assert lost(student) == [("2", "two?")]


def test_a_card_that_has_a_mistake_now_is_not_gone(student: Student) -> None:
    student.writes("- {q: one?, a: x, id: '1'}\n- {q: two?, a: y, id: '2'}\n")
    learns(student)
    decks = student.folder / "deck.yaml"
    collection = student.collection()
    decks.write_text("- {q: one?, answer: x, id: '1'}\n")
    assert orphans(read_decks([decks]), collection.journal) == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- q: two?\n  a: y\n  id: new  # c\n", "- q: two?\n  a: y\n  id: old  # c\n"),
        ("- {q: two?, a: y, id: new}\n", "- {q: two?, a: y, id: old}\n"),
    ],
)
def test_progress_is_given_to_a_note_by_writing_its_id(student: Student, before: str, after: str) -> None:
    student.writes("- {q: one?, a: x, id: old}\n")
    learns(student)
    student.writes(before)
    collection = student.collection()
    gone = orphans(collection.decks, collection.journal)
    assert adopt(collection.decks, gone, NoteId("old"), NoteId("new")).question == "two?"
    assert (student.folder / "deck.yaml").read_text() == after
    assert lost(student) == []


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("new", "new", "no progress without a card under the id new"),
        ("gone", "new", "no progress without a card under the id gone"),
        ("old", "gone", "no note with the id gone"),
    ],
)
def test_what_is_not_there_cannot_be_linked(student: Student, old: str, new: str, sentence: str) -> None:
    student.writes("- {q: one?, a: x, id: old}\n")
    learns(student)
    student.writes("- {q: two?, a: y, id: new}\n")
    collection = student.collection()
    with pytest.raises(DulyError, match=sentence):
        adopt(collection.decks, orphans(collection.decks, collection.journal), NoteId(old), NoteId(new))
