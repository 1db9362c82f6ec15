"""Questions and answers in a text: ``问：``/``答：``, ``Q:``/``A:``, those of `paired`, and headings that ask.

An answer needs no marker: it is the text under its question, up to the next question or heading. The nearest heading
above that asks nothing becomes a tag. A heading ``# …`` that comes first and is the only one of its rank is the title.
Texts are kept as they stand; see `aligned` for the one thing that is added.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from duly.cards import Basic, DeckName
from duly.importers.aligned import fenced
from duly.importers.blocks import Block, blocks, questions
from duly.importers.citations import citation_marks
from duly.importers.harvest import Harvest
from duly.importers.importer import Imported
from duly.importers.lines import Line, Mark, read_line, read_lines
from duly.importers.names import tag
from duly.importers.paired import paired
from duly.importers.spans import masked
from duly.message import message

RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})")
"""A line across the page, which Markdown puts between two entries."""

IN_ONE_LINE = re.compile(r"\S[ \t]*(?<!:)(:{2,3})(?!:)[ \t]*\S")
"""How other formats of Markdown part a question and its answer in one line."""
OTHER_CARD = "other-card"
"""The problem of a line in an answer that would be a card in one of those."""


def accepts(_path: Path, text: str) -> bool:
    """Whether the text asks something."""
    return any(line.mark is Mark.QUESTION or line.asks for line in paired(read_lines(text)))


def read(path: Path, text: str) -> Imported:
    """The notes of a text, each with the line it comes from as its source. What cannot be placed is warned of."""
    reading = _Reading(Harvest(path))
    found = blocks(paired(read_lines(text)))
    title = _title(found)
    deck = DeckName(title.content if title else path.stem)
    for block, is_question in questions(found):
        reading.take(block, deck, is_question, block.head is title)
    return reading.harvest.imported(title.content if title else "")


def _title(found: Sequence[Block]) -> Line | None:
    """The heading of the first rank that no other heading comes before, and no other is like; if it asks nothing."""
    headings = [block.head for block in found if block.head is not None]
    if headings and headings[0].mark is Mark.HEADING and headings[0].content and not headings[0].asks:
        ranks = [heading.level for heading in headings]
        return headings[0] if ranks[0] == 1 and ranks.count(1) == 1 else None
    return None


@dataclass(slots=True)
class _Reading:
    """What was found so far, and the sections that are open, outermost first, each with its level and tag."""

    harvest: Harvest
    sections: list[tuple[int, str]] = field(default_factory=list)

    def take(self, block: Block, deck: DeckName, is_question: bool, is_title: bool) -> None:
        """Takes the next block: a note, or a section, or text that belongs to neither."""
        head = block.head
        if head is not None and head.level:
            self.sections = [section for section in self.sections if section[0] < head.level]
        if head is not None and is_question:
            self._note(head, block, deck)
            return
        if not is_title:
            self.sections += ((heading.level, tag(heading.content)) for heading in block.headings)
        if block.first is not None:
            self.harvest.leave_out(
                block.body[block.body.index(block.first) :],
                message("this text belongs to no question and was left out")
                if head is None
                else message("this text is under a heading that asks nothing and was left out; end a question with ?"),
            )

    def _note(self, head: Line, block: Block, deck: DeckName) -> None:
        question, answer = self._parted(head, block)
        kind = Basic(self._text(question), self._text(answer))
        section = next((name for _, name in reversed(self.sections) if name), "")
        last = next((line.number for line in reversed(block.body) if not line.blank), head.number)
        self.harvest.add(head, kind, deck, last=last, tags=(section,) if section else ())

    def _parted(self, head: Line, block: Block) -> tuple[list[Line], list[Line]]:
        """The lines of the question and those of the answer, markers removed."""
        marked = next((index for index, line in enumerate(block.body) if _answers(line, head)), None)
        for line in (head, *block.body):
            self._warn_of_leftovers(line)
        self._warn_of_other_cards(block.body[0 if marked is None else marked + 1 :])
        if marked is None:
            return [_first(head)], _dedented(block.body, head.lead)
        marker = block.body[marked]
        for line in block.body[marked + 1 :]:
            if _answers(line, head):
                self.harvest.warn(
                    line, "second-answer", message("a second answer begins here; it was kept in the first one")
                )
        rest = _dedented(block.body[marked + 1 :], marker.lead)
        return [_first(head), *_dedented(block.body[:marked], head.lead)], [_first(marker), *rest]

    def _text(self, lines: list[Line]) -> str:
        """The lines without blank ones at both ends and a rule at the end, aligned blocks in fences."""
        end = len(lines)
        while end and (lines[end - 1].blank or RULE.fullmatch(lines[end - 1].text)):
            end -= 1
        lines = lines[next((index for index in range(end) if not lines[index].blank), end) : end]
        texts: list[str] = []
        at = 0
        while at < len(lines):
            end = next((index for index in range(at, len(lines)) if lines[index].code != lines[at].code), len(lines))
            stretch = [line.text for line in lines[at:end]]
            if lines[at].code:
                texts += stretch
            else:
                shown, starts = fenced(stretch)
                texts += shown
                for start in starts:
                    self.harvest.warn(
                        lines[at + start],
                        "aligned",
                        message("these lines are aligned and became a block of code, so that they stay so"),
                    )
            at = end
        return "\n".join(texts)

    def _warn_of_other_cards(self, answer: Sequence[Line]) -> None:
        """Of lines in an answer that other formats take for cards; in texts that may be of such a format."""
        if self.harvest.path.suffix.lower() not in (".md", ".markdown"):
            return
        for line in answer:
            found = None if line.code or "::" not in line.text else IN_ONE_LINE.search(masked(line.text))
            if found:
                said = message(
                    "{sign} makes a card in other formats, but not among questions and answers, so this was kept in the"
                    " answer above; write Q: and A:, or move it to a file of its own",
                    sign=found[1],
                )
                self.harvest.warn(line, OTHER_CARD, said)

    def _warn_of_leftovers(self, line: Line) -> None:
        if line.code:
            if read_line(line.number, line.text).mark is Mark.QUESTION:
                said = message("this question stands in code and was kept as part of it; close the code above it")
                self.harvest.warn(line, "question-in-code", said)
            return
        for index, digits in citation_marks(line.text):
            said = message(
                "{digits} looks like a left-over citation mark; remove it from the card if so", digits=digits
            )
            self.harvest.warn(line, "citation-mark", said, column=index + 1)


def _answers(line: Line, head: Line) -> bool:
    """Whether the answer to `head` begins here. ``- A: …`` in a list does so only for a question in a list."""
    return line.mark is Mark.ANSWER and line.listed <= head.listed


def _first(line: Line) -> Line:
    """The line a marker stands in, as text without the marker."""
    return Line(line.number, line.content, Mark.TEXT, line.content)


def _dedented(lines: Sequence[Line], lead: int) -> list[Line]:
    """The lines without the indentation that they have in common, as far as it comes from that of their marker."""
    indents = [line.column - 1 for line in lines if not line.blank]
    cut = min((lead, *indents))
    if not cut:
        return list(lines)
    return [Line(line.number, line.text[cut:], line.mark, line.content, code=line.code) for line in lines]
