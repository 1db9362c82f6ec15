"""Writes a new card into a deck file, with its id."""

import os
from dataclasses import dataclass, replace
from pathlib import Path

from duly.cards import Basic, Choice, Cloze, DeckName, Note, Occlusion, Reversed, Typed, derived_id
from duly.cards.cloze import numbers
from duly.cards.media_references import PICTURES, is_picture
from duly.cards.note import Kind
from duly.cards.occlusion import read_regions, region_numbers
from duly.deckfile.cloze_errors import has_deletion
from duly.deckfile.new_file_names import file_for_deck, name_to_write
from duly.deckfile.region_errors import region_errors
from duly.errors import DulyError
from duly.message import message
from duly.study.decks import Decks

INBOX = DeckName("inbox")
"""The deck of new cards for which no deck was given."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The entered values of a note. A question with deletions (``{{c1::…}}``) and no answer is a cloze.

    `image` is the path of a picture, relative to the deck file, and `regions` are its covered regions.
    """

    question: str
    answer: str = ""
    tags: tuple[str, ...] = ()
    hint: str = ""
    extra: str = ""
    source: str = ""
    wrong: tuple[str, ...] = ()
    reverse: bool = False
    typed: bool = False
    image: str = ""
    regions: tuple[str, ...] = ()

    @property
    def kind(self) -> Kind:
        """The kind of the note. Raises `DulyError` if something is missing."""
        question, answer = self.question.strip(), self.answer.strip()
        if self.image or self.regions:
            return self._occlusion
        if not question:
            raise DulyError(message("a card needs a question"))
        if not answer:
            if numbers(question):
                return Cloze(question)
            if has_deletion(question):
                raise DulyError(
                    message(
                        "a deletion here has full-width signs; write {example} with half-width ones",
                        example="{{c1::…}}",
                    )
                )
            raise DulyError(message("a card needs an answer"))
        if has_deletion(question) or has_deletion(answer):
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

    @property
    def _occlusion(self) -> Occlusion:
        for _number, error in region_errors(self.regions):
            raise DulyError(error.message)
        if not self.image or not region_numbers(read_regions(self.regions)):
            raise DulyError(message("a picture needs a region that is asked, and a region its picture"))
        if self.answer.strip() or self.hint.strip() or self.wrong or self.reverse or self.typed:
            raise DulyError(message("a picture with regions has no answer, no hint and no other kind"))
        return Occlusion(self.question.strip(), self.image, self.regions)

    def note(self, deck: DeckName) -> Note:
        """The note, with the id derived from its question. Raises `DulyError`."""
        kind = self.kind
        note_id = derived_id(kind.text if isinstance(kind, Cloze) else kind.question)
        return Note(note_id, kind, deck, self.tags, self.hint.strip(), self.extra.strip(), self.source.strip())


def write_card(
    draft: Draft, decks: Decks, deck: DeckName | None = None, file: Path | None = None, picture: Path | None = None
) -> tuple[Note, Path]:
    """Adds the note to `file`, or without one to the file of `deck`; returns the note and its file.

    `picture` is the file whose regions are covered.
    Raises `DulyError`, and writes nothing, if the question is in the decks already, or the file cannot be changed.
    """
    deck_name = deck or (DeckName(file.stem) if file else INBOX)
    target_file = file or file_of(decks, deck_name)
    if picture is not None:
        draft = replace(draft, image=_path_beside(picture, target_file, _folder(decks, target_file)))
    note = draft.note(deck_name)
    for existing_note in (*decks.notes, *decks.excluded_notes):
        if note.id in (existing_note.id, derived_id(existing_note.question)):
            raise DulyError(message("{place}: this question is already there", place=existing_note.place))
    from duly.deckfile.write.add import add_notes  # imported here, because most commands need no parser

    problem = add_notes(
        target_file, [note], deck=name_to_write(target_file, _folder(decks, target_file), deck_name) if deck else ""
    )
    if problem is not None:
        raise DulyError(message("{place}: {problem}", place=problem.place, problem=problem.message))
    return note, target_file


def _path_beside(picture: Path, target: Path, folder: Path) -> str:
    """The path of a picture relative to the deck file `target`.

    Raises `DulyError` if it is not a picture, or lies outside of `folder`.
    """
    if not is_picture(picture.name):
        endings = ", ".join(PICTURES)
        raise DulyError(
            message("{path} is not a picture; its name must end in one of {endings}", path=picture, endings=endings)
        )
    file = Path(os.path.realpath(picture))
    if not file.is_relative_to(os.path.realpath(folder)):
        raise DulyError(message("{path} lies outside of {root}; copy the file into it", path=picture, root=folder))
    return Path(os.path.relpath(file, os.path.realpath(target.parent))).as_posix()


def file_of(decks: Decks, deck: DeckName) -> Path:
    """The file of the deck's first note; for a deck without notes, the default file."""
    for note in decks.notes:
        if note.deck == deck and note.place is not None:
            return note.place.file
    folders = [path if path.is_dir() else path.parent for path in decks.paths]
    return file_for_deck(folders[0], deck)


def _folder(decks: Decks, file: Path) -> Path:
    """The root of a file, which determines its deck: the folder among the paths that contains it, or its parent."""
    containing_folders = (path for path in decks.paths if path.is_dir() and file.is_relative_to(path))
    return next(containing_folders, file.parent)
