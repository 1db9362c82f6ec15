"""The device name under which a journal writes entries: every copy of the file gets its own."""

import json
import os
import platform
import sqlite3
from pathlib import Path


def claim_device(connection: sqlite3.Connection, file: Path) -> str:
    """Returns the device name of the journal at `file`, after giving it a new one if the file was copied or moved.

    A needless new name is harmless, but two copies with the same name would write different entries with the same id.
    """
    place = _place(file)
    if (device := _device_at(connection, place)) is not None:
        return device
    connection.execute("begin immediate")
    try:
        if _device_at(connection, place) is None:
            connection.execute("update device set id = lower(hex(randomblob(8))), place = ?", (place,))
        connection.execute("commit")
    except BaseException:
        if connection.in_transaction:
            connection.execute("rollback")
        raise
    return current_device(connection)


def current_device(connection: sqlite3.Connection) -> str:
    """The device name stored in the file, even if the file is a copy."""
    (device,) = connection.execute("select id from device").fetchone()
    return str(device)


def _device_at(connection: sqlite3.Connection, place: str) -> str | None:
    row = connection.execute("select id from device where place = ?", (place,)).fetchone()
    return str(row[0]) if row else None


def _place(file: Path) -> str:
    inode = file.stat().st_ino if file.exists() else 0  # a journal in memory has no file
    return json.dumps([platform.node(), os.path.realpath(file), inode])
