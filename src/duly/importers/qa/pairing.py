"""Decides which lines are questions and which are answers.

``问：``, ``答：``, ``Q:`` and ``A:`` always do. Any other sign stands in prose, too: it counts where an answer follows
the question, or where the question ends in a question mark or is a heading, and has text under it. So does a line
without a sign: one with a number, one in bold, one that asks, a heading.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from duly.importers.multiple_choice import OPTION, options_on
from duly.importers.qa.exam_papers import judged_statements
from duly.importers.qa.markers import BOLD_LINE, LETTER, NUMBERED, Sign, ends_in_question, sign_of, split_pairs
from duly.importers.text_lines import Line, Mark, content_of


def pair_lines(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines, those that ask or answer as questions and answers; a line with several of them as several."""
    return tuple(_Pairing(lines).read())


class _Pairing:
    """Lines, each with what it may open, and with what comes after it."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._judged = judged_statements(lines)
        self._signs = _signs(lines, self._judged)
        count = len(lines)
        self._next: list[Sign | None] = [None] * count
        """The next sign of a question or an answer below each line; None at a heading without one."""
        self._under: list[int | None] = [None] * count
        """The index of the next line below each that is neither blank nor an option."""
        self._is_closed = [False] * count
        """Whether a word for an answer ends the paragraph that goes on below each line, or stands right below it."""
        self._is_asked: Sign | None = None
        """The question whose answer is yet to come."""
        self._in_answer = False
        """Whether the lines belong to an answer with a sign of its own."""
        self._number = ("", 0)
        """The last number since an answer that a line began with, and the signs around it."""
        self._last_question = ("", 0)
        """The number of the last question that had one, and the signs around it."""
        opening: Sign | None = None
        under: int | None = None
        is_closed = is_right_below = False
        for index in range(count - 1, -1, -1):
            self._next[index], self._under[index], self._is_closed[index] = opening, under, is_closed
            sign, line = self._signs[index], lines[index]
            if sign is not None and sign.role in ("asks", "answers"):
                opening = sign
            elif line.mark is Mark.HEADING:
                opening = None
            is_closed, is_right_below = _closes(line, sign, is_closed=is_closed, is_right_below=is_right_below)
            under = under if line.is_blank or (self._looks_like_option(index) and not _is_word(sign)) else index

    def read(self) -> Iterator[Line]:
        for index, line in enumerate(self._lines):
            sign = self._signs[index]
            if line.mark is Mark.STRUCTURE:
                yield line
            elif line.mark is Mark.END:
                self._is_asked, self._in_answer = None, False
                yield line
            elif index in self._judged:
                self._is_asked, self._in_answer = None, True
                yield from self._judged[index]
            elif line.is_certain:
                yield self._fixed(index, line)
            elif sign is not None and sign.role == "asks":
                yield from self._question(index, line, sign)
            elif sign is not None and sign.role == "answers":
                yield from self._answer(index, line, sign)
            else:
                yield self._bare(index, line)

    def _fixed(self, index: int, line: Line) -> Line:
        """A question or an answer for certain, which a word for an answer may still follow: then that begins it."""
        following = self._next[index]
        is_question, is_followed = line.mark is Mark.QUESTION, _is_word(following)
        self._is_asked = Sign("asks", line) if is_followed else None
        self._in_answer = not (is_question or is_followed)
        return line if is_question or not is_followed else replace(line, mark=Mark.STRUCTURE)

    def _question(self, index: int, line: Line, sign: Sign) -> Iterator[Line]:
        following = self._next[index]
        answered = following is not None and following.role == "answers" and following.is_chat == sign.is_chat
        answered = answered and (sign.is_pointed or not (following and following.is_pointed))
        under = self._under[index]
        answered = answered or (under is not None and _is_word(self._signs[under]))  # below options: "A. …", "B. …"
        pieces = tuple(split_pairs(sign))
        if len(pieces) > 1:
            self._is_asked, self._in_answer = None, pieces[-1].mark is Mark.ANSWER
            yield from pieces
        elif answered or line.mark is Mark.QUESTION or self._has_text(index, sign):
            self._is_asked, self._in_answer = (sign if answered else None), False
            yield replace(sign.line, is_chat=sign.is_chat)
        else:
            yield line

    def _has_text(self, index: int, sign: Sign) -> bool:
        """Whether a question without an answer of its own asks, and has text under it that no sign opens."""
        under = self._under[index]
        if sign.is_chat or under is None or not (ends_in_question(sign.line.content) or sign.line.level):
            return False
        return self._signs[under] is None and self._lines[under].mark is Mark.TEXT

    def _answer(self, index: int, line: Line, sign: Sign) -> Iterator[Line]:
        """An answer, if anything is asked; one that needs no pair; or else text, as the first of several options is."""
        asked = self._is_asked
        if asked is not None and (self._is_option(index) or (sign.is_pointed and not asked.is_pointed)):
            yield replace(line, mark=Mark.TEXT, content=line.text)
            return
        if asked is None and line.mark is not Mark.ANSWER:
            yield line
            return
        self._is_asked, self._in_answer, self._number = None, True, ("", 0)
        yield from split_pairs(sign)

    def _looks_like_option(self, index: int) -> bool:
        """Whether a line begins with a letter as an option does; ``A: …`` alone, without ``B``, is an answer."""
        option = OPTION.match(self._lines[index].text)
        return option is not None and (option["letter"] not in "Aa" or self._is_first_option(index))

    def _is_first_option(self, index: int) -> bool:
        """Whether ``B`` follows on the same line or right under it."""
        below = next((line.text for line in self._lines[index + 1 : index + 3] if not line.is_blank), "")
        second = OPTION.match(below)
        if len(options_on(self._lines[index].text)) > 1:
            return True
        return second is not None and second["letter"] in "Bb"

    def _answers(self, sign: Sign | None, line: Line) -> bool:
        """Whether a sign right under a line answers it: a word for an answer, or a letter if the line asks."""
        if sign is None or sign.role != "answers" or sign.is_chat:
            return False
        return _is_word(sign) or (not sign.is_pointed and ends_in_question(line.text))

    def _is_option(self, index: int) -> bool:
        """Whether this ``A：`` is the first of the options above an answer: ``B：`` stands right under it."""
        is_first = bool(LETTER.match(self._lines[index].text)) and self._is_first_option(index)
        return is_first and _is_word(self._next[index])

    def _bare(self, index: int, line: Line) -> Line:
        """A line without a sign: a question if an answer stands right under it, or if it begins one of its own."""
        if line.is_code or line.is_blank:
            return line
        numbered = NUMBERED.fullmatch(line.text) if line.mark is Mark.TEXT else None
        goes_on = numbered is not None and self._goes_on(numbered)
        under = self._under[index]
        is_answered = under is not None and self._answers(self._signs[under], line)
        if self._is_asked is not None:
            return line
        if numbered is not None and self._is_closed[index] and self._may_ask(index, numbered):
            is_answered = True
        if is_answered and not goes_on and (numbered or line.mark is Mark.HEADING or self._asks_alone(index)):
            self._is_asked, self._in_answer = Sign("asks", line), False
        elif not self._begins(index, numbered):
            return line
        if numbered is not None:
            self._last_question = _style(numbered)
            content = content_of(numbered, 0).rstrip()
            bold = BOLD_LINE.fullmatch(content)  # "1. **什么是锁？**"
            content = bold["content"].strip() if bold else content
            return replace(line, mark=Mark.QUESTION, content=content, lead=numbered.start("content"), is_in_list=True)
        bold = BOLD_LINE.fullmatch(line.text)
        content = bold["content"].strip() if bold else line.content.strip()
        return replace(line, mark=Mark.QUESTION, content=content)

    def _begins(self, index: int, numbered: re.Match[str] | None) -> bool:
        """Whether a line with a number, or in bold, asks at the beginning of a paragraph and has text under it.

        In an answer with a sign, only the number that follows upon that of the last question begins another one.
        """
        line, under = self._lines[index], self._under[index]
        if under is None or not ends_in_question(line.text) or line.mark is not Mark.TEXT:
            return False
        if self._in_answer and not (numbered and self._follows(numbered)):
            return False
        if numbered is None and not BOLD_LINE.fullmatch(line.text):
            return False
        above = self._lines[index - 1] if index else None
        begins = above is None or above.is_blank or above.mark is not Mark.TEXT
        below = self._lines[under]
        member = NUMBERED.match(below.text)
        is_list = member is not None and (numbered is None or _style(member)[0] == _style(numbered)[0])
        return begins and below.mark is Mark.TEXT and self._signs[under] is None and not is_list

    def _goes_on(self, numbered: re.Match[str]) -> bool:
        """Whether this number follows upon the one above it: then both are of a list that is answered as a whole."""
        before, self._number = self._number, _style(numbered)
        return self._number == (before[0], before[1] + 1)

    def _may_ask(self, index: int, numbered: re.Match[str]) -> bool:
        """Whether a line with a number may be a question of several lines: not where it is a member of an answer."""
        above = self._lines[index - 1] if index else None
        return not self._in_answer or self._follows(numbered) or above is None or above.is_blank

    def _follows(self, numbered: re.Match[str]) -> bool:
        """Whether a number is the one behind that of the last question."""
        return _style(numbered) == (self._last_question[0], self._last_question[1] + 1)

    def _asks_alone(self, index: int) -> bool:
        """Whether a line ends in a question mark, and cannot be the second one of a question."""
        above = self._lines[index - 1] if index else None
        sign = self._signs[index - 1] if index else None
        begins = above is None or above.is_blank or above.mark is Mark.HEADING or (sign and sign.role == "answers")
        return bool(begins) and ends_in_question(self._lines[index].text)


def _style(numbered: re.Match[str]) -> tuple[str, int]:
    """The signs around a number, which are alike in one list, and the number."""
    return numbered["style"] + numbered["end"], int(numbered["number"])


def _closes(line: Line, sign: Sign | None, *, is_closed: bool, is_right_below: bool) -> tuple[bool, bool]:
    """Whether an answer ends the paragraph from this line on, and stands on it or below blank lines, as of the next."""
    if _is_word(sign):
        return True, True
    if line.is_blank:
        return is_right_below, is_right_below
    opens = (sign is not None and sign.role in ("asks", "answers")) or line.mark is not Mark.TEXT
    return is_closed and not opens and not NUMBERED.match(line.text), False


def _is_word(sign: Sign | None) -> bool:
    """Whether a sign is a word for an answer: a single letter also begins an option."""
    return sign is not None and sign.role == "answers" and not sign.is_chat and not LETTER.match(sign.line.text)


def _signs(lines: Sequence[Line], judged: Collection[int]) -> list[Sign | None]:
    """What each line may open. An explanation answers the question right above it where nothing else does."""
    signs = [
        Sign("asks", line) if index in judged else None if line.is_certain else sign_of(line)
        for index, line in enumerate(lines)
    ]
    answered = _answered_below(lines, signs)
    opened: list[Sign | None] = []
    is_open = False
    for index, (line, own, has_answer) in enumerate(zip(lines, signs, answered, strict=True)):
        sign = own
        if own is not None and own.role == "explains" and is_open and not has_answer:
            sign = replace(own, role="answers", line=replace(own.line, mark=Mark.ANSWER))
        opened.append(sign)
        if sign is not None:
            is_open = (sign.role == "asks" and index not in judged) or (
                is_open and sign.role in ("hint", "tags", "source")
            )
        elif line.mark is Mark.HEADING or NUMBERED.match(line.text) or ends_in_question(line.text):
            is_open = not line.is_code
        elif not line.is_blank and not OPTION.match(line.text):
            is_open = False
    return opened


def _answered_below(lines: Sequence[Line], signs: Sequence[Sign | None]) -> list[bool]:
    """Of each line, whether a word for an answer stands below it before anything else may ask."""
    answered = [False] * len(lines)
    below = False
    for index in range(len(lines) - 1, -1, -1):
        line, sign = lines[index], signs[index]
        answered[index] = below
        may_ask = line.mark is not Mark.TEXT or bool(NUMBERED.match(line.text)) or ends_in_question(line.text)
        below = _is_word(sign) or (below and not may_ask and not (sign is not None and sign.role == "asks"))
    return answered
