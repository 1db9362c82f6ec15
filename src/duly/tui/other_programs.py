"""Runs other programs to play sounds and to open files and links; never through a shell."""

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
"""The call with which Windows opens a file or an address in its program; None on other systems."""

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
"""Players, with options to be quiet and to exit at the end. The first installed one that can play the file is used."""

PLAYABLE_SUFFIXES: dict[str, tuple[str, ...]] = {
    "pw-play": (".wav", ".flac", ".ogg", ".oga", ".opus"),
    "paplay": (".wav", ".flac", ".ogg", ".oga"),
    "aplay": (".wav",),
}
"""The suffixes that a player can play; players not listed here can play every file."""

OPENERS: tuple[tuple[str, ...], ...] = (("xdg-open",), ("gio", "open"), ("wslview",), ("termux-open",))


def player(file: Path, which: Which = shutil.which) -> list[str]:
    """The command that plays a sound. Raises `DulyError` if no suitable player is installed."""
    for name, *words in PLAYERS:
        if file.suffix.lower() in PLAYABLE_SUFFIXES.get(name, (file.suffix.lower(),)) and which(name):
            return [name, *words, str(file)]
    raise DulyError(message("no player was found for {file}; install mpv or ffmpeg", file=file.name))


def opener(target: str, platform: str = sys.platform, which: Which = shutil.which) -> list[str]:
    """The command that opens a file or an address on the desktop. Raises `DulyError` if there is none."""
    if platform == "darwin":
        return ["open", target]
    for name, *words in OPENERS:
        if which(name):
            return [name, *words, target]
    raise DulyError(message("no program was found to open {target}; install xdg-utils", target=target))


async def play_in_turn(sounds: Sequence[Path], start_file: StartFile | None = START_FILE) -> None:
    """Plays sounds one after another; cancelling it stops the current sound.

    Windows opens them itself if none of the `PLAYERS` is installed. Raises `DulyError` if a sound cannot be played.
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
    """Opens a file or an address on the desktop, in a process that outlives this one; calls `on_opened` at its start.

    Raises `DulyError` if it cannot be opened.
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
