"""A package for Anki, written from the decks on the screen to where the learner wants it."""

from datetime import datetime
from pathlib import Path

from duly.errors import DulyError
from duly.message import message
from duly.progress import Watch


def package_at(text: str) -> Path:
    """The path of a package, with its ending. Raises `DulyError` where nothing was written, or it is a folder."""
    refusal = DulyError(message("{path}: this is no name for a package", path=text.strip()))
    try:
        path = Path(text.strip()).expanduser()
    except RuntimeError as error:  # ~nobody/x
        raise refusal from error
    if not text.strip() or path.is_dir():
        raise refusal
    return path if path.suffix.lower() == ".apkg" else path.with_name(path.name + ".apkg")


def write_package(paths: tuple[Path, ...], target: Path, now: datetime, watch: Watch) -> str:
    """Writes a package of these decks to `target`, and reports on it. Raises `DulyError`."""
    from duly.exchange import export
    from duly.text.export_report import short_report

    source = export.read_source(paths, target)
    source = source.without(source.rewordings())
    return "\n".join(short_report(export.write(source, now, watch=watch), source))
