"""Syncs with a self-hosted server, compared with those of a bare client; each in a process of its own."""

from itertools import count, islice
from pathlib import Path

from tests.sync.server import Server
from tests.tui.terminal import DULY

from bench import corpus
from bench.trial import Step, Trial, python
from duly.journal import Journal
from duly.scheduling.replay import replay
from duly.scheduling.scheduler_registry import find_scheduler
from duly.study.decks import read_decks

ACCOUNT = {"DULY_ANKI_USER": "anna", "DULY_ANKI_PASSWORD": "secret"}
NEW_ANSWERS = 500
CLIENT_CODE = """
import sys
from anki.collection import Collection
collection = Collection(sys.argv[1])
auth = collection.sync_login("anna", "secret", sys.argv[2])
answer = collection.sync_collection(auth, sync_media=False)
if answer.required:
    collection.close_for_full_sync()
    collection.full_upload_or_download(auth=auth, server_usn=answer.server_media_usn, upload=False)
else:
    collection.close()
"""


def nothing_to_do(folder: Path, notes: int) -> Trial:
    return _trial(folder, corpus.decks(folder, notes))


def new_answers(folder: Path, old_answers: int) -> Trial:
    """500 new answers after `old_answers`, ten per note; the bare client downloads them after each run."""
    decks = corpus.decks(folder, max(old_answers // 10, 1))
    cards = [card.id for card in read_decks([decks]).cards]
    numbers = count()

    def answer(times: int) -> None:
        with Journal.open(folder / "duly.db") as journal:
            corpus.answer(journal, cards, islice(numbers, times))
            journal.replace_schedules(replay(journal.entries(), find_scheduler))

    answer(old_answers)
    return _trial(folder, decks, lambda: answer(NEW_ANSWERS))


def _trial(folder: Path, decks: Path, reset: Step = lambda: None) -> Trial:
    """A trial with a server, duly, and a bare client that is up to date with the server."""
    home, server = folder / "home", Server(folder / "server")
    python(home, "-c", DULY, "sync", "--server", server.address, "--login", **ACCOUNT)()
    duly = python(home, "-c", DULY, "sync", str(decks), "--db", str(folder / "duly.db"), "--yes", **ACCOUNT)
    bare = python(home, "-c", CLIENT_CODE, str(folder / "client.anki2"), server.address)
    duly()
    bare()
    return Trial(duly, bare, reset, server.stop)
