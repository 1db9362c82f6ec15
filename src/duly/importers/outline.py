"""Headings with text under them, and list members with text under them: the heading or the member is the question.

The nearest heading above a card becomes its tag. A first heading ``# …`` that is the only one of its rank is the title.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent

from duly.cards import Basic, DeckName
from duly.importers.collector import Collector, text_of
from duly.importers.frontmatter import front_matter
from duly.importers.importer import Confidence, ImportedText, Recognition
from duly.importers.tags_and_decks import deck_name, tag_name
from duly.importers.text_lines import Line, Mark, read_lines
from duly.message import message

MEMBER = re.compile(r"(?P<indent>[ \t]*)(?:[-*+•][ \t]+|\d{1,9}[.)][ \t]+|\d{1,9}、[ \t]*)(?P<text>\S.*)")
"""A member of a list, ``  - Quito``, ``2. Quito`` or ``2、基多``: its indentation and its text."""


def recognise(path: Path, text: str) -> Recognition:
    """Plausible if every line is part of a card or a heading above one; else only possible."""
    imported_text = read(path, text)
    lines = tuple(note.place.line for note in imported_text.notes if note.place)
    if not lines:
        return Recognition()
    return Recognition(Confidence.POSSIBLE if imported_text.account.left_out() else Confidence.PLAUSIBLE, lines)


def read(path: Path, text: str) -> ImportedText:
    """The notes of a text. Text above the first heading, under the title or in a list without answers is reported."""
    lines = read_lines(text)
    collector = Collector(path, lines)
    front = front_matter(lines)
    text_tags = front.tags
    used_lines, other_lines = front.split(("tags",))
    collector.claim_structure(used_lines)
    collector.leave_out(other_lines, message("of the front matter only the tags were taken"))
    sections = _sections(lines[len(front.lines) :])
    name = _title(sections)
    open_headings: list[tuple[int, str]] = []
    for section in sections:
        head = section.head
        if head is not None:
            open_headings = [(level, tag) for level, tag in open_headings if level < head.level]
        section_tag = tag_name(head.content) if head is not None and not section.is_title else ""
        outer_tag = open_headings[-1][1] if open_headings else ""
        section.add_notes(collector, DeckName(name or path.stem), text_tags, section_tag or outer_tag, outer_tag)
        if head is not None and section_tag:
            open_headings.append((head.level, section_tag))
    return collector.result(name)


@dataclass(slots=True)
class _Section:
    """A heading, None at the top, and the lines down to the next heading."""

    head: Line | None
    body: list[Line] = field(default_factory=list)
    is_title: bool = False

    def add_notes(
        self, collector: Collector, deck: DeckName, text_tags: tuple[str, ...], inner_tag: str, outer_tag: str
    ) -> None:
        """Adds a note for each member of a list with answers, or one note for the heading and its text.

        `inner_tag` is the tag of the members, `outer_tag` the tag of the heading as a card.
        """
        members = _members(self.body)
        answer = "" if members or self.is_title else text_of(self.body)
        if self.head is not None and not answer:
            collector.claim_structure([self.head])
        if members:
            for member in members:
                if member.body:
                    kind = Basic(member.text, member.answer)
                    tags = (*text_tags, inner_tag) if inner_tag else text_tags
                    field_lines = {"q": [member.line], "a": member.body}
                    collector.add(member.line, kind, deck, field_lines, tags=tags)
        elif self.head is not None and answer:
            tags = (*text_tags, outer_tag) if outer_tag else text_tags
            field_lines = {"q": [self.head], "a": self.body}
            collector.add(self.head, Basic(self.head.content, answer), deck, field_lines, tags=tags)


@dataclass(slots=True)
class _Member:
    """A member of a list, and the lines under it without blank lines at the end."""

    line: Line
    text: str
    body: list[Line] = field(default_factory=list)

    @property
    def answer(self) -> str:
        """The lines under it without indentation; if that is a single list member, without its sign."""
        lines = dedent(text_of(self.body)).split("\n")
        only_member = MEMBER.fullmatch(lines[0]) if len(lines) == 1 else None
        return only_member["text"] if only_member else "\n".join(lines)


def _sections(lines: Sequence[Line]) -> list[_Section]:
    sections = [_Section(None)]
    for line in lines:
        if line.mark is Mark.HEADING:
            sections.append(_Section(line))
        else:
            sections[-1].body.append(line)
    return sections


def _title(sections: Sequence[_Section]) -> str:
    """The deck name in the title, "" without a title; marks the section of the title."""
    headings = [(section, section.head) for section in sections if section.head is not None]
    if len(headings) < 2 or [head.level for _, head in headings].count(1) != 1 or headings[0][1].level != 1:
        return ""
    name = deck_name(headings[0][1].content)
    headings[0][0].is_title = bool(name)
    return name


def _members(lines: Sequence[Line]) -> list[_Member]:
    """The members of the list, if the lines are one list and a member has an answer; else empty."""
    members: list[_Member] = []
    indent = ""
    for line in lines:
        member_match = None if line.is_code else MEMBER.fullmatch(line.text)
        if member_match and (not members or len(member_match["indent"]) <= len(indent)):
            indent = member_match["indent"]
            members.append(_Member(line, member_match["text"].rstrip()))
        elif members and (line.is_blank or line.is_code or len(line.text) - len(line.text.lstrip()) > len(indent)):
            members[-1].body.append(line)
        elif not line.is_blank:
            return []
    for member in members:
        while member.body and member.body[-1].is_blank:
            member.body.pop()
    return members if any(member.body for member in members) else []
