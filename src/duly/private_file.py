"""Files that only this user may write: what others may write to is not trusted."""

import os
import stat
import sys
from pathlib import Path


def is_private(path: Path) -> bool:
    """Whether only this user may write there, or put another file in its place; always so on Windows, with other means.

    Raises `OSError` where there is nothing.
    """
    if sys.platform == "win32":
        return True
    status = path.stat()
    is_shared = status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return status.st_uid == os.geteuid() and not is_shared


def make_private(file: Path) -> bool:
    """Makes the file, empty, and its folder, where they are missing; returns whether only this user may write there.

    A file that others may write to is replaced, in a folder that is this user's own. Raises `OSError`.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not is_private(file.parent):
        return False
    if file.exists() and not is_private(file):
        file.unlink()
    file.touch(mode=0o600)
    return True
