"""Cutting lines into blocks: sections, and questions with all that stands under them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from duly.importers.text_lines import Line, Mark


@dataclass(slots=True)
class Block:
    """A line that opens something, None for what stands before the first such line, and the lines under it."""

    head: Line | None
    body: list[Line] = field(default_factory=list)

    @property
    def first(self) -> Line | None:
        """The first line under the head that is neither blank nor a heading."""
        return next((line for line in self.body if not line.is_blank and line.mark is not Mark.HEADING), None)

    @property
    def headings(self) -> tuple[Line, ...]:
        """The head, if it is a heading, and those below it."""
        lines = self.body if self.head is None else (self.head, *self.body)
        return tuple(line for line in lines if line.mark is Mark.HEADING)


def blocks(lines: Sequence[Line]) -> tuple[Block, ...]:
    """The blocks in order; the first one holds what stands before any question or section.

    A heading that asks nothing belongs to the answer above it if it lies deeper than the heading of its question, or if
    a speaker says it. What closes a question is the head of a block without a card.
    """
    all_blocks = [Block(None)]
    for line in lines:
        if _opens(line, all_blocks[-1].head):
            all_blocks.append(Block(line))
        else:
            all_blocks[-1].body.append(line)
    return tuple(all_blocks)


def questions(blocks: Sequence[Block]) -> Iterator[tuple[Block, bool]]:
    """Each block with whether it is a question: one with a marker, or a heading that asks and has text of its own.

    A heading that asks, with a question or a deeper heading right under it, is the heading of a section. Where some
    headings ask, all others with text of their own are questions, too, unless a question or a heading lies below them.
    """
    some_ask = any(
        block.head is not None and block.head.is_question_heading and block.first is not None for block in blocks
    )
    following: Iterator[Block | None] = iter((*blocks[1:], None))
    for block, after in zip(blocks, following, strict=True):
        head = block.head
        if head is None or head.mark is Mark.END:
            yield block, False
        elif head.mark is Mark.QUESTION:
            yield block, True
        else:
            is_section = after is not None and _lies_below(after, head)
            is_card = head.is_question_heading and not (block.first is None and is_section)
            yield block, is_card or (some_ask and block.first is not None and not is_section and bool(head.content))


def _opens(line: Line, head: Line | None) -> bool:
    if head is not None and head.is_chat:
        return line.mark is Mark.QUESTION and line.is_chat
    if line.mark is Mark.HEADING:
        asked = head is not None and (head.mark is Mark.QUESTION or head.is_question_heading)
        return line.is_question_heading or not (asked and head is not None and 0 < head.level < line.level)
    return line.mark in (Mark.QUESTION, Mark.END)


def _lies_below(block: Block, head: Line) -> bool:
    below = block.head
    return below is not None and (below.mark is Mark.QUESTION or below.level > head.level)
