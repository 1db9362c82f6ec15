"""Notes in sections, one for each field: files of GoCard, ``# Front`` and ``# Back`` files, and notes of ki and apy.

The sections are ``## Question`` and ``## Answer`` (GoCard) or ``# Front`` and ``# Back``; ``## Tags``, ``## Hint`` and
``## Extra`` may stand beside them. Tags and the id may be in the front matter, or below a heading ``# Note`` as in ki.
Deck and tags above the first section apply to all notes, as in apy. Each card has a file of its own, so the deck is
the folder unless a note names another one.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from duly.cards import Basic, DeckName
from duly.cards.cloze import OPENING
from duly.cards.note import Cloze, Kind
from duly.cards.note_keys import key_of
from duly.importers.collector import Collector, text_of
from duly.importers.foreign_schedules import gocard_schedules
from duly.importers.frontmatter import FrontMatter, front_matter
from duly.importers.importer import Confidence, ImportedText, Recognition
from duly.importers.qa.words import word_pattern
from duly.importers.tags_and_decks import deck_name, tag_names
from duly.importers.text_lines import Line, Mark, read_lines
from duly.message import message

QUESTION = re.compile(r"(?:Questions?|Front|问题|問題|正面)\b.*", re.IGNORECASE)  # ``Question``, ``Front side``
ANSWER = re.compile(r"(?:Answers?|Back|答案|回答|背面)\b.*", re.IGNORECASE)  # ``Answer``, ``Back side``
OPTIONAL_FIELDS = ("tags", "hint", "extra", "source")
"""The fields that may have a section beside question and answer, under a heading of the same level."""

EXPLANATION = re.compile(rf"{word_pattern('explains')}|{word_pattern('extra')}", re.IGNORECASE)
"""The heading of a text shown with the answer: ``## 解析``, ``## Explanation``."""

HEAD = re.compile(r"(?P<key>guid|nid|notetype|model|deck|tags|markdown)[ \t]*:(?P<value>.*)", re.IGNORECASE)
"""A line below ``# Note``, such as ``guid: Q'z!vKhK9M``."""

FENCE = re.compile(r"\s*(?:`{3,}|~{3,})\s*")  # ``~~~``, not ``~~~sql``
SCHEDULE = ("last_reviewed", "review_interval", "difficulty")


def recognise(_path: Path, text: str) -> Recognition:
    """Certain with both sections and one of these: front matter, ``# Note``, or a section at the very top."""
    lines = read_lines(text)
    notes = _notes(lines[len(front_matter(lines).lines) :])
    complete_notes = [note for note in notes if "q" in note.sections and "a" in note.sections]
    has_note_mark = any(note.head for note in notes) or bool(front_matter(lines).lines) or not _lines_above(notes)
    numbers = [note.sections[key][0].number for note in complete_notes for key in ("q", "a")]
    return Recognition(Confidence.CERTAIN, tuple(numbers)) if numbers and has_note_mark else Recognition()


def read(path: Path, text: str) -> ImportedText:
    """The notes of a file. Other keys of the front matter, and text outside of sections, are left out."""
    lines = read_lines(text)
    collector = Collector(path, lines)
    front = front_matter(lines)
    notes = _notes(lines[len(front.lines) :])
    deck = DeckName(deck_name(path.absolute().parent.name) or path.stem)
    title = next(
        (line for line in _lines_above(notes) if line.mark is Mark.HEADING and line.level == 1 and line.content), None
    )
    collector.claim_structure([title] if title else [])
    cards = [note for note in notes if note.head or note.sections]
    heads = ((line, HEAD.match(line.text)) for line in _lines_above(notes))
    defaults = _Note(head=[line for line, head in heads if head and head["key"].lower() not in ("guid", "nid")])
    collector.claim_structure(defaults.head)
    front_id = front.first("id") or front.first("guid") if len(cards) == 1 else ""
    for note in cards:
        _add_note(collector, note, defaults, front, deck, title=title, front_id=front_id)
    schedules = gocard_schedules(tuple(collector.notes.values()), front.values)
    used_lines, other_lines = front.split(
        ("tags", *(("id", "guid") if front_id else ()), *(SCHEDULE if schedules else ()))
    )
    collector.claim_structure(used_lines)
    sentence = message("of the front matter only the tags were taken; the card begins as a new one")
    if schedules or not front.values.keys() & {*SCHEDULE}:
        sentence = message("of the front matter only the id, the tags and the schedule are taken")
    collector.leave_out(other_lines, sentence)
    return replace(collector.result(), deck=deck, is_part=True, schedules=schedules)


@dataclass(slots=True)
class _Note:
    """The sections of a note by field, each with its heading first; the lines below ``# Note``; the lines above."""

    sections: dict[str, list[Line]] = field(default_factory=dict)
    head: list[Line] = field(default_factory=list)
    above: list[Line] = field(default_factory=list)

    def value(self, *keys: str) -> str:
        """The value of the first line below ``# Note`` with one of these keys."""
        matches = (match for line in self.head if (match := HEAD.match(line.text)))
        return next((match["value"].strip() for match in matches if match["key"].lower() in keys), "")

    def text(self, key: str) -> str:
        return text_of(self.sections.get(key, [])[1:])


def _add_note(
    collector: Collector, note: _Note, defaults: _Note, front: FrontMatter, deck: DeckName, *,
    title: Line | None, front_id: str,
) -> None:  # fmt: skip
    first = next(iter(note.sections.values()), note.head)[0]
    source = f"{collector.path.name}, line {first.number}"
    tag_lines = [line.text for line in note.sections.get("tags", [])[1:] if not FENCE.fullmatch(line.text)]
    front_tags = front.values.get("tags", ())
    question, answer, extra = note.text("q"), note.text("a"), note.text("extra")
    kind: Kind = Cloze(question) if OPENING.search(question) else Basic(question, answer)
    field_lines = dict(note.sections)
    if isinstance(kind, Cloze):
        extra = "\n\n".join(filter(None, (answer, extra)))
        field_lines = {{"q": "cloze", "a": "extra"}.get(key, key): lines for key, lines in field_lines.items()}
    collector.claim_structure(note.head)
    collector.add(
        first,
        kind,
        DeckName(deck_name(note.value("deck") or defaults.value("deck"))) or deck,
        field_lines,
        note_id=note.value("guid") or front_id,
        tags=[
            tag
            for text in (*front_tags, defaults.value("tags"), note.value("tags"), *tag_lines)
            for tag in tag_names(text)
        ],
        hint=note.text("hint"),
        extra=extra,
        source=note.text("source") or (f"{title.content} ({source})" if title else source),
    )


def _notes(lines: Iterable[Line]) -> list[_Note]:
    """The notes in order; the first one has the lines above all others, and perhaps no section."""
    notes = [_Note()]
    target = notes[0].above
    for line in lines:
        key = _section(line, notes[-1].sections)
        if key == "note":
            notes.append(_Note())
            target = notes[-1].head
        elif key in ("q", "a") and notes[-1].sections.keys() & {key, "a"}:
            notes.append(_Note())
        if key and key != "note":
            target = notes[-1].sections.setdefault(key, [])
        if target is notes[-1].head and not (key or line.is_blank or HEAD.match(line.text)):
            target = notes[-1].above
        target.append(line)
    return notes


def _section(line: Line, sections: dict[str, list[Line]]) -> str:
    """The field that a heading opens, ``note`` for ``# Note``; "" for any other line."""
    if line.mark is not Mark.HEADING or line.level > 3:
        return ""
    if line.level == 1 and line.content == "Note":
        return "note"
    if line.level < 3 and QUESTION.fullmatch(line.content):
        return "q"
    if line.level < 3 and ANSWER.fullmatch(line.content):
        return "a"
    key = "extra" if EXPLANATION.fullmatch(line.content) else key_of(line.content)
    if key == "tags":
        return key
    first_section = sections.get("q", sections.get("a"))
    has_same_level = first_section is not None and first_section[0].level == line.level
    return key if key in OPTIONAL_FIELDS and has_same_level else ""


def _lines_above(notes: Sequence[_Note]) -> list[Line]:
    return [line for line in notes[0].above if not line.is_blank]
