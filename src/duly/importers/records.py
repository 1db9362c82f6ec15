"""Makes notes of records of keys and values, as in tables and JSON."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from duly.cards import Basic, Choice, Cloze, DeckName, Kind, Reversed, Typed
from duly.cards.cloze import OPENING
from duly.importers.collector import Collector
from duly.importers.text_lines import LINE_END, Line
from duly.message import message

STOCK = {
    "reverse": re.compile(r"and reversed|翻转|反转|反向", re.IGNORECASE),  # ``Basic (and reversed card)``
    "typed": re.compile(r"type in the answer|输入答案|输入回答", re.IGNORECASE),  # ``Basic (type in the answer)``
}
"""The kinds of notes that Anki comes with, by the names of their note types; what a row holds makes all others."""


@dataclass(frozen=True, slots=True)
class Record:
    """The values of one note. `texts` has all texts that are not empty, by key."""

    texts: dict[str, str]
    tags: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    flags: frozenset[str] = field(default_factory=frozenset)


def add_record(
    collector: Collector, line: Line, record: Record, deck: DeckName, field_lines: Mapping[str, Sequence[Line]]
) -> None:
    """Adds the note that a record describes; a question with deletions in it is a cloze, its answer an extra.

    `field_lines` has the cells or values of each key, as `Collector.add` claims them.
    """
    kind, extra = _kind(record)
    collector.add(
        line,
        kind,
        deck,
        field_lines,
        note_id=record.texts.get("id", ""),
        tags=record.tags,
        hint=record.texts.get("hint", ""),
        extra=extra,
        source=record.texts.get("source", ""),
    )


def _kind(record: Record) -> tuple[Kind, str]:
    question, answer, cloze, extra = (record.texts.get(key, "") for key in ("q", "a", "cloze", "extra"))
    if not cloze and OPENING.search(question):
        question, cloze = "", question
    if cloze:
        return Cloze(cloze), "\n\n".join(text for text in (question, answer, extra) if text)
    if record.wrong:
        return Choice(question, answer, record.wrong), extra
    if "typed" in record.flags or record.also:
        return Typed(question, answer, record.also), extra
    if "reverse" in record.flags:
        return Reversed(question, answer), extra
    return Basic(question, answer), extra


def flags_of(notetype: str) -> frozenset[str]:
    """What the name of one of the note types that Anki comes with says of a note."""
    return frozenset(key for key, name in STOCK.items() if name.search(notetype))


def from_anki_html(collector: Collector, line: Line, text: str) -> str:
    """The HTML of a field of Anki as Markdown; what Markdown cannot show is warned of."""
    from duly.markup.html_to_markdown.from_html import from_html  # only what comes from Anki pays for it

    converted = from_html(text, lambda name: name, cloze=bool(OPENING.search(text)))
    if not converted.whole:
        collector.warn(line, "not-shown", message("colours, styles or scripts of this note are not shown"))
    return trimmed_value(converted.text)


def trimmed_value(text: str) -> str:
    """A value without white space at its ends, its line ends made the usual ones."""
    return LINE_END.sub("\n", text).strip()
