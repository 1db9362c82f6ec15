"""Plans what a sync does with notes: a three-way comparison of deck files, Anki, and the base of the last sync."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from duly.anki.importing.field_texts import is_blank
from duly.anki.notes.anki_note import AnkiNote
from duly.anki.notes.note_types import NoteType
from duly.anki.raw_rows import RawCard, RawNote
from duly.anki.write.names_and_ids import spellings, timestamp_ids
from duly.anki.write.package_rows import NoteRow, note_row
from duly.cards import DeckName
from duly.markup.cloze.cloze_to_html import cloze_to_html
from duly.markup.html.to_html import to_html
from duly.markup.markdown.from_html import from_html, with_paths
from duly.markup.markdown.normal_form import normal_form
from duly.message import Message, message
from duly.sync.anki_port import AnkiState, Design, NoteChange
from duly.sync.sync_base import EMPTY, BaseNote, SyncBase, digest

NEEDED = ("Front", "Back", "Text")
"""The fields without which a note of ours has no question or answer."""


@dataclass(frozen=True, slots=True)
class SyncChoices:
    """What the learner decided.

    `yes` prefers the deck file's text for notes without a base; `delete` removes notes from Anki that are no longer in
    the deck files; `restore` adds notes again that were deleted in Anki; `update` writes edits made only in Anki into
    the deck files.
    """

    yes: bool = False
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

    `designs` are the new designs of note types, by id. `added` are notes that Anki lacks, `completed` notes that lack
    cards there. `moves` has the cards that go to each deck of ours, `decks` the names in Anki of our decks. `edited`
    and `undecided` have, by guid, the fields that were changed only in Anki, or on both sides. `deleted` notes were
    deleted in Anki, `gone` ones are no longer in the deck files; `empty` are cards whose cloze number or direction is
    gone.
    """

    added: list[NoteRow] = field(default_factory=list)
    completed: list[NoteRow] = field(default_factory=list)
    changes: list[NoteChange] = field(default_factory=list)
    moves: dict[DeckName, list[int]] = field(default_factory=dict)
    decks: dict[DeckName, str] = field(default_factory=dict)
    edited: dict[str, tuple[str, ...]] = field(default_factory=dict)
    undecided: dict[str, tuple[str, ...]] = field(default_factory=dict)
    deleted: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    empty: list[int] = field(default_factory=list)
    designs: dict[int, Design] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)

    @property
    def has_changes(self) -> bool:
        """Whether anything in Anki changes, or may be deleted."""
        return bool(
            self.designs or self.added or self.completed or self.changes or self.moves or self.gone or self.empty
        )


def plan_notes(
    here: Sequence[LocalNote], state: AnkiState, given: SyncBase, gone: Collection[str], choices: SyncChoices
) -> NotePlan:
    """Plans the changes to notes. `gone` are guids that were synced before and are in no deck file any more."""
    planner = _Planner(state, given, choices, [each.note for each in here])
    for each in here:
        planner.look_at(each.note)
    planner.plan.gone = [guid for guid in gone if guid in state.notes_by_guid]
    return planner.plan


def next_base_notes(
    here: Sequence[LocalNote], state: AnkiState, given: SyncBase, plan: NotePlan
) -> dict[str, BaseNote]:
    """The notes in the base of the next sync, once the plan is carried out. Fields that need a decision keep their
    base.
    """
    notes = dict(given.notes)
    for each in here:
        note, there = each.note, state.notes_by_guid.get(each.note.guid)
        base = given.notes.get(note.guid)
        waiting = {*plan.edited.get(note.guid, ()), *plan.undecided.get(note.guid, ())}
        if there is None or (waiting and base is None):
            continue
        fields = state.fields(there)
        texts = values(note)
        ours = {name: digest(value) for name, value in texts.items()}
        theirs = {
            name: ours[name] if fields.get(name) == texts[name] else digest(fields.get(name, "")) for name in ours
        }
        if base is not None:
            ours |= {name: base.here.get(name, EMPTY) for name in waiting}
            theirs |= {name: base.there.get(name, EMPTY) for name in waiting}
        notes[note.guid] = BaseNote(each.file, note.deck, note.tags, _not_empty(ours), _not_empty(theirs))
    return notes


def _not_empty(digests: Mapping[str, str]) -> dict[str, str]:
    return {name: each for name, each in digests.items() if each != EMPTY}


def next_base_decks(here: Sequence[LocalNote], state: AnkiState, given: SyncBase) -> dict[str, int]:
    """The ids of our decks in Anki: those in the base, and those that have our names."""
    by_name = {deck.name.casefold(): deck.id for deck in state.decks.values()}
    spelled = spellings(each.note.deck for each in here)
    there: dict[str, int] = {
        deck: by_name[name.casefold()] for deck, name in spelled.items() if name.casefold() in by_name
    }
    return {**there, **{deck: number for deck, number in given.decks.items() if number in state.decks}}


def values(note: AnkiNote) -> dict[str, str]:
    """The fields of a note by their names."""
    return dict(zip((field.name for field in note.type.fields), note.fields, strict=False))


def _tags(note: AnkiNote, there: RawNote, base: BaseNote | None) -> tuple[str, ...]:
    """The tags that the learner added in Anki, and ours. Tags in Anki are the same whatever their case."""
    spelled = {tag.casefold(): tag for tag in (*note.tags, *there.tags)}
    given = {tag.casefold() for tag in base.tags} if base else set()
    ours = {tag.casefold() for tag in note.tags}
    return tuple(sorted(spelled[tag] for tag in ({tag.casefold() for tag in there.tags} - given) | ours))


def _same_text(html: str, other: str) -> bool:
    """Whether two values are the same text in a deck file, as ``<b>tree</b>`` and ``<strong>tree</strong>`` are."""
    texts = [from_html(each, str, cloze="{{c" in each) for each in (html, other)]
    return all(each.whole for each in texts) and texts[0].text == texts[1].text


def _renders_as(theirs: str, ours: str) -> bool:
    """Whether Anki's value of a field, written into a deck file, would be rendered as ours.

    What our cards do not show is left out, such as the colour of ``<span style="color: red">tree</span>``.
    """
    files: set[str] = set()
    with_paths(ours, files.add)
    is_cloze = "{{c" in ours
    render = cloze_to_html if is_cloze else to_html
    text = from_html(theirs, str, cloze=is_cloze).text
    return normal_form(render(text, lambda path: path if path in files else "")) == normal_form(ours)


class _Planner:
    def __init__(self, state: AnkiState, given: SyncBase, choices: SyncChoices, notes: Sequence[AnkiNote]) -> None:
        self.plan = NotePlan()
        self._state = state
        self._given = given
        self._choices = choices
        self._spelled = spellings(note.deck for note in notes)
        self._ids = dict(zip((note.guid for note in notes), timestamp_ids(note.guid for note in notes), strict=True))
        self._cards: dict[int, list[RawCard]] = {}
        for card in state.all_cards:
            self._cards.setdefault(card.note, []).append(card)
        self._filtered = {deck.name.casefold() for deck in state.decks.values() if deck.is_filtered}
        for guid in state.doubled:
            if guid in self._ids:
                self._say(message("Anki has two notes with the guid {guid}; delete one of them there", guid=guid))

    def look_at(self, note: AnkiNote) -> None:
        there = self._state.notes_by_guid.get(note.guid)
        if there is not None:
            self._compare(note, there)
        elif self._was_deleted(note.guid) and not self._choices.restore:
            self.plan.deleted.append(note.guid)
        elif self._has_room(note) and self._deck(note.deck) is not None:
            self.plan.added.append(self._row(note))

    def _compare(self, note: AnkiNote, there: RawNote) -> None:
        kind = self._state.types[there.type]
        ours, theirs = values(note), self._state.fields(there)
        if kind.is_cloze != note.type.is_cloze or not ours.keys() <= theirs.keys():
            self._say(
                message("{guid}: its note type in Anki, {type}, has other fields; it was left as it is", guid=note.guid,
                        type=kind.name)
            )  # fmt: skip
            return
        base = self._given.notes.get(note.guid)
        written = dict(self._changed(note.guid, ours, theirs, base))
        tags = _tags(note, there, base)
        if written or set(tags) != set(there.tags):
            self.plan.changes.append(NoteChange(there.id, written, tags))
        self._compare_cards(note, there, base)

    def _changed(
        self, guid: str, ours: Mapping[str, str], theirs: Mapping[str, str], base: BaseNote | None
    ) -> Iterator[tuple[str, str]]:
        """The fields to be written; adds those that were changed in Anki to the plan."""
        for name, value in ours.items():
            if value == theirs[name]:
                continue
            here = base is None or base.here.get(name, EMPTY) != digest(value)
            there = base is None or base.there.get(name, EMPTY) != digest(theirs[name])
            is_as_written = base is not None and not there and base.here.get(name) == base.there.get(name)
            if here and not is_as_written and _renders_as(theirs[name], value):
                continue  # edited in Anki: formatting that our cards do not show is not lost
            if not here and _same_text(value, theirs[name]):
                continue
            if here and (not there or (base is None and self._choices.yes)):
                yield name, value
            elif there:
                is_needed = name in NEEDED and is_blank(theirs[name])
                if is_needed:
                    self._say(
                        message(
                            "{guid}: {field} is empty in Anki, but a card needs it; the deck file keeps its text",
                            guid=guid, field=name,
                        )
                    )  # fmt: skip
                waiting = self.plan.undecided if here or is_needed else self.plan.edited
                waiting[guid] = (*waiting.get(guid, ()), name)

    def _compare_cards(self, note: AnkiNote, there: RawNote, base: BaseNote | None) -> None:
        cards = self._cards.get(there.id, [])
        numbers = {card.ord for card in cards}
        waits = note.guid in self.plan.edited or note.guid in self.plan.undecided  # and may ask for more cards there
        if not waits and (note.type.is_cloze or isinstance(note.type, NoteType)):
            self.plan.empty += [card.id for card in cards if card.ord not in note.ords]
        if not numbers >= set(note.ords) and self._has_room(note) and self._deck(note.deck) is not None:
            self.plan.completed.append(self._row(note))
        if base is not None and base.deck != note.deck and self._deck(note.deck) is not None:
            old = self._given.decks.get(base.deck)
            left = [card.id for card in cards if (card.home_deck or card.deck) == old]
            if left:
                self.plan.moves.setdefault(note.deck, []).extend(left)

    def _was_deleted(self, guid: str) -> bool:
        return guid in self._given.notes or self._ids[guid] in self._state.deleted

    def _has_room(self, note: AnkiNote) -> bool:
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
            known = self._state.decks.get(self._given.decks.get(deck, 0))
            name = known.name if known is not None else self._spelled[deck]
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
