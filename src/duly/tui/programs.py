"""Other programs for what a terminal cannot do: players of sounds, and the desktop's opener. Never through a shell."""

import asyncio
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from duly.errors import DulyError
from duly.message import message

Which = Callable[[str], str | None]

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

ONLY: dict[str, tuple[str, ...]] = {
    "pw-play": (".wav", ".flac", ".ogg", ".oga", ".opus"),
    "paplay": (".wav", ".flac", ".ogg", ".oga"),
    "aplay": (".wav",),
}
"""What players can play that cannot play everything."""

OPENERS: tuple[tuple[str, ...], ...] = (("xdg-open",), ("gio", "open"), ("wslview",), ("termux-open",))


def player(file: Path, which: Which = shutil.which) -> list[str]:
    """The words that play a sound. Raises `DulyError` where nothing is installed that can."""
    for name, *words in PLAYERS:
        if file.suffix.lower() in ONLY.get(name, (file.suffix.lower(),)) and which(name):
            return [name, *words, str(file)]
    raise DulyError(message("no player was found for {file}; install mpv or ffmpeg", file=file.name))


def opener(target: str, platform: str = sys.platform, which: Which = shutil.which) -> list[str]:
    """The words that have the desktop open a file or an address. Raises `DulyError` where nothing can."""
    if platform == "darwin":
        return ["open", target]
    if platform == "win32":
        return ["explorer", target]
    for name, *words in OPENERS:
        if which(name):
            return [name, *words, target]
    raise DulyError(message("no program was found to open {target}; install xdg-utils", target=target))


async def run_in_turn(commands: Sequence[Sequence[str]]) -> None:
    """Runs programs one after another; ends the one that runs where this is cancelled."""
    for command in commands:
        process = await _start(command)
        try:
            await process.wait()
        finally:
            if process.returncode is None:
                process.terminate()
                await process.wait()


async def run_apart(command: Sequence[str]) -> None:
    """Runs a program that goes on by itself, whatever becomes of this one."""
    await (await _start(command)).wait()


async def _start(command: Sequence[str]) -> asyncio.subprocess.Process:
    nothing = asyncio.subprocess.DEVNULL
    return await asyncio.create_subprocess_exec(
        *command, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=os.name != "nt"
    )
