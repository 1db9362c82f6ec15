"""A real sync server of Anki on this computer, and a phone that syncs with it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from anki.collection import Collection
from anki.sync_pb2 import SyncAuth
from tests.sync.desk import Desk

FULL_DOWNLOAD, FULL_UPLOAD = 3, 4


class Server:
    """The server, which runs as long as the block that made it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}/"
        self.start()

    def start(self) -> None:
        environment = {
            **os.environ, "SYNC_USER1": "anna:secret", "SYNC_BASE": str(self.folder), "SYNC_HOST": "127.0.0.1",
            "SYNC_PORT": str(self.port), "RUST_LOG": "error",
        }  # fmt: skip
        self.process = subprocess.Popen([sys.executable, "-m", "anki.syncserver"], env=environment)
        for _attempt in range(200):
            with socket.socket() as asks:
                if asks.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise TimeoutError("the server did not start")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    server = Server(folder)
    try:
        yield server
    finally:
        server.stop()


class Phone(Desk):
    """Another device of the same account."""

    def __init__(self, folder: Path, server: Server) -> None:
        super().__init__(folder)
        self.server = server

    def syncs(self) -> None:
        with self.open() as collection:
            auth = collection.sync_login("anna", "secret", self.server.address)
            answer = collection.sync_collection(auth, sync_media=False)
            if answer.required in (FULL_DOWNLOAD, FULL_UPLOAD):
                full(collection, auth, answer.server_media_usn, upload=answer.required == FULL_UPLOAD)
            else:
                assert answer.required == 0, "no full sync is ever asked for"


def full(collection: Collection, auth: SyncAuth, media: int, *, upload: bool) -> None:
    collection.close_for_full_sync()
    collection.full_upload_or_download(auth=auth, server_usn=media, upload=upload)
    collection.reopen(after_full_sync=True)
