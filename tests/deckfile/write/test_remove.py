"""Taking notes out of a file: the lines between « and » go, every other byte stays."""

import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.deckfile.write.test_yaml_text import FILLED, TEXTS

from duly.cards import Basic, DeckName, Note, NoteId
from duly.deckfile.load import load
from duly.deckfile.write.remove import plan_removal
from duly.deckfile.write.yaml_text import deck_text
from duly.errors import DulyError

CASES = {
    "the first": "«- q: one\n  a: x\n  id: n\n»- q: two\n  a: y\n",
    "the last": "- q: two\n  a: y\n«- q: one\n  a: x\n  id: n\n»",
    "the last without a line end": "- q: two\n  a: y\n«- q: one\n  a: x\n  id: n»",
    "the only one": "«- q: one\n  a: x\n  id: n\n»",
    "the only one below a head": "deck: d\ncards:\n«  - q: one\n    a: x\n    id: n\n»",
    "the blank line below it": "- q: two\n  a: y\n\n«- q: one\n  a: x\n  id: n\n\n»- q: three\n  a: z\n",
    "comments above stay": "# 1\n«- q: one # 2\n  # 3\n  a: x\n  id: n\n  # 4\n»# 5\n- q: two\n  a: y\n",
    "lines with blank ones": "«- q: one\n  id: n\n  a: |\n    x\n\n    - y\n\n»- q: two\n  a: y\n",
    "a list no further in than its key": "«- q: one\n  a: x\n  id: n\n  wrong:\n  - y\n  - z\n»- q: two\n  a: y\n",
    "in brackets": "«- {q: one, a: x, id: n}\n»- {q: two, a: y}\n",
    "in brackets over lines": "«- {q: one,\n   a: x, id: n}\n»- {q: two, a: y}\n",
    "a dash alone": "«-\n  # 1\n\n  q: one\n  a: x\n  id: n\n»-\n  q: two\n  a: y\n",
    "crlf": "- q: two\r\n  a: y\r\n«- q: one\r\n  a: x\r\n  id: n\r\n»- q: three\r\n  a: z\r\n",
    "a mark": "\ufeff«- q: one\n  a: x\n  id: n\n»- q: two\n  a: y\n",
    "further in": "tags: [t]\ncards:\n\n  - q: two\n    a: y\n«  - q: one\n    a: x\n    id: n\n»  - q: b\n    a: z\n",
}


def write(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "d.yaml"
    file.write_bytes(text.encode())
    return file


@pytest.mark.parametrize("text", CASES.values(), ids=CASES)
def test_the_lines_of_a_note_go_and_every_other_byte_stays(text: str, tmp_path: Path) -> None:
    file = write(tmp_path, re.sub("[«»]", "", text))
    plan_removal(file, [NoteId("n")]).carry_out()
    assert file.read_bytes().decode() == re.sub("«.*»", "", text, flags=re.DOTALL)


def test_several_notes_go_at_once_and_come_back_byte_for_byte(tmp_path: Path) -> None:
    text = "# mine\n" + "".join(f"- q: {name}?\n  a: x\n  id: {name}\n\n" for name in "abcd")
    file = write(tmp_path, text)
    removal = plan_removal(file, [NoteId("b"), NoteId("c")])
    removal.carry_out()
    assert [note.id for note in load([file]).notes] == ["a", "d"]
    removal.take_back()
    assert file.read_text() == text


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[{q: one, a: x, id: n}, {q: two, a: y}]\n", "d.yaml:1:2: this card cannot be deleted here without harm"),
        ("- q: one\n  a: &t x\n  id: n\n- q: two\n  a: *t\n", "d.yaml:1:3: this card cannot be deleted here"),
        ("- q: one\n  a: x\n  id: n\n- q: two\n", "this file has mistakes, so no card in it was deleted"),
        ("- q: two\n  a: y\n", "what is to be deleted is not there any more"),
        ("- q: one\n  a: \udcff\n  id: n\n", "byte 0xff is not UTF-8"),
    ],
)
def test_where_other_notes_would_suffer_nothing_is_deleted(text: str, sentence: str, tmp_path: Path) -> None:
    file = tmp_path / "d.yaml"
    file.write_bytes(text.encode(errors="surrogateescape"))
    before = file.read_bytes()
    with pytest.raises(DulyError, match=re.escape(sentence)):
        plan_removal(file, [NoteId("n")])
    assert file.read_bytes() == before


def test_a_file_that_was_changed_since_is_left_alone(tmp_path: Path) -> None:
    file = write(tmp_path, "- {q: one, a: x, id: n}\n- {q: two, a: y}\n")
    removal = plan_removal(file, [NoteId("n")])
    removal.carry_out()
    file.write_text("- {q: two, a: mine}\n")
    with pytest.raises(DulyError, match="was changed since, so nothing can be put back"):
        removal.take_back()
    assert file.read_text() == "- {q: two, a: mine}\n"


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(FILLED, TEXTS), min_size=1, max_size=5), st.data())
def test_whatever_notes_say_the_others_stay_as_they_are(texts: list[tuple[str, str]], data: st.DataObject) -> None:
    notes = [
        Note(NoteId(f"n{number}"), Basic(question, answer), DeckName("d"))
        for number, (question, answer) in enumerate(texts)
    ]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "d.yaml"
        file.write_text(deck_text(notes), encoding="utf-8", newline="")
        there = [note.id for note in load([file]).notes]
        assume(len(there) == len(notes))
        gone = data.draw(st.sets(st.sampled_from(there)))
        plan_removal(file, gone).carry_out()
        assert [note.kind for note in load([file]).notes] == [note.kind for note in notes if note.id not in gone]
