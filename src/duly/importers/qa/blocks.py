"""Cuts lines into blocks: sections, and questions with the lines under them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from duly.importers.text_lines import Line, Mark


@dataclass(slots=True)
class Block:
    """A line that opens something, None for the lines above the first one, and the lines under it."""

    head: Line | None
    body: list[Line] = field(default_factory=list)

    @property
    def first_text(self) -> Line | None:
        """The first line under the head that is neither blank nor a heading."""
        return next((line for line in self.body if not line.is_blank and line.mark is not Mark.HEADING), None)

    @property
    def headings(self) -> tuple[Line, ...]:
        """The head, if it is a heading, and those below it."""
        lines = self.body if self.head is None else (self.head, *self.body)
        return tuple(line for line in lines if line.mark is Mark.HEADING)


def blocks(lines: Sequence[Line]) -> tuple[Block, ...]:
    """The blocks in order; the first one has the lines above any question or section.

    A heading that is no question belongs to the answer above it if it lies deeper than the heading of the question, or
    if a speaker says it. A line that ends a card is the head of a block without a card.
    """
    all_blocks = [Block(None)]
    for line in lines:
        if _opens_block(line, all_blocks[-1].head):
            all_blocks.append(Block(line))
        else:
            all_blocks[-1].body.append(line)
    return tuple(all_blocks)


def questions(blocks: Sequence[Block]) -> Iterator[tuple[Block, bool]]:
    """The blocks, and whether each is a question: a line with a marker, or a heading that asks and has text under it.

    A heading that asks is the heading of a section if a question or a deeper heading stands right under it. If some
    headings ask, the others with text under them are questions, too, unless a question or a heading lies below them.
    """
    has_question_heading = any(
        block.head is not None and block.head.is_question_heading and block.first_text is not None for block in blocks
    )
    next_blocks: Iterator[Block | None] = iter((*blocks[1:], None))
    for block, next_block in zip(blocks, next_blocks, strict=True):
        head = block.head
        if head is None or head.mark is Mark.END:
            yield block, False
        elif head.mark is Mark.QUESTION:
            yield block, True
        else:
            is_section = next_block is not None and _lies_below(next_block, head)
            has_text = block.first_text is not None
            is_card = head.is_question_heading and (has_text or not is_section)
            may_ask = has_question_heading and has_text and not is_section and bool(head.content)
            yield block, is_card or may_ask


def _opens_block(line: Line, head: Line | None) -> bool:
    if head is not None and head.is_chat:
        return line.mark is Mark.QUESTION and line.is_chat
    if line.mark is Mark.HEADING:
        is_in_question = head is not None and (head.mark is Mark.QUESTION or head.is_question_heading)
        return line.is_question_heading or not (is_in_question and head is not None and 0 < head.level < line.level)
    return line.mark in (Mark.QUESTION, Mark.END)


def _lies_below(block: Block, head: Line) -> bool:
    next_head = block.head
    return next_head is not None and (next_head.mark is Mark.QUESTION or next_head.level > head.level)
