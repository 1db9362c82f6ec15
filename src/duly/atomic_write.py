"""Files replaced as a whole or not at all, one that a person keeps only if it still holds what was read;
and names that Windows reserves for devices.
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

LEFT_BEHIND = 600
"""Seconds after which a temporary file that nobody wrote to was left behind by a process that was killed."""
_TEMPORARY = re.compile(r"\..+\.[0-9a-f]{16}\.part(?:-journal|-wal|-shm)?")
"""Such as ``.deck.yaml.0123456789abcdef.part``, and what SQLite keeps beside it."""


def read_file(file: Path, most: int = -1) -> bytes:
    """What the file holds, for `replace_file` to compare with, or no more than its first `most` bytes.

    Raises `DulyError`, also where it is a pipe, which nobody can write over.
    """
    try:
        if stat.S_ISFIFO(file.stat().st_mode):
            raise DulyError(message("{file} is a pipe, and no file that could be changed", file=file))
        with file.open("rb") as stream:
            return stream.read(most)
    except OSError as error:
        raise not_readable(file, error) from error


def replace_file(file: Path, old: bytes, new: bytes, *, follow: bool = False) -> None:
    """Makes `new` the content of `file` by an atomic replace, keeping its mode; a link stays a link.

    Raises `DulyError`, with the file as it was, if it no longer holds `old`, cannot be written, also where only its own
    mode forbids it, or is a link out of its folder and `follow` is off. The comparison is the last thing before the
    replace, and no two processes of duly are between the two at once.
    """
    with _explain_errors(file), _prepared(file, follow=follow) as (temporary, target), _folder_lock(target.parent):
        _refuse_read_only(target)
        temporary.write_bytes(new)
        _sync(temporary)
        if target.read_bytes() != old:
            raise DulyError(_changed(file))
        shutil.copymode(target, temporary)
        temporary.replace(target)
        _sync(target.parent)


@contextmanager
def creating(file: Path) -> Iterator[IO[bytes]]:
    """A stream whose content becomes a new file, which appears whole when the block ends without an exception.

    Its folder is made if need be. Raises `DulyError` if it cannot be written, or if something has its name by then.
    """
    with _explain_errors(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        with _temporary(file) as temporary:
            with temporary.open("wb") as stream:
                yield stream
            _sync(temporary)
            with _folder_lock(file.parent):
                if os.path.lexists(file):
                    raise DulyError(_changed(file))
                temporary.chmod(_usual_mode())
                temporary.replace(file)
            _sync(file.parent)


@contextmanager
def replacing(file: Path, *, follow: bool = False) -> Iterator[IO[bytes]]:
    """A stream whose content becomes that of `file`, which need not be there, when the block ends without an exception.

    A link stays a link. Raises `DulyError`, with the file as it was, if it cannot be written, or is a link out of its
    folder and `follow` is off.
    """
    with replacing_at(file, follow=follow) as temporary, temporary.open("wb") as stream:
        yield stream


@contextmanager
def replacing_at(file: Path, *, follow: bool = False) -> Iterator[Path]:
    """Like `replacing`, for what is written by name: an empty file beside `file`."""
    with _explain_errors(file), _prepared(file, follow=follow) as (temporary, target):
        yield temporary
        _sync(temporary)
        if target.exists():
            shutil.copymode(target, temporary)
        else:
            temporary.chmod(_usual_mode())
        temporary.replace(target)
        _sync(target.parent)


def refuse_outside(file: Path, folder: Path) -> None:
    """Raises `DulyError` if `file`, which need not be there, lies outside of `folder` once links are followed."""
    real = Path(os.path.realpath(file))
    if not real.is_relative_to(os.path.realpath(folder)):
        raise DulyError(
            message("{file} leads out of its folder, to {target}; nothing was written there", file=file, target=real)
        )


def _changed(file: Path) -> Message:
    return message("{file} was changed by another program; nothing was written, try again", file=file)


@contextmanager
def _explain_errors(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise not_writable(file, error) from error


@contextmanager
def _prepared(file: Path, *, follow: bool) -> Iterator[tuple[Path, Path]]:
    """A temporary file beside the one that `file` is or links to, and that one."""
    if not follow and file.is_symlink():
        refuse_outside(file, file.parent)
    target = Path(os.path.realpath(file))
    with _temporary(target) as temporary:
        yield temporary, target


@contextmanager
def _temporary(file: Path) -> Iterator[Path]:
    """A new, empty file beside `file`, which only its owner may read; what is left of it in the end is removed.

    Its name cannot be guessed, and no link is followed: whoever shares a folder of cards cannot lead a write elsewhere.
    """
    _clear_left_behind(file.parent)
    temporary = file.with_name(f".{file.name[:40]}.{secrets.token_hex(8)}.part")
    os.close(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600))
    try:
        yield temporary
    finally:
        with suppress(OSError):
            temporary.unlink()


@cache
def _clear_left_behind(folder: Path) -> None:
    """Removes the temporary files of processes that were killed; once in this process, for a folder may hold many."""
    with suppress(OSError):
        for file in folder.iterdir():
            if not _TEMPORARY.fullmatch(file.name):
                continue
            with suppress(OSError):
                status = file.lstat()
                if stat.S_ISREG(status.st_mode) and time.time() - status.st_mtime > LEFT_BEHIND:
                    file.unlink()


def _usual_mode() -> int:
    """The mode of a new file: what the system's mask leaves of reading and writing for everybody."""
    mask = os.umask(0o077)
    os.umask(mask)
    return 0o666 & ~mask


def _refuse_read_only(file: Path) -> None:
    """A rename needs only rights on the folder, so the file's own mode is checked as well, even for root."""
    if not (file.stat().st_mode & 0o222 and os.access(file, os.W_OK)):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(file))


@contextmanager
def _folder_lock(folder: Path) -> Iterator[None]:
    """Makes other processes of duly wait that want to write a file of this folder, where a folder can be locked."""
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
    """Waits for the lock of an open file, which goes with it; some file systems have no locks."""
    import msvcrt

    locking, waiting = getattr(msvcrt, "locking"), getattr(msvcrt, "LK_LOCK")  # noqa: B009 - only Windows has them
    while True:
        os.lseek(handle, 0, os.SEEK_SET)
        try:
            locking(handle, waiting, 1)
        except OSError as error:
            if error.errno == errno.EDEADLK:  # another has held it for ten seconds
                continue
        return


def _sync(path: Path) -> None:
    """Makes a file's content, or a folder's names, last through a power cut; a folder only where it can be opened."""
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
    """Whether Windows takes the name for a device, whatever ending and whatever case it has."""
    return name.partition(".")[0].rstrip().lower() in DEVICES
