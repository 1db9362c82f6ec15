"""A note: what an author wrote once, from which one or more cards are made."""

from typing import NamedTuple

from duly.cards.deck import DeckName
from duly.cards.ids import NoteId
from duly.cards.kinds import Cloze, Kind
from duly.place import Place


class Note(NamedTuple):
    """One entry of a deck file.

    All texts are Markdown, except `tags`, `source` and `language` (a BCP 47 tag, "" if unknown). `place` is where the
    note begins in its file: media paths are relative to that file; None for a note that comes from no file. `stamped`
    tells whether the id stands in the file or was derived from the question.

    Note and `Place` are tuples because a collection has one for each note, and they are made three times as fast.
    """

    id: NoteId
    kind: Kind
    deck: DeckName
    tags: tuple[str, ...] = ()
    hint: str = ""
    extra: str = ""
    source: str = ""
    language: str = ""
    place: Place | None = None
    stamped: bool = False

    @property
    def question(self) -> str:
        """The text that identifies the note to its author: the question, or the text of a cloze."""
        return self.kind.text if isinstance(self.kind, Cloze) else self.kind.question

    @property
    def texts(self) -> tuple[str, ...]:
        """Every Markdown text of the note, in reading order."""
        match self.kind:
            case Cloze(text):
                own: tuple[str, ...] = (text,)
            case kind:
                own = (kind.question, kind.answer, *getattr(kind, "wrong", ()))
        return (*own, self.hint, self.extra)
