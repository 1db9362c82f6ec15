"""A note that came from Anki, as a note of its original type that Anki will recognise."""

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from duly.anki.notes.anki_note import AnkiNote, card_ord
from duly.anki.notes.field_mapping import map_fields
from duly.anki.notes.joined_fields import is_bare, split_fields
from duly.anki.notes.origins import Origin, text_digest
from duly.anki.raw import RawType
from duly.cards import Basic, CardId, Choice, Cloze, Face, Note, Reversed, Typed, faces
from duly.markup.cloze.cloze_to_html import cloze_to_html
from duly.markup.html.to_html import to_html
from duly.markup.math.mathjax import disarm_commands
from duly.message import Message, message

WAYS: Mapping[type, str] = {Basic: "basic", Reversed: "reversed", Typed: "typed", Cloze: "cloze", Choice: "choice"}
KEYS = {"question": "q", "answer": "a", "hint": "hint", "extra": "extra", "source": "source"}


@dataclass(frozen=True, slots=True)
class RestoredNote:
    """The note for Anki, and what its note type has no place for."""

    made: AnkiNote
    messages: tuple[Message, ...]


def restore_original_type(
    note: Note, origin: Origin, kind: RawType, media: Callable[[str], str]
) -> RestoredNote | None:
    """The note for Anki; None where it has become a note of another kind, which its note type cannot be.

    `media` names the file at a path in Anki.
    """
    if WAYS[type(note.kind)] != origin.way:
        return None
    way = _Way(note, origin, kind, media)
    values = way.values()
    ords = tuple(card_ord(face) for face in faces(note)) if kind.is_cloze else origin.cards
    asked = dict(zip(ords if kind.is_cloze else origin.faces, faces(note), strict=False))
    made = AnkiNote(
        guid=origin.guid or note.id,
        deck=note.deck,
        type=kind,
        fields=tuple(values.get(field.name, "") for field in kind.fields),
        tags=tuple(unicodedata.normalize("NFC", tag) for tag in note.tags),
        ords=ords,
        asked=tuple(CardId(note.id, asked.get(number, Face(""))) for number in ords),
    )
    return RestoredNote(made, tuple(way.messages))


@dataclass(slots=True)
class _Way:
    note: Note
    origin: Origin
    kind: RawType
    media: Callable[[str], str]
    messages: list[Message] = field(default_factory=list)

    def values(self) -> dict[str, str]:
        """The HTML of every field that is not empty."""
        shown = {name for names in self.origin.parts.values() for name in names}
        values = {name: original.html for name, original in self.origin.kept.items() if name not in shown}
        for part, text in self._texts():
            names = self.origin.parts.get(part, ())
            if text and not names:
                names = self._place(part, shown | values.keys())
            for name, each in zip(names, self._parted(part, names, text), strict=True):
                html = self._field(name, each, is_cloze=self.kind.is_cloze and part == "question")
                values[name] = html if values.get(name, html) == html else self._either(name, values[name], html)
        return values

    def _either(self, name: str, first: str, second: str) -> str:
        """The value of a field that is in two texts: of the one that was edited, or, if both were, of the second."""
        one, other = (KEYS[part] for part, names in self.origin.parts.items() if name in names)
        original = self.origin.kept.get(name)
        is_first = original is not None and original.html == second
        self.messages.append(
            message(
                "{place}: {one}: and {other}: are one field ({name}) in Anki, but differ here; it gets {chosen}:",
                place=self.note.place,
                one=one,
                other=other,
                name=name,
                chosen=one if is_first else other,
            )
        )
        return first if is_first else second

    def _texts(self) -> Iterator[tuple[str, str]]:
        kind = self.note.kind
        yield "question", self.note.question
        yield "answer", "" if isinstance(kind, Cloze) else kind.answer
        yield "hint", self.note.hint
        yield "extra", self.note.extra
        yield "source", self.note.source

    def _place(self, part: str, used: set[str]) -> tuple[str, ...]:
        """A field for a text that the note did not have in Anki: one that was empty there and is shown in that way."""
        every = map_fields(self.kind, {field.name: "x" for field in self.kind.fields}, self.origin.cards)
        free = [name for name in getattr(every, part, ()) if name not in used] if every else []
        if not free:
            self.messages.append(
                message(
                    "{place}: the note type {type} has no field for {key}:, so in Anki the card goes without",
                    place=self.note.place,
                    type=self.kind.name,
                    key=KEYS[part],
                )
            )
        return tuple(free[:1])

    def _parted(self, part: str, names: Sequence[str], text: str) -> Sequence[str]:
        """The text of each of these fields; all of it in the first one where that cannot be told."""
        if not text or not names:
            return [""] * len(names)
        if not self.origin.parts.get(part):
            return [text]
        found = split_fields(names, text, bare=is_bare(part, names))
        if found is not None:
            return found
        self.messages.append(
            message(
                "{place}: {key}: holds several fields ({names}), but their names are no longer there in this order;"
                " all of it goes into the first",
                place=self.note.place,
                key=KEYS[part],
                names=[*names],
            )
        )
        return [text] + [""] * (len(names) - 1)

    def _field(self, name: str, text: str, *, is_cloze: bool) -> str:
        """The field's HTML: to the letter what it was while its text, and the files that this shows, are."""
        changed = False

        def named(path: str) -> str:
            nonlocal changed
            found = self.media(path)
            changed = changed or found.startswith("duly-")
            return found

        html = disarm_commands((cloze_to_html if is_cloze else to_html)(text, named))
        original = self.origin.kept.get(name)
        return original.html if original and not changed and original.digest == text_digest(text) else html
