"""Assigns the lines below one question to the fields of its card: question, answer, hint, extra, tags, source."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from duly.importers.multiple_choice import names_options, trailing_options
from duly.importers.qa.blocks import Block
from duly.importers.qa.markers import sign_of
from duly.importers.text_lines import Line, Mark

RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})")
"""A rule across the page between two cards: ``---``, ``* * *``."""

KEY_OF_ROLE = {"explains": "extra", "extra": "extra", "hint": "hint", "tags": "tags", "source": "source"}
"""The field of each role of a sign."""

ONE_LINE_KEYS = ("hint", "tags", "source")


@dataclass(slots=True)
class Part:
    """The lines of one field in the text (`lines`), and on the card, without their signs (`shown_lines`)."""

    key: str
    lead: int
    lines: list[Line] = field(default_factory=list)
    shown_lines: list[Line] = field(default_factory=list)

    def open_with(self, line: Line) -> None:
        """Adds the line with the sign, of which only the content is shown."""
        self.lines.append(line)
        self.shown_lines.append(Line(line.number, line.content, Mark.TEXT, line.content))

    def append(self, line: Line) -> None:
        self.lines.append(line)
        self.shown_lines.append(line)

    @property
    def text_lines(self) -> list[Line]:
        """The lines on the card, without the indentation of their sign."""
        first_lines = self.shown_lines[:1] if self.lines and self.shown_lines[:1] != self.lines[:1] else []
        return [*first_lines, *dedent_lines(self.shown_lines[len(first_lines) :], self.lead)]


@dataclass(slots=True)
class CardParts:
    """The parts of a block, several with the same key if need be, and the lines where a second answer begins."""

    parts: list[Part]
    second_answers: list[Line] = field(default_factory=list)

    def parts_of(self, key: str) -> list[Part]:
        return [part for part in self.parts if part.key == key]

    def field_lines(self) -> dict[str, list[Line]]:
        """The lines of each field."""
        return {
            key: [line for part in self.parts_of(key) for line in part.lines]
            for key in {part.key for part in self.parts}
        }


def split_card(head: Line, block: Block) -> CardParts:
    """The parts of a card. Without a sign of the answer, the answer is all text under the question."""
    answer_index = next((index for index, line in enumerate(block.body) if begins_answer(line, head)), None)
    question_part = Part("q", head.lead)
    question_part.open_with(head)
    flashcard = CardParts([question_part])
    text_part = question_part if answer_index is not None else Part("a", head.lead)
    if answer_index is None:
        flashcard.parts.append(text_part)
    current_part = text_part
    for index, line in enumerate(block.body):
        sign = sign_of(line) if line.mark is Mark.TEXT else None
        if index == answer_index:
            current_part = text_part = Part("a", line.lead)
            flashcard.parts.append(current_part)
            current_part.open_with(line)
        elif sign is not None and sign.role in KEY_OF_ROLE:
            current_part = Part(KEY_OF_ROLE[sign.role], sign.line.lead)
            flashcard.parts.append(current_part)
            current_part.open_with(sign.line)
            text_part = text_part if current_part.key in ONE_LINE_KEYS else current_part
            current_part = text_part
        else:
            if begins_answer(line, head):
                flashcard.second_answers.append(line)
            current_part.append(line)
    return flashcard


def with_explanation(flashcard: CardParts) -> CardParts:
    """The card with the text under the letter of the right option as an explanation."""
    _, options = trailing_options(
        [line.text for part in flashcard.parts_of("q") for line in trim_lines(part.text_lines)]
    )
    for part in flashcard.parts_of("a") if options else ():
        letter_index = next(
            (index for index, line in enumerate(part.shown_lines) if not line.is_blank), len(part.shown_lines)
        )
        text_start = letter_index + 1
        if (
            letter_index < len(part.shown_lines)
            and names_options(part.shown_lines[letter_index].text)
            and part.shown_lines[text_start:]
        ):
            flashcard.parts.append(Part("extra", part.lead, part.lines[text_start:], part.shown_lines[text_start:]))
            part.lines, part.shown_lines = part.lines[:text_start], part.shown_lines[:text_start]
    return flashcard


def begins_answer(line: Line, head: Line) -> bool:
    """Whether the answer to `head` begins here. ``- A: …`` in a list does so only for a question in a list."""
    return line.mark is Mark.ANSWER and line.is_in_list <= head.is_in_list


def trim_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines without blank ones at both ends and a rule at the end."""
    end = len(lines)
    while end and (lines[end - 1].is_blank or RULE.fullmatch(lines[end - 1].text)):
        end -= 1
    return list(lines[next((index for index in range(end) if not lines[index].is_blank), end) : end])


def trailing_rules(lines: Sequence[Line]) -> Iterator[Line]:
    """The rules at the end of the lines, the last one first."""
    for line in reversed(lines):
        if RULE.fullmatch(line.text):
            yield line
        elif not line.is_blank:
            return


def dedent_lines(lines: Sequence[Line], lead: int) -> list[Line]:
    """The lines without their common indentation, at most `lead` characters."""
    indents = [len(line.text) - len(line.text.lstrip()) for line in lines if not line.is_blank]
    width = min((lead, *indents))
    return [replace(line, text=line.text[width:]) for line in lines] if width else list(lines)
