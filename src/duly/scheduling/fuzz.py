"""Moving a due day a little: to spread cards that were learned together, or to a day on which fewer cards are due."""

from collections.abc import Mapping
from hashlib import blake2b

from duly.cards import CardId
from duly.scheduling.day import StudyDay
from duly.scheduling.sm2 import LONGEST


def fuzz_range(interval: int) -> range:
    """The days, counted from the answer, that stand for `interval`. Anki's range: an interval below 3 stays."""
    if interval < 3:
        return range(interval, interval + 1)
    thousandths = 1000 + 150 * min(interval, 7) - 375 + 100 * max(0, min(interval, 20) - 7) + 50 * max(0, interval - 20)
    least = (1000 * interval - thousandths + 500) // 1000
    most = (1000 * interval + thousandths + 500) // 1000
    return range(min(least, LONGEST), min(most, LONGEST) + 1)


def fuzzed(card: str, count: int, interval: int) -> int:
    """One day of the range, always the same for a card and the `count` of its entries: the seed is their hash."""
    days = fuzz_range(interval)
    seed = int.from_bytes(blake2b(f"{card}:{count}".encode(), digest_size=8).digest(), "big")
    return days[seed % len(days)]


def fuzzed_due(card: CardId, count: int, interval: int, today: StudyDay) -> StudyDay:
    """The study day on which a card is due that was answered `today` and got this interval, in days."""
    return StudyDay(today + fuzzed(str(card), count, interval))


def balanced_due(interval: int, today: StudyDay, due: Mapping[StudyDay, int]) -> StudyDay:
    """The study day of the range on which the fewest cards are due; of several the nearest to `interval`, then the
    earlier. `due` has the number of cards by day.
    """
    days = (StudyDay(today + days) for days in fuzz_range(interval))
    return min(days, key=lambda day: (due.get(day, 0), abs(day - today - interval), day))
