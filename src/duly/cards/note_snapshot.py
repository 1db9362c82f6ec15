"""What is remembered of a note, to recognise it when its question, and with it its id, has changed."""

import re
from pathlib import PurePosixPath
from typing import NamedTuple

from duly.cards.cloze import Deletion, Piece, numbers, pieces, without_deletions
from duly.cards.deck_name import DeckName
from duly.cards.ids import NoteId
from duly.cards.note import Cloze, Note, Occlusion


class NoteSnapshot(NamedTuple):
    """A note as it was seen last. `file` is where it stood, "" if in no file.

    `answer` is what a cloze hides, and of a picture its labels, or its name if it has none.

    A tuple, as rows of a database are, because there is one for each note of a collection.
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
    def asked(self) -> str:
        """The question as it reads, without the marks of a cloze."""
        return without_deletions(self.question) if "{{c" in self.question else self.question


def snapshot(note: Note, file: str) -> NoteSnapshot:
    """The note as it is now, in `file`."""
    match note.kind:
        case Cloze(text):
            answer = hidden_text(text)
        case Occlusion(image=image) as occlusion:
            answer = occlusion.answer or PurePosixPath(image).stem
        case kind:
            answer = kind.answer
    return NoteSnapshot(note.id, note.deck, note.question, answer, file)


def hidden_text(cloze: str) -> str:
    """What the deletions of a cloze hide, parted by spaces."""
    return " ".join(text for piece in pieces(cloze) if isinstance(piece, Deletion) for text in _texts(piece))


def _texts(piece: Piece) -> list[str]:
    if isinstance(piece, str):
        return [piece]
    return [text for inner in piece.content for text in _texts(inner)]


def figures_in(text: str) -> list[str]:
    """The numbers in a text, in ascending order: questions that differ in one are seldom the same question."""
    return sorted(re.findall(r"\d+", text))
