"""The error that a person can do something about."""

from pathlib import Path

from duly.message import Message, message


class DulyError(Exception):
    """A locked file, a full disk, a database from a newer duly: caught once, by the user interface.

    An author's mistake in a deck file is not an error but a `duly.problem.Problem`.
    """

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


def reason(error: Exception) -> str:
    """The reason that the system gives, such as "Permission denied"."""
    return getattr(error, "strerror", None) or str(error)


def not_readable(file: Path, error: Exception) -> DulyError:
    """The error for a file that cannot be read."""
    return DulyError(message("{file} cannot be read: {error}", file=file, error=reason(error)))


def not_writable(file: Path, error: Exception) -> DulyError:
    """The error for a file that cannot be written, or whose folder cannot."""
    return DulyError(message("{file} cannot be written: {error}", file=file, error=reason(error)))
