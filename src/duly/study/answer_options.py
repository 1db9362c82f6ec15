"""Help with answering: the options of a multiple choice, shuffled, and the grade to suggest."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from random import Random

from duly.cards import Card, CardId, Choice
from duly.cards.typed_answer import Comparison
from duly.scheduling.grade import Grade


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers to choose from, as Markdown."""

    text: str
    right: bool


def options_in_order(choice: Choice) -> tuple[Option, ...]:
    """The options as they stand in the file, the right one first."""
    return (Option(choice.answer, True), *(Option(wrong, False) for wrong in choice.wrong))


def shuffled_options(card: Card, showing: str) -> tuple[Option, ...]:
    """The options of a card at this `showing`; none if it is no multiple choice."""
    return shuffled(card.asked_note.kind, card.id, showing) if isinstance(card.asked_note.kind, Choice) else ()


def shuffled(choice: Choice, card: CardId, showing: str) -> tuple[Option, ...]:
    """The options in the order of this `showing`, any text that differs from one showing of the card to the next."""
    options = list(options_in_order(choice))
    Random(blake2b(f"{card}:{showing}".encode(), digest_size=8).digest()).shuffle(options)
    return tuple(options)


NEARLY = 0.8
"""A typed answer at least this similar counts as remembered with a slip."""


def suggested_grade(options: Sequence[Option], chosen: int | None, comparison: Comparison | None) -> Grade:
    """Good, unless what was typed or chosen says otherwise. The learner decides."""
    if chosen is not None:
        return Grade.GOOD if options[chosen].right else Grade.AGAIN
    if comparison is None or comparison.right:
        return Grade.GOOD
    is_near = comparison.one_of_several or comparison.likeness >= NEARLY
    return Grade.HARD if is_near else Grade.AGAIN
