"""What the screens ask of rooms they may not enter, done as the commands do it."""

from collections.abc import Sequence
from pathlib import Path

import click

from duly.cli.ask_rewording import exported_before
from duly.cli.common import now
from duly.cli.export import ENDING, package_name
from duly.errors import DulyError
from duly.i18n import _
from duly.message import message
from duly.text.export_report import content_told, kept_told, reworded_told
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

    target = Path(package_name(tuple(paths)) + ENDING)
    loaded = load(paths, cache_file())
    failed = any(problem.severity is Severity.ERROR for problem in loaded.problems)
    undecided = {one.note.id: one.old.id for one in exported_before(loaded, paths, target)}
    notes = [note for note in loaded.notes if note.id not in undecided]
    if not notes:
        raise DulyError(message("there is no card to export"))
    exported = export(
        notes, target, exports_file(), now(),
        paths=paths, undecided=undecided.values(), whole=not failed, watch=watch,
    )  # fmt: skip
    told = content_told(exported, target)[:1]
    if failed:
        told = [_("{told} Cards with errors were left out.").format(told=told[0])]
    return "\n".join([*told, *([reworded_told(len(undecided))] if undecided else ()), *kept_told(exported)])


def _bring(file: Path, folder: Path) -> None:
    from duly.cli.import_ import command

    try:
        command.main([str(file), "--to", str(folder)], prog_name="duly import", standalone_mode=False)
    except click.ClickException as error:
        error.show()
    except click.exceptions.Exit:
        pass
