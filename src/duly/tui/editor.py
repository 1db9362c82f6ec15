"""The learner's own editor, opened at a line of a file."""

import os
import shlex
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import PureWindowsPath
from typing import Any

from textual.app import App, SuspendNotSupported

from duly.errors import DulyError, reason
from duly.message import message
from duly.problem import Place

PLUS_LINE = ("+{line}", "{file}")
COLON_LINE = ("{file}:{line}",)
LINE_ARGUMENTS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("vi", "vim", "nvim", "view", "kak", "vis", "nano", "pico", "micro", "emacs", "emacsclient", "mg", "joe", "jed",
         "ne", "mcedit", "gedit", "gnome-text-editor", "sensible-editor", "editor"), PLUS_LINE,
    ),
    "gvim": ("--nofork", *PLUS_LINE),
    **dict.fromkeys(("hx", "helix"), COLON_LINE),
    **dict.fromkeys(("code", "code-insiders", "codium", "cursor", "windsurf"), ("--wait", "--goto", *COLON_LINE)),
    **dict.fromkeys(("subl", "zed", "zeditor"), ("--wait", *COLON_LINE)),
    **dict.fromkeys(("mate", "idea", "pycharm"), ("--wait", "--line", "{line}", "{file}")),
    "kate": ("--block", "--line", "{line}", "{file}"),
    "notepad++": ("-n{line}", "{file}"),
}  # fmt: skip
"""The arguments that open each editor at a line and make it wait until the file is closed; others get only the file."""

FALLBACKS = ("sensible-editor", "nano", "nvim", "vim", "vi", "hx", "notepad")
"""The editors to try, in this order, if neither ``VISUAL`` nor ``EDITOR`` is set."""

BATCH_SUFFIXES = (".cmd", ".bat")
CMD_SPECIAL_SIGNS = '&|<>^%"'
"""The suffixes of programs that Windows runs with ``cmd``, and the signs in a file name that ``cmd`` interprets."""


def editor_command(
    place: Place,
    environment: Mapping[str, str] = os.environ,
    which: Callable[[str], str | None] = shutil.which,
    *,
    windows: bool = os.name == "nt",
) -> list[str]:
    """The command that opens a place in the editor: that of ``VISUAL``, of ``EDITOR``, or the first installed one.

    Raises `DulyError` if there is none, or if it cannot be found.
    """
    editor = environment.get("VISUAL") or environment.get("EDITOR") or next(filter(which, FALLBACKS), "")
    words = [editor] if which(editor) else _words(editor, windows)
    if not words:
        raise DulyError(message("no editor was found; set EDITOR, to nano for example"))
    program = which(words[0])  # on Windows code and subl are .cmd files, which start only by their full name
    if program is None:
        raise DulyError(message("the editor {editor} was not found; set EDITOR, to nano for example", editor=words[0]))
    line_arguments = LINE_ARGUMENTS.get(PureWindowsPath(words[0]).stem.lower(), ("{file}",))
    # An absolute path never looks like an option.
    arguments = [
        *words[1:],
        *(argument.format(line=place.line, file=place.file.absolute()) for argument in line_arguments),
    ]
    if program.lower().endswith(BATCH_SUFFIXES) and any(
        sign in argument for argument in arguments for sign in CMD_SPECIAL_SIGNS
    ):
        raise DulyError(message("{editor} cannot open a file with this name: {file}", editor=words[0], file=place.file))
    return [program, *arguments]


def edit(app: App[Any], place: Place) -> None:
    """Gives the terminal to the editor until it is closed. Raises `DulyError` if it cannot be opened."""
    command = editor_command(place)
    try:
        _run_suspended(app, lambda: subprocess.run(command, check=False))
    except SuspendNotSupported:
        raise DulyError(
            message("no editor can be opened in this terminal; the card is at {place}", place=place)
        ) from None
    except OSError as error:
        sentence = message("{program} cannot be started: {error}", program=command[0], error=reason(error))
        raise DulyError(sentence) from error


def _run_suspended(app: App[Any], work: Callable[[], object]) -> None:
    """Runs `work` while the app is suspended.

    Raises the exception of `work` after the screen is restored, as Textual would not restore it otherwise. Raises
    `textual.app.SuspendNotSupported` before `work` if the app cannot be suspended.
    """
    failure: Exception | None = None
    with app.suspend():
        try:
            work()
        except Exception as error:
            failure = error
    if failure is not None:
        raise failure


def _words(command: str, windows: bool) -> list[str]:
    r"""The words of a command; on Windows backslashes are no escapes: ``"C:\My tools\kate.exe" -n`` has two words."""
    try:
        words = shlex.split(command, posix=not windows)
        return [word.strip('"') for word in words] if windows else words
    except ValueError:  # a quotation mark is not closed
        return [command]
