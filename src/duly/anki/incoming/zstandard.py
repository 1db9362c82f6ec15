"""Zstandard, in which Anki packs since 2022: streamed, for the size of what comes out is not told beforehand."""

import sys
from collections.abc import Iterator
from typing import IO

from duly.anki.incoming.damage import DamageError
from duly.message import message

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

BLOCK = 1 << 17
LARGEST_WINDOW = 27
"""Logarithm of the memory a frame may ask for: 128 MiB, what zstd itself allows."""


def decompressed(stream: IO[bytes]) -> Iterator[bytes]:
    """What the stream holds, in blocks of at most `BLOCK` bytes. Raises `DamageError` if it is cut off or no zstd."""
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
