"""Bringing notes up to date: single values in their places, every other byte as it was."""

import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.deckfile.write.test_yaml_text import FILLED, TEXTS

from duly.cards import (
    Basic,
    Choice,
    Cloze,
    DeckName,
    Face,
    FurtherCard,
    Kind,
    Note,
    NoteId,
    Reversed,
    Typed,
    derived_id,
)
from duly.cards.note_keys import KeyValue, changed_values
from duly.deckfile.load import load
from duly.deckfile.write.update import update_notes
from duly.deckfile.write.yaml_text import deck_text
from duly.errors import DulyError
from duly.problem import Severity

CASES: dict[str, tuple[str, dict[str, KeyValue]]] = {
    "a text": ("- q: one\n  a: «x→w z»\n  id: n\n", {"a": "w z"}),
    "the first key": ("- q: «one→two»\n  a: x\n  id: n\n", {"q": "two"}),
    "comments": ("# 1\n- q: one # 2\n  # 3\n  a: «x→w»  # 4\n  id: n # 5\n# 6\n", {"a": "w"}),
    "crlf": ("- q: one\r\n  a: «x→|-\r\n    w\r\n    z»\r\n  id: n\r\n", {"a": "w\nz"}),
    "crlf below a comment": ("- q: one\r\n  a: «| # 1\r\n    x\r\n    w→'z' # 1»\r\n  id: n\r\n", {"a": "z"}),
    "a mark": ("\ufeff- q: one\n  a: «x→w»\n  id: n\n", {"a": "w"}),
    "quotes": ("- q: one\n  a: «'x: 1'→\"w\\tz\"»\n  id: n\n", {"a": "w\tz"}),
    "quotes beside a comment": ("- q: one\n  a: «'x: 1'→'w'» # 1\n  id: n\n", {"a": "w"}),
    "over lines": ("- q: one\n  a: «x\n    w→z» # 1\n  id: n\n", {"a": "z"}),
    "to lines": ("- q: one\n  a: «x # 1→|- # 1\n    w\n    z»\n  id: n\n", {"a": "w\nz"}),
    "from lines": ("- q: one\n  id: n\n  a: «|- # 1\n    x\n    w→'z' # 1»\n\n# 2\n- q: two\n  a: b\n", {"a": "z"}),
    "lines": ("- q: one\n  id: n\n  a: «|\n    x\n    w→|\n    w\n\n    z»\n\n\n- q: b\n  a: c\n", {"a": "w\n\nz\n"}),
    "folded": ("- q: one\n  id: n\n  a: «>-\n    x\n    w→z»\n", {"a": "z"}),
    "kept line ends": ("- q: one\n  a: «|+\n    x→w»\n\n  id: n\n", {"a": "w"}),
    "no end": ("- q: one\n  id: n\n  a: «x→w»", {"a": "w"}),
    "lines at the end": ("- q: one\n  id: n\n  a: «x→|\n    w\n    z\n»", {"a": "w\nz\n"}),
    "tags": ("- {q: b, a: c}\n- q: one\n  a: x\n  id: n\n  tags: «[b, 'c,d']→[b, e]» # 1\n", {"tags": ("b", "e")}),
    "tags with dashes": (
        "- q: one\n  a: x\n  id: n\n  tags:\n  «- b\n  - c→- b\n  - d\n  - e»\n  hint: h\n", {"tags": ("b", "d", "e")}
    ),
    "tags of all": ("tags: [z]\ncards:\n  - q: one\n    a: x\n    id: n«→\n    tags: [b]»\n", {"tags": ("z", "b")}),
    "new keys": (
        "- q: one\n  a: x\n  id: n«→\n  tags: [b]\n  hint: h\n  extra: e»\n",
        {"hint": "h", "tags": ("b",), "extra": "e"},
    ),
    "below lines": ("- q: one\n  a: x\n  id: n\n  hint: |\n    x«→\n  extra: h»\n\n# 1\n", {"extra": "h"}),
    "a key goes": ("- q: one\n  a: x\n«  hint: |-\n    h\n    i\n→»  id: n\n", {"hint": ""}),
    "the last goes": ("- q: one\n  a: x\n  id: n\n«  hint: h→»", {"hint": ""}),
    "tags go": ("- q: one\n  a: x\n«  tags:\n  - b\n→»  id: n\n", {"tags": ""}),
    "another kind": (
        "- q: one\n  a: «x→w»«→\n  wrong: [z]»\n«  typed: true\n→»  id: n\n", {"a": "w", "typed": "", "wrong": ("z",)}
    ),
    "long options": (
        "- q: one\n  a: x\n  wrong:« [w, z]→\n    - w\n    - |-\n      a\n      b»\n  id: n\n", {"wrong": ("w", "a\nb")}
    ),
    "far in": ("-   q: one\n    a: «x→|-\n      w\n      z»\n    id: n\n", {"a": "w\nz"}),
    "dash alone": ("-\n  q: one\n  a: x\n  id: n«→\n  tags: [b]»\n", {"tags": ("b",)}),
    "in brackets": ("- {q: one, a: «x→'w, z'», id: n, tags: «[b]→[c]»} # 1\n", {"a": "w, z", "tags": ("c",)}),
    "nothing before": ("- q: one\n  a: x\n  hint:«→ w»\n  id: n\n", {"hint": "w"}),
    "further cards": (
        "- q: one\n  a: x\n  id: n\n  more:\n  «- face: f\n    q: c\n    a: |\n      d→- face: f\n    q: c\n    a: e»\n"
        "- q: b\n  a: c\n",
        {"more": (FurtherCard(Face("f"), "c", "e"),)},
    ),
    "new further cards": (
        "- q: one\n  a: x\n  id: n«→\n  more:\n    - face: f\n      q: c\n      a: e\n      typed: true»\n",
        {"more": (FurtherCard(Face("f"), "c", "e", typed=True),)},
    ),
    "further cards go": (
        "- q: one\n  a: x\n  id: n\n«  more:\n    - {face: f, q: c, a: e}\n→»  hint: h\n", {"more": ()}
    ),
    "below its key": ("- q: one\n  a:\n    «x→w» # 1\n  id: n\n", {"a": "w"}),
    "no id yet": (f"- q: «one→two»\n  a: x«→\n  id: {derived_id('one')}»\n", {"q": "two"}),
}  # fmt: skip
"""A deck with what becomes what, between marks; and the values that its note gets."""


def before(marked: str) -> str:
    return re.sub("«(.*?)→.*?»", r"\1", marked, flags=re.DOTALL)


def after(marked: str) -> str:
    return re.sub("«.*?→(.*?)»", r"\1", marked, flags=re.DOTALL)


@pytest.mark.parametrize("name", CASES)
def test_values_are_replaced_in_their_places_and_nothing_else_changes(name: str, tmp_path: Path) -> None:
    marked, changes = CASES[name]
    file = tmp_path / "a.yaml"
    file.write_bytes(before(marked).encode())
    note = NoteId("n") if "id: n" in marked else derived_id("one")
    assert update_notes(file, {note: changes}).problems == ()
    assert file.read_bytes().decode() == after(marked)
    assert not [problem for problem in load([file]).problems if problem.severity is Severity.ERROR]


@pytest.mark.parametrize(
    ("text", "changes", "why"),
    [
        ("- q: one\n  a: &x x\n  id: n\n- q: two\n  a: *x\n", {"a": "y"}, "a: has an anchor"),
        ("- q: one\n  a: x\n  id: n\n  tags: # why\n  - b\n  - c\n", {"tags": ("d",)}, None),
        ("- q: one\n  a: x\n  id: n\n  tags:\n  - b # why\n  - c\n", {"tags": ("d",)}, "the comment beside tags:"),
        ("- q: one\n  a: x\n  id: n\n  tags: [b, # why\n    c]\n", {"tags": ("d",)}, "the comment beside tags:"),
        ("- q: one\n  a: x\n  hint: y # why\n  id: n\n", {"hint": ""}, "the comment beside hint:"),
        ("- hint: y\n  q: one\n  a: x\n  id: n\n", {"hint": ""}, "hint: shares its line"),
        ("- {q: one, a: x, id: n}\n", {"hint": "y"}, "there is no line for hint:"),
        ("- &m {q: one, a: x, id: m}\n- *m\n", {"a": "y"}, ""),
        ("- &n\n  q: one\n  a: x\n  id: n\n- <<: *n\n", {"a": "y"}, "this file has mistakes"),
        ("- q: one\n  a: x\n  id: n\n  wrong: [z]\n", {"typed": True}, "typed: and wrong: cannot stand on one card"),
        ("- q: one\n  a: x\n  id: n\n", {"cloze": "{{c1::x}}"}, "cloze: and q: cannot stand on one card"),
        ("- q: one\n  a: x\n  id: n\n  wrong: [z]\n", {"a": "z"}, "a mistake then (this option is the answer"),
        ("- q: one\n  a: x\n  id: n\n  hint: # why\n    h\n", {"hint": ""}, "the comment beside hint:"),
        ("- q: one\n  a: x\n  id: n\n  wrong: # why\n  - h\n", {"wrong": ""}, "the comment beside wrong:"),
        ("- q: one\n  a: x\n  id: n\n- q: two\n", {"a": "y"}, "this file has mistakes"),
        ("- q: one\n  a: x\n  id: n\n- q: two\n  a: x\n  id: n\n", {"a": "y"}, "there is not one card n here any more"),
        ("- q: one\n  a: x\n", {"a": "y"}, "there is not one card n here any more"),
        ("- ? q\n  : one\n  ? a\n  : x\n  ? id\n  : n\n", {"tags": ("b",)}, "id: shares its line"),
        ("- q: \xff", {"a": "y"}, "is not UTF-8"),
    ],
)
def test_where_it_would_do_harm_the_note_is_left_and_told(
    text: str, changes: dict[str, KeyValue], why: str | None, tmp_path: Path
) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(text.encode("latin-1"))
    report = update_notes(file, {NoteId("n"): changes})
    if why is None:
        assert (report.problems, "# why" in file.read_text()) == ((), True)
        return
    assert file.read_bytes() == text.encode("latin-1")
    assert (len(report.problems), report.notes) == (1, frozenset())
    assert why in str(report.problems[0].message)


def test_one_that_must_be_left_keeps_no_other_from_its_new_values(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    text = "".join(f"- q: {n}\n  a: x\n  id: n{n}\n  wrong: [z]\n" for n in range(9))
    file.write_text(text)
    wanted: dict[NoteId, dict[str, KeyValue]] = {
        NoteId(f"n{n}"): {"a": "z" if n in (2, 7) else f"w{n}"} for n in range(9)
    }
    report = update_notes(file, wanted)
    assert report.notes == {note for note in wanted if note not in ("n2", "n7")}
    assert [problem.place.line for problem in report.problems] == [9, 29]
    expected = re.sub(r"x\n  id: n([^27])", r"w\1\n  id: n\1", text)
    assert file.read_text() == expected


def test_a_file_that_is_gone_is_a_circumstance(tmp_path: Path) -> None:
    with pytest.raises(DulyError, match="cannot be read"):
        update_notes(tmp_path / "a.yaml", {})


KINDS: st.SearchStrategy[Kind] = st.one_of(
    *(st.builds(kind, FILLED, FILLED) for kind in (Basic, Reversed, Typed)),
    st.builds(lambda q, a, wrong: Choice(q, a, (f"{wrong} 1", f"{wrong} 2")), FILLED, FILLED, FILLED),
)
CLOZES = st.builds(lambda text: Cloze(f"{text}{{{{c1::{text}}}}}"), FILLED.map(lambda text: text.strip("{}|")))
TAGS = st.lists(st.sampled_from("abcd"), unique=True).map(tuple)


FURTHER = st.lists(
    st.builds(FurtherCard, st.sampled_from(["reading", "x:", "#y", "读音"]).map(Face), FILLED, FILLED, st.booleans()),
    max_size=3, unique_by=lambda card: card.face,
).map(tuple)  # fmt: skip


def notes(
    kinds: st.SearchStrategy[Kind], further: st.SearchStrategy[tuple[FurtherCard, ...]]
) -> st.SearchStrategy[Note]:
    return st.builds(
        Note, st.just(NoteId("n")), kinds, st.just(DeckName("d")), TAGS, hint=TEXTS, extra=TEXTS, source=TEXTS,
        language=st.just(""), place=st.none(), is_stamped=st.just(True), further_cards=further,
    )  # fmt: skip


PAIRS = st.one_of(
    st.tuples(notes(KINDS, FURTHER), notes(KINDS, FURTHER)),
    st.tuples(*[notes(CLOZES, st.just(()))] * 2),
)


@settings(max_examples=60)
@given(PAIRS, st.sampled_from(["", "tags: [z]\n"]))
def test_any_note_becomes_any_other_of_its_id_between_others_that_stay(pair: tuple[Note, Note], head: str) -> None:
    old, new = pair
    other = "  - q: other\n    a: |+\n      x\n\n\n    id: {}\n"
    below = "  # below\n" + other.format("m")
    body = deck_text([old], deck="d").removeprefix("deck: d\ncards:\n")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "d.yaml")
        file.write_bytes(f"{head}cards:\n{other.format('l')}{body}{below}".encode())
        assert update_notes(file, {old.id: changed_values(old, new)}).problems == ()
        text = file.read_bytes().decode()
        assert text.startswith(f"{head}cards:\n{other.format('l')}  - ") and text.endswith(below)
        first, changed, last = load([file]).notes
    assert (first.id, last.id) == ("l", "m")
    assert changed_values(changed._replace(tags=tuple(tag for tag in changed.tags if tag != "z")), new) == {}
