"""Decides which lines are questions and which are answers.

``问：``, ``答：``, ``Q:`` and ``A:`` always open one. Other signs occur in prose, too: they count if an answer follows
the question, or if the question ends in a question mark or is a heading, and has text under it. The same holds for
lines without a sign: with a number, in bold, with a question mark, or a heading.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from duly.importers.multiple_choice import OPTION, options_on
from duly.importers.qa.exam_papers import judged_statements
from duly.importers.qa.markers import BOLD_LINE, LETTER, NUMBERED_LINE, Sign, ends_in_question, sign_of, split_pairs
from duly.importers.text_lines import Line, Mark, content_of


def pair_lines(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines, marked as questions and answers; a line with several of them is split."""
    return tuple(_Pairing(lines).read())


class _Pairing:
    """Reads lines in order, knowing for each the sign on it, and the sign and the text after it."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._statements = judged_statements(lines)
        self._signs = _line_signs(lines, self._statements)
        count = len(lines)
        self._next_sign: list[Sign | None] = [None] * count
        """The next sign of a question or an answer below each line; None at a heading without one."""
        self._next_text: list[int | None] = [None] * count
        """The index of the next line below each that is neither blank nor an option."""
        self._is_closed = [False] * count
        """Whether a word for an answer ends the paragraph below each line, or stands right below it."""
        self._open_question: Sign | None = None
        """The question that still needs its answer."""
        self._is_in_answer = False
        """Whether the current line belongs to an answer with a sign."""
        self._last_number = ("", 0)
        """The signs around the last number at a line start since an answer, and this number."""
        self._last_question_number = ("", 0)
        """The signs around the number of the last numbered question, and this number."""
        next_sign: Sign | None = None
        next_text: int | None = None
        is_closed = is_right_below = False
        for index in range(count - 1, -1, -1):
            self._next_sign[index], self._next_text[index], self._is_closed[index] = next_sign, next_text, is_closed
            sign, line = self._signs[index], lines[index]
            if sign is not None and sign.role in ("asks", "answers"):
                next_sign = sign
            elif line.mark is Mark.HEADING:
                next_sign = None
            is_closed, is_right_below = _closes(line, sign, is_closed=is_closed, is_right_below=is_right_below)
            next_text = next_text if line.is_blank or (self._looks_like_option(index) and not _is_word(sign)) else index

    def read(self) -> Iterator[Line]:
        for index, line in enumerate(self._lines):
            sign = self._signs[index]
            if line.mark is Mark.STRUCTURE:
                yield line
            elif line.mark is Mark.END:
                self._open_question, self._is_in_answer = None, False
                yield line
            elif index in self._statements:
                self._open_question, self._is_in_answer = None, True
                yield from self._statements[index]
            elif line.is_certain:
                yield self._read_certain(index, line)
            elif sign is not None and sign.role == "asks":
                yield from self._read_question(index, line, sign)
            elif sign is not None and sign.role == "answers":
                yield from self._read_answer(index, line, sign)
            else:
                yield self._read_unmarked(index, line)

    def _read_certain(self, index: int, line: Line) -> Line:
        """A certain question or answer. If a word for an answer follows it, the answer begins at that word."""
        next_sign = self._next_sign[index]
        is_question, is_followed = line.mark is Mark.QUESTION, _is_word(next_sign)
        self._open_question = Sign("asks", line) if is_followed else None
        self._is_in_answer = not (is_question or is_followed)
        return line if is_question or not is_followed else replace(line, mark=Mark.STRUCTURE)

    def _read_question(self, index: int, line: Line, sign: Sign) -> Iterator[Line]:
        next_sign = self._next_sign[index]
        has_answer = next_sign is not None and next_sign.role == "answers" and next_sign.is_chat == sign.is_chat
        has_answer = has_answer and (sign.is_pointed or not (next_sign and next_sign.is_pointed))
        next_text = self._next_text[index]
        if next_text is not None and _is_word(self._signs[next_text]):  # below options: "A. …", "B. …"
            has_answer = True
        pieces = tuple(split_pairs(sign))
        if len(pieces) > 1:
            self._open_question, self._is_in_answer = None, pieces[-1].mark is Mark.ANSWER
            yield from pieces
        elif has_answer or line.mark is Mark.QUESTION or self._has_text(index, sign):
            self._open_question, self._is_in_answer = (sign if has_answer else None), False
            yield replace(sign.line, is_chat=sign.is_chat)
        else:
            yield line

    def _has_text(self, index: int, sign: Sign) -> bool:
        """Whether a question without an answer sign is a heading or has a question mark, and has text under it."""
        next_text = self._next_text[index]
        if sign.is_chat or next_text is None or not (ends_in_question(sign.line.content) or sign.line.level):
            return False
        return self._signs[next_text] is None and self._lines[next_text].mark is Mark.TEXT

    def _read_answer(self, index: int, line: Line, sign: Sign) -> Iterator[Line]:
        """An answer if a question is open or its marker is certain; else text, such as the first of several options."""
        question = self._open_question
        if question is not None and (self._is_option(index) or (sign.is_pointed and not question.is_pointed)):
            yield replace(line, mark=Mark.TEXT, content=line.text)
            return
        if question is None and line.mark is not Mark.ANSWER:
            yield line
            return
        self._open_question, self._is_in_answer, self._last_number = None, True, ("", 0)
        yield from split_pairs(sign)

    def _looks_like_option(self, index: int) -> bool:
        """Whether a line begins with the letter of an option; ``A: …`` alone, without ``B``, is an answer."""
        option = OPTION.match(self._lines[index].text)
        return option is not None and (option["letter"] not in "Aa" or self._is_first_option(index))

    def _is_first_option(self, index: int) -> bool:
        """Whether option ``B`` follows on the same line or right under it."""
        next_line = next((line.text for line in self._lines[index + 1 : index + 3] if not line.is_blank), "")
        second_option = OPTION.match(next_line)
        if len(options_on(self._lines[index].text)) > 1:
            return True
        return second_option is not None and second_option["letter"] in "Bb"

    def _answers(self, sign: Sign | None, line: Line) -> bool:
        """Whether a sign right under a line answers it: a word for an answer, or a letter if the line asks."""
        if sign is None or sign.role != "answers" or sign.is_chat:
            return False
        return _is_word(sign) or (not sign.is_pointed and ends_in_question(line.text))

    def _is_option(self, index: int) -> bool:
        """Whether this ``A：`` is the first option above an answer: ``B：`` stands right under it."""
        is_first = bool(LETTER.match(self._lines[index].text)) and self._is_first_option(index)
        return is_first and _is_word(self._next_sign[index])

    def _read_unmarked(self, index: int, line: Line) -> Line:
        """A line without a sign: a question if an answer stands right under it, or if it looks like a question."""
        if line.is_code or line.is_blank:
            return line
        number_match = NUMBERED_LINE.fullmatch(line.text) if line.mark is Mark.TEXT else None
        continues_list = number_match is not None and self._continues_list(number_match)
        next_text = self._next_text[index]
        is_answered = next_text is not None and self._answers(self._signs[next_text], line)
        if self._open_question is not None:
            return line
        if number_match is not None and self._is_closed[index] and self._may_ask(index, number_match):
            is_answered = True
        if (
            is_answered
            and not continues_list
            and (number_match or line.mark is Mark.HEADING or self._asks_alone(index))
        ):
            self._open_question, self._is_in_answer = Sign("asks", line), False
        elif not self._begins_question(index, number_match):
            return line
        if number_match is not None:
            self._last_question_number = _style_and_number(number_match)
            content = content_of(number_match, 0).rstrip()
            bold_match = BOLD_LINE.fullmatch(content)  # "1. **什么是锁？**"
            content = bold_match["content"].strip() if bold_match else content
            return replace(
                line, mark=Mark.QUESTION, content=content, lead=number_match.start("content"), is_in_list=True
            )
        bold_match = BOLD_LINE.fullmatch(line.text)
        content = bold_match["content"].strip() if bold_match else line.content.strip()
        return replace(line, mark=Mark.QUESTION, content=content)

    def _begins_question(self, index: int, number_match: re.Match[str] | None) -> bool:
        """Whether a line with a number, or in bold, asks at the start of a paragraph and has text under it.

        In an answer with a sign, only the number after that of the last question begins another question.
        """
        line, next_text = self._lines[index], self._next_text[index]
        if next_text is None or not ends_in_question(line.text) or line.mark is not Mark.TEXT:
            return False
        if self._is_in_answer and not (number_match and self._follows(number_match)):
            return False
        if number_match is None and not BOLD_LINE.fullmatch(line.text):
            return False
        line_above = self._lines[index - 1] if index else None
        begins_paragraph = line_above is None or line_above.is_blank or line_above.mark is not Mark.TEXT
        text_line = self._lines[next_text]
        member_match = NUMBERED_LINE.match(text_line.text)
        is_list = member_match is not None and (
            number_match is None or _style_and_number(member_match)[0] == _style_and_number(number_match)[0]
        )
        return begins_paragraph and text_line.mark is Mark.TEXT and self._signs[next_text] is None and not is_list

    def _continues_list(self, number_match: re.Match[str]) -> bool:
        """Whether this number is the one after the number above: then both are in a list with one answer."""
        previous_number, self._last_number = self._last_number, _style_and_number(number_match)
        return self._last_number == (previous_number[0], previous_number[1] + 1)

    def _may_ask(self, index: int, number_match: re.Match[str]) -> bool:
        """Whether a numbered line may be a question of several lines, and not a list member in an answer."""
        line_above = self._lines[index - 1] if index else None
        return not self._is_in_answer or self._follows(number_match) or line_above is None or line_above.is_blank

    def _follows(self, number_match: re.Match[str]) -> bool:
        """Whether a number is the one after that of the last question."""
        return _style_and_number(number_match) == (self._last_question_number[0], self._last_question_number[1] + 1)

    def _asks_alone(self, index: int) -> bool:
        """Whether a line ends in a question mark and cannot be the second line of a question."""
        line_above = self._lines[index - 1] if index else None
        sign = self._signs[index - 1] if index else None
        begins_paragraph = (
            line_above is None
            or line_above.is_blank
            or line_above.mark is Mark.HEADING
            or (sign and sign.role == "answers")
        )
        return bool(begins_paragraph) and ends_in_question(self._lines[index].text)


def _style_and_number(number_match: re.Match[str]) -> tuple[str, int]:
    """The signs around a number, which are the same in one list, and the number."""
    return number_match["style"] + number_match["end"], int(number_match["number"])


def _closes(line: Line, sign: Sign | None, *, is_closed: bool, is_right_below: bool) -> tuple[bool, bool]:
    """The values `is_closed` and `is_right_below` for the line above this one, given those for this line."""
    if _is_word(sign):
        return True, True
    if line.is_blank:
        return is_right_below, is_right_below
    opens_something = (sign is not None and sign.role in ("asks", "answers")) or line.mark is not Mark.TEXT
    return is_closed and not opens_something and not NUMBERED_LINE.match(line.text), False


def _is_word(sign: Sign | None) -> bool:
    """Whether a sign is a word for an answer, and not a single letter, which may begin an option."""
    return sign is not None and sign.role == "answers" and not sign.is_chat and not LETTER.match(sign.line.text)


def _line_signs(lines: Sequence[Line], statements: Collection[int]) -> list[Sign | None]:
    """The sign of each line. An explanation counts as the answer to the question above if there is no other."""
    signs = [
        Sign("asks", line) if index in statements else None if line.is_certain else sign_of(line)
        for index, line in enumerate(lines)
    ]
    have_answers = _has_answer_below(lines, signs)
    signs_with_answers: list[Sign | None] = []
    has_open_question = False
    for index, (line, line_sign, has_answer) in enumerate(zip(lines, signs, have_answers, strict=True)):
        sign = line_sign
        if line_sign is not None and line_sign.role == "explains" and has_open_question and not has_answer:
            sign = replace(line_sign, role="answers", line=replace(line_sign.line, mark=Mark.ANSWER))
        signs_with_answers.append(sign)
        if sign is not None:
            has_open_question = (sign.role == "asks" and index not in statements) or (
                has_open_question and sign.role in ("hint", "tags", "source")
            )
        elif line.mark is Mark.HEADING or NUMBERED_LINE.match(line.text) or ends_in_question(line.text):
            has_open_question = not line.is_code
        elif not line.is_blank and not OPTION.match(line.text):
            has_open_question = False
    return signs_with_answers


def _has_answer_below(lines: Sequence[Line], signs: Sequence[Sign | None]) -> list[bool]:
    """Whether a word for an answer stands below each line, before any other possible question."""
    have_answers = [False] * len(lines)
    is_answered = False
    for index in range(len(lines) - 1, -1, -1):
        line, sign = lines[index], signs[index]
        have_answers[index] = is_answered
        may_ask = line.mark is not Mark.TEXT or bool(NUMBERED_LINE.match(line.text)) or ends_in_question(line.text)
        is_answered = _is_word(sign) or (is_answered and not may_ask and not (sign is not None and sign.role == "asks"))
    return have_answers
