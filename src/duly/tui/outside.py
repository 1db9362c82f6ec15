"""What a screen starts outside of the terminal: a player for sounds, the desktop's opener for pictures and links."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual.screen import Screen

from duly.errors import DulyError
from duly.i18n import _, said
from duly.tui.attachments import Attachments
from duly.tui.programs import opener, player, run_apart, run_in_turn
from duly.tui.screens.chooser import Chooser

SOUND = "sound"
"""The group of workers in which sounds are played."""


def play(screen: Screen[Any], found: Attachments) -> str:
    """Plays the sounds in the background, until the workers of the group are cancelled; what is to be said of it."""
    try:
        commands = [player(sound) for sound in found.sounds]
    except DulyError as error:
        return said(error.said)
    screen.run_worker(run_in_turn(commands), exclusive=True, group=SOUND)
    return "" if commands else _("There is no sound on this side.")


def open_one(screen: Screen[Any], found: Attachments, say: Callable[[str], None]) -> None:
    """Opens the picture or the link, or that which is chosen of several."""

    def chosen(index: int | None) -> None:
        if index is None:
            return
        try:
            command = opener(found.openable[index])
        except DulyError as error:
            say(said(error.said))
        else:
            screen.run_worker(run_apart(command), group="open")
            say(_("Opened outside of the terminal: {target}").format(target=found.openable[index]))

    if len(found.openable) > 1:
        screen.app.push_screen(Chooser(_("Open"), [Path(one).name or one for one in found.openable]), chosen)
    elif found.openable:
        chosen(0)
    else:
        say(_("There is no picture and no link on this side."))
