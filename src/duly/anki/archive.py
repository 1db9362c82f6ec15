"""The file itself: a zip that is the same for the same content, put in its place whole or not at all."""

import json
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from duly.errors import DulyError
from duly.message import message
from duly.replace import replacing
from duly.watch import Watch, unwatched

CHANGE_COUNTER, VALID_FOR, WRITER_VERSION = 24, 92, 96
"""Where SQLite's header counts its transactions and names the SQLite that wrote it (https://sqlite.org/fileformat.html)."""


def database_bytes(connection: sqlite3.Connection) -> bytes:
    """The database as a file, its header free of what depends on how and by which SQLite it was written."""
    image = bytearray(connection.serialize())
    for offset, value in ((CHANGE_COUNTER, 1), (VALID_FOR, 1), (WRITER_VERSION, 3_040_000)):
        image[offset : offset + 4] = value.to_bytes(4)
    return bytes(image)


def write_apkg(target: Path, database: bytes, media: Mapping[str, Path], watch: Watch = unwatched) -> None:
    """Writes the package, with `media` as files by their names in Anki, which `watch` sees pass.

    Raises `DulyError`, with the file at `target` as it was, if it cannot be written or a media file cannot be read.
    """
    names = sorted(media)
    listed = json.dumps({str(number): name for number, name in enumerate(names)}, ensure_ascii=False)
    _refuse_folders(target)
    with replacing(target) as stream, zipfile.ZipFile(stream, "w") as package:
        package.writestr(_member("collection.anki2"), database)
        package.writestr(_member("media"), listed)
        for number, name in enumerate(watch(names, message("Packing images and sounds"))):
            with _reading(media[name]) as source, package.open(_member(str(number)), "w", force_zip64=True) as member:
                shutil.copyfileobj(source, member)


def _member(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 3
    info.external_attr = 0o644 << 16
    return info


@contextmanager
def _reading(file: Path) -> Iterator[IO[bytes]]:
    try:
        stream = file.open("rb")
    except OSError as error:
        raise DulyError(message("{file} cannot be read: {error}", file=file, error=_why(error))) from error
    with stream:
        yield stream


def _refuse_folders(target: Path) -> None:
    if not Path(os.path.realpath(target)).parent.is_dir():
        raise DulyError(message("there is no folder {folder}; make it, or write elsewhere", folder=target.parent))
    if target.is_dir():
        raise DulyError(message("{target} is a folder; name a file in it", target=target))


def _why(error: OSError) -> str:
    return error.strerror or str(error)
