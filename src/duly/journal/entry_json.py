"""Journal entries as JSON, for ``duly journal --json`` and the files of devices in a shared folder; and back."""

import json
from datetime import datetime
from typing import Any

from duly.journal.journal_rows import ENTRY_COLUMNS, Row, entry_row
from duly.scheduling.day import EPOCH_UTC, MILLISECOND
from duly.scheduling.journal_entries import JournalEntry


def entry_as_json(journal_entry: JournalEntry) -> dict[str, Any]:
    """An entry of the journal: its id, kind, card and moment, then the values of its kind.

    ``card`` is ``note/face``; ``at`` is ISO 8601 in UTC, with milliseconds; ``day``, ``due`` and ``until`` count days
    since 1970-01-01; ``offset`` is in minutes ahead of UTC, ``took`` in milliseconds; ``step`` is the number of the
    first entry of its undo step.
    """
    row = entry_row(journal_entry)
    common = {
        "device": row.pop("device"),
        "number": row.pop("number"),
        "kind": row.pop("kind"),
        "card": str(journal_entry.entry.card),
        "note": row.pop("note"),
        "face": row.pop("face"),
        "at": (EPOCH_UTC + row.pop("at") * MILLISECOND).isoformat(timespec="milliseconds"),
    }
    if "target_device" in row:
        row["target"] = {"device": row.pop("target_device"), "number": row.pop("target_number")}
    if "schedule" in row:
        row["schedule"] = json.loads(row["schedule"])
    if "parameters" in row:
        row["parameters"] = json.loads(row["parameters"])
    return common | row


def entry_line(journal_entry: JournalEntry) -> bytes:
    """The entry as a line of a device's file, in ASCII."""
    return json.dumps(entry_as_json(journal_entry), separators=(",", ":")).encode("ascii") + b"\n"


def row_of_line(line: bytes) -> Row | None:
    """The row of `duly.journal.journal_rows.ENTRY_COLUMNS` in a line; None if the line is invalid."""
    try:
        values: dict[str, Any] = json.loads(line)
        values["at"] = (datetime.fromisoformat(values["at"]) - EPOCH_UTC) // MILLISECOND
        if "target" in values:
            values |= {"target_device": values["target"]["device"], "target_number": values["target"]["number"]}
        for name in values.keys() & {"schedule", "parameters"}:
            values[name] = json.dumps(values[name])
        return tuple(map(values.get, ENTRY_COLUMNS.split(", ")))
    except (ValueError, TypeError, LookupError, RecursionError):
        return None
