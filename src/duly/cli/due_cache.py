"""The last answer of ``duly due``, stored for shell prompts that ask for it again and again.

It is valid on its study day as long as the `stat` of all its sources is the same: deck files, media, journal, settings
and the code of duly. This module imports little, since importing the command takes many times as long. Like the cache,
a file that other users may write to is not used.
"""

import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from time import time_ns

from duly.cli.current_time import current_time
from duly.code_version import code_stamp
from duly.deckfile.walk import file_stats
from duly.locations import cache_file
from duly.private_file import is_private, make_private

SETTLING_TIME = 2 * 10**9
"""Nanoseconds after a change in which another one may get the same time (as on FAT): too early to store an answer."""
RELEVANT_VARIABLES = (
    "LANGUAGE",
    "LC_ALL",
    "LC_MESSAGES",
    "LANG",
    "HOME",
    "DULY_DB",
    "XDG_DATA_HOME",
    "XDG_CONFIG_HOME",
)
SEPARATOR = "\0"  # no path can hold it


def find_answer(words: Sequence[str]) -> str | None:
    """The stored answer to these words of the command line; None if there is none, or it is not valid any more."""
    with suppress(OSError, ValueError):
        file = _file()
        if not (is_private(file.parent) and is_private(file)):
            return None
        text = file.read_text(encoding="utf-8", errors="surrogateescape")
        answer, begins, ends, request, stats, *files = text.split(SEPARATOR)
        now = current_time()
        is_its_day = now is not None and begins <= now.replace(tzinfo=None).isoformat() < ends
        if (
            is_its_day
            and request == _request_key(words, files)
            and stats == repr(file_stats(files))
            and answer.isprintable()
        ):
            return answer
    return None


def store(words: Sequence[str], answer: str, day: Iterable[datetime], files: Sequence[str], stats: object) -> None:
    """Stores the answer for the time from the first moment of `day` to the second.

    `stats` are the `file_stats` of its `files` before they were read. If a file changed since then or just before,
    nothing is stored.
    """
    is_glob = sys.platform == "win32" and any(
        sign in word for word in words for sign in "*?[~$%"
    )  # click expands such a word
    from duly.atomic_write import replacing
    from duly.errors import DulyError

    with suppress(OSError, DulyError):
        current_stats, latest_time = file_stats(files), time_ns() - SETTLING_TIME
        if (
            current_stats == stats
            and all(time < latest_time for file in current_stats for time in file[1:3])
            and not is_glob
        ):
            parts = (answer, *(moment.isoformat() for moment in day), _request_key(words, files), repr(stats), *files)
            if make_private(_file()):
                with replacing(_file()) as stream:
                    stream.write(SEPARATOR.join(parts).encode(errors="surrogateescape"))


def _request_key(words: Sequence[str], files: Sequence[str]) -> str:
    """All that the answer depends on besides the files; the working folder only if a path is relative to it."""
    folder = "" if all(Path(file).is_absolute() for file in files) else str(Path.cwd())
    return ascii((*words, folder, [os.environ.get(name) for name in RELEVANT_VARIABLES], code_stamp("")))


def _file() -> Path:
    return cache_file().with_name("due.txt")
