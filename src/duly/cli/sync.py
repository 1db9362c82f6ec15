"""``duly sync``: one memory with the learner's Anki and other computers."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from duly.cli.common import chosen, database_option, entered, now, paths_argument, settings, warn_of_entries_ahead, zone
from duly.cli.excerpt import visible
from duly.cli.json_text import json_text
from duly.errors import DulyError
from duly.i18n import _
from duly.locations import anki_folder, expanded, settings_file
from duly.message import message

if TYPE_CHECKING:
    from duly.journal import Journal
    from duly.sync.anki_sync import SyncOptions, SyncReport
    from duly.sync.note_plan import Choices


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
@click.option("--restore", is_flag=True, help=_("Add notes again that were deleted in Anki."))
def command(
    *, paths: tuple[Path, ...], db: Path | None, collection: Path | None, server: str | None, login: bool, logout: bool,
    dry_run: bool, as_json: bool, yes: bool, delete: bool, restore: bool,
) -> None:  # fmt: skip
    from duly.journal import Journal
    from duly.locations import journal_file
    from duly.study.clock import Clock
    from duly.sync.note_plan import Choices
    from duly.text.sync_report import anki_as_json, anki_lines

    folder = expanded(settings().sync.folder) if settings().sync.folder else None
    address = _address(server, collection)
    if login or logout:
        _log_in_or_out(address, login=login)
        return
    file = None if address else collection or _collection(is_needed=folder is None)
    waits = False
    with Journal.open(db or journal_file(), create=not dry_run) as journal:
        if folder is not None and not dry_run:
            _share(journal, folder, quiet=as_json)
        choices = Choices(yes, delete, restore)
        if address or file is not None:
            report = (
                _with_server(address, chosen(paths), journal, choices, rehearses=dry_run)
                if file is None
                else _with_anki(file, chosen(paths), journal, choices, rehearses=dry_run)
            )
            waits = report is None or report.waits
            if report is not None and as_json:
                click.echo(json_text(anki_as_json(report), indent=2))
            elif report is not None:
                _print(anki_lines(report, done=not dry_run))
            if folder is not None and not dry_run:
                _share(journal, folder, quiet=True)
        warn_of_entries_ahead(Clock(journal, now, settings().rollover))
    if waits:
        click.get_current_context().exit(1)


def _share(journal: "Journal", folder: Path, *, quiet: bool) -> None:
    from duly.sync.folder import exchange
    from duly.text.sync_report import folder_lines

    report = exchange(journal, folder)
    if not quiet:
        _print(folder_lines(folder, report))


def _collection(*, is_needed: bool) -> Path | None:
    """The collection that is set, or that of the only profile of Anki here, or of the one that is chosen."""
    from duly.sync.profiles import collections

    if settings().sync.collection:
        return expanded(settings().sync.collection)
    if not is_needed:
        return None
    found = collections()
    if not found:
        raise DulyError(
            message(
                "there is nothing to sync with: no Anki is installed here, and no folder is set under [sync]; name the"
                " collection of your Anki with --collection"
            )
        )
    if len(found) == 1:
        return found[0]
    for number, file in enumerate(found, 1):
        click.echo(f"{number}  {visible(file.parent.name)}")
    answer = entered(_("Which profile of Anki? "))
    if answer is None or not answer.isdecimal() or not 0 < int(answer) <= len(found):
        raise DulyError(message("no profile of Anki was chosen; name its collection with --collection"))
    return found[int(answer) - 1]


def _address(server: str | None, collection: Path | None) -> str:
    """The address of the server to sync with; "" for the Anki on this computer."""
    from duly.sync.server_account import checked_address

    if server is not None:
        return checked_address(server)
    return checked_address(settings().sync.server) if settings().sync.server and collection is None else ""


def _log_in_or_out(address: str, *, login: bool) -> None:
    import os
    import tempfile

    from duly.sync.official_mirror import log_in
    from duly.sync.server_account import forget_account, is_readable_on_the_way, server_name, write_account

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


def _with_server(
    address: str, paths: tuple[Path, ...], journal: "Journal", choices: "Choices", *, rehearses: bool
) -> "SyncReport":
    """Syncs with a server, or tells what that would do, with a copy of the mirror; what the first pass did."""
    import shutil
    import tempfile
    from contextlib import closing
    from dataclasses import replace

    from duly.exchange.export import read_source
    from duly.sync.anki_sync import rehearse, sync_with_server
    from duly.sync.official_mirror import Mirror
    from duly.sync.server_account import read_account, server_name

    options = _options(server_name(address), choices)
    account = read_account(options.memory, address)
    source = read_source(paths, options.memory / "sync.apkg")
    if rehearses:
        with tempfile.TemporaryDirectory(prefix="duly-") as scratch:
            copy = Path(shutil.copytree(options.memory, Path(scratch) / "mirror"))
            with closing(Mirror(copy, address, account)) as mirror:
                mirror.down(fill=False)
                return rehearse(mirror, source, journal, replace(options, memory=copy))
    with closing(Mirror(options.memory, address, account)) as mirror:
        first, *_later = sync_with_server(mirror, source, journal, options)
    return first


def _with_anki(
    file: Path, paths: tuple[Path, ...], journal: "Journal", choices: "Choices", *, rehearses: bool
) -> "SyncReport | None":
    """Syncs with a collection, or tells what that would do; None if the learner, asked the first time, does not want
    to."""
    from duly.exchange.export import read_source
    from duly.sync.anki_sync import GIVEN, rehearse, sync
    from duly.sync.official_anki import open_anki
    from duly.sync.profiles import account
    from duly.text.sync_report import anki_lines

    options = _options(account(file), choices)
    source = read_source(paths, options.memory / "sync.apkg")
    anki = open_anki(file)
    try:
        is_first = not (options.memory / GIVEN).exists()
        if rehearses:
            return rehearse(anki, source, journal, options)
        if is_first and not options.choices.yes:
            _print([*anki_lines(rehearse(anki, source, journal, options), done=False), _first(options)])
            if (entered(_("Sync with {file} now? [y/N] ").format(file=visible(str(file)))) or "").lower() != "y":
                click.echo(_("Nothing was changed."))
                return None
        report = sync(anki, source, journal, options)
    finally:
        anki.close()
    _remember("sync.collection", str(file.resolve()))
    return report


def _options(account: str, choices: "Choices") -> "SyncOptions":
    from duly.exchange.import_progress import moments
    from duly.scheduling.day import milliseconds
    from duly.sync.anki_sync import SyncOptions

    moment = moments(zone(), settings().rollover)
    return SyncOptions(
        anki_folder(account), now(), moment(milliseconds(now())), moment, settings().rollover,
        settings().scheduler, settings().sync.schedule == "anki", choices,
    )  # fmt: skip


def _first(options: "SyncOptions") -> str:
    """What is said at the first sync: who plans the days."""
    if options.anki_rules:
        return _('Anki plans the days of cards that you answer there (schedule = "anki" under [sync]).')
    return _('duly plans the days of all cards, in Anki too (schedule = "duly" under [sync]).')


def _remember(name: str, value: str) -> None:
    """Sets a setting under ``[sync]``, if it is another one."""
    from duly.settings import change_setting

    if getattr(settings().sync, name.partition(".")[2]) != value:
        change_setting(settings_file(), name, value)


def _print(lines: list[str]) -> None:
    for line in lines:
        click.echo(visible(line))
