"""Questions and answers in a text, read as notes."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.importers.reading import lost_words, places

from duly.cards import Basic, Note, derived_id
from duly.importers.importer import ImportedText
from duly.importers.qa.reader import read

PATH = Path("notes.txt")
SOURCE = Path(__file__).parent / "gpt-qa.txt"


def pair(note: Note) -> tuple[str, str]:
    assert isinstance(note.kind, Basic)
    return note.kind.question, note.kind.answer


def pairs(text: str) -> list[tuple[str, str]]:
    return [pair(note) for note in read(PATH, text).notes]


def problems(text: str) -> list[tuple[str, str]]:
    return [(str(problem.place), problem.kind) for problem in read(PATH, text).problems]


@pytest.fixture(scope="module")
def document() -> ImportedText:
    return read(SOURCE, SOURCE.read_text(encoding="utf-8"))


def test_the_document_holds_eleven_notes(document: ImportedText) -> None:
    lines = (3, 15, 23, 33, 43, 47, 51, 55, 64, 86, 90)
    assert [note.source for note in document.notes] == [f"gpt-qa.txt, line {line}" for line in lines]
    assert [note.place.line for note in document.notes if note.place] == [*lines]


def test_the_document_gives_its_title_and_its_section(document: ImportedText) -> None:
    assert document.title == "gpt 问答"
    assert {note.deck for note in document.notes} == {"gpt 问答"}
    assert [note.tags for note in document.notes] == [()] * 3 + [("gpt-基础",)] * 8


def test_every_answer_of_the_document_is_there_from_its_first_word_to_its_last(document: ImportedText) -> None:
    ends = [(answer[:5], answer[-5:]) for _, answer in map(pair, document.notes)]
    assert ends == [
        ("GPT选择", "构或预测。"), ("自回归语言", "这样的标记"), ("chatG", "样的效果。"), ("NLP理解", "面的形式。"),
        ("泛化能力是", "误差来评价"), ("假设我们有", "新的数据。"), ("拟合是一种", "泛的应用。"),
        ("spars", "和复杂度。"), ("一个spa", "应的操作。"), ("一个 sp", "知识转移。"), ("假设您有一", "和准确性。"),
    ]  # fmt: skip


def test_no_line_of_the_document_is_lost(document: ImportedText) -> None:
    texts = "\n".join(text for note in document.notes for text in pair(note))
    lines = [line for line in SOURCE.read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")]
    assert [line for line in lines if line.removeprefix("问：").removeprefix("答：") not in texts] == []


def test_the_matrix_and_the_arrays_of_the_document_stay_aligned(document: ImportedText) -> None:
    _, answer = pair(document.notes[8])
    assert "\n```\n1 0 0 1 0 0\n0 0 2 0 0 1\n0 0 0 2 0 0\n```\n" in answer
    assert "\n```\ndata:   [1, 1, 2, 1, 2]\nindptr: [0, 2, 4, 5]\nindices:[0, 3, 2, 5, 3]\n```\n" in answer


def test_the_document_is_warned_of_its_citation_marks_its_code_and_an_answer_without_a_mark(
    document: ImportedText,
) -> None:
    problem_places = [(problem.place.line, problem.place.column, problem.kind) for problem in document.problems]
    assert problem_places == [
        (35, 39, "citation-mark"),
        (61, 42, "citation-mark"),
        (66, 1, "unmarked-answer"),
        (70, 1, "aligned"),
        (75, 37, "citation-mark"),
        (77, 1, "aligned"),
        (88, 99, "citation-mark"),
    ]


def test_markers_of_both_languages_may_be_mixed() -> None:
    text = "问：一？\n答：1\nQ: two?\nA: 2\n\n**问：** 三？\n\n**答：** 3\n"
    assert pairs(text) == [("一？", "1"), ("two?", "2"), ("三？", "3")]


def test_a_note_has_its_id_and_its_line() -> None:
    (note,) = read(PATH, "\n\nQ: why?\nA: so").notes
    assert (note.id, note.is_stamped, note.source, note.deck) == (
        derived_id("why?"), True, "notes.txt, line 3", "notes",
    )  # fmt: skip


def test_an_answer_needs_no_marker() -> None:
    text = "Q: one?\n\nfirst\n\n* second\n## Section\nQ: two?\nx"
    assert pairs(text) == [("one?", "first\n\n* second"), ("two?", "x")]


def test_line_breaks_indentation_and_blank_lines_of_an_answer_stay() -> None:
    assert pairs("Q: x?\nA:\n\n    code\n\n\n  a   b\n") == [("x?", "    code\n\n\n  a   b")]


def test_a_question_goes_on_until_the_marker_of_its_answer() -> None:
    text = "Q: What is printed?\n```python\nprint(1)\n```\nA: 1"
    assert pairs(text) == [("What is printed?\n```python\nprint(1)\n```", "1")]


def test_windows_line_ends_are_line_ends() -> None:
    assert pairs("Q: x?\r\nA: one\r\ntwo\r\n") == [("x?", "one\ntwo")]


def test_a_rule_between_two_entries_is_no_part_of_either() -> None:
    assert pairs("Q: x?\nA: one\n\n---\n\nQ: y?\nA: a\n\n***\nb\n* * *\n") == [("x?", "one"), ("y?", "a\n\n***\nb")]


def test_a_heading_that_asks_is_answered_by_the_text_under_it() -> None:
    assert pairs("## Why?\nBecause.\n## How?\nA: So.\n") == [("Why?", "Because."), ("How?", "So.")]


def test_a_heading_that_asks_with_questions_right_under_it_is_a_section() -> None:
    (note,) = read(PATH, "# T\n## Ready?\n\nQ: a?\nA: b").notes
    assert (pair(note), note.tags) == (("a?", "b"), ("Ready?",))
    assert pairs("# Ready?\n## Why?\nSo.") == [("Why?", "So.")]


def test_headings_within_an_answer_belong_to_it_if_they_lie_deeper_than_the_question() -> None:
    text = "## How to install?\n### Linux\nx\n### macOS\ny\n## Other\nQ: z?\nA: z"
    assert pairs(text) == [("How to install?", "### Linux\nx\n### macOS\ny"), ("z?", "z")]


def test_a_heading_ends_the_answer_of_a_question_that_is_no_heading() -> None:
    text = "Q: a?\nA: b\n### Next\nQ: c?\nA: d"
    assert [(pair(note), note.tags) for note in read(PATH, text).notes] == [
        (("a?", "b"), ()),
        (("c?", "d"), ("Next",)),
    ]


def test_the_nearest_heading_above_becomes_the_tag() -> None:
    text = """# Book
## Part one
Q: a?
A: 1
### **Deep:  water**
Q: b?
A: 2
## Why c?
3
## Part two
### Q: d?
### A: 4
"""
    imported = read(PATH, text)
    assert imported.title == "Book"
    assert [(note.question, note.tags) for note in imported.notes] == [
        ("a?", ("Part-one",)),
        ("b?", ("Deep-water",)),
        ("Why c?", ()),
        ("d?", ("Part-two",)),
    ]


def test_one_of_several_headings_of_the_first_rank_is_no_title() -> None:
    imported = read(PATH, "# One\nQ: a?\nA: 1\n# Two\nQ: b?\nA: 2")
    assert (imported.title, [note.tags for note in imported.notes]) == ("", [("One",), ("Two",)])


def test_a_list_of_questions_loses_the_indentation_of_its_members() -> None:
    assert pairs("- Q: a?\n  A: one\n  * two\n    * three\n- Q: b?\n- A: c") == [
        ("a?", "one\n* two\n  * three"),
        ("b?", "c"),
    ]


def test_a_member_of_a_list_that_begins_with_a_is_no_marker_for_a_question_outside_of_lists() -> None:
    assert pairs("Q: which?\n- A: one\n- B: two") == [("which?", "- A: one\n- B: two")]


def test_options_after_the_answer_stay_and_are_warned_of() -> None:
    text = "Q: which?\nA: one\nB: two\nA: three"
    assert pairs(text) == [("which?", "one\nB: two\nA: three")]
    assert problems(text) == [("notes.txt:4:1", "second-answer")]


@pytest.mark.parametrize(
    ("text", "place", "kind"),
    [
        ("hello\nyou\n\nQ: a?\nA: b", "notes.txt:1:1", "not-placed"),
        ("\n  A: b\nQ: a?\nA: b", "notes.txt:2:3", "not-placed"),
        ("Q: a?\nA: b\n## S\n\n text\nQ: c?\nA: d", "notes.txt:5:2", "not-placed"),
        ("Q: a?\n\nQ: b?\nA: c", "notes.txt:1:1", "no-answer"),
        ("Q: a?\nA:\n\n---\n", "notes.txt:1:1", "no-answer"),
        ("## Why?\n\n## So\nQ: b?\nA: c", "notes.txt:1:1", "no-answer"),
        ("Q:\nA: c", "notes.txt:1:1", "no-question"),
        ("Q: a?\nA: b\nQ:  a?\nA: c", "notes.txt:3:1", "same-question"),
        ("Q: a?\nA: b\n```\nQ: c?\n```", "notes.txt:4:1", "question-in-code"),
    ],
)
def test_text_outside_of_cards_is_reported_at_its_place(text: str, place: str, kind: str) -> None:
    assert problems(text) == [(place, kind)]


def test_the_first_of_two_equal_questions_is_kept() -> None:
    assert pairs("Q: a?\nA: b\nQ: a?\nA: c") == [("a?", "b")]


def test_digits_in_code_are_no_citation_marks() -> None:
    assert problems("Q: a?\n```\n学习。12 通过\n```") == []


PIECES = st.sampled_from(
    ["问：", "答：", "Q: ", "A: ", "**Q:** ", "# ", "### ", "- ", "```", "~~~", "---", "x", "中文", "?", "？", " ",
     "  ", "1 2", "\t", "12。", "\n", "\n", "\n\n", "\r\n"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=25).map("".join))
def test_any_text_is_read_and_nothing_is_made_up(text: str) -> None:
    imported = read(PATH, text)
    texts = text.replace("\r\n", "\n")
    assert len({note.id for note in imported.notes}) == len(imported.notes)
    for note in imported.notes:
        for side in pair(note):
            assert side.strip()
            assert all(line.strip() in texts for line in side.split("\n") if line.strip() != "```")
    lines = [problem.place.line for problem in imported.problems]
    assert lines == sorted(lines)


LINES = st.sampled_from(
    ["问：a{}？", "答：b{}", "Q: c{}", "A: d{}", "# e{}", "## f{}?", "- g{}", "- Q: h{}", "  - A: i{}", "j{}", "",
     "```", "---", "  k{}", "1 2 l{}", "**Q:** m{}"]
)  # fmt: skip


@given(st.lists(LINES, max_size=14))
def test_every_line_is_in_a_card_or_reported(lines: list[str]) -> None:
    text = "\n".join(line.replace("{}", str(number)) for number, line in enumerate(lines))
    assert lost_words(text, read(PATH, text), besides="#.*") == []


def test_a_line_without_a_key_in_front_matter_is_reported() -> None:
    imported = read(PATH, "---\n- Q: what?\n---\n")
    assert [problem.place.line for problem in imported.problems] == [2]


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        ("问：没有答案的？\n\n买牛奶，还书\n", [(3, "unmarked-answer")]),
        ("Q: no answer?\n\nbuy milk\n\nQ: b?\nA: c\n", [(3, "unmarked-answer")]),
        ("问：什么？\n直接在下面\n", []),
        ("问：什么？\n\n答：有。\n", []),
        ("## 问：什么？\n\n标题下面的正文\n", []),
    ],
)
def test_an_answer_without_a_mark_below_a_blank_line_is_taken_and_warned_of(
    text: str, warned: list[tuple[int, str]]
) -> None:
    imported = read(PATH, text)
    assert places(imported) == warned
    assert imported.notes and not imported.left_out
