"""Other programs, that play sounds and open files and links. Never through a shell."""

import asyncio
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from duly.errors import DulyError, reason
from duly.message import message

Which = Callable[[str], str | None]
StartFile = Callable[[str], object]

START_FILE: StartFile | None = getattr(os, "startfile", None)
"""How Windows opens a file or an address with the program that it has for it; other systems have no such call."""

PLAYERS: tuple[tuple[str, ...], ...] = (
    ("mpv", "--no-config", "--no-video", "--no-terminal", "--"),
    ("ffplay", "-nodisp", "-autoexit", "-loglevel", "quiet", "-i"),
    ("afplay",),
    ("cvlc", "--quiet", "--play-and-exit", "--no-video"),
    ("play", "-q"),
    ("pw-play",),
    ("paplay",),
    ("aplay", "-q"),
)
"""Players with the words that make them quiet and end; the first that is installed and can play the file is taken."""

PLAYABLE_SUFFIXES: dict[str, tuple[str, ...]] = {
    "pw-play": (".wav", ".flac", ".ogg", ".oga", ".opus"),
    "paplay": (".wav", ".flac", ".ogg", ".oga"),
    "aplay": (".wav",),
}
"""What players can play that cannot play everything."""

OPENERS: tuple[tuple[str, ...], ...] = (("xdg-open",), ("gio", "open"), ("wslview",), ("termux-open",))


def player(file: Path, which: Which = shutil.which) -> list[str]:
    """The words that play a sound. Raises `DulyError` where nothing is installed that can."""
    for name, *words in PLAYERS:
        if file.suffix.lower() in PLAYABLE_SUFFIXES.get(name, (file.suffix.lower(),)) and which(name):
            return [name, *words, str(file)]
    raise DulyError(message("no player was found for {file}; install mpv or ffmpeg", file=file.name))


def opener(target: str, platform: str = sys.platform, which: Which = shutil.which) -> list[str]:
    """The words that have the desktop open a file or an address. Raises `DulyError` where nothing can."""
    if platform == "darwin":
        return ["open", target]
    for name, *words in OPENERS:
        if which(name):
            return [name, *words, target]
    raise DulyError(message("no program was found to open {target}; install xdg-utils", target=target))


async def play_in_turn(sounds: Sequence[Path], start_file: StartFile | None = START_FILE) -> None:
    """Plays sounds one after another; ends the one that is heard where this is cancelled.

    Windows opens them itself where it has none of the `PLAYERS`. Raises `DulyError` where nothing can play one.
    """
    for sound in sounds:
        try:
            command = player(sound)
        except DulyError:
            if start_file is None:
                raise
            _start_file(start_file, str(sound))
            continue
        process = await _start(command)
        try:
            await process.wait()
        finally:
            if process.returncode is None:
                process.terminate()
                await process.wait()


async def open_apart(target: str, on_opened: Callable[[], None], start_file: StartFile | None = START_FILE) -> None:
    """Has the desktop open a file or an address in a process that outlives this one; calls `on_opened` after the start.

    Raises `DulyError` where nothing can open it.
    """
    if start_file is not None:
        _start_file(start_file, target)
        on_opened()
    else:
        process = await _start(opener(target))
        on_opened()
        await process.wait()


def _start_file(start_file: StartFile, target: str) -> None:
    try:
        start_file(target)
    except OSError as error:
        raise DulyError(message("{file} cannot be opened: {error}", file=target, error=reason(error))) from error


async def _start(command: Sequence[str]) -> asyncio.subprocess.Process:
    devnull = asyncio.subprocess.DEVNULL
    try:
        return await asyncio.create_subprocess_exec(
            *command, stdin=devnull, stdout=devnull, stderr=devnull, start_new_session=os.name != "nt"
        )
    except OSError as error:
        sentence = message("{program} cannot be started: {error}", program=command[0], error=reason(error))
        raise DulyError(sentence) from error
