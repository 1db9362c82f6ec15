"""The entries of a journal: facts about learning, each written once and never changed."""

from dataclasses import dataclass

from duly.cards import CardId, Face, NoteId
from duly.scheduling.day import StudyDay
from duly.scheduling.grade import Grade
from duly.scheduling.schedule import Schedule


@dataclass(frozen=True, slots=True)
class Moment:
    """When a fact happened: milliseconds since 1970 in UTC, the study day it counted to, minutes ahead of UTC."""

    at: int
    day: StudyDay
    offset: int


ANKI = "anki"
"""The device of entries made in Anki; their numbers are the milliseconds of Anki's log. What a program knows of a card
without a line in its log has a device that begins with the program's name and a colon, such as ``anki:``, as no other
device does."""


@dataclass(frozen=True, slots=True, order=True)
class EntryId:
    """The device that wrote an entry and the entry's number there, counted from 1."""

    device: str
    number: int

    @property
    def is_from_elsewhere(self) -> bool:
        """Whether the entry was made in another program; such entries are not undone here."""
        return self.device == ANKI or ":" in self.device


LONGEST_ANSWER = 60_000
"""The most milliseconds that an answer counts for, here and in Anki: who takes longer was away."""


@dataclass(frozen=True, slots=True)
class Review:
    """An answer: its grade, the milliseconds it took, the scheduler in force (``sm2-paper``, …).

    `due` is the day chosen where something besides the scheduler moved it (fuzz, load balancing); None otherwise.
    `duly.study.record_answer` makes these.
    """

    card: CardId
    moment: Moment
    grade: Grade
    scheduler: str
    took: int = 0
    due: StudyDay | None = None


@dataclass(frozen=True, slots=True)
class Undo:
    """Makes the entry `target`, which is about the same card, count for nothing. Undoing an Undo is a redo."""

    card: CardId
    moment: Moment
    target: EntryId


@dataclass(frozen=True, slots=True)
class Suspend:
    """The card is set aside until a Resume."""

    card: CardId
    moment: Moment


@dataclass(frozen=True, slots=True)
class Resume:
    """The card is taken up again."""

    card: CardId
    moment: Moment


@dataclass(frozen=True, slots=True)
class Star:
    """The card is marked with a star."""

    card: CardId
    moment: Moment


@dataclass(frozen=True, slots=True)
class Unstar:
    """The star is taken off the card."""

    card: CardId
    moment: Moment


@dataclass(frozen=True, slots=True)
class Bury:
    """The card is buried: set aside until the study day `until` begins."""

    card: CardId
    moment: Moment
    until: StudyDay


@dataclass(frozen=True, slots=True)
class Reset:
    """The card is new again; what was learned before stays in the journal and no longer counts."""

    card: CardId
    moment: Moment


@dataclass(frozen=True, slots=True)
class SetDue:
    """The card is due on `due`, whatever its interval says: until then it is neither drilled nor buried."""

    card: CardId
    moment: Moment
    due: StudyDay


@dataclass(frozen=True, slots=True)
class ImportedSchedule:
    """The card was learned elsewhere, where no history was kept: `schedule` is its state there.

    It counts only for a card that was not learned here.
    """

    card: CardId
    moment: Moment
    schedule: Schedule
    origin: str


ALL_CARDS = CardId(NoteId("fsrs"), Face("parameters"))
"""Stands in the place of a card in entries about all of them; no card has such a face."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """The 21 parameters of FSRS were fitted to the learner's answers; the latest ones hold for every card.

    It concerns no single card, so its card is `ALL_CARDS`.
    """

    card: CardId
    moment: Moment
    parameters: tuple[float, ...]


Entry = Review | Undo | Suspend | Resume | Star | Unstar | Bury | Reset | SetDue | ImportedSchedule | Fitting


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """An entry as the journal holds it, with its id.

    Entries made at once are one step: `step` is the number, on the same device, of its first entry; None for that one.
    """

    id: EntryId
    entry: Entry
    step: int | None = None

    @property
    def first(self) -> EntryId:
        """The first entry of the step that this one belongs to: what undo takes back, it takes back whole."""
        return EntryId(self.id.device, self.step or self.id.number)
