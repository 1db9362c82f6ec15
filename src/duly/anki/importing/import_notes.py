"""Imports the notes of an Anki collection, with their origins, and reports what was lost."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from urllib.parse import unquote

from duly.anki.importing import duly_types
from duly.anki.importing.compare import AnkiVersion, EditedNote, NoteComparer
from duly.anki.importing.field_texts import FieldTexts, is_blank
from duly.anki.importing.foreign_note import foreign_note
from duly.anki.importing.losses import Loss, Losses
from duly.anki.importing.media_import import MediaImport
from duly.anki.notes.field_mapping import map_fields
from duly.anki.notes.occlusion_fields import SIGN, field_roles
from duly.anki.notes.original_type import restore_original_type
from duly.anki.notes.origins import Origin, Origins
from duly.anki.notes.referenced_files import referenced_files, type_texts
from duly.anki.notes.template import side
from duly.anki.raw_rows import (
    BURIED,
    BURIED_BY_ANKI,
    FIELD_SEPARATOR,
    FLAG_COLOUR,
    SUSPENDED,
    RawCard,
    RawNote,
    RawType,
)  # fmt: skip
from duly.anki.read.open_anki import RawCollection
from duly.anki.write.package_rows import NoteRow
from duly.cards import Basic, DeckName, Note, NoteId, derived_id
from duly.cards.deck_name import is_within
from duly.cards.ids import is_note_id
from duly.cards.media_references import MediaReference
from duly.markup.html_to_markdown.from_html import with_paths
from duly.message import message
from duly.work_progress import Watch, unwatched

NONE: Mapping[str, Origin] = {}
SHOWN_AS = 60
"""The most characters by which a note is named in messages."""


@dataclass(frozen=True, slots=True)
class ImportedNotes:
    """The imported notes, in Anki's order; their origins; how many were known already; and what was lost.

    `edited` are known notes that differ in Anki.
    """

    notes: tuple[Note, ...]
    origins: Origins
    known: int
    losses: Losses
    edited: tuple[EditedNote, ...] = ()
    seen: tuple[NoteRow, ...] = ()
    """The rows in Anki of the imported notes, and of known notes whose origin was lost."""


def note_id(guid: str) -> NoteId:
    """The id that a note of Anki gets here."""
    return NoteId(guid) if is_note_id(guid) else derived_id(guid)


def import_notes(
    collection: RawCollection,
    media_import: MediaImport,
    file_of: Callable[[DeckName], Path],
    known: Collection[str],
    *,
    known_origins: Mapping[str, Origin] = NONE,
    comparer: NoteComparer | None = None,
    only: Collection[str] | None = None,
    watch: Watch = unwatched,
) -> ImportedNotes:
    """Imports the notes of `collection` whose ids are not `known`.

    Known notes get a new origin unless they are among the `known_origins`, and are compared by `comparer`. With `only`,
    notes with other guids are skipped.

    `file_of` returns the file of a deck, to which paths of media are relative; the media files themselves are collected
    by `media_import`. Raises `DulyError` if the collection is damaged.
    """
    importer = _Importer(collection, media_import, file_of, frozenset(known), known_origins, comparer)
    cards: dict[int, list[RawCard]] = defaultdict(list)
    for card in collection.cards():
        cards[card.note].append(card)
    notes = [note for note in collection.notes() if only is None or note.guid in only]
    for note in watch(notes, message("Reading notes from Anki")):
        importer.note(note, cards[note.id])
    importer.rest()
    origins = [*importer.origins.values(), *(note.origin for note in importer.edited if note.origin)]
    types = {origin.type for origin in origins}
    return ImportedNotes(
        notes=tuple(importer.notes.values()),
        origins=Origins(
            {number: kind for number, kind in collection.note_types.items() if number in types},
            importer.origins,
            {placed.path.as_posix(): (name, placed.digest) for name, placed in media_import.placed.items()},
        ),
        known=importer.left_alone,
        losses=importer.losses,
        edited=tuple(importer.edited),
        seen=tuple(importer.seen),
    )


@dataclass(slots=True)
class _Importer:
    """The import in progress, with its results so far."""

    collection: RawCollection
    media_import: MediaImport
    file_of: Callable[[DeckName], Path]
    known: frozenset[str]
    known_origins: Mapping[str, Origin]
    comparer: NoteComparer | None
    edited: list[EditedNote] = field(default_factory=list)
    seen: list[NoteRow] = field(default_factory=list)
    notes: dict[NoteId, Note] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)
    losses: Losses = field(default_factory=Losses)
    left_alone: int = 0
    shown: set[str] = field(default_factory=set)
    """The media of known notes."""
    decks: set[str] = field(default_factory=set)
    carried: set[int] = field(default_factory=set)
    """The note types whose media are imported already."""

    def note(self, raw: RawNote, cards: Sequence[RawCard]) -> None:
        """Imports the next note."""
        id_ = note_id(raw.guid)
        kind = self.collection.note_types.get(raw.type)
        decks = [self._deck(card) for card in cards]
        self.decks.update(decks)
        if id_ in self.known:
            self.left_alone += 1
            with_paths("".join(raw.fields), self._note_shown)
            if kind is not None and cards:
                self._again(raw, id_, kind, cards)
        elif id_ in self.notes:
            self.losses.add(Loss.REPEATED, id_)
        elif kind is None or not cards or len(kind.fields) != len(raw.fields):
            self.losses.add(Loss.UNASKED, _shown(raw))
        else:
            self._take(raw, id_, kind, cards, DeckName(decks[0]))

    def _again(self, raw: RawNote, id_: NoteId, kind: RawType, cards: Sequence[RawCard]) -> None:
        """Compares a known note; creates its origin if it is lost or outdated."""
        edited = self._compared(raw, id_, kind, cards)
        if edited is not None:
            self.edited.append(edited)
        origin = self.known_origins.get(id_)
        is_old = origin is not None and origin.mod < raw.mod and edited is None
        is_updated = self.comparer is not None and self.comparer.update
        if origin is not None and not is_updated and not kind.is_cloze and not origin.more:
            self._count_unasked(raw, kind, cards, origin)
        if not duly_types.is_duly_type(kind) and (origin is None or (is_old and is_updated)):
            self._lead_back(raw, id_, kind, cards)

    def _count_unasked(self, raw: RawNote, kind: RawType, cards: Sequence[RawCard], origin: Origin) -> None:
        """Counts the cards of a note that was imported by an earlier version, which knew no further cards."""
        if len(cards) > len(origin.faces) and len(kind.fields) == len(raw.fields):
            values = {
                field.name: html for field, html in zip(kind.fields, raw.fields, strict=True) if not is_blank(html)
            }
            mapping = map_fields(kind, values, [card.ord for card in cards])
            for card in mapping.more if mapping else ():
                self.losses.add(Loss.NOT_YET, f"{_shown(raw)}: {kind.templates[card.ord].name}")

    def _compared(self, raw: RawNote, id_: NoteId, kind: RawType, cards: Sequence[RawCard]) -> EditedNote | None:
        if self.comparer is None:
            return None
        note = self.comparer.known[id_]
        folder = note.place.file.parent if note.place else self.file_of(note.deck).parent
        losses, self.losses = self.losses, Losses()  # losses were reported when the note was first imported
        there = AnkiVersion(raw, kind, tuple(card.ord for card in cards), tuple(self._tags(raw)))
        edited = self.comparer.compare(note, there, partial(self._path, folder=folder))
        self.losses = losses
        if edited is None or edited.origin is None:
            return edited
        guid = raw.guid if raw.guid != note.id else ""
        return replace(edited, origin=replace(edited.origin, guid=guid, mod=raw.mod))

    def _lead_back(self, raw: RawNote, id_: NoteId, kind: RawType, cards: Sequence[RawCard]) -> None:
        """Creates the origin of a known note that has lost it; nothing else is imported or reported."""
        if cards and len(kind.fields) == len(raw.fields):
            losses, self.losses = self.losses, Losses()
            self._take(raw, id_, kind, cards, DeckName(self._deck(cards[0])))
            self.notes.pop(id_, None)
            self.losses = losses

    def rest(self) -> None:
        """Counts losses that concern no note: media, decks."""
        for deck in self.collection.decks.values():
            if deck.is_filtered:
                self.losses.add(Loss.FILTERED, deck.name)
            elif deck.id != 1 and not any(is_within(DeckName(name), DeckName(deck.name)) for name in self.decks):
                self.losses.add(Loss.EMPTY_DECKS, deck.name)
        for name in self.collection.refused_media:
            self.losses.add(Loss.REFUSED_MEDIA, name)
        for name in sorted(self.collection.media.keys() - self.media_import.placed.keys() - self.shown):
            self.losses.add(Loss.EMPTY_MEDIA if name in self.media_import.empty else Loss.UNUSED_MEDIA, name)

    def _take(self, raw: RawNote, id_: NoteId, kind: RawType, cards: Sequence[RawCard], deck: DeckName) -> None:
        fields = {field.name: html for field, html in zip(kind.fields, raw.fields, strict=True)}
        field_texts = FieldTexts(fields, partial(self._path, folder=self.file_of(deck).parent))
        note = Note(id_, Basic("", ""), deck, tuple(dict.fromkeys(self._tags(raw))), stamped=True)
        foreign = partial(self._foreign, note, raw, kind, cards)
        imported = duly_types.duly_note(note, field_texts) if duly_types.is_duly_type(kind) else foreign(field_texts)
        if imported is None:
            self.losses.add(Loss.OCCLUSION if field_roles(kind) else Loss.UNASKED, _shown(raw))
            return
        self.notes[id_] = imported
        ords = " ".join(str(card.ord) for card in cards)
        self.seen.append(
            NoteRow(raw.guid, kind.id, raw.mod, deck, FIELD_SEPARATOR.join(raw.fields), " ".join(self._tags(raw)), ords)
        )
        self._count(raw, cards, imported, field_texts)
        if id_ != raw.guid:
            self.losses.add(Loss.IDS, f"{id_} ({raw.guid})")

    def _foreign(
        self, note: Note, raw: RawNote, kind: RawType, cards: Sequence[RawCard], field_texts: FieldTexts
    ) -> Note | None:
        """Imports a note of a note type that is not ours, with its origin."""
        pair = foreign_note(note, kind, [card.ord for card in cards], field_texts)
        if pair is None:
            return None
        imported, origin = pair
        guid = raw.guid if raw.guid != note.id else ""
        origin = replace(origin, guid=guid, mod=raw.mod)
        back = restore_original_type(imported, origin, kind, field_texts.name)
        self.origins[note.id] = replace(origin, digest=back.made.digest.hex() if back else "")
        self.losses.add(Loss.LOOK, kind.name)
        self._carry(raw.fields)
        if kind.id not in self.carried:
            self.carried.add(kind.id)
            self._carry(type_texts(kind))
        losses = {piece.field for pieces in origin.parts.values() for piece in pieces} | _conditions(kind)
        for name in field_texts.values.keys() - losses:
            self.losses.add(Loss.FIELDS, f"{kind.name}: {name}")
        for card in cards:
            if not kind.is_cloze and card.ord not in (*origin.faces, *origin.more.values()):
                template = kind.templates[card.ord].name if card.ord < len(kind.templates) else str(card.ord + 1)
                self.losses.add(Loss.CARDS, f"{_shown(raw)}: {template}")
        return imported

    def _carry(self, texts: Iterable[str]) -> None:
        """Imports media that are needed only for restoring the note: no text here shows them."""
        for name in referenced_files(texts, self.collection.media):
            self.media_import.path(name, self.media_import.root)

    def _count(self, raw: RawNote, cards: Sequence[RawCard], imported: Note, field_texts: FieldTexts) -> None:
        for name in field_texts.unshown:
            self.losses.add(Loss.FORMATTING, f"{_shown(raw)}: {name}")
        for card in cards:
            if self._deck(card) != imported.deck:
                self.losses.add(Loss.DECKS, f"{_shown(raw, card)}: {self._deck(card)}")
            if card.flags & FLAG_COLOUR:
                self.losses.add(Loss.FLAGS, _shown(raw, card))
            if card.queue in (SUSPENDED, BURIED_BY_ANKI, BURIED):
                self.losses.add(Loss.SUSPENDED, _shown(raw, card))
            elif card.reps:
                self.losses.add(Loss.PROGRESS, _shown(raw, card))

    def _deck(self, card: RawCard) -> str:
        """The home deck of a card, also while it is in a filtered deck."""
        deck = self.collection.decks.get(card.home_deck or card.deck)
        levels = (level.strip(" :") or "blank" for level in deck.name.split("::")) if deck else ("Default",)
        return "::".join(levels)

    def _note_shown(self, name: str) -> None:
        self.shown |= {name, unquote(name)}

    def _path(self, name: str, *, folder: Path) -> str | None:
        path = self.media_import.path(name, folder)
        if path is None:
            case = name[:SHOWN_AS] if MediaReference(name, 0).is_inlined else name
            self.losses.add(Loss.EMPTY_MEDIA if name in self.media_import.empty else Loss.MISSING_MEDIA, case)
        return path

    def _tags(self, raw: RawNote) -> Iterator[str]:
        for tag in raw.tags:
            level = "::".join(part for part in tag.split("::") if part).strip(":")
            if level != tag:
                self.losses.add(Loss.TAGS, tag)
            if level:
                yield level


def _conditions(kind: RawType) -> set[str]:
    """The fields that only decide whether something is shown, such as one that asks for a reversed card."""
    sides = (side(text) for template in kind.templates for text in (template.front, template.back))
    return {name for part in sides for name in part.conditions}


def _shown(raw: RawNote, card: RawCard | None = None) -> str:
    """A short name of a note or card for messages: the visible text of its first field that is not empty."""
    from duly.markup.html.plain_text import plain_text

    first = next(filter(None, (plain_text(text) for text in raw.fields if SIGN not in text)), raw.guid)
    name = " ".join(first.split())[:SHOWN_AS]
    return f"{name} ({card.ord + 1})" if card else name
