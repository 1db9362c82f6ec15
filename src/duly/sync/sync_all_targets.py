"""Runs a sync with all targets in the settings: a shared folder, and Anki on this computer or a sync server."""

import shutil
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from pathlib import Path

from duly.cards import NoteId
from duly.errors import DulyError
from duly.exchange.export import read_source
from duly.exchange.import_anki import update_decks_from_anki
from duly.exchange.import_progress import moments
from duly.gc_pause import pause_gc
from duly.journal import Journal
from duly.locations import anki_folder, expand_home
from duly.message import message
from duly.problem import Problem
from duly.scheduling.day import milliseconds
from duly.settings import Settings, SyncSettings
from duly.sync.anki_profiles import COLLECTION, collection_name
from duly.sync.note_plan import SyncChoices
from duly.sync.official_anki import open_anki
from duly.sync.server_account import checked_address, read_account, server_name
from duly.sync.shared_folder import FolderReport, sync_folder
from duly.sync.sync_server_client import Mirror
from duly.sync.sync_with_anki import BASE_FILE, SyncOptions, SyncReport, rehearse, sync, sync_with_server
from duly.work_progress import Watch, silent_watch


@dataclass(frozen=True, slots=True)
class Targets:
    """What to sync with: a shared folder, and a collection of Anki or the address of a server; each is optional."""

    folder: Path | None = None
    collection: Path | None = None
    server: str = ""


@dataclass(frozen=True, slots=True)
class SyncTask:
    """What to sync (decks and journal) and how. `zone` None is the time zone of this machine."""

    paths: tuple[Path, ...]
    journal: Journal
    settings: Settings
    now: datetime
    zone: tzinfo | None = None
    choices: SyncChoices = field(default_factory=SyncChoices)
    is_rehearsal: bool = False
    watch: Watch = silent_watch


@dataclass(frozen=True, slots=True)
class SyncResult:
    """The result of a sync; None for targets that are not configured.

    The edits of `updated_notes` in Anki were written into the deck files; `problems` say why those of others were not.
    With `is_declined`, the learner did not agree to the first sync.
    """

    folder: FolderReport | None = None
    anki: SyncReport | None = None
    updated_notes: tuple[NoteId, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_declined: bool = False


def configured_targets(settings: SyncSettings) -> Targets:
    """The targets in the settings. Raises `DulyError` if the address is invalid, or that of AnkiWeb."""
    server = checked_address(settings.server) if settings.server else ""
    return Targets(
        expand_home(settings.folder) if settings.folder else None,
        expand_home(settings.collection) if settings.collection and not server else None,
        server,
    )


def sync_without_asking(task: SyncTask) -> SyncResult:
    """Syncs with all configured targets without asking.

    Raises `DulyError` if there are none, and before the first sync with Anki, which needs the learner's consent.
    """
    targets = configured_targets(task.settings.sync)
    if targets == Targets():
        raise DulyError(message("nothing to sync with is set; type duly sync in a terminal to begin"))
    return run_sync(task, targets, _refuse_first)


@pause_gc()
def run_sync(task: SyncTask, targets: Targets, agrees: Callable[[SyncReport], bool]) -> SyncResult:
    """Syncs the folder, then Anki, then the folder again with what came from Anki.

    Before the first sync with Anki on this computer, `agrees` gets a report of what it would do. Raises `DulyError`.
    """
    folder = _sync_with_folder(task, targets.folder)
    if targets == Targets(targets.folder):
        return SyncResult(folder)
    report = _with_anki(task, targets, agrees)
    if report is None:
        return SyncResult(folder, is_declined=True)
    _sync_with_folder(task, targets.folder)
    edited_guids = report.notes.edited_fields.keys() - report.notes.undecided_fields.keys()
    if not edited_guids or not task.choices.update or task.is_rehearsal:
        return SyncResult(folder, report)
    updated_notes, problems = update_decks_from_anki(
        targets.collection or _mirror(targets.server), task.paths, edited_guids
    )
    second_report = _with_anki(task, targets, agrees)  # the updated notes become the base of the next sync
    notes = replace(report.notes, edited_fields=second_report.notes.edited_fields if second_report else {})
    return SyncResult(folder, replace(report, notes=notes), updated_notes, problems)


def _with_anki(task: SyncTask, targets: Targets, agrees: Callable[[SyncReport], bool]) -> SyncReport | None:
    if targets.collection is not None:
        return _with_collection(task, targets.collection, agrees)
    return _with_server(task, targets.server)


def _mirror(address: str) -> Path:
    return anki_folder(server_name(address)) / COLLECTION


def _refuse_first(_report: SyncReport) -> bool:
    raise DulyError(message("the first sync with an Anki shows what it would do; type duly sync in a terminal"))


def _sync_with_folder(task: SyncTask, folder: Path | None) -> FolderReport | None:
    return sync_folder(task.journal, folder) if folder is not None and not task.is_rehearsal else None


def _with_server(task: SyncTask, address: str) -> SyncReport:
    """The report of the first pass, or of a rehearsal on a copy of the mirror."""
    options = _options(task, server_name(address))
    key = read_account(options.base_folder, address)
    source = read_source(task.paths, options.base_folder / "sync.apkg")
    if task.is_rehearsal:
        with tempfile.TemporaryDirectory(prefix="duly-") as scratch:
            copy = Path(shutil.copytree(options.base_folder, Path(scratch) / "mirror"))
            with closing(Mirror(copy, address, key)) as mirror:
                mirror.download(fill=False)
                return rehearse(mirror, source, task.journal, replace(options, base_folder=copy))
    with closing(Mirror(options.base_folder, address, key)) as mirror:
        first, *_later_reports = sync_with_server(mirror, source, task.journal, options)
    return first


def _with_collection(task: SyncTask, file: Path, agrees: Callable[[SyncReport], bool]) -> SyncReport | None:
    """The report of the sync or its rehearsal; None if the learner declined the first sync."""
    options = _options(task, collection_name(file))
    source = read_source(task.paths, options.base_folder / "sync.apkg")
    with closing(open_anki(file)) as anki:
        is_first = not (options.base_folder / BASE_FILE).exists()
        if task.is_rehearsal:
            return rehearse(anki, source, task.journal, options)
        if (
            is_first
            and not task.choices.prefer_deck_files
            and not agrees(rehearse(anki, source, task.journal, options))
        ):
            return None
        return sync(anki, source, task.journal, options)


def _options(task: SyncTask, name: str) -> SyncOptions:
    settings = task.settings
    moment = moments(task.zone, settings.rollover)
    return SyncOptions(
        anki_folder(name), task.now, moment(milliseconds(task.now)), moment, settings.rollover, settings.scheduler,
        settings.sync.schedule == "anki", task.choices, task.watch,
    )  # fmt: skip
