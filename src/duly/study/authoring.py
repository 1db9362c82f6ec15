"""Writing a new card into a deck file, with its id, from what a person entered."""

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
"""The deck of cards for which none was named."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What was entered for a note. A question with deletions (``{{c1::…}}``) and no answer is a cloze.

    `image` is the path of a picture, relative to the deck file, and `regions` are what is covered of it.
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
        """What kind of note it is. Raises `DulyError` where something is missing."""
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
        own = derived_id(kind.text if isinstance(kind, Cloze) else kind.question)
        return Note(own, kind, deck, self.tags, self.hint.strip(), self.extra.strip(), self.source.strip())


def write_card(
    draft: Draft, decks: Decks, deck: DeckName | None = None, file: Path | None = None, picture: Path | None = None
) -> tuple[Note, Path]:
    """Adds the note to `file` or, where none is named, to the file of `deck`; the note, and the file it went to.

    `picture` is the file whose regions are covered.
    Raises `DulyError`. Nothing is written if its question is in the decks already, or the file cannot take it.
    """
    wanted = deck or (DeckName(file.stem) if file else INBOX)
    target = file or file_of(decks, wanted)
    if picture is not None:
        draft = replace(draft, image=_path_beside(picture, target, _folder(decks, target)))
    note = draft.note(wanted)
    for known in (*decks.notes, *decks.excluded_notes):
        if note.id in (known.id, derived_id(known.question)):
            raise DulyError(message("{place}: this question is already there", place=known.place))
    from duly.deckfile.write.add import add_notes  # only who writes pays for a parser

    problem = add_notes(target, [note], deck=name_to_write(target, _folder(decks, target), wanted) if deck else "")
    if problem is not None:
        raise DulyError(message("{place}: {problem}", place=problem.place, problem=problem.message))
    return note, target


def _path_beside(picture: Path, target: Path, folder: Path) -> str:
    """The path of a picture as the deck file `target` names it.

    Raises `DulyError` if it is no picture, or lies outside of `folder`.
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
    """The file that holds the deck's first note; one by its name where it has none yet."""
    for note in decks.notes:
        if note.deck == deck and note.place is not None:
            return note.place.file
    folders = [path if path.is_dir() else path.parent for path in decks.paths]
    return file_for_deck(folders[0], deck)


def _folder(decks: Decks, file: Path) -> Path:
    """The root that gives a file its deck: the folder among the paths it lies below, else its own."""
    below = (path for path in decks.paths if path.is_dir() and file.is_relative_to(path))
    return next(below, file.parent)
