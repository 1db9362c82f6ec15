"""Writing over a file a person keeps: all of it or nothing of it, and only if it is still what was read."""

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from duly.errors import DulyError
from duly.message import message


def replace_file(file: Path, old: bytes, new: bytes) -> None:
    """Makes `new` the content of `file` by an atomic replace, keeping its mode; a link stays a link.

    Raises `DulyError`, with the file as it was, if it no longer holds `old` or cannot be written.
    """
    target = Path(os.path.realpath(file))
    try:
        if target.read_bytes() != old:
            raise DulyError(message("{file} was changed by another program; nothing was written, try again", file=file))
        _replace(target, new)
    except OSError as error:
        why = error.strerror or str(error)
        raise DulyError(message("{file} cannot be written: {error}", file=file, error=why)) from error


def _replace(target: Path, new: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(new)
            stream.flush()
            os.fsync(stream.fileno())
        shutil.copymode(target, temporary)
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Makes the new name last through a power cut, where a folder can be opened at all (not on Windows)."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
