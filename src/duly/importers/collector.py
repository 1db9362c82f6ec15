"""Collects the notes of one text, each id once, and accounts for every line."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from duly.cards import Choice, Cloze, DeckName, Kind, Note, NoteId, Occlusion, derived_id
from duly.cards.cloze import numbers
from duly.cards.ids import ID_LENGTH, normalised
from duly.importers.importer import Imported
from duly.importers.line_account import NO_CARD, NOT_PLACED, STRUCTURE, LeftOut, LineAccount, Reason, Use
from duly.importers.text_lines import Line, read_lines
from duly.importers.wiki_links import embedded_notes, links_as_markdown
from duly.message import Message, message
from duly.problem import Place, Problem, Severity


@dataclass(slots=True)
class Collector:
    """Collects notes for the reader of a format: `add` accepts only notes that a deck file can represent.

    `lines` are all lines of the text: those that are neither added nor marked as structure are left out.
    """

    path: Path
    lines: Sequence[Line]
    notes: dict[NoteId, Note] = field(default_factory=dict)
    warnings: list[Problem] = field(default_factory=list)
    account: LineAccount = field(init=False)

    def __post_init__(self) -> None:
        self.account = LineAccount(self.lines)

    def add(
        self,
        line: Line,
        kind: Kind,
        deck: DeckName,
        uses: Mapping[str, Iterable[Line]],
        *,
        given: str = "",
        tags: Sequence[str] = (),
        hint: str = "",
        extra: str = "",
        source: str = "",
    ) -> Note | None:
        """Adds the note that begins at `line`, with the id `given` if any, and claims the lines of each field.

        Returns the note, or None if it was left out.
        """
        kind = self._portable(line, kind)
        hint, extra = (self._shown(line, text) for text in (hint, extra))
        filled = {key: [stretch for stretch in lines if not stretch.blank] for key, lines in uses.items()}
        own = [stretch for lines in filled.values() for stretch in lines]
        if unfit := _unfit(kind):
            self.account.leave_out(own or [line], unfit)
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
            for key, lines in filled.items():
                for stretch in lines:
                    self.account.claim(stretch, Use(key, note.id))
            return note
        if normalised(twin.question) == normalised(note.question):
            reason = message(
                "line {line} asks the same, so this was left out; word it differently", line=twin.place.line
            )
            self.account.leave_out(own, Reason("same-question", reason))
        else:
            reason = message(
                "line {line} has the id {id!r} too, so this was left out", line=twin.place.line, id=note.id
            )
            self.account.leave_out(own, Reason("same-id", reason))
        return None

    def _id(self, line: Line, kind: Kind, given: str) -> NoteId:
        if given and len(given) <= ID_LENGTH and given.isprintable() and given == given.strip():
            return NoteId(given)
        if given.strip():
            reason = message("an id has 1 to {limit} visible characters; this card was given another", limit=ID_LENGTH)
            self.warn(line, "bad-id", reason)
        return derived_id(kind.text if isinstance(kind, Cloze) else kind.question)

    def _portable(self, line: Line, kind: Kind) -> Kind:
        """The kind with links and pictures as portable Markdown."""
        if isinstance(kind, Occlusion):
            return kind
        if isinstance(kind, Cloze):
            return Cloze(self._shown(line, kind.text))
        question, answer = self._shown(line, kind.question), self._shown(line, kind.answer)
        if isinstance(kind, Choice):
            return Choice(question, answer, tuple(self._shown(line, option) for option in kind.wrong))
        return replace(kind, question=question, answer=answer)

    def _shown(self, line: Line, text: str) -> str:
        if "[[" not in text and "](" not in text:
            return text
        is_markdown = self.path.suffix.lower() in (".md", ".markdown")
        for name in dict.fromkeys(embedded_notes(text)) if is_markdown else ():
            self.warn(line, "embed", message("{name} is embedded here; only its name was taken", name=name))
        return links_as_markdown(text, read_lines(text), only_media=not is_markdown)

    def structure(self, lines: Iterable[Line]) -> None:
        """Claims lines around the cards: headings, rules, the used part of the front matter."""
        for line in lines:
            if not line.blank:
                self.account.claim(line, Use(STRUCTURE))

    def leave_out(
        self, lines: Iterable[Line], why: Message = NO_CARD, kind: str = NOT_PLACED, *, is_scattered: bool = False
    ) -> None:
        """Gives the reason why these lines belong to no card; one message for all of them if they are scattered."""
        self.account.leave_out(lines, Reason(kind, why, is_scattered))

    def warn(self, line: Line, kind: str, reason: Message, *, column: int = 0) -> None:
        """Adds a warning about a line, at its first character unless a column is given."""
        place = Place(self.path, line.number, column or line.column)
        self.warnings.append(Problem(place, kind, reason, Severity.WARNING, line.text))

    def result(self, title: str = "") -> Imported:
        """The result for a text with this title; without what was left out if there is an error."""
        is_refused = any(problem.severity is Severity.ERROR for problem in self.warnings)
        left_out = tuple(self._problem(entry) for entry in (() if is_refused else self.account.left_out()))
        return Imported(
            tuple(self.notes.values()),
            tuple(sorted((*self.warnings, *left_out), key=lambda problem: problem.place)),
            title,
            DeckName(title or self.path.stem),
            account=self.account,
            left_out=left_out,
        )

    def _problem(self, left: LeftOut) -> Problem:
        """A warning about a passage that was left out, with its extent."""
        line, reason = left.line, left.reason.message
        if left.last > line.number:
            reason = message("{problem} (all of it, to line {last})", problem=reason, last=left.last)
        text = line.text[left.offset :]
        place = Place(self.path, line.number, left.offset + len(text) - len(text.lstrip()) + 1)
        return Problem(place, left.reason.kind, reason, Severity.WARNING, line.text)


def _unfit(kind: Kind) -> Reason | None:
    """Why a deck file cannot represent a note of this kind; None if it can."""
    if isinstance(kind, Cloze):
        if not kind.text.strip() or not numbers(kind.text):
            return Reason("no-deletion", message("this cloze hides nothing, so it was left out"))
        return None
    if not kind.question.strip():
        return Reason("no-question", message("there is no question here, so this was left out"))
    if not kind.answer.strip():
        return Reason("no-answer", message("this question has no answer, so it was left out"))
    if isinstance(kind, Choice):
        options = [normalised(option) for option in (kind.answer, *kind.wrong)]
        if not kind.wrong or not all(options) or len({*options}) < len(options):
            reason = message("the options of this question are empty or stand here twice, so it was left out")
            return Reason("same-option", reason)
    return None


def text_of(lines: Sequence[Line]) -> str:
    """The lines as one text, without leading and trailing blank lines."""
    filled = [index for index, line in enumerate(lines) if not line.blank]
    return "\n".join(line.text for line in lines[filled[0] : filled[-1] + 1]) if filled else ""
