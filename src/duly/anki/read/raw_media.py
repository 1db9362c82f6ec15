"""The images and sounds of a package, by name, and of a collection, in the folder beside it."""

import stat
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from duly.anki.read import protobuf
from duly.anki.read.damage import DamageError, damage_as_error
from duly.anki.read.schema11 import read_json
from duly.anki.read.unzip_package import BLOCK, Archive
from duly.atomic_write import is_device
from duly.message import message

LARGEST_LIST = 64 << 20
"""The maximum size of the list of names, in bytes."""
LONGEST_NAME = 255


@dataclass(frozen=True, slots=True)
class RawMedia:
    """An image or sound: its name in Anki (NFC, not a path); its content can be read while the package is open."""

    name: str
    _file: Path
    _blocks: Callable[[], Iterator[bytes]]

    def blocks(self) -> Iterator[bytes]:
        """The content in blocks. Raises `DulyError` if it cannot be read completely."""
        with damage_as_error(self._file):
            yield from self._blocks()


def package_media(file: Path, archive: Archive, *, is_newest: bool) -> tuple[Mapping[str, RawMedia], tuple[str, ...]]:
    """The media of a package by name; and the listed names that are invalid, or whose content is missing.

    In the newest packages the list is a protobuf message, and each file is compressed with zstd; in older ones it is
    JSON.
    """
    files: dict[str, RawMedia] = {}
    refused_names: list[str] = []
    if "media" not in archive:
        return files, ()
    for member, listed_name in _media_list(archive, is_newest=is_newest):
        name = unicodedata.normalize("NFC", listed_name)
        if not _is_name(name) or member not in archive or name in files:
            refused_names.append(listed_name)
        else:
            files[name] = RawMedia(name, file, _block_reader(archive, member, is_newest=is_newest))
    return files, tuple(refused_names)


def folder_media(folder: Path) -> Mapping[str, RawMedia]:
    """The media in the folder beside a collection; links are not followed."""
    if not folder.is_dir():
        return {}
    names = ((unicodedata.normalize("NFC", file.name), file) for file in sorted(folder.iterdir()))
    return {
        name: RawMedia(name, file, lambda file=file: _file_blocks(file))  # type: ignore[misc]
        for name, file in names
        if _is_name(name) and stat.S_ISREG(file.lstat().st_mode)
    }


def _media_list(archive: Archive, *, is_newest: bool) -> Iterator[tuple[str, str]]:
    """The member and the name of each file in the list."""
    content = archive.content("media", is_compressed=is_newest, limit=LARGEST_LIST)
    if is_newest:
        for member, (number, entry) in enumerate(protobuf.fields(content)):
            if number == 1:
                yield str(member), protobuf.text(protobuf.fields_by_number(protobuf.content(entry)).get(1, b""))
        return
    names_by_member = read_json(content)
    if not isinstance(names_by_member, dict):
        raise DamageError(message("its list of images and sounds cannot be read"))
    for member, name in names_by_member.items():
        yield member, str(name)


def _is_name(name: str) -> bool:
    """Whether this is a valid file name on every platform: no path, no device name, no invisible characters."""
    return (
        name.isprintable()
        and 0 < len(name.encode()) <= LONGEST_NAME
        and not set(name) & set('/\\:*?"<>|')
        and not name.startswith(".")
        and not name.endswith((".", " "))
        and not is_device(name)
    )


def _block_reader(archive: Archive, member: str, *, is_newest: bool) -> Callable[[], Iterator[bytes]]:
    return lambda: archive.blocks(member, is_compressed=is_newest)


def _file_blocks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as stream:
        while block := stream.read(BLOCK):
            yield block
