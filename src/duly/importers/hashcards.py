"""Markdown of hashcards and repeater: ``Q:`` and ``A:``, ``C:`` with ``[…]`` around hidden text, ``::``.

A marker stands at the very start of a line. A card ends at the next ``Q:`` or ``C:``, or at a line ``---``. Text after
``---`` is a note of the author and no card, except lines of the form ``question::answer``. The front matter may name
the deck.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from duly.cards import Basic, Cloze, DeckName
from duly.importers.cloze_text import HiddenPart, cloze_text
from duly.importers.collector import Collector, text_of
from duly.importers.frontmatter import front_matter
from duly.importers.importer import Confidence, ImportedText, Recognition
from duly.importers.markdown_spans import code_spans, mask_markup
from duly.importers.tags_and_decks import deck_name
from duly.importers.text_lines import Line, Mark, read_lines
from duly.message import message

PAIR = re.compile(r"(?<!:)::(?!:)")  # in ``front::back``, not in ``a:::b``
NOT_HIDDEN = re.compile(r"\s*|\^.*", re.DOTALL)
"""The text in brackets that hide nothing: white space, and ``^1`` in the mark of a footnote."""

TASK = re.compile(r"^[ \t]*[-*+][ \t]+\[[ xX]\]", re.MULTILINE)  # ``- [ ]``, ``* [x]`` at the start of a line


def recognise(path: Path, text: str) -> Recognition:
    """Certain with a cloze, the front matter of hashcards, or both ``Q:`` and lines with ``::``.

    Also certain in Markdown without headings if a line ``---`` ends a card that begins with ``Q:`` and text follows.
    """
    lines = read_lines(text)
    front = front_matter(lines)
    blocks = _blocks(lines[len(front.lines) :])
    marker_blocks = (block for block in blocks if block.marker != "C:" or "[" in text_of(block.lines))
    first_numbers = {block.marker: block.lines[0].number for block in marker_blocks if block.marker}
    has_ended_card = any(
        question.marker == "Q:" and rule.marker == "---" and not text_block.marker and text_of(text_block.lines)
        for question, rule, text_block in zip(blocks, blocks[1:], blocks[2:], strict=False)
    ) and not any(line.mark is Mark.HEADING for line in lines)
    has_only_name = front.values.keys() == {"name"}
    is_sure = "C:" in first_numbers or {"Q:", "::"} <= first_numbers.keys() or (has_only_name and "Q:" in first_numbers)
    if is_sure or (has_ended_card and path.suffix.lower() in (".md", ".markdown") and _has_answers(blocks)):
        return Recognition(Confidence.CERTAIN, tuple(sorted(first_numbers.values())))
    return Recognition()


def _has_answers(blocks: "Sequence[_Block]") -> bool:
    """Whether each question has an answer for hashcards, which begins with ``A:``."""
    question_blocks = [block for block in blocks if block.marker == "Q:"]
    return all(any(line.text.startswith("A:") for line in block.lines) for block in question_blocks)


def read(path: Path, text: str) -> ImportedText:
    """The notes of a text. Text outside of cards is reported."""
    lines = read_lines(text)
    collector = Collector(path, lines)
    front = front_matter(lines)
    title = deck_name(front.first("name"))
    used_lines, other_lines = front.split(("name",) if title else ())
    collector.claim_structure(used_lines)
    collector.leave_out(other_lines, message("of the front matter only the name was taken, as the name of the deck"))
    deck = DeckName(title or path.stem)
    for block in _blocks(lines[len(front.lines) :]):
        _add_block(collector, block, deck)
    return collector.result(title)


@dataclass(slots=True)
class _Block:
    """A card that begins with ``Q:`` or ``C:``, a line with ``::``, a line ``---``, or other lines (marker "")."""

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
        elif not blocks[-1].marker and not line.is_code and _split_pair(line):
            blocks += (_Block("::", [line]), _Block(""))
        else:
            blocks[-1].lines.append(line)
    return blocks


def _split_pair(line: Line) -> tuple[str, str] | None:
    """The texts before and after the first ``::`` of a line; None without one."""
    match = PAIR.search(mask_markup(line.text)) if "::" in line.text else None
    return (line.text[: match.start()].strip(), line.text[match.end() :].strip()) if match else None


def _add_block(collector: Collector, block: _Block, deck: DeckName) -> None:
    match block.marker:
        case "Q:":
            _add_question(collector, block.lines, deck)
        case "C:":
            _add_cloze(collector, block.lines, deck)
        case "::":
            pair = _split_pair(block.lines[0]) or ("", "")
            collector.add(block.lines[0], Basic(*pair), deck, {"q": block.lines})
        case "---":
            collector.claim_structure(block.lines)
        case _:
            collector.leave_out(block.lines)


def _add_question(collector: Collector, lines: Sequence[Line], deck: DeckName) -> None:
    answer_indexes = [index for index, line in enumerate(lines) if not line.is_code and line.text.startswith("A:")]
    for index in answer_indexes[1:]:
        sentence = message("a second answer begins here; it was kept in the text above")
        collector.warn(lines[index], "second-answer", sentence)
    answer_start = answer_indexes[0] if answer_indexes else len(lines)
    question = text_of([_without_marker(lines[0]), *lines[1:answer_start]])
    answer = text_of([_without_marker(lines[answer_start]), *lines[answer_start + 1 :]]) if answer_indexes else ""
    collector.add(lines[0], Basic(question, answer), deck, {"q": lines[:answer_start], "a": lines[answer_start:]})


def _add_cloze(collector: Collector, lines: Sequence[Line], deck: DeckName) -> None:
    text_lines = [_without_marker(lines[0]), *lines[1:]]
    text_lines = text_lines[next((index for index, line in enumerate(text_lines) if not line.is_blank), 0) :]
    text = text_of(text_lines)
    parts = list(_parts(text, mask_markup(text, code_spans(text_lines))))
    cloze = cloze_text(parts)
    if cloze is None and len(parts) > 1:
        sentence = message("what is hidden here cannot be written as a cloze, so it was left out; add it by hand")
        collector.leave_out(lines, sentence, "unwritable-cloze")
    else:
        collector.add(lines[0], Cloze(cloze or text), deck, {"cloze": lines})


def _parts(text: str, mask: str) -> Iterator[str | HiddenPart]:
    """The text in parts, the text in each outermost pair of brackets hidden."""
    at = number = 0
    task_ends = {task.end() - 1 for task in TASK.finditer(mask)}
    for start, end in _brackets(mask):
        inner = text[start + 1 : end]
        is_link = mask[end + 1 : end + 2] == "\0" and text[end + 1] == "("
        if is_link or end in task_ends or mask[start - 1 : start] == "!" or NOT_HIDDEN.fullmatch(inner):
            continue
        number += 1
        yield text[at:start]
        yield HiddenPart(inner, number)
        at = end + 1
    yield text[at:]


def _brackets(mask: str) -> Iterator[tuple[int, int]]:
    """The indexes of each outermost pair of brackets; brackets that are never closed are ignored."""
    pairs: list[tuple[int, int]] = []
    open_starts: list[int] = []
    for bracket in re.finditer(r"[\[\]]", mask):
        if bracket[0] == "[":
            open_starts.append(bracket.start())
        elif open_starts:
            start = open_starts.pop()
            while pairs and pairs[-1][0] > start:
                pairs.pop()
            pairs.append((start, bracket.start()))
    yield from pairs


def _without_marker(line: Line) -> Line:
    content = line.text[2:].strip()
    return Line(line.number, content, Mark.TEXT, content)
