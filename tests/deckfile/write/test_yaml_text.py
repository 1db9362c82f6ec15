"""Notes as YAML: what is written is what is read back, and looks as a person would have written it."""

from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from duly.cards import Basic, Choice, Cloze, DeckName, Kind, Note, NoteId, Reversed, Typed
from duly.deckfile.parse_file import parse
from duly.deckfile.write.yaml_text import deck_text, note_text, one_line
from duly.deckfile.yaml.source import Source

LOADERS = (yaml.BaseLoader, yaml.CBaseLoader, yaml.SafeLoader, yaml.CSafeLoader)
SIGNS = "ab \n\t\r:#-'\"|>[]{},&*!?%@`中：é\x85\u2028\ufeff\x00\x7f😀.0~=\\<"
TEXTS = st.one_of(st.text(), st.text(st.sampled_from(SIGNS), max_size=12))
FILLED = st.text(st.sampled_from("ab\n :#-'中|{}"), max_size=12).map(lambda text: f"{text}x")

EXPECTED = ("same-sides", "cloze-in-basic", "unclear-hint")
"""What is asked of any card that has such texts, however they were written."""


def note(kind: Kind, **more: object) -> Note:
    values: dict[str, object] = {"id": NoteId("n1"), "deck": DeckName("x"), **more}
    return Note(kind=kind, **values)  # type: ignore[arg-type]


def basic(answer: str = "b", question: str = "a", **more: object) -> Note:
    return note(Basic(question, answer), **more)


def test_what_reads_like_a_path_or_a_formula_in_double_quotes_has_no_escape_that_is_a_letter() -> None:
    assert one_line("one\ttwo") == r'"one\ttwo"'
    assert one_line("C:\tmp") == r'"C:\x09mp"'
    assert one_line("$a\theta$\nb") == r'"$a\x09heta$\x0ab"'


def test_a_deck_without_a_head_is_a_list() -> None:
    assert deck_text([basic(), note(Reversed("c", "d"), id=NoteId("n2"))]) == (
        "- q: a\n  a: b\n  id: n1\n\n- q: c\n  a: d\n  reverse: true\n  id: n2\n"
    )


def test_what_all_notes_share_stands_in_the_head() -> None:
    written = deck_text(
        [basic(tags=("gpt", "own")), basic(id=NoteId("n2"), tags=("gpt",))],
        deck="GPT::基础", language="zh-Hans", tags=["gpt", "a,b"],
    )  # fmt: skip
    assert (
        written
        == """\
deck: GPT::基础
language: zh-Hans
tags: [gpt, 'a,b']
cards:
  - q: a
    a: b
    id: n1
    tags: [own]

  - q: a
    a: b
    id: n2
"""
    )


def test_a_deck_without_notes_is_written_too() -> None:
    assert deck_text([]) == "[]\n"
    assert deck_text([], deck="d") == "deck: d\ncards: []\n"


def test_other_right_answers_stand_below_typed() -> None:
    assert note_text(note(Typed("a", "b", ("c", "d, e"), exact=True)), 0) == (
        "- q: a\n  a: b\n  typed: exact\n  also: [c, 'd, e']\n  id: n1\n"
    )


def test_keys_come_in_one_order() -> None:
    full = note(Typed("a", "b"), tags=("t",), hint="h", extra="e", source="gpt-qa.txt, line 15")
    assert (
        note_text(full, 2)
        == """\
  - q: a
    a: b
    typed: true
    id: n1
    tags: [t]
    hint: h
    extra: e
    source: gpt-qa.txt, line 15
"""
    )


def test_a_cloze_has_no_question() -> None:
    assert note_text(note(Cloze("{{c1::x}} y")), 0) == "- cloze: '{{c1::x}} y'\n  id: n1\n"


def test_short_options_stand_in_one_line_and_long_ones_below_one_another() -> None:
    assert "  wrong: [c, 'd, e', f]\n" in note_text(note(Choice("a", "b", ("c", "d, e", "f"))), 0)
    assert "  wrong: [先看，再听, 都不]\n" in note_text(note(Choice("a", "b", ("先看，再听", "都不"))), 0)
    assert "  wrong: ['先看，再听']\n" in note_text(note(Choice("a", "b", ("先看，再听",))), 0)
    long = "word " * 30 + "end"
    assert note_text(note(Choice("a", "b", (long, "- c", "d\ne"))), 0) == (
        f"- q: a\n  a: b\n  wrong:\n    - {long}\n    - '- c'\n    - |-\n      d\n      e\n  id: n1\n"
    )


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("one\ntwo", " |-\n    one\n    two\n"),
        ("one\n\n  two\n", " |\n    one\n\n      two\n"),
        ("  one\ntwo", " |2-\n      one\n    two\n"),
        ("\n one\ntwo", " |2-\n\n     one\n    two\n"),
        ("# 一\n- 'x': \"y\"", " |-\n    # 一\n    - 'x': \"y\"\n"),
        ("word " * 60 + "end", " " + "word " * 60 + "end\n"),
        ("什么是 CSR？（行）", " 什么是 CSR？（行）\n"),
        ("3×6 的矩阵", " 3×6 的矩阵\n"),
        ("a: b", " 'a: b'\n"),
        ("it's C#", " it's C#\n"),
        ("it's #1", " 'it''s #1'\n"),
        ("**bold**", " '**bold**'\n"),
        ("no", " 'no'\n"),
        ("~", " '~'\n"),
        ("1.10", " '1.10'\n"),
        ("2026-01-01", " '2026-01-01'\n"),
        ("0x1F", " '0x1F'\n"),
        ("12:30", " '12:30'\n"),
        ("1e3", " '1e3'\n"),
        ("0o17", " '0o17'\n"),
        ("", " ''\n"),
        (" x ", " ' x '\n"),
        ("a\tb", ' "a\\tb"\n'),
        ("a\n\tb", ' "a\\n\\tb"\n'),
        ("a\n\n", ' "a\\n\\n"\n'),
        ("a\rb\x00\u2028\U000e0001", ' "a\\x0db\\x00\\u2028\U000e0001"\n'),
        ('"\x85\\', ' "\\"\\x85\\\\"\n'),
    ],
)
def test_a_text_is_written_as_plainly_as_it_can_be(text: str, written: str) -> None:
    assert note_text(basic(text), 0) == f"- q: a\n  a:{written}  id: n1\n"


@given(TEXTS, TEXTS)
@example("0?", "=")
@example("<<", "a\n ")
@example("\n", " \n x")
def test_any_text_is_read_back_as_it_was_by_every_reader(text: str, two: str) -> None:
    several = [
        basic(text, question=two, extra=two or "x", source=text or "x"),
        note(Choice(text, two, (two, text)), id=NoteId("n2"), extra=text or "x"),
        note(Cloze(text), id=NoteId("n3")),
    ]
    for loader in LOADERS:
        first, second, third = yaml.load(deck_text(several, deck="d"), loader)["cards"]
        assert (first["a"], first["q"], first["extra"], first["source"]) == (text, two, two or "x", text or "x")
        assert (second["q"], second["a"], second["wrong"], second["extra"]) == (text, two, [two, text], text or "x")
        assert third["cloze"] == text


@given(FILLED, FILLED, FILLED, st.lists(st.sampled_from(["x", "a::b", "1", "no", "é,[", "#t"]), unique=True))
def test_a_written_note_is_the_note_that_duly_reads(question: str, answer: str, extra: str, tags: list[str]) -> None:
    several = [
        basic(answer, question=question, extra=extra, tags=tuple(tags), language="zh-Hans", is_stamped=True),
        note(Cloze(f"{{{{c1::{answer}}}}}"), id=NoteId("1e5"), language="zh-Hans", tags=tuple(tags), is_stamped=True),
    ]
    text = deck_text(several, deck="x", language="zh-Hans")
    parsed = parse(Source(Path("f.yaml"), text), DeckName("f"))
    assert [problem.kind for problem in parsed.problems if problem.kind not in EXPECTED] == []
    kinds = [(entry.note.id, entry.note.kind, entry.note.extra, entry.note.tags) for entry in parsed.entries]
    assert kinds == [(written.id, written.kind, written.extra, written.tags) for written in several]
    assert {(entry.note.deck, entry.note.language, entry.note.is_stamped) for entry in parsed.entries} == {
        ("x", "zh-Hans", True)
    }
    read_back = [entry.note for entry in parsed.entries]
    assert deck_text(read_back, deck="x", language="zh-Hans") == text
