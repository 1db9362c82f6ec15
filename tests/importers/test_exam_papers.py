"""Exams: the headings of their parts, answers of several letters, and statements that are judged."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.importers.reading import lost_words, pairs

from duly.cards import Basic, Choice
from duly.importers.qa.reader import read, recognise

PATH = Path("exam.txt")


@pytest.mark.parametrize(
    "heading",
    [
        "五、名词解释", "五、名词解释题", "五、名词解释（每题 3 分）", "六、论述题", "七、计算题：", "三、案例分析",
        "四、阅读理解", "十、判断", "八、程序阅读", "九、画图（10 分）",
    ],
)  # fmt: skip
def test_the_heading_of_a_part_ends_the_answer_above_it(heading: str) -> None:
    imported = read(PATH, f"2. 首都是____。\n答案：北京\n\n{heading}\n3. 什么是过拟合？\n答：泛化差。\n")
    assert pairs(imported) == [("首都是____。", "北京"), ("什么是过拟合？", "泛化差。")]
    assert not imported.notes[0].tags and imported.notes[1].tags and not imported.problems


@pytest.mark.parametrize("answer", ["一、准备\n二、执行", "一、准备\n\n二、执行\n\n三、检查", "\n一、先准备，再执行。"])
def test_a_list_in_an_answer_is_no_heading(answer: str) -> None:
    imported = read(PATH, f"问：有哪几步？\n答：{answer}\n\n问：然后？\n答：完。\n")
    assert pairs(imported) == [("有哪几步？", answer.strip()), ("然后？", "完。")]


@pytest.mark.parametrize("letters", ["AC", "A、C", "A,C", "A, C", "A，C", "A C", "（AC）", "AC。", "A和C"])
def test_an_answer_of_several_letters_is_the_text_of_these_options(letters: str) -> None:
    (note,) = read(PATH, f"1. 哪些是水果？\nA. 苹果\nB. 白菜\nC. 梨\n答案：{letters}\n都长在树上。\n").notes
    assert note.kind == Basic("哪些是水果？\nA. 苹果\nB. 白菜\nC. 梨", "苹果\n梨")
    assert note.extra == "都长在树上。"


@pytest.mark.parametrize("answer", ["AE", "CA", "AA", "BAD"])
def test_letters_that_name_no_options_in_turn_stay_as_they_are(answer: str) -> None:
    (note,) = read(PATH, f"1. 哪些是水果？\nA. 苹果\nB. 白菜\nC. 梨\n答案：{answer}\n").notes
    assert isinstance(note.kind, Basic) and note.kind.answer == answer


@pytest.mark.parametrize(
    ("sign", "answer"),
    [("（×）", "错"), ("（√）", "对"), ("(对)", "对"), ("(F)", "错"), ("（ T ）", "对"), ("（错误）。", "错")],
)
@pytest.mark.parametrize("heading", ["一、判断题\n", "## 判断\n", ""])
def test_a_statement_is_asked_and_its_judgement_is_the_answer(heading: str, sign: str, answer: str) -> None:
    text = f"{heading}1. 梯度下降一定收敛。{sign}\n2. 水是湿的。（√）\n"
    assert recognise(PATH, text).confidence
    imported = read(PATH, text)
    assert pairs(imported) == [("梯度下降一定收敛。", answer), ("水是湿的。", "对")]
    assert not imported.problems


def test_a_judgement_is_explained_below_it_and_ends_the_card_above() -> None:
    text = (
        "一、单选题\n1. 哪个？\nA. 甲\nB. 乙\n答案：A\n二、判断题\n2. 内存会丢数据。（√）\n解析：断电。\n"
        "3. The sun is cold. (F)\n三、简答题\n4. 为什么？\n答：因为。\n"
    )
    imported = read(PATH, text)
    assert [(note.kind, note.extra) for note in imported.notes] == [
        (Choice("哪个？", "甲", ("乙",)), ""),
        (Basic("内存会丢数据。", "对"), "断电。"),
        (Basic("The sun is cold.", "False"), ""),
        (Basic("为什么？", "因为。"), ""),
    ]
    assert not imported.problems


@pytest.mark.parametrize(
    "text", ["1. 只有一句。（对）\n", "甲（对）\n乙（错）\n", "买菜（x）\n", "一、判断题\n（√）\n"]
)
def test_a_single_or_unnumbered_judgement_is_no_statement(text: str) -> None:
    assert not read(PATH, text).notes


def test_judgements_in_an_answer_stay_there() -> None:
    imported = read(PATH, "问：哪些对？\n答：如下\n1. 甲（√）\n2. 乙（×）\n")
    assert pairs(imported) == [("哪些对？", "如下\n1. 甲（√）\n2. 乙（×）")]


def test_a_long_line_of_spaces_and_brackets_is_read_once() -> None:
    assert not read(PATH, "判断" + " （" * 200_000 + "\n").notes


LINES = (
    "一、判断题", "二、名词解释", "三、{}", "1. 甲{}。（×）", "2. {}。(T)", "3. {}？", "答：{}", "答案：AB",
    "A. {}", "B. {}", "解析：{}", "", "{}",
)  # fmt: skip


@given(st.lists(st.sampled_from(LINES), max_size=12))
def test_no_line_of_an_exam_is_lost(lines: list[str]) -> None:
    text = "\n".join(line.format(f"w{number}") for number, line in enumerate(lines))
    assert lost_words(text, read(PATH, text), besides="三、.*") == []
