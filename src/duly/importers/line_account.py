"""Accounts for every part of a source text: it is part of a card, structure, or left out with a reason.

At first everything counts as left out. A reader claims what it uses; the rest stays left out, so that nothing is lost
silently. A source consists of lines, or of cells or values.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from duly.cards import NoteId
from duly.importers.text_lines import LINE_END, Line
from duly.message import Message, message

STRUCTURE = "structure"
"""The use of text around the cards: a heading, a rule, a marker without a card, front matter."""

NOT_PLACED = "not-placed"
"""The kind of passages that were left out without a particular reason."""

NO_CARD = message("this text belongs to no card and was left out")


class Use(NamedTuple):
    """The use of a stretch of text: the key of a field and its note, or `STRUCTURE` and no note."""

    key: str
    note: NoteId | None = None


class Reason(NamedTuple):
    """Why something was left out: a stable slug and a message, shared by scattered parts such as a column."""

    kind: str
    message: Message
    is_scattered: bool = False


DEFAULT_REASON = Reason(NOT_PLACED, NO_CARD)


class Claim(NamedTuple):
    """The stretch of a line from `start` to `end` and its use."""

    start: int
    end: int
    use: Use


class LeftOutPassage(NamedTuple):
    """A passage left out for one reason: its first line, the start of its text there, and the number of its last line.

    For scattered parts, such as a column, `last_line` is the number of the first line.
    """

    line: Line
    offset: int
    last_line: int
    reason: Reason


@dataclass(slots=True)
class _Row:
    line: Line
    claims: list[Claim] = field(default_factory=list)
    """In order, without overlaps."""
    reason: Reason | None = None

    @property
    def last_line(self) -> int:
        """The number of the last line: a cell may have several lines."""
        return self.line.number + len(LINE_END.findall(self.line.text))


class LineAccount:
    """The lines of a source (or its cells, each a line with a `part`), with the claims on each."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._rows = {(line.number, line.part): _Row(line) for line in lines}

    def claim(self, line: Line, use: Use) -> None:
        """Claims the stretch of a line for a use; earlier claims take precedence."""
        row = self._rows[line.number, line.part]
        at, end = line.start, len(row.line.text) if line.end is None else line.end
        index = bisect_right(row.claims, at, key=lambda claim: claim.end)
        while at < end:
            following = row.claims[index] if index < len(row.claims) else Claim(end, end, use)
            if at < following.start:
                row.claims.insert(index, Claim(at, min(end, following.start), use))
                index += 1
            at = max(at, following.end)
            index += 1

    def leave_out(self, lines: Iterable[Line], reason: Reason) -> None:
        """Sets the reason why unclaimed parts of these lines are left out."""
        for line in lines:
            self._rows[line.number, line.part].reason = reason

    def claims(self) -> Iterator[tuple[Line, tuple[Claim, ...]]]:
        """Every line of the source with the claims on it, in order."""
        for row in self._rows.values():
            yield row.line, tuple(row.claims)

    def left_out(self) -> tuple[LeftOutPassage, ...]:
        """All unclaimed passages that are not blank; consecutive lines with the same reason are one passage."""
        passages: list[LeftOutPassage] = []
        reported_reasons: set[int] = set()
        previous: Reason | None = None
        for row in self._rows.values():
            if not row.line.text.strip():
                continue
            offsets = [start for start, end in _gaps(row) if row.line.text[start:end].strip()]
            reason = (row.reason or DEFAULT_REASON) if offsets else None
            if reason is not None:
                if reason.is_scattered and id(reason) in reported_reasons:
                    continue
                if reason is previous:
                    passages[-1] = passages[-1]._replace(last_line=max(row.last_line, passages[-1].last_line))
                else:
                    passages.append(LeftOutPassage(row.line, offsets[0], row.last_line, reason))
                    reported_reasons.add(id(reason))
            previous = reason
        return tuple(passages)

    def rows(self) -> Iterator[tuple[Line, str, Use | Reason]]:
        """All stretches that are not blank, in order: the line, the text, and its use or the reason it was left out."""
        for row in self._rows.values():
            text = row.line.text
            uses: list[tuple[int, int, Use | Reason]] = [*row.claims]
            uses += ((start, end, row.reason or DEFAULT_REASON) for start, end in _gaps(row))
            for start, end, use in sorted(uses, key=lambda stretch: stretch[0]):
                if text[start:end].strip():
                    yield row.line, text[start:end], use


def _gaps(row: _Row) -> Iterator[tuple[int, int]]:
    at = 0
    for claim in row.claims:
        if at < claim.start:
            yield at, claim.start
        at = max(at, claim.end)
    if at < len(row.line.text):
        yield at, len(row.line.text)
