"""The interface through which a sync reads and changes an Anki collection, however that is reached."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from duly.anki.progress.to_anki import ReviewRow
from duly.anki.raw_rows import RawCard, RawDeck, RawNote, RawReview, RawSettings


@dataclass(frozen=True, slots=True)
class Design:
    """How a note type looks: its CSS, and for each card its name and the templates of its front and back."""

    css: str = ""
    cards: tuple[tuple[str, str, str], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the cards."""
        return tuple(name for name, _front, _back in self.cards)


@dataclass(frozen=True, slots=True)
class NoteTypeInfo:
    """What a sync needs to know about a note type. `fields` are the names of its fields, in order."""

    name: str
    fields: tuple[str, ...]
    is_cloze: bool
    design: Design = Design()


@dataclass(frozen=True, slots=True)
class AnkiState:
    """A collection at one moment. Types and decks are keyed by id; `deleted_notes` has the ids of deleted notes.

    `change_times` has the second of each card's last change, by card id. `doubled_guids` lists guids that several notes
    share; `notes_by_guid` has only the first note of each.
    """

    settings: RawSettings
    types: Mapping[int, NoteTypeInfo]
    decks: Mapping[int, RawDeck]
    notes_by_guid: Mapping[str, RawNote]
    all_cards: Sequence[RawCard]
    all_reviews: Sequence[RawReview]
    deleted_notes: Set[int] = frozenset()
    doubled_guids: Sequence[str] = ()
    change_times: Mapping[int, int] = field(default_factory=dict)

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
    """The new state of a card, in Anki's terms (see `RawCard`). `answered` is the second of its last answer, if any.

    `memory` is the FSRS memory state, in the form of a card's data, where Anki cannot compute it from its review log. A
    card in a filtered deck is returned to its home deck first.
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
    """An open Anki collection. Every method may raise `DulyError`; each change is made completely or not at all."""

    def read(self) -> AnkiState:
        """The collection as it is now."""

    def back_up(self) -> None:
        """Makes a backup that Anki itself can restore."""

    def make_deck(self, name: str) -> int:
        """Creates a deck and its parents unless they exist; returns its id.

        The id is derived from the name, so that two computers create the same deck.
        """

    def add_notes(self, package: Path) -> None:
        """Adds the notes and cards of a package that are missing, as new ones; changes nothing else."""

    def add_media(self, files: Mapping[str, Path]) -> None:
        """Adds media under these names."""

    def update_designs(self, designs: Mapping[int, Design]) -> None:
        """Replaces the CSS and templates of note types, by type id; card names stay."""

    def update_notes(self, changes: Sequence[NoteChange]) -> None: ...

    def move_cards(self, cards: Sequence[int], deck: int) -> None: ...

    def remove_notes(self, notes: Sequence[int]) -> None: ...

    def remove_cards(self, cards: Sequence[int]) -> None: ...

    def write_progress(
        self, answers: Sequence[ReviewRow], cards: Sequence[CardChange], flags: Mapping[int, int]
    ) -> None:
        """Adds rows to the review log, whose ids are free; changes cards; and sets flags, by card id."""

    def close(self) -> None: ...
