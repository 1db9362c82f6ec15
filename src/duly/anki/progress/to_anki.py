"""Converts schedules and answers to the columns of cards and the rows of the review log in Anki."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from duly.anki.raw_rows import BURIED, NEW, REVIEW, SUSPENDED
from duly.cards import CardId
from duly.scheduling.day import EPOCH, StudyDay
from duly.scheduling.fsrs import Fsrs
from duly.scheduling.journal_entries import LONGEST_ANSWER, JournalEntry
from duly.scheduling.replay import without_undone
from duly.scheduling.review_history import History, ReviewRecord, histories
from duly.scheduling.schedule import FsrsMemory, Memory, Sm2Memory
from duly.scheduling.scheduler_registry import find_scheduler, fitted_fsrs

FIRST_DUE = date(2006, 1, 2)
"""The creation date of a package's collection, from which due days are counted."""

EASES = (1, 1, 1, 2, 3, 4)
"""Anki's button for each grade: 1 Again, 2 Hard, 3 Good, 4 Easy."""

LEAST_FACTOR, GREATEST_FACTOR = 1300, 9999
"""The bounds of the easiness in Anki, in thousandths."""

LEARN_ROW, REVIEW_ROW, RELEARN_ROW = 0, 1, 2
"""Types of rows: a card's first answer, an answer on a later day, a further answer on the same day."""

UNSYNCED = -1

CardColumns = tuple[int, int, int, int, int, int, int, str]
ReviewRow = tuple[int, int, int, int, int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class ReviewHistories:
    """The histories of all cards that are not new, the study day of the export, and FSRS with its parameters."""

    by_card: Mapping[CardId, History]
    today: StudyDay
    fsrs: Fsrs = field(default_factory=Fsrs)

    @classmethod
    def from_entries(cls, entries: Sequence[JournalEntry], today: StudyDay) -> "ReviewHistories":
        """The histories in a journal with these entries, as of a study day."""
        return cls(histories(entries, find_scheduler), today, fitted_fsrs(without_undone(entries)))


@dataclass(frozen=True, slots=True)
class PackageProgress:
    """The progress to be exported, and duly's ids of the cards of a package, in order; empty without progress."""

    review_histories: ReviewHistories
    cards: Sequence[CardId] = ()


NO_HISTORIES = ReviewHistories({}, StudyDay(0))
NO_HISTORY = History()


def new_card(position: int) -> CardColumns:
    """The columns of a new card, as `card_columns` returns them."""
    return NEW, NEW, position, 0, 0, 0, 0, ""


def card_columns(review_histories: ReviewHistories, card: CardId, position: int) -> CardColumns:
    """A card's ``type, queue, due, ivl, factor, reps, lapses, data``. `position` is its place among new cards."""
    history = review_histories.by_card.get(card)
    if history is None:
        return new_card(position)
    schedule = history.schedule
    queue = SUSPENDED if schedule.suspended else None
    if schedule.buried_until is not None and schedule.buried_until > review_histories.today and queue is None:
        queue = BURIED
    if schedule.is_fresh:
        return NEW, NEW if queue is None else queue, position, 0, 0, 0, 0, ""
    due = _days(schedule.due if schedule.due is not None else schedule.last)
    data: dict[str, float] = {"pos": position}
    if history.answers:
        data["lrt"] = history.answers[-1].instant // 1000
    if isinstance(schedule.memory, FsrsMemory):
        data |= memory_data(review_histories.fsrs, schedule.memory)
    return (
        REVIEW,
        REVIEW if queue is None else queue,
        due,
        max(1, schedule.interval),
        _factor(schedule.memory),
        len(history.answers),
        schedule.lapses,
        json.dumps(data, separators=(",", ":")),
    )


def memory_data(fsrs: Fsrs, memory: FsrsMemory) -> dict[str, float]:
    """The FSRS memory state as a card's data, with the decay of the forgetting curve, rounded as in Anki."""
    return {"s": round(memory.stability, 4), "d": round(memory.difficulty, 3), "decay": round(-fsrs.curve[0], 3)}


def review_rows(review_histories: ReviewHistories, card: CardId, card_id: int) -> Iterator[ReviewRow]:
    """A card's rows of the review log: ``id, cid, usn, ease, ivl, lastIvl, factor, time, type``."""
    for answer in review_histories.by_card.get(card, NO_HISTORY).answers:
        yield (
            answer.instant,
            card_id,
            UNSYNCED,
            EASES[answer.grade],
            max(1, answer.after.interval),
            answer.before.interval,
            _row_factor(answer.after.memory),
            min(answer.took, LONGEST_ANSWER),
            _row_type(answer),
        )


def _row_type(answer: ReviewRecord) -> int:
    if answer.before.last is None and not answer.before.interval:
        return LEARN_ROW
    return RELEARN_ROW if answer.before.last == answer.after.last else REVIEW_ROW


def _days(day: StudyDay | None) -> int:
    return (day or 0) - (FIRST_DUE - EPOCH).days


def _factor(memory: Memory) -> int:
    """A card's ease in thousandths; that of a new card if FSRS is its scheduler."""
    easiness = memory.easiness if isinstance(memory, Sm2Memory) else Sm2Memory().easiness
    return max(LEAST_FACTOR, min(10 * easiness, GREATEST_FACTOR))


def _row_factor(memory: Memory) -> int:
    """The factor of a row of the log: an ease in thousandths or, from FSRS, a difficulty of 1 to 10 as 100 to 1100."""
    return _factor(memory) if isinstance(memory, Sm2Memory) else 100 + round((memory.difficulty - 1) / 9 * 1000)
