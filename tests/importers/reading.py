"""What the tests of the importers ask of what was read."""

import re
from collections.abc import Iterator

from duly.cards import Basic, Note, Reversed
from duly.importers.importer import ImportedText
from duly.message import Message
from duly.problem import Problem


def pair(note: Note) -> tuple[str, str]:
    """The question and the answer of a note that has both."""
    assert isinstance(note.kind, Basic | Reversed)
    return note.kind.question, note.kind.answer


def pairs(imported: ImportedText) -> list[tuple[str, str]]:
    return [pair(note) for note in imported.notes]


def places(imported: ImportedText) -> list[tuple[int, str]]:
    """The line and the kind of each problem."""
    return [(problem.place.line, problem.kind) for problem in imported.problems]


def reported_lines(imported: ImportedText) -> set[int]:
    """The numbers of all lines that the problems speak of."""
    return {number for problem in imported.problems for number in _lines(problem)}


def _lines(problem: Problem) -> Iterator[int]:
    first = problem.place.line
    last = problem.message.values.get("last", first)
    assert isinstance(last, int)
    yield from range(first, last + 1)


def lost_words(text: str, imported: ImportedText, *, besides: str = "") -> list[str]:
    """The words of a text, each of a letter and digits, that are in no note and on no line that is reported.

    `besides` matches lines that only frame the cards, such as the signs around front matter.
    """
    texts = " ".join(
        part for note in imported.notes for part in (*note.texts, *note.tags, note.deck, note.source, note.id)
    )
    words = {*re.findall(r"[a-z]\d+", f"{texts} {imported.title}")}
    numbers = reported_lines(imported)
    return [
        word
        for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1)
        if number not in numbers and not (besides and re.fullmatch(besides, line))
        for word in re.findall(r"[a-z]\d+", line)
        if word not in words
    ]


def text_of(message: Message) -> str:
    """What a problem says, without the part on how far it reaches."""
    problem = message.values.get("problem")
    return str(problem if isinstance(problem, Message) else message)
