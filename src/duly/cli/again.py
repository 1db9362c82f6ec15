"""What ``duly due`` said last, said again for as long as all that it hangs on is as it was.

A shell's prompt asks for it again and again, and mostly nothing has changed. So this way to the answer loads next to
nothing: no command, no settings, no notes. Of the options it knows nothing; it goes by the very words that were asked.
Whatever is other than it was, or wrong, is for the command to find out.
"""

import os
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import blake2b
from itertools import chain

from duly import cache
from duly.cli.clock import told
from duly.code import code_of
from duly.deckfile.disk import imprint, is_there
from duly.journal.state import state
from duly.locations import cache_path, journal_path, settings_path

KIND = "said"
"""What the cache holds, by the words and the folder they were asked in."""

LANGUAGE = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
CODE = (".", "cli", "study", "scheduling", "journal", "journal/schema", "deckfile", "cards", "locale/zh_CN/LC_MESSAGES")

EXPANDED = "*?[~$%" if sys.platform == "win32" else ""
"""Signs for which click puts other words in the place of those that were asked."""

SEPARATOR = "\0"
"""Stands between what is kept: no path can hold it."""


def says_again(words: Sequence[str]) -> bool:
    """Prints what was said to these words last, if that still holds. Whether it did."""
    said = _said(words)
    is_utf8 = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    if said is None or not (is_utf8 or said.isascii()):  # click knows how to write what the stream does not
        return False
    try:
        print(said, flush=True)
    except OSError:  # the command will meet it, too, and knows what to do
        return False
    return True


def sight(paths: Sequence[str], database: str) -> str | None:
    """A text that is another one when files or journal are; None where it cannot be told."""
    try:
        entries, files = state(database), imprint(paths)
    except OSError:
        return None
    return None if entries is None else f"{files} {entries}"


def keep(
    words: Sequence[str],
    said: str,
    *,
    paths: Sequence[str],
    database: str,
    seen: str | None,
    day: tuple[datetime, datetime],
    shown: Iterable[tuple[str, str]],
) -> None:
    """Keeps what was said to these words.

    It was found from `paths` and `database`, of which `seen` was the sight before; it holds on the wall clock from the
    first moment of `day` until before the second, while the media `shown` are there.
    """
    if seen is None or seen != sight(paths, database) or any(sign in word for word in words for sign in EXPANDED):
        return
    begins, ends = (moment.isoformat() for moment in day)
    facts = (said, begins, ends, seen, database, *paths, "", *chain.from_iterable(shown))
    with cache.opened(cache_path()) as kept:
        name, digest = _asked(words)
        kept.keep(KIND, {name: (digest, SEPARATOR.join(facts).encode(errors="surrogateescape"))})


def _said(words: Sequence[str]) -> str | None:
    try:
        with cache.opened(cache_path()) as kept:
            name, digest = _asked(words)
            value = kept.found(KIND, {name: digest}).get(name, b"")
        said, begins, ends, seen, database, *files = value.decode(errors="surrogateescape").split(SEPARATOR)
        paths, shown = files[: files.index("")], files[files.index("") + 1 :]
        moment = told()
        holds = (
            _is_harmless(said)
            and moment is not None
            and begins <= moment.replace(tzinfo=None).isoformat() < ends
            and seen == sight(paths, database)
            and all(map(is_there, shown[::2], shown[1::2]))
        )
    except (OSError, ValueError):  # whatever it is, the command says it
        return None
    return said if holds else None


def _is_harmless(said: str) -> bool:
    """Whether a terminal shows all of it. A full-width space, which is not printable by itself, is shown, too."""
    if said.isprintable():
        return True
    from duly.cli.excerpt import visible  # only such signs pay for the table of all characters

    return visible(said) == said


def _asked(words: Sequence[str]) -> tuple[str, bytes]:
    """A name for what was asked, and the hash of what decides about the answer besides files and journal."""
    try:
        with open(settings_path(), "rb") as stream:
            settings = stream.read()
    except FileNotFoundError:
        settings = b""
    languages = [os.environ.get(name) for name in LANGUAGE]
    around = ascii((settings, languages, journal_path(), code_of(*CODE)))
    return ascii((os.getcwd(), *words)), blake2b(around.encode(), digest_size=16).digest()
