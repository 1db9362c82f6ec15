"""The options of ``duly import --progress`` and ``--fsrs``."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from duly.cli.safe_text import visible
from duly.cli.shared_options import database_option, deck_paths, now, settings, zone
from duly.i18n import _

if TYPE_CHECKING:
    from duly.exchange.import_fsrs import FsrsOptions
    from duly.exchange.import_progress import ProgressOptions
    from duly.scheduling.journal_entries import Moment


@dataclass(frozen=True, slots=True)
class ProgressOption:
    """The deck files for whose cards progress is imported, the database, and whether Anki's due days are kept."""

    paths: tuple[Path, ...]
    db: Path | None
    keep_due: bool

    def options(self) -> "ProgressOptions":
        """The same for the import, as of this moment."""
        from duly.exchange.import_progress import ProgressOptions
        from duly.locations import journal_file

        moment, present = _moments()
        return ProgressOptions(self.db or journal_file(), settings().scheduler, present, moment, self.keep_due)


@dataclass(frozen=True, slots=True)
class FsrsOption:
    """The preset whose parameters and desired retention are imported, None to choose one, and the database."""

    preset: str | None
    db: Path | None

    def options(self, *, dry_run: bool) -> "FsrsOptions":
        """The same for the import, as of this moment."""
        from duly.exchange.import_fsrs import FsrsOptions
        from duly.locations import journal_file, settings_file

        _moment, present = _moments()
        return FsrsOptions(self.db or journal_file(), settings_file(), present, self.preset or "", dry_run)


def _moments() -> "tuple[Callable[[int], Moment], Moment]":
    """A function that turns milliseconds since 1970 into moments on the learner's clock, and the present moment."""
    from duly.exchange.import_progress import moments
    from duly.scheduling.day import milliseconds

    moment = moments(zone(), settings().rollover)
    return moment, moment(milliseconds(now()))


def progress_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--progress`` and ``--fsrs`` with the options that go with them.

    The command gets them as a `ProgressOption` and an `FsrsOption`, each None if its option is not used.
    """

    @click.option(
        "--progress", is_flag=True,
        help=_("Take over what was learned, once: answers in Anki, schedules of Obsidian, Logseq and GoCard."),
    )  # fmt: skip
    @click.option(
        "--in", "paths", multiple=True, type=click.Path(path_type=Path), metavar="PATH",
        help=_("Deck files for whose cards progress is imported; ./cards if none is given."),
    )  # fmt: skip
    @database_option
    @click.option(
        "--fsrs", is_flag=True,
        help=_("Take over FSRS's parameters and the desired retention that Anki goes by."),
    )  # fmt: skip
    @click.option(
        "--preset", metavar="NAME", help=_("With --fsrs: the preset of Anki to take; else the one most used.")
    )
    @click.option("--keep-due", is_flag=True, help=_("Let cards come back on the days that Anki has planned."))
    @wraps(command)
    def with_progress(
        *,
        progress: bool,
        fsrs: bool,
        preset: str | None,
        paths: tuple[Path, ...],
        db: Path | None,
        keep_due: bool,
        **options: Any,
    ) -> Any:
        if not progress and (paths or keep_due or (db and not fsrs)):
            raise click.UsageError(_("--in, --db and --keep-due go with --progress"))
        if preset is not None and not fsrs:
            raise click.UsageError(_("--preset goes with --fsrs"))
        return command(
            progress=ProgressOption(paths, db, keep_due) if progress else None,
            fsrs=FsrsOption(preset, db) if fsrs else None,
            **options,
        )

    return with_progress


def check_progress(files: Sequence[Path], option: ProgressOption, folder: Path | None) -> None:
    """Checks, before anything is written, whether progress can be imported.

    `folder` is the target of the notes, if they are imported first. Raises click's usage error, or `DulyError` if the
    journal or the clock cannot be read.
    """
    from duly.anki.read.open_anki import is_from_anki
    from duly.journal import Journal
    from duly.locations import journal_file

    if other_paths := tuple(path for path in option.paths if path != folder):
        deck_paths(other_paths)
    elif folder is None:
        deck_paths(())
    for file in files:
        if not is_from_anki(file) and (folder is None or option.paths):
            sentence = _("{file} is not a file of Anki; --progress goes with a text if --to is given, and --in is not")
            raise click.UsageError(sentence.format(file=visible(str(file))))
    now()
    with Journal.open(option.db or journal_file(), create=False):
        pass
