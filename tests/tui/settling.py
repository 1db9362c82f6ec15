"""When a screen is read: once the app has done all that it set out to do, however slow the machine.

`Pilot.pause` takes an app for idle that in 20 ms used hardly any time of the processor, which a loaded machine may not
have given it. And a resize, which Textual holds back by a timer, and then lays out twice, takes longer than that.
"""

import asyncio
from typing import Any

from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

PATIENCE = 60.0
"""Seconds after which an app that is still at work never comes to an end."""


async def settled(pilot: Pilot[None]) -> None:
    """Waits until no message is left to handle and nothing to lay out or to paint; not for timers, nor for threads.

    Raises `TimeoutError` when that takes longer than `PATIENCE`.
    """
    app = pilot.app
    async with asyncio.timeout(PATIENCE):
        while app.return_code is None:
            await pilot._wait_for_screen()  # for what is being handled, and so in no queue any more
            if _has_messages(app):
                continue
            unpainted = [screen for screen in (*app._background_screens, app.screen) if _has_to_paint(screen)]
            if not unpainted:
                break
            for screen in unpainted:
                screen._on_timer_update()  # which its timer does up to a sixtieth of a second later
                if not app._batch_count:
                    screen._dirty_widgets.clear()  # a screen behind another keeps those of which nothing is to be seen


def _has_messages(app: App[None]) -> bool:
    pumps = (app, *(widget for screen in app.screen_stack for widget in screen.walk_children(with_self=True)))
    held_back = app._resize_event is not None
    return held_back or any(pump.message_queue_size or pump._next_callbacks for pump in pumps)


def _has_to_paint(screen: Screen[Any]) -> bool:
    """Whether there is anything to lay out or to paint, or to be done after that.

    A screen behind another, whose colours shine through, calls for its next painting each time that it is painted.
    """
    whole = screen._repaint_required and screen is screen.app.screen
    layout = screen._layout_required or screen._scroll_required or screen._recompose_required
    return bool(whole or layout or screen._dirty_widgets or screen._callbacks)
