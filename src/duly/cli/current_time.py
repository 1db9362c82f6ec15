"""The clock of the command line, which the environment may set."""

import os
from datetime import datetime


def current_time() -> datetime | None:
    """The current time with its zone: ``DULY_NOW`` (ISO 8601 with an offset) if set, else that of the machine's clock.

    None if the variable has another value.
    """
    value = os.environ.get("DULY_NOW")
    if not value:
        return datetime.now().astimezone()
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.utcoffset() is not None else None
