"""The learner's own editor, opened at a line of a file."""

import os
import shlex
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported

from duly.errors import DulyError
from duly.message import message
from duly.place import Place

PLUS = ("+{line}", "{file}")
COLON = ("{file}:{line}",)
AT_LINE: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("vi", "vim", "nvim", "view", "kak", "vis", "nano", "pico", "micro", "emacs", "emacsclient", "mg", "joe", "jed",
         "ne", "mcedit", "gedit", "gnome-text-editor", "sensible-editor", "editor"), PLUS,
    ),
    "gvim": ("--nofork", *PLUS),
    **dict.fromkeys(("hx", "helix"), COLON),
    **dict.fromkeys(("code", "code-insiders", "codium", "cursor", "windsurf"), ("--wait", "--goto", *COLON)),
    **dict.fromkeys(("subl", "zed", "zeditor"), ("--wait", *COLON)),
    **dict.fromkeys(("mate", "idea", "pycharm"), ("--wait", "--line", "{line}", "{file}")),
    "kate": ("--block", "--line", "{line}", "{file}"),
    "notepad++": ("-n{line}", "{file}"),
}  # fmt: skip
"""How each editor is told the line, and to wait until the file is closed; any other is given the file alone."""

FALLBACKS = ("sensible-editor", "nano", "nvim", "vim", "vi", "hx", "notepad")
"""What is tried, in this order, where neither ``VISUAL`` nor ``EDITOR`` is set."""


def editor_command(
    place: Place,
    environment: Mapping[str, str] = os.environ,
    which: Callable[[str], str | None] = shutil.which,
) -> list[str]:
    """The words that open the editor at a place: that of ``VISUAL``, of ``EDITOR``, or the first that is installed.

    Raises `DulyError` if there is none.
    """
    chosen = environment.get("VISUAL") or environment.get("EDITOR") or next(filter(which, FALLBACKS), "")
    words = _words(chosen)
    if not words:
        raise DulyError(message("no editor was found; set EDITOR, to nano for example"))
    arguments = AT_LINE.get(Path(words[0]).stem.lower(), ("{file}",))
    # An absolute path never looks like an option.
    return [*words, *(one.format(line=place.line, file=place.file.absolute()) for one in arguments)]


def edit(app: App[Any], place: Place) -> None:
    """Leaves the terminal to the editor until it is closed. Raises `DulyError` where it cannot be opened."""
    command = editor_command(place)
    try:
        with app.suspend():
            subprocess.run(command, check=False)
    except SuspendNotSupported:
        raise DulyError(
            message("no editor can be opened in this terminal; the card is at {place}", place=place)
        ) from None
    except OSError as error:
        why = error.strerror or str(error)
        raise DulyError(message("{editor} cannot be started: {error}", editor=command[0], error=why)) from error


def _words(command: str) -> list[str]:
    try:
        return shlex.split(command, posix=os.name != "nt")
    except ValueError:  # a quotation mark without its twin
        return [command]
