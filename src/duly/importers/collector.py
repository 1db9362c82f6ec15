"""Collects the notes of one text, each id once, and accounts for every line."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from duly.cards import Choice, Cloze, DeckName, Kind, Note, NoteId, Occlusion, derived_id
from duly.cards.cloze import numbers
from duly.cards.ids import ID_LENGTH, normalised
from duly.importers.importer import ImportedText
from duly.importers.line_account import NO_CARD, NOT_PLACED, STRUCTURE, LeftOutPassage, LineAccount, Reason, Use
from duly.importers.text_lines import Line, read_lines
from duly.importers.wiki_links import embedded_notes, links_as_markdown
from duly.message import Message, message
from duly.problem import Place, Problem, Severity


@dataclass(slots=True)
class Collector:
    """Collects notes for the reader of a format: `add` accepts only notes that a deck file can represent.

    `lines` are all lines of the text: those that belong to no note and no structure are left out.
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
        field_lines: Mapping[str, Iterable[Line]],
        *,
        note_id: str = "",
        tags: Sequence[str] = (),
        hint: str = "",
        extra: str = "",
        source: str = "",
    ) -> Note | None:
        """Adds the note that begins at `line` and claims the lines of each field; `note_id` is "" for a derived id.

        Returns the note, or None if it was left out.
        """
        kind = self._portable_kind(line, kind)
        hint, extra = (self._portable_text(line, text) for text in (hint, extra))
        lines_by_key = {
            key: [stretch for stretch in lines if not stretch.is_blank] for key, lines in field_lines.items()
        }
        note_lines = [stretch for lines in lines_by_key.values() for stretch in lines]
        if unfit_reason := _unfit_reason(kind):
            self.account.leave_out(note_lines or [line], unfit_reason)
            return None
        note = Note(
            id=self._id(line, kind, note_id),
            kind=kind,
            deck=deck,
            tags=tuple(dict.fromkeys(tags)),
            hint=hint,
            extra=extra,
            source=source or f"{self.path.name}, line {line.number}",
            place=Place(self.path, line.number, line.column),
            is_stamped=True,
        )
        earlier_note = self.notes.setdefault(note.id, note)
        if earlier_note is note or earlier_note.place is None:
            for key, lines in lines_by_key.items():
                for stretch in lines:
                    self.account.claim(stretch, Use(key, note.id))
            return note
        if normalised(earlier_note.question) == normalised(note.question):
            reason = message(
                "line {line} asks the same, so this was left out; word it differently", line=earlier_note.place.line
            )
            self.account.leave_out(note_lines, Reason("same-question", reason))
        else:
            reason = message(
                "line {line} has the id {id!r} too, so this was left out", line=earlier_note.place.line, id=note.id
            )
            self.account.leave_out(note_lines, Reason("same-id", reason))
        return None

    def _id(self, line: Line, kind: Kind, note_id: str) -> NoteId:
        if note_id and len(note_id) <= ID_LENGTH and note_id.isprintable() and note_id == note_id.strip():
            return NoteId(note_id)
        if note_id.strip():
            reason = message("an id has 1 to {limit} visible characters; this card was given another", limit=ID_LENGTH)
            self.warn(line, "bad-id", reason)
        return derived_id(kind.text if isinstance(kind, Cloze) else kind.question)

    def _portable_kind(self, line: Line, kind: Kind) -> Kind:
        """The kind with links and pictures as portable Markdown."""
        if isinstance(kind, Occlusion):
            return kind
        if isinstance(kind, Cloze):
            return Cloze(self._portable_text(line, kind.text))
        question, answer = self._portable_text(line, kind.question), self._portable_text(line, kind.answer)
        if isinstance(kind, Choice):
            return Choice(question, answer, tuple(self._portable_text(line, option) for option in kind.wrong))
        return replace(kind, question=question, answer=answer)

    def _portable_text(self, line: Line, text: str) -> str:
        if "[[" not in text and "](" not in text:
            return text
        is_markdown = self.path.suffix.lower() in (".md", ".markdown")
        for name in dict.fromkeys(embedded_notes(text)) if is_markdown else ():
            self.warn(line, "embed", message("{name} is embedded here; only its name was taken", name=name))
        return links_as_markdown(text, read_lines(text), only_media=not is_markdown)

    def claim_structure(self, lines: Iterable[Line]) -> None:
        """Claims lines around the cards: headings, rules, the used part of the front matter."""
        for line in lines:
            if not line.is_blank:
                self.account.claim(line, Use(STRUCTURE))

    def leave_out(
        self, lines: Iterable[Line], reason: Message = NO_CARD, kind: str = NOT_PLACED, *, is_scattered: bool = False
    ) -> None:
        """Sets the reason why these lines belong to no card; scattered lines share one message."""
        self.account.leave_out(lines, Reason(kind, reason, is_scattered))

    def warn(self, line: Line, kind: str, reason: Message, *, column: int = 0) -> None:
        """Adds a warning about a line, at its first character unless a column is given."""
        place = Place(self.path, line.number, column or line.column)
        self.warnings.append(Problem(place, kind, reason, Severity.WARNING, line.text))

    def result(self, title: str = "") -> ImportedText:
        """The result for a text with this title; with an error, passages left out are not listed."""
        is_refused = any(problem.severity is Severity.ERROR for problem in self.warnings)
        left_out = tuple(self._problem(passage) for passage in (() if is_refused else self.account.left_out()))
        return ImportedText(
            tuple(self.notes.values()),
            tuple(sorted((*self.warnings, *left_out), key=lambda problem: problem.place)),
            title,
            DeckName(title or self.path.stem),
            account=self.account,
            left_out=left_out,
        )

    def _problem(self, passage: LeftOutPassage) -> Problem:
        """A warning about a passage that was left out, with its last line."""
        line, reason = passage.line, passage.reason.message
        if passage.last_line > line.number:
            reason = message("{problem} (all of it, to line {last})", problem=reason, last=passage.last_line)
        text = line.text[passage.offset :]
        place = Place(self.path, line.number, passage.offset + len(text) - len(text.lstrip()) + 1)
        return Problem(place, passage.reason.kind, reason, Severity.WARNING, line.text)


def _unfit_reason(kind: Kind) -> Reason | None:
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
    filled_indexes = [index for index, line in enumerate(lines) if not line.is_blank]
    return "\n".join(line.text for line in lines[filled_indexes[0] : filled_indexes[-1] + 1]) if filled_indexes else ""
