"""Imports images and sounds into a folder beside the deck files, each under its own name if that is free.

Images embedded in a text as ``data:`` addresses become files, too.
"""

import binascii
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes

from duly.anki.notes.package_media import content_digest
from duly.anki.read.raw_media import RawMedia
from duly.atomic_write import creating, refuse_outside
from duly.errors import DulyError
from duly.message import message

FOLDER = "media"


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """An imported media file: its path relative to the folder of the deck files, and the hash of its content."""

    path: Path
    digest: str


@dataclass(slots=True)
class MediaImport:
    """Collects the media that notes need, from `media`, the files of a package by name, for the folder `root`."""

    root: Path
    media: Mapping[str, RawMedia]
    staging_folder: Path
    imported_files: dict[str, ImportedFile] = field(default_factory=dict)
    """Every needed file that is not empty, by its name in Anki."""
    empty_names: set[str] = field(default_factory=set)
    _names: dict[str, str] = field(default_factory=dict)
    """The names in the folder by their case-folded form, for file systems that ignore case."""
    _new_files: dict[str, Path] = field(default_factory=dict)

    def path(self, name: str, folder: Path) -> str | None:
        """The path, relative to `folder`, of the file with this name in Anki or of an embedded image.

        `name` is a file name or a ``data:`` address. None if there is no such file, or it is empty. Raises `DulyError`
        if it cannot be read.
        """
        media = embedded_image(name) or self.media.get(name) or self.media.get(unquote(name))
        if media is None or media.name in self.empty_names:
            return None
        if media.name not in self.imported_files:
            self._stage(media)
        if media.name in self.empty_names:
            return None
        return Path(os.path.relpath(self.root / self.imported_files[media.name].path, folder)).as_posix()

    def move_into_folder(self) -> None:
        """Moves the needed files into the folder. Raises `DulyError`, and leaves the folder unchanged, if it fails."""
        created_files: list[Path] = []
        try:
            for name, staged_file in self._new_files.items():
                target = self.root / FOLDER / name
                with creating(target) as stream, staged_file.open("rb") as content:
                    shutil.copyfileobj(content, stream)
                created_files.append(target)
        except DulyError:
            for target in created_files:
                target.unlink(missing_ok=True)
            raise

    def _stage(self, media: RawMedia) -> None:
        staged_file = self.staging_folder / str(len(self.imported_files))
        digest = blake2b(digest_size=16)
        with staged_file.open("wb") as stream:
            for block in media.blocks():
                stream.write(block)
                digest.update(block)
        if not staged_file.stat().st_size:
            self.empty_names.add(media.name)
            return
        name, exists = self._name(media.name, digest.hexdigest())
        self.imported_files[media.name] = ImportedFile(Path(FOLDER, name), digest.hexdigest())
        self._names[name.casefold()] = name
        if not exists:
            self._new_files[name] = staged_file

    def _name(self, name: str, digest: str) -> tuple[str, bool]:
        """A free name in the folder, or that of a file with the same content; and whether such a file exists."""
        if not self._names and (self.root / FOLDER).is_dir():
            self._names.update((file.name.casefold(), file.name) for file in (self.root / FOLDER).iterdir())
        path = Path(name)
        candidates = (name, *(f"{path.stem}-{digest[:length]}{path.suffix}" for length in (8, 16, 32)))
        for candidate in candidates:
            existing_name = self._names.get(candidate.casefold())
            if existing_name is None:
                return candidate, False
            if existing_name == candidate and candidate not in self._new_files and self._has_content(candidate, digest):
                return candidate, True
        raise DulyError(message("{file} is there already, with other content", file=self.root / FOLDER / name))

    def _has_content(self, name: str, digest: str) -> bool:
        file = self.root / FOLDER / name
        return file.is_file() and content_digest(file) == digest


@contextmanager
def open_media_import(root: Path, media: Mapping[str, RawMedia]) -> Iterator[MediaImport]:
    """A media import with a temporary folder. Raises `DulyError` if the media folder leads out of `root`."""
    refuse_outside(root / FOLDER, root)
    with tempfile.TemporaryDirectory(prefix="duly-") as staging_folder:
        yield MediaImport(root, media, Path(staging_folder))


SUFFIXES = {"jpeg": "jpg", "svg+xml": "svg", **{name: name for name in ("avif", "bmp", "gif", "jpg", "png", "webp")}}
_DATA_ADDRESS = re.compile(r"data:image/([a-z+]+)((?:;[^;,]*)*),", re.IGNORECASE)
"""The start of an embedded image, ``data:image/png;base64,``; it captures ``png`` and ``;base64``."""


def embedded_image(address: str) -> RawMedia | None:
    """The image in a ``data:`` address; None if the address is another one, or the data are invalid."""
    match = _DATA_ADDRESS.match(address)
    suffix = SUFFIXES.get(match[1].lower()) if match else None
    if match is None or suffix is None:
        return None
    content = unquote_to_bytes(address[match.end() :])
    if match[2].lower().endswith(";base64"):
        content = b"".join(content.split())
        padding = b"=" * (-len(content) % 4)  # browsers accept data without padding
        try:
            content = binascii.a2b_base64(content + padding, strict_mode=True)
        except binascii.Error:
            return None
    if not content:
        return None
    name = f"inlined-{blake2b(content, digest_size=16).hexdigest()}.{suffix}"
    return RawMedia(name, Path(name), lambda: iter((content,)))
