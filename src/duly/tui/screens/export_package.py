"""Exports the decks on the screen to a package for Anki, at a path that the learner types."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from textual.app import App

from duly.errors import DulyError
from duly.exchange import export
from duly.i18n import _
from duly.message import message
from duly.study.collection import Collection
from duly.text.export_report import short_report
from duly.tui.background_work import BackgroundWork
from duly.tui.screens.prompt import Prompt
from duly.work_progress import Watch


def ask_for_package(
    app: App[Any], collection: Collection, background: BackgroundWork, say: Callable[[str], None]
) -> None:
    """Asks for a path and writes the package in the background; `say` gets the report."""
    paths = tuple(collection.decks.paths)

    def on_choice(text: str | None) -> None:
        if text is not None:
            target = package_at(text)
            background.start(lambda watch: write_package(paths, target, collection.now(), watch), say)

    words = _("The package to write; one that is there is replaced.")
    name = str(export.package_name(paths))
    app.push_screen(Prompt(_("Write a package for Anki"), words, package_at, name), on_choice)


def package_at(text: str) -> Path:
    """The path of a package, with its suffix. Raises `DulyError` if the text is empty or names a folder."""
    refusal = DulyError(message("{path}: this is not a name for a package", path=text.strip()))
    try:
        path = Path(text.strip()).expanduser()
    except RuntimeError as error:  # ~nobody/x
        raise refusal from error
    if not text.strip() or path.is_dir():
        raise refusal
    return path if path.suffix.lower() == ".apkg" else path.with_name(path.name + ".apkg")


def write_package(paths: tuple[Path, ...], target: Path, now: datetime, watch: Watch) -> str:
    """Writes a package of these decks to `target`, and reports on it. Raises `DulyError`."""
    source = export.read_source(paths, target)
    source = source.without_rewordings(source.rewordings())
    return "\n".join(short_report(export.write(source, now, watch=watch), source))
