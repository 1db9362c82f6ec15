"""What was found so far in one text: its notes, each id once, and everything that is not in them, by its place."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from duly.cards import Choice, Cloze, DeckName, Kind, Note, NoteId, derived_id
from duly.cards.cloze import numbers
from duly.cards.ids import ID_LENGTH, folded
from duly.importers.importer import Imported
from duly.importers.lines import Line
from duly.message import Message, message
from duly.place import Place
from duly.problem import Problem, Severity


@dataclass(slots=True)
class Harvest:
    """A collector for the reader of a format: `add` takes only notes that a deck file can hold."""

    path: Path
    notes: dict[NoteId, Note] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(
        self,
        line: Line,
        kind: Kind,
        deck: DeckName,
        *,
        last: int = 0,
        given: str = "",
        tags: Sequence[str] = (),
        hint: str = "",
        extra: str = "",
        source: str = "",
    ) -> Note | None:
        """Takes the note that stands from `line` to the `last` one, with its id if one is `given`.

        Returns the note, or None after saying why it was left out.
        """
        if why := _unfit(kind):
            self.warn(line, *why, last=last)
            return None
        note = Note(
            id=self._id(line, kind, given),
            kind=kind,
            deck=deck,
            tags=tuple(dict.fromkeys(tags)),
            hint=hint,
            extra=extra,
            source=source or f"{self.path.name}, line {line.number}",
            place=Place(self.path, line.number, line.column),
            stamped=True,
        )
        twin = self.notes.setdefault(note.id, note)
        if twin is note or twin.place is None:
            return note
        if folded(twin.question) == folded(note.question):
            said = message("line {line} asks the same, so this was left out; word it differently", line=twin.place.line)
            self.warn(line, "same-question", said, last=last)
        else:
            said = message("line {line} has the id {id!r} too, so this was left out", line=twin.place.line, id=note.id)
            self.warn(line, "same-id", said, last=last)
        return None

    def _id(self, line: Line, kind: Kind, given: str) -> NoteId:
        if given and len(given) <= ID_LENGTH and given.isprintable() and given == given.strip():
            return NoteId(given)
        if given.strip():
            said = message("an id has 1 to {limit} visible characters; this card was given another", limit=ID_LENGTH)
            self.warn(line, "bad-id", said)
        return derived_id(kind.text if isinstance(kind, Cloze) else kind.question)

    def leave_out(self, lines: Sequence[Line], said: Message | None = None) -> None:
        """Says that these lines belong to no card, or what is `said` of them, once for all of them."""
        if filled := [line for line in lines if not line.blank]:
            said = said or message("this text belongs to no card and was left out")
            self.warn(filled[0], "not-placed", said, last=filled[-1].number)

    def warn(self, line: Line, kind: str, said: Message, *, column: int = 0, last: int = 0) -> None:
        """Reports something at a line, at its first character if no column is named, and of all lines to the `last`."""
        if last > line.number:
            said = message("{problem} (all of it, to line {last})", problem=said, last=last)
        place = Place(self.path, line.number, column or line.column)
        self.problems.append(Problem(place, kind, said, Severity.WARNING, line.text))

    def imported(self, title: str = "") -> Imported:
        """Everything found in a text of this title."""
        return Imported(
            tuple(self.notes.values()),
            tuple(sorted(self.problems, key=lambda problem: problem.place)),
            title,
            DeckName(title or self.path.stem),
        )


def _unfit(kind: Kind) -> tuple[str, Message] | None:
    """Why no deck file can hold a note of this kind."""
    if isinstance(kind, Cloze):
        if not kind.text.strip() or not numbers(kind.text):
            return "no-deletion", message("this cloze hides nothing, so it was left out")
        return None
    if not kind.question.strip():
        return "no-question", message("there is no question here, so this was left out")
    if not kind.answer.strip():
        return "no-answer", message("this question has no answer, so it was left out")
    if isinstance(kind, Choice):
        options = [folded(option) for option in (kind.answer, *kind.wrong)]
        if not kind.wrong or not all(options) or len({*options}) < len(options):
            said = message("the options of this question are empty or stand here twice, so it was left out")
            return "same-option", said
    return None


def text_of(lines: Sequence[Line]) -> str:
    """The lines as one text, without blank ones at its ends."""
    filled = [index for index, line in enumerate(lines) if not line.blank]
    return "\n".join(line.text for line in lines[filled[0] : filled[-1] + 1]) if filled else ""
