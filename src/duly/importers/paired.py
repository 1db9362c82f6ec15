"""Signs that open a question only where an answer to it follows, for each of them stands in prose, too.

``问题：``/``答案：``, ``Q1：``/``A1：`` and ``【问】``/``【答】`` are such; and a line with a number, one that asks, or
a heading, each with ``答：`` right under it. ``问：…？答：…`` on one line is parted.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from duly.importers.lines import QUESTION_MARKS, Line, Mark, content_of, marked

NUMERAL = "[一二三四五六七八九十]{1,3}"
NUMBER = rf"(?:\d{{1,3}}|{NUMERAL})"
LIST = rf"(?:[-*+][ \t]+|(?:\d{{1,3}}[.．)）、]|[（(]{NUMBER}[)）]|{NUMERAL}、|[①-⑳])[ \t]*)"
LEAD = rf"(?P<lead>[ \t]*(?:(?P<hashes>#{{1,6}})[ \t]+)?{LIST}?)(?P<open>\*{{1,3}}|_{{1,3}})?"
CHINESE_ANSWER = r"参考答案|答案|回答|解答|答"
WORD = rf"(?:(?P<asks>问题|提问|题目|问|question|[qｑ])|(?P<answers>{CHINESE_ANSWER}|answer|[aａ]))[ \t]*{NUMBER}?"
COLON = r"[ \t]*(?:(?P<before>(?P=open))[ \t]*)?(?:：|:(?![/\\]))(?(before)|(?P<after>(?P=open))?)"
BOX = r"[ \t]*】(?P<before>)(?P<after>(?P=open))?[：:]?"
MARKERS = tuple(
    re.compile(rf"{LEAD}{sign}[ \t\u3000]*(?P<content>.*)", re.IGNORECASE) for sign in (WORD + COLON, f"【{WORD}{BOX}")
)
IN_CHINESE = re.compile(rf"{LEAD}【?(?:{CHINESE_ANSWER})")
NUMBERED = re.compile(
    r"(?P<lead>[ \t]*)(?P<open>\*\*|__)?(?P<before>)(?P<after>)"
    r"(?P<style>[（(]?)(?P<number>\d{1,3})(?P<end>[.．](?!\d)|[)）、])[ \t]*(?P<content>\S.*)"
)
OPTION = re.compile(r"[ \t]*(?:[-*+][ \t]+)?[（(]?(?:(?P<second>[Bb])|[AaC-Hc-h])[.．、:：)）]")
WITHIN = re.compile(
    rf"(?:(?<=[？?。！!；;])|[ \t\u3000])(?:{CHINESE_ANSWER})[：:]"
    rf"|(?<=[？?])[ \t]+[AＡ][：:]"
    rf"|【(?:{CHINESE_ANSWER})】[：:]?"
)
"""What opens an answer on the line of its question."""


def paired(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines, those with such signs as questions and answers where they are a pair, all others as they were."""
    return tuple(_Pairing(lines).read())


class _Pairing:
    """Lines, each with what it may open, and with what comes after it."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._signs = [_sign(line) for line in lines]
        self._next: list[Line | None] = [None] * len(lines)
        """The next question, answer or heading below each line, by what it may open."""
        self._under: list[Line | None] = [None] * len(lines)
        """What the next line below each may open that is neither blank nor an option."""
        self._is_asked = False
        """Whether the answer to a question is yet to come."""
        self._number = ("", 0)
        """The last number since an answer that a line began with, and the signs around it."""
        opening: Line | None = None
        under: Line | None = None
        for index in range(len(lines) - 1, -1, -1):
            self._next[index], self._under[index] = opening, under
            sign = self._signs[index]
            opening = opening if sign.mark is Mark.TEXT else sign
            under = under if sign.blank or OPTION.match(sign.text) else sign

    def read(self) -> Iterator[Line]:
        for index, line in enumerate(self._lines):
            sign = self._signs[index]
            if sign.mark is Mark.QUESTION:
                yield from self._question(index, line, sign)
            elif sign.mark is Mark.ANSWER:
                yield self._answer(index, line, sign)
            else:
                yield self._bare(index, line)

    def _question(self, index: int, line: Line, sign: Line) -> tuple[Line, ...]:
        """A question with a sign, and its answer if that is on the same line."""
        following = self._next[index]
        self._is_asked = following is not None and following.mark is Mark.ANSWER
        if self._is_asked:
            return (sign,)
        parts = _parted(sign)
        return parts if len(parts) > 1 else (line,)

    def _answer(self, index: int, line: Line, sign: Line) -> Line:
        """An answer, if anything is asked; one that needs no pair; or else text, as the first of several options is."""
        if self._is_asked and self._is_option(index):
            return Line(line.number, line.text, Mark.TEXT, line.text)
        found = sign if self._is_asked else line
        if found.mark is Mark.ANSWER:
            self._is_asked, self._number = False, ("", 0)
        return found

    def _is_option(self, index: int) -> bool:
        """Whether this ``A：`` is the first of the options above an answer: ``B：`` stands right under it."""
        below = self._lines[index + 1 : index + 2]
        is_first = OPTION.match(self._lines[index].text) and any(_is_second(line) for line in below)
        return bool(is_first) and _answers_in_chinese(self._next[index])

    def _bare(self, index: int, line: Line) -> Line:
        """A line without a sign: a question if ``答：`` stands right under it, unless something else may be meant."""
        if line.code or line.blank:
            return line
        numbered = NUMBERED.fullmatch(line.text)
        goes_on = numbered is not None and self._goes_on(numbered)
        if self._is_asked or goes_on or not _answers_in_chinese(self._under[index]):
            return line
        self._is_asked = numbered is not None or line.mark is Mark.HEADING or self._asks(index)
        if not self._is_asked:
            return line
        if numbered is None:
            return replace(line, mark=Mark.QUESTION, content=line.content.strip())
        content = content_of(numbered, 0).rstrip()
        return replace(line, mark=Mark.QUESTION, content=content, lead=len(numbered["lead"]), listed=True)

    def _goes_on(self, numbered: re.Match[str]) -> bool:
        """Whether this number follows upon the one above it: then both are of a list that is answered as a whole."""
        style, number = numbered["style"] + numbered["end"], int(numbered["number"])
        before, self._number = self._number, (style, number)
        return before == (style, number - 1)

    def _asks(self, index: int) -> bool:
        """Whether a line ends in a question mark, and cannot be the second one of a question."""
        above = self._signs[index - 1] if index else None
        begins = above is None or above.blank or above.mark in (Mark.HEADING, Mark.ANSWER)
        return begins and self._lines[index].text.rstrip("*_ \t").endswith(QUESTION_MARKS)


def _is_second(line: Line) -> bool:
    found = OPTION.match(line.text)
    return bool(found and found["second"])


def _answers_in_chinese(sign: Line | None) -> bool:
    return sign is not None and sign.mark is Mark.ANSWER and bool(IN_CHINESE.match(sign.text))


def _parted(sign: Line) -> tuple[Line, ...]:
    """A line that asks and answers as two lines; or as it is, if it does not do both, once."""
    found = list(WITHIN.finditer(sign.content))
    if len(found) != 1:
        return (sign,)
    asked, answer = sign.content[: found[0].start()].strip(), sign.content[found[0].end() :].strip()
    if not asked or not answer:
        return (sign,)
    at = sign.text.rfind(answer)
    return (
        replace(sign, text=sign.text[:at], content=asked),
        Line(sign.number, " " * at + answer, Mark.ANSWER, answer),
    )


def _sign(line: Line) -> Line:
    """The line as what it may open."""
    if line.code or line.mark in (Mark.QUESTION, Mark.ANSWER):
        return line
    found = next((found for marker in MARKERS if (found := marker.match(line.text))), None)
    if found is None:
        return line
    return marked(line.number, found, Mark.QUESTION if found["asks"] else Mark.ANSWER)
