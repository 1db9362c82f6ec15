"""The dates of notes, kept beside the decks, so that every machine exports a note with the same date.

For each deck file there is a text file ``.duly/exports/<deck>.txt`` with a line for each note: its id, a hash of what
its content, and the date of that content. It is under version control with the decks. Where two branches dated a note,
git keeps both lines, and the later date counts. A removed note keeps its line.
"""

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from duly.anki.git_attributes import write_attributes
from duly.anki.history.date_file import Dated, read_dates, write_dates
from duly.anki.notes import origin_files
from duly.atomic_write import refuse_outside
from duly.cards import Note, NoteId
from duly.errors import DulyError, reason
from duly.message import Message, message

FOLDER = Path(".duly", "exports")
TYPES = Path(".duly", "note-types.txt")
GONE = "gone"
"""The hash of a removed note."""


@dataclass(slots=True)
class _Home:
    """A folder with decks and its dates: for each text file the dates of notes by id."""

    folder: Path
    is_new: bool = False
    files: dict[Path, dict[str, Dated]] = field(default_factory=dict)
    types: dict[str, Dated] = field(default_factory=dict)
    latest: dict[str, Dated] = field(default_factory=dict)
    """The latest date of each note in any file: a note may have moved."""
    where: dict[str, set[Path]] = field(default_factory=dict)
    """The files with a line for each note."""
    touched: set[Path] = field(default_factory=set)


@dataclass(slots=True)
class Dates:
    """The dates of the notes in the files and folders `paths`. Raises `DulyError` if they cannot be read."""

    paths: Sequence[Path]
    _homes: dict[Path, _Home] = field(default_factory=dict)
    _near: dict[Path, tuple[_Home, Path] | None] = field(default_factory=dict)
    """For each deck file its home, and its text file relative to the folder of text files there."""

    def of(self, note: Note) -> Dated | None:
        """The date of a note; None if it is unknown."""
        location = self._file(note)
        return location[0].latest.get(note.id) if location else None

    def has_none_near(self, note: Note) -> bool:
        """Whether no note in the same home has a date."""
        location = self._file(note)
        return location is not None and location[0].is_new

    def keep(self, note: Note, dated: Dated) -> None:
        """Sets the date of a note."""
        if location := self._file(note):
            home, file = location
            left = home.where.get(note.id, set()) - {file}
            if not left and home.files.get(file, {}).get(note.id) == dated:
                return
            for other in left:
                del home.files[other][note.id]
            home.files.setdefault(file, {})[note.id] = home.latest[note.id] = dated
            home.where[note.id] = {file}
            home.touched |= {file, *left}

    def type(self, number: int) -> Dated | None:
        """The latest date of a note type in any home; None if it is unknown."""
        known = (home.types.get(str(number)) for home in self._homes.values())
        return max(filter(None, known), key=lambda dated: dated.mod, default=None)

    def keep_type(self, number: int, dated: Dated) -> None:
        """Sets the date of a note type."""
        for home in self._homes.values():
            if home.types.get(str(number)) != dated:
                home.types[str(number)] = dated
                home.touched.add(TYPES)

    def newly_removed(self, present: Collection[str]) -> set[NoteId]:
        """The notes that were in files of `paths`, are not `present`, and were not yet recorded as removed."""
        return {note for note, dated in self._covered() if dated.digest != GONE and note not in present}

    def removed(self) -> set[NoteId]:
        """The removed notes of files of `paths`."""
        return {note for note, dated in self._covered() if dated.digest == GONE}

    def keep_removed(self, notes: Iterable[str], mod: int | None = None) -> None:
        """Records notes as removed; `mod` is their new date if they were exported once more."""
        wanted = frozenset(notes)
        for home in self._homes.values():
            for file, lines in home.files.items():
                for note in sorted(wanted & lines.keys()):
                    lines[note] = Dated(GONE, max(mod or 0, home.latest[note].mod))
                    home.latest[note] = lines[note]
                    home.touched.add(file)

    def write(self) -> tuple[Message, ...]:
        """Writes what has changed. Returns a warning for each folder that cannot be written, such as a read-only
        one.
        """
        return tuple(filter(None, map(_written, self._homes.values())))

    def _covered(self) -> Iterator[tuple[NoteId, Dated]]:
        """The notes that only text files for `paths` have, and removed notes in these."""
        for home, within in filter(None, map(self._home, self.paths)):
            files = {each for each in home.files if each == _text_file(within) or each.is_relative_to(within)}
            for file in files:
                for note in home.files[file]:
                    if files.issuperset(home.where[note]) or home.latest[note].digest == GONE:
                        yield NoteId(note), home.latest[note]

    def _file(self, note: Note) -> tuple[_Home, Path] | None:
        if note.place is None:
            return None
        file = note.place.file
        if file not in self._near:
            location = self._home(file)
            self._near[file] = (location[0], _text_file(location[1])) if location else None
        return self._near[file]

    def _home(self, path: Path) -> tuple[_Home, Path] | None:
        """The home of a file or folder, or else the one of `paths` that contains it, and its path from there.

        None if it is outside of `paths`.
        """
        absolute = _absolute(path)
        around = (absolute, *absolute.parents)
        folder = next((each for each in around if _is_home(each)), None)
        if folder is None:
            given = (_absolute(each if each.is_dir() else each.parent) for each in self.paths)
            folder = next((each for each in given if absolute.is_relative_to(each)), None)
        if folder is None:
            return None
        if folder not in self._homes:
            self._homes[folder] = _read(folder)
        return self._homes[folder], absolute.relative_to(folder)


def _text_file(deck_file: Path) -> Path:
    """The text file for a deck file; an empty path for the home itself."""
    return deck_file.with_suffix(".txt") if deck_file.name else deck_file


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - links are to be followed only by whoever reads


def _is_home(folder: Path) -> bool:
    return (folder / FOLDER).is_dir() or origin_files.is_there(folder)


def _read(folder: Path) -> _Home:
    home = _Home(folder, is_new=not (folder / FOLDER).is_dir(), types=read_dates(folder / TYPES))
    for file in sorted((folder / FOLDER).rglob("*.txt")):
        home_file = file.relative_to(folder / FOLDER)
        lines = home.files[home_file] = read_dates(file)
        for note, dated in lines.items():
            home.latest[note] = max(dated, home.latest.get(note, dated), key=lambda candidate: candidate.mod)
            home.where.setdefault(note, set()).add(home_file)
    return home


def _written(home: _Home) -> Message | None:
    try:
        for file in sorted(home.touched):
            path = home.folder / (TYPES if file == TYPES else FOLDER / file)
            refuse_outside(path, home.folder)
            write_dates(path, home.types if file == TYPES else home.files[file])
        if home.touched:
            write_attributes(home.folder)
    except (DulyError, OSError) as error:
        return message(
            "the dates of this export could not be kept beside the decks, so another machine dates what is new in it"
            " again: {error}",
            error=reason(error),
        )
    return None
