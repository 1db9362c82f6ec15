"""Maps the fields of any note type to the parts of a note here, by what its card templates show."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from duly.anki.notes.origins import Origin
from duly.anki.notes.template import Piece, Side, side, words_around
from duly.anki.raw_rows import RawType


class Way(Enum):
    """The kind of note that a note from Anki becomes."""

    BASIC = "basic"
    REVERSED = "reversed"
    TYPED = "typed"
    CLOZE = "cloze"


@dataclass(frozen=True, slots=True)
class AskedCard:
    """What a template asks: the fields of its front and those that only its back shows, without empty ones.

    `words` stand around the fields of its front (see `duly.anki.notes.template.words_around`).
    """

    ord: int
    front: tuple[Piece, ...]
    back: tuple[Piece, ...]
    hints: tuple[Piece, ...] = ()
    typed: bool = False
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldMapping:
    """A note's fields by the parts of a note here, and the numbers of the cards that are its faces.

    `cards` are in the order of the faces; for a cloze there are none. `words` stand around the fields of the question.
    `more` are the cards that become further cards.
    """

    way: Way
    question: tuple[Piece, ...]
    answer: tuple[Piece, ...]
    hint: tuple[Piece, ...]
    extra: tuple[Piece, ...]
    cards: tuple[int, ...]
    words: tuple[str, ...] = ()
    more: tuple[AskedCard, ...] = ()


def map_fields(kind: RawType, values: Mapping[str, str], ords: Sequence[int]) -> FieldMapping | None:
    """The mapping for a note with these values, without empty ones, and these cards; None if there is none.

    The first card with a question and an answer determines the question; a card that asks exactly the reverse makes it
    a reversed note; all others are further cards.
    """
    if kind.is_cloze:
        return _cloze(kind, values)
    cards = [card for number in ords if number < len(kind.templates) if (card := _card(kind, number, values))]
    if not cards:
        return None
    first, *others = cards
    question, answer, extra = first.front, first.back[:1], first.back[1:]
    back = None if first.typed else next((card for card in others if _is_reverse(card, first)), None)
    way = Way.TYPED if first.typed else Way.REVERSED if back else Way.BASIC
    more = tuple(_further(card, extra) for card in others if card is not back)
    numbers = (first.ord, back.ord) if back else (first.ord,)
    return FieldMapping(way, question, answer, first.hints, extra, numbers, first.words, more)


def asks_more(mapping: FieldMapping, origin: Origin) -> bool:
    """Whether a note has more cards or words than when its `origin` was made, perhaps by an earlier version.

    Earlier versions imported neither further cards, nor the words of templates, nor readings.
    """
    words = mapping.words or any(card.words for card in mapping.more)
    every = (*mapping.question, *mapping.answer, *mapping.extra)
    readings = any(piece.reading for piece in every)
    known = any(piece.reading for pieces in origin.parts.values() for piece in pieces)
    return bool((mapping.more and not origin.more) or (words and not origin.words) or (readings and not known))


def _is_reverse(card: AskedCard, first: AskedCard) -> bool:
    """Whether a card asks the reverse of `first`, without words of its own."""
    asks_answer = card.front[0] == first.back[0] and first.front[0] in card.back
    return asks_answer and not (card.typed or card.words or first.words)


def _further(card: AskedCard, extra: tuple[Piece, ...]) -> AskedCard:
    """The card without what the note's extra shows after the answer."""
    answer = (*card.back[:1], *(piece for piece in card.back[1:] if piece not in extra))
    return AskedCard(card.ord, card.front, answer, typed=card.typed, words=card.words)


def _card(kind: RawType, number: int, values: Mapping[str, str]) -> AskedCard | None:
    front, back = _sides(kind, number, values)
    asked = _filled(front.shown, values)
    typed = _filled((*front.typed, *back.typed), values)
    answers = tuple(_new(_filled((*back.shown, *back.hints), values), asked))
    if typed:
        answers = (typed[0], *(piece for piece in answers if piece.field != typed[0].field))
    hints = tuple(piece for piece in _filled(front.hints, values) if piece not in asked and piece not in answers[:1])
    answers = tuple(piece for piece in answers if piece not in hints)
    if not asked or not answers:
        return None
    filled = frozenset(values)
    words = words_around(kind.templates[number].front, filled, _names(kind) - filled, asked)
    return AskedCard(number, asked, answers, hints, bool(typed), words)


def _new(shown: Sequence[Piece], asked: Sequence[Piece]) -> Iterator[Piece]:
    """What only the back shows: other fields first, then fields of which the front hides the reading."""
    ways = {piece.field: {other.reading for other in asked if other.field == piece.field} for piece in asked}
    each = {piece.field: piece for piece in reversed(shown)}
    once = [piece for piece in shown if each[piece.field] == piece]
    yield from (piece for piece in once if piece.field not in ways)
    yield from (
        piece
        for piece in once
        if piece.field in ways and piece.reading not in ways[piece.field] and not ways[piece.field] & {"", "furigana"}
    )


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
    template, empty = kind.templates[number], _names(kind) - values.keys()
    return side(template.front, values, empty), side(template.back, values, empty)


def _names(kind: RawType) -> frozenset[str]:
    return frozenset(field.name for field in kind.fields)


def _all(sides: Sequence[Side], way: str) -> Iterator[Piece]:
    return (name for part in sides for name in getattr(part, way))


def _filled(pieces: Iterable[Piece], values: Mapping[str, str]) -> tuple[Piece, ...]:
    return tuple(piece for piece in dict.fromkeys(pieces) if piece.field in values)
