"""A slip of the hand is told where it stands, and not where YAML stumbles over it later."""

from pathlib import Path

import pytest

from duly.cards import DeckName
from duly.deckfile.parse_file import parse
from duly.deckfile.yaml.source import Source

COLON = "： is a full-width colon"
SPACE = "YAML does not recognise the space here (U+3000)"


def problems_in(text: str) -> list[tuple[str, str]]:
    """Where each problem stands, and what it says."""
    source = Source(Path("x.yaml"), text)
    problems = parse(source, DeckName("x")).problems
    return [(f"{p.place.line}:{p.place.column} {p.severity}", str(p.message)) for p in problems]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("text", "place", "sentence"),
    [
        ("- q: 首都\n  a：北京\n", "2:4", COLON),
        ("- q：首都\n  a: 北京\n", "1:4", COLON),
        ("- q：首都\n  a：北京\n", "1:4", COLON),
        ("- 问：首都\n  答：北京\n", "1:4", COLON),
        ("- q: a\n  a: b\n  tags：[x]\n- q: c\n  a: d\n", "3:7", COLON),
        ("- q: a\n  a: b\n  hint ：x\n", "3:8", COLON),
        ("deck：x\ncards:\n  - q: a\n    a: b\n", "1:5", COLON),
        ("deck: x\ncards：\n  - q: a\n    a: b\n", "2:6", COLON),
        ("q：首都\na：北京\n", "1:2", COLON),
        ("- {q： a, a: b}\n", "1:5", COLON),
        ("- q: a\n  a:　北京\n", "2:5", SPACE),
        ("- q:　首都\n  a: b\n", "1:5", SPACE),
        ("- q: a\n　a: b\n", "2:1", SPACE),
        ("- q: a\n  　a: b\n", "2:3", SPACE),
        ("- q: a\n\u00a0 a: b\n", "2:1", "YAML does not recognise the space here (U+00A0)"),
        ("　- q: a\n　  a: b\n", "1:1", SPACE),
        ("-　q: a\n  a: b\n", "1:2", SPACE),
        ("- q: a\n  a: |\n    第一段\n　　第二段\n", "4:1", SPACE),
        ("－ q: a\n  a: b\n", "1:1", "－ is not recognised by YAML as a dash"),
        ("- q: a\n  a: b\n— q: c\n  a: d\n", "3:1", "— is not recognised by YAML as a dash"),
        ("＃ 第一章\n- q: a\n  a: b\n", "1:1", "＃ is a full-width sign"),
        ("- q: a\n  a: b\n＃ 第二章\n- q: c\n  a: d\n", "3:1", "＃ is a full-width sign"),
        ("- q: a\n  a: “看: 这里”\n", "2:6", "“ is not recognised by YAML as a quote"),
        ("- q: a\n  a: b\n  wrong: ［c，d］\n", "3:10", "［ is a full-width bracket"),
        ("- {q: a，a: b}\n", "1:8", "， parts nothing in brackets"),
        ("- q:北京\n  a:x\n", "1:4", "a space is missing after this colon"),
        ("- q: a\n  a:b\n", "2:4", "a space is missing after this colon"),
        ("-q: a\n  a: b\n", "1:1", "a space is missing after this dash"),
        ("- q: a\n  a: b\n-q: c\n  a: d\n", "3:1", "a space is missing after this dash"),
        ("- q: a\n  a: b\n  wrong:\n    － c\n    － d\n", "4:5", "－ is not recognised by YAML as a dash"),
        ("- q: a\n  a: b\n  wrong: [C #, C++]\n", "3:13", "from # on this is a comment"),
    ],
)
def test_a_slip_is_told_at_its_place(text: str, place: str, sentence: str, newline: str) -> None:
    problems = problems_in(text.replace("\n", newline))
    assert problems[0][0] == f"{place} error"
    assert problems[0][1].startswith(sentence)


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("wrong: [上海，广州]", "3:13"),
        ("wrong: [上海、广州]", "3:13"),
        ("tags: [数学，代数]", "3:12"),
    ],
)
def test_a_full_width_comma_that_parts_nothing_is_warned_of(line: str, place: str) -> None:
    [(where, sentence)] = problems_in(f"- q: a\n  a: b\n  {line}\n")
    assert where == f"{place} warning"
    assert "parts nothing in brackets" in sentence


def test_a_full_width_sign_in_place_of_the_one_above_a_text_is_warned_of() -> None:
    assert problems_in("- q: a\n  a: ｜\n    b\n    c\n") == [
        ("2:6 warning", "｜ is a full-width sign; write the half-width one")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "- q: 注意：冒号，逗号、顿号\n  a: “北京”（首都）\n",
        "- q: a\n  a: 北京\n    问：这里？\n    ＃ 不是注释\n    —— 引文\n",
        "- q: a\n  a: |\n    　　首行缩进\n    答：北京\n",
        "- q: a\n  a: b\n  wrong: [先看，再听, 先听，再看]\n  tags: [红、绿, 蓝、黄]\n",
        "- q: a\n  a: b\n  wrong: ['先看，再听']\n",
        "- q: a\n  a: b\n  wrong:\n    - 先看，再听\n  tags:\n    - 数，学\n",
        "# ＃\n- q: a\n  a: b\n",
    ],
)
def test_full_width_signs_in_a_text_are_text(text: str) -> None:
    assert problems_in(text) == []
