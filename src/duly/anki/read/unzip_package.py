"""Reads the zip file of a package: its members by name, each decompressed (also from Zstandard) within limits."""

import stat
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from duly.anki.read.damage import DamageError
from duly.message import message

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

BLOCK = 1 << 17
RATIO = 200
"""The maximum compression ratio of a package beyond `ALLOWANCE`. Databases compress to about a tenth."""
ALLOWANCE = 64 << 20
LARGEST = 2 << 30
"""The maximum uncompressed size of a member, in bytes."""
MOST_MEMBERS = 500_000


class Archive:
    """The members of a zip. A budget limits all decompressed data, as a defence against zip bombs."""

    def __init__(self, file: Path, package: zipfile.ZipFile) -> None:
        self._package = package
        self._members = _members(package)
        self._budget = ALLOWANCE + RATIO * file.stat().st_size

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def blocks(self, name: str, *, is_compressed: bool) -> Iterator[bytes]:
        """The content of a member, which may be compressed with zstd inside the zip. Raises `DamageError`."""
        size = 0
        with self._open_member(name) as stream:
            for block in decompress(stream) if is_compressed else iter(lambda: stream.read(BLOCK), b""):
                size += len(block)
                self._budget -= len(block)
                if size > LARGEST or self._budget < 0:
                    raise DamageError(message("it would unpack to more than any package of Anki"))
                yield block

    def content(self, name: str, *, is_compressed: bool, limit: int) -> bytes:
        """The content of a member of at most `limit` bytes. Raises `DamageError`."""
        content = bytearray()
        for block in self.blocks(name, is_compressed=is_compressed):
            content += block
            if len(content) > limit:
                raise DamageError(message("a part of it is larger than Anki would make it"))
        return bytes(content)

    @contextmanager
    def _open_member(self, name: str) -> Iterator[IO[bytes]]:
        if name not in self._members:
            raise DamageError(message("a part of it is missing"))
        try:
            with self._package.open(self._members[name]) as stream:
                yield stream
        except (NotImplementedError, RuntimeError) as error:
            raise DamageError(message("a part of it cannot be unpacked")) from error


@contextmanager
def open_archive(file: Path) -> Iterator[Archive]:
    """Opens the zip in `file`. Raises `DamageError` or the errors of `zipfile` if it is invalid."""
    try:
        package = zipfile.ZipFile(file)
    except (ValueError, NotImplementedError, OverflowError) as error:
        raise DamageError(message("its list of contents cannot be read")) from error
    with package:
        yield Archive(file, package)


def _members(package: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    infos = package.infolist()
    members = {info.filename: info for info in infos}
    if len(infos) > MOST_MEMBERS or len(members) < len(infos):
        raise DamageError(message("it holds two parts of one name, or far too many"))
    if any(info.flag_bits & 1 for info in infos):
        raise DamageError(message("it is encrypted"))
    if any(info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in infos):
        raise DamageError(message("it is packed in a way that Anki does not know"))
    if any(stat.S_ISLNK(info.external_attr >> 16) for info in infos):
        raise DamageError(message("it holds links instead of files"))
    return members


LARGEST_WINDOW = 27
"""Binary logarithm of the maximum window size of a frame: 128 MiB, zstd's own limit."""


def decompress(stream: IO[bytes]) -> Iterator[bytes]:
    """Decompresses a stream in blocks of at most `BLOCK` bytes. Raises `DamageError` if it is truncated or not zstd."""
    decompressor = _decompressor()
    try:
        while block := stream.read(BLOCK):
            while block:
                if decompressor.eof:
                    decompressor = _decompressor()
                yield decompressor.decompress(block, BLOCK)
                while not decompressor.needs_input and not decompressor.eof:
                    yield decompressor.decompress(b"", BLOCK)
                block = decompressor.unused_data if decompressor.eof else b""
    except zstd.ZstdError as error:
        raise DamageError(message("a part of it cannot be unpacked")) from error
    if not decompressor.eof:
        raise DamageError(message("a part of it is cut off"))


def _decompressor() -> zstd.ZstdDecompressor:
    return zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: LARGEST_WINDOW})
