"""What can go wrong around us: a circumstance that a person can do something about."""

from pathlib import Path

from duly.message import Message, message


class DulyError(Exception):
    """A circumstance (a locked file, a full disk, a database from a newer duly), caught once, in the face.

    An author's mistake in a deck file is not an error but a `duly.problem.Problem`.
    """

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


def reason(error: Exception) -> str:
    """Why the system refused something, in its own words: "Permission denied"."""
    return getattr(error, "strerror", None) or str(error)


def not_readable(file: Path, error: Exception) -> DulyError:
    """What to raise where a file cannot be read."""
    return DulyError(message("{file} cannot be read: {error}", file=file, error=reason(error)))


def not_writable(file: Path, error: Exception) -> DulyError:
    """What to raise where a file, or a folder for it, cannot be written."""
    return DulyError(message("{file} cannot be written: {error}", file=file, error=reason(error)))
