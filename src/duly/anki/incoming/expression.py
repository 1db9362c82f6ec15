"""How the notes of a note type become ours: which field is asked, which answers, and what else is shown with them.

A note's texts are its fields: one alone, or one and behind it others under their names (see `sections`). What no card
shows stays with the note's origin, from where the way back to Anki takes it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from duly.anki.incoming.templates import Side, side
from duly.anki.incoming.values import RawType


class Way(Enum):
    """The kind of note that it becomes."""

    BASIC = "basic"
    REVERSED = "reversed"
    TYPED = "typed"
    CLOZE = "cloze"


@dataclass(frozen=True, slots=True)
class Expression:
    """A note's fields by their part in ours, the first of each without its name, and the numbers of the cards asked.

    `cards` are in the order of our faces; for a cloze they are all of them.
    """

    way: Way
    question: tuple[str, ...]
    answer: tuple[str, ...]
    hint: tuple[str, ...]
    extra: tuple[str, ...]
    cards: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Card:
    """What a template asks of a note, empty fields left out: the fields of its front, and those new on its back."""

    ord: int
    front: tuple[str, ...]
    back: tuple[str, ...]
    hints: tuple[str, ...]
    typed: bool


def expression(kind: RawType, values: Mapping[str, str], ords: Sequence[int]) -> Expression | None:
    """How the note with these values, empty ones left out, and these cards can be ours; None if it cannot.

    The first card that has a question and an answer is taken, and the one that asks the same the other way round.
    """
    if kind.is_cloze:
        return _cloze(kind, values)
    cards = [card for number in ords if number < len(kind.templates) if (card := _card(kind, number, values))]
    if not cards:
        return None
    first = cards[0]
    question, answer = first.front, first.back[:1]
    extra = first.back[1:]
    if first.typed:
        return Expression(Way.TYPED, question, answer, first.hints, extra, (first.ord,))
    for other in cards[1:]:
        if other.front[0] == answer[0] and question[0] in other.back and not other.typed:
            return Expression(Way.REVERSED, question, answer, first.hints, extra, (first.ord, other.ord))
    return Expression(Way.BASIC, question, answer, first.hints, extra, (first.ord,))


def _card(kind: RawType, number: int, values: Mapping[str, str]) -> _Card | None:
    front, back = _sides(kind, number, values)
    asked = _filled(front.shown, values)
    typed = _filled((*front.typed, *back.typed), values)
    answers = tuple(name for name in _filled((*back.shown, *back.hints), values) if name not in asked)
    if typed:
        answers = (typed[0], *(name for name in answers if name != typed[0]))
    hints = tuple(name for name in _filled(front.hints, values) if name not in asked and name not in answers[:1])
    answers = tuple(name for name in answers if name not in hints)
    return _Card(number, asked, answers, hints, bool(typed)) if asked and answers else None


def _cloze(kind: RawType, values: Mapping[str, str]) -> Expression | None:
    sides: Sequence[Side] = _sides(kind, 0, values) if kind.templates else ()
    deleted = _filled(_all(sides, "deleted"), values)
    if not deleted:
        return None
    hints = _filled(sides[0].hints, values)
    others = _filled((*_all(sides, "shown"), *_all(sides, "typed"), *sides[1].hints), values)
    extra = tuple(name for name in dict.fromkeys((*deleted[1:], *others)) if name != deleted[0] and name not in hints)
    return Expression(Way.CLOZE, deleted[:1], (), hints, extra, ())


def _sides(kind: RawType, number: int, values: Mapping[str, str]) -> tuple[Side, Side]:
    """Front and back of a card of the note with these values."""
    template = kind.templates[number]
    empty = {one.name for one in kind.fields} - values.keys()
    return side(template.front, values, empty), side(template.back, values, empty)


def _all(sides: Sequence[Side], way: str) -> Iterator[str]:
    return (name for one in sides for name in getattr(one, way))


def _filled(names: Iterator[str] | Sequence[str], values: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys(names) if name in values)
