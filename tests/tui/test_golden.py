"""Whole screens, compared with the text files in ``golden``, in both languages and at three sizes.

After a change that is meant, write them anew and read the difference before it is committed::

    DULY_GOLDEN=write pytest tests/tui/test_golden.py
"""

import os
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.tui.learner import Learner, press, screen, write
from textual.pilot import Pilot

from duly.i18n import speak

GOLDEN = Path(__file__).parent / "golden"
SIZES = ((80, 24), (40, 12), (120, 40))

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
OTHER = {"en": "deck: Mathematics::Probability\ncards: [{q: P of the sure event?, a: one}, {q: Broken, answer: no}]\n",
         "zh": "deck: 数学::概率论\ncards: [{q: 必然事件的概率？, a: 一}, {q: 坏卡, answer: 无}]\n"}  # fmt: skip
DECKS = {"en": ENGLISH, "zh": CHINESE}
NEARLY = {"en": "compresed sparse rows", "zh": "稠蜜矩阵"}


async def question(pilot: Pilot[None], _language: str) -> None:
    await press(pilot, "a", "h")


async def answer(pilot: Pilot[None], _language: str) -> None:
    await press(pilot, "a", "space")


async def typed(pilot: Pilot[None], language: str) -> None:
    await press(pilot, "a", "space", "3")
    await write(pilot, NEARLY[language])
    await press(pilot, "enter")


async def choice(pilot: Pilot[None], _language: str) -> None:
    await press(pilot, "a", "space", "3", "enter", "3", "2")


async def cloze(pilot: Pilot[None], _language: str) -> None:
    await press(pilot, "a", "space", "3", "enter", "3", "space", "3")


async def cloze_revealed(pilot: Pilot[None], language: str) -> None:
    await cloze(pilot, language)
    await press(pilot, "space")


async def decks(_pilot: Pilot[None], _language: str) -> None: ...


async def summary(pilot: Pilot[None], _language: str) -> None:
    await press(pilot, "a", "space", "3", "enter", "1", "space", "2", "space", "4", "space", "3")
    await press(pilot, "enter", "1", "enter", "2", "enter", "3", "enter", "3")


async def manual(pilot: Pilot[None], _language: str) -> None:
    await press(pilot, "question_mark")


SCREENS = {"decks": decks, "question": question, "answer": answer, "typed": typed, "choice": choice, "cloze": cloze,
           "cloze-revealed": cloze_revealed, "summary": summary, "help": manual}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", SCREENS)
async def test_a_screen_looks_as_it_did(
    name: str, language: str, learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak(language)
    seconds = count(step=7)
    monkeypatch.setattr("duly.tui.screens.review.time", SimpleNamespace(monotonic=lambda: float(next(seconds))))
    learner.writes(DECKS[language], "1.yaml")
    learner.writes(OTHER[language], "2.yaml")
    async with learner.app(size=SIZES[0]) as pilot:
        await SCREENS[name](pilot, language)
        for width, height in SIZES:
            await pilot.resize_terminal(width, height)
            await pilot.pause()
            seen = screen(pilot)
            golden = GOLDEN / f"{name}.{language}.{width}x{height}.txt"
            if os.environ.get("DULY_GOLDEN") == "write":
                golden.write_text(seen, encoding="utf-8")
            assert seen == golden.read_text(encoding="utf-8")
