"""Stamping: ids beside notes, every other byte as it was."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duly.cards import NoteId, derived_id
from duly.deckfile.load import load
from duly.deckfile.write import stamp as room
from duly.deckfile.write.stamp import plan_stamp, relink, stamp
from duly.errors import DulyError

ONE, TWO = derived_id("one"), derived_id("two")

CASES = {
    "a list": "- q: one\n  a: x«\n  id: ONE»\n- q: two\n  a: y«\n  id: TWO»\n",
    "keys after": "- q: one\n  a: x«\n  id: ONE»\n  tags: [b]\n",
    "keys before": "- tags: [b]\n  a: x«\n  id: ONE»\n  q: one\n",
    "a first": "- a: x«\n  id: ONE»\n  q: one\n",
    "no line end at the end": "- q: one\n  a: x«\n  id: ONE»",
    "crlf": "- q: one\r\n  a: x«\r\n  id: ONE»\r\n",
    "crlf, none at the end": "- q: one\r\n  a: x«\r\n  id: ONE»",
    "byte order mark": "\ufeff- q: one\n  a: x«\n  id: ONE»\n",
    "several byte order marks": "\ufeff\ufeff\ufeff- q: one\n  a: x«\n  id: ONE»\n",
    "a mapping": "cards:\n  - q: one\n    a: x«\n    id: ONE»\ntags: [b]\n",
    "far in": "-   q: one\n    a: x«\n    id: ONE»\n",
    "dash alone": "-\n  q: one\n  a: x«\n  id: ONE»\n",
    "flow": "- {q: one, a: x«, id: ONE»}\n- {a: 'y'«, id: TWO» , q: two} # z\n",
    "flow list": "[{q: one,\n  a: x«, id: ONE» # y\n}]",
    "comments": "- q: one # b\n  a: x  # c«\n  id: ONE»\n  # d\n\n# e\n",
    "block text": "- q: one\n  a: |\n    x\n\n    y«\n  id: ONE»\n\n\n# z\n",
    "kept line ends": "- q: one\n  a: |2+ # c\n    x\n\n«  id: ONE\n»- q: @\n",
    "kept line ends at the end": "- q: one\n  a: |+\n    x\n\n«  id: ONE\n»",
    "kept, but none there": "- q: one\n  «id: ONE\n  »a: >+\n    x",
    "a block to the very end": "- q: one\n  «id: ONE\n  »a: |\n    x\n    y",
    "white space that counts": "- q: one\n  a: |\n    x\n      «\n  id: ONE»\n\n",
    "folded": "- q: >-\n    one\n  a: x\n    y«\n  id: ONE»\n",
    "quoted over lines": "- q: one\n  a: 'x\n\n    y'«\n  id: ONE»\n",
    "anchors": "- &n\n  q: &x one\n  a: *x«\n  id: ONE»\n",
    "one has one": "- {q: one, a: x, id: b}\n- q: two\n  a: y«\n  id: TWO»\n",
    "nothing to do": "- {q: one, a: x, id: b}\n",
    "beside a broken card": "- q: one\n  a: x«\n  id: ONE»\n- q: @\n",
    "beside a bad card": "- q: three\n- q: one\n  a: x«\n  id: ONE»\n",
}
"""Decks after stamping; what was inserted stands between marks."""


@pytest.mark.parametrize("name", CASES)
def test_the_id_goes_below_the_answer_and_nothing_else_changes(name: str, tmp_path: Path) -> None:
    before = re.sub("«.*?»", "", CASES[name], flags=re.DOTALL)
    after = re.sub("[«»]", "", CASES[name]).replace("ONE", ONE).replace("TWO", TWO)
    file = tmp_path / "a.yaml"
    file.write_bytes(before.encode())
    done = stamp(file)
    assert file.read_bytes().decode() == after
    assert (done.count, done.new.decode()) == (CASES[name].count("«"), after)
    assert stamp(file).count == 0


def test_a_cloze_gets_its_id_below_its_text(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("- cloze: '{{c1::x}}'\n- cloze: |\n    {{c1::y}}\n")
    stamp(file)
    first, second = derived_id("{{c1::x}}"), derived_id("{{c1::y}}")
    assert (
        file.read_text() == f"- cloze: '{{{{c1::x}}}}'\n  id: {first}\n- cloze: |\n    {{{{c1::y}}}}\n  id: {second}\n"
    )


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("- &x {q: one, a: x}\n- *x\n", "2:3 same-question"),
        ("- q: one\n  a: x\n- q: one\n  a: y\n", "3:6 same-question"),
        ("x: &x {q: two, a: x}\n", "1:1 unknown-key"),
        ("- ? q\n  : one\n  ? a\n  : x\n", "1:3 not-stamped"),
        ("- tags: &t [b]\n  q: two\n", "1:3 missing-key"),
    ],
)
def test_what_is_not_stamped_is_reported(text: str, place: str, tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(text)
    assert place in [f"{p.place.line}:{p.place.column} {p.kind}" for p in stamp(file).problems]


def test_planning_writes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("- {q: one, a: x}\n")
    assert (plan_stamp(file).count, file.read_text()) == (1, "- {q: one, a: x}\n")


def test_a_splice_that_would_change_a_note_is_never_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("- q: one\n  a: |\n    x\n    y\n")
    monkeypatch.setattr(room, "line_end", lambda _text, value: value.start + 7)
    with pytest.raises(DulyError, match="nothing was written"):
        stamp(file)
    assert file.read_text() == "- q: one\n  a: |\n    x\n    y\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- q: one\n  a: x\n- q: two\n  a: y\n", "- q: one\n  a: x\n  id: 'a: b'\n- q: two\n  a: y\n"),
        ("- {q: one, a: x}\n- {q: two, a: y}\n", "- {q: one, a: x, id: 'a: b'}\n- {q: two, a: y}\n"),
    ],
)
def test_a_note_is_given_the_id_of_another_and_nothing_else_changes(before: str, after: str, tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(before)
    relink(file, ONE, NoteId("a: b"))
    assert file.read_text() == after
    assert load([file]).notes[0].id == "a: b"


@pytest.mark.parametrize(
    "old",
    ["old", "'old'", '"old" # why', "!!str old", "&x old", "|-\n    old"],
)
def test_an_id_that_stands_there_is_written_over_or_nothing_is(old: str, tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(f"- q: one\n  a: x\n  id: {old}\n  tags: [b]\n")
    before = file.read_text()
    try:
        relink(file, NoteId("old"), NoteId("新"))
    except DulyError as error:
        assert "|" in old and "cannot be changed here; write id: 新 by hand" in str(error)
        assert file.read_text() == before
    else:
        (note,) = load([file]).notes
        assert (note.id, note.tags, "# why" in before) == ("新", ("b",), "# why" in file.read_text())


def test_an_id_that_an_alias_repeats_is_not_changed(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("- {q: one, a: &x x, id: &y old}\n- {q: two, a: *x, id: two, hint: *y}\n")
    before = file.read_text()
    with pytest.raises(DulyError, match="nothing was written"):
        relink(file, NoteId("old"), NoteId("new"))
    assert file.read_text() == before


def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DulyError, match="cannot be read: No such file"):
        stamp(tmp_path / "gone.yaml")


SPACES = st.sampled_from(["", " ", "  "])
VALUES = st.sampled_from(
    [
        "x",
        "no # c",
        "'it''s'",
        '"y\\n"',
        "|\n      x\n\n      y\n",
        ">-\n      x\n",
        "|+\n      x\n\n",
        "|\n      x\n        \n\n",
        "x\n      y",
        "&z x",
    ]
)
BETWEEN = st.sampled_from(["", "# c\n", "\n", "    # c\n"])


@st.composite
def cards(draw: st.DrawFn, number: int) -> str:
    if draw(st.booleans()):
        return f"  - {{q: one {number}{draw(SPACES)}, a: x{draw(SPACES)}}}{draw(SPACES)}\n"
    lines = [f"q: one {number}", f"a: {draw(VALUES)}", *draw(st.sampled_from([[], ["hint: h"], ["tags:\n    - b"]]))]
    body = "\n    ".join(draw(st.permutations(lines)))
    dash = draw(st.sampled_from(["  - ", "  -\n    "]))
    return f"{dash}{body}\n"


@st.composite
def decks(draw: st.DrawFn) -> str:
    count = draw(st.integers(1, 4))
    text = draw(st.sampled_from(["", "deck: a\ncards:\n"]))
    text += "".join(draw(BETWEEN) + draw(cards(number)) for number in range(count))
    text = text if draw(st.booleans()) else text.rstrip("\n")
    return draw(st.sampled_from(["", "\ufeff"])) + text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


@given(text=decks())
def test_whatever_a_deck_looks_like_stamping_only_inserts(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("decks") / "a.yaml"
    file.write_bytes(text.encode())
    before = load([file])
    done = stamp(file)
    after = load([file])
    assert [(note.id, note.kind, note.tags, note.hint) for note in after.notes] == [
        (note.id, note.kind, note.tags, note.hint) for note in before.notes
    ]
    assert all(note.is_stamped for note in after.notes)
    assert done.count == len(before.notes)
    rest = file.read_bytes().decode()
    for note in after.notes:
        for inserted in (f"\r\n    id: {note.id}", f"\n    id: {note.id}", f", id: {note.id}"):
            rest = rest.replace(inserted, "", 1)
    assert rest == text
