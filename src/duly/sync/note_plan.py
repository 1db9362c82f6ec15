"""Plans what a sync does with notes: a three-way comparison of deck files, Anki, and the base of the last sync."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from duly.anki.importing.field_texts import is_blank
from duly.anki.notes.anki_note import AnkiNote
from duly.anki.notes.note_types import NoteType
from duly.anki.raw_rows import RawCard, RawNote
from duly.anki.write.deck_and_row_ids import spellings, timestamp_ids
from duly.anki.write.package_rows import NoteRow, note_row
from duly.cards import DeckName
from duly.markup.cloze.cloze_to_html import cloze_to_html
from duly.markup.html.to_html import to_html
from duly.markup.html_to_markdown.from_html import from_html, with_paths
from duly.markup.html_to_markdown.normal_form import normal_form
from duly.message import Message, message
from duly.sync.anki_interface import AnkiState, Design, NoteChange
from duly.sync.sync_base import EMPTY, BaseNote, SyncBase, digest

NEEDED_FIELDS = ("Front", "Back", "Text")
"""The fields without which a note of ours has no question or answer."""


@dataclass(frozen=True, slots=True)
class SyncChoices:
    """What the learner decided.

    `prefer_deck_files` takes the deck file's text for notes without a base; `delete` removes notes from Anki that are
    no longer in the deck files; `restore` adds notes again that were deleted in Anki; `update` writes edits made only
    in Anki into the deck files.
    """

    prefer_deck_files: bool = False
    delete: bool = False
    restore: bool = False
    update: bool = False


@dataclass(frozen=True, slots=True)
class LocalNote:
    """A note of a deck file, as it goes to Anki, and the file."""

    note: AnkiNote
    file: str


@dataclass(slots=True)
class NotePlan:
    """The changes to notes.

    `designs` are the new designs of note types, by id. `added_notes` are missing in Anki, `completed_notes` lack cards
    there. `moves` has the cards that go to each deck of ours, `decks` the names in Anki of our decks. `edited_fields`
    has, by guid, the fields that were changed only in Anki, `undecided_fields` those that were changed on both sides.
    The notes of `deleted_guids` were deleted in Anki; those of `removed_guids` are no longer in the deck files.
    `empty_cards` are cards in Anki whose cloze number or direction no longer exists.
    """

    added_notes: list[NoteRow] = field(default_factory=list)
    completed_notes: list[NoteRow] = field(default_factory=list)
    changes: list[NoteChange] = field(default_factory=list)
    moves: dict[DeckName, list[int]] = field(default_factory=dict)
    decks: dict[DeckName, str] = field(default_factory=dict)
    edited_fields: dict[str, tuple[str, ...]] = field(default_factory=dict)
    undecided_fields: dict[str, tuple[str, ...]] = field(default_factory=dict)
    deleted_guids: list[str] = field(default_factory=list)
    removed_guids: list[str] = field(default_factory=list)
    empty_cards: list[int] = field(default_factory=list)
    designs: dict[int, Design] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)

    @property
    def has_changes(self) -> bool:
        """Whether anything in Anki changes, or may be deleted."""
        return bool(
            self.designs
            or self.added_notes
            or self.completed_notes
            or self.changes
            or self.moves
            or self.removed_guids
            or self.empty_cards
        )


def plan_notes(
    local_notes: Sequence[LocalNote],
    state: AnkiState,
    sync_base: SyncBase,
    removed_guids: Collection[str],
    choices: SyncChoices,
) -> NotePlan:
    """Plans the changes to notes. The notes of `removed_guids` were synced before and are in no deck file any more."""
    planner = _Planner(state, sync_base, choices, [local_note.note for local_note in local_notes])
    for local_note in local_notes:
        planner.plan_note(local_note.note)
    planner.plan.removed_guids = [guid for guid in removed_guids if guid in state.notes_by_guid]
    return planner.plan


def next_base_notes(
    local_notes: Sequence[LocalNote], state: AnkiState, sync_base: SyncBase, plan: NotePlan
) -> dict[str, BaseNote]:
    """The notes in the base of the next sync, once the plan is carried out. Fields that need a decision keep their
    base.
    """
    notes = dict(sync_base.notes)
    for local_note in local_notes:
        note, raw_note = local_note.note, state.notes_by_guid.get(local_note.note.guid)
        base = sync_base.notes.get(note.guid)
        waiting_fields = {*plan.edited_fields.get(note.guid, ()), *plan.undecided_fields.get(note.guid, ())}
        if raw_note is None or (waiting_fields and base is None):
            continue
        fields = state.fields(raw_note)
        texts = values(note)
        our_digests = {name: digest(value) for name, value in texts.items()}
        anki_digests = {
            name: our_digests[name] if fields.get(name) == texts[name] else digest(fields.get(name, ""))
            for name in our_digests
        }
        if base is not None:
            our_digests |= {name: base.our_digests.get(name, EMPTY) for name in waiting_fields}
            anki_digests |= {name: base.anki_digests.get(name, EMPTY) for name in waiting_fields}
        notes[note.guid] = BaseNote(
            local_note.file, note.deck, note.tags, _not_empty(our_digests), _not_empty(anki_digests)
        )
    return notes


def _not_empty(digests: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in digests.items() if value != EMPTY}


def next_base_decks(local_notes: Sequence[LocalNote], state: AnkiState, sync_base: SyncBase) -> dict[str, int]:
    """The ids of our decks in Anki: those in the base, and those that have our names."""
    deck_ids = {deck.name.casefold(): deck.id for deck in state.decks.values()}
    anki_names = spellings(local_note.note.deck for local_note in local_notes)
    matching_decks: dict[str, int] = {
        deck: deck_ids[name.casefold()] for deck, name in anki_names.items() if name.casefold() in deck_ids
    }
    return {**matching_decks, **{deck: number for deck, number in sync_base.decks.items() if number in state.decks}}


def values(note: AnkiNote) -> dict[str, str]:
    """The fields of a note by their names."""
    return dict(zip((field.name for field in note.type.fields), note.fields, strict=False))


def _tags(note: AnkiNote, raw_note: RawNote, base: BaseNote | None) -> tuple[str, ...]:
    """The tags that the learner added in Anki, and ours. Tags in Anki are the same whatever their case."""
    spelling = {tag.casefold(): tag for tag in (*note.tags, *raw_note.tags)}
    base_tags = {tag.casefold() for tag in base.tags} if base else set()
    our_tags = {tag.casefold() for tag in note.tags}
    return tuple(sorted(spelling[tag] for tag in ({tag.casefold() for tag in raw_note.tags} - base_tags) | our_tags))


def _same_text(html: str, other_html: str) -> bool:
    """Whether two values are the same text in a deck file, as ``<b>tree</b>`` and ``<strong>tree</strong>`` are."""
    texts = [from_html(value, str, cloze="{{c" in value) for value in (html, other_html)]
    return all(text.is_complete for text in texts) and texts[0].text == texts[1].text


def _renders_as(anki_html: str, our_html: str) -> bool:
    """Whether Anki's value of a field, written into a deck file, would be rendered as ours.

    What our cards do not show is left out, such as the colour of ``<span style="color: red">tree</span>``.
    """
    files: set[str] = set()
    with_paths(our_html, files.add)
    is_cloze = "{{c" in our_html
    render = cloze_to_html if is_cloze else to_html
    text = from_html(anki_html, str, cloze=is_cloze).text
    return normal_form(render(text, lambda path: path if path in files else "")) == normal_form(our_html)


class _Planner:
    def __init__(self, state: AnkiState, sync_base: SyncBase, choices: SyncChoices, notes: Sequence[AnkiNote]) -> None:
        self.plan = NotePlan()
        self._state = state
        self._sync_base = sync_base
        self._choices = choices
        self._deck_names = spellings(note.deck for note in notes)
        self._ids = dict(zip((note.guid for note in notes), timestamp_ids(note.guid for note in notes), strict=True))
        self._cards: dict[int, list[RawCard]] = {}
        for card in state.all_cards:
            self._cards.setdefault(card.note, []).append(card)
        self._filtered = {deck.name.casefold() for deck in state.decks.values() if deck.is_filtered}
        for guid in state.doubled_guids:
            if guid in self._ids:
                self._say(message("Anki has two notes with the guid {guid}; delete one of them there", guid=guid))

    def plan_note(self, note: AnkiNote) -> None:
        raw_note = self._state.notes_by_guid.get(note.guid)
        if raw_note is not None:
            self._compare(note, raw_note)
        elif self._was_deleted(note.guid) and not self._choices.restore:
            self.plan.deleted_guids.append(note.guid)
        elif self._fields_match(note) and self._deck(note.deck) is not None:
            self.plan.added_notes.append(self._row(note))

    def _compare(self, note: AnkiNote, raw_note: RawNote) -> None:
        kind = self._state.types[raw_note.type]
        our_values, anki_values = values(note), self._state.fields(raw_note)
        if kind.is_cloze != note.type.is_cloze or not our_values.keys() <= anki_values.keys():
            self._say(
                message("{guid}: its note type in Anki, {type}, has other fields; it was left as it is", guid=note.guid,
                        type=kind.name)
            )  # fmt: skip
            return
        base = self._sync_base.notes.get(note.guid)
        changed_fields = dict(self._changed_fields(note.guid, our_values, anki_values, base))
        tags = _tags(note, raw_note, base)
        if changed_fields or set(tags) != set(raw_note.tags):
            self.plan.changes.append(NoteChange(raw_note.id, changed_fields, tags))
        self._compare_cards(note, raw_note, base)

    def _changed_fields(
        self, guid: str, our_values: Mapping[str, str], anki_values: Mapping[str, str], base: BaseNote | None
    ) -> Iterator[tuple[str, str]]:
        """The fields to be written; adds those that were changed in Anki to the plan."""
        for name, value in our_values.items():
            if value == anki_values[name]:
                continue
            is_changed_here = base is None or base.our_digests.get(name, EMPTY) != digest(value)
            is_changed_there = base is None or base.anki_digests.get(name, EMPTY) != digest(anki_values[name])
            is_as_written = (
                base is not None and not is_changed_there and base.our_digests.get(name) == base.anki_digests.get(name)
            )
            if is_changed_here and not is_as_written and _renders_as(anki_values[name], value):
                continue  # edited in Anki: formatting that our cards do not show is not lost
            if not is_changed_here and _same_text(value, anki_values[name]):
                continue
            if is_changed_here and (not is_changed_there or (base is None and self._choices.prefer_deck_files)):
                yield name, value
            elif is_changed_there:
                is_needed = name in NEEDED_FIELDS and is_blank(anki_values[name])
                if is_needed:
                    self._say(
                        message(
                            "{guid}: {field} is empty in Anki, but a card needs it; the deck file keeps its text",
                            guid=guid, field=name,
                        )
                    )  # fmt: skip
                waiting_fields = self.plan.undecided_fields if is_changed_here or is_needed else self.plan.edited_fields
                waiting_fields[guid] = (*waiting_fields.get(guid, ()), name)

    def _compare_cards(self, note: AnkiNote, raw_note: RawNote, base: BaseNote | None) -> None:
        cards = self._cards.get(raw_note.id, [])
        numbers = {card.ord for card in cards}
        # A note that waits for a decision may have more cards in Anki.
        is_waiting = note.guid in self.plan.edited_fields or note.guid in self.plan.undecided_fields
        if not is_waiting and (note.type.is_cloze or isinstance(note.type, NoteType)):
            self.plan.empty_cards += [card.id for card in cards if card.ord not in note.ords]
        if not numbers >= set(note.ords) and self._fields_match(note) and self._deck(note.deck) is not None:
            self.plan.completed_notes.append(self._row(note))
        if base is not None and base.deck != note.deck and self._deck(note.deck) is not None:
            old_deck = self._sync_base.decks.get(base.deck)
            old_deck_cards = [card.id for card in cards if (card.home_deck or card.deck) == old_deck]
            if old_deck_cards:
                self.plan.moves.setdefault(note.deck, []).extend(old_deck_cards)

    def _was_deleted(self, guid: str) -> bool:
        return guid in self._sync_base.notes or self._ids[guid] in self._state.deleted_notes

    def _fields_match(self, note: AnkiNote) -> bool:
        """Whether the note type in Anki, if it exists, has exactly our fields, in our order.

        Otherwise Anki's importer would add a second note type.
        """
        kind = self._state.types.get(note.type.id)
        if kind is None or kind.fields == tuple(field.name for field in note.type.fields):
            return True
        self._say(
            message("the note type {type} has other fields in Anki, so new cards of it cannot be added", type=kind.name)
        )
        return False

    def _deck(self, deck: DeckName) -> str | None:
        """The name that a deck of ours has in Anki, where it may be renamed; None if no cards can be added to it."""
        if deck not in self.plan.decks:
            raw_deck = self._state.decks.get(self._sync_base.decks.get(deck, 0))
            name = raw_deck.name if raw_deck is not None else self._deck_names[deck]
            if name.casefold() in self._filtered:
                self._say(message("the deck {deck} is a filtered deck in Anki; rename that one", deck=name))
                return None
            self.plan.decks[deck] = name
        return self.plan.decks[deck]

    def _row(self, note: AnkiNote) -> NoteRow:
        return note_row(note, 0)._replace(deck=DeckName(self.plan.decks[note.deck]))

    def _say(self, sentence: Message) -> None:
        if sentence not in self.plan.messages:
            self.plan.messages.append(sentence)
