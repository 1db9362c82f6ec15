"""Search: the query language (words, "a phrase", deck:, tag:, is:, prop:, rated:, note:, and a minus that negates
each), the rows it finds, and the orders in which they are listed.
"""

import operator
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache

from duly.cards import Card, CardId, DeckName
from duly.cards.deck_name import is_within
from duly.errors import DulyError
from duly.message import message
from duly.scheduling.day import StudyDay
from duly.scheduling.leech import is_leech
from duly.scheduling.schedule import NEW, Memory, Schedule, Sm2Memory
from duly.study.card_state import CardState, card_state
from duly.study.queue import is_due, is_set_aside


class CardRow:
    """A card and where it stands. Its text is folded once, when a search first asks for it, and then kept."""

    __slots__ = ("_text", "card", "schedule")

    def __init__(self, card: Card, schedule: Schedule, text: str | None = None) -> None:
        self.card = card
        self.schedule = schedule
        self._text = text

    @property
    def text(self) -> str:
        """Everything that is written on the card's note, and the note's id."""
        if self._text is None:
            self._text = search_key("\n".join((*self.card.note.texts, self.card.note.id)))
        return self._text

    def at(self, schedule: Schedule) -> "CardRow":
        """The same card, standing elsewhere."""
        return CardRow(self.card, schedule, self._text)


def card_rows(cards: Iterable[Card], schedules: Mapping[CardId, Schedule]) -> list[CardRow]:
    """The cards in their order, each with its schedule."""
    return [CardRow(card, schedules.get(card.id, NEW)) for card in cards]


def search_key(text: str) -> str:
    """A text as search compares it: without regard to case, width and other forms of the same character."""
    return unicodedata.normalize("NFKC", text).casefold()


class Order(StrEnum):
    """By what a list of cards is sorted."""

    WRITTEN = "written"
    DUE = "due"
    INTERVAL = "interval"
    EASINESS = "easiness"
    LAPSES = "lapses"


_SORT_KEYS: Mapping[Order, Callable[[Schedule], tuple[bool, float]]] = {
    Order.DUE: lambda schedule: (schedule.due is None, schedule.due or 0),
    Order.INTERVAL: lambda schedule: (schedule.is_new, -schedule.interval),
    Order.EASINESS: lambda schedule: (schedule.is_new, _ease_key(schedule.memory)),
    Order.LAPSES: lambda schedule: (schedule.is_new, -schedule.lapses),
}


def _ease_key(memory: Memory) -> float:
    """What is small for a hard card: SM-2's easiness; FSRS's difficulty, 1 to 10, from the other end."""
    return memory.easiness if isinstance(memory, Sm2Memory) else -memory.difficulty


def sort_rows(cards: Iterable[CardRow], order: Order) -> list[CardRow]:
    """The cards in this order: the soonest due, longest interval, hardest, or most often forgotten ones first.

    Cards that are alike in it stay in the order in which they came; new ones are last.
    """
    if order is Order.WRITTEN:
        return list(cards)
    key = _SORT_KEYS[order]
    return sorted(cards, key=lambda row: key(row.schedule))


MOST_TERMS = 200
"""In a query: each is asked of every card."""

Test = Callable[[CardRow, StudyDay], bool]

STATES: Mapping[str, Test] = {
    "new": lambda row, _today: row.schedule.is_new,
    "due": lambda row, today: is_due(row.schedule, today) and not is_set_aside(row.schedule, today),
    "young": lambda row, _today: card_state(row.schedule) is CardState.YOUNG,
    "mature": lambda row, _today: card_state(row.schedule) is CardState.MATURE,
    "suspended": lambda row, _today: row.schedule.suspended,
    "buried": lambda row, today: (row.schedule.buried_until or today) > today,
    "starred": lambda row, _today: row.schedule.starred,
    "leech": lambda row, _today: is_leech(row.schedule),
}


def _ease(schedule: Schedule) -> float | None:
    return None if schedule.is_new or schedule.easiness is None else schedule.easiness / 100


PROPERTIES: Mapping[str, Callable[[Schedule, StudyDay], float | None]] = {
    "ivl": lambda schedule, _today: None if schedule.is_new else schedule.interval,
    "ease": lambda schedule, _today: _ease(schedule),
    "reps": lambda schedule, _today: schedule.repetitions,
    "lapses": lambda schedule, _today: schedule.lapses,
    "due": lambda schedule, today: None if schedule.due is None else schedule.due - today,
}
COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "<=": operator.le,
    "≤": operator.le,
    ">=": operator.ge,
    "≥": operator.ge,
    "!=": operator.ne,
    "≠": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "=": operator.eq,
}

QUOTES = '"“”'
_TERM = re.compile(r'(?P<minus>[-−–]?)(?P<body>(?:[A-Za-z]+:)?["“”][^"“”]*["“”]|\S+)')
"""``softmax``, ``-tag:nn``, ``deck:"a b"``, ``“注意力 机制”``."""
_FIELD = re.compile(r"[A-Za-z]+:(?![:/]|$)")
"""A key and a value: ``dekc:ml``, but neither ``std::vector`` nor ``https://example.org``."""
_PROPERTY = re.compile(r"(?P<name>[a-z]+)(?P<sign><=|>=|!=|[<>=≤≥≠])(?P<value>-?\d+(?:\.\d+)?)", re.IGNORECASE)
"""``ivl>20``, ``due<=-3``, ``ease≥2.5``."""


def search(
    query: str, cards: Iterable[Card], schedules: Mapping[CardId, Schedule], today: StudyDay
) -> tuple[Card, ...]:
    """The cards that every term of the query holds for; all of them for an empty one. Raises `DulyError`."""
    return tuple(row.card for row in search_rows(query, card_rows(cards, schedules), today))


def search_rows(query: str, among: Iterable[CardRow], today: StudyDay) -> list[CardRow]:
    """The same for cards that are listed already, as where a query is typed letter by letter. Raises `DulyError`."""
    half_width = unicodedata.normalize("NFKC", query)  # tag：csr, －is:new
    terms = dict.fromkeys((term["body"], bool(term["minus"])) for term in _TERM.finditer(half_width))
    if len(terms) > MOST_TERMS:
        raise DulyError(message("a query has at most {limit} terms; this one has {n}", limit=MOST_TERMS, n=len(terms)))
    tests = [_test(body, negated) for body, negated in terms]
    return [row for row in among if all(test(row, today) for test in tests)]


def _test(body: str, negated: bool) -> Test:
    if _PARENTHESES.match(body):
        raise DulyError(
            message(
                '{term}: a query has no parentheses: all of its terms hold at once; to find the text, write "{term}"',
                term=body,
            )
        )
    key, colon, value = body.partition(":")
    make = FIELDS.get(key.lower()) if colon else None
    if make:
        test = make(value.strip(QUOTES))
    elif (comparison := _PROPERTY.fullmatch(body)) and comparison["name"].lower() in PROPERTIES:  # ivl>20
        test = _property(body)
    elif comparison:
        _refuse(comparison["name"], PROPERTIES, "", body)
        test = _words(body)
    else:
        if _FIELD.match(body):
            _refuse(key, FIELDS, colon, body)
        test = _words(body.strip(QUOTES))
    return (lambda row, today: not test(row, today)) if negated else test


def _refuse(name: str, known: Iterable[str], sign: str, body: str) -> None:
    """Raises `DulyError` where a key or property is not known, and is like one that is."""
    for meant in get_close_matches(name.lower(), known, n=1):
        raise DulyError(
            message("{name} is unknown; did you mean {meant}? To find the text, write \"{body}\"", name=name + sign,
                    meant=meant + sign, body=body)
        )  # fmt: skip


def _words(words: str) -> Test:
    wanted = search_key(words)
    return lambda row, _today: wanted in row.text


def _deck(name: str) -> Test:
    wanted = search_key(name)
    fold = lru_cache(search_key)
    return lambda row, _today: wanted in fold(row.card.note.deck)


def _tag(name: str) -> Test:
    return lambda row, _today: any(is_within(DeckName(tag), DeckName(name)) for tag in row.card.note.tags)


def _state(name: str) -> Test:
    if name.lower() not in STATES:
        known = [f"is:{state}" for state in STATES]
        raise DulyError(message("is:{name} is unknown; there are {known}", name=name, known=known))
    return STATES[name.lower()]


def _property(value: str) -> Test:
    match = _PROPERTY.fullmatch(value)
    if match is None or match["name"].lower() not in PROPERTIES:
        raise DulyError(
            message("prop:{value} is unknown; write it like prop:ivl>20, with one of {known}", value=value,
                    known=[*PROPERTIES])
        )  # fmt: skip
    read, compare, bound = PROPERTIES[match["name"].lower()], COMPARISONS[match["sign"]], float(match["value"])

    def test(row: CardRow, today: StudyDay) -> bool:
        number = read(row.schedule, today)
        return number is not None and compare(number, bound)

    return test


def _rated(value: str) -> Test:
    if not re.fullmatch(r"\d{1,6}", value) or int(value) < 1:  # 7
        raise DulyError(
            message("rated:{value} is unknown; rated:7 finds what was answered in the last 7 days", value=value)
        )
    days = int(value)
    return lambda row, today: row.schedule.last is not None and row.schedule.last > today - days


def _note(name: str) -> Test:
    return lambda row, _today: row.card.note.id == name


FIELDS: Mapping[str, Callable[[str], Test]] = {
    "deck": _deck,
    "tag": _tag,
    "is": _state,
    "prop": _property,
    "rated": _rated,
    "note": _note,
}
_PARENTHESES = re.compile(rf"[()]+$|\(+[-−–]?(?:{'|'.join(FIELDS)}):", re.IGNORECASE)
"""Parentheses meant to group terms: ``((``, ``(tag:nn``, but neither ``f(x)`` nor ``(sic)``."""
