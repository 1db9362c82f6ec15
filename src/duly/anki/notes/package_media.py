"""The images and sounds of a package. They are named by a hash of their content, so that names are unique."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from duly.anki.notes.referenced_files import referenced_files
from duly.cards import Note
from duly.errors import not_readable
from duly.media_file import media_file
from duly.message import Message, message


@dataclass(slots=True)
class PackageMedia:
    """Collects the files that notes show, as far as they are below one of the `allowed_folders`."""

    allowed_folders: Sequence[Path]
    files: dict[str, Path] = field(default_factory=dict)
    """The files to put into the package, by their names there."""
    messages: list[Message] = field(default_factory=list)
    """A message for each path without such a file."""
    imported_files: dict[Path, tuple[str, str]] = field(default_factory=dict)
    """Files that came from Anki, with their names there and hashes: a file keeps its name until its content changes."""
    imported_paths: dict[str, Path] = field(default_factory=dict)
    """Files that came from Anki, by their names there."""
    returned_names: list[str] = field(default_factory=list)
    """The names that `name` has returned, in order."""
    _names: dict[Path, str] = field(default_factory=dict)

    def name(self, note: Note, path: str, *, fallback: str | None = None) -> str:
        """The name in Anki of the file at `path`, which is relative to the note's file.

        Without an allowed file at the path, `fallback` is returned, or the path itself if that is None. Raises
        `DulyError` if the file cannot be read.
        """
        name = self._name(note, path)
        if not name:
            sentence = message(
                "{place}: {path} is not a file of the collection, so it is left out", place=note.place, path=path
            )
            self.messages.append(sentence)
            name = path if fallback is None else fallback
        self.returned_names.append(name)
        return name

    def _name(self, note: Note, path: str) -> str:
        """The name of the file, "" if there is no allowed file."""
        file = media_file(note.place.file.parent, path, self.allowed_folders) if note.place else None
        if file is None:
            return ""
        if file not in self._names:
            name = self._choose_name(file)
            self._names[file] = name
            self.files.setdefault(name, file)
        return self._names[file]

    def add_imported(self, files: Mapping[Path, tuple[str, str]]) -> None:
        """Adds files that came from Anki; see `imported_files`."""
        self.imported_files |= files
        for file, (name, _) in files.items():
            self.imported_paths.setdefault(name, file)

    def add_referenced(self, texts: Iterable[str]) -> None:
        """Adds the imported files whose names in Anki occur in restored HTML."""
        for name in referenced_files(texts, self.imported_paths):
            file = self.imported_paths[name]
            if name not in self.files and file.is_file() and _digest(file) == self.imported_files[file][1]:
                self.files[name] = file

    def _choose_name(self, file: Path) -> str:
        digest = _digest(file)
        name, imported_digest = self.imported_files.get(file, ("", ""))
        if digest == imported_digest and self.files.get(name, file) == file:
            return name
        suffix = file.suffix.lower()
        return f"duly-{digest}{suffix if re.fullmatch(r'[.][a-z0-9]{1,8}', suffix) else ''}"  # .png, .mp3


def _digest(file: Path) -> str:
    """The hash of the file's content, in ASCII so that it is a safe part of a name. Raises `DulyError`."""
    try:
        return content_digest(file)
    except OSError as error:
        raise not_readable(file, error) from error


def content_digest(file: Path) -> str:
    """128 bits of BLAKE2b over the content of a file. Raises `OSError` if it cannot be read."""
    digest = blake2b(digest_size=16)
    with file.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
