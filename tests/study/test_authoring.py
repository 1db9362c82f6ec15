"""New cards, written into deck files."""

from pathlib import Path

import pytest
from tests.student import Student

from duly.cards import Basic, Choice, Cloze, DeckName, Reversed, Typed, derived_id
from duly.errors import DulyError
from duly.study.authoring import Draft, write_card
from duly.study.decks import read_decks


@pytest.mark.parametrize(
    ("draft", "kind"),
    [
        (Draft(" q ", "a\n"), Basic("q", "a")),
        (Draft("q", "a", reverse=True), Reversed("q", "a")),
        (Draft("q", "a", typed=True), Typed("q", "a")),
        (Draft("q", "a", wrong=("b",)), Choice("q", "a", ("b",))),
        (Draft("{{c1::x}} y"), Cloze("{{c1::x}} y")),
        (Draft("What is `{{c1::x}}`?", "a gap"), Basic("What is `{{c1::x}}`?", "a gap")),
    ],
)
def test_what_was_entered_tells_the_kind(draft: Draft, kind: object) -> None:
    assert draft.kind == kind


@pytest.mark.parametrize(("draft", "missing"), [(Draft(" \n", "a"), "a question"), (Draft("q", " "), "an answer")])
def test_a_card_needs_both(draft: Draft, missing: str) -> None:
    with pytest.raises(DulyError, match=f"a card needs {missing}"):
        draft.note(DeckName("d"))


def test_a_card_goes_where_its_deck_is_written_and_nothing_else_changes(student: Student) -> None:
    text = "deck: ml::nn\ncards:\n  - q: a\n    a: x\n"
    student.writes(text, "1.yaml")
    collection = student.collection()
    collection.write_card(Draft("b", "y", tags=("t",), hint="h", extra="e", source="s"), DeckName("ml::nn"))
    assert (student.folder / "1.yaml").read_text(encoding="utf-8").startswith(text)
    note = collection.decks.notes[-1]
    assert (note.question, note.deck, note.id, note.is_stamped) == ("b", "ml::nn", derived_id("b"), True)
    assert (note.tags, note.hint, note.extra, note.source) == (("t",), "h", "e", "s")


def test_a_deck_without_a_file_gets_one_by_its_name(student: Student) -> None:
    collection = student.collection()
    collection.write_card(Draft("a", "x"), DeckName("ml::sparse"))
    collection.write_card(Draft("b", "x"))
    assert [note.deck for note in collection.decks.notes] == ["inbox", "ml::sparse"]
    assert (student.folder / "ml" / "sparse.yaml").is_file()


def test_a_question_that_is_there_is_refused_with_its_place(student: Student) -> None:
    student.writes("- {q: a, a: x, id: other}\n")
    before = (student.folder / "deck.yaml").read_bytes()
    with pytest.raises(DulyError, match=r"deck\.yaml:1:3: this question is already there"):
        student.collection().write_card(Draft("a", "something else"), DeckName("deck"))
    assert (student.folder / "deck.yaml").read_bytes() == before


def test_a_question_whose_picture_is_missing_is_there_all_the_same(tmp_path: Path, student: Student) -> None:
    student.writes("- {q: a, a: '![](gone.png)'}\n")
    decks = read_decks([tmp_path])
    assert [note.question for note in decks.notes] == ["a"]
    with pytest.raises(DulyError, match=r"deck\.yaml:1:3: this question is already there"):
        write_card(Draft("a", "x"), decks, DeckName("other"))
    assert not (tmp_path / "other.yaml").exists()


def test_a_file_with_mistakes_is_left_alone(tmp_path: Path, student: Student) -> None:
    collection = student.collection()
    student.writes("- {q: a\n")
    with pytest.raises(DulyError, match="this file has mistakes, so nothing was added"):
        collection.write_card(Draft("b", "x"), file=tmp_path / "deck.yaml")


def test_files_that_are_written_made_or_removed_are_noticed(student: Student) -> None:
    student.writes("- {q: a, a: x}\n")
    collection = student.collection()
    assert not collection.files_changed()
    student.writes("- {q: a, a: xx}\n")
    assert collection.files_changed()
    collection.reread()
    assert not collection.files_changed()
    student.writes("- {q: b, a: x}\n", "2.yaml")
    assert collection.files_changed()
    collection.reread()
    (student.folder / "2.yaml").unlink()
    assert collection.files_changed()
    collection.reread()
    assert (
        [card.note.question for card in collection.decks.cards]
        == ["a"]
        == [card.note.question for card in read_decks([student.folder]).cards]
    )


@pytest.mark.parametrize(
    ("question", "answer"), [("The {{c1::sun}}", "b"), ("a", "The ｛｛c1：：sun｝｝"), ("｛｛c1：：sun｝｝", "")]
)
def test_a_deletion_that_would_hide_nothing_is_refused(question: str, answer: str) -> None:
    with pytest.raises(DulyError, match=r"hides nothing|full-width"):
        Draft(question, answer).note(DeckName("d"))
