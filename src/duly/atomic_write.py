"""Atomic replacement of files; a user's file is replaced only if it still holds what was read. Also the names that
Windows reserves for devices.
"""

import errno
import os
import re
import secrets
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import IO

from duly.errors import DulyError, not_readable, not_writable
from duly.message import Message, message

STALE_AFTER = 600
"""Seconds without a write after which a temporary file is taken for that of a killed process."""
_TEMPORARY = re.compile(r"\..+\.[0-9a-f]{16}\.part(?:-journal|-wal|-shm)?")
"""Such as ``.deck.yaml.0123456789abcdef.part``, and SQLite's files beside it."""


def read_file(file: Path, most_bytes: int = -1) -> bytes:
    """The content of a file, or its first `most_bytes` bytes, for `replace_file` to compare with.

    Raises `DulyError`, also for a pipe, which cannot be replaced.
    """
    try:
        if stat.S_ISFIFO(file.stat().st_mode):
            raise DulyError(message("{file} is a pipe, and no file that could be changed", file=file))
        with file.open("rb") as stream:
            return stream.read(most_bytes)
    except OSError as error:
        raise not_readable(file, error) from error


def replace_file(file: Path, old_content: bytes, new_content: bytes, *, follow: bool = False) -> None:
    """Makes `new_content` the content of `file` by an atomic replace, keeping its mode; a link stays a link.

    Raises `DulyError`, and leaves the file unchanged, if it no longer holds `old_content`, if it cannot be written,
    even if only its own mode forbids that, or if it is a link out of its folder and `follow` is off. A lock keeps other
    processes of duly from writing between the comparison and the replace.
    """
    with (
        _explain_errors(file),
        _temporary_and_target(file, follow=follow) as (temporary, target),
        _folder_lock(target.parent),
    ):
        _refuse_read_only(target)
        temporary.write_bytes(new_content)
        _sync(temporary)
        if target.read_bytes() != old_content:
            raise DulyError(_changed_message(file))
        shutil.copymode(target, temporary)
        temporary.replace(target)
        _sync(target.parent)


@contextmanager
def creating(file: Path) -> Iterator[IO[bytes]]:
    """A stream whose content becomes a new file, which appears complete when the block ends without an exception.

    Creates the folder if necessary. Raises `DulyError` if the file cannot be written, or if its name is taken by then.
    """
    with _explain_errors(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        with _temporary(file) as temporary:
            with temporary.open("wb") as stream:
                yield stream
            _sync(temporary)
            with _folder_lock(file.parent):
                if os.path.lexists(file):
                    raise DulyError(_changed_message(file))
                temporary.chmod(_usual_mode())
                temporary.replace(file)
            _sync(file.parent)


@contextmanager
def replacing(file: Path, *, follow: bool = False) -> Iterator[IO[bytes]]:
    """A stream whose content becomes that of `file`, which need not exist, when the block ends without an exception.

    A link stays a link. Raises `DulyError`, and leaves the file unchanged, if it cannot be written, or is a link out of
    its folder and `follow` is off.
    """
    with replacing_at(file, follow=follow) as temporary, temporary.open("wb") as stream:
        yield stream


@contextmanager
def replacing_at(file: Path, *, follow: bool = False) -> Iterator[Path]:
    """Like `replacing`, for writers that need a path: yields that of an empty file beside `file`."""
    with _explain_errors(file), _temporary_and_target(file, follow=follow) as (temporary, target):
        yield temporary
        _sync(temporary)
        if target.exists():
            shutil.copymode(target, temporary)
        else:
            temporary.chmod(_usual_mode())
        temporary.replace(target)
        _sync(target.parent)


def refuse_outside(file: Path, folder: Path) -> None:
    """Raises `DulyError` if `file`, which need not exist, lies outside of `folder` once links are followed."""
    target_file = Path(os.path.realpath(file))
    if not target_file.is_relative_to(os.path.realpath(folder)):
        raise DulyError(
            message(
                "{file} leads out of its folder, to {target}; nothing was written there", file=file, target=target_file
            )
        )


def _changed_message(file: Path) -> Message:
    return message("{file} was changed by another program; nothing was written, try again", file=file)


@contextmanager
def _explain_errors(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise not_writable(file, error) from error


@contextmanager
def _temporary_and_target(file: Path, *, follow: bool) -> Iterator[tuple[Path, Path]]:
    """A temporary file beside the target of `file`, and that target: the file itself, or what it links to."""
    if not follow and file.is_symlink():
        refuse_outside(file, file.parent)
    target = Path(os.path.realpath(file))
    with _temporary(target) as temporary:
        yield temporary, target


@contextmanager
def _temporary(file: Path) -> Iterator[Path]:
    """A new, empty file beside `file` that only its owner may read; it is removed at the end if it still exists.

    Its name cannot be guessed and no link is followed, so nobody who shares the folder can redirect the write.
    """
    _remove_stale_files(file.parent)
    temporary = file.with_name(f".{file.name[:40]}.{secrets.token_hex(8)}.part")
    os.close(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600))
    try:
        yield temporary
    finally:
        with suppress(OSError):
            temporary.unlink()


@cache
def _remove_stale_files(folder: Path) -> None:
    """Removes the temporary files of killed processes; only once in this process, as a folder may hold many files."""
    with suppress(OSError):
        for file in folder.iterdir():
            if not _TEMPORARY.fullmatch(file.name):
                continue
            with suppress(OSError):
                status = file.lstat()
                if stat.S_ISREG(status.st_mode) and time.time() - status.st_mtime > STALE_AFTER:
                    file.unlink()


def _usual_mode() -> int:
    """The mode of a new file: readable and writable for everybody, less the system's mask."""
    mask = os.umask(0o077)
    os.umask(mask)
    return 0o666 & ~mask


def _refuse_read_only(file: Path) -> None:
    """Checks the file's own mode, even for root: a rename needs only rights on the folder."""
    if not (file.stat().st_mode & 0o222 and os.access(file, os.W_OK)):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(file))


@contextmanager
def _folder_lock(folder: Path) -> Iterator[None]:
    """Makes other processes of duly wait before they write a file of this folder, where folders can be locked."""
    if sys.platform == "win32":
        with _lock_file(folder).open("ab") as stream:
            _lock_on_windows(stream.fileno())
            yield
        return
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some file systems have no locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _lock_file(folder: Path) -> Path:
    """The file, in the temporary folder, that is locked instead of a folder where folders cannot be locked."""
    path = os.path.normcase(os.path.realpath(folder)).encode(errors="surrogatepass")
    name = blake2b(path, digest_size=16).hexdigest()
    return Path(tempfile.gettempdir()) / f"duly-{name}.lock"


def _lock_on_windows(handle: int) -> None:
    """Waits for the lock of an open file, which is released when it is closed; some file systems have no locks."""
    import msvcrt

    lock_call, lock_mode = getattr(msvcrt, "locking"), getattr(msvcrt, "LK_LOCK")  # noqa: B009 - only Windows has them
    while True:
        os.lseek(handle, 0, os.SEEK_SET)
        try:
            lock_call(handle, lock_mode, 1)
        except OSError as error:
            if error.errno == errno.EDEADLK:  # another process has held the lock for ten seconds
                continue
        return


def _sync(path: Path) -> None:
    """Flushes a file's content, or a folder's names, to the disk; a folder only where folders can be opened."""
    if path.is_dir():
        with suppress(OSError):
            _fsync(path, os.O_RDONLY)
    else:
        _fsync(path, os.O_RDWR)


def _fsync(path: Path, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


PORTS = tuple(f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³")
DEVICES = ("con", "prn", "aux", "nul", "conin$", "conout$", *PORTS)


def is_device(name: str) -> bool:
    """Whether Windows takes the name for a device; its suffix and its case do not matter."""
    return name.partition(".")[0].rstrip().lower() in DEVICES
