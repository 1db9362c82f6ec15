"""What both sides were when they were the same last: the base of every comparison with Anki."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from hashlib import blake2b
from pathlib import Path
from typing import Any

from duly.atomic_write import replacing
from duly.errors import not_readable

VERSION = 1


@dataclass(frozen=True, slots=True)
class BaseNote:
    """A note at the last sync: its file and its deck here, its tags here; for each field that was not empty the hashes
    of what it was `here` and `there`, which may differ by what Anki makes of a text."""

    file: str
    deck: str
    tags: tuple[str, ...]
    here: Mapping[str, str]
    there: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BaseCard:
    """A card in Anki after the last sync."""

    suspended: bool
    buried: bool
    flagged: bool = False


@dataclass(frozen=True, slots=True)
class BaseDesign:
    """How a note type of ours looked when it was given: the hashes of what it was `here` and `there`."""

    here: str
    there: str


@dataclass(frozen=True, slots=True)
class SyncBase:
    """What was given to one Anki.

    `notes` go by guid, `cards` by their ids in Anki, `decks` have the id of each deck of ours. `rows` has the answers'
    instants for those rows of the review log that had to take another id. `designs` go by the ids of note types.
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
    """What `file` remembers; nothing where it is not there or damaged. Raises `DulyError` where it cannot be read."""
    try:
        held: dict[str, Any] = json.loads(file.read_bytes())
        if held.pop("version") != VERSION:
            return SyncBase()
        return SyncBase(
            {guid: BaseNote(**note | {"tags": tuple(note["tags"])}) for guid, note in held["notes"].items()},
            {int(card): BaseCard(**state) for card, state in held["cards"].items()},
            held["decks"],
            {int(row): instant for row, instant in held["rows"].items()},
            {int(kind): BaseDesign(**design) for kind, design in held.get("designs", {}).items()},
        )
    except FileNotFoundError:
        return SyncBase()
    except OSError as error:
        raise not_readable(file, error) from error
    except (ValueError, TypeError, LookupError, AttributeError):
        return SyncBase()


def write_base(file: Path, given: SyncBase) -> None:
    """Remembers what was given. Raises `DulyError`, with what was remembered before, where that cannot be written."""
    file.parent.mkdir(parents=True, exist_ok=True)
    held = {"version": VERSION, **_members(given)}
    with replacing(file) as stream:
        stream.write(json.dumps(held, default=_members).encode("ascii"))


def _members(value: Any) -> dict[str, Any]:
    """A dataclass for JSON, not copied all the way down, as `dataclasses.asdict` would."""
    return {item.name: getattr(value, item.name) for item in fields(value)}
