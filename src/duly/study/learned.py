"""All that was learned, read once, and the statistics of any deck and period of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from duly.cards import Card, CardId, DeckName
from duly.cards.deck import is_within
from duly.scheduling.day import StudyDay
from duly.scheduling.effects import Effect
from duly.scheduling.schedule import Schedule
from duly.study.statistics import Period, Statistics, statistics


@dataclass(frozen=True, slots=True)
class Learned:
    """The facts of a journal that count, each with what it did; the cards there are; where they stand."""

    effects: tuple[Effect, ...]
    cards: tuple[Card, ...]
    schedules: Mapping[CardId, Schedule]
    today: StudyDay

    def statistics(self, deck: DeckName | None = None, period: Period = Period.ALL) -> Statistics:
        """The figures of a deck and those within it. For None all answers count, those to cards that are gone too."""
        if deck is None:
            return statistics(self.effects, self.cards, self.schedules, self.today, period)
        cards = tuple(card for card in self.cards if is_within(card.note.deck, deck))
        known = {card.id for card in cards}
        effects = (one for one in self.effects if one.logged.entry.card in known)
        return statistics(effects, cards, self.schedules, self.today, period)
