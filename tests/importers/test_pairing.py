"""Signs of questions that count only where an answer follows."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.importers.reading import pairs, places

from duly.cards import Basic, Choice
from duly.importers.qa.pairing import pair_lines
from duly.importers.qa.reader import read, recognise
from duly.importers.text_lines import Mark, read_lines

PATH = Path("notes.txt")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("问题：什么是锁？\n答案：互斥", [("什么是锁？", "互斥")]),
        ("题目：什么是锁？\n解答：互斥", [("什么是锁？", "互斥")]),
        ("Question: why?\nAnswer: so", [("why?", "so")]),
        ("【问】什么是锁？\n【答】互斥\n更多", [("什么是锁？", "互斥\n更多")]),
        ("【问题1】什么是锁？【答案】互斥", [("什么是锁？", "互斥")]),
        ("Q1：甲？\nA1：乙\nQ2：丙？\nA2：丁", [("甲？", "乙"), ("丙？", "丁")]),
        ("问1：甲？\n答1：乙\n\n问二：丙？\n答二：丁", [("甲？", "乙"), ("丙？", "丁")]),
        ("1. 问：甲？\n   答：乙\n2.问：丙？\n  答：丁", [("甲？", "乙"), ("丙？", "丁")]),
        (
            "（1）问：甲？\n答：乙\n②问：丙？\n答：丁\n三、问：戊\n答：己",
            [("甲？", "乙"), ("丙？", "丁"), ("戊", "己")],
        ),
        ("**问题1：**甲？\n**答案：**乙", [("甲？", "乙")]),
        ("### 问题1：甲？\n答案：乙\n### 问题2：丙？\n答案：丁", [("甲？", "乙"), ("丙？", "丁")]),
        ("1、简述甲\n答：乙\n\n2、简述丙\n答：丁", [("简述甲", "乙"), ("简述丙", "丁")]),
        ("1、甲\n答：\n1、一\n2、二\n\n2、乙\n答：三", [("甲", "1、一\n2、二"), ("乙", "三")]),
        ("**1. 甲？**\n**答**：乙", [("甲？", "乙")]),
        ("甲？\n答：乙\n丙？\n\n答：丁", [("甲？", "乙"), ("丙？", "丁")]),
        ("## 简述甲\n答：乙\n## 简述丙\n答案：丁", [("简述甲", "乙"), ("简述丙", "丁")]),
        ("1. 简述甲\n详细一些\n答案：乙\n2. 简述丙\n答案：丁", [("简述甲\n详细一些", "乙"), ("简述丙", "丁")]),
        ("Front: a?\nBack: b\n\nFront: c\nBack: d", [("a?", "b"), ("c", "d")]),
        ("Term: a\nDefinition: b\n正面：甲\n背面：乙", [("a", "b"), ("甲", "乙")]),
        ("**Question 3** why?\n\n**Answer** so\n**问题 4** 甲\n**答案**\n乙", [("why?", "so"), ("甲", "乙")]),
        ("1、甲？\n\n答：乙\n\n2、丙？\n（1）丁\n（2）戊", [("甲？", "乙"), ("丙？", "（1）丁\n（2）戊")]),
        ("Q) a?\nA) b\nQ) c?\nA) d", [("a?", "b"), ("c?", "d")]),
        ("Q: c?\nA. d\nB. e\n答案：都对", [("c?\nA. d\nB. e", "都对")]),
        ("问：甲？答：乙\nQ: c? A: d", [("甲？", "乙"), ("c?", "d")]),
    ],
)
def test_a_question_is_read_where_its_answer_follows(text: str, expected: list[tuple[str, str]]) -> None:
    assert recognise(PATH, text).confidence
    assert pairs(read(PATH, text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "问题：页面打不开\n原因：网络断了\n解决：重启",
        "【问题】服务挂了\n【原因】磁盘满了",
        "Q1：营收增长\nQ2：营收下降\nA股：上涨",
        "Question: what now\nQ1: revenue grew",
        "正文\n答案：见附录",
        "步骤：\n1. 打开\n2. 关闭\n答：以上",
        "1. 打开\n\n2. 关闭\n\n答：以上",
        "小明有3个苹果，\n吃了1个，还剩几个？\n答：2个",
        "1.5 倍\n答：是",
        "他问：好吗？答：好",
        "```\n问题：甲\n答案：乙\n```",
        "问题：甲\n\n# 别的\n\n正文",
        "**A** is a letter\n**B** too",
    ],
)
def test_prose_that_only_resembles_a_question_is_not_read_as_one(text: str) -> None:
    assert not recognise(PATH, text).confidence


@pytest.mark.parametrize(
    "text",
    [
        "1. 选哪个？\nA. 甲\nB. 乙\nC. 丙\n答案：B",
        "问：选哪个？\nA：甲\nB：乙\nC：丙\n答案：B",
        "Q: 选哪个？\n(A) 甲 (B) 乙 (C) 丙\nA: B. 乙",
        "1. 选哪个？\nA. 甲\nB. 乙\nC. 丙\nAnswer: (b)",
        "### 选哪个？\n- [ ] 甲\n- [x] 乙\n- [ ] 丙",
    ],
)
def test_lettered_options_and_the_letter_of_the_right_one_are_a_choice(text: str) -> None:
    (note,) = read(PATH, text).notes
    assert note.kind == Choice("选哪个？", "乙", ("甲", "丙"))


def test_the_word_for_an_answer_within_an_answer_is_text() -> None:
    assert pairs(read(PATH, "问：甲？\n答：乙\n参考答案：丙\n## 丁？\n正文\n答案：戊")) == [
        ("甲？", "乙\n参考答案：丙"), ("丁？", "正文\n答案：戊"),
    ]  # fmt: skip


def test_an_explanation_above_the_answer_explains_it() -> None:
    (note,) = read(PATH, "1. 简述甲\n解析：丙\n答案：乙\n").notes
    assert (note.kind, note.extra) == (Basic("简述甲", "乙"), "丙")


@pytest.mark.parametrize("word", ["答案：", "参考答案：", "Answer:", "【答】"])
def test_a_second_answer_below_an_explanation_is_kept_there_and_warned_of(word: str) -> None:
    imported = read(PATH, f"问：甲？\n答：乙\n解析：丙\n{word}丁\n")
    assert [(note.kind, note.extra) for note in imported.notes] == [(Basic("甲？", "乙"), f"丙\n{word}丁")]
    assert places(imported) == [(4, "second-answer")]


def test_an_answer_on_the_line_of_its_question_includes_the_lines_below() -> None:
    imported = read(PATH, "问：甲？答：乙\n再说12。\n")
    assert pairs(imported) == [("甲？", "乙\n再说12。")]
    assert [(problem.place.line, problem.place.column) for problem in imported.problems] == [(2, 3)]


PIECES = (
    "问题：", "答案：", "Q1：", "A1：", "【问】", "【答】", "1、", "2. ", "## ", "A. ", "B：",
    "甲", "乙？", "答", "\n", "\n\n",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=16).map("".join))
def test_a_sign_in_prose_opens_a_question_with_an_answer_or_a_question_mark(text: str) -> None:
    marked_lines = [line for line in pair_lines(read_lines(text)) if line.mark in (Mark.QUESTION, Mark.ANSWER)]
    for line, below in zip(marked_lines, [*marked_lines[1:], None], strict=False):
        if line.mark is Mark.QUESTION and (below is None or below.mark is Mark.QUESTION):
            assert line.content.endswith("？") or line.level
        if line.mark is Mark.ANSWER:
            assert below is None or below.mark is Mark.QUESTION


KINDS = (
    "问：{}？", "Q: {}?", "**Q:** {}?", "### {}？", "【问题】{}？", "问题：{}？", "Q{}. {}?", "问{}、{}？",
    "（{}）{}？", "{}. {}?",
    "**{}？**", "<details><summary>{}?</summary>", "- Q: {}?", "> Q: {}?", "Frage: {}?", "　　问：{}？", "追问：{}？",
)  # fmt: skip
ANSWERS = (
    "答：{}",
    "A: {}",
    "【答案】{}",
    "解析：{}",
    "text {}",
    "\ntext {}",
    "答：{}\n\nmore {}",
    "答案：\n\n{}\n- {}",
)


@given(
    st.lists(st.tuples(st.sampled_from(KINDS), st.sampled_from(ANSWERS), st.sampled_from(["\n", "\n\n"])), max_size=6)
)
def test_every_marked_question_is_a_card_or_a_warning(questions: list[tuple[str, str, str]]) -> None:
    count = iter(range(1, 1000))
    text = "".join(f"{asks}\n{answers}{gap}" for asks, answers, gap in questions)
    text = re.sub(r"\{\}", lambda _: str(next(count)), text)
    imported = read(Path("a.md"), text)
    assert len(imported.notes) + len(imported.problems) >= len(questions), text


def test_the_parts_of_an_exam_end_the_cards_above_them_and_are_their_tags() -> None:
    text = (
        "一、单选题（每题2分）\n1．哪个是软件？\nA．甲　B．乙\n【答案】B\n"
        "第二部分 判断题\n2．内存会丢数据。（　　）\n【答案】√\n【解析】断电。\n三、简答题\n3．简述甲\n答：丙\n"
    )
    imported = read(PATH, text)
    assert [(note.kind, note.tags, note.extra) for note in imported.notes] == [
        (Choice("哪个是软件？", "乙", ("甲",)), ("单选题（每题2分）",), ""),
        (Basic("内存会丢数据。（　　）", "√"), ("判断题",), "断电。"),
        (Basic("简述甲", "丙"), ("简答题",), ""),
    ]
    assert not imported.problems


def test_text_below_the_letter_of_the_right_option_is_an_explanation() -> None:
    (note,) = read(PATH, "Q: 选哪个？\nA. 甲\nB. 乙\n答案：B\n因为如此。\n\n再说一句。\n").notes
    assert (note.kind, note.extra) == (Choice("选哪个？", "乙", ("甲",)), "因为如此。\n\n再说一句。")


def test_a_numbered_question_is_shown_without_its_emphasis_and_its_text_without_the_indentation_of_the_list() -> None:
    text = "1. **什么是锁？**\n\n   互斥\n\n   - 甲\n     - 乙\n\n2. **什么是堆？**\n\n   内存\n"
    assert pairs(read(PATH, text)) == [("什么是锁？", "互斥\n\n- 甲\n  - 乙"), ("什么是堆？", "内存")]


@pytest.mark.parametrize("summary", ["<b>Answer</b>", "Show answer", "点击查看答案"])
def test_a_folded_answer_belongs_to_the_question_above(summary: str) -> None:
    text = (
        "###### 3. 输出什么？\n\n- A: `1`\n- B: `2`\n\n"
        f"<details><summary>{summary}</summary>\n<p>\n\n#### Answer: A\n\n因为如此。\n\n</p>\n</details>\n\n---\n"
        f"###### 4. 为什么？\n<details><summary>{summary}</summary>\n\n没有为什么。\n</details>\n"
    )
    imported = read(Path("a.md"), text)
    assert [(note.kind, note.extra) for note in imported.notes] == [
        (Choice("3. 输出什么？", "`1`", ("`2`",)), "因为如此。"), (Basic("4. 为什么？", "没有为什么。"), ""),
    ]  # fmt: skip
    assert not imported.problems
