"""Everything that an import loses or changes, so that nothing is dropped silently."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from duly.message import Message, message


class Loss(Enum):
    """A kind of loss, in the order in which they are reported; the value is for programs."""

    OCCLUSION = "image-occlusion"
    UNASKED = "nothing-to-ask"
    REPEATED = "repeated-guid"
    CARDS = "cards"
    NOT_YET = "cards-not-yet"
    FIELDS = "fields"
    FORMATTING = "formatting"
    LOOK = "look"
    MISSING_MEDIA = "missing-media"
    REFUSED_MEDIA = "refused-media"
    EMPTY_MEDIA = "empty-media"
    UNUSED_MEDIA = "unused-media"
    DECKS = "other-deck"
    FILTERED = "filtered-decks"
    EMPTY_DECKS = "empty-decks"
    TAGS = "tags"
    IDS = "ids"
    FLAGS = "flags"
    SUSPENDED = "suspended"
    PROGRESS = "progress"


MESSAGES = {
    Loss.OCCLUSION: message(
        "image occlusion notes left out, for their picture is missing or their regions cannot be read: {n}"
    ),
    Loss.UNASKED: message("notes left out, for they have no question, no answer or no deletion: {n}"),
    Loss.REPEATED: message("notes left out, for an earlier one has their guid: {n}"),
    Loss.CARDS: message("cards that are not asked, for they have no question or no answer: {n}"),
    Loss.NOT_YET: message("cards that an earlier duly left out; import with --update to have them asked: {n}"),
    Loss.FIELDS: message("fields that no card shows; they are kept for the way back to Anki: {n}"),
    Loss.FORMATTING: message("texts whose colours, fonts or scripts are kept but not shown: {n}"),
    Loss.LOOK: message("note types whose look (templates, styles) is kept for Anki but not shown: {n}"),
    Loss.MISSING_MEDIA: message("images and sounds that the package does not hold: {n}"),
    Loss.REFUSED_MEDIA: message("images and sounds with a name that no file should have, left out: {n}"),
    Loss.EMPTY_MEDIA: message("images and sounds that are empty files, left out: {n}"),
    Loss.UNUSED_MEDIA: message("images and sounds that no card shows, left out: {n}"),
    Loss.DECKS: message("cards that lie in another deck in Anki than the first one of their note: {n}"),
    Loss.FILTERED: message("filtered decks, whose cards are back in the decks they came from: {n}"),
    Loss.EMPTY_DECKS: message("decks without cards of their own, for which no file was written: {n}"),
    Loss.TAGS: message("tags that had to be changed: {n}"),
    Loss.IDS: message("notes with a new id, for their guid cannot be one; the guid is kept for Anki: {n}"),
    Loss.FLAGS: message("cards with a flag, which duly does not have: {n}"),
    Loss.SUSPENDED: message(
        "cards that are suspended or buried in Anki; import with --progress to take that over: {n}"
    ),
    Loss.PROGRESS: message("cards already learned in Anki; import with --progress to take that over: {n}"),
}


@dataclass(slots=True)
class Losses:
    """Collects losses: the distinct cases of each kind."""

    cases: dict[Loss, dict[str, None]] = field(default_factory=dict)

    def add(self, loss: Loss, case: str) -> None:
        self.cases.setdefault(loss, {})[case] = None

    def forget(self, *losses: Loss) -> None:
        """Removes kinds of losses that were imported in another way."""
        for loss in losses:
            self.cases.pop(loss, None)

    def report(self) -> Iterator[tuple[Loss, Message, tuple[str, ...]]]:
        """Each kind of loss that occurred: a message with the number of cases, and the cases."""
        for loss in Loss:
            if cases := self.cases.get(loss):
                yield loss, Message(MESSAGES[loss].template, {"n": len(cases)}), tuple(cases)
