"""Writing a new card into a deck file, with its id, from what a person entered."""

from dataclasses import dataclass
from pathlib import Path

from duly.cards import Basic, Choice, Cloze, DeckName, Note, Reversed, Typed, derived_id
from duly.cards.cloze import numbers
from duly.cards.note import Kind
from duly.deckfile.cloze_errors import in_basic
from duly.deckfile.find import deck_file, named_in
from duly.errors import DulyError
from duly.message import message
from duly.study.decks import Decks

INBOX = DeckName("inbox")
"""The deck of cards for which none was named."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What was entered for a note. A question with deletions (``{{c1::…}}``) and no answer is a cloze."""

    question: str
    answer: str = ""
    tags: tuple[str, ...] = ()
    hint: str = ""
    extra: str = ""
    source: str = ""
    wrong: tuple[str, ...] = ()
    reverse: bool = False
    typed: bool = False

    @property
    def kind(self) -> Kind:
        """What kind of note it is. Raises `DulyError` where something is missing."""
        question, answer = self.question.strip(), self.answer.strip()
        if not question:
            raise DulyError(message("a card needs a question"))
        if not answer:
            if numbers(question):
                return Cloze(question)
            if in_basic(question):
                raise DulyError(
                    message(
                        "a deletion here has full-width signs; write {example} with half-width ones",
                        example="{{c1::…}}",
                    )
                )
            raise DulyError(message("a card needs an answer"))
        if in_basic(question) or in_basic(answer):
            raise DulyError(
                message(
                    "{example} hides nothing beside an answer; leave the answer empty, or write no deletion",
                    example="{{c1::…}}",
                )
            )
        if self.wrong:
            return Choice(question, answer, self.wrong)
        if self.reverse:
            return Reversed(question, answer)
        return Typed(question, answer) if self.typed else Basic(question, answer)

    def note(self, deck: DeckName) -> Note:
        """The note that it is, with the id that its question gives it. Raises `DulyError`."""
        kind = self.kind
        own = derived_id(kind.text if isinstance(kind, Cloze) else kind.question)
        return Note(own, kind, deck, self.tags, self.hint.strip(), self.extra.strip(), self.source.strip())


def write_card(draft: Draft, decks: Decks, deck: DeckName | None = None, file: Path | None = None) -> tuple[Note, Path]:
    """Adds the note to `file` or, where none is named, to the file of `deck`; the note, and the file it went to.

    Raises `DulyError`. Nothing is written if its question is in the decks already, or the file cannot take it.
    """
    wanted = deck or (DeckName(file.stem) if file else INBOX)
    note = draft.note(wanted)
    for known in (*decks.notes, *decks.kept_out):
        if note.id in (known.id, derived_id(known.question)):
            raise DulyError(message("{place}: this question is already there", place=known.place))
    target = file or file_of(decks, wanted)
    from duly.deckfile.write.add import add_notes  # only who writes pays for a parser

    problem = add_notes(target, [note], deck=named_in(target, _folder(decks, target), wanted) if deck else "")
    if problem is not None:
        raise DulyError(message("{place}: {problem}", place=problem.place, problem=problem.message))
    return note, target


def file_of(decks: Decks, deck: DeckName) -> Path:
    """The file that holds the deck's first note; one by its name where it has none yet."""
    for note in decks.notes:
        if note.deck == deck and note.place is not None:
            return note.place.file
    folders = [path if path.is_dir() else path.parent for path in decks.paths]
    return deck_file(folders[0], deck)


def _folder(decks: Decks, file: Path) -> Path:
    """The root that gives a file its deck: the folder among the paths it lies below, else its own."""
    below = (path for path in decks.paths if path.is_dir() and file.is_relative_to(path))
    return next(below, file.parent)
