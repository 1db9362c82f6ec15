"""Writing a file whole or not at all; one that a person keeps, only if it still holds what was read."""

import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import IO

from duly.errors import DulyError, not_readable, not_writable
from duly.message import message


def read_file(file: Path) -> bytes:
    """What the file holds, for `replace_file` to compare with. Raises `DulyError`."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise not_readable(file, error) from error


def replace_file(file: Path, old: bytes, new: bytes) -> None:
    """Makes `new` the content of `file` by an atomic replace, keeping its mode; a link stays a link.

    Raises `DulyError`, with the file as it was, if it no longer holds `old` or cannot be written, also where only its
    own mode forbids it. The comparison is the last thing before the replace, and no two processes of duly are between
    the two at once.
    """
    with _explained(file), _prepared(file) as (temporary, target), _alone_in(target.parent):
        _refuse_read_only(target)
        temporary.touch(mode=0o600)
        temporary.write_bytes(new)
        _synced(temporary)
        if target.read_bytes() != old:
            raise DulyError(message("{file} was changed by another program; nothing was written, try again", file=file))
        shutil.copymode(target, temporary)
        temporary.replace(target)
        _synced(target.parent)


@contextmanager
def replacing(file: Path) -> Iterator[IO[bytes]]:
    """A stream whose content becomes that of `file`, which need not be there, when the block ends without an exception.

    A link stays a link. Raises `DulyError`, with the file as it was, if it cannot be written.
    """
    with replacing_at(file) as temporary, temporary.open("wb") as stream:
        yield stream


@contextmanager
def replacing_at(file: Path) -> Iterator[Path]:
    """Like `replacing`, for what is written by name: a path beside `file` at which nothing is yet."""
    with _explained(file), _prepared(file) as (temporary, target):
        yield temporary
        _synced(temporary)
        with suppress(FileNotFoundError):
            shutil.copymode(target, temporary)
        temporary.replace(target)
        _synced(target.parent)


@contextmanager
def _explained(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise not_writable(file, error) from error


@contextmanager
def _prepared(file: Path) -> Iterator[tuple[Path, Path]]:
    """A name beside the file that `file` is or links to, and that file. What is left under the name is removed."""
    target = Path(os.path.realpath(file))
    temporary = target.with_name(f".{target.name[:40]}.{os.getpid()}.part")
    try:
        yield temporary, target
    finally:
        with suppress(OSError):
            temporary.unlink()


def _refuse_read_only(file: Path) -> None:
    """A name is replaced by right of its folder, so the file's own mode must be asked; for root, too."""
    if not (file.stat().st_mode & 0o222 and os.access(file, os.W_OK)):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(file))


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Keeps other processes of duly waiting that want to write a file of this folder, where a folder can be locked."""
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
    """What is locked in the stead of a folder that cannot be: a file of its own, among the temporary ones."""
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


def _synced(path: Path) -> None:
    """Makes a file's content, or a folder's names, last through a power cut; a folder only where it can be opened."""
    if path.is_dir():
        with suppress(OSError):
            _sync(path, os.O_RDONLY)
    else:
        _sync(path, os.O_RDWR)


def _sync(path: Path, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
