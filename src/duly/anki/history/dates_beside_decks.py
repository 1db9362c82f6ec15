"""The dates of notes, kept beside the decks, so that every machine exports a note with the same date.

For each deck file there is a text file ``.duly/exports/<deck>.txt`` with a line for each note: its id, a hash of its
content, and the date of that content. The file is under version control with the decks. If two branches dated a note,
git keeps both lines, and the later date counts. A removed note keeps its line.
"""

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from duly.anki.git_attributes import write_attributes
from duly.anki.history.date_file import NoteDate, read_dates, write_dates
from duly.anki.notes import origin_files
from duly.atomic_write import refuse_outside
from duly.cards import Note, NoteId
from duly.errors import DulyError, reason
from duly.message import Message, message

FOLDER = Path(".duly", "exports")
TYPES_FILE = Path(".duly", "note-types.txt")
REMOVED = "gone"
"""The hash of a removed note."""


@dataclass(slots=True)
class _Root:
    """A root folder of decks, and its dates: for each text file the dates of notes by id."""

    folder: Path
    is_new: bool = False
    dates_by_file: dict[Path, dict[str, NoteDate]] = field(default_factory=dict)
    type_dates: dict[str, NoteDate] = field(default_factory=dict)
    latest_dates: dict[str, NoteDate] = field(default_factory=dict)
    """The latest date of each note in any file: a note may have moved."""
    files_by_note: dict[str, set[Path]] = field(default_factory=dict)
    """The files with a line for each note."""
    changed_files: set[Path] = field(default_factory=set)


@dataclass(slots=True)
class Dates:
    """The dates of the notes in the files and folders `paths`. Raises `DulyError` if they cannot be read."""

    paths: Sequence[Path]
    _roots: dict[Path, _Root] = field(default_factory=dict)
    _locations: dict[Path, tuple[_Root, Path] | None] = field(default_factory=dict)
    """For each deck file its root, and its text file relative to the root's folder of text files."""

    def date_of(self, note: Note) -> NoteDate | None:
        """The date of a note; None if it is unknown."""
        location = self._location(note)
        return location[0].latest_dates.get(note.id) if location else None

    def is_root_undated(self, note: Note) -> bool:
        """Whether no note below the same root has a date."""
        location = self._location(note)
        return location is not None and location[0].is_new

    def set_date(self, note: Note, note_date: NoteDate) -> None:
        """Sets the date of a note."""
        if location := self._location(note):
            root, file = location
            old_files = root.files_by_note.get(note.id, set()) - {file}
            if not old_files and root.dates_by_file.get(file, {}).get(note.id) == note_date:
                return
            for old_file in old_files:
                del root.dates_by_file[old_file][note.id]
            root.dates_by_file.setdefault(file, {})[note.id] = root.latest_dates[note.id] = note_date
            root.files_by_note[note.id] = {file}
            root.changed_files |= {file, *old_files}

    def type_date(self, number: int) -> NoteDate | None:
        """The latest date of a note type below any root; None if it is unknown."""
        type_dates = (root.type_dates.get(str(number)) for root in self._roots.values())
        return max(filter(None, type_dates), key=lambda note_date: note_date.mod, default=None)

    def set_type_date(self, number: int, note_date: NoteDate) -> None:
        """Sets the date of a note type."""
        for root in self._roots.values():
            if root.type_dates.get(str(number)) != note_date:
                root.type_dates[str(number)] = note_date
                root.changed_files.add(TYPES_FILE)

    def newly_removed_ids(self, present_ids: Collection[str]) -> set[NoteId]:
        """The notes that were in files of `paths`, are not among `present_ids`, and are not recorded as removed."""
        return {
            note_id
            for note_id, note_date in self._dates_in_paths()
            if note_date.digest != REMOVED and note_id not in present_ids
        }

    def removed_ids(self) -> set[NoteId]:
        """The removed notes of files of `paths`."""
        return {note_id for note_id, note_date in self._dates_in_paths() if note_date.digest == REMOVED}

    def set_removed(self, note_ids: Iterable[str], mod: int | None = None) -> None:
        """Records notes as removed; `mod` is their new date if they were exported once more."""
        wanted_ids = frozenset(note_ids)
        for root in self._roots.values():
            for file, dates in root.dates_by_file.items():
                for note_id in sorted(wanted_ids & dates.keys()):
                    dates[note_id] = NoteDate(REMOVED, max(mod or 0, root.latest_dates[note_id].mod))
                    root.latest_dates[note_id] = dates[note_id]
                    root.changed_files.add(file)

    def write(self) -> tuple[Message, ...]:
        """Writes the changed files. Returns a warning for each folder that cannot be written, as it is read-only."""
        return tuple(filter(None, map(_write_root, self._roots.values())))

    def _dates_in_paths(self) -> Iterator[tuple[NoteId, NoteDate]]:
        """The notes that occur only in text files for `paths`, and removed notes in these files."""
        for root, relative_path in filter(None, map(self._root_of, self.paths)):
            files = {
                file
                for file in root.dates_by_file
                if file == _text_file(relative_path) or file.is_relative_to(relative_path)
            }
            for file in files:
                for note_id in root.dates_by_file[file]:
                    if files.issuperset(root.files_by_note[note_id]) or root.latest_dates[note_id].digest == REMOVED:
                        yield NoteId(note_id), root.latest_dates[note_id]

    def _location(self, note: Note) -> tuple[_Root, Path] | None:
        if note.place is None:
            return None
        file = note.place.file
        if file not in self._locations:
            location = self._root_of(file)
            self._locations[file] = (location[0], _text_file(location[1])) if location else None
        return self._locations[file]

    def _root_of(self, path: Path) -> tuple[_Root, Path] | None:
        """The root of a file or folder, or else the one of `paths` that contains it, and its path relative to that.

        None if it is outside of `paths`.
        """
        absolute = _absolute(path)
        folders = (absolute, *absolute.parents)
        folder = next((candidate for candidate in folders if _is_root(candidate)), None)
        if folder is None:
            given_folders = (
                _absolute(candidate if candidate.is_dir() else candidate.parent) for candidate in self.paths
            )
            folder = next((candidate for candidate in given_folders if absolute.is_relative_to(candidate)), None)
        if folder is None:
            return None
        if folder not in self._roots:
            self._roots[folder] = _read_root(folder)
        return self._roots[folder], absolute.relative_to(folder)


def _text_file(deck_file: Path) -> Path:
    """The text file for a deck file; an empty path for the root itself."""
    return deck_file.with_suffix(".txt") if deck_file.name else deck_file


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - does not follow links


def _is_root(folder: Path) -> bool:
    return (folder / FOLDER).is_dir() or origin_files.has_origins(folder)


def _read_root(folder: Path) -> _Root:
    root = _Root(folder, is_new=not (folder / FOLDER).is_dir(), type_dates=read_dates(folder / TYPES_FILE))
    for file in sorted((folder / FOLDER).rglob("*.txt")):
        text_file = file.relative_to(folder / FOLDER)
        dates = root.dates_by_file[text_file] = read_dates(file)
        for note_id, note_date in dates.items():
            root.latest_dates[note_id] = max(
                note_date, root.latest_dates.get(note_id, note_date), key=lambda candidate: candidate.mod
            )
            root.files_by_note.setdefault(note_id, set()).add(text_file)
    return root


def _write_root(root: _Root) -> Message | None:
    try:
        for file in sorted(root.changed_files):
            path = root.folder / (TYPES_FILE if file == TYPES_FILE else FOLDER / file)
            refuse_outside(path, root.folder)
            write_dates(path, root.type_dates if file == TYPES_FILE else root.dates_by_file[file])
        if root.changed_files:
            write_attributes(root.folder)
    except (DulyError, OSError) as error:
        return message(
            "the dates of this export could not be kept beside the decks, so another machine dates what is new in it"
            " again: {error}",
            error=reason(error),
        )
    return None
