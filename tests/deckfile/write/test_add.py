"""Adding notes to a deck file, which keeps every byte it had."""

from pathlib import Path

import pytest

from duly.cards import Basic, DeckName, Note, NoteId
from duly.deckfile.load import load
from duly.deckfile.write.add import add_notes
from duly.errors import DulyError
from duly.problem import Severity

NEW = (
    Note(NoteId("n1"), Basic("new?", "one\ntwo"), DeckName("x"), tags=("t",), source="s"),
    Note(NoteId("n2"), Basic("other?", "three"), DeckName("x")),
)
WRITTEN = """\
- q: new?
  a: |-
    one
    two
  id: n1
  tags: [t]
  source: s

- q: other?
  a: three
  id: n2
"""


def test_a_file_that_is_not_there_is_made_with_its_folder(tmp_path: Path) -> None:
    file = tmp_path / "a" / "b" / "deck.yaml"
    assert add_notes(file, NEW) is None
    assert file.read_text() == WRITTEN
    assert [path.name for path in file.parent.iterdir()] == ["deck.yaml"]


def test_a_new_file_gets_the_name_of_the_deck_if_that_can_be_one(tmp_path: Path) -> None:
    add_notes(tmp_path / "good.yaml", NEW, deck="A::B")
    add_notes(tmp_path / "bad.yaml", NEW, deck="A::")
    assert {(note.place and note.place.file.name, note.deck) for note in load([tmp_path / "good.yaml"]).notes} == {
        ("good.yaml", "A::B")
    }
    assert (tmp_path / "bad.yaml").read_text() == WRITTEN


@pytest.mark.parametrize(
    ("old", "gap", "indent"),
    [
        ("- q: a\n  a: b\n", "\n", ""),
        ("- q: a\n  a: b", "\n\n", ""),
        ("deck: D\ntags: [t]\ncards:\n  - q: a\n    a: b\n", "\n", "  "),
        ("cards:\n- {q: a, a: b}\n# the end\n", "\n", ""),
        ("- q: a\n  a: |+\n    b\n\n\n", "", ""),
        ("\ufeff   - q: a\n     a: b\n", "\n", "   "),
        ("\n", "", ""),
        ("# yaml-language-server: $schema=x\n", "", ""),
        ("# no line end", "\n", ""),
        ("language: en\ntags: [t]\ncards:\n", "", "  "),
        ("cards:  # to come", "\n", "  "),
    ],
)
def test_notes_go_after_the_last_one_and_all_else_stays(tmp_path: Path, old: str, gap: str, indent: str) -> None:
    file = tmp_path / "deck.yaml"
    file.write_text(old, encoding="utf-8")
    assert add_notes(file, NEW, deck="Other" if old.strip() else "") is None
    lines = [indent + line if line.strip() else line for line in WRITTEN.splitlines(keepends=True)]
    assert file.read_text(encoding="utf-8") == old + gap + "".join(lines)
    assert not [problem for problem in load([file]).problems if problem.severity is Severity.ERROR]


def test_the_line_ends_of_the_file_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "deck.yaml"
    file.write_bytes(b"- q: a\r\n  a: b\r\n")
    assert add_notes(file, NEW) is None
    data = file.read_bytes()
    assert data.startswith(b"- q: a\r\n  a: b\r\n\r\n- q: new?\r\n  a: |-\r\n    one\r\n")
    assert data.count(b"\n") == data.count(b"\r\n")
    assert load([file]).notes[1].kind == NEW[0].kind


@pytest.mark.parametrize(
    ("old", "reason"),
    [
        ("- q: a\n  b: c\n", "this file has mistakes"),
        ("- q: a\n  a: b\n- q: [\n", "this file has mistakes"),
        ("[{q: a, a: b}]\n", "without harm"),
        ("cards:\n  - q: a\n    a: b\ntags: [t]\n", "without harm"),
        ("- q: a\n  a: b\n...\n", "without harm"),
        ("[]\n", "without harm"),
        ("cards: []\n", "without harm"),
        ("cards:\ntags: [t]\n", "without harm"),
        ("---\n# nothing\n...\n", "without harm"),
        ("deck: D\n", "this file has mistakes"),
    ],
)
def test_a_file_to_which_nothing_can_be_added_stays_as_it_is(tmp_path: Path, old: str, reason: str) -> None:
    file = tmp_path / "deck.yaml"
    file.write_text(old)
    problem = add_notes(file, NEW)
    assert problem is not None
    assert (problem.kind, problem.severity, reason in str(problem.message)) == ("not-added", Severity.ERROR, True)
    assert file.read_text() == old


def test_a_file_that_is_not_utf8_stays_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "deck.yaml"
    file.write_bytes(b"- q: caf\xe9\n")
    problem = add_notes(file, NEW)
    assert problem is not None
    assert (problem.kind, file.read_bytes()) == ("not-utf8", b"- q: caf\xe9\n")


def test_a_folder_in_the_place_of_the_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DulyError, match="cannot be read"):
        add_notes(tmp_path, NEW)


def test_a_file_in_the_place_of_the_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("x")
    with pytest.raises(DulyError, match=r"cannot be (read|written)"):
        add_notes(tmp_path / "x" / "deck.yaml", NEW)
