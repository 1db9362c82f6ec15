"""Leeches: cards that were forgotten so often that their wording is to blame."""

from duly.scheduling.schedule import Schedule

LEECH = 8
"""The lapses from which on a card is a leech."""

EVERY = 4
"""After so many further lapses the learner is told again."""


def is_leech(schedule: Schedule) -> bool:
    return schedule.lapses >= LEECH


def calls_for_notice(before: Schedule, after: Schedule) -> bool:
    """Whether the learner is told when a card went from `before` to `after`: at 8 lapses, then at every 4th."""
    return after.lapses > before.lapses and is_leech(after) and (after.lapses - LEECH) % EVERY == 0
