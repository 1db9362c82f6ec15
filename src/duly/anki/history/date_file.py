"""A text file of dates: a sorted line for each name, with a hash and a time, so that git merges it line by line."""

from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from duly.atomic_write import replacing
from duly.errors import DulyError, not_readable
from duly.message import message


class NoteDate(NamedTuple):
    """A hash in hexadecimal digits, "" if unknown, and the date of that content in seconds since 1970."""

    digest: str
    mod: int


def read_dates(file: Path) -> dict[str, NoteDate]:
    """The dates in a file by name; none if there is no file. Raises `DulyError` if it cannot be read.

    Of several lines for one name the latest counts; if the latest ones have different hashes, the hash is unknown.
    """
    dates: dict[str, NoteDate] = {}
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return dates
    except (OSError, UnicodeDecodeError) as error:
        raise not_readable(file, error) from error
    for number, line in enumerate(text.split("\n"), 1):
        if line:
            name, note_date = _parse_line(line, file, number)
            old_date = dates.get(name, note_date)
            dates[name] = max(old_date, note_date, key=lambda candidate: candidate.mod)
            if old_date.mod == note_date.mod and old_date.digest != note_date.digest:
                dates[name] = NoteDate("", note_date.mod)
    return dates


def write_dates(file: Path, dates: dict[str, NoteDate]) -> None:
    """Writes the dates sorted by name. Raises `DulyError` or `OSError`, and leaves the file unchanged."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with replacing(file) as stream:
        stream.write("".join(_format_line(name, *dates[name]) for name in sorted(dates)).encode())


def _format_line(name: str, digest: str, mod: int) -> str:
    moment = datetime.fromtimestamp(mod, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return f"{name}\t{digest or '-'}\t{moment}\n"


def _parse_line(line: str, file: Path, number: int) -> tuple[str, NoteDate]:
    """Parses the line ``id<tab>hash<tab>2026-03-01T12:00:00Z``."""
    try:
        name, digest, moment = line.rstrip("\r").split("\t")
        return name, NoteDate("" if digest == "-" else digest, int(datetime.fromisoformat(moment).timestamp()))
    except (ValueError, OverflowError) as error:
        raise DulyError(
            message(
                "{file}:{line}: this is not the date of a note ({text}); bring back an older state of the file",
                file=file,
                line=number,
                text=line[:60],
            )
        ) from error
