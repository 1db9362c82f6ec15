"""Digits that look like citation marks left over from a copied answer, as in ``以下几种12：``."""

import re
from collections.abc import Iterator

HAN = r"[\u3400-\u9fff）”’》]"  # ``种``, ``）``

BEFORE_A_NUMBER = "第图表式例章节页步骤题卷层级型号本代段组类为是于到至成有约达回得取个共和与或及加减乘除比即剩仅只需"
"""Characters before digits that belong to the text: ``图2：``, ``结果为12。``."""

SHORTEST_CLAUSE = 7
"""The minimum length of a clause with a mark before a colon; shorter ones are labels: ``步骤1：``, ``方法2：``."""

MARKS = (
    re.compile(rf"(?<={HAN})(?<![{BEFORE_A_NUMBER}])(?P<digits>[1-9]\d{{0,2}})(?=[。：])"),
    re.compile(r"(?<=[。！？])(?P<digits>[1-9]\d{0,2})(?=\s|$)"),
    re.compile(r"(?<![^\s(“\"'-])(?!python)[A-Za-z]?[a-z]{5,}(?P<digits>[1-9]\d{0,2})(?=[.:。：](?:\s|$))"),
    re.compile(r"(?<![A-Za-z])[a-z]{5,}[.!?](?P<digits>[1-9]\d{0,2})(?=\s+[A-Z“\"]|\s*$)"),
)
"""After a Chinese word (``以下几种12：``, not ``图2：``), after a Chinese sentence (``一定收敛。3``), after an English
word (``converges12.``), after an English sentence (``converges.12 It``)."""

CLAUSE_END = re.compile(r"[，。：；、！？,;:!?]")  # parts ``首先，其次；最后`` in three


def citation_marks(line: str) -> Iterator[tuple[int, str]]:
    """The index and the digits of each possible mark, in order; not in labels, years, amounts and names like GPT2."""
    candidates = sorted((match.start("digits"), match["digits"]) for mark in MARKS for match in mark.finditer(line))
    return ((index, digits) for index, digits in candidates if not _numbers_a_label(line, index, index + len(digits)))


def _numbers_a_label(line: str, start: int, end: int) -> bool:
    if line[end : end + 1] not in (":", "："):
        return False
    clause = CLAUSE_END.split(line[max(0, start - 4 * SHORTEST_CLAUSE) : start])[-1].strip(" \t*-#>_")
    return len(clause) < SHORTEST_CLAUSE
