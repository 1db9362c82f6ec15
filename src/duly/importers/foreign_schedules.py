"""Reads schedules in texts: comments of Obsidian's plugin, the front matter of GoCard, properties of Logseq."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from duly.cards import CardId, Cloze, Note
from duly.cards.card import faces
from duly.scheduling.day import StudyDay, day_of
from duly.scheduling.foreign_progress import ForeignSchedule
from duly.scheduling.schedule import Sm2Memory

NUMBER = r"(?P<interval>\d{1,6})(?:\.\d*)?"  # ``12``, ``12.5``
DAY = r"(?P<day>\d{4}-\d\d-\d\d)"  # ``2026-03-01``
SM2 = re.compile(rf"{DAY},{NUMBER},(?P<ease>\d{{1,4}})(?:\.\d*)?")
FSRS = re.compile(rf"fsrs,{DAY}[^,]*,{NUMBER},(?P<ease>)[^!]*")
"""The part of a comment for one card: due day, interval in days, easiness in hundredths (absent with FSRS).

For instance ``2026-03-01,12,250`` and ``fsrs,2026-03-01T08:00:00.000Z,12.5,…``.
"""

UNANSWERED_DAY = "2000-01-01"
"""The due day of a card that was never answered, in a note with an answered card."""

EASE = re.compile(r"\d(?:\.\d{1,4})?")  # ``2.5``
LOGSEQ_PROPERTIES = (
    "card-last-interval", "card-repeats", "card-ease-factor", "card-next-schedule", "card-last-reviewed",
    "card-last-score",
)  # fmt: skip
"""The properties of a block in Logseq that was answered."""


def obsidian_schedules(note: Note, comment: str) -> dict[CardId, ForeignSchedule] | None:
    """The schedule of each card of `note`, from a `comment` of the plugin; None if the comment cannot be read.

    The plugin orders cards as duly orders faces, and numbers the cards of a cloze from 1.
    """
    inner = comment.removeprefix("<!--SR:").removesuffix("-->")
    parts = [part.strip() for part in inner.split("!") if part.strip()]
    matches = [SM2.fullmatch(part) or FSRS.fullmatch(part) for part in parts]
    note_faces = faces(note)
    if isinstance(note.kind, Cloze) and (len(parts) > len(note_faces) or note_faces[-1] != f"c{len(note_faces)}"):
        return None
    schedules: dict[CardId, ForeignSchedule] = {}
    for face, match in zip(note_faces, matches, strict=False):
        due = _day(match["day"]) if match else None
        if match is None or due is None:
            return None
        if match["day"] != UNANSWERED_DAY:
            easiness = int(match["ease"] or Sm2Memory().easiness)
            schedules[CardId(note.id, face)] = ForeignSchedule(due, int(match["interval"]), easiness, "Obsidian")
    return schedules if parts else None


def gocard_schedules(notes: Sequence[Note], values: Mapping[str, Sequence[str]]) -> dict[CardId, ForeignSchedule]:
    """The schedule in the front matter of a GoCard file, which has one card; empty if it was never answered."""
    last_day = _day("".join(values.get("last_reviewed", ()))[:10])
    interval = re.fullmatch(NUMBER, "".join(values.get("review_interval", ())))
    if len(notes) != 1 or last_day is None or interval is None or not int(interval["interval"]):
        return {}
    days, easiness = int(interval["interval"]), _easiness("".join(values.get("difficulty", ())))
    (card,) = (CardId(notes[0].id, face) for face in faces(notes[0]))
    return {card: ForeignSchedule(StudyDay(last_day + days), days, easiness, "GoCard")}


def logseq_schedules(note: Note, values: Mapping[str, str]) -> dict[CardId, ForeignSchedule]:
    """The schedule in the properties of a Logseq block, for each card of its note; empty if it was never answered.

    Logseq asks all gaps of a block at once. It writes midnight of the due day as a time in UTC, such as
    ``2022-09-04T22:00:00.000Z`` in Europe, so the time is converted to the local day. An interval of -1 means that the
    block was forgotten.
    """
    due = _local_day(values.get("card-next-schedule", ""))
    interval = re.fullmatch(rf"-1|{NUMBER}", values.get("card-last-interval", "").strip())
    if due is None or interval is None:
        return {}
    days, easiness = int(interval["interval"] or 1), _easiness(values.get("card-ease-factor", "").strip())
    return {CardId(note.id, face): ForeignSchedule(due, days, easiness, "Logseq") for face in faces(note)}


def _easiness(ease: str) -> int:
    """The easiness in hundredths of an ease such as ``2.5``; the default one if the text is invalid."""
    return round(100 * float(ease)) if EASE.fullmatch(ease) else Sm2Memory().easiness


def _local_day(text: str) -> StudyDay | None:
    """The local day of a time such as ``2022-03-08T05:00:00.000Z``; None if the text is invalid."""
    try:
        return _day(datetime.fromisoformat(text.strip()).astimezone().date().isoformat())
    except (ValueError, OverflowError, OSError):
        return None


def _day(text: str) -> StudyDay | None:
    """The study day of a date such as 2026-11-30; None if the text is invalid, or the year impossible."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day_of(day) if 1970 < day.year < 2200 else None
