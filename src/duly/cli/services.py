"""What the screens ask of rooms they may not enter, done as the commands do it."""

from collections.abc import Sequence
from pathlib import Path

import click

from duly.cli.common import now
from duly.cli.export import ENDING, content_told, package_name
from duly.errors import DulyError
from duly.i18n import _
from duly.message import message
from duly.tui.services import Services
from duly.watch import Watch


def services() -> Services:
    """The services of this machine."""
    return Services(export=_export, bring=_bring)


def _export(paths: Sequence[Path], watch: Watch) -> str:
    from duly.anki.export import export
    from duly.deckfile.load import load
    from duly.locations import cache_file, exports_file
    from duly.problem import Severity

    loaded = load(paths, cache_file())
    failed = any(problem.severity is Severity.ERROR for problem in loaded.problems)
    if not loaded.notes:
        raise DulyError(message("there is no card to export"))
    target = Path(package_name(tuple(paths)) + ENDING)
    exported = export(
        loaded.notes, target, exports_file(), now(),
        paths=paths, whole=not failed, watch=watch,
    )  # fmt: skip
    told = content_told(exported, target)[0]
    return _("{told} Cards with errors were left out.").format(told=told) if failed else told


def _bring(file: Path, folder: Path) -> None:
    from duly.cli.import_ import command

    try:
        command.main([str(file), "--to", str(folder)], prog_name="duly import", standalone_mode=False)
    except click.ClickException as error:
        error.show()
    except click.exceptions.Exit:
        pass
