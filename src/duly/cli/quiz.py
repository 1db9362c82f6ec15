"""``duly quiz``: the cards of today, on a terminal screen or line by line."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from duly.cli.common import chosen, database_option, now, paths_argument, settings
from duly.errors import DulyError
from duly.i18n import _, said

if TYPE_CHECKING:
    from duly.study.desk import Desk


@click.command("quiz", help=_("Learn what is due today. Every answer is saved at once."))
@paths_argument
@database_option
@click.option("--plain", is_flag=True, help=_("Line by line, without a screen; also used where input is no terminal."))
def command(paths: tuple[Path, ...], db: Path | None, plain: bool) -> None:
    from duly.locations import journal_file
    from duly.study.collection import open_collection
    from duly.study.desk import Desk

    with open_collection(chosen(paths), db or journal_file()) as collection:
        desk = Desk(collection, settings(), now)
        _back_up(desk)
        if plain or not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
            from duly.cli.plain import quiz

            quiz(desk)
            return
        # The key protocol that Textual would turn on loses Chinese input in some terminals.
        os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
        from duly.tui.app import DulyApp

        DulyApp(desk, colour=not os.environ.get("NO_COLOR")).run()


def _back_up(desk: "Desk") -> None:
    """The daily backup. A disk that has no room for it is no reason not to learn."""
    from duly.scheduling.day import calendar_date, study_day

    today = study_day(now(), desk.settings.rollover)
    try:
        desk.journal.back_up_daily(calendar_date(today))
    except (DulyError, OSError) as error:
        problem = said(error.said) if isinstance(error, DulyError) else str(error)
        click.echo(_("no backup was made today: {problem}").format(problem=problem), err=True)
