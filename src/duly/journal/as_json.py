"""An entry of the journal as JSON, for other programs."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from duly.journal.rows import entry_row
from duly.scheduling.entries import Logged

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def as_json(logged: Logged) -> dict[str, Any]:
    """An entry as a mapping that JSON can hold: its id, kind, card and moment, then what its kind has of its own.

    ``card`` is ``note/face``; ``at`` is ISO 8601 in UTC, with milliseconds; ``day``, ``due`` and ``until`` count days
    since 1970-01-01; ``offset`` is in minutes ahead of UTC, ``took`` in milliseconds; ``step`` is the number of the
    entry that this one was made together with.
    """
    row = entry_row(logged)
    told = {
        "device": row.pop("device"),
        "number": row.pop("number"),
        "kind": row.pop("kind"),
        "card": str(logged.entry.card),
        "note": row.pop("note"),
        "face": row.pop("face"),
        "at": (EPOCH + timedelta(milliseconds=row.pop("at"))).isoformat(timespec="milliseconds"),
    }
    if "target_device" in row:
        row["target"] = {"device": row.pop("target_device"), "number": row.pop("target_number")}
    if "schedule" in row:
        row["schedule"] = json.loads(row["schedule"])
    if "parameters" in row:
        row["parameters"] = json.loads(row["parameters"])
    return told | row
