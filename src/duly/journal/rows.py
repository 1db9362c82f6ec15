"""Entries and schedules as rows of the database, and rows as values again."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, assert_never

from duly.cards import CardId, Face, NoteId
from duly.scheduling.day import StudyDay
from duly.scheduling.entries import (
    Adoption,
    Bury,
    Entry,
    EntryId,
    Logged,
    Moment,
    Reset,
    Resume,
    Review,
    SetDue,
    Suspend,
    Undo,
)
from duly.scheduling.grade import Grade
from duly.scheduling.schedule import Schedule

SCHEDULE_COLUMNS = (
    "repetitions", "interval", "easiness", "lapses", "due", "last", "drill", "suspended", "buried_until",
)  # fmt: skip

Row = Mapping[str, Any]


def row_of(entry: Entry) -> dict[str, Any]:
    """The columns of an entry, besides its id."""
    moment = entry.moment
    common = {
        "note": entry.card.note,
        "face": entry.card.face,
        "at": moment.at,
        "day": moment.day,
        "offset": moment.offset,
    }
    match entry:
        case Review():
            own: dict[str, Any] = {
                "kind": "review",
                "grade": int(entry.grade),
                "scheduler": entry.scheduler,
                "took": entry.took,
                "due": entry.due,
            }
        case Undo(target=target):
            own = {"kind": "undo", "target_device": target.device, "target_number": target.number}
        case Suspend():
            own = {"kind": "suspend"}
        case Resume():
            own = {"kind": "resume"}
        case Bury():
            own = {"kind": "bury", "until": entry.until}
        case Reset():
            own = {"kind": "reset"}
        case SetDue():
            own = {"kind": "set-due", "due": entry.due}
        case Adoption():
            own = {"kind": "adoption", "schedule": json.dumps(asdict(entry.schedule)), "origin": entry.origin}
        case unknown:
            assert_never(unknown)
    return {**common, **own}


def logged_of(row: Row) -> Logged:
    """The entry in a row, with its id."""
    return Logged(EntryId(row["device"], row["number"]), _entry(row))


def _entry(row: Row) -> Entry:
    card = CardId(NoteId(row["note"]), Face(row["face"]))
    moment = Moment(row["at"], StudyDay(row["day"]), row["offset"])
    match row["kind"]:
        case "review":
            return Review(card, moment, Grade(row["grade"]), row["scheduler"], row["took"] or 0, row["due"])
        case "undo":
            return Undo(card, moment, EntryId(row["target_device"], row["target_number"]))
        case "suspend":
            return Suspend(card, moment)
        case "resume":
            return Resume(card, moment)
        case "bury":
            return Bury(card, moment, row["until"])
        case "reset":
            return Reset(card, moment)
        case "set-due":
            return SetDue(card, moment, row["due"])
        case "adoption":
            return Adoption(card, moment, Schedule(**json.loads(row["schedule"])), row["origin"] or "")
        case kind:
            raise ValueError(f"an entry of the unknown kind {kind!r}")


def schedule_of(row: Row) -> Schedule:
    """The schedule in a row of the derived table."""
    values = {name: row[name] for name in SCHEDULE_COLUMNS}
    return Schedule(**{**values, "drill": bool(row["drill"]), "suspended": bool(row["suspended"])})


def as_json(logged: Logged) -> dict[str, Any]:
    """An entry as it is printed for other programs: the columns it has, with its moment also as ISO 8601."""
    from datetime import UTC, datetime

    row = {name: value for name, value in row_of(logged.entry).items() if value is not None}
    if "schedule" in row:
        row["schedule"] = json.loads(row["schedule"])
    moment = datetime.fromtimestamp(row.pop("at") / 1000, UTC).isoformat(timespec="milliseconds")
    return {
        "device": logged.id.device,
        "number": logged.id.number,
        "kind": row.pop("kind"),
        "card": str(logged.entry.card),
        "at": moment,
        **row,
    }
