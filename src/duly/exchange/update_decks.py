"""Writing into deck files what was edited in Anki, for notes of which it is known that nothing else was."""

from collections.abc import Collection, Iterable
from pathlib import Path

from duly.anki.importing.import_notes import note_id
from duly.cards import Note, NoteId
from duly.exchange.events import AnkiImported, Failure
from duly.exchange.import_anki import import_from_anki
from duly.exchange.import_target import ImportTarget, Update
from duly.exchange.update import Outcome
from duly.message import message
from duly.problem import Place, Problem


def update_decks(
    file: Path, paths: Iterable[Path], wanted: Collection[str]
) -> tuple[tuple[NoteId, ...], tuple[Problem, ...]]:
    """Brings the notes with the `wanted` guids to what a collection of Anki has, wherever below `paths` they are.

    Returns the ids of those that were, and why others were not. Raises `DulyError` where the collection is damaged.
    """
    updated: dict[NoteId, None] = {}
    problems: list[Problem] = []
    for folder in dict.fromkeys(path if path.is_dir() else path.parent for path in paths):
        target = ImportTarget.of(folder, Update(wanted=True, force=True))
        only = {guid for guid in wanted if note_id(guid) in target.known}
        for event in import_from_anki(file, target, only=only) if only else ():
            match event:
                case AnkiImported():
                    groups = [group for group in event.groups if group.outcome is Outcome.UPDATED]
                    updated |= {difference.note.id: None for group in groups for difference in group.differences}
                    emptied = [group for group in event.groups if group.outcome is Outcome.EMPTIED]
                    problems += [
                        _emptied(difference.note, file) for group in emptied for difference in group.differences
                    ]
                case Failure():
                    problems.append(event.problem)
    return tuple(updated), tuple(problems)


def _emptied(note: Note, file: Path) -> Problem:
    sentence = message("{id}: something that the card needs is empty in Anki; the deck file keeps its text", id=note.id)
    return Problem(note.place or Place(file), "not-revised", sentence)
