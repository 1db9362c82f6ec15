"""One sync with an Anki collection: pull what was learned there, then push cards and what was learned here."""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from duly.anki.progress.calendar import Calendar
from duly.anki.progress.to_anki import NO_HISTORIES, PackageProgress, ReviewHistories
from duly.anki.raw_rows import RawCard
from duly.anki.write.package_rows import NoteRow
from duly.anki.write.write_package import write_package
from duly.cards import CardId
from duly.errors import DulyError
from duly.exchange import export
from duly.journal import Journal
from duly.message import Message, message
from duly.problem import Severity
from duly.scheduling.journal_entries import ANKI, Moment, Review
from duly.study.import_into_journal import ImportReport
from duly.study.orphans import files_without_errors, real_path
from duly.sync.anki_interface import AnkiPort, AnkiState
from duly.sync.card_plan import CardPlan, JournalProgress, find_raw_cards, plan_cards
from duly.sync.note_plan import LocalNote, NotePlan, SyncChoices, next_base_decks, next_base_notes, plan_notes
from duly.sync.note_type_plan import next_base_designs, plan_designs
from duly.sync.pull_progress import PullContext, card_states, pull_progress
from duly.sync.sync_base import BaseCard, SyncBase, read_base, write_base
from duly.work_progress import Watch, silent_watch, stage

if TYPE_CHECKING:
    from duly.anki.export_plan import ExportPlan

BASE_FILE, PENDING_FILE = "given.json", "pending.json"
"""The base of the last complete sync, and that of a sync which was interrupted."""


@dataclass(frozen=True, slots=True)
class SyncOptions:
    """How to sync. `to_moment` turns milliseconds since 1970 into a moment on the learner's clock.

    `base_folder` has the base of the last sync with this collection. With `anki_decides_due`, Anki decides when cards
    that were answered there come back. `watch` is called at each stage; what it raises interrupts the sync, and the
    next sync completes it.
    """

    base_folder: Path
    present_time: datetime
    present_moment: Moment
    to_moment: Callable[[int], Moment]
    rollover: int
    scheduler: str
    anki_decides_due: bool = False
    choices: SyncChoices = field(default_factory=SyncChoices)
    watch: Watch = silent_watch


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What was pulled and pushed (or would be), and what needs a decision."""

    import_report: ImportReport
    notes: NotePlan
    cards: CardPlan
    messages: Sequence[Message]

    @property
    def waits(self) -> bool:
        """Whether the two sides still differ."""
        notes = self.notes
        return bool(
            self.messages
            or notes.edited_fields
            or notes.undecided_fields
            or notes.deleted_guids
            or notes.removed_guids
            or notes.empty_cards
        )


def sync(anki: AnkiPort, source: export.ExportSource, journal: Journal, options: SyncOptions) -> SyncReport:
    """Syncs the decks and the journal with a collection, which is backed up first. Raises `DulyError`."""
    return _Sync(anki, source, options).run(journal)


def rehearse(anki: AnkiPort, source: export.ExportSource, journal: Journal, options: SyncOptions) -> SyncReport:
    """Reports what `sync` would do; changes nothing on either side. Raises `DulyError`."""
    with _copy(journal) as copy:
        return _Sync(anki, source, options).plan(copy)


class ServerPort(AnkiPort, Protocol):
    """A collection that mirrors the account on a sync server."""

    def download(self, *, fill: bool) -> None:
        """Downloads what is new on the server. `fill` permits an empty account to be filled."""

    def upload(self) -> bool:
        """Uploads what was changed here. Returns whether anything was downloaded on the way."""


PASSES = 3
"""The most passes of a sync with a server; another one is needed where other devices uploaded something meanwhile."""


def sync_with_server(
    server: ServerPort, source: export.ExportSource, journal: Journal, options: SyncOptions
) -> Sequence[SyncReport]:
    """Syncs with a server. Each pass downloads, pulls, pushes and uploads. Raises `DulyError`."""
    reports: list[SyncReport] = []
    for _pass in range(PASSES):
        stage(options.watch, message("Asking the server"))
        server.download(fill=options.choices.prefer_deck_files)
        reports.append(sync(server, source, journal, options))
        stage(options.watch, message("Sending"))
        if not server.upload():
            break
    return reports


class _Sync:
    def __init__(self, anki: AnkiPort, source: export.ExportSource, options: SyncOptions) -> None:
        self._anki = anki
        self._options = options
        self._source = source.without_rewordings(source.rewordings())
        self._base = self._saved_base = read_base(options.base_folder / BASE_FILE)
        self._export: ExportPlan = export.plan(self._source, options.present_time, watch=options.watch)
        notes = (planned_note.note for planned_note in self._export.notes())
        cached_real_path = cache(real_path)  # many notes share a file
        files = (cached_real_path(note.place.file) if note.place else "" for note in self._source.notes)
        self._local_notes = [LocalNote(note, file) for note, file in zip(notes, files, strict=True)]
        self._calendar = Calendar(options.to_moment, options.present_moment)

    def plan(self, journal: Journal) -> SyncReport:
        state = self._read()
        raw_cards = self._raw_cards(state)
        import_report = self._pull_progress(journal, state, raw_cards)
        notes = self._plan_notes(state)
        cards = {**self._new_raw_cards(notes), **raw_cards}
        return SyncReport(import_report, notes, self._plan_cards(journal, state, cards), self._messages(state, notes))

    def run(self, journal: Journal) -> SyncReport:
        base_folder = self._options.base_folder
        state = self._read()
        stage(self._options.watch, message("Taking in what was learned in Anki"))
        self._anki.back_up()
        raw_cards = self._raw_cards(state)
        import_report = self._pull_progress(journal, state, raw_cards)
        # What was pulled must not be pulled again, even if this sync is interrupted.
        self._remember(replace(self._base, cards=card_states(raw_cards.values())))
        notes, state_before = self._plan_notes(state), state
        stage(self._options.watch, message("Giving out cards"))
        self._push_notes(notes)
        if notes.has_changes:
            state = self._anki.read()
            raw_cards = self._raw_cards(state)
        cards = self._plan_cards(journal, state, raw_cards)
        next_base = SyncBase(
            next_base_notes(self._local_notes, state, self._base, notes),
            _states_after(raw_cards.values(), cards),
            next_base_decks(self._local_notes, state, self._base),
            cards.moved_rows,
            next_base_designs(self._export.types, state_before, state, self._base.designs, notes),
        )
        if next_base != self._base:
            write_base(base_folder / PENDING_FILE, next_base)
        stage(self._options.watch, message("Giving out answers"))
        self._anki.write_progress(cards.answers, cards.cards, cards.flags)
        self._remember(next_base)
        (base_folder / PENDING_FILE).unlink(missing_ok=True)
        return SyncReport(import_report, notes, cards, self._messages(state, notes))

    def _remember(self, base: SyncBase) -> None:
        """Saves the base of the next sync if it has changed."""
        file = self._options.base_folder / BASE_FILE
        if base != self._saved_base or not file.exists():
            write_base(file, base)
            self._saved_base = base
        self._base = base

    def _read(self) -> AnkiState:
        state = self._anki.read()
        if state.settings.creation_offset is None:
            raise DulyError(message("this collection of Anki is an old one; open it once in Anki, then sync again"))
        self._recover(state)
        return state

    def _recover(self, state: AnkiState) -> None:
        """Recognises what an interrupted sync wrote to Anki, so that it is not pulled as new."""
        pending = read_base(self._options.base_folder / PENDING_FILE)
        states = card_states(state.all_cards)
        written_states = {card: state for card, state in pending.cards.items() if states.get(card) == state}
        row_ids = {row.id for row in state.all_reviews}
        written_rows = {row: instant for row, instant in pending.rows.items() if row in row_ids}
        self._base = replace(
            self._base,
            cards={**self._base.cards, **written_states},
            rows={**self._base.rows, **written_rows},
            decks={**pending.decks, **self._base.decks},
        )

    def _pull_progress(self, journal: Journal, state: AnkiState, cards: Mapping[CardId, RawCard]) -> ImportReport:
        identities = {card: (guid, number) for guid, number, card in self._faces() if card in cards}
        options = self._options
        context = PullContext(cards, identities, self._calendar, options.scheduler, options.anki_decides_due)
        return pull_progress(journal, state, self._base, context)

    def _plan_notes(self, state: AnkiState) -> NotePlan:
        plan = plan_notes(self._local_notes, state, self._base, self._removed_guids(), self._options.choices)
        plan_designs(self._export.types, state, self._base.designs, plan)
        return plan

    def _push_notes(self, plan: NotePlan) -> None:
        """Pushes designs, decks, new and changed notes and moves, and removals if the learner chose them."""
        anki = self._anki
        anki.update_designs(plan.designs)
        decks = {deck: anki.make_deck(name) for deck, name in plan.decks.items()}
        if rows := [*plan.added_notes, *plan.completed_notes]:
            with tempfile.TemporaryDirectory(prefix="duly-") as folder:
                package = Path(folder) / "sync.apkg"
                self._write_package(package, rows)
                anki.add_notes(package)
        if plan.changes:
            new_text = "".join(value for change in plan.changes for value in change.fields.values())
            anki.add_media({name: file for name, file in self._export.media.items() if name in new_text})
            anki.update_notes(plan.changes)
        for deck, cards in plan.moves.items():
            anki.move_cards(cards, decks[deck])
        if self._options.choices.delete:
            notes_by_guid = anki.read().notes_by_guid
            anki.remove_notes([notes_by_guid[guid].id for guid in plan.removed_guids])
            anki.remove_cards(plan.empty_cards)
            plan.removed_guids, plan.empty_cards = [], []

    def _write_package(self, target: Path, rows: Sequence[NoteRow]) -> None:
        kinds = {row.type for row in rows}
        types = {kind: mod for kind, mod in self._export.types.items() if kind.id in kinds}
        fields = "".join(row.fields for row in rows)
        media = {name: file for name, file in self._export.media.items() if name in fields}
        scratch = target.with_suffix(".part")
        write_package(target, rows, types, PackageProgress(NO_HISTORIES), scratch=scratch, media=media)

    def _plan_cards(self, journal: Journal, state: AnkiState, cards: Mapping[CardId, RawCard]) -> CardPlan:
        entries = tuple(journal.entries())
        progress = JournalProgress(
            ReviewHistories.from_entries(entries, self._options.present_moment.day),
            {item.id.number for item in entries if item.id.device == ANKI and isinstance(item.entry, Review)},
            {logged.entry.card for logged in entries},
            self._options.anki_decides_due,
        )
        return plan_cards(cards, state, progress, self._calendar, self._base.rows)

    def _raw_cards(self, state: AnkiState) -> dict[CardId, RawCard]:
        notes = (local_note.note for local_note in self._local_notes)
        return find_raw_cards(((note.guid, note.ords, note.card_ids) for note in notes), state)

    def _new_raw_cards(self, plan: NotePlan) -> dict[CardId, RawCard]:
        """The new cards that a sync would add, with ids that no card has."""
        guids = {row.guid for row in (*plan.added_notes, *plan.completed_notes)}
        cards = [(number, card) for guid, number, card in self._faces() if guid in guids]
        return {
            card: RawCard(-at, -at, 0, number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, "")
            for at, (number, card) in enumerate(cards, 1)
        }

    def _faces(self) -> Iterator[tuple[str, int, CardId]]:
        for note in (local_note.note for local_note in self._local_notes):
            for number, card in zip(note.ords, note.card_ids, strict=True):
                if card.face:
                    yield note.guid, number, card

    def _removed_guids(self) -> list[str]:
        """The guids of synced notes that are in no deck file any more, if their file was read or no longer exists."""
        decks = self._source.decks
        valid_files = files_without_errors(decks.files, decks.problems)
        roots = [real_path(path) for path in self._source.paths]
        local_guids = {local_note.note.guid for local_note in self._local_notes} | {
            rewording.note.id for rewording in self._source.undecided_rewordings
        }

        def is_removed(file: str) -> bool:
            is_deleted = not os.path.exists(file) and any(Path(file).is_relative_to(root) for root in roots)  # noqa: PTH110
            return file in valid_files or is_deleted

        return [guid for guid, note in self._base.notes.items() if guid not in local_guids and is_removed(note.file)]

    def _messages(self, state: AnkiState, plan: NotePlan) -> list[Message]:
        messages = list(plan.messages)
        if state.settings.rollover != self._options.rollover:
            messages.append(
                message(
                    "a day begins at {there}:00 in Anki and at {here}:00 here; set rollover = {there} to have one day",
                    there=state.settings.rollover,
                    here=self._options.rollover,
                )
            )
        if errors := [problem for problem in self._source.problems if problem.severity is Severity.ERROR]:
            messages.append(message("{n} mistakes keep cards out of the sync; duly check lists them", n=len(errors)))
        if self._source.undecided_rewordings:
            messages.append(
                message("{n} reworded questions wait: duly quiz asks whether they are old ones",
                        n=len(self._source.undecided_rewordings))
            )  # fmt: skip
        return messages


def _states_after(raw_cards: Iterable[RawCard], plan: CardPlan) -> dict[int, BaseCard]:
    new_queues = {change.card: change.queue for change in plan.cards}
    return card_states(
        replace(
            raw_card,
            queue=new_queues.get(raw_card.id, raw_card.queue),
            flags=plan.flags.get(raw_card.id, raw_card.flags),
        )
        for raw_card in raw_cards
    )


@contextmanager
def _copy(journal: Journal) -> Iterator[Journal]:
    if not journal.file.exists():
        with Journal.in_memory() as empty_journal:
            yield empty_journal
        return
    with tempfile.TemporaryDirectory(prefix="duly-") as folder:
        file = Path(folder) / "duly.db"
        journal.back_up(file)
        with Journal.open(file) as copy:
            yield copy
