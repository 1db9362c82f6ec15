"""What a sync reads of an Anki and does to it, so that nothing else knows how one is reached."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from duly.anki.progress.to_anki import ReviewRow
from duly.anki.raw_rows import RawCard, RawDeck, RawNote, RawReview, RawSettings


@dataclass(frozen=True, slots=True)
class Design:
    """How a note type looks: its styling, and of each of its cards the name and the templates of both sides."""

    css: str = ""
    cards: tuple[tuple[str, str, str], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the cards."""
        return tuple(name for name, _front, _back in self.cards)


@dataclass(frozen=True, slots=True)
class NoteTypeInfo:
    """What a sync must know of a note type: its name, the names of its fields in order, whether it is of the cloze
    kind, and how it looks."""

    name: str
    fields: tuple[str, ...]
    is_cloze: bool
    design: Design = Design()


@dataclass(frozen=True, slots=True)
class AnkiState:
    """A collection at one moment. Notes are by guid, types and decks by id; `deleted` are ids of deleted notes.

    `changed` has for the id of a card the second of its last change. `doubled` are guids that more than one note has:
    only the first of these is in `notes_by_guid`.
    """

    settings: RawSettings
    types: Mapping[int, NoteTypeInfo]
    decks: Mapping[int, RawDeck]
    notes_by_guid: Mapping[str, RawNote]
    all_cards: Sequence[RawCard]
    all_reviews: Sequence[RawReview]
    deleted: Set[int] = frozenset()
    doubled: Sequence[str] = ()
    changed: Mapping[int, int] = field(default_factory=dict)

    def notes(self) -> Iterator[RawNote]:
        return iter(self.notes_by_guid.values())

    def cards(self) -> Iterator[RawCard]:
        return iter(self.all_cards)

    def reviews(self) -> Iterator[RawReview]:
        return iter(self.all_reviews)

    def fields(self, note: RawNote) -> dict[str, str]:
        """The fields of a note by their names."""
        return dict(zip(self.types[note.type].fields, note.fields, strict=False))


@dataclass(frozen=True, slots=True)
class NoteChange:
    """New values for some fields of a note, by name, and all its tags."""

    note: int
    fields: Mapping[str, str]
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CardChange:
    """Where a card is to stand, in Anki's terms (see `RawCard`); `answered` is the second of its last answer, if any.

    `memory` is what FSRS remembers, as a card's data have it, where Anki cannot work it out from its log. A card in a
    filtered deck goes home first.
    """

    card: int
    type: int
    queue: int
    due: int
    interval: int
    factor: int
    reps: int
    lapses: int
    answered: int | None
    memory: Mapping[str, float] = field(default_factory=dict)


class AnkiPort(Protocol):
    """An Anki that is open. Every method raises `DulyError`; each change is made whole or not at all."""

    def read(self) -> AnkiState:
        """The collection as it is now."""

    def back_up(self) -> None:
        """Makes a copy that Anki itself can go back to."""

    def make_deck(self, name: str) -> int:
        """Makes a deck, and those around it, where there is none of that name; gives its id, which follows from the
        name, so that two computers make one deck."""

    def add_notes(self, package: Path) -> None:
        """Adds the notes and cards of a package that are not there, as new ones, and changes no other."""

    def add_media(self, files: Mapping[str, Path]) -> None:
        """Adds media under these names."""

    def update_designs(self, designs: Mapping[int, Design]) -> None:
        """Has note types, by their ids, look so; their cards keep their names."""

    def update_notes(self, changes: Sequence[NoteChange]) -> None: ...

    def move_cards(self, cards: Sequence[int], deck: int) -> None: ...

    def remove_notes(self, notes: Sequence[int]) -> None: ...

    def remove_cards(self, cards: Sequence[int]) -> None: ...

    def write_progress(
        self, answers: Sequence[ReviewRow], cards: Sequence[CardChange], flags: Mapping[int, int]
    ) -> None:
        """Adds rows to the review log, whose ids are free, lets cards stand where they are to stand, and gives cards,
        by their ids, these flags."""

    def close(self) -> None: ...
