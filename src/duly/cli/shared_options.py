"""Helpers of several commands: the clock, the settings, common options, the terminal."""

import os
import shutil
import sys
from collections.abc import Callable
from datetime import datetime, tzinfo
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from duly import settings as settings_module
from duly.cli.current_time import current_time
from duly.errors import DulyError
from duly.i18n import _
from duly.locations import settings_file
from duly.message import message

if TYPE_CHECKING:
    from duly.study.clock import Clock

YEARS = range(1970, 3000)
"""The years in which answers may be recorded, so that due days stay within the calendar."""


def now() -> datetime:
    """The current time. Raises `DulyError` if ``DULY_NOW`` is invalid, or if the year is not in `YEARS`."""
    moment = current_time()
    if moment is None:
        value = os.environ["DULY_NOW"]
        raise DulyError(message("DULY_NOW is {given!r}, but should be like 2026-11-24T21:30:00+08:00", given=value))
    if moment.year not in YEARS:
        raise DulyError(message("the clock says that it is {date}; set it right", date=moment.date()))
    return moment


def zone() -> tzinfo | None:
    """The zone of ``DULY_NOW``; None means that of this machine, with its rules for summer time."""
    return now().tzinfo if os.environ.get("DULY_NOW") else None


@cache
def settings() -> settings_module.Settings:
    """The learner's settings, read once."""
    return settings_module.read_settings(settings_file())


def paths_argument(function: Callable[..., Any]) -> Callable[..., Any]:
    """``[PATH]…``: deck files and folders of them; ``./cards`` if none is given."""
    return click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")(function)


def paths_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """``--in PATH``, repeatable, for commands whose arguments are not paths; the parameter is ``paths``."""
    return click.option(
        "--in", "paths", multiple=True, type=click.Path(path_type=Path), metavar="PATH",
        help=_("Deck files and folders to look in; ./cards if not given."),
    )(function)  # fmt: skip


def deck_paths(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """`paths`, or ``./cards`` if empty. Raises click's usage error (exit 2) if one does not exist."""
    for path in paths or (Path("cards"),):
        if not path.exists():
            sentence = _("{path}: there is no such file or folder") if paths else _(
                "there is no folder ./cards here; name a deck file or a folder of them"
            )  # fmt: skip
            raise click.UsageError(sentence.format(path=path))
    return paths or (Path("cards"),)


def database_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """``--db FILE``: the journal to use instead of the one in the data folder."""
    return click.option(
        "--db", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
        help=_("The database of answers to use."),
    )(function)  # fmt: skip


def warn_of_future_entries(clock: "Clock") -> bool:
    """Warns on standard error of answers from the future in the journal. Returns whether there are any."""
    last = clock.last_future_day
    if last is not None:
        from duly.text.day_notices import future_warning

        click.echo(future_warning(last), err=True)
    return last is not None


def terminal_width() -> int:
    """The width of charts in cells: that of the terminal, from 38 to 116."""
    return max(min(shutil.get_terminal_size().columns, 116), 38)


def prompt_line(prompt: str) -> str | None:
    """The line that was typed after `prompt`, without white space around it; None at the end of the input."""
    click.echo(prompt, nl=False)
    line = sys.stdin.readline()
    if not sys.stdin.isatty():
        click.echo()
    return line.strip() if line else None
