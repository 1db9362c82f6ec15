"""The rows of an Anki collection as values, in Anki's own terms and numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

NEW, LEARNING, REVIEW, RELEARNING = 0, 1, 2, 3
"""Types of cards; NEW and REVIEW are also the queues of such cards."""

SUSPENDED, BURIED_BY_ANKI, BURIED = -1, -2, -3
"""Queues of suspended and buried cards; buried ones, by Anki or by the learner, return the next day."""

FLAG_COLOUR = 7
"""The bits of a card's flags that hold its colour, 0 for none."""

FIELD_SEPARATOR = "\x1f"
"""The separator of the fields of a note."""


@dataclass(frozen=True, slots=True)
class RawField:
    """A field of a note type. `config` has its other options, by their keys in Anki's JSON."""

    name: str
    config: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class RawTemplate:
    """A card of a note type: the HTML of its two sides. `config` is as for a field."""

    name: str
    front: str
    back: str
    config: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class RawType:
    """A note type, its fields and cards in their order. `mod` is in seconds since 1970; `config` as for a field."""

    id: int
    name: str
    mod: int
    is_cloze: bool
    css: str
    fields: tuple[RawField, ...]
    templates: tuple[RawTemplate, ...]
    config: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class RawDeck:
    """A deck: its name with levels separated by ``::``, and the id of its preset.

    A filtered deck has no preset, and borrows cards from their home decks.
    """

    id: int
    name: str
    is_filtered: bool
    preset: int | None = None


@dataclass(frozen=True, slots=True)
class RawPreset:
    """The FSRS options of a deck preset: 21, 19 or 17 parameters, none for the default ones; the desired retention."""

    id: int
    name: str
    parameters: tuple[float, ...]
    retention: float


@dataclass(frozen=True, slots=True)
class RawNote:
    """A note: its guid, the id of its type, the second since 1970 of its last change, its fields as HTML."""

    id: int
    guid: str
    type: int
    mod: int
    tags: tuple[str, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RawCard:
    """A card. `ord` is the number of its template or cloze deletion, counted from 0.

    `type`: 0 new, 1 learning, 2 review, 3 relearning. `queue`: -3 and -2 buried, -1 suspended, 0 new, 1 learning (`due`
    is in seconds since 1970), 2 review (`due` is in days since the collection began), 3 learning (`due` is in days).
    `interval` is in days, or in seconds if negative. `home_due` and `home_deck` are the due day and deck of a card in a
    filtered deck, otherwise 0. `factor` is the easiness in thousandths; `data` is JSON or "".
    """

    id: int
    note: int
    deck: int
    ord: int
    type: int
    queue: int
    due: int
    interval: int
    factor: int
    reps: int
    lapses: int
    home_due: int
    home_deck: int
    flags: int
    data: str


@dataclass(frozen=True, slots=True)
class RawReview:
    """A row of the review log. `id` is its time in milliseconds since 1970; `ease` is the button, 0 for none.

    `interval` and `last_interval` are in days, or in seconds if negative; `milliseconds` is the time the answer took.
    `type`: 0 learning, 1 review, 2 relearning, 3 filtered, 4 set by hand, 5 rescheduled.
    """

    id: int
    card: int
    ease: int
    interval: int
    last_interval: int
    factor: int
    milliseconds: int
    type: int


@dataclass(frozen=True, slots=True)
class RawSettings:
    """How the collection counts days. `created` is the time of its creation in seconds since 1970.

    `creation_offset` is the offset at that time in minutes west of UTC, None if unknown; `rollover` is the hour at
    which a day begins; `scheduler` is the version of the scheduler; `fsrs` says whether FSRS is on.
    """

    created: int
    creation_offset: int | None
    rollover: int
    scheduler: int
    fsrs: bool
