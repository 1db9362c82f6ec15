"""Leeches: cards that were forgotten so often that their wording is probably to blame."""

from duly.scheduling.schedule import Schedule

LEECH_LAPSES = 8
"""The number of lapses from which on a card is a leech."""

NOTICE_LAPSES = 4
"""The number of further lapses between two notices about a leech."""


def is_leech(schedule: Schedule) -> bool:
    return schedule.lapses >= LEECH_LAPSES


def calls_for_notice(before: Schedule, after: Schedule) -> bool:
    """Whether a change from `before` to `after` calls for a notice: at 8 lapses, then at every fourth one."""
    return after.lapses > before.lapses and is_leech(after) and (after.lapses - LEECH_LAPSES) % NOTICE_LAPSES == 0
