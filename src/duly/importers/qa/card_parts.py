"""Assigns the lines below one question to the fields of its card: question, answer, hint, extra, tags, source."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from duly.importers.multiple_choice import names_options, trailing_options
from duly.importers.qa.blocks import Block
from duly.importers.qa.markers import sign_of
from duly.importers.text_lines import Line, Mark

RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})")
"""A line across the page, which Markdown puts between two entries: ``---``, ``* * *``."""

KEYS = {"explains": "extra", "extra": "extra", "hint": "hint", "tags": "tags", "source": "source"}
"""The field of each role of a sign."""

ONE_LINE = ("hint", "tags", "source")


@dataclass(slots=True)
class Part:
    """Lines of one field as they stand (`lines`), and as they are shown, without their signs (`shown`)."""

    key: str
    lead: int
    lines: list[Line] = field(default_factory=list)
    shown: list[Line] = field(default_factory=list)

    def open(self, line: Line) -> None:
        """Takes the line of the sign, of which only the content is shown."""
        self.lines.append(line)
        self.shown.append(Line(line.number, line.content, Mark.TEXT, line.content))

    def take(self, line: Line) -> None:
        self.lines.append(line)
        self.shown.append(line)

    @property
    def text_lines(self) -> list[Line]:
        """The lines as they are shown, without the indentation that comes from that of their sign."""
        first = self.shown[:1] if self.lines and self.shown[:1] != self.lines[:1] else []
        return [*first, *dedented(self.shown[len(first) :], self.lead)]


@dataclass(slots=True)
class CardParts:
    """The parts of a block, each key once or several times, and the lines at which a second answer begins."""

    parts: list[Part]
    second_answers: list[Line] = field(default_factory=list)

    def of(self, key: str) -> list[Part]:
        return [part for part in self.parts if part.key == key]

    def field_lines(self) -> dict[str, list[Line]]:
        """The lines of each field, rules at the ends of texts aside."""
        return {
            key: [line for part in self.of(key) for line in part.lines] for key in {part.key for part in self.parts}
        }


def card(head: Line, block: Block) -> CardParts:
    """The card of a question. Without a sign of the answer, that is all that stands under the question."""
    marked = next((index for index, line in enumerate(block.body) if begins_answer(line, head)), None)
    asked = Part("q", head.lead)
    asked.open(head)
    flashcard = CardParts([asked])
    text = asked if marked is not None else Part("a", head.lead)
    if marked is None:
        flashcard.parts.append(text)
    into = text
    for index, line in enumerate(block.body):
        sign = sign_of(line) if line.mark is Mark.TEXT else None
        if index == marked:
            into = text = Part("a", line.lead)
            flashcard.parts.append(into)
            into.open(line)
        elif sign is not None and sign.role in KEYS:
            into = Part(KEYS[sign.role], sign.line.lead)
            flashcard.parts.append(into)
            into.open(sign.line)
            text = text if into.key in ONE_LINE else into
            into = text
        else:
            if begins_answer(line, head):
                flashcard.second_answers.append(line)
            into.take(line)
    return flashcard


def with_explanation(card: CardParts) -> CardParts:
    """The card with what stands under the letter of the right option as an explanation: ``B``, and why."""
    _, options = trailing_options([line.text for part in card.of("q") for line in trimmed(part.text_lines)])
    for part in card.of("a") if options else ():
        first = next((index for index, line in enumerate(part.shown) if not line.is_blank), len(part.shown))
        below = first + 1
        if first < len(part.shown) and names_options(part.shown[first].text) and part.shown[below:]:
            card.parts.append(Part("extra", part.lead, part.lines[below:], part.shown[below:]))
            part.lines, part.shown = part.lines[:below], part.shown[:below]
    return card


def begins_answer(line: Line, head: Line) -> bool:
    """Whether the answer to `head` begins here. ``- A: …`` in a list does so only for a question in a list."""
    return line.mark is Mark.ANSWER and line.is_in_list <= head.is_in_list


def trimmed(lines: Sequence[Line]) -> list[Line]:
    """The lines without blank ones at both ends and a rule at the end."""
    end = len(lines)
    while end and (lines[end - 1].is_blank or RULE.fullmatch(lines[end - 1].text)):
        end -= 1
    return list(lines[next((index for index in range(end) if not lines[index].is_blank), end) : end])


def rules(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines across the page with which the lines end."""
    for line in reversed(lines):
        if RULE.fullmatch(line.text):
            yield line
        elif not line.is_blank:
            return


def dedented(lines: Sequence[Line], lead: int) -> list[Line]:
    """The lines without the indentation that they have in common, as far as it comes from that of their sign."""
    indents = [len(line.text) - len(line.text.lstrip()) for line in lines if not line.is_blank]
    cut = min((lead, *indents))
    return [replace(line, text=line.text[cut:]) for line in lines] if cut else list(lines)
