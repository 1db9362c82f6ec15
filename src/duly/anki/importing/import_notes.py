"""Imports the notes of an Anki collection, with their origins, and reports what was lost."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from urllib.parse import unquote

from duly.anki.importing import own_notes
from duly.anki.importing.compare import AnkiVersion, EditedNote, NoteComparer
from duly.anki.importing.field_texts import FieldTexts, is_blank
from duly.anki.importing.foreign_note import foreign_note
from duly.anki.importing.losses import Loss, Losses
from duly.anki.importing.media_import import MediaImport
from duly.anki.notes.field_mapping import map_fields
from duly.anki.notes.occlusion_fields import MARKER, field_roles
from duly.anki.notes.origins import Origin, Origins
from duly.anki.notes.referenced_files import referenced_files, type_texts
from duly.anki.notes.restore_original_type import restore_original_type
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
from duly.work_progress import Watch, silent_watch

NO_KNOWN_ORIGINS: Mapping[str, Origin] = {}
LONGEST_TITLE = 60
"""The most characters of a note's title in messages."""


@dataclass(frozen=True, slots=True)
class ImportedNotes:
    """The imported notes, in Anki's order, with their origins and losses.

    `known_count` is the number of notes that were known already; `edited_notes` are those of them that differ in Anki.
    """

    notes: tuple[Note, ...]
    origins: Origins
    known_count: int
    losses: Losses
    edited_notes: tuple[EditedNote, ...] = ()
    anki_rows: tuple[NoteRow, ...] = ()
    """The rows in Anki of the imported notes, and of known notes whose origin was lost."""


def note_id(guid: str) -> NoteId:
    """The id that a note of Anki gets here."""
    return NoteId(guid) if is_note_id(guid) else derived_id(guid)


def import_notes(
    collection: RawCollection,
    media_import: MediaImport,
    file_of: Callable[[DeckName], Path],
    known_ids: Collection[str],
    *,
    known_origins: Mapping[str, Origin] = NO_KNOWN_ORIGINS,
    comparer: NoteComparer | None = None,
    only_guids: Collection[str] | None = None,
    watch: Watch = silent_watch,
) -> ImportedNotes:
    """Imports the notes of `collection` whose ids are not `known_ids`.

    Known notes get a new origin unless they are among the `known_origins`, and are compared by `comparer`. With
    `only_guids`, notes with other guids are skipped.

    `file_of` returns the file of a deck, to which paths of media are relative; `media_import` collects the media files.
    Raises `DulyError` if the collection is damaged.
    """
    importer = _Importer(collection, media_import, file_of, frozenset(known_ids), known_origins, comparer)
    cards: dict[int, list[RawCard]] = defaultdict(list)
    for card in collection.cards():
        cards[card.note].append(card)
    notes = [note for note in collection.notes() if only_guids is None or note.guid in only_guids]
    for note in watch(notes, message("Reading notes from Anki")):
        importer.import_note(note, cards[note.id])
    importer.add_general_losses()
    origins = [*importer.origins.values(), *(note.origin for note in importer.edited_notes if note.origin)]
    types = {origin.type for origin in origins}
    return ImportedNotes(
        notes=tuple(importer.notes.values()),
        origins=Origins(
            {number: note_type for number, note_type in collection.note_types.items() if number in types},
            importer.origins,
            {file.path.as_posix(): (name, file.digest) for name, file in media_import.imported_files.items()},
        ),
        known_count=importer.known_count,
        losses=importer.losses,
        edited_notes=tuple(importer.edited_notes),
        anki_rows=tuple(importer.anki_rows),
    )


@dataclass(slots=True)
class _Importer:
    """The import in progress, with its results so far."""

    collection: RawCollection
    media_import: MediaImport
    file_of: Callable[[DeckName], Path]
    known_ids: frozenset[str]
    known_origins: Mapping[str, Origin]
    comparer: NoteComparer | None
    edited_notes: list[EditedNote] = field(default_factory=list)
    anki_rows: list[NoteRow] = field(default_factory=list)
    notes: dict[NoteId, Note] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)
    losses: Losses = field(default_factory=Losses)
    known_count: int = 0
    known_media: set[str] = field(default_factory=set)
    """The media of known notes."""
    deck_names: set[str] = field(default_factory=set)
    types_with_media: set[int] = field(default_factory=set)
    """The note types whose media are imported already."""

    def import_note(self, raw_note: RawNote, cards: Sequence[RawCard]) -> None:
        """Imports the next note."""
        id_ = note_id(raw_note.guid)
        note_type = self.collection.note_types.get(raw_note.type)
        deck_names = [self._deck(card) for card in cards]
        self.deck_names.update(deck_names)
        if id_ in self.known_ids:
            self.known_count += 1
            with_paths("".join(raw_note.fields), self._add_known_media)
            if note_type is not None and cards:
                self._compare_known(raw_note, id_, note_type, cards)
        elif id_ in self.notes:
            self.losses.add(Loss.REPEATED, id_)
        elif note_type is None or not cards or len(note_type.fields) != len(raw_note.fields):
            self.losses.add(Loss.UNASKED, _title(raw_note))
        else:
            self._import_new(raw_note, id_, note_type, cards, DeckName(deck_names[0]))

    def _compare_known(self, raw_note: RawNote, id_: NoteId, note_type: RawType, cards: Sequence[RawCard]) -> None:
        """Compares a known note with Anki's. Creates its origin if it is lost or outdated."""
        edited_note = self._edited_note(raw_note, id_, note_type, cards)
        if edited_note is not None:
            self.edited_notes.append(edited_note)
        origin = self.known_origins.get(id_)
        is_outdated = origin is not None and origin.mod < raw_note.mod and edited_note is None
        is_updated = self.comparer is not None and self.comparer.update
        if origin is not None and not is_updated and not note_type.is_cloze and not origin.further_ords:
            self._count_unasked(raw_note, note_type, cards, origin)
        if not own_notes.is_duly_type(note_type) and (origin is None or (is_outdated and is_updated)):
            self._restore_origin(raw_note, id_, note_type, cards)

    def _count_unasked(self, raw_note: RawNote, note_type: RawType, cards: Sequence[RawCard], origin: Origin) -> None:
        """Counts further cards of a note that was imported by an early version, which left them out."""
        if len(cards) > len(origin.faces) and len(note_type.fields) == len(raw_note.fields):
            values = {
                field.name: html
                for field, html in zip(note_type.fields, raw_note.fields, strict=True)
                if not is_blank(html)
            }
            mapping = map_fields(note_type, values, [card.ord for card in cards])
            for card in mapping.further_cards if mapping else ():
                self.losses.add(Loss.NOT_YET, f"{_title(raw_note)}: {note_type.templates[card.ord].name}")

    def _edited_note(
        self, raw_note: RawNote, id_: NoteId, note_type: RawType, cards: Sequence[RawCard]
    ) -> EditedNote | None:
        if self.comparer is None:
            return None
        note = self.comparer.known_notes[id_]
        folder = note.place.file.parent if note.place else self.file_of(note.deck).parent
        losses, self.losses = self.losses, Losses()  # losses were reported when the note was first imported
        anki_version = AnkiVersion(raw_note, note_type, tuple(card.ord for card in cards), tuple(self._tags(raw_note)))
        edited_note = self.comparer.compare(note, anki_version, partial(self._path, folder=folder))
        self.losses = losses
        if edited_note is None or edited_note.origin is None:
            return edited_note
        guid = raw_note.guid if raw_note.guid != note.id else ""
        return replace(edited_note, origin=replace(edited_note.origin, guid=guid, mod=raw_note.mod))

    def _restore_origin(self, raw_note: RawNote, id_: NoteId, note_type: RawType, cards: Sequence[RawCard]) -> None:
        """Creates the origin of a known note that has lost it; nothing else is imported or reported."""
        if cards and len(note_type.fields) == len(raw_note.fields):
            losses, self.losses = self.losses, Losses()
            self._import_new(raw_note, id_, note_type, cards, DeckName(self._deck(cards[0])))
            self.notes.pop(id_, None)
            self.losses = losses

    def add_general_losses(self) -> None:
        """Counts losses that belong to no note, but to media or decks."""
        for deck in self.collection.decks.values():
            if deck.is_filtered:
                self.losses.add(Loss.FILTERED, deck.name)
            elif deck.id != 1 and not any(is_within(DeckName(name), DeckName(deck.name)) for name in self.deck_names):
                self.losses.add(Loss.EMPTY_DECKS, deck.name)
        for name in self.collection.refused_media:
            self.losses.add(Loss.REFUSED_MEDIA, name)
        for name in sorted(self.collection.media.keys() - self.media_import.imported_files.keys() - self.known_media):
            self.losses.add(Loss.EMPTY_MEDIA if name in self.media_import.empty_names else Loss.UNUSED_MEDIA, name)

    def _import_new(
        self, raw_note: RawNote, id_: NoteId, note_type: RawType, cards: Sequence[RawCard], deck: DeckName
    ) -> None:
        fields = {field.name: html for field, html in zip(note_type.fields, raw_note.fields, strict=True)}
        field_texts = FieldTexts(fields, partial(self._path, folder=self.file_of(deck).parent))
        note = Note(id_, Basic("", ""), deck, tuple(dict.fromkeys(self._tags(raw_note))), is_stamped=True)
        foreign = partial(self._foreign, note, raw_note, note_type, cards)
        imported_note = (
            own_notes.duly_note(note, field_texts) if own_notes.is_duly_type(note_type) else foreign(field_texts)
        )
        if imported_note is None:
            self.losses.add(Loss.OCCLUSION if field_roles(note_type) else Loss.UNASKED, _title(raw_note))
            return
        self.notes[id_] = imported_note
        ords = " ".join(str(card.ord) for card in cards)
        self.anki_rows.append(
            NoteRow(
                raw_note.guid,
                note_type.id,
                raw_note.mod,
                deck,
                FIELD_SEPARATOR.join(raw_note.fields),
                " ".join(self._tags(raw_note)),
                ords,
            )
        )
        self._add_losses(raw_note, cards, imported_note, field_texts)
        if id_ != raw_note.guid:
            self.losses.add(Loss.IDS, f"{id_} ({raw_note.guid})")

    def _foreign(
        self, note: Note, raw_note: RawNote, note_type: RawType, cards: Sequence[RawCard], field_texts: FieldTexts
    ) -> Note | None:
        """Imports a note of a note type that is not ours, with its origin."""
        pair = foreign_note(note, note_type, [card.ord for card in cards], field_texts)
        if pair is None:
            return None
        imported_note, origin = pair
        guid = raw_note.guid if raw_note.guid != note.id else ""
        origin = replace(origin, guid=guid, mod=raw_note.mod)
        restored_note = restore_original_type(imported_note, origin, note_type, field_texts.name)
        self.origins[note.id] = replace(origin, digest=restored_note.note.digest.hex() if restored_note else "")
        self.losses.add(Loss.LOOK, note_type.name)
        self._import_media(raw_note.fields)
        if note_type.id not in self.types_with_media:
            self.types_with_media.add(note_type.id)
            self._import_media(type_texts(note_type))
        used_fields = {piece.field for pieces in origin.parts.values() for piece in pieces} | _conditions(note_type)
        for name in field_texts.values.keys() - used_fields:
            self.losses.add(Loss.FIELDS, f"{note_type.name}: {name}")
        for card in cards:
            if not note_type.is_cloze and card.ord not in (*origin.faces, *origin.further_ords.values()):
                template = (
                    note_type.templates[card.ord].name if card.ord < len(note_type.templates) else str(card.ord + 1)
                )
                self.losses.add(Loss.CARDS, f"{_title(raw_note)}: {template}")
        return imported_note

    def _import_media(self, texts: Iterable[str]) -> None:
        """Imports media that no text shows, but that are needed to restore the note for Anki."""
        for name in referenced_files(texts, self.collection.media):
            self.media_import.path(name, self.media_import.root)

    def _add_losses(
        self, raw_note: RawNote, cards: Sequence[RawCard], imported_note: Note, field_texts: FieldTexts
    ) -> None:
        for name in field_texts.unshown_fields:
            self.losses.add(Loss.FORMATTING, f"{_title(raw_note)}: {name}")
        for card in cards:
            if self._deck(card) != imported_note.deck:
                self.losses.add(Loss.DECKS, f"{_title(raw_note, card)}: {self._deck(card)}")
            if card.flags & FLAG_COLOUR:
                self.losses.add(Loss.FLAGS, _title(raw_note, card))
            if card.queue in (SUSPENDED, BURIED_BY_ANKI, BURIED):
                self.losses.add(Loss.SUSPENDED, _title(raw_note, card))
            elif card.reps:
                self.losses.add(Loss.PROGRESS, _title(raw_note, card))

    def _deck(self, card: RawCard) -> str:
        """The home deck of a card, also while it is in a filtered deck."""
        deck = self.collection.decks.get(card.home_deck or card.deck)
        levels = (level.strip(" :") or "blank" for level in deck.name.split("::")) if deck else ("Default",)
        return "::".join(levels)

    def _add_known_media(self, name: str) -> None:
        self.known_media |= {name, unquote(name)}

    def _path(self, name: str, *, folder: Path) -> str | None:
        path = self.media_import.path(name, folder)
        if path is None:
            case = name[:LONGEST_TITLE] if MediaReference(name, 0).is_inlined else name
            self.losses.add(Loss.EMPTY_MEDIA if name in self.media_import.empty_names else Loss.MISSING_MEDIA, case)
        return path

    def _tags(self, raw_note: RawNote) -> Iterator[str]:
        for tag in raw_note.tags:
            level = "::".join(part for part in tag.split("::") if part).strip(":")
            if level != tag:
                self.losses.add(Loss.TAGS, tag)
            if level:
                yield level


def _conditions(note_type: RawType) -> set[str]:
    """The fields that only decide whether something is shown, such as one that asks for a reversed card."""
    sides = (side(text) for template in note_type.templates for text in (template.front, template.back))
    return {name for part in sides for name in part.conditions}


def _title(raw_note: RawNote, card: RawCard | None = None) -> str:
    """A short name of a note or card for messages: the visible text of its first field that is not empty."""
    from duly.markup.html.plain_text import plain_text

    text = next(filter(None, (plain_text(text) for text in raw_note.fields if MARKER not in text)), raw_note.guid)
    title = " ".join(text.split())[:LONGEST_TITLE]
    return f"{title} ({card.ord + 1})" if card else title
