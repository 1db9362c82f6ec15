"""Syncs with a server of one's own, beside those of a bare client; each in a process of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from itertools import count, islice
from pathlib import Path

from bench import corpus
from bench.trial import Step, Trial
from duly.journal import Journal
from duly.scheduling.day import StudyDay
from duly.scheduling.entries import Moment, Review
from duly.scheduling.grade import Grade
from duly.scheduling.replay import replay
from duly.scheduling.schedule import NEW
from duly.scheduling.scheduler_registry import find_scheduler
from duly.study.decks import read_decks

ACCOUNT = {"SYNC_USER1": "anna:secret", "DULY_ANKI_USER": "anna", "DULY_ANKI_PASSWORD": "secret"}
NEW_ANSWERS = 500
FIRST_ANSWER = 1_700_000_000_000
DAY = 86_400_000  # milliseconds
CLIENT = """
import sys
from anki.collection import Collection
collection = Collection(sys.argv[1])
auth = collection.sync_login("anna", "secret", sys.argv[2])
found = collection.sync_collection(auth, sync_media=False)
if found.required:
    collection.close_for_full_sync()
    collection.full_upload_or_download(auth=auth, server_usn=found.server_media_usn, upload=False)
else:
    collection.close()
"""


def nothing_to_do(folder: Path, notes: int) -> Trial:
    return _Devices(folder, notes).trial()


def new_answers(folder: Path, old: int) -> Trial:
    """500 answers, where so many were given out before, ten to a note; the bare client brings them after each run."""
    devices = _Devices(folder, max(old // 10, 1))
    cards = [card.id for card in read_decks([devices.decks]).cards]
    numbers = count()

    def answer(times: int) -> None:
        with Journal.open(devices.database) as journal:
            with journal.writing() as transaction:
                for at in islice(numbers, times):
                    moment = FIRST_ANSWER + at * 60_000
                    review = Review(
                        cards[at % len(cards)], Moment(moment, StudyDay(moment // DAY), 0), Grade.GOOD, "sm2-paper"
                    )
                    transaction.append(review, NEW)
            journal.rebuild(replay(journal.entries(), find_scheduler))

    answer(old)
    return devices.trial(lambda: answer(NEW_ANSWERS))


class _Devices:
    """A server, duly and a bare client, of which the last has what the server has."""

    def __init__(self, folder: Path, notes: int) -> None:
        self.decks, self.database = corpus.decks(folder, notes), folder / "duly.db"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self._environment = {**os.environ, **ACCOUNT, "DULY_HOME": str(folder / "home"), "RUST_LOG": "error"}
        self._server = self._serve(
            {"SYNC_BASE": str(folder / "server"), "SYNC_HOST": "127.0.0.1", "SYNC_PORT": str(port)}
        )
        while self._server.poll() is None:
            with socket.socket() as asks:
                if asks.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        address = f"http://127.0.0.1:{port}/"
        self._python("-m", "duly", "sync", "--server", address, "--login")()
        self._duly = self._python("-m", "duly", "sync", str(self.decks), "--db", str(self.database), "--yes")
        self._bare = self._python("-c", CLIENT, str(folder / "client.anki2"), address)

    def trial(self, reset: Step = lambda: None) -> Trial:
        self._duly()
        self._bare()
        return Trial(self._duly, self._bare, reset, self._end)

    def _serve(self, places: Mapping[str, str]) -> "subprocess.Popen[bytes]":
        return subprocess.Popen([sys.executable, "-m", "anki.syncserver"], env={**self._environment, **places})

    def _python(self, *words: str) -> Step:
        return lambda: subprocess.run(
            (sys.executable, *words), env=self._environment, stdout=subprocess.DEVNULL, check=True
        )

    def _end(self) -> None:
        self._server.terminate()
        self._server.wait()
