"""Reads schedules in texts: comments of Obsidian's plugin, the front matter of GoCard, properties of Logseq."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from duly.cards import CardId, Cloze, Note
from duly.cards.card import faces
from duly.scheduling.day import StudyDay, day_of
from duly.scheduling.foreign_progress import ForeignSchedule
from duly.scheduling.schedule import Sm2Memory

NUMBER = r"(?P<interval>\d{1,6})(?:\.\d*)?"
DAY = r"(?P<day>\d{4}-\d\d-\d\d)"
SM2 = re.compile(rf"{DAY},{NUMBER},(?P<ease>\d{{1,4}})(?:\.\d*)?")
FSRS = re.compile(rf"fsrs,{DAY}[^,]*,{NUMBER},(?P<ease>)[^!]*")
"""A part of a comment for each card of a note: due day, interval in days and easiness in hundredths. FSRS has none."""

UNANSWERED = "2000-01-01"
"""The due day in the part of a card that was never answered, where another card of its note was."""

EASE = re.compile(r"\d(?:\.\d{1,4})?")
LOGSEQ_PROPERTIES = (
    "card-last-interval", "card-repeats", "card-ease-factor", "card-next-schedule", "card-last-reviewed",
    "card-last-score",
)  # fmt: skip
"""The properties that Logseq gives a block once it was answered."""


def obsidian_schedules(note: Note, comment: str) -> dict[CardId, ForeignSchedule] | None:
    """The schedule of each card of `note`, from the `comment` that the plugin wrote; None if it cannot be read.

    The plugin has its cards in the order of our faces, those of a cloze by the numbers from 1 on.
    """
    inner = comment.removeprefix("<!--SR:").removesuffix("-->")
    parts = [part.strip() for part in inner.split("!") if part.strip()]
    matches = [SM2.fullmatch(part) or FSRS.fullmatch(part) for part in parts]
    known = faces(note)
    if isinstance(note.kind, Cloze) and (len(parts) > len(known) or known[-1] != f"c{len(known)}"):
        return None
    planned: dict[CardId, ForeignSchedule] = {}
    for face, match in zip(known, matches, strict=False):
        due = _day(match["day"]) if match else None
        if match is None or due is None:
            return None
        if match["day"] != UNANSWERED:
            easiness = int(match["ease"] or Sm2Memory().easiness)
            planned[CardId(note.id, face)] = ForeignSchedule(due, int(match["interval"]), easiness, "Obsidian")
    return planned if parts else None


def gocard_schedules(notes: Sequence[Note], values: Mapping[str, Sequence[str]]) -> dict[CardId, ForeignSchedule]:
    """The schedule in the front matter of a file of GoCard, which has one card; none where that was never answered."""
    last = _day("".join(values.get("last_reviewed", ()))[:10])
    interval = re.fullmatch(NUMBER, "".join(values.get("review_interval", ())))
    if len(notes) != 1 or last is None or interval is None or not int(interval["interval"]):
        return {}
    days, easiness = int(interval["interval"]), _easiness("".join(values.get("difficulty", ())))
    (card,) = (CardId(notes[0].id, face) for face in faces(notes[0]))
    return {card: ForeignSchedule(StudyDay(last + days), days, easiness, "GoCard")}


def logseq_schedules(note: Note, values: Mapping[str, str]) -> dict[CardId, ForeignSchedule]:
    """The schedule in the properties of a block of Logseq, for each card of its note; none if it was never answered.

    Logseq asks all gaps of a block at once. It writes moments of UTC: ``2022-09-04T22:00:00.000Z`` is the day that
    begins then in Europe, so the day is that of this machine's clock. An interval of -1 means that it was forgotten.
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
