"""What a learner keeps, and what is updated, when a package is imported again."""

import pytest
from tests.learner import Export, Learner, visible

from duly.cards import Basic, Choice, Cloze, DeckName, Note, NoteId, Reversed, Typed

DECK = DeckName("d")
BASIC = Note(NoteId("basic"), Basic("Asked?", "Answered."), DeckName("ml::basics"), tags=("gpt",), hint="think")
REVERSED = Note(NoteId("rev"), Reversed("H₂O", "water"), DECK)
CHOICE = Note(NoteId("choice"), Choice("Which half?", "the decoder", ("the encoder", "both")), DECK)
ALL = (BASIC, REVERSED, CHOICE)


def test_importing_again_what_has_not_changed_updates_nothing(learner: Learner, package: Export) -> None:
    learner.imports(package(*ALL))
    assert learner.imports(package(*ALL)) == {"duplicate": 3}


def test_a_changed_note_is_updated_in_place_and_keeps_its_schedule(learner: Learner, package: Export) -> None:
    learner.imports(package(*ALL))
    learner.reviews(BASIC.id)
    before = learner.card(BASIC.id)
    changed = BASIC._replace(kind=Basic("Reworded?", "New."), tags=("only",), hint="other hint", deck=DeckName("moved"))
    assert learner.imports(package(changed, *ALL[1:])) == {"updated": 1, "duplicate": 2}
    after = learner.card(BASIC.id)
    assert (after.id, after.nid, after.ivl, after.due, after.reps) == (
        before.id, before.nid, before.ivl, before.due, before.reps,
    )  # fmt: skip
    assert after.ivl > 0
    assert "Reworded?" in learner.question(BASIC.id)
    assert "other hint" in learner.question(BASIC.id)
    assert learner.note(BASIC.id).tags == ["only"]
    assert learner.deck(BASIC.id) == "ml::basics"
    assert learner.collection.note_count() == len(ALL)
    learner.assert_sound()


def test_edits_in_anki_of_an_unchanged_note_stay(learner: Learner, package: Export) -> None:
    learner.imports(package(BASIC, REVERSED))
    learner.edits("rev", Extra="my own words")
    learner.imports(package(BASIC._replace(hint="new"), REVERSED))
    assert learner.note("rev")["Extra"] == "my own words"
    assert learner.note(BASIC.id)["Hint"] == "new"


def test_deletions_come_and_go_without_harm_to_the_others(learner: Learner, package: Export) -> None:
    note = Note(NoteId("n"), Cloze("{{c1::a}} {{c2::b}} {{c3::c}}"), DECK)
    learner.imports(package(note))
    for number in (0, 2):
        learner.reviews("n", number)
    others = [learner.card("n", number).id for number in (0, 2)]
    learner.imports(package(note._replace(kind=Cloze("{{c1::a}} b {{c3::c}} {{c7::d}}"))))
    assert [learner.card("n", number).id for number in (0, 2)] == others
    assert [learner.card("n", number).reps for number in (0, 2, 6)] == [1, 1, 0]
    assert visible(learner.question("n", 6)) == "a b c [...]"
    assert learner.collection.card_count() == 4
    empty = learner.collection.get_empty_cards()
    assert [list(note.card_ids) for note in empty.notes] == [[learner.card("n", 1).id]]


KINDS = (Basic("q", "a"), Reversed("q", "a"), Typed("q", "a"), Choice("q", "a", ("w",)))


@pytest.mark.parametrize("old", KINDS, ids=repr)
@pytest.mark.parametrize("new", KINDS, ids=repr)
def test_a_note_may_become_of_another_kind(
    learner: Learner,
    package: Export,
    old: Basic | Reversed | Typed | Choice,
    new: Basic | Reversed | Typed | Choice,
) -> None:
    note = Note(NoteId("n"), old, DECK)
    learner.imports(package(note))
    learner.reviews("n")
    card = learner.card("n").id
    assert learner.imports(package(note._replace(kind=new))) == ({"duplicate": 1} if old == new else {"updated": 1})
    assert (learner.card("n").id, learner.card("n").reps) == (card, 1)
    assert ("[[type:" in learner.question("n")) == isinstance(new, Typed)
    assert ("<ol>" in learner.question("n")) == isinstance(new, Choice)
    assert ("y" in learner.note("n")["Reverse"]) == isinstance(new, Reversed)
    if isinstance(new, Reversed):
        assert visible(learner.question("n", 1)) == "a"
    learner.assert_sound()


def test_a_question_never_becomes_a_cloze(learner: Learner, package: Export) -> None:
    learner.imports(package(REVERSED))
    cloze = REVERSED._replace(kind=Cloze("{{c1::x}}"))
    assert learner.imports(package(cloze)) == {"conflicting": 1}
    assert learner.imports(package(cloze._replace(id=NoteId("fresh")))) == {"new": 1}


def test_new_styles_reach_cards_that_anki_already_has(
    learner: Learner, package: Export, monkeypatch: pytest.MonkeyPatch
) -> None:
    learner.imports(package(REVERSED))
    for module in ("package_export", "write.write_package"):
        monkeypatch.setattr(f"duly.anki.{module}.styles", lambda _kind: ".card { color: teal; }")
    assert learner.imports(package(REVERSED)) == {"duplicate": 1}
    assert learner.card("rev").render_output().css == ".card { color: teal; }"
    assert {kind.name for kind in learner.collection.models.all_names_and_ids() if "uly" in kind.name} == {"Duly"}
