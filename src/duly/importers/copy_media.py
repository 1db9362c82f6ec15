"""Copies the images and sounds of imported notes to the folder of the deck file.

Only files found by `duly.importers.file_lookup` are read, and nothing is written outside of the folder of the decks.
"""

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from filecmp import cmp
from pathlib import Path

from duly.atomic_write import replacing
from duly.cards import Note
from duly.cards.media_references import references
from duly.errors import reason
from duly.importers.file_lookup import FileLookup
from duly.media_file import resolve_path
from duly.message import Message, message
from duly.problem import Place, Problem, Severity


@dataclass(frozen=True, slots=True)
class MediaCopier:
    """Copies the media of notes from one `source` with these `lines`; all deck files are below `deck_folder`.

    `original_paths` maps each path that was changed in the notes to the path in the text.
    """

    source: Path
    lines: Sequence[str]
    deck_folder: Path
    lookup: FileLookup
    original_paths: Mapping[str, str] = field(default_factory=dict)

    def copy(self, notes: Sequence[Note], deck_file: Path) -> Iterator[Problem]:
        """Copies the media of `notes` to the same paths relative to `deck_file`; yields a warning for each failure.

        Raises `DulyError` if a file cannot be written.
        """
        copied_paths: set[str] = set()
        for note in notes:
            for path in (
                reference.path for text in note.texts for reference in references(text) if not reference.is_remote
            ):
                if path not in copied_paths:
                    copied_paths.add(path)
                    if failure := self._copy_failure(path, deck_file.parent):
                        yield self._problem(note, path, failure)

    def _copy_failure(self, path: str, folder: Path) -> Message | None:
        """Copies one file; returns the reason of a failure, including errors of the operating system."""
        try:
            return self._copy(path, folder)
        except OSError as error:  # such as a name that is too long for any file
            return message("{path} cannot be copied: {error}", path=path, error=reason(error))

    def _copy(self, path: str, folder: Path) -> Message | None:
        """Copies one file; returns the reason of a failure."""
        target = resolve_path(folder / path)
        if target is None or not target.is_relative_to(os.path.realpath(self.deck_folder)):
            return message("{path} leads out of the folder of the decks, so it was not copied", path=path)
        file = self.lookup.find(self.source, self.original_paths.get(path, path))
        if file is None:
            root = self.lookup.root(self.source)
            return message("no file {path} was found below {folder}; the card will not show it", path=path, folder=root)
        if target.exists():
            if target.is_file() and cmp(file, target, shallow=False):
                return None
            return message("another file {path} is there already, and the card shows that one", path=path)
        target.parent.mkdir(parents=True, exist_ok=True)
        with file.open("rb") as source_file, replacing(target) as target_file:
            shutil.copyfileobj(source_file, target_file)
        return None

    def _problem(self, note: Note, path: str, failure: Message) -> Problem:
        """The warning, placed at the first line with the file name at or below the start of the note."""
        first = note.place.line if note.place else 1
        name = path.rpartition("/")[2]
        number = next((n for n in range(first, len(self.lines) + 1) if name in self.lines[n - 1]), first)
        line = self.lines[number - 1]
        column = (line.find(path) if path in line else max(line.find(name), 0)) + 1
        return Problem(Place(self.source, number, column), "media", failure, Severity.WARNING, line)
