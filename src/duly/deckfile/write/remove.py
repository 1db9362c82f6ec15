"""Removes notes from a deck file: their lines go, all other bytes stay unchanged."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from duly.atomic_write import read_file, replace_file
from duly.cards import DeckName, Note, NoteId
from duly.deckfile.parse_file import NoteEntry, parse
from duly.deckfile.walk import LARGEST
from duly.deckfile.write.edits import Edit, apply_edits
from duly.deckfile.yaml.source import Source, decode, encode
from duly.errors import DulyError
from duly.message import message


@dataclass(frozen=True, slots=True)
class Removal:
    """A planned removal of notes from a file: its bytes before and after."""

    file: Path
    old: bytes
    new: bytes

    def carry_out(self) -> None:
        """Removes the notes. Raises `DulyError`, and leaves the file unchanged, if another program changed it
        meanwhile.
        """
        replace_file(self.file, self.old, self.new)

    def take_back(self) -> None:
        """Restores the file, byte for byte. Raises `DulyError`, and leaves the file unchanged, if it was changed
        since.
        """
        if read_file(self.file, LARGEST + 1) != self.new:
            sentence = message(
                "{file} was changed since, so nothing can be put back; what was committed to git can be found there",
                file=self.file,
            )
            raise DulyError(sentence)
        replace_file(self.file, self.new, self.old)


def plan_removal(file: Path, notes: Collection[NoteId]) -> Removal:
    """Plans the removal of these notes, and nothing else, from `file`, which is not changed.

    Comments above a note stay, those within it go. Raises `DulyError` if the file cannot be read, has mistakes, does
    not have each note exactly once, or if other notes would change.
    """
    old = read_file(file, LARGEST + 1)
    source = decode(file, old)
    if not isinstance(source, Source):
        raise DulyError(message("{place}: {problem}", place=source.place, problem=source.message))
    deck = DeckName(file.stem)
    old_contents = parse(source, deck)
    if old_contents.errors:
        raise DulyError(
            message(
                "{file}: this file has mistakes, so no card in it was deleted; correct them and try again", file=file
            )
        )
    removed_entries = [entry for entry in old_contents.entries if entry.note.id in notes]
    if sorted(entry.note.id for entry in removed_entries) != sorted(notes):
        raise DulyError(message("{file}: what is to be deleted is not there any more, or twice; try again", file=file))
    text = apply_edits(source.text, [_lines(entry) for entry in removed_entries])
    new_contents = parse(Source(file, text), deck)
    remaining_notes = [_without_place(entry.note) for entry in old_contents.entries if entry.note.id not in notes]
    if new_contents.errors or [_without_place(entry.note) for entry in new_contents.entries] != remaining_notes:
        raise _refusal(removed_entries[0])
    return Removal(file, old, encode(text, old))


def _lines(entry: NoteEntry) -> Edit:
    """The lines of an entry, from its dash to the next line that is not indented further. Raises `DulyError`."""
    source = entry.source
    place = source.place(entry.node.start)
    first, lead = place.line, source.line(place.line)[: place.column - 1]
    while not lead.strip() or lead.lstrip().startswith("#"):  # the dash stands alone, further up
        first -= 1
        lead = source.line(first) if first else "?"
    if lead.strip() != "-":
        raise _refusal(entry)
    end, dash = place.line + 1, lead.index("-")
    while end <= len(source.starts) and _is_within(source.line(end), dash):
        end += 1
    return Edit(source.starts[first - 1], source.starts[end - 1] if end <= len(source.starts) else len(source.text), "")


def _is_within(line: str, dash: int) -> bool:
    return not line.strip() or len(line) - len(line.lstrip()) > dash


def _without_place(note: Note) -> Note:
    return note._replace(place=None)


def _refusal(entry: NoteEntry) -> DulyError:
    place = entry.source.place(entry.node.start)
    return DulyError(message("{place}: this card cannot be deleted here without harm; delete it by hand", place=place))
