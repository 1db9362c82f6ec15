"""Markdown as hashcards and repeater read it: ``Q:`` and ``A:``, ``C:`` with ``[…]`` around what is hidden, ``::``.

A marker stands at the very start of a line. A card goes on until the next ``Q:`` or ``C:``, or a line ``---``; what
comes after such a line is a note of the author and no card, save lines of the form ``question::answer``. The front
matter may name the deck.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from duly.cards import Basic, Cloze, DeckName
from duly.importers.clozes import Hidden, cloze_text
from duly.importers.frontmatter import front_matter
from duly.importers.harvest import Harvest, text_of
from duly.importers.importer import Imported
from duly.importers.lines import Line, Mark, read_lines
from duly.importers.names import deck as deck_name
from duly.importers.spans import code_spans, masked
from duly.message import message

PAIR = re.compile(r"(?<!:)::(?!:)")
NOT_HIDDEN = re.compile(r"\s*|\^.*", re.DOTALL)
"""In brackets around nothing, and in the mark of a footnote."""

TASK = re.compile(r"^[ \t]*[-*+][ \t]+\[[ xX]\]", re.MULTILINE)


def accepts(_path: Path, text: str) -> bool:
    """Whether there is a cloze, or front matter that only hashcards has, or both ``Q:`` and lines with ``::``."""
    lines = read_lines(text)
    blocks = _blocks(lines)
    starts = {block.marker for block in blocks if block.marker != "C:" or "[" in text_of(block.lines)}
    named = front_matter(lines).values.keys() == {"name"}
    return "C:" in starts or {"Q:", "::"} <= starts or (named and "Q:" in starts)


def read(path: Path, text: str) -> Imported:
    """The notes of a text. What stands outside of cards is reported."""
    harvest = Harvest(path)
    lines = read_lines(text)
    front = front_matter(lines)
    title = deck_name(front.first("name"))
    if front.values.keys() - {"name"}:
        said = message("of the front matter only the name was taken, as the name of the deck")
        harvest.leave_out(front.lines, said)
    deck = DeckName(title or path.stem)
    for block in _blocks(lines[len(front.lines) :]):
        _take(harvest, block, deck)
    return harvest.imported(title)


@dataclass(slots=True)
class _Block:
    """Lines that belong together: a card that begins with ``Q:`` or ``C:``, one line with ``::``, or none of these."""

    marker: str
    lines: list[Line] = field(default_factory=list)


def _blocks(lines: Sequence[Line]) -> list[_Block]:
    found = [_Block("")]
    for line in lines:
        start = line.text[:2] if not line.code and line.text.startswith(("Q:", "C:")) else ""
        if start:
            found.append(_Block(start, [line]))
        elif not line.code and line.text.rstrip() == "---":
            found.append(_Block(""))
        elif not found[-1].marker and not line.code and _pair(line):
            found += (_Block("::", [line]), _Block(""))
        else:
            found[-1].lines.append(line)
    return found


def _pair(line: Line) -> tuple[str, str] | None:
    """What stands before and after the first ``::`` of a line."""
    found = PAIR.search(masked(line.text)) if "::" in line.text else None
    return (line.text[: found.start()].strip(), line.text[found.end() :].strip()) if found else None


def _take(harvest: Harvest, block: _Block, deck: DeckName) -> None:
    match block.marker:
        case "Q:":
            _question(harvest, block.lines, deck)
        case "C:":
            _cloze(harvest, block.lines, deck)
        case "::":
            pair = _pair(block.lines[0]) or ("", "")
            harvest.add(block.lines[0], Basic(*pair), deck)
        case _:
            harvest.leave_out(block.lines)


def _question(harvest: Harvest, lines: Sequence[Line], deck: DeckName) -> None:
    answers = [index for index, line in enumerate(lines) if not line.code and line.text.startswith("A:")]
    for index in answers[1:]:
        said = message("a second answer begins here; it was kept in the first one")
        harvest.warn(lines[index], "second-answer", said)
    parted = answers[0] if answers else len(lines)
    question = text_of([_unmarked(lines[0]), *lines[1:parted]])
    answer = text_of([_unmarked(lines[parted]), *lines[parted + 1 :]]) if answers else ""
    harvest.add(lines[0], Basic(question, answer), deck, last=_last(lines))


def _cloze(harvest: Harvest, lines: Sequence[Line], deck: DeckName) -> None:
    shown = [_unmarked(lines[0]), *lines[1:]]
    shown = shown[next((index for index, line in enumerate(shown) if not line.blank), 0) :]
    text = text_of(shown)
    parts = list(_parts(text, masked(text, code_spans(shown))))
    written = cloze_text(parts)
    if written is None and len(parts) > 1:
        said = message("what is hidden here cannot be written as a cloze, so it was left out; add it by hand")
        harvest.warn(lines[0], "unwritable-cloze", said, last=_last(lines))
    else:
        harvest.add(lines[0], Cloze(written or text), deck, last=_last(lines))


def _parts(text: str, mask: str) -> Iterator[str | Hidden]:
    """The text with each outermost pair of brackets hidden, in the order in which they stand."""
    at = number = 0
    tasks = {task.end() - 1 for task in TASK.finditer(mask)}
    for start, end in _brackets(mask):
        inner = text[start + 1 : end]
        is_link = mask[end + 1 : end + 2] == "\0" and text[end + 1] == "("
        if is_link or end in tasks or mask[start - 1 : start] == "!" or NOT_HIDDEN.fullmatch(inner):
            continue
        number += 1
        yield text[at:start]
        yield Hidden(inner, number)
        at = end + 1
    yield text[at:]


def _brackets(mask: str) -> Iterator[tuple[int, int]]:
    """Where each outermost pair of brackets opens and closes; one that is never closed is a sign like any other."""
    closed: list[tuple[int, int]] = []
    opened: list[int] = []
    for found in re.finditer(r"[\[\]]", mask):
        if found[0] == "[":
            opened.append(found.start())
        elif opened:
            start = opened.pop()
            while closed and closed[-1][0] > start:
                closed.pop()
            closed.append((start, found.start()))
    yield from closed


def _unmarked(line: Line) -> Line:
    content = line.text[2:].strip()
    return Line(line.number, content, Mark.TEXT, content)


def _last(lines: Sequence[Line]) -> int:
    return next((line.number for line in reversed(lines) if not line.blank), 0)
