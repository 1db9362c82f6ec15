"""Plays the sounds of the card on a screen, and opens its pictures and links."""

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

from textual.screen import Screen

from duly.errors import DulyError
from duly.i18n import _, translate
from duly.tui.card_attachments import Attachments
from duly.tui.other_programs import open_apart, play_in_turn
from duly.tui.screens.select import Select

SOUND = "sound"
"""The group of the workers that play sounds."""

Say = Callable[[str], None]
"""Shows a message in the bottom line of the screen."""


def play(screen: Screen[Any], attachments: Attachments, say: Say) -> None:
    """Plays the sounds in the background, until the workers of the group are cancelled."""
    say("" if attachments.sounds else _("There is no sound on this side."))
    screen.run_worker(_run_program(play_in_turn(attachments.sounds), say), exclusive=True, group=SOUND)


def play_by_itself(screen: Screen[Any], sounds: Sequence[Path]) -> None:
    """Plays sounds without a key: no message if there is no player, and no window of another program."""

    def say(_words: str) -> None:
        pass

    screen.run_worker(_run_program(play_in_turn(sounds, None), say), exclusive=True, group=SOUND)


def open_one(screen: Screen[Any], attachments: Attachments, say: Say) -> None:
    """Opens the picture or link; of several, the one that the learner chooses."""

    def on_choice(index: int | None) -> None:
        if index is not None:
            target = attachments.openable[index]
            words = _("Opened outside of the terminal: {target}").format(target=target)
            screen.run_worker(_run_program(open_apart(target, lambda: say(words)), say), group="open")

    if len(attachments.openable) > 1:
        screen.app.push_screen(
            Select(_("Open"), [Path(target).name or target for target in attachments.openable]), on_choice
        )
    elif attachments.openable:
        on_choice(0)
    else:
        say(_("There is no picture and no link on this side."))


async def _run_program(program: Awaitable[None], say: Say) -> None:
    """Waits for a program; says so if it cannot be started."""
    try:
        await program
    except DulyError as error:
        say(translate(error.message))
