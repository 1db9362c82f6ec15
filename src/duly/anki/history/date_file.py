"""A text file of dates: a line for each name, with a hash and a moment, sorted, so that git merges it line by line."""

from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from duly.atomic_write import replacing
from duly.errors import DulyError, not_readable
from duly.message import message


class Dated(NamedTuple):
    """A hash in hexadecimal digits, "" if it is unknown, and the second since 1970 from which what has it dates."""

    digest: str
    mod: int


def read_dates(file: Path) -> dict[str, Dated]:
    """The dates in a file by name, none if it is not there. Raises `DulyError` if it cannot be read.

    Of several lines for one name the latest counts; if these do not agree what it was, nobody knows.
    """
    dates: dict[str, Dated] = {}
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return dates
    except (OSError, UnicodeDecodeError) as error:
        raise not_readable(file, error) from error
    for number, line in enumerate(text.split("\n"), 1):
        if line:
            name, dated = _parsed(line, file, number)
            old = dates.get(name, dated)
            dates[name] = max(old, dated, key=lambda candidate: candidate.mod)
            if old.mod == dated.mod and old.digest != dated.digest:
                dates[name] = Dated("", dated.mod)
    return dates


def write_dates(file: Path, dates: dict[str, Dated]) -> None:
    """Writes the dates, in the order of the names. Raises `DulyError` or `OSError`, with the file as it was."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with replacing(file) as stream:
        stream.write("".join(_line(name, *dates[name]) for name in sorted(dates)).encode())


def _line(name: str, digest: str, mod: int) -> str:
    moment = datetime.fromtimestamp(mod, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return f"{name}\t{digest or '-'}\t{moment}\n"


def _parsed(line: str, file: Path, number: int) -> tuple[str, Dated]:
    """The line ``id<tab>hash<tab>2026-03-01T12:00:00Z``."""
    try:
        name, digest, moment = line.rstrip("\r").split("\t")
        return name, Dated("" if digest == "-" else digest, int(datetime.fromisoformat(moment).timestamp()))
    except (ValueError, OverflowError) as error:
        raise DulyError(
            message(
                "{file}:{line}: this is no date of a note ({text}); bring back an older state of the file",
                file=file,
                line=number,
                text=line[:60],
            )
        ) from error
