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
    """A card with its schedule. The search key of its text is computed at first use, and stored."""

    __slots__ = ("_text", "card", "schedule")

    def __init__(self, card: Card, schedule: Schedule, text: str | None = None) -> None:
        self.card = card
        self.schedule = schedule
        self._text = text

    @property
    def text(self) -> str:
        """The search key of all texts of the note, and its id."""
        if self._text is None:
            self._text = search_key("\n".join((*self.card.note.texts, self.card.note.id)))
        return self._text

    def with_schedule(self, schedule: Schedule) -> "CardRow":
        """The same card with another schedule."""
        return CardRow(self.card, schedule, self._text)


def card_rows(cards: Iterable[Card], schedules: Mapping[CardId, Schedule]) -> list[CardRow]:
    """The cards in their order, each with its schedule."""
    return [CardRow(card, schedules.get(card.id, NEW)) for card in cards]


def search_key(text: str) -> str:
    """The form of a text for comparisons: case, width and compatible forms of characters are normalised."""
    return unicodedata.normalize("NFKC", text).casefold()


class Order(StrEnum):
    """The orders of a list of cards."""

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
    """A value that is small for hard cards: SM-2's easiness, or FSRS's difficulty, 1 to 10, with its sign changed."""
    return memory.easiness if isinstance(memory, Sm2Memory) else -memory.difficulty


def sort_rows(cards: Iterable[CardRow], order: Order) -> list[CardRow]:
    """The cards in this order: the soonest due, the longest interval, the hardest, or the most lapses first.

    Sorting is stable; new cards come last.
    """
    if order is Order.WRITTEN:
        return list(cards)
    key = _SORT_KEYS[order]
    return sorted(cards, key=lambda row: key(row.schedule))


MOST_TERMS = 200
"""The maximum number of terms of a query, because each is tested on every card."""

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
_KEY = re.compile(r"[A-Za-z]+:(?![:/]|$)")
"""The key of a term: the ``dekc:`` of ``dekc:ml``; none in ``std::vector`` or ``https://example.org``."""
_PROPERTY = re.compile(r"(?P<name>[a-z]+)(?P<sign><=|>=|!=|[<>=≤≥≠])(?P<value>-?\d+(?:\.\d+)?)", re.IGNORECASE)
"""``ivl>20``, ``due<=-3``, ``ease≥2.5``."""


def search(
    query: str, cards: Iterable[Card], schedules: Mapping[CardId, Schedule], today: StudyDay
) -> tuple[Card, ...]:
    """The cards that match every term of the query; all cards for an empty query. Raises `DulyError`."""
    return tuple(row.card for row in search_rows(query, card_rows(cards, schedules), today))


def search_rows(query: str, rows: Iterable[CardRow], today: StudyDay) -> list[CardRow]:
    """The rows that match every term of the query, for repeated searches as a query is typed. Raises `DulyError`."""
    half_width = unicodedata.normalize("NFKC", query)  # tag：csr, －is:new
    terms = dict.fromkeys((term["body"], bool(term["minus"])) for term in _TERM.finditer(half_width))
    if len(terms) > MOST_TERMS:
        raise DulyError(message("a query has at most {limit} terms; this one has {n}", limit=MOST_TERMS, n=len(terms)))
    tests = [_term_test(body, is_negated) for body, is_negated in terms]
    return [row for row in rows if all(test(row, today) for test in tests)]


def _term_test(body: str, is_negated: bool) -> Test:
    if _PARENTHESES.match(body):
        raise DulyError(
            message(
                '{term}: a query has no parentheses: all of its terms hold at once; to find the text, write "{term}"',
                term=body,
            )
        )
    key, colon, value = body.partition(":")
    make_test = FIELDS.get(key.lower()) if colon else None
    if make_test:
        test = make_test(value.strip(QUOTES))
    elif (comparison := _PROPERTY.fullmatch(body)) and comparison["name"].lower() in PROPERTIES:  # ivl>20
        test = _property_test(body)
    elif comparison:
        _refuse_similar(comparison["name"], PROPERTIES, "", body)
        test = _text_test(body)
    else:
        if _KEY.match(body):
            _refuse_similar(key, FIELDS, colon, body)
        test = _text_test(body.strip(QUOTES))
    return (lambda row, today: not test(row, today)) if is_negated else test


def _refuse_similar(name: str, names: Iterable[str], sign: str, body: str) -> None:
    """Raises `DulyError` if an unknown key or property is similar to a known one."""
    for similar_name in get_close_matches(name.lower(), names, n=1):
        raise DulyError(
            message("{name} is unknown; did you mean {meant}? To find the text, write \"{body}\"", name=name + sign,
                    meant=similar_name + sign, body=body)
        )  # fmt: skip


def _text_test(words: str) -> Test:
    wanted_key = search_key(words)
    return lambda row, _today: wanted_key in row.text


def _deck_test(name: str) -> Test:
    wanted_key = search_key(name)
    fold = lru_cache(search_key)
    return lambda row, _today: wanted_key in fold(row.card.note.deck)


def _tag_test(name: str) -> Test:
    return lambda row, _today: any(is_within(DeckName(tag), DeckName(name)) for tag in row.card.note.tags)


def _state_test(name: str) -> Test:
    if name.lower() not in STATES:
        names = [f"is:{state}" for state in STATES]
        raise DulyError(message("is:{name} is unknown; there are {known}", name=name, known=names))
    return STATES[name.lower()]


def _property_test(value: str) -> Test:
    match = _PROPERTY.fullmatch(value)
    if match is None or match["name"].lower() not in PROPERTIES:
        raise DulyError(
            message("prop:{value} is unknown; write it like prop:ivl>20, with one of {known}", value=value,
                    known=[*PROPERTIES])
        )  # fmt: skip
    property_of, compare, bound = PROPERTIES[match["name"].lower()], COMPARISONS[match["sign"]], float(match["value"])

    def test(row: CardRow, today: StudyDay) -> bool:
        number = property_of(row.schedule, today)
        return number is not None and compare(number, bound)

    return test


def _rated_test(value: str) -> Test:
    if not re.fullmatch(r"\d{1,6}", value) or int(value) < 1:  # 7
        raise DulyError(
            message("rated:{value} is unknown; rated:7 finds what was answered in the last 7 days", value=value)
        )
    days = int(value)
    return lambda row, today: row.schedule.last is not None and row.schedule.last > today - days


def _note_test(name: str) -> Test:
    return lambda row, _today: row.card.note.id == name


FIELDS: Mapping[str, Callable[[str], Test]] = {
    "deck": _deck_test,
    "tag": _tag_test,
    "is": _state_test,
    "prop": _property_test,
    "rated": _rated_test,
    "note": _note_test,
}
_PARENTHESES = re.compile(rf"[()]+$|\(+[-−–]?(?:{'|'.join(FIELDS)}):", re.IGNORECASE)
"""Parentheses meant to group terms: ``((``, ``(tag:nn``, but neither ``f(x)`` nor ``(sic)``."""
