"""The query language: words, "a phrase", deck:, tag:, is:, prop:, and a minus that turns each into its contrary."""

import operator
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping

from duly.cards import Card, CardId, DeckName
from duly.cards.deck import is_within
from duly.errors import DulyError
from duly.message import message
from duly.scheduling.day import StudyDay
from duly.scheduling.leech import is_leech
from duly.scheduling.schedule import NEW, Schedule
from duly.study.queue import is_due

Test = Callable[[Card, Schedule, StudyDay], bool]

STATES: Mapping[str, Test] = {
    "new": lambda _card, schedule, _today: schedule.is_new,
    "due": lambda _card, schedule, today: not schedule.suspended and is_due(schedule, today),
    "suspended": lambda _card, schedule, _today: schedule.suspended,
    "leech": lambda _card, schedule, _today: is_leech(schedule),
}
PROPERTIES: Mapping[str, Callable[[Schedule, StudyDay], float | None]] = {
    "ivl": lambda schedule, _today: None if schedule.is_new else schedule.interval,
    "ease": lambda schedule, _today: None if schedule.is_new else schedule.easiness / 100,
    "reps": lambda schedule, _today: schedule.repetitions,
    "lapses": lambda schedule, _today: schedule.lapses,
    "due": lambda schedule, today: None if schedule.due is None else schedule.due - today,
}
COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "!=": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "=": operator.eq,
}

_TERM = re.compile(r'(?P<minus>-?)(?P<body>(?:[a-z]+:)?"[^"]*"|\S+)')
_PROPERTY = re.compile(r"(?P<name>[a-z]+)(?P<sign><=|>=|!=|<|>|=)(?P<value>-?\d+(?:\.\d+)?)")


def search(
    query: str, cards: Iterable[Card], schedules: Mapping[CardId, Schedule], today: StudyDay
) -> tuple[Card, ...]:
    """The cards that every term of the query holds for; all of them for an empty one. Raises `DulyError`."""
    tests = [_test(term["body"], bool(term["minus"])) for term in _TERM.finditer(query)]
    return tuple(card for card in cards if all(test(card, schedules.get(card.id, NEW), today) for test in tests))


def _test(body: str, negated: bool) -> Test:
    field, _, value = body.partition(":")
    make = FIELDS.get(field) if ":" in body else None
    test = make(value.strip('"')) if make else _words(body.strip('"'))
    return (lambda card, schedule, today: not test(card, schedule, today)) if negated else test


def _words(words: str) -> Test:
    wanted = _folded(words)
    return lambda card, _schedule, _today: wanted in _text(card)


def _deck(name: str) -> Test:
    wanted = _folded(name)
    return lambda card, _schedule, _today: wanted in _folded(card.note.deck)


def _tag(name: str) -> Test:
    return lambda card, _schedule, _today: any(is_within(DeckName(tag), DeckName(name)) for tag in card.note.tags)


def _state(name: str) -> Test:
    if name not in STATES:
        known = ", ".join(f"is:{state}" for state in STATES)
        raise DulyError(message("is:{name} is unknown; there are {known}", name=name, known=known))
    return STATES[name]


def _property(value: str) -> Test:
    found = _PROPERTY.fullmatch(value)
    if found is None or found["name"] not in PROPERTIES:
        raise DulyError(
            message("prop:{value} is unknown; write it like prop:ivl>20, with one of {known}", value=value,
                    known=", ".join(PROPERTIES))
        )  # fmt: skip
    read, compare, bound = PROPERTIES[found["name"]], COMPARISONS[found["sign"]], float(found["value"])

    def test(_card: Card, schedule: Schedule, today: StudyDay) -> bool:
        number = read(schedule, today)
        return number is not None and compare(number, bound)

    return test


FIELDS: Mapping[str, Callable[[str], Test]] = {"deck": _deck, "tag": _tag, "is": _state, "prop": _property}


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _text(card: Card) -> str:
    return _folded("\n".join((*card.note.texts, card.note.id)))
