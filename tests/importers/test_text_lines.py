"""Which lines open a question, an answer or a section."""

import pytest

from duly.importers.text_lines import Mark, read_line, read_lines


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("问：什么是拟合？", "什么是拟合？"),
        ("问:什么是拟合？", "什么是拟合？"),
        ("Q: Why?", "Why?"),
        ("q：Why?", "Why?"),
        ("Ｑ ：　Why?  ", "Why?"),
        ("  Q:Why?", "Why?"),
        ("### Q: Why? ###", "Why?"),
        ("### Q: Why C#?", "Why C#?"),
        ("- Q: Why?", "Why?"),
        ("12. Q: Why?", "Why?"),
        ("3、问：为何？", "为何？"),
        ("**问：**为何？", "为何？"),
        ("**问**：为何？", "为何？"),
        ("**问：为何？**", "为何？"),
        ("**Q:** **Why** now?", "**Why** now?"),
        ("**Q: Why** now?", "**Why** now?"),
        ("Q:**Why** now?", "**Why** now?"),
        ("- __Q__: Why?", "Why?"),
        ("### **Q:** Why?", "Why?"),
        ("Q:", ""),
    ],
)
def test_a_marker_opens_a_question(text: str, content: str) -> None:
    line = read_line(1, text)
    assert (line.mark, line.content) == (Mark.QUESTION, content)


@pytest.mark.parametrize("text", ["答：是", "A: 是", "a：是", "**答：** 是", "  A:是", "#### A: 是", "- **A**: 是"])
def test_a_marker_opens_an_answer(text: str) -> None:
    line = read_line(1, text)
    assert (line.mark, line.content) == (Mark.ANSWER, "是")


@pytest.mark.parametrize(
    "text",
    ["问题：为何", "提问：为何", "FAQ: why", "q://host", "A:\\files", "如问：何", "Q why?", "> Q: why?", "Qa: b"],
)
def test_what_only_resembles_a_marker_is_text(text: str) -> None:
    assert read_line(1, text).mark is Mark.TEXT


@pytest.mark.parametrize(
    ("text", "asks"),
    [("## 什么是拟合？", True), ("# Why? #", True), ("## **Why?**", True), ("## 拟合", False), ("##", False)],
)
def test_a_heading_asks_if_it_ends_in_a_question_mark(text: str, asks: bool) -> None:
    line = read_line(1, text)
    assert (line.mark, line.is_question_heading) == (Mark.HEADING, asks)


@pytest.mark.parametrize("text", ["#tag?", "    # code?", "####### seven?", "a # b?"])
def test_what_only_resembles_a_heading_is_text(text: str) -> None:
    assert read_line(1, text).mark is Mark.TEXT


def mark_letters(text: str) -> str:
    return "".join(line.mark.name[0] for line in read_lines(text))


def test_fenced_code_opens_nothing() -> None:
    assert mark_letters("Q: x\n```\nA: y\n# z?\n```\nA: y") == "QTTTTA"
    assert mark_letters("~~~~\nQ: x\n~~~\n```\n~~~~\nQ: x") == "TTTTTQ"


def test_a_fence_that_is_never_closed_hides_nothing() -> None:
    assert mark_letters("Q: x\n```\nA: y\n````\nQ: z\n``` x") == "QTTTQT"
    assert mark_letters("Q: x\n````\nA: y\n```\nA: z\n```\nA: z") == "QTATTTA"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_ends_a_line(end: str) -> None:
    assert [line.text for line in read_lines(end.join(["Q: x", "", "A: y", ""]))] == ["Q: x", "", "A: y", ""]
