"""The entries of a journal: facts about learning, each written once and never changed."""

from dataclasses import dataclass

from duly.cards import CardId, Face, NoteId
from duly.scheduling.day import StudyDay
from duly.scheduling.grade import Grade
from duly.scheduling.schedule import Schedule


@dataclass(frozen=True, slots=True)
class Moment:
    """The time of an entry: milliseconds since 1970 in UTC, its study day, and minutes ahead of UTC."""

    at: int
    day: StudyDay
    offset: int


ANKI = "anki"
"""The device of entries from Anki's log; their numbers are the milliseconds of the log. Entries about other changes in
a program have a device that begins with the program's name and a colon, such as ``anki:``; no other device does."""


@dataclass(frozen=True, slots=True, order=True)
class EntryId:
    """The device that wrote an entry and the entry's number there, counted from 1."""

    device: str
    number: int

    @property
    def is_from_elsewhere(self) -> bool:
        """Whether the entry was made in another program; such entries cannot be undone here."""
        return self.device == ANKI or ":" in self.device


LONGEST_ANSWER = 60_000
"""The maximum milliseconds of an answer, here and in Anki: a longer time is an interruption."""


@dataclass(frozen=True, slots=True)
class Review:
    """An answer: its grade, the milliseconds it took, the scheduler in force (``sm2-paper``, …).

    `due` is the due day if something besides the scheduler chose it (fuzz, load balancing); else None.
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
    """Cancels the entry `target` of the same card. Undoing an Undo is a redo."""

    card: CardId
    moment: Moment
    target: EntryId


@dataclass(frozen=True, slots=True)
class Suspend:
    """The card is not asked until a Resume."""

    card: CardId
    moment: Moment


@dataclass(frozen=True, slots=True)
class Resume:
    """The card is asked again after a Suspend."""

    card: CardId
    moment: Moment


@dataclass(frozen=True, slots=True)
class Star:
    """The card is marked with a star."""

    card: CardId
    moment: Moment


@dataclass(frozen=True, slots=True)
class Unstar:
    """The star of the card is removed."""

    card: CardId
    moment: Moment


@dataclass(frozen=True, slots=True)
class Bury:
    """The card is buried: it is not asked until the study day `until` begins."""

    card: CardId
    moment: Moment
    until: StudyDay


@dataclass(frozen=True, slots=True)
class Reset:
    """The card is new again; its earlier entries stay in the journal but no longer count."""

    card: CardId
    moment: Moment


@dataclass(frozen=True, slots=True)
class SetDue:
    """The card is due on `due`, whatever its interval is; it is no longer drilled or buried."""

    card: CardId
    moment: Moment
    due: StudyDay


@dataclass(frozen=True, slots=True)
class ImportedSchedule:
    """The card was learned in another program without a history: `schedule` is its state there.

    It counts only for a card that was not learned here.
    """

    card: CardId
    moment: Moment
    schedule: Schedule
    origin: str


ALL_CARDS = CardId(NoteId("fsrs"), Face("parameters"))
"""Takes the place of a card id in entries about all cards; no card has this face."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """The 21 parameters of FSRS were fitted to the learner's answers; the latest ones apply to every card.

    Its card is `ALL_CARDS`.
    """

    card: CardId
    moment: Moment
    parameters: tuple[float, ...]


Entry = Review | Undo | Suspend | Resume | Star | Unstar | Bury | Reset | SetDue | ImportedSchedule | Fitting


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """An entry of the journal with its id.

    Entries of one action are one undo step: `step` is the number, on the same device, of the step's first entry; None
    for that entry itself.
    """

    id: EntryId
    entry: Entry
    step: int | None = None

    @property
    def first_in_step(self) -> EntryId:
        """The id of the first entry of this entry's undo step. Undo takes back whole steps."""
        return EntryId(self.id.device, self.step or self.id.number)
