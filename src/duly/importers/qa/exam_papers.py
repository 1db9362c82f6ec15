"""Reads exams: the headings of their parts, and statements that end in a sign of true or false."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from duly.importers.qa.markers import NUMBERED_LINE, NUMERAL, SPACES, sign_of
from duly.importers.text_lines import Line, Mark

SECTION = re.compile(
    rf"{SPACES}(?:第?{NUMERAL}(?:[、.．]|部分){SPACES})"
    r"(?P<content>(?:[^？?。:：]{0,12}题|名词解释|阅读理解|完形填空|(?:案例|材料)分析|(?:单项|多项|单|多)选择?|判断|填空|简答|论述)"
    rf"(?:[（(].{{0,40}}[）)])?)[:：]?{SPACES}"
)
"""The heading of a part of an exam by its name: ``二、多选题（每题 2 分）``, ``五、名词解释：``."""

PART = re.compile(
    rf"{SPACES}{NUMERAL}、{SPACES}(?P<content>[^？?。！!；;，,:：（(]{{1,12}}(?:[（(].{{0,40}}[）)])?){SPACES}"
)
"""A line that is such a heading if a question follows: ``四、程序阅读``."""

MEMBER = re.compile(rf"{SPACES}{NUMERAL}、")  # the ``四、`` of ``四、程序阅读``

JUDGEMENT = re.compile(
    r"[（(][ \t\u3000]{0,4}(?:(?P<true>[√✓✔对TＴ]|正确|True)|(?P<false>[×✗✘错FＦXx]|错误|False))"
    r"[ \t\u3000]{0,4}[)）][。.]?\Z"
)
"""The judgement at the end of a statement: ``梯度下降一定收敛。（×）``."""

LONGEST = 20
"""The maximum length of a judgement in characters."""

TRUTH_HEADING = re.compile(r"判断|true\s*(?:/|or)\s*false", re.IGNORECASE)
"""A heading above statements with judgements: ``二、判断题``, ``## True or false``."""

HAN = re.compile("[\u4e00-\u9fff]")  # ``题``


def as_section(line: Line) -> Line:
    """The line as a heading if it names a part of an exam."""
    match = SECTION.fullmatch(line.text) if line.mark is Mark.TEXT and not line.is_code else None
    return _heading(line, match) if match else line


def mark_parts(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, with a numbered line between a blank line and a question as a heading.

    It is no heading if the same answer has another numbered line above: then it is a member of a list.
    """
    has_member = False
    for index, line in enumerate(lines):
        if line.mark in (Mark.QUESTION, Mark.HEADING, Mark.END):
            has_member = False
        is_text = line.mark is Mark.TEXT and not line.is_code
        match = PART.fullmatch(line.text) if is_text and not has_member else None
        is_apart = index == 0 or lines[index - 1].is_blank
        if match and is_apart and _next_mark(lines, index) is Mark.QUESTION:
            yield _heading(line, match)
        else:
            has_member = has_member or bool(MEMBER.match(line.content))
            yield line


def judged_statements(lines: Sequence[Line]) -> Mapping[int, tuple[Line, Line]]:
    """The statements with a judgement, by the index of the line, each as a question line and an answer line.

    They stand under a heading about true or false, or are several numbered lines without a question above.
    """
    statements: dict[int, tuple[Line, Line]] = {}
    group: dict[int, re.Match[str]] = {}
    is_about_truth = has_question_above = False
    for index, line in enumerate(lines):
        judgement = _judgement(line)
        is_numbered = bool(NUMBERED_LINE.fullmatch(line.text))
        if line.mark is Mark.HEADING:
            is_about_truth, has_question_above, group = bool(TRUTH_HEADING.search(line.content)), False, {}
        elif judgement and not sign_of(line) and (is_about_truth or (is_numbered and not has_question_above)):
            group[index] = judgement
            if is_about_truth or len(group) > 1:
                statements |= {at: _statement(lines[at], sign) for at, sign in group.items()}
                group = {index: judgement}
        elif not line.is_blank:
            line_sign = sign_of(line)
            has_question_above = has_question_above or (line_sign is not None and line_sign.role in ("asks", "answers"))
            group = {}
    return statements


def _judgement(line: Line) -> re.Match[str] | None:
    """The sign of true or false at the end of a line; only the end is searched, in case the line is long."""
    text = line.text.rstrip()
    match = JUDGEMENT.search(text, max(len(text) - LONGEST, 0)) if line.mark is Mark.TEXT and not line.is_code else None
    return match if match and text[: match.start()].strip() else None


def _statement(line: Line, judgement: re.Match[str]) -> tuple[Line, Line]:
    at = judgement.start()
    text = line.text[:at].rstrip()
    number_match = NUMBERED_LINE.fullmatch(text)
    content = number_match["content"] if number_match else text.strip()
    words = ("对", "错") if HAN.search(content) else ("True", "False")
    answer = words[0] if judgement["true"] else words[1]
    question = replace(line, text=text, mark=Mark.QUESTION, content=content, end=line.start + at)
    return question, replace(line, text=line.text[at:], mark=Mark.ANSWER, content=answer, start=line.start + at)


def _heading(line: Line, match: re.Match[str]) -> Line:
    return replace(line, mark=Mark.HEADING, content=match["content"], level=2)


def _next_mark(lines: Sequence[Line], index: int) -> Mark | None:
    """The mark of the next line that is not blank."""
    return next((line.mark for line in lines[index + 1 :] if not line.is_blank), None)
