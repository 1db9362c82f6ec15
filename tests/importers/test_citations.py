"""Digits that look like citation marks left over from a copied answer."""

import pytest

from duly.importers.qa.citations import citation_marks


@pytest.mark.parametrize(
    ("line", "digits"),
    [
        ("通常可以分为以下几种12：", "12"),
        ("提高存储和运算效率2。稀疏矩阵是指", "2"),
        ("用来sparse化这个矩阵2。CSR使用", "2"),
        ("每种语言的参数可以学习。12 通过重叠的子网络", "12"),
        ("参数可以学习。3", "3"),
        ("参数（权重）4。", "4"),
        ("Each language is learned explicitly.12 Through overlap", "12"),
        ("It improves efficiency2.", "2"),
    ],
)
def test_a_citation_mark_is_found_at_its_place(line: str, digits: str) -> None:
    assert list(citation_marks(line)) == [(line.index(digits), digits)]


def test_every_mark_of_a_line_is_found_in_order() -> None:
    assert [digits for _, digits in citation_marks("提高效率1。减少大小2。学习。34 通过")] == ["1", "2", "34"]


@pytest.mark.parametrize(
    "line",
    [
        "我们使用的是GPT2。", "比如GPT2：", "一个3×6的矩阵", "进入第2步。", "始于2017。", "共有5个。", "一共5个：",
        "大部分值变为0。", "其余的元素都是0。", "结果等于12。", "如图2。", "参见表12。", "步骤1：先选模型",
        "- 方法2：再求参数", "**情况3：** 两者都高", "它是ELMo的第2版。", "时间是8:30。", "公式为x2。", "见[2]。",
        "v1.2 The", "H2O. 2 Apples", "Use python3.", "See fig.2 The", "utf8: yes", "data: [1, 1, 2, 1, 2]",
        "节省33%。", "1 0 0 1 0 0", "。\n2", "他说：“好。”2 个", "第12、13。",
    ],
)  # fmt: skip
def test_numbers_that_belong_to_the_text_are_left_alone(line: str) -> None:
    assert list(citation_marks(line)) == []
