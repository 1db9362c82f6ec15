"""A saved copy of a note's texts. Rewording a question changes a derived id; the copy shows which old note it was."""

import re
from pathlib import PurePosixPath
from typing import NamedTuple

from duly.cards.cloze import Deletion, Piece, numbers, pieces, without_deletions
from duly.cards.deck_name import DeckName
from duly.cards.ids import NoteId
from duly.cards.note import Cloze, Note, Occlusion


class NoteSnapshot(NamedTuple):
    """The last seen state of a note. `file` is the path of its file, "" for a note that is not in a file.

    The `answer` of a cloze is its hidden text; that of a picture, its labels, or without labels its file name.

    A tuple like the rows of a database, because there is one for each note of a collection.
    """

    id: NoteId
    deck: DeckName
    question: str
    answer: str
    file: str

    @property
    def is_cloze(self) -> bool:
        return "{{c" in self.question and bool(numbers(self.question))

    @property
    def plain_question(self) -> str:
        """The question without the marks of a cloze."""
        return without_deletions(self.question) if "{{c" in self.question else self.question


def snapshot(note: Note, file: str) -> NoteSnapshot:
    """The snapshot of a note in `file`."""
    match note.kind:
        case Cloze(text):
            answer = hidden_text(text)
        case Occlusion(image=image) as occlusion:
            answer = occlusion.answer or PurePosixPath(image).stem
        case kind:
            answer = kind.answer
    return NoteSnapshot(note.id, note.deck, note.question, answer, file)


def hidden_text(cloze: str) -> str:
    """The texts that the deletions of a cloze hide, separated by spaces."""
    return " ".join(text for piece in pieces(cloze) if isinstance(piece, Deletion) for text in _texts(piece))


def _texts(piece: Piece) -> list[str]:
    if isinstance(piece, str):
        return [piece]
    return [text for inner in piece.content for text in _texts(inner)]


def numbers_in(text: str) -> list[str]:
    """The numbers in a text, sorted as strings: questions with different numbers are seldom the same question."""
    return sorted(re.findall(r"\d+", text))
