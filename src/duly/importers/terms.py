"""Lists of terms: ``term – definition``, ``term = definition``, ``term: definition``, and what Quizlet exports.

One sign parts every term from its definition. A line without it goes on with the definition above, as the definitions
of Quizlet may have several lines. A person may name the signs: that between term and definition, and that after a card.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from duly.cards import Basic, DeckName
from duly.importers.collector import Collector, text_of
from duly.importers.importer import ImportedText, ImportOptions, Recognition, Sureness
from duly.importers.text_lines import LINE_END, Line, Mark, read_lines
from duly.message import message

SIGNS = {
    "tab": re.compile(r"\t"),
    "dash": re.compile(r"(?<![ \t])[ \t]+(?:-|–|—|——)[ \t]+|(?<=[^\s\d])(?:—+|–)(?=\S)"),  # ``猫 - cat``, ``猫——cat``
    "equals": re.compile(r"(?<![ \t])[ \t]+(?:=|→|->|=>)[ \t]+"),  # ``el gato = the cat``
    "colon": re.compile(r"：|:[ \t]+"),  # ``el gato: the cat``
    "semicolon": re.compile(r"[;；](?!\s)"),  # ``el gato;the cat``
    "comma": re.compile(r"[,，](?!\s)"),  # ``el gato,the cat``, not ``the cat, the dog``
}
"""What may stand between a term and its definition, the surest first."""

LIST = re.compile(r"[ \t]*(?:[-*+•][ \t]+|\d{1,3}[.)、][ \t]*)")
"""The sign of a list before a term: ``- el gato - the cat``."""

LEAST = 2
"""How many terms a list has at least; with a sign of prose, such as a colon, one more."""

LONGEST = 60
"""How many characters a term has at most where its sign stands in prose, too."""

IN_PROSE = ("colon", "comma", "dash", "semicolon")


def recognise(_path: Path, text: str) -> Recognition:
    """Likely where a tab parts terms of which some definitions have several lines, or every line has another sign."""
    lines = read_lines(text)
    filled = [line for line in lines if not line.is_blank]
    if any(line.mark in (Mark.QUESTION, Mark.ANSWER) or line.is_code or line.is_question_heading for line in filled):
        return Recognition()
    name = _sign(filled)
    if not name or (name == "tab" and any(line.text.count("\t") > 1 for line in filled)):
        return Recognition()
    terms = [(line.number, parted[0].content) for line in filled if (parted := _parted(line, SIGNS[name]))]
    if name == "colon" and len({term for _, term in terms}) < len(terms):
        return Recognition()  # "Front: …", "Back: …", "Front: …" are fields and no terms
    numbers = tuple(number for number, _ in terms)
    is_short = name in ("comma", "colon") and len(numbers) <= LEAST
    return Recognition(Sureness.POSSIBLE if is_short else Sureness.LIKELY, numbers)


def read(path: Path, text: str, options: ImportOptions = ImportOptions()) -> ImportedText:  # noqa: B008 - frozen
    """The notes of a list. What stands above the first term is left out."""
    lines = read_lines(text)
    deck = DeckName(path.stem)
    if options.term_separator:
        return _read_with_separators(path, text, options.term_separator, options.card_separator or "\n", deck)
    collector = Collector(path, lines)
    name = _sign([line for line in lines if not line.is_blank])
    open_terms: list[_Term] = []
    for line in lines:
        parted = _parted(line, SIGNS[name]) if name and not line.is_code else None
        if parted:
            open_terms.append(_Term(line, *parted, []))
        elif open_terms:
            open_terms[-1].below.append(line)
    collector.claim_structure(line for line in lines if line.mark is Mark.HEADING)
    for term in open_terms:
        below = [line for line in term.below if line.mark is not Mark.HEADING]
        answer = text_of([term.definition, *below])
        field_lines = {"q": [term.term], "a": [term.definition, *below]}
        collector.add(term.line, Basic(term.term.content, answer), deck, field_lines)
    return collector.result()


@dataclass(frozen=True, slots=True)
class _Term:
    """A line, the stretches of it that are term and definition, and the lines below that go on with the latter."""

    line: Line
    term: Line
    definition: Line
    below: list[Line]


def _sign(filled: Sequence[Line]) -> str:
    """The name of the sign that parts all lines; a tab may part some, for then the others go on. "" if none does."""
    for name, sign in SIGNS.items():
        parted = [_parted(line, sign) for line in filled]
        count = sum(pair is not None for pair in parted)
        is_prose = name in IN_PROSE and any(pair is not None and len(pair[0].content) > LONGEST for pair in parted)
        if count < LEAST or is_prose or parted[0] is None:
            continue
        if count == len(filled) or name == "tab":
            return name
    return ""


def _parted(line: Line, sign: re.Pattern[str]) -> tuple[Line, Line] | None:
    """The stretches of a line before and after the first sign; None without text on both sides."""
    lead = LIST.match(line.text)
    start = lead.end() if lead else 0
    match = sign.search(line.text, start)
    if match is None or not line.text[start : match.start()].strip() or not line.text[match.end() :].strip():
        return None
    term, definition = line.text[start : match.start()].strip(), line.text[match.end() :].strip()
    return (
        replace(line, text=term, content=term, end=match.end()),
        replace(line, text=definition, content=definition, start=match.end()),
    )


def _read_with_separators(
    path: Path, text: str, term_separator: str, card_separator: str, deck: DeckName
) -> ImportedText:
    """The notes of a text in which a person says what parts term and definition, and what ends a card."""
    stretches = tuple(_split_cards(text, card_separator))
    collector = Collector(path, stretches)
    for line in stretches:
        term, sign, definition = line.text.partition(term_separator)
        if sign:
            start = len(term) + len(sign)
            field_lines = {
                "q": [replace(line, text=term, end=start)],
                "a": [replace(line, text=definition, start=start)],
            }
            collector.add(line, Basic(term.strip(), definition.strip()), deck, field_lines)
        else:
            collector.leave_out(
                [line], message("{sign} does not stand here, so this was left out", sign=repr(term_separator))
            )
    return collector.result()


def _split_cards(text: str, card_separator: str) -> Iterator[Line]:
    """The stretches that a sign ends, each as a part of the line that it begins on; it may have several lines."""
    number, text = 1, LINE_END.sub("\n", text)
    for index, card_text in enumerate(text.split(card_separator)):
        stretch = card_text.lstrip("\n")
        blank_count = len(card_text) - len(stretch)
        yield Line(number + blank_count, stretch, Mark.TEXT, stretch, part=str(index))
        number += card_text.count("\n") + card_separator.count("\n")
