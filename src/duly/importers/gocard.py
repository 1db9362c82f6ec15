"""A file of GoCard: YAML front matter, and the sections ``# Question`` and ``# Answer`` of one card.

The folder is the deck, for there each card has a file of its own. A heading above the sections names the card.
"""

import re
from dataclasses import replace
from pathlib import Path

from duly.cards import Basic, DeckName
from duly.importers.frontmatter import front_matter
from duly.importers.harvest import Harvest, text_of
from duly.importers.importer import Imported
from duly.importers.lines import Line, Mark, read_lines
from duly.importers.names import deck as deck_name
from duly.importers.names import tags
from duly.importers.schedules import reviewed
from duly.message import message

QUESTION = re.compile(r"(?:Questions?|问题|問題)\b.*", re.IGNORECASE)
SCHEDULE = ("last_reviewed", "review_interval", "difficulty")
ANSWER = re.compile(r"(?:Answers?|答案|回答)\b.*", re.IGNORECASE)


def accepts(_path: Path, text: str) -> bool:
    """Whether there is front matter, and below it both sections."""
    lines = read_lines(text)
    sections = {kind for line in lines if (kind := _section(line))}
    return len(sections) == 2 and bool(front_matter(lines).lines)


def read(path: Path, text: str) -> Imported:
    """The note of a file, or several if the sections come again. What else the front matter has is reported."""
    harvest = Harvest(path)
    lines = read_lines(text)
    front = front_matter(lines)
    deck = deck_name(path.absolute().parent.name) or path.stem
    above, cards = _cards(lines[len(front.lines) :])
    name = next((line for line in above if line.mark is Mark.HEADING and line.level == 1 and line.content), None)
    harvest.leave_out([line for line in above if line is not name])
    own_tags = [tag for value in front.values.get("tags", ()) for tag in tags(value)]
    for question, answer in cards:
        source = f"{path.name}, line {question[0].number}"
        harvest.add(
            question[0],
            Basic(text_of(question[1:]), text_of(answer)),
            DeckName(deck),
            last=[*question, *answer][-1].number,
            tags=own_tags,
            source=f"{name.content} ({source})" if name else source,
        )
    planned = reviewed(tuple(harvest.notes.values()), front.values)
    if planned and front.values.keys() - {"tags", *SCHEDULE}:
        harvest.leave_out(front.lines, message("of the front matter only the tags and the schedule were taken"))
    elif not planned and front.values.keys() - {"tags"}:
        said = message("of the front matter only the tags were taken; the card begins as a new one")
        harvest.leave_out(front.lines, said)
    return replace(harvest.imported(), deck=DeckName(deck), is_part=True, planned=planned)


def _section(line: Line) -> str:
    """Which section a line opens, ``question`` or ``answer``; "" for any other line."""
    if line.mark is not Mark.HEADING or line.level > 2:
        return ""
    if QUESTION.fullmatch(line.content):
        return "question"
    return "answer" if ANSWER.fullmatch(line.content) else ""


def _cards(lines: tuple[Line, ...]) -> tuple[list[Line], list[tuple[list[Line], list[Line]]]]:
    """The lines above the sections; then of each card those of the question with its heading, and of the answer."""
    above: list[Line] = []
    cards: list[tuple[list[Line], list[Line]]] = []
    into = above
    for line in lines:
        section = _section(line)
        if section == "question" or (section and not cards):
            cards.append(([line], []))
            into = cards[-1][0] if section == "question" else cards[-1][1]
        elif section == "answer":
            into = cards[-1][1]
        else:
            into.append(line)
    return above, cards
