"""How the fields of a note type become a note of ours: read from what its card templates show."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from duly.anki.raw import RawType

_TEMPLATE_TAG = re.compile(r"\{\{(?P<sign>[#^/!]?)(?P<content>[^{}]*)\}\}")
SPECIAL = frozenset(("FrontSide", "Tags", "Type", "Deck", "Subdeck", "CardFlag", "Card", "CardID"))
"""Names in templates that look like fields but are not."""


@dataclass(frozen=True, slots=True)
class Side:
    """A side of a card, as the names of fields, each once and in the order in which they stand.

    `shown` are shown at once, `hints` on demand, `typed` are to be typed, `deleted` have deletions that are asked, and
    `conditions` only decide what is shown.
    """

    shown: tuple[str, ...]
    hints: tuple[str, ...]
    typed: tuple[str, ...]
    deleted: tuple[str, ...]
    conditions: tuple[str, ...]


def side(template: str, filled: Collection[str] = (), empty: Collection[str] = ()) -> Side:
    """What one side of a template shows, where the fields `filled` hold something and the fields `empty` nothing.

    What a condition on any other field lets show is taken as shown.
    """
    found: dict[str, dict[str, None]] = {way: {} for way in ("shown", "hints", "typed", "deleted", "conditions")}
    for sign, content, is_open in _tags(template, {"#": empty, "^": filled}):
        *filters, name = (part.strip() for part in content.split(":"))
        if name and name not in SPECIAL and (sign or is_open):
            found["conditions" if sign else _way(filters)][name] = None
    return Side(**{way: tuple(names) for way, names in found.items()})


def _tags(template: str, hiding: Mapping[str, Collection[str]]) -> Iterator[tuple[str, str, bool]]:
    """The sign and content of every tag, and whether no section that it stands in is hidden.

    `hiding` tells, by the sign of a section, the fields whose section is hidden.
    """
    sections: list[bool] = []
    for tag in _TEMPLATE_TAG.finditer(re.sub(r"<!--.*?-->", "", template, flags=re.DOTALL)):
        sign, content = tag["sign"], tag["content"]
        if sign in hiding:
            sections.append(content.strip() not in hiding[sign])
        elif sign == "/" and sections:
            sections.pop()
        yield sign, content, all(sections)


def _way(filters: list[str]) -> str:
    if "cloze" in filters or "cloze-only" in filters:
        return "deleted"
    if "type" in filters:
        return "typed"
    return "hints" if "hint" in filters else "shown"


class Way(Enum):
    """The kind of note that it becomes."""

    BASIC = "basic"
    REVERSED = "reversed"
    TYPED = "typed"
    CLOZE = "cloze"


@dataclass(frozen=True, slots=True)
class FieldMapping:
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


def map_fields(kind: RawType, values: Mapping[str, str], ords: Sequence[int]) -> FieldMapping | None:
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
        return FieldMapping(Way.TYPED, question, answer, first.hints, extra, (first.ord,))
    for other in cards[1:]:
        if other.front[0] == answer[0] and question[0] in other.back and not other.typed:
            return FieldMapping(Way.REVERSED, question, answer, first.hints, extra, (first.ord, other.ord))
    return FieldMapping(Way.BASIC, question, answer, first.hints, extra, (first.ord,))


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


def _cloze(kind: RawType, values: Mapping[str, str]) -> FieldMapping | None:
    sides: Sequence[Side] = _sides(kind, 0, values) if kind.templates else ()
    deleted = _filled(_all(sides, "deleted"), values)
    if not deleted:
        return None
    hints = _filled(sides[0].hints, values)
    others = _filled((*_all(sides, "shown"), *_all(sides, "typed"), *sides[1].hints), values)
    extra = tuple(name for name in dict.fromkeys((*deleted[1:], *others)) if name != deleted[0] and name not in hints)
    return FieldMapping(Way.CLOZE, deleted[:1], (), hints, extra, ())


def _sides(kind: RawType, number: int, values: Mapping[str, str]) -> tuple[Side, Side]:
    """Front and back of a card of the note with these values."""
    template = kind.templates[number]
    empty = {field.name for field in kind.fields} - values.keys()
    return side(template.front, values, empty), side(template.back, values, empty)


def _all(sides: Sequence[Side], way: str) -> Iterator[str]:
    return (name for part in sides for name in getattr(part, way))


def _filled(names: Iterator[str] | Sequence[str], values: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys(names) if name in values)
