"""Files that only this user may write; duly does not trust files that others may write."""

import os
import stat
import sys
from pathlib import Path


def is_private(path: Path) -> bool:
    """Whether only this user may write the file or folder; always True on Windows, which protects them by other means.

    Raises `OSError` if it does not exist.
    """
    if sys.platform == "win32":
        return True
    status = path.stat()
    is_shared = status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return status.st_uid == os.geteuid() and not is_shared


def make_private(file: Path) -> bool:
    """Creates an empty file and its folder where they are missing; returns whether only this user may write there.

    A file that others may write is replaced if its folder is private. Raises `OSError`.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not is_private(file.parent):
        return False
    if file.exists() and not is_private(file):
        file.unlink()
    file.touch(mode=0o600)
    return True
