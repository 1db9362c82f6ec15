"""Restores a note that came from Anki as a note of its original note type, so that Anki recognises it."""

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from duly.anki.notes.anki_note import AnkiNote, card_ord
from duly.anki.notes.field_mapping import map_fields
from duly.anki.notes.furigana import ruby_to_brackets
from duly.anki.notes.joined_fields import omits_first_name, split_fields
from duly.anki.notes.occlusion_fields import occlusion_texts, occlusion_values
from duly.anki.notes.origins import Origin, text_digest
from duly.anki.notes.template import Piece
from duly.anki.raw_rows import RawType
from duly.cards import Basic, CardId, Choice, Cloze, Face, Note, Occlusion, Reversed, Typed, faces
from duly.markup.cloze.cloze_to_html import cloze_to_html
from duly.markup.html.to_html import to_html
from duly.markup.math.mathjax_commands import disarm_commands
from duly.message import Message, message

WAYS: Mapping[type, str] = {Basic: "basic", Reversed: "reversed", Typed: "typed", Cloze: "cloze", Choice: "choice",
                             Occlusion: "occlusion"}  # fmt: skip
KEYS = {"question": "q", "answer": "a", "hint": "hint", "extra": "extra", "source": "source"}


@dataclass(frozen=True, slots=True)
class RestoredNote:
    """The note for Anki, and messages about texts and cards that its note type has no place for."""

    note: AnkiNote
    messages: tuple[Message, ...]


def restore_original_type(
    note: Note, origin: Origin, note_type: RawType, media: Callable[[str], str]
) -> RestoredNote | None:
    """The note for Anki; None if its kind has changed, which its note type does not allow.

    `media` returns the name in Anki of the file at a path.
    """
    if WAYS[type(note.kind)] != origin.way:
        return None
    restorer = _Restorer(note, origin, note_type, media)
    values = restorer.values()
    ords = tuple(card_ord(face) for face in faces(note)) if note_type.is_cloze else origin.cards
    faces_by_number = {number: face for face, number in origin.numbers(note).items()}
    anki_note = AnkiNote(
        guid=origin.guid or note.id,
        deck=note.deck,
        type=note_type,
        fields=tuple(values.get(field.name, "") for field in note_type.fields),
        tags=tuple(unicodedata.normalize("NFC", tag) for tag in note.tags),
        ords=ords,
        card_ids=tuple(CardId(note.id, faces_by_number.get(number, Face(""))) for number in ords),
    )
    return RestoredNote(anki_note, tuple(restorer.messages))


@dataclass(slots=True)
class _Restorer:
    note: Note
    origin: Origin
    note_type: RawType
    media: Callable[[str], str]
    messages: list[Message] = field(default_factory=list)

    def values(self) -> dict[str, str]:
        """The HTML of all fields that are not empty."""
        if isinstance(self.note.kind, Occlusion):
            return self._occlusion(self.note.kind)
        used_fields = {piece.field for pieces in self.origin.parts.values() for piece in pieces}
        used_fields |= {name for name, original in self.origin.originals.items() if original.html}
        values: dict[str, str] = {}
        parts_by_field: dict[str, str] = {}
        for part, text in self._texts():
            pieces = self.origin.parts.get(part, ())
            if text and not pieces:
                pieces = self._free_field(part, used_fields)
            for piece, piece_text in zip(pieces, self._split(part, pieces, text), strict=False):
                html = self._field(part, piece, piece_text)
                if html is not None and values.setdefault(piece.field, html) != html:
                    values[piece.field] = self._choose_value(
                        piece.field, (parts_by_field[piece.field], values[piece.field]), (part, html)
                    )
                parts_by_field.setdefault(piece.field, part)
        originals = {name: original.html for name, original in self.origin.originals.items() if original.html}
        return {**originals, **values}

    def _occlusion(self, occlusion: Occlusion) -> dict[str, str]:
        values = {name: original.html for name, original in self.origin.originals.items() if not original.digest}
        values_by_role, texts_by_role = (
            occlusion_values(self.note, occlusion, self.media),
            occlusion_texts(self.note, occlusion),
        )
        for role, (name, *_) in self.origin.parts.items():
            original = self.origin.originals.get(name)
            is_same = (
                original is not None
                and original.digest == text_digest(texts_by_role[role])
                and "duly-" not in values_by_role[role]
            )
            values[name] = original.html if original and is_same else disarm_commands(values_by_role[role])
        return values

    def _choose_value(self, name: str, first: tuple[str, str], second: tuple[str, str]) -> str:
        """The value of a field that two parts show: that of the edited part, or of the second if both were edited."""
        original = self.origin.originals.get(name)
        part, html = first if original is not None and original.html == second[1] else second
        self.messages.append(
            message(
                "{place}: {one}: and {other}: are one field ({name}) in Anki, but differ here; it gets {chosen}:",
                place=self.note.place,
                one=_key(first[0]),
                other=_key(second[0]),
                name=name,
                chosen=_key(part),
            )
        )
        return html

    def _texts(self) -> Iterator[tuple[str, str]]:
        note_type = self.note.kind
        yield "question", self.note.question
        yield "answer", "" if isinstance(note_type, Cloze) else note_type.answer
        yield "hint", self.note.hint
        yield "extra", self.note.extra
        yield "source", self.note.source
        for card in self.note.further_cards:
            if card.face in self.origin.further_ords:
                yield f"question/{card.face}", card.question
                yield f"answer/{card.face}", card.answer
            else:
                self.messages.append(no_card_message(self.note, self.note_type.name, card.face))

    def _free_field(self, part: str, used_fields: set[str]) -> tuple[Piece, ...]:
        """The field for a text that the note did not have in Anki: an empty one that is shown in the same part."""
        mapping = map_fields(self.note_type, {field.name: "x" for field in self.note_type.fields}, self.origin.cards)
        free_pieces = (
            [piece for piece in getattr(mapping, part, ()) if piece.field not in used_fields and piece.is_whole]
            if mapping
            else []
        )
        if not free_pieces:
            self.messages.append(
                message(
                    "{place}: the note type {type} has no field for {key}:, so in Anki the card goes without",
                    place=self.note.place,
                    type=self.note_type.name,
                    key=_key(part),
                )
            )
        return tuple(free_pieces[:1])

    def _split(self, part: str, pieces: Sequence[Piece], text: str) -> Sequence[str]:
        """The text of each of these fields. If it cannot be split, the first field gets all of it.

        Empty if the words of the note type around the fields are missing.
        """
        if not text or not pieces:
            return [""] * len(pieces)
        if not self.origin.parts.get(part):
            return [text]
        words = self.origin.words.get(part, ())
        texts = split_fields(pieces, text, omit_first_name=omits_first_name(part, pieces), words=words)
        if texts is not None:
            return texts
        original = self.origin.originals.get(pieces[0])
        # An earlier version wrote the text without the words.
        if words and len(pieces) == 1 and original and original.digest == text_digest(text):
            return [text]
        names = ", ".join(piece.field for piece in pieces)
        if words:
            sentence = message(
                "{place}: the words in {key}: around {names} are those of the note type {type}; bring them back;"
                " until then Anki keeps these fields as they were",
                place=self.note.place,
                key=_key(part),
                names=names,
                type=self.note_type.name,
            )
        else:
            sentence = message(
                "{place}: {key}: holds several fields ({names}), but their names are no longer there in this order;"
                " all of it goes into the first",
                place=self.note.place,
                key=_key(part),
                names=names,
            )
        self.messages.append(sentence)
        return [] if words else [text] + [""] * (len(pieces) - 1)

    def _field(self, part: str, piece: Piece, text: str) -> str | None:
        """The field's HTML: the original as long as its text and the media in it are unchanged.

        None for a text that shows only a part of the field.
        """
        has_new_media = False

        def media_name(path: str) -> str:
            nonlocal has_new_media
            name = self.media(path)
            has_new_media = has_new_media or name.startswith("duly-")
            return name

        is_cloze = self.note_type.is_cloze and part == "question"
        html = disarm_commands((cloze_to_html if is_cloze else to_html)(text, media_name))
        original, piece_original = self.origin.originals.get(piece.field), self.origin.originals.get(piece)
        is_same = piece_original is not None and piece_original.digest == text_digest(text)
        if not piece.is_whole:
            if not is_same:
                self.messages.append(
                    message(
                        "{place}: {key}: shows only a part of the field {name}, so what was changed there stays here;"
                        " change it in Anki",
                        place=self.note.place,
                        key=_key(part),
                        name=piece.field,
                    )
                )
            return None
        if is_same and not has_new_media and original is not None:
            return original.html
        return ruby_to_brackets(html) if piece.reading else html


def no_card_message(note: Note, type_name: str, face: Face) -> Message:
    """The message that a further card has no card in Anki."""
    return message(
        "{place}: the card {face} below more: stays here, for the note type {type} has no such card in Anki",
        place=note.place,
        face=face,
        type=type_name,
    )


def _key(part: str) -> str:
    """The key in a deck file of a part of a note."""
    name, _, face = part.partition("/")
    return f"{face} {KEYS[name]}" if face else KEYS[name]
