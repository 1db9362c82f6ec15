"""An account on a self-hosted sync server: the address, and the key from a login."""

import json
import os
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path
from urllib.parse import urlsplit

from duly.atomic_write import replacing
from duly.errors import DulyError, not_readable
from duly.message import message

KEY_FILE = "key.json"
THIS_COMPUTER = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class ServerAccount:
    """The credentials for a server: the key, and the address to which requests go."""

    key: str
    endpoint: str


def checked_address(address: str) -> str:
    """The address, ending in a slash. Raises `DulyError` for AnkiWeb, and for an invalid address."""
    text = address.strip()
    parts = urlsplit(text if "//" in text else f"//{text}")
    host = (parts.hostname or "").rstrip(".").casefold()
    if not text or host == "ankiweb.net" or host.endswith(".ankiweb.net"):
        raise DulyError(
            message(
                "AnkiWeb's terms do not allow other programs to sync with it; close Anki, type duly sync without"
                " --server, and let Anki itself sync with AnkiWeb. --server is for a sync server of your own"
            )
        )
    if parts.scheme not in ("http", "https") or not host:
        raise DulyError(message("{address}: write the address of the server as https://…", address=address))
    return text.rstrip("/") + "/"


def is_readable_on_the_way(address: str) -> bool:
    """Whether what is sent to this address is not encrypted, and leaves this computer."""
    parts = urlsplit(address)
    return parts.scheme == "http" and parts.hostname not in THIS_COMPUTER


def server_name(address: str) -> str:
    """The name of the folder with the mirror of a server and the base of its syncs."""
    return f"{urlsplit(address).hostname}-{blake2b(address.encode(), digest_size=4).hexdigest()}"


def read_account(folder: Path, address: str) -> ServerAccount:
    """The account of the last login. Raises `DulyError` if there was no login, or the key cannot be read."""
    file = folder / KEY_FILE
    try:
        return ServerAccount(**json.loads(file.read_bytes()))
    except (FileNotFoundError, ValueError, TypeError) as error:
        raise DulyError(
            message("you are not logged in to {address}: duly sync --server {address} --login", address=address)
        ) from error
    except OSError as error:
        raise not_readable(file, error) from error


def write_account(folder: Path, account: ServerAccount) -> None:
    """Saves the key in a file that only its owner can read. Raises `DulyError`."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / KEY_FILE
    if not file.exists():
        os.close(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600))
    with replacing(file) as stream:  # which keeps the mode
        stream.write(json.dumps(asdict(account)).encode("ascii"))


def forget_account(folder: Path) -> None:
    """Removes the key (log out); what was synced stays."""
    (folder / KEY_FILE).unlink(missing_ok=True)
