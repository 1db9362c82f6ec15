"""Anki's collection on this computer, opened with the official package ``anki``."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from duly.anki.progress.to_anki import ReviewRow
from duly.anki.raw_rows import FIELD_SEPARATOR, RawCard, RawDeck, RawNote, RawReview, RawSettings
from duly.anki.write.deck_and_row_ids import deck_ids
from duly.errors import DulyError, not_readable
from duly.message import Message, message
from duly.sync.anki_interface import AnkiState, CardChange, Design, NoteChange, NoteTypeInfo

if TYPE_CHECKING:
    from anki.collection import Collection

LONG_AGO = 1_136_073_600
"""The modification time, in 2006, of new cards and decks: any change made on a phone is later, and wins."""

NOTE_GRAVE = 1
"""The type of deleted object in the table ``graves``: 0 a card, 1 a note, 2 a deck."""

ANKI_IS_OPEN = message("Anki is open; close it and sync again")

_NOTES = "select id, guid, mid, mod, tags, flds from notes order by id desc"
_CARDS = "select id, nid, did, ord, type, queue, due, ivl, factor, reps, lapses, odue, odid, flags, data from cards"
_REVIEWS = "select id, cid, ease, ivl, lastIvl, factor, time, type from revlog"
_ADD_REVIEW = "insert into revlog (id, cid, usn, ease, ivl, lastIvl, factor, time, type) values (?,?,?,?,?,?,?,?,?)"
_UPDATE_CARD = (
    "update cards set type = ?, queue = ?, due = ?, ivl = ?, factor = ?, reps = ?, lapses = ?, data = ?, left = 0, "
    "did = iif(odid, odid, did), odid = 0, odue = 0, mod = cast(strftime('%s') as integer), usn = -1 where id = ?"
)
_IMPORT_CHOICES = (
    "select key, usn, mtime_secs, cast(val as text) from config where key in "
    "('mergeNotetypes', 'updateNotes', 'updateNotetypes', 'withDeckConfigs', 'withScheduling')"
)
"""The learner's choices in Anki's import dialog, which our import would overwrite."""
_UPDATE_FLAGS = "update cards set flags = ?, mod = cast(strftime('%s') as integer), usn = -1 where id = ?"


def open_anki(file: Path) -> "OfficialAnki":
    """Opens a collection that Anki does not have open. Raises `DulyError`, also if the package is not installed."""
    return OfficialAnki(open_collection(file), file)


def open_collection(file: Path, *, create: bool = False, busy: Message = ANKI_IS_OPEN) -> "Collection":
    """Opens a collection. `busy` is the error message if another program has it open. Raises `DulyError`."""
    try:
        from anki.collection import Collection
        from anki.errors import AnkiException, DBError
    except ImportError as error:
        raise DulyError(
            message("to sync with Anki, duly needs the official anki package: pip install 'duly[anki]'")
        ) from error
    if not create and not file.is_file():
        raise DulyError(message("{file}: there is no collection of Anki", file=file))
    try:
        return Collection(str(file))
    except DBError as error:
        if "already open" in str(error):
            raise DulyError(busy) from error
        if "NotADatabase" in str(error):
            raise DulyError(message("{file}: this is not a collection of Anki", file=file)) from error
        raise not_readable(file, error) from error
    except AnkiException as error:
        raise not_readable(file, error) from error


class OfficialAnki:
    """An open collection, which is locked for all other programs."""

    def __init__(self, collection: "Collection", file: Path) -> None:
        self._collection = collection
        self._file = file

    def close(self) -> None:
        self._collection.close()

    def read(self) -> AnkiState:
        with self._explain_errors():
            notes = [
                RawNote(number, guid, kind, mod, tuple(tags.split()), tuple(fields.split(FIELD_SEPARATOR)))
                for number, guid, kind, mod, tags, fields in self._rows(_NOTES)
            ]
            times = Counter(note.guid for note in notes)
            kinds, decks = self._collection.models.all(), self._collection.decks.all()
            return AnkiState(
                self._settings(),
                {
                    kind["id"]: NoteTypeInfo(
                        kind["name"], tuple(each["name"] for each in kind["flds"]), kind["type"] == 1, _design(kind)
                    )
                    for kind in kinds
                },
                {deck["id"]: RawDeck(deck["id"], deck["name"], bool(deck["dyn"])) for deck in decks},
                {note.guid: note for note in notes},
                [RawCard(*row) for row in self._rows(_CARDS)],
                [RawReview(*row) for row in self._rows(_REVIEWS)],
                {number for (number,) in self._rows(f"select oid from graves where type = {NOTE_GRAVE}")},
                [guid for guid, number in times.items() if number > 1],
                dict(self._rows("select id, mod from cards")),
            )

    def back_up(self) -> None:
        with self._explain_errors():
            folder = self._file.parent / "backups"
            folder.mkdir(exist_ok=True)
            self._collection.create_backup(backup_folder=str(folder), force=True, wait_for_completion=True)

    def make_deck(self, name: str) -> int:
        with self._explain_errors():
            decks = self._collection.decks
            levels = name.split("::")
            deck_id = 0
            for depth in range(1, len(levels) + 1):
                path = "::".join(levels[:depth])
                if (existing_id := decks.id_for_name(path)) is not None:
                    deck_id = existing_id
                    continue
                deck = decks.new_deck_legacy(False)
                new_id = deck_ids([path.casefold()])[path.casefold()]
                if decks.get(new_id, default=False) is None:  # type: ignore[arg-type]
                    deck.update(id=new_id)
                deck.update(name=path, mod=LONG_AGO, usn=-1)
                decks.update(deck, preserve_usn=True)
                deck_id = decks.id_for_name(path) or 0
            return deck_id

    def add_notes(self, package: Path) -> None:
        from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest

        never: Any = 2  # ImportAnkiPackageUpdateCondition.NEVER
        options = ImportAnkiPackageOptions(update_notes=never, update_notetypes=never)
        with self._explain_errors():
            old_cards = {number for (number,) in self._rows("select id from cards")}
            import_choices = self._rows(_IMPORT_CHOICES)
            self._collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(package), options=options))
            added = [number for (number,) in self._rows("select id from cards") if number not in old_cards]
            dates = [(LONG_AGO, number) for number in added]

            def write() -> None:
                self._many("update cards set mod = ? where id = ?", dates)
                self._many("delete from config where key = ?", [row[:1] for row in self._rows(_IMPORT_CHOICES)])
                self._many(
                    "insert into config (key, usn, mtime_secs, val) values (?, ?, ?, cast(? as blob))", import_choices
                )

            self._transact(write)

    def add_media(self, files: Mapping[str, Path]) -> None:
        with self._explain_errors():
            for name, file in files.items():
                self._collection.media.write_data(name, file.read_bytes())

    def update_designs(self, designs: Mapping[int, Design]) -> None:
        with self._explain_errors():
            models = self._collection.models
            for number, design in designs.items():
                kind: Any = models.get(number)  # type: ignore[arg-type]
                kind["css"] = design.css
                for template, (_name, front, back) in zip(kind["tmpls"], design.cards, strict=True):
                    template["qfmt"], template["afmt"] = front, back
                models.update_dict(kind)

    def update_notes(self, changes: Sequence[NoteChange]) -> None:
        with self._explain_errors():
            notes = []
            for change in changes:
                note = self._collection.get_note(change.note)  # type: ignore[arg-type]
                for name, value in change.fields.items():
                    note[name] = value
                note.tags = list(change.tags)
                notes.append(note)
            self._collection.update_notes(notes)

    def move_cards(self, cards: Sequence[int], deck: int) -> None:
        with self._explain_errors():
            self._collection.set_deck(cards, deck)  # type: ignore[arg-type]

    def remove_notes(self, notes: Sequence[int]) -> None:
        with self._explain_errors():
            self._collection.remove_notes(notes)  # type: ignore[arg-type]

    def remove_cards(self, cards: Sequence[int]) -> None:
        with self._explain_errors():
            self._collection.remove_cards_and_orphaned_notes(cards)  # type: ignore[arg-type]

    def write_progress(
        self, answers: Sequence[ReviewRow], cards: Sequence[CardChange], flags: Mapping[int, int]
    ) -> None:
        with self._explain_errors():
            data = dict(self._rows("select id, data from cards"))
            card_rows = [
                (
                    *(row.type, row.queue, row.due, row.interval, row.factor, row.reps, row.lapses),
                    *(_data_after_answer(data[row.card], row), row.card),
                )
                for row in cards
            ]

            def write() -> None:
                self._many(_ADD_REVIEW, answers)
                self._many(_UPDATE_CARD, card_rows)
                self._many(_UPDATE_FLAGS, [(bits, card) for card, bits in flags.items()])

            if answers or cards or flags:
                self._transact(write)

    def _settings(self) -> RawSettings:
        ((creation_time,),) = self._rows("select crt from col")
        config = self._collection.get_config
        return RawSettings(
            creation_time,
            config("creationOffset"),
            config("rollover", 4),
            config("schedVer", 1),
            bool(config("fsrs", False)),
        )

    def _rows(self, sql: str) -> list[Any]:
        assert self._collection.db is not None, "the collection is open"
        return self._collection.db.all(sql)

    def _many(self, sql: str, rows: Sequence[tuple[int | str, ...]]) -> None:
        assert self._collection.db is not None, "the collection is open"
        if rows:
            self._collection.db.executemany(sql, rows)

    def _transact(self, write: Callable[[], None]) -> None:
        """Runs `write` in a transaction, which also marks the collection as changed; SQL alone does not."""
        assert self._collection.db is not None, "the collection is open"
        self._collection.db.transact(write)

    @contextmanager
    def _explain_errors(self) -> Iterator[None]:
        """Turns Anki's errors into `DulyError`, with our own message: Anki's may advise what would do harm."""
        from anki.errors import AnkiException

        try:
            yield
        except (AnkiException, OSError) as error:
            raise DulyError(
                message("{file}: Anki's collection could not be read or changed: {error}", file=self._file, error=error)
            ) from error


def _design(kind: Mapping[str, Any]) -> Design:
    return Design(kind["css"], tuple((each["name"], each["qfmt"], each["afmt"]) for each in kind["tmpls"]))


def _data_after_answer(data: str, change: CardChange) -> str:
    """A card's data with the second of its last answer, and without its former FSRS memory state.

    Anki recomputes that at the next answer unless the change has it. What add-ons keep in the data stays.
    """
    values: dict[str, Any] = json.loads(data) if data else {}
    for name in ("s", "d", "dr", "lrt"):
        values.pop(name, None)
    last_answer = {} if change.answered is None else {"lrt": change.answered}
    return json.dumps({**values, **last_answer, **change.memory}, separators=(",", ":"))
