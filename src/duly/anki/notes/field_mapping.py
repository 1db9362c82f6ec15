"""Maps the fields of any note type to the parts of a note of duly, by what its card templates show."""

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
    """What a template asks: the fields of its front, and those that only its back shows, without empty ones.

    `words` are those around the fields of its front (see `duly.anki.notes.template.words_around`).
    """

    ord: int
    front: tuple[Piece, ...]
    back: tuple[Piece, ...]
    hints: tuple[Piece, ...] = ()
    is_typed: bool = False
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldMapping:
    """The fields of an Anki note by the parts of a note of duly.

    `cards` are the numbers in Anki of the cards that become the note's faces, in the order of the faces; a cloze has
    none. `words` are those around the fields of the question. `further_cards` are the cards that become further cards.
    """

    way: Way
    question: tuple[Piece, ...]
    answer: tuple[Piece, ...]
    hint: tuple[Piece, ...]
    extra: tuple[Piece, ...]
    cards: tuple[int, ...]
    words: tuple[str, ...] = ()
    further_cards: tuple[AskedCard, ...] = ()


def map_fields(note_type: RawType, values: Mapping[str, str], ords: Sequence[int]) -> FieldMapping | None:
    """The mapping for a note with these values, without empty ones, and these cards; None if no card can be asked.

    The first card with a question and an answer determines the question; a card that asks exactly the reverse makes the
    note a reversed one; all others are further cards.
    """
    if note_type.is_cloze:
        return _cloze(note_type, values)
    cards = [card for number in ords if number < len(note_type.templates) if (card := _card(note_type, number, values))]
    if not cards:
        return None
    first, *other_cards = cards
    question, answer, extra = first.front, first.back[:1], first.back[1:]
    reverse_card = None if first.is_typed else next((card for card in other_cards if _is_reverse(card, first)), None)
    way = Way.TYPED if first.is_typed else Way.REVERSED if reverse_card else Way.BASIC
    further_cards = tuple(_further_card(card, extra) for card in other_cards if card is not reverse_card)
    numbers = (first.ord, reverse_card.ord) if reverse_card else (first.ord,)
    return FieldMapping(way, question, answer, first.hints, extra, numbers, first.words, further_cards)


def asks_more(mapping: FieldMapping, origin: Origin) -> bool:
    """Whether a note has more cards or words than when its `origin` was made, perhaps by an earlier version.

    Earlier versions imported neither further cards, nor the words of templates, nor readings.
    """
    has_words = mapping.words or any(card.words for card in mapping.further_cards)
    pieces = (*mapping.question, *mapping.answer, *mapping.extra)
    has_readings = any(piece.reading for piece in pieces)
    has_origin_readings = any(piece.reading for pieces in origin.parts.values() for piece in pieces)
    return bool(
        (mapping.further_cards and not origin.further_ords)
        or (has_words and not origin.words)
        or (has_readings and not has_origin_readings)
    )


def _is_reverse(card: AskedCard, first: AskedCard) -> bool:
    """Whether a card asks the reverse of `first`, and neither has words around its fields."""
    asks_answer = card.front[0] == first.back[0] and first.front[0] in card.back
    return asks_answer and not (card.is_typed or card.words or first.words)


def _further_card(card: AskedCard, extra: tuple[Piece, ...]) -> AskedCard:
    """The card, without fields that the note's extra shows after the answer."""
    answer = (*card.back[:1], *(piece for piece in card.back[1:] if piece not in extra))
    return AskedCard(card.ord, card.front, answer, is_typed=card.is_typed, words=card.words)


def _card(note_type: RawType, number: int, values: Mapping[str, str]) -> AskedCard | None:
    front, back = _sides(note_type, number, values)
    front_pieces = _with_values(front.fields, values)
    typed_pieces = _with_values((*front.inputs, *back.inputs), values)
    back_pieces = tuple(_new_on_back(_with_values((*back.fields, *back.hints), values), front_pieces))
    if typed_pieces:
        back_pieces = (typed_pieces[0], *(piece for piece in back_pieces if piece.field != typed_pieces[0].field))
    hints = tuple(
        piece
        for piece in _with_values(front.hints, values)
        if piece not in front_pieces and piece not in back_pieces[:1]
    )
    back_pieces = tuple(piece for piece in back_pieces if piece not in hints)
    if not front_pieces or not back_pieces:
        return None
    filled_fields = frozenset(values)
    words = words_around(
        note_type.templates[number].front, filled_fields, _names(note_type) - filled_fields, front_pieces
    )
    return AskedCard(number, front_pieces, back_pieces, hints, bool(typed_pieces), words)


def _new_on_back(pieces: Sequence[Piece], front_pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The fields that only the back shows, and then those whose reading only the back shows."""
    front_readings = {
        piece.field: {front_piece.reading for front_piece in front_pieces if front_piece.field == piece.field}
        for piece in front_pieces
    }
    first_pieces = {piece.field: piece for piece in reversed(pieces)}
    distinct_pieces = [piece for piece in pieces if first_pieces[piece.field] == piece]
    yield from (piece for piece in distinct_pieces if piece.field not in front_readings)
    yield from (
        piece
        for piece in distinct_pieces
        if piece.field in front_readings
        and piece.reading not in front_readings[piece.field]
        and not front_readings[piece.field] & {"", "furigana"}
    )


def _cloze(note_type: RawType, values: Mapping[str, str]) -> FieldMapping | None:
    sides: Sequence[Side] = _sides(note_type, 0, values) if note_type.templates else ()
    cloze_pieces = _with_values(_pieces_of(sides, "clozes"), values)
    if not cloze_pieces:
        return None
    hints = _with_values(sides[0].hints, values)
    other_pieces = _with_values((*_pieces_of(sides, "fields"), *_pieces_of(sides, "inputs"), *sides[1].hints), values)
    extra = tuple(
        piece
        for piece in dict.fromkeys((*cloze_pieces[1:], *other_pieces))
        if piece != cloze_pieces[0] and piece not in hints
    )
    return FieldMapping(Way.CLOZE, cloze_pieces[:1], (), hints, extra, ())


def _sides(note_type: RawType, number: int, values: Mapping[str, str]) -> tuple[Side, Side]:
    """Front and back of a card of the note with these values."""
    template, empty = note_type.templates[number], _names(note_type) - values.keys()
    return side(template.front, values, empty), side(template.back, values, empty)


def _names(note_type: RawType) -> frozenset[str]:
    return frozenset(field.name for field in note_type.fields)


def _pieces_of(sides: Sequence[Side], role: str) -> Iterator[Piece]:
    return (piece for side in sides for piece in getattr(side, role))


def _with_values(pieces: Iterable[Piece], values: Mapping[str, str]) -> tuple[Piece, ...]:
    return tuple(piece for piece in dict.fromkeys(pieces) if piece.field in values)
