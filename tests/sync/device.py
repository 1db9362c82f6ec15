"""A device with Anki, run as a program of its own, so that its clock and its zone can be set: see `tests.sync.clock`.

``python -m tests.sync.device COLLECTION learn CARDS SEED``, or ``… COLLECTION sync ADDRESS``.
"""

import random
import sys
from pathlib import Path

from anki.collection import Collection
from anki.scheduler.v3 import Scheduler
from tests.sync.desk import answer
from tests.sync.server import FULL_DOWNLOAD, FULL_UPLOAD, full


def learn(collection: Collection, cards: int, chance: random.Random) -> None:
    """Answers what Anki asks next, so many times, and prints each question and button."""
    scheduler = collection.sched
    assert isinstance(scheduler, Scheduler)
    for _turn in range(cards):
        queued = scheduler.get_queued_cards(fetch_limit=1).cards
        if not queued:
            return
        card = collection.get_card(queued[0].card.id)
        button = chance.choice((1, 2, 3, 3, 4))
        answer(collection, card, button)
        print(card.note().guid, button)


def sync(collection: Collection, address: str) -> None:
    auth = collection.sync_login("anna", "secret", address)
    answer = collection.sync_collection(auth, sync_media=False)
    if answer.required in (FULL_DOWNLOAD, FULL_UPLOAD):
        full(collection, auth, answer.server_media_usn, upload=answer.required == FULL_UPLOAD)
    else:
        assert answer.required == 0, "no full sync is ever asked for"


def main(file: str, command: str, *rest: str) -> None:
    Path(file).parent.mkdir(parents=True, exist_ok=True)
    collection = Collection(file)
    try:
        if command == "sync":
            sync(collection, rest[0])
        else:
            learn(collection, int(rest[0]), random.Random(rest[1]))
    finally:
        collection.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
