"""Converts entries and schedules to rows of the database and back."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import cache
from types import UnionType
from typing import Any, assert_never

from duly.cards import CardId, Face, NoteId
from duly.scheduling.day import FIRST_DAY, LAST_DAY, StudyDay
from duly.scheduling.fsrs import checked_parameters
from duly.scheduling.grade import Grade
from duly.scheduling.journal_entries import (
    Bury,
    Entry,
    EntryId,
    Fitting,
    ImportedSchedule,
    JournalEntry,
    Moment,
    Reset,
    Resume,
    Review,
    SetDue,
    Star,
    Suspend,
    Undo,
    Unstar,
)
from duly.scheduling.schedule import FsrsMemory, Memory, Schedule, Sm2Memory
from duly.scheduling.scheduler_registry import SCHEDULER_NAMES

ENTRY_COLUMNS = (
    "device, number, kind, note, face, at, day, offset, step, grade, scheduler, took, due, until, "
    "target_device, target_number, schedule, origin, parameters"
)
"""The columns `entry_of_row` reads, in its order."""

SCHEDULE_COLUMNS = (
    "note, face, due, last, interval, lapses, drill, suspended, buried_until, starred, "
    "repetitions, easiness, stability, difficulty"
)
"""The columns `schedule_of_row` reads and `schedule_row` writes, in their order."""

_INT, _TEXT = int | None, str | None
ENTRY_TYPES = (
    *(str, int, str, str, str, int, int, int, _INT, _INT),
    *(_TEXT, _INT, _INT, _INT, _TEXT, _INT, _TEXT, _TEXT, _TEXT),
)
"""The types of the columns of an entry, checked because damage can change them in spite of the schema."""
SCHEDULE_TYPES = (
    *(str, str, _INT, _INT, int, int, int, int, _INT, int),
    *(_INT, _INT, float | int | None, float | int | None),
)
"""The types of the columns of a schedule."""
AT, DAY_OF, OFFSET, SCHEDULER = map(ENTRY_COLUMNS.split(", ").index, ("at", "day", "offset", "scheduler"))
DAY = 86_400_000
"""A day in milliseconds."""
LARGEST = 1 << 53
"""Larger than any number of a schedule; SQLite can store it."""

Row = tuple[Any, ...]


def entry_row(journal_entry: JournalEntry) -> dict[str, Any]:
    """The columns of an entry that are not null, by name."""
    entry, moment = journal_entry.entry, journal_entry.entry.moment
    common = {
        "device": journal_entry.id.device,
        "number": journal_entry.id.number,
        "note": entry.card.note,
        "face": entry.card.face,
        "at": moment.at,
        "day": moment.day,
        "offset": moment.offset,
    }
    return {**common, **({} if journal_entry.step is None else {"step": journal_entry.step}), **_kind_columns(entry)}


def _kind_columns(entry: Entry) -> dict[str, Any]:
    match entry:
        case Review():
            answer = {"grade": int(entry.grade), "scheduler": entry.scheduler, "took": entry.took}
            return {"kind": "review", **answer, **({} if entry.due is None else {"due": entry.due})}
        case Undo():
            return {"kind": "undo", "target_device": entry.target.device, "target_number": entry.target.number}
        case Suspend():
            return {"kind": "suspend"}
        case Resume():
            return {"kind": "resume"}
        case Star():
            return {"kind": "star"}
        case Unstar():
            return {"kind": "unstar"}
        case Bury():
            return {"kind": "bury", "until": entry.until}
        case Reset():
            return {"kind": "reset"}
        case SetDue():
            return {"kind": "set-due", "due": entry.due}
        case ImportedSchedule():
            return {"kind": "adoption", "schedule": _schedule_json(entry.schedule), "origin": entry.origin}
        case Fitting():
            return {"kind": "fitting", "parameters": json.dumps(entry.parameters)}
        case unknown:
            assert_never(unknown)


def entry_of_row(row: Row) -> JournalEntry:
    """The entry in a row of `ENTRY_COLUMNS`, with its id. Raises `sqlite3.DatabaseError` if the row is invalid."""
    device, number, kind, note, face, at, day, offset, step, *kind_values = row
    card = CardId(NoteId(note), Face(face))
    try:
        _refuse_damage(row)
        return JournalEntry(
            EntryId(device, number), _entry(kind, card, Moment(at, StudyDay(day), offset), kind_values), step
        )
    except (ValueError, TypeError, LookupError, AttributeError, AssertionError, RecursionError) as error:
        raise _damage_error(error) from error


def _refuse_damage(row: Row) -> None:
    """Raises an exception if a column has a value that the schema forbids, or an impossible date."""
    _check_entry(row)
    if not (FIRST_DAY <= row[DAY_OF] <= LAST_DAY and FIRST_DAY <= row[AT] // DAY <= LAST_DAY):
        raise ValueError("a day that no calendar has")
    if not -DAY < row[OFFSET] * 60_000 < DAY:
        raise ValueError("a wall clock that is a day or more away from UTC")
    if row[SCHEDULER] not in SCHEDULER_NAMES and row[SCHEDULER] is not None:
        raise UnknownSchedulerError(row[SCHEDULER])


def _type_check(columns: Sequence[type | UnionType]) -> Callable[[Row], None]:
    """A function that raises `TypeError` if a value of a row does not have the type of its column."""

    @cache  # there are few combinations of types, and many rows of each
    def types_match(types: tuple[type, ...]) -> bool:
        return all(issubclass(type_, column) for type_, column in zip(types, columns, strict=True))

    def check_row(row: Row) -> None:
        if not types_match(tuple(map(type, row))):
            raise TypeError("a column has a value of another type")

    return check_row


_check_entry, _check_schedule = map(_type_check, (ENTRY_TYPES, SCHEDULE_TYPES))


class UnknownSchedulerError(sqlite3.DatabaseError):
    """An answer names an unknown scheduler."""

    def __init__(self, name: str) -> None:
        super().__init__(f"there is no scheduler {name!r}")
        self.name = name
        self.sqlite_errorcode = sqlite3.SQLITE_CORRUPT


def _damage_error(cause: Exception) -> sqlite3.DatabaseError:
    """An error like those of SQLite for a damaged file."""
    error = sqlite3.DatabaseError(str(cause))
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


def _entry(kind: str, card: CardId, moment: Moment, kind_values: list[Any]) -> Entry:
    grade, scheduler, took, due, until, target_device, target_number, schedule, origin, parameters = kind_values
    match kind:
        case "review":
            return Review(card, moment, Grade(grade), scheduler, took, due)
        case "undo":
            return Undo(card, moment, EntryId(target_device, target_number))
        case "suspend":
            return Suspend(card, moment)
        case "resume":
            return Resume(card, moment)
        case "star":
            return Star(card, moment)
        case "unstar":
            return Unstar(card, moment)
        case "bury":
            return Bury(card, moment, until)
        case "reset":
            return Reset(card, moment)
        case "set-due":
            return SetDue(card, moment, due)
        case "adoption":
            return ImportedSchedule(card, moment, _schedule_from_json(card, schedule), origin)
        case "fitting":
            return Fitting(card, moment, checked_parameters(json.loads(parameters)))
        case _:
            raise ValueError(f"an entry of the unknown kind {kind!r}")


def schedule_row(card: CardId, schedule: Schedule) -> Row:
    """The values of `SCHEDULE_COLUMNS` for a card."""
    memory = schedule.memory
    return (
        card.note,
        card.face,
        schedule.due,
        schedule.last,
        schedule.interval,
        schedule.lapses,
        schedule.drill,
        schedule.suspended,
        schedule.buried_until,
        schedule.starred,
        *(
            (memory.repetitions, memory.easiness, None, None)
            if isinstance(memory, Sm2Memory)
            else (None, None, memory.stability, memory.difficulty)
        ),
    )


def schedule_of_row(row: Row) -> tuple[CardId, Schedule]:
    """The card and schedule in a row of `SCHEDULE_COLUMNS`. Raises `sqlite3.DatabaseError` if the row is invalid."""
    note, face, due, last, interval, lapses, drill, suspended, buried_until, starred, *memory = row
    try:
        _check_schedule(row)
        return CardId(note, face), Schedule(
            due, last, interval, lapses, drill == 1, suspended == 1, buried_until, starred == 1, _memory(*memory)
        )
    except (ValueError, TypeError, AssertionError) as error:
        raise _damage_error(error) from error


def _memory(repetitions: int | None, easiness: int | None, stability: float | None, difficulty: float | None) -> Memory:
    if stability is not None and difficulty is not None:
        if not (stability > 0 and 1 <= difficulty <= 10):
            raise ValueError("a memory that FSRS cannot have")
        return FsrsMemory(stability, difficulty)
    assert repetitions is not None and easiness is not None, "the table has one of the two memories"
    return Sm2Memory(repetitions, easiness)


def _schedule_json(schedule: Schedule) -> str:
    """An imported schedule as flat JSON: its fields, and those of its memory."""
    values = asdict(schedule)
    return json.dumps(values | values.pop("memory"))


def _schedule_from_json(card: CardId, text: str) -> Schedule:
    values: dict[str, Any] = json.loads(text, parse_int=_bounded_int)
    memory = _memory(*(values.pop(name, None) for name in ("repetitions", "easiness", "stability", "difficulty")))
    schedule = Schedule(**values, memory=memory)
    _check_schedule(schedule_row(card, schedule))
    return schedule


def _bounded_int(digits: str) -> int:
    number = int(digits)
    if abs(number) > LARGEST:
        raise ValueError("a number that no schedule has")
    return number
