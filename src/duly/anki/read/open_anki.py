"""Opens a package or collection of Anki of any generation, and reads its rows one by one."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from duly.anki.raw_rows import FIELD_SEPARATOR, RawCard, RawDeck, RawNote, RawPreset, RawReview, RawSettings, RawType
from duly.anki.read import collection_database, protobuf, raw_media, schema11, schema18, unzip_package
from duly.anki.read.collection_database import integer, rows
from duly.anki.read.damage import DamageError, damage_as_error
from duly.anki.read.raw_media import RawMedia
from duly.anki.read.unzip_package import Archive
from duly.message import message

ENDINGS = (".apkg", ".colpkg", ".anki2", ".anki21", ".anki21b")
ZIP = b"PK\x03\x04"
DATABASES = {1: "collection.anki2", 2: "collection.anki21", 3: "collection.anki21b"}
"""The member with the collection, by the version of the package format."""
NEWEST = 3
SCHEMAS = {11: schema11, 15: schema18, 16: schema18, 17: schema18, 18: schema18}
ATTEMPTS = 5
"""How often a collection is copied that changes meanwhile."""


@dataclass(frozen=True)
class RawCollection:
    """A collection, open for reading. Its methods raise `DulyError` if the file is damaged."""

    file: Path
    media: Mapping[str, RawMedia]
    refused_media: tuple[str, ...]
    """Names in the media list of a package that are invalid, or whose content is missing."""
    _connection: sqlite3.Connection
    _schema: int

    @cached_property
    def note_types(self) -> Mapping[int, RawType]:
        """The note types by id."""
        with damage_as_error(self.file):
            return {note_type.id: note_type for note_type in SCHEMAS[self._schema].note_types(self._connection)}

    @cached_property
    def decks(self) -> Mapping[int, RawDeck]:
        """The decks by id."""
        with damage_as_error(self.file):
            return {deck.id: deck for deck in SCHEMAS[self._schema].decks(self._connection)}

    @cached_property
    def presets(self) -> Mapping[int, RawPreset]:
        """The presets of decks by id."""
        with damage_as_error(self.file):
            return {preset.id: preset for preset in SCHEMAS[self._schema].presets(self._connection)}

    @cached_property
    def settings(self) -> RawSettings:
        """How the collection counts days."""
        with damage_as_error(self.file):
            (created,) = collection_database.first_row(rows(self._connection, "select crt from col", "i"))
            values = SCHEMAS[self._schema].settings(self._connection)
            offset = values.get("creationOffset")
            return RawSettings(
                created=created,
                creation_offset=None if offset is None else integer(offset),
                rollover=integer(values.get("rollover", 4)),
                scheduler=integer(values.get("schedVer", 1)),
                fsrs=values.get("fsrs") is True,
            )

    def notes(self) -> Iterator[RawNote]:
        """The notes, oldest first."""
        query = "select id, guid, mid, mod, tags, flds from notes order by id"
        with damage_as_error(self.file):
            for number, guid, type_id, mod, tags, fields in rows(self._connection, query, "itiitt"):
                yield RawNote(number, guid, type_id, mod, tuple(tags.split()), tuple(fields.split(FIELD_SEPARATOR)))

    def cards(self) -> Iterator[RawCard]:
        """The cards, sorted by note and number."""
        query = (
            "select id, nid, did, ord, type, queue, due, ivl, factor, reps, lapses, odue, odid, flags, data"
            " from cards order by nid, ord"
        )
        with damage_as_error(self.file):
            for row in rows(self._connection, query, "i" * 14 + "t"):
                card = RawCard(*row)
                if card.ord < 0:
                    raise DamageError(message("it holds something else where a number should be"))
                yield card

    def reviews(self) -> Iterator[RawReview]:
        """The review log, oldest first."""
        query = "select id, cid, ease, ivl, lastIvl, factor, time, type from revlog order by id"
        with damage_as_error(self.file):
            for row in rows(self._connection, query, "i" * 8):
                yield RawReview(*row)

    def check_learned(self) -> None:
        """Reads all learning data, so that later reads cannot fail. Raises `DulyError` if they are damaged."""
        _ = self.settings
        for _ in self.reviews():
            pass


def is_from_anki(file: Path) -> bool:
    """Whether the file is a package or collection of Anki, by its name or its first bytes."""
    if file.suffix.lower() in ENDINGS:
        return True
    try:
        with file.open("rb") as stream:
            return stream.read(len(collection_database.HEADER)).startswith((collection_database.HEADER, ZIP))
    except OSError:
        return False


@contextmanager
def open_anki(file: Path) -> Iterator[RawCollection]:
    """The collection in a package (``.apkg``, ``.colpkg``) or in a profile's folder (``collection.anki2``).

    The file is never changed, and Anki may have it open: a copy is read. Rows and media can be read until the block
    ends. Raises `DulyError` if the file is damaged, or is not one of Anki's.
    """
    with ExitStack() as stack:
        with damage_as_error(file):
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="duly-")))
            copy = folder / "collection.db"
            if _is_database(file):
                _copy(file, copy)
                media, refused_names = raw_media.folder_media(file.with_suffix(".media")), ()
            else:
                package = stack.enter_context(unzip_package.open_archive(file))
                version = _version(package)
                is_newest = version == NEWEST
                _unpack(package, DATABASES[version], copy, is_compressed=is_newest)
                media, refused_names = raw_media.package_media(file, package, is_newest=is_newest)  # type: ignore[assignment]
            connection = stack.enter_context(collection_database.open_database(copy))
            schema = _schema(connection)
        yield RawCollection(file, media, refused_names, connection, schema)


def _is_database(file: Path) -> bool:
    with file.open("rb") as stream:
        return stream.read(len(collection_database.HEADER)) == collection_database.HEADER


def _version(package: Archive) -> int:
    """The version of the package, which says which database is the collection: newer packages also have a dummy."""
    if "meta" not in package:
        return 2 if DATABASES[2] in package else 1
    version = protobuf.number(
        protobuf.fields_by_number(package.content("meta", is_compressed=False, limit=1 << 16)).get(1, 1)
    )
    if version not in DATABASES:
        raise DamageError(message("it was made by a newer Anki than this duly knows"))
    return version


def _unpack(package: Archive, member: str, target: Path, *, is_compressed: bool) -> None:
    if member not in package:
        raise DamageError(message("it holds no collection of Anki"))
    with target.open("xb") as stream:
        for block in package.blocks(member, is_compressed=is_compressed):
            stream.write(block)


def _copy(file: Path, target: Path) -> None:
    """Copies a collection together with its write-ahead log, both as they were at one moment."""
    log = file.with_name(file.name + "-wal")
    for _ in range(ATTEMPTS):
        states = _state(file), _state(log)
        shutil.copyfile(file, target)
        target.with_name(target.name + "-wal").unlink(missing_ok=True)
        if log.exists():
            shutil.copyfile(log, target.with_name(target.name + "-wal"))
        if states == (_state(file), _state(log)):
            return
    raise DamageError(message("Anki is writing to it; close Anki and try again"))


def _state(file: Path) -> tuple[int, int] | None:
    try:
        status = file.stat()
    except FileNotFoundError:
        return None
    return status.st_size, status.st_mtime_ns


def _schema(connection: sqlite3.Connection) -> int:
    missing = {"col", "notes", "cards", "revlog"} - collection_database.tables(connection)
    if missing:
        raise DamageError(message("it holds no collection of Anki"))
    (version,) = collection_database.first_row(rows(connection, "select ver from col", "i"))
    if version not in SCHEMAS:
        sentence = message("its database is of a version ({version}) that this duly does not know", version=version)
        raise DamageError(sentence)
    return int(version)
