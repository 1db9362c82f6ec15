"""How much there is to do today, remembered until decks, journal, settings or the study day are others."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any

from duly import cache
from duly.code import code_of
from duly.deckfile.load import load
from duly.journal.state import state
from duly.place import legible
from duly.scheduling.day import study_day
from duly.settings import Settings

KIND = "waiting"
SORTS = ("due", "drill", "new", "done")

Waiting = Mapping[str, Any]
"""The cards that are ``due``, to ``drill``, ``new`` and ``done`` today; in ``decks`` the same for each deck."""


def waiting(
    paths: Sequence[Path], database: Path, settings: Settings, now: Callable[[], datetime], memory: Path
) -> Waiting:
    """What is left of today. `memory` is the cache. Raises `DulyError` where the journal cannot be read."""
    decks, entries = load(paths, memory).digest, state(database)
    day = study_day(now(), settings.rollover)
    code = code_of("study", "scheduling", "journal")
    digest = blake2b(repr((decks, entries, day, settings, code)).encode(), digest_size=16).digest()
    name = "\n".join(legible(path.absolute()) for path in (database, *paths))
    with cache.opened(memory) as kept:
        known = _read(kept.found(KIND, {name: digest}).get(name))
        if known is not None:
            return known
        counted = _counted(paths, database, settings, now)
        if decks is not None and entries is not None:
            kept.keep(KIND, {name: (digest, json.dumps(counted, ensure_ascii=False).encode())})
        return counted


def _read(value: bytes | None) -> Waiting | None:
    """What was remembered; None if this is anything else."""
    try:
        read = json.loads(value or b"")
    except (ValueError, RecursionError):
        return None
    is_sound = isinstance(read, dict) and isinstance(read.get("decks"), list)
    return read if is_sound and all(type(read.get(sort)) is int for sort in SORTS) else None


def _counted(paths: Sequence[Path], database: Path, settings: Settings, now: Callable[[], datetime]) -> Waiting:
    from duly.study.collection import open_collection  # none of this is needed where nothing has changed
    from duly.study.desk import Desk

    with open_collection(paths, database, create=False) as collection:
        session = Desk(collection, settings, now).session()
        progress, counts = session.progress, session.counts()
    decks = [
        {"deck": one.deck, "due": one.due, "drill": one.drills, "new": one.new, "total": one.total} for one in counts
    ]
    whole = {"due": progress.due, "drill": progress.drills, "new": progress.new, "done": progress.done}
    return {**whole, "decks": decks}
