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
    is_right: bool


def options_in_order(choice: Choice) -> tuple[Option, ...]:
    """The options in the order of the file, with the right one first."""
    return (Option(choice.answer, True), *(Option(wrong, False) for wrong in choice.wrong))


def shuffled_options(card: Card, seed: str) -> tuple[Option, ...]:
    """The shuffled options of a card; empty if it is not a multiple choice."""
    return shuffle_options(card.asked_note.kind, card.id, seed) if isinstance(card.asked_note.kind, Choice) else ()


def shuffle_options(choice: Choice, card: CardId, seed: str) -> tuple[Option, ...]:
    """The options in an order that depends on `seed`, which differs each time the card is shown."""
    options = list(options_in_order(choice))
    Random(blake2b(f"{card}:{seed}".encode(), digest_size=8).digest()).shuffle(options)
    return tuple(options)


LEAST_NEAR_LIKENESS = 0.8
"""The least likeness of a typed answer that counts as remembered with a typo."""


def suggested_grade(options: Sequence[Option], chosen_index: int | None, comparison: Comparison | None) -> Grade:
    """The suggestion for the learner: Good, unless the typed answer or chosen option is wrong."""
    if chosen_index is not None:
        return Grade.GOOD if options[chosen_index].is_right else Grade.AGAIN
    if comparison is None or comparison.is_right:
        return Grade.GOOD
    is_near = comparison.is_one_of_several or comparison.likeness >= LEAST_NEAR_LIKENESS
    return Grade.HARD if is_near else Grade.AGAIN
