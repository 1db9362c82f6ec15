"""A client of a self-hosted sync server, made with the official package ``anki``; its collection is a mirror."""

import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from duly.errors import DulyError
from duly.message import Message, message
from duly.sync.official_anki import OfficialAnki, open_collection
from duly.sync.server_account import ServerAccount, write_account

if TYPE_CHECKING:
    from anki.collection import Collection

Result = TypeVar("Result")

TIMEOUT = 30
"""Seconds without an answer after which the server counts as unreachable."""
MOST_TRIES = 6
"""How often a sync is tried that is interrupted by another one of the same account."""
NO_CHANGES, FULL_SYNC, FULL_DOWNLOAD, FULL_UPLOAD = 0, 2, 3, 4
"""The values of ``SyncCollectionResponse.ChangesRequired``."""


def log_in(address: str, user: str, password: str, scratch: Path) -> ServerAccount:
    """Logs in to a server. `scratch` is a folder for a temporary, empty collection. Raises `DulyError`."""
    collection = open_collection(scratch / "login.anki2", create=True)
    try:
        auth = _retry_and_explain(collection, address, lambda: collection.sync_login(user, password, address))
    finally:
        collection.close()
    return ServerAccount(auth.hkey, auth.endpoint or address)


class Mirror(OfficialAnki):
    """A local mirror of an account; if it is lost, it is downloaded again.

    Its settings must never count as newer than the learner's: so its changes are dated one millisecond after the last
    sync (`_settle`), which is older than any change of the learner's.
    """

    def __init__(self, folder: Path, address: str, account: ServerAccount) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / "collection.anki2"
        super().__init__(open_collection(file, create=True, busy=_busy(address)), file)
        self._folder = folder
        self._address = address
        self._account = account
        self._settle()

    def back_up(self) -> None:
        """A mirror needs no backup: the server has the collection."""

    def download(self, *, fill: bool) -> None:
        """Downloads what is new on the server. `fill` permits an empty account to be filled. Raises `DulyError`."""
        required, media = self._sync()
        if required in (FULL_SYNC, FULL_DOWNLOAD):
            self._full(media, upload=False)
        elif not fill and (required == FULL_UPLOAD or not self._was_synced()):
            raise DulyError(message("{address}: this account is empty; --yes fills it", address=self._address))

    def upload(self) -> bool:
        """Uploads changes and media. Returns whether anything was downloaded on the way. Raises `DulyError`."""
        has_changed = False
        if self._settle():
            state_before = self.read()
            required, media = self._sync()
            if required == NO_CHANGES and self._is_unsent():
                # A collection dated like the server's counts as unchanged; after an upload that may be a coincidence.
                self._date(2)
                required, media = self._sync()
            if required in (FULL_SYNC, FULL_DOWNLOAD, FULL_UPLOAD):
                # An empty account is filled. Otherwise the next pass pushes what the server lacks.
                self._full(media, upload=required == FULL_UPLOAD)
            has_changed = self.read() != state_before
        self._call(lambda: self._collection.sync_media(self._auth()))
        while self._call(self._collection.media_sync_status).active:
            time.sleep(0.05)
        return has_changed

    def _was_synced(self) -> bool:
        """Whether the mirror was ever synced: the server answers "no changes" for an empty account, too."""
        ((last_sync,),) = self._rows("select ls from col")
        return bool(last_sync)

    def _settle(self) -> bool:
        """Dates unsent changes; returns whether there are any."""
        is_unsent = self._is_unsent()
        if is_unsent:
            self._date(1)
        return is_unsent

    def _is_unsent(self) -> bool:
        """Whether there are unsent changes: a sync makes both dates equal."""
        ((is_unsent,),) = self._rows("select mod != ls from col")
        return bool(is_unsent)

    def _date(self, later: int) -> None:
        """Dates the collection `later` milliseconds after its last sync."""
        self._many("update col set mod = ls + ?", [(later,)])

    def _sync(self) -> tuple[int, int]:
        """Syncs the collection; returns what the server requires, and its update sequence number for media."""
        answer: Any = self._call(lambda: self._collection.sync_collection(self._auth(), False))
        if answer.new_endpoint:
            self._account = ServerAccount(self._account.key, answer.new_endpoint)
            write_account(self._folder, self._account)
        return answer.required, answer.server_media_usn

    def _full(self, media: int, *, upload: bool) -> None:
        collection = self._collection
        collection.close_for_full_sync()
        try:
            self._call(lambda: collection.full_upload_or_download(auth=self._auth(), server_usn=media, upload=upload))
        finally:
            collection.reopen(after_full_sync=True)

    def _auth(self) -> Any:
        from anki.sync_pb2 import SyncAuth

        return SyncAuth(hkey=self._account.key, endpoint=self._account.endpoint, io_timeout_secs=TIMEOUT)

    def _call(self, call: Callable[[], Result]) -> Result:
        return _retry_and_explain(self._collection, self._address, call)


def _retry_and_explain(collection: "Collection", address: str, call: Callable[[], Result]) -> Result:
    """The result of a call, which is repeated if another sync of the account interrupts it. Raises `DulyError`."""
    from anki.errors import BackendError, NetworkError, SyncError

    for attempt in range(MOST_TRIES):
        try:
            return call()
        except (SyncError, NetworkError, BackendError) as error:
            if str(error) != collection.tr.sync_conflict() or attempt == MOST_TRIES - 1:
                raise DulyError(_sentence(collection, address, error)) from error
            time.sleep((attempt + 1) * random.uniform(0.5, 2))
    raise AssertionError("the last turn returns or raises")


def _sentence(collection: "Collection", address: str, error: Exception) -> Message:
    """Our own error message: Anki's messages call every server AnkiWeb, and may advise what would do harm."""
    from anki.errors import NetworkError, SyncError, SyncErrorKind

    if isinstance(error, SyncError) and error.kind is SyncErrorKind.AUTH:
        return message("{address}: the user name, the password or the key is not accepted; log in again with --login",
                       address=address)  # fmt: skip
    if str(error) == collection.tr.sync_conflict():
        return message("{address}: another device is syncing this account; sync again later", address=address)
    if str(error) == collection.tr.sync_clock_off():
        return message("{address}: the clocks of this computer and of the server differ; set yours right",
                       address=address)  # fmt: skip
    if isinstance(error, NetworkError):
        return message("{address}: the server cannot be reached; nothing is lost, sync again later", address=address)
    if "size limit" in str(error):
        return message("{address}: the collection is too large for the server; raise MAX_SYNC_PAYLOAD_MEGS there",
                       address=address)  # fmt: skip
    return message("{address}: the server could not sync; nothing is lost, sync again later", address=address)


def _busy(address: str) -> Message:
    return message("another sync with {address} is running", address=address)
