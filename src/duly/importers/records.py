"""Makes notes of records of keys and values, as in tables and JSON."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from duly.cards import Basic, Choice, Cloze, DeckName, Kind, Reversed, Typed
from duly.cards.cloze import OPENING
from duly.importers.collector import Collector
from duly.importers.text_lines import LINE_END, Line
from duly.message import message

ANKI_NOTE_TYPES = {
    "reverse": re.compile(r"and reversed|翻转|反转|反向", re.IGNORECASE),  # ``Basic (and reversed card)``
    "typed": re.compile(r"type in the answer|输入答案|输入回答", re.IGNORECASE),  # ``Basic (type in the answer)``
}
"""The flags of the note types that come with Anki, by their names; other kinds of notes follow from the values."""


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
    kind, extra = _kind_and_extra(record)
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


def _kind_and_extra(record: Record) -> tuple[Kind, str]:
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
    """The flags of a note with one of the note types that come with Anki."""
    return frozenset(key for key, name in ANKI_NOTE_TYPES.items() if name.search(notetype))


def from_anki_html(collector: Collector, line: Line, text: str) -> str:
    """The HTML of an Anki field as Markdown, with a warning if Markdown cannot show all of it."""
    from duly.markup.html_to_markdown.from_html import from_html  # imported only for texts of Anki

    markdown = from_html(text, lambda name: name, cloze=bool(OPENING.search(text)))
    if not markdown.is_complete:
        collector.warn(line, "not-shown", message("colours, styles or scripts of this note are not shown"))
    return trimmed_value(markdown.text)


def trimmed_value(text: str) -> str:
    """A value without white space at its ends, with ``\\n`` as line end."""
    return LINE_END.sub("\n", text).strip()
