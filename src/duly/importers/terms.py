"""Lists of terms: ``term – definition``, ``term = definition``, ``term: definition``, and exports of Quizlet.

One sign separates every term from its definition. A line without it continues the definition above, since definitions
of Quizlet may have several lines. A person may name the sign between term and definition and the sign after a card.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from duly.cards import Basic, DeckName
from duly.importers.collector import Collector, text_of
from duly.importers.importer import Confidence, ImportedText, ImportOptions, Recognition
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
"""The signs between a term and its definition, the surest first."""

LIST_SIGN = re.compile(r"[ \t]*(?:[-*+•][ \t]+|\d{1,3}[.)、][ \t]*)")
"""The sign of a list before a term: ``- el gato - the cat``."""

MIN_TERMS = 2
"""The minimum number of terms in a list; with a comma or a colon one more."""

LONGEST = 60
"""The maximum length in characters of a term before a sign that is common in prose."""

PROSE_SIGNS = ("colon", "comma", "dash", "semicolon")


def recognise(_path: Path, text: str) -> Recognition:
    """Likely if every line has the same sign; with tabs, definitions may have several lines."""
    lines = read_lines(text)
    filled_lines = [line for line in lines if not line.is_blank]
    if any(
        line.mark in (Mark.QUESTION, Mark.ANSWER) or line.is_code or line.is_question_heading for line in filled_lines
    ):
        return Recognition()
    name = _common_sign(filled_lines)
    if not name or (name == "tab" and any(line.text.count("\t") > 1 for line in filled_lines)):
        return Recognition()
    numbered_terms = [
        (line.number, pair[0].content) for line in filled_lines if (pair := _split_term(line, SIGNS[name]))
    ]
    if name == "colon" and len({term for _, term in numbered_terms}) < len(numbered_terms):
        return Recognition()  # "Front: …", "Back: …", "Front: …" are fields and no terms
    numbers = tuple(number for number, _ in numbered_terms)
    is_short = name in ("comma", "colon") and len(numbers) <= MIN_TERMS
    return Recognition(Confidence.POSSIBLE if is_short else Confidence.LIKELY, numbers)


def read(path: Path, text: str, options: ImportOptions = ImportOptions()) -> ImportedText:  # noqa: B008 - frozen
    """The notes of a list. Text above the first term is left out."""
    lines = read_lines(text)
    deck = DeckName(path.stem)
    if options.term_separator:
        return _read_with_separators(path, text, options.term_separator, options.card_separator or "\n", deck)
    collector = Collector(path, lines)
    name = _common_sign([line for line in lines if not line.is_blank])
    terms: list[_Term] = []
    for line in lines:
        pair = _split_term(line, SIGNS[name]) if name and not line.is_code else None
        if pair:
            terms.append(_Term(line, *pair, []))
        elif terms:
            terms[-1].continuation.append(line)
    collector.claim_structure(line for line in lines if line.mark is Mark.HEADING)
    for term in terms:
        continuation = [line for line in term.continuation if line.mark is not Mark.HEADING]
        answer = text_of([term.definition, *continuation])
        field_lines = {"q": [term.term], "a": [term.definition, *continuation]}
        collector.add(term.line, Basic(term.term.content, answer), deck, field_lines)
    return collector.result()


@dataclass(frozen=True, slots=True)
class _Term:
    """A line, its stretches with term and definition, and the lines below that continue the definition."""

    line: Line
    term: Line
    definition: Line
    continuation: list[Line]


def _common_sign(filled_lines: Sequence[Line]) -> str:
    """The name of the sign in all lines, or of the tab if some have one; "" if there is none."""
    for name, sign in SIGNS.items():
        pairs = [_split_term(line, sign) for line in filled_lines]
        count = sum(pair is not None for pair in pairs)
        is_prose = name in PROSE_SIGNS and any(pair is not None and len(pair[0].content) > LONGEST for pair in pairs)
        if count < MIN_TERMS or is_prose or pairs[0] is None:
            continue
        if count == len(filled_lines) or name == "tab":
            return name
    return ""


def _split_term(line: Line, sign: re.Pattern[str]) -> tuple[Line, Line] | None:
    """The stretches before and after the first sign in a line; None without text on both sides."""
    lead = LIST_SIGN.match(line.text)
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
    """The notes of a text with the separators that a person named."""
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
    """The cards, each as a part of the line on which it begins, perhaps with several lines."""
    number, text = 1, LINE_END.sub("\n", text)
    for index, card_text in enumerate(text.split(card_separator)):
        stretch = card_text.lstrip("\n")
        blank_count = len(card_text) - len(stretch)
        yield Line(number + blank_count, stretch, Mark.TEXT, stretch, part=str(index))
        number += card_text.count("\n") + card_separator.count("\n")
