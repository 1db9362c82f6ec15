"""The actions on the asked card besides grading it, by the names that keys and typed commands share."""

from collections.abc import Callable, Mapping

from duly.study.actions import ActionResult
from duly.study.session import Session

ACTIONS: Mapping[str, Callable[[Session], ActionResult | None]] = {
    "star": Session.star,
    "bury": Session.bury,
    "bury_note": lambda session: session.bury(note=True),
    "suspend": Session.suspend,
    "suspend_note": lambda session: session.suspend(note=True),
}
