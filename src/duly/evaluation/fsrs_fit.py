"""Fits the parameters of FSRS to a learner's own answers with fsrs-rs, an optional extra."""

from collections import defaultdict
from collections.abc import Sequence
from importlib.util import find_spec

from duly.cards import CardId
from duly.errors import DulyError
from duly.evaluation.scored_answers import Answer
from duly.message import message

LIBRARY = "fsrs_rs_python"


def can_fit() -> bool:
    """Whether the extra is installed."""
    return find_spec(LIBRARY) is not None


def fit(all_answers: Sequence[Answer], count: int) -> tuple[float, ...]:
    """The 21 parameters that maximise the likelihood of the first `count` answers.

    Each scored answer gives one item: all answers to its card up to it, in chronological order. Card ids are left out,
    because the result would depend on how cards are numbered. Raises `DulyError` without the extra.
    """
    if not can_fit():
        raise DulyError(message("to fit FSRS to your answers, install the extra: pip install 'duly[fsrs]'"))
    from fsrs_rs_python import FSRS, FSRSItem, FSRSReview

    histories: defaultdict[CardId, list[FSRSReview]] = defaultdict(list)
    items: list[FSRSItem] = []
    for answer in all_answers[:count]:
        history = histories[answer.card]
        if answer.is_first:
            history.clear()
        history.append(FSRSReview(answer.rating, answer.elapsed))
        if answer.is_scored:
            items.append(FSRSItem(list(history)))
    return tuple(FSRS([]).compute_parameters(items))
