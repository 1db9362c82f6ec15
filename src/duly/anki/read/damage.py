"""Errors about damaged or hostile files of Anki, as `DulyError`."""

import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from duly.errors import DulyError, not_readable
from duly.message import Message, message


class DamageError(Exception):
    """Something that Anki would not have written; `message` says what."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


def malformed() -> DamageError:
    """The error for a part of a file that cannot be parsed."""
    return DamageError(message("a part of it cannot be understood"))


@contextmanager
def damage_as_error(file: Path) -> Iterator[None]:
    """Turns all errors caused by a damaged or hostile `file` into a `DulyError` that names it."""
    try:
        yield
    except DamageError as error:
        sentence = message("{file}: {problem}; nothing was taken from it", file=file, problem=error.message)
        raise DulyError(sentence) from error
    except (sqlite3.Error, UnicodeDecodeError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        # The messages of these may quote the file, which is not safe on a terminal.
        raise DulyError(message("{file} is damaged; nothing was taken from it", file=file)) from error
    except OSError as error:
        raise not_readable(file, error) from error
