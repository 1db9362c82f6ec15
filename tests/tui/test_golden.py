"""Whole screens, compared with the text files in ``golden``, in both languages; three views at three sizes.

After a change that is meant, write them anew and read the difference before it is committed::

    DULY_GOLDEN=write pytest tests/tui/test_golden*.py
"""

from itertools import count
from types import SimpleNamespace

import pytest
from tests.tui.gallery import at_its_sizes, compare
from tests.tui.learner import Learner, press, write

from duly.i18n import set_language

ENGLISH = """\
deck: Mathematics::Sparse matrices
tags: [sparse, storage]
cards:
  - q: Which three arrays does **CSR** keep, and how many numbers does each of them hold?
    a: |
      For a matrix with $m$ rows and $n$ entries other than zero:

      - `data`: the values, $n$ numbers;
      - `indices`: their columns, $n$ numbers;
      - `indptr`: where each row starts, $m + 1$ numbers.

      | array | holds | length |
      | --- | --- | --- |
      | `data` | values | $n$ |
      | `indices` | columns | $n$ |
      | `indptr` | row starts | $m+1$ |
    hint: One of them is shorter than the others.
    extra: Row $i$ lies between `indptr[i]` and `indptr[i+1]`.
    source: lecture 4
  - q: The English name of CSR?
    a: compressed sparse row
    typed: true
  - q: Which format suits a matrix that is built entry by entry?
    a: a list of coordinates (COO)
    wrong: [compressed rows (CSR), compressed columns (CSC), diagonals (DIA)]
  - cloze: CSR is fast to {{c1::multiply with a vector::an operation}} and slow to {{c2::change}}.
"""
CHINESE = """\
deck: 数学::稀疏矩阵
language: zh-Hans
tags: [稀疏, 存储]
cards:
  - q: '**CSR** 格式保存哪三个数组？它们各有多少个数？'
    a: |
      设矩阵有 $m$ 行、$n$ 个非零元素：

      - `data`：各元素的值，共 $n$ 个数；
      - `indices`：各元素所在的列，共 $n$ 个数；
      - `indptr`：每一行从哪里开始，共 $m + 1$ 个数。

      | 数组 | 内容 | 长度 |
      | --- | --- | --- |
      | `data` | 值 | $n$ |
      | `indices` | 列号 | $n$ |
      | `indptr` | 行的起点 | $m+1$ |
    hint: 其中一个比另外两个短。
    extra: 第 $i$ 行位于 `indptr[i]` 与 `indptr[i+1]` 之间。
    source: 第四讲
  - q: “稀疏矩阵”的反义词是什么？
    a: 稠密矩阵
    typed: true
  - q: 逐个元素地建立矩阵，用哪一种格式最合适？
    a: 坐标列表（COO）
    wrong: [按行压缩（CSR）, 按列压缩（CSC）, 按对角线存储（DIA）]
  - cloze: CSR 适合{{c1::与向量相乘::一种运算}}，不适合{{c2::修改}}。
"""
OTHER_DECK = {
    "en": "deck: Mathematics::Probability\ncards: [{q: P of the sure event?, a: one}, {q: Broken, answer: no}]\n",
    "zh": "deck: 数学::概率论\ncards: [{q: 必然事件的概率？, a: 一}, {q: 坏卡, answer: 无}]\n",
}
DECKS = {"en": ENGLISH, "zh": CHINESE}
NEARLY = {"en": "compresed sparse rows", "zh": "稠蜜矩阵"}

TOUR: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("decks", ()),
    ("help", ("question_mark",)),
    ("question", ("escape", "a", "h")),
    ("answer", ("space",)),
    ("typing", ("3",)),
    ("typed", ("NEARLY", "enter")),
    ("choice", ("1",)),
    ("chosen", ("2",)),
    ("cloze", ("2",)),
    ("cloze-revealed", ("space",)),
    ("summary", ("4", "space", "3", "enter", "1", "enter", "2", "enter", "3", "enter", "3")),
)
"""Screens in the order in which they are visited, each with the keys that lead there from the one before."""


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_every_screen_looks_as_it_did(language: str, learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    set_language(language)
    seconds = count(step=7)
    monkeypatch.setattr("duly.tui.screens.review.time", SimpleNamespace(monotonic=lambda: float(next(seconds))))
    learner.writes(DECKS[language], "1.yaml")
    learner.writes(OTHER_DECK[language], "2.yaml")
    screens: dict[str, str] = {}
    async with learner.app() as pilot:
        for name, keys in TOUR:
            for key in keys:
                await (write(pilot, NEARLY[language]) if key == "NEARLY" else press(pilot, key))
            screens |= await at_its_sizes(pilot, name, language)
    compare(screens)
