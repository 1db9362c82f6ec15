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
from duly.importers.cloze_text import HiddenPart, cloze_text
from duly.importers.collector import Collector, text_of
from duly.importers.frontmatter import front_matter
from duly.importers.importer import ImportedText, Recognition, Sureness
from duly.importers.markdown_spans import code_spans, mask_markup
from duly.importers.tags_and_decks import deck_name
from duly.importers.text_lines import Line, Mark, read_lines
from duly.message import message

PAIR = re.compile(r"(?<!:)::(?!:)")  # in ``front::back``, not in ``a:::b``
NOT_HIDDEN = re.compile(r"\s*|\^.*", re.DOTALL)
"""What brackets hold that hide nothing: white space, and ``^1`` in the mark of a footnote."""

TASK = re.compile(r"^[ \t]*[-*+][ \t]+\[[ xX]\]", re.MULTILINE)  # ``- [ ]``, ``* [x]`` where a line begins


def recognise(path: Path, text: str) -> Recognition:
    """Certain where there is a cloze, front matter that only hashcards has, or ``Q:`` beside lines with ``::``.

    So it is, in Markdown without headings, where a line ``---`` ends a card that begins with ``Q:`` and text follows.
    """
    lines = read_lines(text)
    front = front_matter(lines)
    blocks = _blocks(lines[len(front.lines) :])
    marked = (block for block in blocks if block.marker != "C:" or "[" in text_of(block.lines))
    of = {block.marker: block.lines[0].number for block in marked if block.marker}
    ends = any(
        question.marker == "Q:" and rule.marker == "---" and not rest.marker and text_of(rest.lines)
        for question, rule, rest in zip(blocks, blocks[1:], blocks[2:], strict=False)
    ) and not any(line.mark is Mark.HEADING for line in lines)
    named = front.values.keys() == {"name"}
    is_sure = "C:" in of or {"Q:", "::"} <= of.keys() or (named and "Q:" in of)
    if is_sure or (ends and path.suffix.lower() in (".md", ".markdown") and _has_answers(blocks)):
        return Recognition(Sureness.CERTAIN, tuple(sorted(of.values())))
    return Recognition()


def _has_answers(blocks: "Sequence[_Block]") -> bool:
    """Whether each question has an answer as hashcards reads it."""
    asked = [block for block in blocks if block.marker == "Q:"]
    return all(any(line.text.startswith("A:") for line in block.lines) for block in asked)


def read(path: Path, text: str) -> ImportedText:
    """The notes of a text. What stands outside of cards is reported."""
    lines = read_lines(text)
    collector = Collector(path, lines)
    front = front_matter(lines)
    title = deck_name(front.first("name"))
    used_lines, other_lines = front.split(("name",) if title else ())
    collector.claim_structure(used_lines)
    collector.leave_out(other_lines, message("of the front matter only the name was taken, as the name of the deck"))
    deck = DeckName(title or path.stem)
    for block in _blocks(lines[len(front.lines) :]):
        _take(collector, block, deck)
    return collector.result(title)


@dataclass(slots=True)
class _Block:
    """Lines that belong together: a card that begins with ``Q:`` or ``C:``, one line with ``::``, or none of these."""

    marker: str
    lines: list[Line] = field(default_factory=list)


def _blocks(lines: Sequence[Line]) -> list[_Block]:
    blocks = [_Block("")]
    for line in lines:
        start = line.text[:2] if not line.is_code and line.text.startswith(("Q:", "C:")) else ""
        if start:
            blocks.append(_Block(start, [line]))
        elif not line.is_code and line.text.rstrip() == "---":
            blocks += (_Block("---", [line]), _Block(""))
        elif not blocks[-1].marker and not line.is_code and _pair(line):
            blocks += (_Block("::", [line]), _Block(""))
        else:
            blocks[-1].lines.append(line)
    return blocks


def _pair(line: Line) -> tuple[str, str] | None:
    """What stands before and after the first ``::`` of a line."""
    match = PAIR.search(mask_markup(line.text)) if "::" in line.text else None
    return (line.text[: match.start()].strip(), line.text[match.end() :].strip()) if match else None


def _take(collector: Collector, block: _Block, deck: DeckName) -> None:
    match block.marker:
        case "Q:":
            _question(collector, block.lines, deck)
        case "C:":
            _cloze(collector, block.lines, deck)
        case "::":
            pair = _pair(block.lines[0]) or ("", "")
            collector.add(block.lines[0], Basic(*pair), deck, {"q": block.lines})
        case "---":
            collector.claim_structure(block.lines)
        case _:
            collector.leave_out(block.lines)


def _question(collector: Collector, lines: Sequence[Line], deck: DeckName) -> None:
    answers = [index for index, line in enumerate(lines) if not line.is_code and line.text.startswith("A:")]
    for index in answers[1:]:
        sentence = message("a second answer begins here; it was kept in the text above")
        collector.warn(lines[index], "second-answer", sentence)
    parted = answers[0] if answers else len(lines)
    question = text_of([_unmarked(lines[0]), *lines[1:parted]])
    answer = text_of([_unmarked(lines[parted]), *lines[parted + 1 :]]) if answers else ""
    collector.add(lines[0], Basic(question, answer), deck, {"q": lines[:parted], "a": lines[parted:]})


def _cloze(collector: Collector, lines: Sequence[Line], deck: DeckName) -> None:
    shown = [_unmarked(lines[0]), *lines[1:]]
    shown = shown[next((index for index, line in enumerate(shown) if not line.is_blank), 0) :]
    text = text_of(shown)
    parts = list(_parts(text, mask_markup(text, code_spans(shown))))
    written = cloze_text(parts)
    if written is None and len(parts) > 1:
        sentence = message("what is hidden here cannot be written as a cloze, so it was left out; add it by hand")
        collector.leave_out(lines, sentence, "unwritable-cloze")
    else:
        collector.add(lines[0], Cloze(written or text), deck, {"cloze": lines})


def _parts(text: str, mask: str) -> Iterator[str | HiddenPart]:
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
        yield HiddenPart(inner, number)
        at = end + 1
    yield text[at:]


def _brackets(mask: str) -> Iterator[tuple[int, int]]:
    """Where each outermost pair of brackets opens and closes; one that is never closed is a sign like any other."""
    closed: list[tuple[int, int]] = []
    opened: list[int] = []
    for bracket in re.finditer(r"[\[\]]", mask):
        if bracket[0] == "[":
            opened.append(bracket.start())
        elif opened:
            start = opened.pop()
            while closed and closed[-1][0] > start:
                closed.pop()
            closed.append((start, bracket.start()))
    yield from closed


def _unmarked(line: Line) -> Line:
    content = line.text[2:].strip()
    return Line(line.number, content, Mark.TEXT, content)
