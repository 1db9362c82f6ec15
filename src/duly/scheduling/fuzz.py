"""Moves due days a little: at random, to spread cards that were learned together, or to a day with fewer due cards."""

from collections.abc import Mapping
from hashlib import blake2b

from duly.cards import CardId
from duly.scheduling.day import StudyDay
from duly.scheduling.sm2 import LONGEST


def fuzz_range(interval: int) -> range:
    """The days, counted from the answer, that may replace `interval`, as in Anki. An interval below 3 is not moved."""
    if interval < 3:
        return range(interval, interval + 1)
    # The margin is in thousandths of a day, so that all numbers are integers.
    margin = 1000 + 150 * min(interval, 7) - 375 + 100 * max(0, min(interval, 20) - 7) + 50 * max(0, interval - 20)
    shortest = (1000 * interval - margin + 500) // 1000
    longest = (1000 * interval + margin + 500) // 1000
    return range(min(shortest, LONGEST), min(longest, LONGEST) + 1)


def fuzzed_interval(card: str, count: int, interval: int) -> int:
    """One day of the range; the hash of the card and the `count` of its entries is the seed, so it is reproducible."""
    days = fuzz_range(interval)
    seed = int.from_bytes(blake2b(f"{card}:{count}".encode(), digest_size=8).digest(), "big")
    return days[seed % len(days)]


def fuzzed_due(card: CardId, count: int, interval: int, today: StudyDay) -> StudyDay:
    """The fuzzed due day of a card that was answered `today` and got this interval in days."""
    return StudyDay(today + fuzzed_interval(str(card), count, interval))


def balanced_due(interval: int, today: StudyDay, due: Mapping[StudyDay, int]) -> StudyDay:
    """The study day of the range with the fewest due cards; of several the nearest to `interval`, then the earlier.
    `due` has the number of cards by day.
    """
    days = (StudyDay(today + days) for days in fuzz_range(interval))
    return min(days, key=lambda day: (due.get(day, 0), abs(day - today - interval), day))
