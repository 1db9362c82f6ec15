"""Exports decks as a package for Anki: the plan of what it would contain, and writing it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from duly.cards import Note, NoteId
from duly.exchange.exported_rewordings import exported_rewordings
from duly.gc_pause import pause_gc
from duly.problem import Problem, Severity
from duly.study.rewording import Rewording
from duly.work_progress import Watch, silent_watch

if TYPE_CHECKING:
    from duly.anki.export_plan import ExportPlan, ExportSummary
    from duly.anki.progress.to_anki import ReviewHistories
    from duly.deckfile.load import LoadedDecks
    from duly.scheduling.day import StudyDay

SUFFIX = ".apkg"


@dataclass(frozen=True)
class ExportSource:
    """Deck files to be exported to `target`, without the notes of `undecided_rewordings`."""

    paths: tuple[Path, ...]
    target: Path
    decks: "LoadedDecks"
    undecided_rewordings: tuple[Rewording, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self.decks.problems

    @property
    def has_errors(self) -> bool:
        """Whether cards were left out because of mistakes in their files."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """The notes that are exported, in the order of the files."""
        undecided_rewordings = {rewording.note.id for rewording in self.undecided_rewordings}
        return tuple(note for note in self.decks.notes if note.id not in undecided_rewordings)

    def rewordings(self) -> tuple[Rewording, ...]:
        """The questions that seem to be exported ones in other words. Raises `DulyError`."""
        return exported_rewordings(self.decks, self.paths, self.target)

    def without_rewordings(self, undecided_rewordings: Iterable[Rewording]) -> "ExportSource":
        """The same without the notes of these rewordings, about which the author has not decided yet."""
        return replace(self, undecided_rewordings=tuple(undecided_rewordings))


def package_name(paths: tuple[Path, ...]) -> Path:
    """The package's name where none is given: that of the only folder or file, else ``duly``."""
    single_path = paths[0].resolve() if len(paths) == 1 else Path()
    return Path(((single_path.name if single_path.is_dir() else single_path.stem) or "duly") + SUFFIX)


def read_source(paths: tuple[Path, ...], target: Path) -> ExportSource:
    """Reads deck files to be exported. Raises `DulyError` if a folder cannot be read."""
    from duly.deckfile.load import load
    from duly.locations import cache_file

    return ExportSource(paths, target, load(paths, cache_file()))


def count_undated(source: ExportSource) -> int:
    """How many notes will be dated now because no earlier export of them is known, beside the decks or in the ledger.

    If Anki has them, importing the package overwrites edits made there. Raises `DulyError`.
    """
    from duly.anki.history.dates_beside_decks import Dates
    from duly.anki.history.ledger_queries import ExportHistory
    from duly.anki.history.ledger_tables import open_for_reading
    from duly.anki.notes.origin_lookup import OriginLookup
    from duly.locations import exports_file

    dates, origin_lookup = Dates(source.paths), OriginLookup()
    undated_ids = [
        note.id
        for note in source.notes
        if dates.is_root_undated(note) and note.id not in origin_lookup.origins_of(note).notes
    ]
    if not undated_ids:
        return 0
    with open_for_reading(exports_file()) as connection:
        return len(undated_ids) - (len(ExportHistory(connection).exported_guids(undated_ids)) if connection else 0)


@pause_gc()
def plan(
    source: ExportSource, now: datetime, *, force: bool = False, with_removed: bool = False, watch: Watch = silent_watch
) -> "ExportPlan":
    """Plans what the package would contain, and which notes are new, changed, moved or removed; writes nothing.

    See `duly.anki.package_export.plan_package` for `now`, `force` and `with_removed`. Raises `DulyError` if there is no
    card to export, or something cannot be read.
    """
    from duly.anki.history import export_ledger
    from duly.anki.package_export import plan_package
    from duly.locations import exports_file

    ledger_context = export_ledger.open_copy(exports_file())
    with plan_package(
        source.notes, source.target, ledger_context, now, watch=watch, **_plan_options(source, force, with_removed)
    ) as export_plan:
        return export_plan


def write(
    source: ExportSource,
    now: datetime,
    *,
    review_histories: "ReviewHistories | None" = None,
    force: bool = False,
    with_removed: bool = False,
    watch: Watch = silent_watch,
) -> "ExportSummary":
    """Writes the package that `plan` describes, with the progress `review_histories`, and records it in the ledger.

    Raises `DulyError` as `plan` does, and if the package cannot be written; then, or if `watch` raises, the package and
    the ledger stay unchanged.
    """
    from duly.anki.package_export import export_package
    from duly.anki.progress.to_anki import NO_HISTORIES
    from duly.locations import exports_file

    return export_package(
        source.notes, source.target, exports_file(), now,
        review_histories=review_histories or NO_HISTORIES, watch=watch, **_plan_options(source, force, with_removed),
    )  # fmt: skip


class _PlanOptions(TypedDict):
    paths: tuple[Path, ...]
    undecided_ids: list[NoteId]
    is_complete: bool
    force: bool
    with_removed: bool


def _plan_options(source: ExportSource, force: bool, with_removed: bool) -> _PlanOptions:
    undecided_ids = [rewording.old.id for rewording in source.undecided_rewordings]
    return _PlanOptions(
        paths=source.paths,
        undecided_ids=undecided_ids,
        is_complete=not source.has_errors,
        force=force,
        with_removed=with_removed,
    )


@pause_gc()
def journal_progress(database: Path, today: "StudyDay") -> "ReviewHistories":
    """The progress in the journal as of a study day, to be exported. Raises `DulyError`."""
    from duly.anki.progress.to_anki import ReviewHistories
    from duly.journal import Journal

    with Journal.open(database, create=False) as journal:
        return ReviewHistories.from_entries(tuple(journal.entries()), today)
