"""``duly sync``: syncs with the learner's Anki, a sync server and other computers."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from duly.cli.progress_bar import progress_bar
from duly.cli.safe_text import json_text, visible
from duly.cli.shared_options import (
    database_option,
    deck_paths,
    now,
    paths_argument,
    prompt_line,
    settings,
    warn_of_future_entries,
    zone,
)
from duly.errors import DulyError
from duly.i18n import _
from duly.locations import anki_folder, settings_file
from duly.message import message

if TYPE_CHECKING:
    from duly.sync.sync_all_targets import Targets
    from duly.sync.sync_with_anki import SyncReport


@click.command("sync")
@paths_argument
@database_option
@click.option("--collection", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help=_(
    "The collection of your Anki, collection.anki2; it is remembered."
))  # fmt: skip
@click.option("--server", metavar="URL", help=_("A sync server of your own, instead of the Anki on this computer."))
@click.option("--login", is_flag=True, help=_("Log in to the server; its key is kept, the password is not."))
@click.option("--logout", is_flag=True, help=_("Forget the key of the server."))
@click.option("--dry-run", is_flag=True, help=_("Show what would be synced with Anki; change nothing."))
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON."))
@click.option("--yes", is_flag=True, help=_("Answer yes to what the first sync with an Anki asks."))
@click.option("--delete", is_flag=True, help=_("Delete notes and cards in Anki that the deck files no longer have."))
@click.option("--update", is_flag=True, help=_("Write into the deck files what was edited in Anki only."))
@click.option("--restore", is_flag=True, help=_("Add notes again that were deleted in Anki."))
def command(
    *, paths: tuple[Path, ...], db: Path | None, collection: Path | None, server: str | None, login: bool, logout: bool,
    dry_run: bool, as_json: bool, yes: bool, delete: bool, update: bool, restore: bool,
) -> None:  # fmt: skip
    from duly.journal import Journal
    from duly.locations import journal_file
    from duly.study.clock import Clock
    from duly.sync.note_plan import SyncChoices
    from duly.sync.sync_all_targets import SyncTask, run_sync
    from duly.text.sync_report import anki_as_json, anki_lines, folder_lines, update_lines

    targets = _targets(server, collection)
    if login or logout:
        _log_in_or_out(targets.server, login=login)
        return
    if not targets.server and targets.collection is None:
        targets = replace(targets, collection=_collection(is_needed=targets.folder is None))
    file = targets.collection
    with Journal.open(db or journal_file(), create=not dry_run) as journal:
        decks = deck_paths(paths) if targets.server or file is not None else ()
        task = SyncTask(
            decks,
            journal,
            settings(),
            now(),
            zone(),
            SyncChoices(yes, delete, restore, update),
            dry_run,
            watch=progress_bar,
        )
        result = run_sync(task, targets, lambda report: _confirm_first_sync(file or Path(), report))
        if result.folder is not None and not as_json:
            _print(folder_lines(result.folder))
        if result.is_declined:
            click.echo(_("Nothing was changed."))
        elif result.anki is not None:
            if file is not None and not dry_run:
                _remember("sync.collection", str(file.resolve()))
            if as_json:
                click.echo(json_text(anki_as_json(result.anki, result.updated_notes), indent=2))
            else:
                _print(anki_lines(result.anki, is_done=not dry_run) + update_lines(result))
        warn_of_future_entries(Clock(journal, now, settings().rollover))
    if result.is_declined or (result.anki is not None and result.anki.waits):
        click.get_current_context().exit(1)


def _collection(*, is_needed: bool) -> Path | None:
    """The collection of the only profile of Anki on this computer, or of the one that the learner chooses."""
    from duly.sync.anki_profiles import collections

    if not is_needed:
        return None
    files = collections()
    if not files:
        raise DulyError(
            message(
                "there is nothing to sync with: no Anki is installed here, and no folder is set under [sync]; name the"
                " collection of your Anki with --collection"
            )
        )
    if len(files) == 1:
        return files[0]
    for number, file in enumerate(files, 1):
        click.echo(f"{number}  {visible(file.parent.name)}")
    answer = prompt_line(_("Which profile of Anki? "))
    if answer is None or not answer.isdecimal() or not 0 < int(answer) <= len(files):
        raise DulyError(message("no profile of Anki was chosen; name its collection with --collection"))
    return files[int(answer) - 1]


def _targets(server: str | None, collection: Path | None) -> "Targets":
    """The targets of the sync; options take precedence over settings."""
    from duly.sync.server_account import checked_address
    from duly.sync.sync_all_targets import configured_targets

    if server is not None:
        return replace(configured_targets(settings().sync), collection=None, server=checked_address(server))
    if collection is not None:
        return replace(configured_targets(settings().sync), collection=collection, server="")
    return configured_targets(settings().sync)


def _log_in_or_out(address: str, *, login: bool) -> None:
    import os
    import tempfile

    from duly.sync.server_account import forget_account, is_readable_on_the_way, server_name, write_account
    from duly.sync.sync_server_client import log_in

    if not address:
        raise click.UsageError(_("--login and --logout go with --server"))
    folder = anki_folder(server_name(address))
    if not login:
        forget_account(folder)
        click.echo(_("Logged out of {address}.").format(address=visible(address)))
        return
    if is_readable_on_the_way(address):
        click.echo(_("With http:// others on the network can read your password and cards; use https://."), err=True)
    user = os.environ.get("DULY_ANKI_USER") or click.prompt(_("User name"))
    password = os.environ.get("DULY_ANKI_PASSWORD") or click.prompt(_("Password"), hide_input=True)
    with tempfile.TemporaryDirectory(prefix="duly-") as scratch:
        write_account(folder, log_in(address, user, password, Path(scratch)))
    _remember("sync.server", address)
    click.echo(_("Logged in to {address}.").format(address=visible(address)))


def _confirm_first_sync(file: Path, report: "SyncReport") -> bool:
    """Shows what the first sync would do. Returns whether the learner agrees."""
    from duly.text.sync_report import anki_lines

    _print([*anki_lines(report, is_done=False), _schedule_sentence()])
    return (prompt_line(_("Sync with {file} now? [y/N] ").format(file=visible(str(file)))) or "").lower() == "y"


def _schedule_sentence() -> str:
    """The sentence of the first sync on who plans the due days."""
    if settings().sync.schedule == "anki":
        return _('Anki plans the days of cards that you answer there (schedule = "anki" under [sync]).')
    return _('duly plans the days of all cards, in Anki too (schedule = "duly" under [sync]).')


def _remember(name: str, value: str) -> None:
    """Saves a setting of ``[sync]`` if it has changed."""
    from duly.settings import change_setting

    if getattr(settings().sync, name.partition(".")[2]) != value:
        change_setting(settings_file(), name, value)


def _print(lines: list[str]) -> None:
    for line in lines:
        click.echo(visible(line))
