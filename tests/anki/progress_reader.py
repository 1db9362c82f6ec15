"""What a fresh Anki holds after importing a package with its progress. A process of its own: its zone is TZ's.

Called with the package and a folder for collections; its last line is JSON, by the scheduler that is on: SM-2 or FSRS.
Before it Anki may complain of calls that take long.
"""

import json
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from anki.collection import Collection, ImportAnkiPackageRequest
from anki.import_export_pb2 import ImportAnkiPackageOptions  # 23.10 has it nowhere else

COLUMNS = "type, queue, due, ivl, factor, reps, lapses"
ROWS = "id, ease, ivl, lastIvl, factor, time, type"


def read(package: str, scheduler: str, folder: str) -> dict[str, Any]:
    """Cards by ``guid/ord`` with their columns, the date on which they are due, and their review log."""
    collection = Collection(str(Path(folder) / f"{scheduler}.anki2"))
    try:
        collection.set_config("fsrs", scheduler == "fsrs")
        collection.import_anki_package(with_progress(package))
        report, _ = collection.fix_integrity()
        return {"check": report, "cards": cards(collection)}
    finally:
        collection.close()


def with_progress(package: str) -> ImportAnkiPackageRequest:
    """An import for which “Import any learning progress” is ticked."""
    return ImportAnkiPackageRequest(package_path=package, options=ImportAnkiPackageOptions(with_scheduling=True))


def cards(collection: Collection) -> dict[str, Any]:
    assert collection.db is not None
    today = (datetime.now().astimezone() - timedelta(hours=4)).date() - timedelta(days=collection.sched.today)
    by_name = {}
    query = f"select guid, ord, c.id, {COLUMNS} from cards c join notes n on n.id = c.nid"
    for guid, number, card, *values in collection.db.all(query):
        columns = dict(zip(COLUMNS.split(", "), values, strict=True))
        log = collection.db.all(f"select {ROWS} from revlog where cid = ? order by id", card)
        by_name[f"{guid}/{number}"] = columns | {
            "day": (today + timedelta(days=columns["due"])).isoformat() if columns["type"] else None,
            "found": sorted(
                query
                for query in ("is:due", "is:new", "is:suspended", "is:buried", f"prop:ivl={columns['ivl']}")
                if card in collection.find_cards(f"cid:{card} {query}")
            ),
            "log": [dict(zip(ROWS.split(", "), row, strict=True)) for row in log],
        }
    return by_name


if __name__ == "__main__":
    print(json.dumps({scheduler: read(sys.argv[1], scheduler, sys.argv[2]) for scheduler in ("sm2", "fsrs")}))
