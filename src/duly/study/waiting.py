"""How much there is to do today."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from duly.settings import Settings
from duly.study.collection import Collection
from duly.study.desk import Desk

Waiting = Mapping[str, Any]
"""The cards that are ``due``, to ``drill``, ``new`` and ``done`` today; in ``decks`` the same for each deck."""


def waiting(collection: Collection, settings: Settings, now: Callable[[], datetime]) -> Waiting:
    """What is left of today. Raises `DulyError` where the journal cannot be read."""
    session = Desk(collection, settings, now).session()
    progress, counts = session.progress, session.counts()
    decks = [
        {"deck": one.deck, "due": one.due, "drill": one.drills, "new": one.new, "total": one.total} for one in counts
    ]
    whole = {"due": progress.due, "drill": progress.drills, "new": progress.new, "done": progress.done}
    return {**whole, "decks": decks}
