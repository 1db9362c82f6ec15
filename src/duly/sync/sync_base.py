"""The base of a three-way comparison with Anki: what both sides were at the end of the last sync."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from hashlib import blake2b
from pathlib import Path
from typing import Any

from duly.atomic_write import replacing
from duly.errors import not_readable

VERSION = 1
STORED_NAMES = {"our_digests": "here", "anki_digests": "there", "our_digest": "here", "anki_digest": "there"}
"""Attributes that have another name in the file, with that name."""


@dataclass(frozen=True, slots=True)
class BaseNote:
    """A note at the last sync: its deck file, deck and tags here.

    `our_digests` and `anki_digests` have the hashes of all fields that were not empty, by name; they may differ where
    Anki changed the HTML.
    """

    file: str
    deck: str
    tags: tuple[str, ...]
    our_digests: Mapping[str, str]
    anki_digests: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BaseCard:
    """The state of a card in Anki at the last sync."""

    suspended: bool
    buried: bool
    flagged: bool = False


@dataclass(frozen=True, slots=True)
class BaseDesign:
    """The hashes of one of our note types at the last sync: of our design and of that in Anki."""

    our_digest: str
    anki_digest: str


@dataclass(frozen=True, slots=True)
class SyncBase:
    """What one Anki collection had at the last sync.

    `notes` are keyed by guid, `cards` and `designs` by their ids in Anki; `decks` has the ids of our decks by name.
    `rows` has the instants of those answers whose rows in the review log had to take another id, by that id.
    """

    notes: Mapping[str, BaseNote] = field(default_factory=dict)
    cards: Mapping[int, BaseCard] = field(default_factory=dict)
    decks: Mapping[str, int] = field(default_factory=dict)
    rows: Mapping[int, int] = field(default_factory=dict)
    designs: Mapping[int, BaseDesign] = field(default_factory=dict)


def digest(text: str) -> str:
    """The hash of a field."""
    return blake2b(text.encode(errors="surrogatepass"), digest_size=8).hexdigest()


EMPTY = digest("")


def read_base(file: Path) -> SyncBase:
    """The base in `file`; an empty one if the file is missing or damaged. Raises `DulyError` if it cannot be read."""
    try:
        table: dict[str, Any] = json.loads(file.read_bytes())
        if table.pop("version") != VERSION:
            return SyncBase()
        return SyncBase(
            {
                guid: BaseNote(note["file"], note["deck"], tuple(note["tags"]), note["here"], note["there"])
                for guid, note in table["notes"].items()
            },
            {int(card): BaseCard(**state) for card, state in table["cards"].items()},
            table["decks"],
            {int(row): instant for row, instant in table["rows"].items()},
            {
                int(kind): BaseDesign(design["here"], design["there"])
                for kind, design in table.get("designs", {}).items()
            },
        )
    except FileNotFoundError:
        return SyncBase()
    except OSError as error:
        raise not_readable(file, error) from error
    except (ValueError, TypeError, LookupError, AttributeError):
        return SyncBase()


def write_base(file: Path, sync_base: SyncBase) -> None:
    """Saves the base. Raises `DulyError`, and leaves the file unchanged, if it cannot be written."""
    file.parent.mkdir(parents=True, exist_ok=True)
    table = {"version": VERSION, **_members(sync_base)}
    with replacing(file) as stream:
        stream.write(json.dumps(table, default=_members).encode("ascii"))


def _members(value: Any) -> dict[str, Any]:
    """The attributes of a dataclass for JSON; `dataclasses.asdict` would copy all nested values."""
    return {STORED_NAMES.get(item.name, item.name): getattr(value, item.name) for item in fields(value)}
