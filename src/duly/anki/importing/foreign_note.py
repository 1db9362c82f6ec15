"""Imports a note of any note type, with the origin that allows restoring the note for Anki exactly."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from duly.anki.importing.field_texts import FieldTexts
from duly.anki.importing.occlusion_notes import foreign_occlusion
from duly.anki.notes.field_mapping import AskedCard, FieldMapping, Way, map_fields
from duly.anki.notes.joined_fields import join_fields, omits_first_name, split_fields
from duly.anki.notes.occlusion_fields import field_roles
from duly.anki.notes.origins import Origin, OriginalHtml, text_digest
from duly.anki.notes.template import Piece
from duly.anki.raw_rows import RawType
from duly.cards import Basic, Cloze, Face, FurtherCard, Kind, Note, Reversed, Typed
from duly.cards.cloze import LARGEST, OPENING, numbers
from duly.cards.ids import is_face
from duly.markup.cloze.cloze_to_html import cloze_to_html
from duly.markup.html.plain_text import plain_text
from duly.markup.html.to_html import to_html
from duly.markup.math.mathjax_commands import disarm_commands

_INVALID_IN_FACE = re.compile(r"[\s/]+")  # the space and ``/`` of ``Card 1/2``
_LONGEST_NAME = 48
"""The most characters of a template's name in the face of its card."""

NO_ORDS: Mapping[str, int] = {}


def foreign_note(
    note: Note, note_type: RawType, ords: Sequence[int], fields: FieldTexts, ords_by_face: Mapping[str, int] = NO_ORDS
) -> tuple[Note, Origin] | None:
    """`note` with the texts of a note of the type `note_type`, and its origin; None if it has no question.

    `ords_by_face` has the numbers in Anki of the further cards that are known already.
    """
    if roles := field_roles(note_type):
        return foreign_occlusion(note, note_type, roles, fields)
    mapping = map_fields(note_type, fields.values, ords)
    if mapping is None:
        return None
    parts = _Parts(fields, is_cloze=mapping.way is Way.CLOZE)
    if not parts.add_note_parts(mapping):
        return None
    texts = parts.texts
    note_kind = _kind(mapping.way, texts["question"], texts["answer"])
    if note_kind is None:
        return None
    further_cards = {
        face: card
        for face, card in _faces(note_type, mapping.further_cards, ords_by_face)
        if parts.add_card(face, card)
    }
    cards = tuple(
        FurtherCard(face, texts[f"question/{face}"], texts[f"answer/{face}"], card.is_typed)
        for face, card in further_cards.items()
    )
    origin = Origin(
        type=note_type.id,
        way=mapping.way.value,
        faces=mapping.cards,
        further_ords={face: card.ord for face, card in further_cards.items()},
        cards=() if note_type.is_cloze else tuple(ords),
        parts={part: pieces for part, pieces in parts.pieces.items() if pieces},
        words=parts.words,
        originals=parts.originals(),
    )
    return note._replace(kind=note_kind, hint=texts["hint"], extra=texts["extra"], further_cards=cards), origin


@dataclass(slots=True)
class _Parts:
    """The parts of a note by name (see `duly.anki.notes.origins.Origin`): texts, fields, and the words around them."""

    fields: FieldTexts
    is_cloze: bool
    texts: dict[str, str] = field(default_factory=dict)
    pieces: dict[str, tuple[Piece, ...]] = field(default_factory=dict)
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def add_note_parts(self, mapping: FieldMapping) -> bool:
        """Adds the parts of the note itself. Returns False if their text could not be split into fields again."""
        pieces_by_part = {
            "question": mapping.question,
            "answer": mapping.answer,
            "hint": mapping.hint,
            "extra": mapping.extra,
        }
        return all(
            self._add(part, pieces_by_part[part], mapping.words if part == "question" else ())
            for part in pieces_by_part
        )

    def add_card(self, face: Face, card: AskedCard) -> bool:
        """Adds a further card, unless it has no question or no answer; returns whether it was added."""
        question, answer = f"question/{face}", f"answer/{face}"
        is_added = self._add(question, card.front, card.words) and self._add(answer, card.back)
        if is_added and _kind(Way.TYPED if card.is_typed else Way.BASIC, self.texts[question], self.texts[answer]):
            return True
        for part in (question, answer):
            self.pieces.pop(part, None)
            self.words.pop(part, None)
        return False

    def _add(self, part: str, pieces: tuple[Piece, ...], words: tuple[str, ...] = ()) -> bool:
        texts = tuple([self._text(part, piece) for piece in pieces])
        omit_first_name = omits_first_name(part, pieces)
        for words_to_try in dict.fromkeys((words, ())):
            text = join_fields(pieces, texts, omit_first_name=omit_first_name, words=words_to_try)
            if split_fields(pieces, text, omit_first_name=omit_first_name, words=words_to_try) == texts:
                self.texts[part], self.pieces[part] = text, pieces
                if words_to_try:
                    self.words[part] = words_to_try
                return True
        return False

    def originals(self) -> dict[str, OriginalHtml]:
        """The HTML of fields that cannot be restored from a text, and the hashes of the texts that show them."""
        all_pieces = [piece for pieces in self.pieces.values() for piece in pieces]
        whole_fields = {piece.field for piece in all_pieces if piece.is_whole}
        fields = self.fields.fields
        originals = {name: OriginalHtml(html) for name, html in fields.items() if html and name not in whole_fields}
        for part, pieces in self.pieces.items():
            for piece in pieces:
                is_alone = sum(other_piece.field == piece.field for other_piece in all_pieces) == 1
                is_whole = is_alone and not piece.reading and "/" not in part and part not in self.words
                if is_whole and self._is_restorable(part, piece):
                    continue
                digest = text_digest(self._text(part, piece))
                if piece.reading:
                    originals[piece] = OriginalHtml("", digest)
                    originals.setdefault(piece.field, OriginalHtml(fields[piece.field]))
                else:
                    originals[piece.field] = OriginalHtml(fields[piece.field], digest)
        return originals

    def _text(self, part: str, piece: Piece) -> str:
        return self.fields.piece(piece, cloze=self.is_cloze and part == "question")

    def _is_restorable(self, part: str, piece: Piece) -> bool:
        """Whether rendering the text of a field gives exactly its HTML."""
        render = cloze_to_html if self.is_cloze and part == "question" else to_html
        return disarm_commands(render(self._text(part, piece), self.fields.name)) == self.fields.fields[piece.field]


def _faces(
    note_type: RawType, cards: Sequence[AskedCard], ords_by_face: Mapping[str, int]
) -> Iterator[tuple[Face, AskedCard]]:
    """The further cards with their faces: the name of the template, with a number where it is not valid or unique."""
    used_faces = {*ords_by_face}
    faces_by_ord = {number: face for face, number in ords_by_face.items()}
    for card in cards:
        if card.ord in faces_by_ord:
            yield Face(faces_by_ord[card.ord]), card
            continue
        name = _INVALID_IN_FACE.sub("-", note_type.templates[card.ord].name.strip()).lower()[:_LONGEST_NAME]
        if not is_face(name) or name in used_faces:
            name = f"{name or 'card'}-{card.ord + 1}"
        used_faces.add(name)
        yield Face(name), card


def makes_cards(text: str) -> bool:
    """Whether there is a deletion, and every deletion makes a card."""
    all_numbers = [int(number[:100]) for opening in OPENING.finditer(text) for number in opening[1].split(",")]
    return bool(numbers(text)) and len(all_numbers) <= LARGEST and all(1 <= number <= LARGEST for number in all_numbers)


def _kind(way: Way, question: str, answer: str) -> Kind | None:
    if way is Way.CLOZE:
        return Cloze(question) if makes_cards(question) else None
    if not question.strip() or not answer.strip():
        return None
    if way is Way.TYPED:
        return Typed(question, answer) if plain_text(to_html(answer)) else None
    return Reversed(question, answer) if way is Way.REVERSED else Basic(question, answer)
