"""Writes the zip file of a package: deterministic for the same content, and replaced atomically."""

import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO

from duly.atomic_write import replacing
from duly.errors import DulyError, not_readable
from duly.message import message
from duly.work_progress import Watch, silent_watch

CHANGE_COUNTER, VALID_FOR, WRITER_VERSION = 24, 92, 96
"""Offsets in SQLite's header of transaction counts and of the version of SQLite
(https://sqlite.org/fileformat.html).
"""

LEVEL = 1
"""The compression level of zlib: a third of the time of the default 6, for about a tenth more in size."""
BLOCK = 1 << 18
"""The bytes of a member that are in memory at once."""


def normalise_header(database: Path) -> None:
    """Makes the header of a database independent of how, and by which version of SQLite, it was written."""
    with database.open("r+b") as stream:
        for offset, value in ((CHANGE_COUNTER, 1), (VALID_FOR, 1), (WRITER_VERSION, 3_040_000)):
            stream.seek(offset)
            stream.write(value.to_bytes(4))


def write_apkg(
    target: Path,
    database: IO[bytes],
    media: Mapping[str, Path],
    watch: Watch = silent_watch,
    ready: Callable[[], None] = lambda: None,
) -> None:
    """Writes the package, with `media` as files by their names in Anki; `watch` is called for each of them.

    `ready` is called when all of it is written, before it replaces `target`. Raises `DulyError`, and leaves `target`
    unchanged, if it cannot be written or a media file cannot be read.
    """
    names = sorted(media)
    media_list = json.dumps({str(number): name for number, name in enumerate(names)}, ensure_ascii=False)
    _refuse_folders(target)
    with replacing(target) as stream:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as package:
            _add(package, "collection.anki2", database)
            _add(package, "media", BytesIO(media_list.encode()))
            for number, name in enumerate(watch(names, message("Packing images and sounds"))):
                with _open_media(media[name]) as source:
                    _add(package, str(number), source)
        stream.flush()
        ready()


def _add(package: zipfile.ZipFile, name: str, content: IO[bytes]) -> None:
    """Adds a member, dated 1980 and with the attributes of the same system, so that the file is deterministic."""
    with package.open(name, "w", force_zip64=True) as member:
        shutil.copyfileobj(content, member, BLOCK)
    info = package.getinfo(name)
    info.create_system = 3
    info.external_attr = 0o644 << 16


@contextmanager
def _open_media(file: Path) -> Iterator[IO[bytes]]:
    try:
        stream = file.open("rb")
    except OSError as error:
        raise not_readable(file, error) from error
    with stream:
        yield stream


def _refuse_folders(target: Path) -> None:
    if not Path(os.path.realpath(target)).parent.is_dir():
        raise DulyError(message("there is no folder {folder}; make it, or write elsewhere", folder=target.parent))
    if target.is_dir():
        raise DulyError(message("{target} is a folder; name a file in it", target=target))
